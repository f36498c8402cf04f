/// How a result was reached: its steps in French, the remarks on the way, the reference figures and articles used.
///
/// Every rule of the field returns one beside its result, so that a figure can be defended before a buyer, a company or
/// an auditor.
public struct Derivation: Sendable, Equatable {
  /// One step of a computation or of a reasoning.
  public struct Step: Sendable, Equatable {
    /// What is found at this step, in French, such as `Part d’insertion`.
    public let label: String
    /// The formula with its figures, in French; nil for a step that only states.
    public let formula: String?
    /// What it gives, in French with its unit.
    public let result: String

    /// A step from its parts.
    public init(_ label: String, _ formula: String? = nil, gives result: String) {
      self.label = label
      self.formula = formula
      self.result = result
    }

    /// Whether the formula computes its result, rather than saying what it follows from.
    public var isComputed: Bool { formula.map { $0.contains { "×÷+−".contains($0) } } ?? false }

    /// `Part d’insertion : 500 000 € × 5 % = 25 000 €`.
    public var sentence: String {
      guard let formula else { return "\(label)\(French.thin): \(result)" }
      return "\(label)\(French.thin): \(formula) = \(result)"
    }
  }

  /// The steps, in order.
  public private(set) var steps: [Step] = []
  /// The remarks, the most serious first, otherwise in the order in which they were made.
  public var findings: [Finding] {
    Finding.Level.allCases.sorted().flatMap { level in noted.filter { $0.level == level } }
  }
  /// The reference figures used, each once, in order of first use.
  public private(set) var figures: [FigureReference] = []
  /// The articles and clauses used, each once, in order of first use.
  public private(set) var articles: [String] = []
  private var noted: [Finding] = []

  /// Nothing yet.
  public init() {}

  /// Adds a step.
  public mutating func step(_ label: String, _ formula: String? = nil, gives result: String) {
    steps.append(Step(label, formula, gives: result))
  }

  /// Adds a remark, and the article that it rests on.
  public mutating func note(_ finding: Finding) {
    noted.append(finding)
    if let article = finding.article { cite(article) }
  }

  /// The same without the remarks of some codes, for readers to whom they say nothing.
  public func leavingOut(_ codes: Set<String>) -> Derivation {
    var derivation = self
    derivation.noted.removeAll { codes.contains($0.code) }
    return derivation
  }

  /// Notes that a reference figure was used, and gives its value.
  @discardableResult
  public mutating func use<Value>(_ figure: Figure<Value>) -> Value {
    refer(to: figure.reference)
    return figure.value
  }

  /// Notes that a reference figure was used, where only its reference is at hand.
  public mutating func refer(to reference: FigureReference) {
    if !figures.contains(reference) { figures.append(reference) }
  }

  /// Notes that an article was used.
  public mutating func cite(_ article: String) {
    if !articles.contains(article) { articles.append(article) }
  }

  /// Adds the steps, remarks, figures and articles of a part of the reasoning after these.
  public mutating func append(_ other: Derivation) {
    steps += other.steps
    noted += other.noted
    for figure in other.figures where !figures.contains(figure) { figures.append(figure) }
    other.articles.forEach { cite($0) }
  }

  /// Whether nothing forbids the result.
  public var isFree: Bool { !noted.contains { $0.level == .fault } }
}
