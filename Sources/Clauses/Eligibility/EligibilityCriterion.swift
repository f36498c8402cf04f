/// A list of publics that a decision is taken on.
public enum EligibilityList: String, Sendable, Hashable, CaseIterable {
  /// The insertion article of the general conditions of contract (CCAG): through a structure, or by situation.
  case ccag
  /// The criteria of insertion through economic activity (IAE), of two levels.
  case iae
  /// The criteria of groups of employers for insertion and qualification.
  case geiq

  /// The list as users read it.
  public var french: String {
    switch self {
    case .ccag: "la liste des publics du CCAG"
    case .iae: "les critères de l’insertion par l’activité économique (IAE)"
    case .geiq: "les critères des groupements d’employeurs pour l’insertion et la qualification (GEIQ)"
    }
  }
}

/// A reason for which someone is eligible, as a list of publics states it.
public struct EligibilityCriterion: Sendable, Equatable, FigureValue {
  /// How a criterion counts in its list.
  public enum Group: String, Sendable, Hashable, CaseIterable {
    /// Being accompanied by a structure is enough (CCAG, first list).
    case structure
    /// The situation of the person is enough (CCAG, second list; first annex of the GEIQ).
    case situation
    /// First level: one is enough.
    case level1
    /// Second level: several are needed.
    case level2
    /// Added by a contract or a territory: one is enough.
    case local

    /// Whether one criterion of this group makes someone eligible.
    public var isEnough: Bool { self != .level2 }

    /// The group as users read it.
    public var french: String {
      switch self {
      case .structure: "par une structure"
      case .situation: "par la situation"
      case .level1: "niveau 1"
      case .level2: "niveau 2"
      case .local: "ajout local"
      }
    }
  }

  /// The list that it belongs to.
  public let list: EligibilityList
  /// Its stable code in the list, such as `DELD`.
  public let code: String
  /// What it says, in French.
  public let label: String
  /// How it counts.
  public let group: Group
  /// The proofs that show it, the usual one first.
  public let proofs: [Figure<ProofKind>]
  /// The age, in years, that the person must not have reached on the first day of the contract.
  public let under: Int?
  /// The age, in years, that the person must have passed on the first day of the contract.
  public let over: Int?
  /// The age, in years, that the person must have reached on the first day of the contract.
  public let atLeast: Int?
  /// Whether it tells something of health or justice: kept from all but the facilitator, and retained last.
  public let isSensitive: Bool

  /// A criterion from its parts.
  public init(
    list: EligibilityList, code: String, label: String, group: Group, proofs: [Figure<ProofKind>],
    under: Int? = nil, over: Int? = nil, atLeast: Int? = nil, isSensitive: Bool = false
  ) {
    self.list = list
    self.code = code
    self.label = label
    self.group = group
    self.proofs = proofs
    self.under = under
    self.over = over
    self.atLeast = atLeast
    self.isSensitive = isSensitive
  }

  /// What changes a decision: group, ages of the person, proofs and their ages.
  public var figureText: String {
    var parts = [group.french]
    if let under { parts.append("moins de \(French.integer(under)) ans") }
    if let over { parts.append("plus de \(French.integer(over)) ans") }
    if let atLeast { parts.append("\(French.integer(atLeast)) ans et plus") }
    if !proofs.isEmpty { parts.append(French.list(proofs.map(\.value.french), last: "ou")) }
    return parts.joined(separator: ", ")
  }
}

/// A kind of paper that shows a criterion, and how long it does.
public struct ProofKind: FigureValue, Hashable {
  /// How a paper ages.
  public enum Ageing: Sendable, Hashable {
    /// It must be less than so many months old on the day of the decision.
    case months(Int)
    /// It names its own last day, and must still hold on the first day of the contract.
    case untilHire
    /// It names its own last day, and must still hold on the day of the decision.
    case untilDecision
    /// It does not age: a diploma, an identity card, the word of a structure that accompanies.
    case never
  }

  /// Its stable code, such as `ATTESTATION_FRANCE_TRAVAIL`.
  public let code: String
  /// What it is, in French.
  public let label: String
  /// How it ages.
  public let ageing: Ageing

  /// A kind of proof from its parts.
  public init(code: String, label: String, ageing: Ageing) {
    self.code = code
    self.label = label
    self.ageing = ageing
  }

  /// `attestation de France Travail (moins de 3 mois)`.
  public var figureText: String { french }

  /// `attestation de France Travail (moins de 3 mois)`.
  public var french: String {
    switch ageing {
    case .months(let months): "\(label) (moins de \(French.integer(months)) mois)"
    case .untilHire: "\(label) (valable le jour de l’embauche)"
    case .untilDecision: "\(label) (valable le jour de la décision)"
    case .never: label
    }
  }
}

extension Figures {
  /// The criteria of a list that hold on a day, in the order of the file, the layers above first.
  ///
  /// Before the first version that is known, the first one, and after the last, the last: `isExact` is false then.
  public func criteria(of list: EligibilityList, on day: Day) -> (
    criteria: [Figure<EligibilityCriterion>], isExact: Bool
  ) {
    let all = contents.publics.filter { $0.value.list == list }
    let holding = Figures.firstOfEachCode(all.filter { $0.holds(on: day) })
    if !holding.isEmpty { return (holding, true) }
    let past = all.compactMap(\.to).filter { $0 < day }.max()
    let coming = all.compactMap(\.from).filter { $0 > day }.min()
    guard let nearest = past ?? coming else { return ([], false) }
    return (Figures.firstOfEachCode(all.filter { $0.holds(on: nearest) }), false)
  }

  private static func firstOfEachCode(_ figures: [Figure<EligibilityCriterion>]) -> [Figure<EligibilityCriterion>] {
    var seen: Set<String> = []
    return figures.filter { seen.insert($0.value.code).inserted }
  }
}
