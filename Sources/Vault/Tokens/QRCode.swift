import CQREncode

/// A square code that a telephone reads (ISO/IEC 18004), as a grid and as the path of a drawing.
public struct QRCode: Sendable, Hashable {
  /// A text that is empty or too long for a code (about 2,300 bytes).
  public struct Unfit: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in French.
    public var description: String { "Ce texte est vide ou trop long pour un code QR." }
  }

  /// How many modules a side has: 17 and four for each version from 1 to 40.
  public let size: Int
  private let modules: [Bool]
  /// The white margin that the standard asks for.
  private static let margin = 4

  /// Encodes bytes of UTF-8 in the smallest version, with correction of 15 % of errors.
  public init(_ text: String) throws(Unfit) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
      throw Unfit()
    }
    defer { QRcode_free(code) }
    let size = Int(code.pointee.width)
    self.size = size
    modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
  }

  /// Whether the module of a line and a column, from 0, is black.
  public func isBlack(line: Int, column: Int) -> Bool { modules[line * size + column] }

  /// The side of the drawing with its margin: its view box is `0 0 side side`.
  public var side: Int { size + 2 * QRCode.margin }

  /// The black modules as one path of SVG, one rectangle for each run of a line; margin included.
  public var path: String {
    var path = ""
    for line in 0..<size {
      var column = 0
      while column < size {
        let start = column
        while column < size, isBlack(line: line, column: column) { column += 1 }
        let run = column - start
        if run > 0 { path += "M\(start + QRCode.margin) \(line + QRCode.margin)h\(run)v1h-\(run)z" }
        column += 1
      }
    }
    return path
  }
}
