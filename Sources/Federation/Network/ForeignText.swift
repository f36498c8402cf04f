/// Text that comes from elsewhere, made fit for one line of a message or of a page.
enum ForeignText {
  /// At most so many characters, without control characters nor those that turn the line’s direction; nil when nothing
  /// is left. What must not be shown is replaced by « … » first.
  static func line(_ text: String, most: Int, without secrets: [OpenIDSecret] = []) -> String? {
    var text = text
    for secret in secrets where !secret.revealed.isEmpty { text = text.replacing(secret.revealed, with: "…") }
    let shown = String(String.UnicodeScalarView(text.unicodeScalars.map { isShown($0) ? $0 : " " }))
    let words = shown.split(separator: " ").joined(separator: " ")
    guard !words.isEmpty else { return nil }
    return words.count <= most ? words : words.prefix(most - 1) + "…"
  }

  /// A word that names an error, an algorithm or a form: letters, digits and `_-./+`, at most so many.
  static func word(_ text: String, most: Int = 60) -> String {
    String(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./+".contains($0)) }.prefix(most))
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
    default: true
    }
  }
}
