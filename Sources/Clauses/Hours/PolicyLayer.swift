/// What one level has chosen of a counting policy; the options that it leaves open come from the level above.
public struct PolicyLayer: Sendable, Equatable {
  /// Who chooses; a later case stands over an earlier one.
  public enum Level: String, Sendable, CaseIterable {
    /// The coordination of facilitators.
    case coordination
    /// The buyer.
    case buyer
    /// The contract's lot.
    case lot
    /// A pooling agreement, for the hours that it shares.
    case agreement

    /// The level as users read it.
    public var french: String {
      switch self {
      case .coordination: "coordination"
      case .buyer: "donneur d’ordre"
      case .lot: "lot"
      case .agreement: "convention de globalisation"
      }
    }
  }

  /// The options chosen; nil leaves one open.
  public struct Options: Sendable, Equatable {
    /// Which hours are the base.
    public var unit: CountingPolicy.Unit?
    /// Sickness.
    public var sickness: CountingPolicy.Inclusion?
    /// Leave.
    public var leave: CountingPolicy.Inclusion?
    /// Public holidays not worked.
    public var publicHolidays: CountingPolicy.Inclusion?
    /// Training.
    public var training: CountingPolicy.Training?
    /// The tutor's hours.
    public var tutoring: CountingPolicy.Tutoring?
    /// Weights by situation; a situation that is absent stays as the level above has it.
    public var weights: [CountingPolicy.Situation: Quotient] = [:]
    /// Months of a direct hire.
    public var directHireMonths: Int?
    /// Months of an open-ended hire; where nobody chooses them they follow those of a direct hire.
    public var permanentHireMonths: Int?
    /// Months of every other modality.
    public var otherMonths: Int?
    /// Months for a public, a modality or both; they stand before those of the levels above.
    public var windows: [CountingChoice] = []
    /// Months during which a decision waits for the hire.
    public var decisionMonths: Int?
    /// People already in post.
    public var alreadyInPost: CountingPolicy.InPost?
    /// Part performed by a structure.
    public var subcontract: CountingPolicy.Subcontract?
    /// Eligibility decided late.
    public var lateValidation: CountingPolicy.LateValidation?

    /// Nothing chosen.
    public init() {}
  }

  /// Who chooses.
  public var level: Level
  /// Its name, such as that of the buyer.
  public var name: String
  /// The first day on which the choice holds; nil: always did.
  public var from: Day?
  /// What it chooses.
  public var options: Options

  /// A layer from its parts.
  public init(level: Level, name: String, from: Day? = nil, options: Options) {
    self.level = level
    self.name = name
    self.from = from
    self.options = options
  }
}

/// A counting policy with where each of its options comes from.
public struct InheritedPolicy: Sendable, Equatable {
  /// Where an option comes from.
  public enum Origin: Sendable, Equatable {
    /// The reference figures.
    case reference
    /// A level's own choice.
    case layer(PolicyLayer.Level, name: String)

    /// `donneur d’ordre (commune de Val-Fleuri)`.
    public var french: String {
      switch self {
      case .reference: "données de référence"
      case .layer(let level, let name): "\(level.french) (\(name))"
      }
    }
  }

  /// The policy.
  public let policy: CountingPolicy
  /// The origin of each option.
  public let origins: [CountingOption: Origin]

  /// The national policy with the choices of layers over it, from the coordination down to the agreement.
  ///
  /// Of one level, a layer that begins later stands over an earlier one; those that begin after the day are left out,
  /// and the derivation says so. Throws where a reference figure is missing.
  public init(
    _ layers: [PolicyLayer], under conditions: GeneralConditions? = nil, figures: Figures, on day: Day,
    into derivation: inout Derivation
  ) throws(MissingFigure) {
    var policy = try CountingPolicy.national(figures: figures, on: day, into: &derivation)
    policy.ccag = try conditions.map { (given) throws(MissingFigure) in
      try InsertionClause(given, on: day, figures: figures)
    }
    var origins = Dictionary(uniqueKeysWithValues: CountingOption.allCases.map { ($0, Origin.reference) })
    for layer in layers where layer.from.map({ $0 > day }) ?? false {
      let from = layer.from?.french ?? ""
      derivation.note(
        Finding(
          .information, "policyLater",
          "Le choix «\(French.noBreak)\(layer.name)\(French.noBreak)» ne vaut que depuis le \(from)\(colon) "
            + "il n’est pas appliqué au \(day.french)."))
    }
    let inForce = layers.filter { $0.from.map { $0 <= day } ?? true }
    for level in PolicyLayer.Level.allCases {
      let ofLevel = inForce.enumerated().filter { $0.element.level == level }
        .sorted { ($0.element.from?.number ?? .min, $0.offset) < ($1.element.from?.number ?? .min, $1.offset) }
      for layer in ofLevel.map(\.element) {
        for option in policy.apply(layer.options) { origins[option] = .layer(level, name: layer.name) }
      }
    }
    self.policy = policy
    self.origins = origins
    try derivation.checkMonths(of: policy, figures: figures, on: day)
  }
}

extension CountingPolicy {
  /// Takes over the options chosen; gives those that were.
  fileprivate mutating func apply(_ options: PolicyLayer.Options) -> [CountingOption] {
    var chosen: [CountingOption] = []
    func take<Value>(_ value: Value?, _ target: inout Value, _ option: CountingOption) {
      guard let value else { return }
      target = value
      chosen.append(option)
    }
    take(options.unit, &unit, .unit)
    take(options.sickness, &sickness, .sickness)
    take(options.leave, &leave, .leave)
    take(options.publicHolidays, &publicHolidays, .publicHolidays)
    take(options.training, &training, .training)
    take(options.tutoring, &tutoring, .tutoring)
    if !options.weights.isEmpty {
      weights.merge(options.weights) { $1 }
      chosen.append(.weights)
    }
    let follows = permanentHireMonths == directHireMonths
    take(options.directHireMonths, &directHireMonths, .directHireMonths)
    if follows, options.directHireMonths != nil {
      permanentHireMonths = directHireMonths
      chosen.append(.permanentHireMonths)
    }
    take(options.permanentHireMonths, &permanentHireMonths, .permanentHireMonths)
    take(options.otherMonths, &otherMonths, .otherMonths)
    if options.directHireMonths != nil {
      self.chosen.formUnion(Modality.allCases.filter { $0.isDirectHire && ($0 != .openEndedHire || follows) })
    }
    if options.permanentHireMonths != nil { self.chosen.insert(.openEndedHire) }
    if options.otherMonths != nil { self.chosen.formUnion(Modality.allCases.filter { !$0.isDirectHire }) }
    if !options.windows.isEmpty {
      windows = options.windows + windows
      chosen.append(.windows)
    }
    take(options.decisionMonths, &decisionMonths, .decisionMonths)
    take(options.alreadyInPost, &alreadyInPost, .alreadyInPost)
    take(options.subcontract, &subcontract, .subcontract)
    take(options.lateValidation, &lateValidation, .lateValidation)
    return chosen
  }
}

extension Derivation {
  /// Remarks on a policy that goes beyond the general conditions, or that contradicts itself.
  fileprivate mutating func checkMonths(
    of policy: CountingPolicy, figures: Figures, on day: Day
  ) throws(MissingFigure) {
    let usual = try figures.counts.nearest(.countingMonths, on: day)
    for situation in CountingPolicy.Situation.allCases {
      guard let weight = policy.weights[situation], weight > policy.bounds.weight else { continue }
      let greatest = use(try figures.counts.nearest(.countingGreatestWeight, on: day))
      note(
        Finding(
          .warning, "weightBeyondPractice",
          "Pondération «\(French.noBreak)\(situation.french)\(French.noBreak)» à \(weight.frenchFactor)\(colon) les "
            + "usages connus ne dépassent pas \(French.integer(greatest)).",
          mend: "Vérifiez ce coefficient\(semicolon) s’il est voulu, écrivez-le dans le contrat.",
          place: "weights/\(situation.rawValue)"))
    }
    if policy.directHireMonths > usual.value {
      note(
        Finding(
          .warning, "directHireBeyondCCAG",
          "Une embauche directe compterait \(policy.directHireMonths)\(French.noBreak)mois\(colon) "
            + "le CCAG s’arrête à \(usual.french).",
          mend: "Écrivez la dérogation dans le cahier des clauses administratives particulières.",
          article: CountingArticle.modalities(policy.ccag), place: "directHireMonths"))
    }
    if policy.permanentHireMonths > policy.directHireMonths {
      let longest = try figures.counts.nearest(.countingMonthsLong, on: day)
      use(longest)
      let isKnown = policy.permanentHireMonths <= longest.value
      let known =
        isKnown
        ? "un marché connu va jusqu’à \(longest.french)" : "le plus long connu s’arrête à \(longest.french)"
      note(
        Finding(
          isKnown ? .information : .warning, "permanentHireBeyondCCAG",
          "Un CDI compterait \(policy.permanentHireMonths)\(French.noBreak)mois\(semicolon) \(known).",
          mend: "Écrivez cette durée dans le cahier des clauses administratives particulières.",
          article: CountingArticle.modalities(policy.ccag), place: "permanentHireMonths"))
    }
    let included: [(CountingPolicy.Inclusion, CountingOption)] = [
      (policy.sickness, .sickness), (policy.leave, .leave), (policy.publicHolidays, .publicHolidays),
    ]
    for (inclusion, option) in included where policy.unit == .worked && inclusion == .included {
      note(
        Finding(
          .warning, "absenceNeedsPaidUnit",
          "\(option.french)\(colon) une absence n’est pas du travail, elle ne compte pas en heures travaillées.",
          mend: "Choisissez les heures payées comme unité, ou laissez les absences de côté.", place: option.rawValue))
    }
  }
}

/// The articles on which counting rests, in the general conditions that the contract refers to.
enum CountingArticle {
  static func eligibility(_ ccag: InsertionClause?) -> String {
    ccag?.paragraph(1) ?? "\(InsertionClause.anywhere), publics"
  }
  static func modalities(_ ccag: InsertionClause?) -> String {
    ccag?.paragraph(2) ?? "\(InsertionClause.anywhere), modalités"
  }
}
