public import Clauses
internal import Exchange

/// Asks a rule of the field, as another program does: JSON in, JSON out.
///
/// Needs no base: only the reference figures and the day.
public struct AskRule: Sendable {
  /// The rules are public, like the figures that they rest on.
  public static let right = Right.readPublicData

  /// The rule's name.
  public let name: String
  /// The JSON of its input.
  public let input: [UInt8]

  /// A question to a rule.
  public init(name: String, input: [UInt8]) {
    self.name = name
    self.input = input
  }

  /// The answer as JSON text.
  ///
  /// Throws ``UnknownRule`` for a name that no rule bears, and ``RuleRefusal`` with every fault of the input.
  public func run(as actor: Actor, with figures: Figures, on today: Day) throws -> String {
    try actor.authorise(Self.right)
    guard let rule = Rule.named(name) else { throw UnknownRule(name: name) }
    do {
      return try rule.answer(input, Rule.Context(figures: figures, today: today)).text()
    } catch {
      throw RuleRefusal(error)
    }
  }
}

/// A name that no rule bears.
public struct UnknownRule: Error, CustomStringConvertible {
  /// The name as asked for.
  public let name: String

  /// A name that was asked for.
  public init(name: String) { self.name = name }

  /// What to tell the user, with the names that exist.
  public var description: String {
    "La règle «\u{202F}\(name.prefix(40))\u{202F}» n’existe pas\u{202F}: "
      + "choisissez parmi \(French.list(Rule.all.map(\.name), last: "ou"))."
  }
}

/// Every fault found in the input of a rule.
public struct RuleRefusal: Error, CustomStringConvertible {
  /// One fault: where, as a JSON pointer, and what to do about it.
  public struct Fault: Sendable, Equatable {
    /// The place (RFC 6901); empty for the whole document.
    public let pointer: String
    /// What is wrong and how to mend it, in French.
    public let sentence: String
  }

  /// The faults; at least one.
  public let faults: [Fault]
  /// `{"faults":[{"pointer":"/amount","sentence":"…"}]}`.
  public let json: String

  init(_ faults: RuleFaults) {
    self.faults = faults.all.map { Fault(pointer: $0.pointer, sentence: $0.sentence) }
    json = faults.json.text()
  }

  /// One line a fault.
  public var description: String {
    faults.map { $0.pointer.isEmpty ? $0.sentence : "\($0.pointer)\u{202F}: \($0.sentence)" }.joined(separator: "\n")
  }
}
