public import Clauses

/// What one cell of somebody's spreadsheet holds, as it stands there.
public enum WorkbookCell: Sendable, Hashable {
  /// Nothing.
  case empty
  /// Words; the decimals that people type with a comma are words too.
  case text(String)
  /// A number, in the digits that the spreadsheet shows at most (15), with a point.
  case number(String)
  /// A day.
  case day(Day)
  /// A day and a time, in seconds after midnight.
  case moment(Day, seconds: Int)
  /// True or false.
  case truth(Bool)
  /// What a formula that cannot be worked out shows, such as `#DIV/0!`.
  case error(String)
  /// A formula whose result the file does not hold.
  case uncomputed

  /// What a person reads there.
  public var shown: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .number(let digits): digits.replacing(".", with: ",")
    case .day(let day): day.french
    case .moment(let day, let seconds):
      "\(day.french) \(French.padded(seconds / 3600, 2)):\(French.padded(seconds / 60 % 60, 2))"
    case .truth(let truth): truth ? "vrai" : "faux"
    case .error(let words): words
    case .uncomputed: ""
    }
  }

  /// Whether it holds nothing but blanks.
  public var isBlank: Bool {
    switch self {
    case .empty: true
    case .text(let text): text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    default: false
    }
  }
}

/// One row of a spreadsheet; empty cells after the last one that holds something are left out.
public struct WorkbookRow: Sendable, Hashable {
  /// Its number in the sheet, from 1.
  public let number: Int
  /// The cells, from the first column.
  public let cells: [WorkbookCell]

  /// A row.
  public init(number: Int, cells: [WorkbookCell]) { (self.number, self.cells) = (number, cells) }
}

/// Cells that were made one; only the first holds something.
public struct MergedCells: Sendable, Hashable {
  /// Rows, from 1.
  public let rows: ClosedRange<Int>
  /// Columns, from 0.
  public let columns: ClosedRange<Int>

  /// A rectangle.
  public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) { (self.rows, self.columns) = (rows, columns) }
}

/// A sheet of a workbook.
public struct WorkbookSheet: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// Whether its author hid it.
  public let isHidden: Bool
  /// Where it lies: the part of the archive, or its rank in the part that holds them all.
  let part: String
  let rank: Int
}

/// How much of somebody's spreadsheet is read.
public struct WorkbookLimits: Sendable {
  /// The bytes of a part, unpacked.
  public var bytes = 256 << 20
  /// The rows of a sheet that hold something.
  public var rows = 200_000
  /// The columns.
  public var columns = 1_000
  /// The cells of a sheet that hold something.
  public var cells = 5_000_000
  /// The usual limits.
  public init() {}
}

/// Why a spreadsheet cannot be read.
public enum WorkbookProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// A form that is not read, with what to do.
  case form(name: String, String)
  /// The archive is at fault.
  case archive(Archive.Problem)
  /// A part is no XML, at a line.
  case damaged(part: String, line: Int, words: String)
  /// A part declares a document type, by which a file can be made to grow without end or to read others.
  case documentType(part: String)
  /// More of something than is read.
  case tooMany(String, limit: Int)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .form(let name, let words): "Le fichier \(quoted(name)) n’est pas lu\(nnbsp): \(words)"
    case .archive(let problem): "\(problem)"
    case .damaged(let part, let line, let words):
      "Le classeur est abîmé (\(part), ligne \(line)\(nnbsp): \(words)). Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis renvoyez-le."
    case .documentType(let part):
      "Le classeur contient une déclaration interdite (\(part))\(nnbsp): ouvrez-le dans votre tableur et enregistrez-le de nouveau."
    case .tooMany(let what, let limit):
      "Le classeur dépasse \(French.integer(limit)) \(what)\(nnbsp): coupez-le en plusieurs fichiers, ou ôtez les lignes vides mises en forme."
    }
  }
}
