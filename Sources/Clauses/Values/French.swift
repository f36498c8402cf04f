/// How figures and words are written in French, without a locale library.
public enum French {
  /// Narrow no-break space: inside numbers, before `; : ! ? % €`.
  public static let thin = "\u{202F}"
  /// No-break space: between a number and a unit that is a letter.
  public static let noBreak = "\u{A0}"

  /// The months, from janvier to décembre.
  public static let months = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
  ]

  /// `1 234 567`, grouped by three.
  public static func integer(_ value: some BinaryInteger) -> String {
    let digits = Array(String(value.magnitude).utf8)
    guard digits.count > 3 else { return value < 0 ? "\u{2212}\(value.magnitude)" : "\(value)" }
    var text = value < 0 ? "\u{2212}" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += thin }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  /// A number of hundredths with a comma, keeping at least `places` decimals and dropping the other zeros.
  public static func hundredths(_ value: Int64, places: Int) -> String {
    let whole = Int64(value.magnitude / 100)
    let rest = Int(value.magnitude % 100)
    let sign = value < 0 ? "\u{2212}" : ""
    if rest == 0, places == 0 { return sign + integer(whole) }
    if rest % 10 == 0, places < 2 { return "\(sign)\(integer(whole)),\(rest / 10)" }
    return "\(sign)\(integer(whole)),\(padded(rest, 2))"
  }

  /// `marché` or `marchés`: French takes the plural from two.
  public static func plural(_ count: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
    count.magnitude < 2 ? one : (many ?? one + "s")
  }

  /// `1 marché`, `12 marchés`: the number and its word, held together.
  public static func count(_ count: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
    "\(integer(count))\(noBreak)\(plural(count, one, many))"
  }

  /// A list in words: `a, b et c`.
  public static func list(_ items: [String], last: String = "et") -> String {
    guard let end = items.last, items.count > 1 else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) \(last) \(end)"
  }

  /// Digits with zeros in front, up to a width.
  public static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
