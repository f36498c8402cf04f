/// Entities of HTML that slip into texts of other formats: numeric ones and those of French letters and common signs.
enum HTMLEntities {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "euro": "€", "deg": "°",
    "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "ndash": "–", "mdash": "—",
    "hellip": "…", "eacute": "é", "egrave": "è", "ecirc": "ê", "euml": "ë", "agrave": "à", "acirc": "â", "ccedil": "ç",
    "icirc": "î", "iuml": "ï", "ocirc": "ô", "ouml": "ö", "ugrave": "ù", "ucirc": "û", "uuml": "ü", "oelig": "œ",
    "Eacute": "É", "Egrave": "È", "Ecirc": "Ê", "Agrave": "À", "Ccedil": "Ç", "OElig": "Œ", "sup2": "²", "sup3": "³",
  ]

  /// The text with its entities read; nil where it holds none that are known.
  static func resolved(_ text: String) -> String? {
    guard text.utf8.contains(0x26) else { return nil }
    var result = ""
    var rest = text[...]
    var changed = false
    while let start = rest.utf8.firstIndex(of: 0x26) {
      result += rest[..<start]
      let after = rest.utf8.index(after: start)
      if let end = rest[after...].utf8.prefix(10).firstIndex(of: 0x3B), let sign = sign(rest[after..<end]) {
        result += sign
        rest = rest[rest.utf8.index(after: end)...]
        changed = true
      } else {
        result += "&"
        rest = rest[rest.utf8.index(after: start)...]
      }
    }
    return changed ? result + rest : nil
  }

  private static func sign(_ name: Substring) -> String? {
    guard name.hasPrefix("#") else { return named[String(name)] }
    let digits = name.dropFirst()
    let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, number >= 0x20, !(0x7F...0x9F).contains(number), let scalar = Unicode.Scalar(number) else {
      return nil
    }
    return String(Character(scalar))
  }
}
