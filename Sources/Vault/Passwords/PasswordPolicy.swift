import Clauses

/// Which passwords are taken; every figure comes from the caller.
///
/// CNIL, délibération nº 2022-100 du 21 juillet 2022: three cases (password alone, with restriction of access, with a
/// device that is held), each reached in several equivalent ways; hence a list of which one is enough.
public struct PasswordPolicy: Sendable, Hashable {
  /// One way to be strong enough.
  public enum Way: Sendable, Hashable {
    /// At least so many characters, of at least so many kinds among small letters, capitals, digits and other signs.
    case characters(Int, kinds: Int)
    /// A sentence of at least so many different words.
    case words(Int)
  }

  /// Ways of which one is enough.
  public let ways: [Way]
  /// The longest that is taken, in characters.
  public let longest: Int

  /// A policy; without any way nothing is asked but what ``refusals(of:email:names:)`` always asks.
  public init(anyOf ways: [Way], longest: Int) { (self.ways, self.longest) = (ways, longest) }

  /// Why a password is not taken, all reasons at once; none when it is.
  public func refusals(of password: Password, email: String, names: [String]) -> [PasswordRefusal] {
    var refusals: [PasswordRefusal] = []
    let text = password.text
    if text.count > longest { refusals.append(.tooLong(longest)) }
    if Set(text).count == 1 { refusals.append(.oneCharacter) }
    if !ways.isEmpty, !ways.contains(where: { $0.isMet(by: text) }) { refusals.append(.tooWeak(ways)) }
    if PasswordPolicy.holds(text, email: email) { refusals.append(.holdsEmail) }
    if PasswordPolicy.holds(text, names: names) { refusals.append(.holdsName) }
    return refusals
  }

  /// What to choose, in French, beside the field.
  public var hint: String {
    let text = French.list(ways.map(\.french), last: "ou")
    return text.isEmpty ? "" : "\(text.prefix(1).uppercased())\(text.dropFirst())."
  }

  /// Shorter parts of an address or a name stand in ordinary words by chance.
  private static let shortest = 4

  private static func holds(_ text: String, email: String) -> Bool {
    let local = email.prefix { $0 != "@" }
    return [email, String(local)].map(squeezed).contains { $0.count >= shortest && squeezed(text).contains($0) }
  }

  private static func holds(_ text: String, names: [String]) -> Bool {
    let parts = names.flatMap { $0.folded.split(separator: " ").map(String.init) + [squeezed($0)] }
    let all = squeezed(names.joined())
    return (parts + [all]).contains { $0.count >= shortest && squeezed(text).contains($0) }
  }

  private static func squeezed(_ text: String) -> String { text.folded.filter { $0 != " " } }
}

extension PasswordPolicy.Way {
  fileprivate func isMet(by text: String) -> Bool {
    switch self {
    case .characters(let least, let kinds):
      text.count >= least && Set(text.map(Self.kind)).count >= kinds
    case .words(let least):
      Set(text.split(whereSeparator: \.isWhitespace)).count >= least
    }
  }

  private static func kind(_ character: Character) -> Int {
    if character.isLowercase { return 0 }
    if character.isUppercase { return 1 }
    return character.isNumber ? 2 : 3
  }

  /// `au moins 12 caractères, avec …`.
  fileprivate var french: String {
    switch self {
    case .characters(let least, let kinds) where kinds >= 4:
      "\(characters(least)) avec des minuscules, des majuscules, des chiffres et d’autres signes"
    case .characters(let least, let kinds) where kinds > 1:
      "\(characters(least)) de \(kinds) sortes parmi minuscules, majuscules, chiffres et autres signes"
    case .characters(let least, _): characters(least)
    case .words(let least): "une phrase d’au moins \(French.count(least, "mot")) différents séparés par des espaces"
    }
  }

  private func characters(_ least: Int) -> String { "au moins \(French.count(least, "caractère"))" }
}

/// One reason why a password is not taken.
public enum PasswordRefusal: Error, Hashable {
  /// None of the ways is reached.
  case tooWeak([PasswordPolicy.Way])
  /// More characters than the limit.
  case tooLong(Int)
  /// The same character all along.
  case oneCharacter
  /// The e-mail, or what stands before its @.
  case holdsEmail
  /// A name of the person.
  case holdsName
}

extension PasswordRefusal: CustomStringConvertible {
  /// What to do, in French.
  public var description: String {
    switch self {
    case .tooWeak(let ways):
      "Ce mot de passe est trop facile à deviner. Choisissez \(French.list(ways.map(\.french), last: "ou"))."
    case .tooLong(let longest):
      "Ce mot de passe est trop long. Choisissez-en un d’au plus \(French.count(longest, "caractère"))."
    case .oneCharacter: "Ce mot de passe répète un seul caractère. Choisissez des caractères variés."
    case .holdsEmail: "Ce mot de passe contient votre adresse électronique. Retirez-la."
    case .holdsName: "Ce mot de passe contient votre nom ou votre prénom. Retirez-le."
    }
  }
}
