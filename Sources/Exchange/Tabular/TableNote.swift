internal import Clauses

/// A remark on one row of a table that somebody gave: what, where, and how to mend it.
public struct TableNote: Sendable, Hashable, CustomStringConvertible {
  /// The line of the file, from 1.
  public let line: Int
  /// The title of the column, where one column is at fault.
  public let column: String?
  /// What is the matter and how to mend it, in French, without capital nor full stop.
  public let sentence: String

  /// A remark; the sentence carries neither capital nor full stop.
  public init(line: Int, column: String? = nil, _ sentence: String) {
    self.line = line
    self.column = column
    self.sentence = sentence
  }

  /// « Ligne 12, colonne « Code postal » : … »
  public var description: String {
    let place = column.map { ", colonne «\(nnbsp)\($0)\(nnbsp)»" } ?? ""
    return "Ligne \(line)\(place)\(nnbsp): \(sentence)."
  }
}

/// Narrow no-break space, as French typography wants it before `; : ! ? »`.
let nnbsp = "\u{202F}"

/// Text as users quote it: « texte », cut at 60 characters; a social security number is never quoted.
func quoted(_ text: String) -> String {
  guard !NIRDetector.isFound(in: text) else { return "ce qui ressemble à un numéro de sécurité sociale" }
  let short =
    text.unicodeScalars.count > 60 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
  return "«\(nnbsp)\(short)\(nnbsp)»"
}
