/// One of the words that a rule knows, as a reference figure gives it: an option chosen by default.
public struct Choice: FigureValue {
  /// The word that the rule reads, such as `worked`.
  public let code: String
  /// The word as users read it.
  public let text: String

  /// A choice from its two spellings.
  public init(code: String, text: String) {
    self.code = code
    self.text = text
  }

  /// The word as users read it.
  public var figureText: String { text }
}
