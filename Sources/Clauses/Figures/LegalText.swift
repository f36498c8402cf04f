/// What an article of law or of general conditions says, in our own words, for as long as that version holds.
public struct LegalText: FigureValue, Hashable {
  /// The article's number, such as `L2112-2-1`.
  public let article: String
  /// Its rule in French, never a quotation.
  public let rule: String

  /// A text from its parts.
  public init(article: String, rule: String) {
    self.article = article
    self.rule = rule
  }

  /// The rule.
  public var figureText: String { rule }
}

extension FigureKey where Value == LegalText {
  /// The text of an article.
  public static func article(_ number: String) -> Self { .init("article.\(number)") }
}
