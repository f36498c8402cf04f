import Clauses
import Exchange
import Foundation
import Records
import Storage

/// The cells of a row as the base keeps them: a JSON list of texts, each with the letter of its kind before it.
enum CellText {
  /// Without any social security number: what looks like one is taken away before anything is kept.
  static func written(_ cells: [WorkbookCell]) throws -> String {
    String(decoding: try JSONEncoder().encode(cells.map { text(masked($0)) }), as: UTF8.self)
  }

  private static func masked(_ cell: WorkbookCell) -> WorkbookCell {
    switch cell {
    case .text(let text), .number(let text), .error(let text):
      NIRDetector.masked(text, onlyWithKey: false).map { .text($0) } ?? cell
    default: cell
    }
  }

  static func read(_ json: String) throws -> [WorkbookCell] {
    try JSONDecoder().decode([String].self, from: Data(json.utf8)).map(cell)
  }

  private static func text(_ cell: WorkbookCell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): "t\(text)"
    case .number(let digits): "n\(digits)"
    case .day(let day): "d\(day)"
    case .moment(let day, let seconds): "m\(day) \(seconds)"
    case .truth(let truth): truth ? "b1" : "b0"
    case .error(let words): "e\(words)"
    case .uncomputed: "u"
    }
  }

  private static func cell(_ text: String) -> WorkbookCell {
    let rest = String(text.dropFirst())
    switch text.first {
    case nil: return .empty
    case "n": return .number(rest)
    case "d": return Day(rest).map { .day($0) } ?? .text(rest)
    case "m":
      let parts = rest.split(separator: " ")
      guard parts.count == 2, let day = Day(parts[0]), let seconds = Int(parts[1]) else { return .text(rest) }
      return .moment(day, seconds: seconds)
    case "b": return .truth(rest == "1")
    case "e": return .error(rest)
    case "u": return .uncomputed
    default: return .text(rest)
    }
  }
}

/// The titles of a file's columns as the base keeps them, without any social security number.
enum TitleText {
  static func written(_ titles: [String]) throws -> String {
    let masked = titles.map { NIRDetector.masked($0, onlyWithKey: false) ?? $0 }
    return String(decoding: try JSONEncoder().encode(masked), as: UTF8.self)
  }

  static func read(_ text: String) -> [String] {
    (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
  }
}

extension Programmes {
  /// What each title means for a buyer.
  static func known(of buyer: SIRET, in db: any Connection) throws -> [String: PlannedField] {
    try titles(of: buyer, in: db).compactMapValues { PlannedField(rawValue: $0) }
  }
}

/// Which column holds what, as the base keeps it.
enum PlaceText {
  static func written(_ places: [PlannedField: Int]) -> String {
    PlannedField.allCases.compactMap { field in places[field].map { "\(field.rawValue)=\($0)" } }
      .joined(separator: " ")
  }

  static func read(_ text: String) -> [PlannedField: Int] {
    var places: [PlannedField: Int] = [:]
    for pair in text.split(separator: " ") {
      let parts = pair.split(separator: "=")
      if parts.count == 2, let field = PlannedField(rawValue: String(parts[0])) { places[field] = Int(parts[1]) }
    }
    return places
  }
}
