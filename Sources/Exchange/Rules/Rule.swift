public import Clauses

/// A rule of the field as other programs call it: a name, a JSON object in, a JSON object out.
public struct Rule: Sendable {
  /// What a rule may know besides its input.
  public struct Context: Sendable {
    /// The reference figures.
    public let figures: Figures
    /// The day that stands where the input names none.
    public let today: Day

    /// A context from its parts.
    public init(figures: Figures, today: Day) {
      self.figures = figures
      self.today = today
    }
  }

  /// Its stable name, such as `calibration`.
  public let name: String
  /// What it answers, in one French sentence.
  public let summary: String
  /// The fields of its input, in French, one line each.
  public let fields: [(name: String, meaning: String)]
  /// An input that works, as JSON.
  public let example: String
  private let body: @Sendable (inout RuleInput, Context) throws(RuleFaults) -> RuleJSON

  /// A rule from its parts; `body` reads the input, and may note faults in it instead of throwing.
  public init(
    name: String, summary: String, fields: [(name: String, meaning: String)], example: String,
    body: @escaping @Sendable (inout RuleInput, Context) throws(RuleFaults) -> RuleJSON
  ) {
    self.name = name
    self.summary = summary
    self.fields = fields
    self.example = example
    self.body = body
  }

  /// The answer to an input; throws every fault found in it.
  public func answer(_ json: [UInt8], _ context: Context) throws(RuleFaults) -> RuleJSON {
    var input = try RuleInput(json)
    return try answer(&input, context)
  }

  /// The answer to an input already read as an object.
  public func answer(_ input: inout RuleInput, _ context: Context) throws(RuleFaults) -> RuleJSON {
    let answer: RuleJSON
    do {
      answer = try body(&input, context)
    } catch {
      input.close()
      try input.check()
      throw error
    }
    input.close()
    try input.check()
    return answer
  }

  /// Every rule, in the order of a clause's life.
  public static let all: [Rule] = [
    duty, possibility, mapping, consistency, feasibility, segment, calibration, eligibility, nir, counting, pooling,
    obligation, progress, deadlines, enforcement, penalty, exit, secrecy, retention,
  ]

  /// The rule of a name, or nil.
  public static func named(_ name: String) -> Rule? { all.first { $0.name == name } }
}

extension Derivation {
  /// `steps`, `findings`, `figures` and `articles`, the fields that every answer ends with.
  public var fields: [(name: String, value: RuleJSON)] {
    [
      ("steps", .list(steps.map(\.json))),
      ("findings", .list(findings.map(\.json))),
      ("figures", .list(figures.map(\.json))),
      ("articles", .list(articles.map { .text($0) })),
    ]
  }
}

extension Derivation.Step {
  /// The step with its sentence whole and in parts.
  var json: RuleJSON {
    .object([
      ("label", .text(label)), ("formula", formula.map { .text($0) } ?? .null), ("result", .text(result)),
      ("sentence", .text(sentence)),
    ])
  }
}

extension Finding {
  /// The remark with its stable code.
  var json: RuleJSON {
    var fields: [(name: String, value: RuleJSON)] = [
      ("level", .text(level.rawValue)), ("code", .text(code)), ("sentence", .text(sentence)),
    ]
    if let mend { fields.append(("mend", .text(mend))) }
    if let article { fields.append(("article", .text(article))) }
    if let place { fields.append(("place", .text(place))) }
    return .object(fields)
  }
}

extension FigureReference {
  /// The figure with where it comes from and how sure it is.
  var json: RuleJSON {
    var fields: [(name: String, value: RuleJSON)] = [
      ("id", .text(id)), ("label", .text(label)), ("value", .text(value)), ("source", .text(source)),
      ("status", .text(status.rawValue)),
    ]
    if let from { fields.append(("from", .day(from))) }
    if let to { fields.append(("to", .day(to))) }
    if let note { fields.append(("note", .text(note))) }
    return .object(fields)
  }
}
