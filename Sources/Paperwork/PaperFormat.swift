/// What a document is printed as.
public enum PaperFormat: String, Sendable, CaseIterable {
  /// Pages that no longer change: tagged for reading aloud (PDF/UA-1), for keeping (PDF/A-3a).
  case pdf
  /// Word.
  case docx
  /// LibreOffice.
  case odt

  /// The MIME type.
  public var mimeType: String {
    switch self {
    case .pdf: "application/pdf"
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .odt: "application/vnd.oasis.opendocument.text"
    }
  }

  /// How the file's name ends, without the dot.
  public var fileEnding: String { rawValue }
}
