internal import Clauses

/// What is wrong with the input of a rule, and where.
public struct RuleFault: Error, Sendable, Equatable {
  /// The place as a JSON pointer (RFC 6901): `/commitments/0/missing`; empty for the whole document.
  public let pointer: String
  /// What is wrong and how to mend it, in French.
  public let sentence: String

  /// A fault at a place.
  ///
  /// A pointer longer than 200 characters, which no field of ours has, is cut.
  public init(_ pointer: String, _ sentence: String) {
    self.pointer = pointer.utf8.count > 200 ? "\(pointer.prefix(200))…" : pointer
    self.sentence = sentence
  }

  /// `/amount : un nombre est attendu.`
  public var line: String { pointer.isEmpty ? sentence : "\(pointer)\(French.thin): \(sentence)" }
}

/// The faults found in one input, in the order in which it is read: all of them, up to a hundred.
public struct RuleFaults: Error, Sendable, Equatable {
  /// How many are told at once.
  static let most = 100

  /// The faults; at least one.
  public let all: [RuleFault]

  /// The faults of one input.
  public init(_ all: [RuleFault]) { self.all = all }

  /// The faults as the answer to give: `{"faults":[{"pointer":"/amount","sentence":"…"}]}`.
  public var json: RuleJSON {
    .object([
      (
        "faults",
        .list(all.map { .object([("pointer", .text($0.pointer)), ("sentence", .text($0.sentence))]) })
      )
    ])
  }
}
