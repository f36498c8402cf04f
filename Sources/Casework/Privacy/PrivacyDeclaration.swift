/// What an installation says of itself in the register of processings: the program cannot know it.
public struct PrivacyDeclaration: Sendable, Equatable {
  /// Who answers for the processings: a name and, as one likes, an address. Nil where nobody said it.
  public var controller: String?
  /// How to reach the data protection officer: an e-mail or words. Nil where nobody said it.
  public var contact: String?

  /// A declaration.
  public init(controller: String? = nil, contact: String? = nil) {
    (self.controller, self.contact) = (controller, contact)
  }

  /// Whether nothing is missing.
  public var isWhole: Bool { controller != nil && contact != nil }
}
