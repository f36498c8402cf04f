import Clauses

/// Turns of phrase that several pages share.
enum Say {
  /// The text cut at a word near the limit, with an ellipsis; unchanged where it is shorter.
  static func short(_ text: String, limit: Int) -> String {
    // Counting letters is slow; most texts are shorter even in bytes.
    guard text.utf8.count > limit, text.count > limit else { return text }
    let head = text.prefix(limit)
    let cut = head.lastIndex(of: " ").map { head[..<$0] } ?? head
    return "\(cut)…"
  }

  /// The amount in whole euros, marked where it is a framework's ceiling; says when it is not published.
  static func amount(_ amount: Euros?, isCeiling: Bool) -> String {
    guard let amount else { return "montant non publié" }
    return isCeiling ? "\(amount.frenchWhole) (plafond)" : amount.frenchWhole
  }

  /// `≈ 520 à 900 h`, which may be cut before its second number only; nil where no hours are estimated.
  static func hours(low: Int32?, high: Int32?) -> String? {
    guard let low, let high else { return nil }
    let space = French.noBreak
    if low == high { return "≈\(space)\(French.integer(low))\(space)h" }
    return "≈\(space)\(French.integer(low))\(space)à \(French.integer(high))\(space)h"
  }

  /// The buyer's name, or its SIRET where no publisher gave it.
  static func buyer(_ name: String?, _ siret: SIRET) -> String {
    name ?? "Acheteur \(siret.french)"
  }

  /// The declared social considerations in words.
  static func social(_ social: AwardNotice.SocialConsiderations) -> String {
    var parts: [String] = []
    if social.contains(.clause) { parts.append("clause sociale") }
    if social.contains(.criterion) { parts.append("critère social") }
    if social.contains(.reserved) { parts.append("marché réservé") }
    if !parts.isEmpty { return French.list(parts) }
    return social.contains(.none) ? "aucune considération sociale" : "non renseigné"
  }

  /// `3,2 km`, or metres under one kilometre.
  static func distance(metres: Int) -> String {
    if metres < 1000 { return "\(metres)\(French.noBreak)m" }
    return "\(French.hundredths(Int64(metres / 100) * 10, places: 0))\(French.noBreak)km"
  }

  /// A name of a reference list with a typographic apostrophe: `Côte-d’Or`.
  static func name(_ text: String) -> String { text.utf8.contains(0x27) ? text.replacing("'", with: "’") : text }

  /// A formula that may be cut before and after its signs, so that it fits a phone.
  static func breakable(_ formula: String) -> String {
    ["×", "÷", "="].reduce(formula) { text, sign in
      text.replacing("\(French.noBreak)\(sign)\(French.noBreak)", with: " \(sign) ")
    }
  }

  /// An e-mail as the address of a letter: nothing in it can add a recipient.
  static func mail(_ email: EmailAddress) -> String {
    email.text.split(separator: "@", omittingEmptySubsequences: false).map { PercentCode.encode(String($0)) }
      .joined(separator: "@")
  }

  /// The text with its first letter in upper case.
  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
