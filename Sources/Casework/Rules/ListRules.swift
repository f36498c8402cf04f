public import Clauses
internal import Exchange

/// Lists the rules that can be asked, each with its fields and an example in and out.
public struct ListRules: Sendable {
  /// The rules are public.
  public static let right = Right.readPublicData

  /// A rule as the list shows it.
  public struct Entry: Sendable {
    /// One field of its input.
    public struct Field: Sendable {
      /// Its name.
      public let name: String
      /// What it means, in French.
      public let meaning: String
    }

    /// Its stable name.
    public let name: String
    /// What it answers, in one French sentence.
    public let summary: String
    /// The fields of its input.
    public let fields: [Field]
    /// An input that works, as JSON.
    public let example: String
    /// What the rule answers to the example, as JSON.
    public let answer: String
  }

  /// One rule only, by its name; nil for all.
  public let name: String?

  /// A list of all rules, or of one.
  public init(name: String? = nil) { self.name = name }

  /// The entries, in the order of a clause's life; empty where no rule bears the name.
  public func run(as actor: Actor, with figures: Figures, on today: Day) throws -> [Entry] {
    try actor.authorise(Self.right)
    let context = Rule.Context(figures: figures, today: today)
    return try Rule.all.filter { name == nil || $0.name == name }.map { rule in
      Entry(
        name: rule.name, summary: rule.summary,
        fields: rule.fields.map { Entry.Field(name: $0.name, meaning: $0.meaning) }, example: rule.example,
        answer: try rule.answer(Array(rule.example.utf8), context).text())
    }
  }

  /// The same list as JSON: `{"rules":[{"name","summary","fields":[{"name","meaning"}],"example"}]}`.
  ///
  /// Nil where no rule bears the name.
  public func json(as actor: Actor) throws -> String? {
    try actor.authorise(Self.right)
    let rules = Rule.all.filter { name == nil || $0.name == name }
    guard name == nil || !rules.isEmpty else { return nil }
    return RuleJSON.object([("rules", .list(rules.map(Self.entry)))]).text()
  }

  private static func entry(_ rule: Rule) -> RuleJSON {
    .object([
      ("name", .text(rule.name)), ("summary", .text(rule.summary)),
      (
        "fields",
        .list(rule.fields.map { .object([("name", .text($0.name)), ("meaning", .text($0.meaning))]) })
      ),
      ("example", .text(rule.example)),
    ])
  }
}
