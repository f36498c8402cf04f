public import Clauses

/// A column of a spreadsheet that users download.
public struct SpreadsheetColumn: Sendable, Hashable {
  /// What the cells of a column hold, hence their format and side.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// Words, or codes such as SIRET whose zeros must stay.
    case text
    /// A whole number, grouped by three.
    case integer
    /// An amount in euros with cents.
    case money
    /// Hours, with two decimals.
    case hours
    /// A day, as a real date.
    case day
    /// Words that lead to an address.
    case link
  }

  /// The title of the column.
  public var title: String
  /// What its cells hold.
  public var kind: Kind
  /// The width in characters.
  public var width: Double

  /// A column; the width, in characters, defaults to what its kind needs.
  public init(_ title: String, _ kind: Kind = .text, width: Double? = nil) {
    self.title = title
    self.kind = kind
    switch kind {
    case .text: self.width = width ?? 24
    case .integer: self.width = width ?? 12
    case .money: self.width = width ?? 18
    case .hours: self.width = width ?? 12
    case .day: self.width = width ?? 13
    case .link: self.width = width ?? 28
    }
  }
}

/// What one cell of a spreadsheet holds; its look comes from its column.
public enum SpreadsheetCell: Sendable, Hashable {
  /// Nothing.
  case empty
  /// Words, never read as a formula, a number or an address.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// An amount.
  case money(Euros)
  /// A duration.
  case hours(Hours)
  /// A day, from 1900 on a real date, before as text.
  case day(Day)
  /// Words that lead to an `http` or `https` address; any other address leaves the words alone.
  case link(String, address: String)
}

/// What the second sheet « À propos » says: a heading and its lines, such as the filters or the sources.
public struct SpreadsheetNote: Sendable, Hashable {
  /// The heading, such as « Filtres ».
  public var heading: String
  /// One line a cell.
  public var lines: [String]

  /// A heading and its lines.
  public init(_ heading: String, _ lines: [String]) {
    self.heading = heading
    self.lines = lines
  }
}

/// Why a spreadsheet could not be written.
public enum SpreadsheetProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// More rows than a sheet can hold.
  case tooManyRows(limit: Int)
  /// The library's or the system's refusal, in its own words.
  case unwritable(String)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .tooManyRows(let limit):
      "Un classeur ne peut pas dépasser \(French.integer(limit)) lignes\(nnbsp): "
        + "resserrez les filtres, ou choisissez le format CSV."
    case .unwritable(let words):
      "Le classeur n’a pas pu être écrit\(nnbsp): \(words). Vérifiez la place sur le disque et les droits du dossier."
    }
  }
}
