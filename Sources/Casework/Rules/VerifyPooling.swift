internal import Exchange

/// Checks that an answer of the rule `pooling` is right and the best, by its certificate alone.
public struct VerifyPooling: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// The question, as JSON.
  public let input: [UInt8]
  /// The answer to check, as JSON.
  public let output: [UInt8]

  /// A question and the answer that it was given.
  public init(input: [UInt8], output: [UInt8]) {
    self.input = input
    self.output = output
  }

  /// `{"valid":true,…}` as JSON text; throws ``RuleRefusal`` where one of the two cannot be read.
  public func run(as actor: Actor) throws -> String {
    try actor.authorise(Self.right)
    do {
      return try PoolingRule.verify(input: input, output: output).text()
    } catch {
      throw RuleRefusal(error)
    }
  }
}
