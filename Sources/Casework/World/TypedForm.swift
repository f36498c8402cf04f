import Clauses
import Foundation

/// The fields of a form, kept as an address writes them: what was typed, right or wrong.
enum TypedForm {
  /// Refuses what is too long, in bytes, naming a field; and any social security number, in whatever field.
  static func check(_ typed: String, longest: Int, field: String) throws(FieldFault) {
    guard typed.utf8.count <= longest else { throw FieldFault(field, "Ce formulaire est trop long.") }
    for pair in typed.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].replacing("+", with: " ")
      if let sentence = NIRDetector.sentence(
        for: NIRDetector.matches(in: value.removingPercentEncoding ?? String(value)))
      {
        throw FieldFault(String(parts[0].prefix(40)), sentence)
      }
    }
  }
}
