import Clauses

/// Why a file cannot be read at all; one bad record is never such a reason.
public struct ReadingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reasons.
  public enum Kind: String, Sendable, CaseIterable {
    /// No file bears this name.
    case missing
    /// The file is a folder, or its rights forbid reading it.
    case unreadable
    /// The file holds nothing.
    case empty
    /// The compressed data end too early.
    case truncatedGzip
    /// The compressed data are damaged.
    case damagedGzip
    /// Decompressed, the file would exceed the limit.
    case tooLarge
    /// The temporary copy cannot be written.
    case noRoom
    /// The content is in none of the formats that are read.
    case unknownFormat
  }

  /// The reason.
  public let kind: Kind
  /// The file's name as given.
  public let path: String
  /// What was seen, or what the system answered.
  public let detail: String

  /// A failure to read a file.
  public init(_ kind: Kind, path: String, detail: String = "") {
    self.kind = kind
    self.path = path
    self.detail = detail
  }

  /// What is wrong, where, and how to mend it, in French.
  public var description: String {
    let s = French.thin
    let file = "«\(s)\(path)\(s)»"
    return switch kind {
    case .missing: "Le fichier \(file) n’existe pas\(s): vérifiez son nom et son dossier."
    case .unreadable:
      "Le fichier \(file) ne peut pas être lu (\(detail))\(s): vérifiez ses droits, et que ce n’est pas un dossier."
    case .empty: "Le fichier \(file) est vide\(s): téléchargez-le de nouveau."
    case .truncatedGzip: "Le fichier compressé \(file) est incomplet\(s): téléchargez-le de nouveau. (\(detail))"
    case .damagedGzip: "Le fichier compressé \(file) est abîmé\(s): téléchargez-le de nouveau. (\(detail))"
    case .tooLarge:
      "Une fois décompressé, le fichier \(file) dépasse la limite de \(detail)\(s): décompressez-le et "
        + "coupez-le, ou relevez la limite si vous savez d’où il vient."
    case .noRoom:
      "La copie décompressée de \(file) ne peut pas être écrite (\(detail))\(s): libérez de la place "
        + "sur le disque ou choisissez un autre dossier temporaire (TMPDIR)."
    case .unknownFormat:
      "Le contenu de \(file) n’est pas reconnu\(s): \(detail) Sont lus les données essentielles en JSON "
        + "(formats 2022 et 2019), en JSON par lignes, en XML (2022 et 2019) et en CSV (séparateur «\(s);\(s)» ou «\(s),\(s)»), "
        + "compressées ou non en gzip."
    }
  }
}
