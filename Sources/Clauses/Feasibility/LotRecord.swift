/// What a feasibility and calibration sheet says of one lot, in the words and figures of its day: signed, it never changes,
/// whatever becomes of the figures.
public struct LotRecord: Sendable, Hashable, Codable {
  /// A name and what is said under it.
  public struct Line: Sendable, Hashable, Codable {
    /// The name, in French.
    public let name: String
    /// What is said, in French.
    public let text: String
    /// A line.
    public init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }
  }

  /// A method with the hours that it gives.
  public struct Sized: Sendable, Hashable, Codable {
    /// The method's stable name.
    public let method: String
    /// The method, in French.
    public let name: String
    /// The hours, in hundredths.
    public let hundredths: Int64
    /// The computation, step by step, in French.
    public let steps: [String]
    /// Whether it counts something else than hours of insertion.
    public let isBeside: Bool

    /// The hours.
    public var hours: Hours { Hours(hundredths: hundredths) }
  }

  /// A lot of the same kind that was sized before.
  public struct Comparable: Sendable, Hashable, Codable {
    /// How it is called.
    public let name: String
    /// Its buyer's number: what is not published yet is for its buyer alone.
    public let buyer: String
    /// Its amount, in cents.
    public let cents: Int64
    /// Its hours, in hundredths.
    public let hundredths: Int64
    /// A past lot.
    public init(name: String, buyer: SIRET, amount: Euros, hours: Hours) {
      (self.name, self.buyer, cents, hundredths) = (name, buyer.digits, amount.cents, hours.hundredths)
    }
  }

  /// A reference figure as it was.
  public struct Figure: Sendable, Hashable, Codable {
    /// What it is, with its value.
    public let line: Line
    /// Where it was read, and how sure it is.
    public let source: String

    /// A figure from its reference.
    public init(_ reference: FigureReference) {
      line = Line(reference.label, reference.value)
      source = "\(reference.source) (\(reference.status.french))"
    }
  }

  /// What is known of the lot.
  public let given: [Line]
  /// What the four criteria let expect.
  public let level: String
  /// The four criteria, each with its verdict and reason.
  public let criteria: [Line]
  /// What to do, in sentences.
  public let advice: [String]
  /// The legal duty.
  public let duty: String
  /// Who could perform it or lend people.
  public let people: [String]
  /// The methods that apply, side by side.
  public let methods: [Sized]
  /// The methods that do not apply, and what they would need.
  public let lacking: [Line]
  /// Lots of the same kind.
  public var comparables: [Comparable]
  /// Where this lot stands among them.
  public var standing: [String]
  /// Remarks on all this, the most serious first.
  public let remarks: [String]
  /// The figures used.
  public let figures: [Figure]
  /// The articles used.
  public let articles: [String]

  /// The hours that the method of a name gives.
  public func hours(by method: String) -> Hours? { methods.first { $0.method == method }?.hours }
}

extension LotRecord {
  /// The record of what the rules say of a lot.
  ///
  /// `people` says who could do the work, `past` the lots of the same kind with where this one stands among them.
  public init(
    given: [Line], sheet: Feasibility.LotSheet, duty: LegalDuty?, people: [String],
    comparison: Calibration.Comparison, past: [Comparable], standing: Calibration.Standing?
  ) {
    self.given = given
    level = sheet.level.french
    criteria = Feasibility.Criterion.allCases.compactMap { criterion in
      sheet.verdicts[criterion].map { Line(criterion.french, "\($0.outcome.french)\(semicolon) \($0.reason)") }
    }
    advice = sheet.advice + sheet.waysIn
    self.duty = Self.words(of: duty)
    self.people = people
    methods = comparison.sizings.map { sizing in
      Sized(
        method: sizing.method.rawValue, name: sizing.method.french, hundredths: sizing.hours.hundredths,
        steps: sizing.derivation.steps.map(\.sentence), isBeside: sizing.method.isSeparateObjective)
    }
    lacking = comparison.excluded.map { excluded in
      Line(excluded.method.french, excluded.gaps.map(\.sentence).joined(separator: " "))
    }
    comparables = past
    var all = sheet.derivation
    all.append(comparison.derivation)
    // Nothing is drafted yet: that no consideration is there yet is no fault.
    if let duty { all.append(duty.derivation.leavingOut(["considerationMissing"])) }
    remarks = all.findings.map { Self.words(of: $0) }
    self.standing = standing?.derivation.findings.map { Self.words(of: $0) } ?? []
    if let standing { all.append(standing.derivation) }
    figures = all.figures.map { Figure($0) }
    articles = all.articles
  }

  /// The record as a buyer reads it: of the lots of others, nothing.
  public func seen(by buyer: SIRET) -> LotRecord {
    var record = self
    record.comparables.removeAll { $0.buyer != buyer.digits }
    if record.comparables.count < comparables.count { record.standing = [] }
    return record
  }

  private static func words(of finding: Finding) -> String {
    [finding.sentence, finding.mend].compactMap(\.self).joined(separator: " ")
  }

  private static func words(of duty: LegalDuty?) -> String {
    guard let duty else { return "À apprécier quand le montant et la catégorie seront connus." }
    let text =
      duty.outcome == .notMet
      ? "elle s’appliquera\(colon) prévoyez une condition d’exécution sociale ou relative à l’emploi" : duty.outcomeText
    let sentence = text.prefix(1).uppercased() + text.dropFirst()
    return "\(sentence)\(duty.article.map { " (article \($0))" } ?? "")."
  }
}
