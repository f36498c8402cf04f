/// A purchase programme that was received.
public enum PurchaseProgramme {}

/// Where a planned contract stands, from the line of a programme to the award.
public enum PlannedStage: String, Sendable, Hashable, CaseIterable {
  /// It came; nobody has looked.
  case received
  /// A facilitator looks at it.
  case inStudy = "in-study"
  /// An opinion was given to the buyer.
  case advised
  /// The wording was sent.
  case worded
  /// The consultation is published.
  case published
  /// It was awarded.
  case awarded
  /// Nothing is done, for a reason.
  case setAside = "set-aside"

  /// The word for people.
  public var label: String {
    switch self {
    case .received: "reçu"
    case .inStudy: "à l’étude"
    case .advised: "avis donné"
    case .worded: "rédaction envoyée"
    case .published: "publié"
    case .awarded: "attribué"
    case .setAside: "écarté"
    }
  }

  /// Whether the buyer still waits for a first opinion.
  public var awaitsOpinion: Bool { self == .received || self == .inStudy }
}

/// A planned contract as a facilitation body follows it.
public struct PlannedDossier: Sendable, Hashable {
  /// Its identifier.
  public let id: ID<PlannedDossier>
  /// The facilitation body that follows it.
  public let body: ID<Organisation>
  /// The buyer's establishment.
  public let buyer: SIRET
  /// The buyer's name, as given with the programme.
  public var buyerName: String
  /// What is planned.
  public var contract: PlannedContract
  /// Where it stands.
  public var stage: PlannedStage
  /// Why it was set aside.
  public var reason: String?
  /// Who follows it.
  public var assigned: ID<Membership>?
  /// When it came.
  public let receivedAt: Moment
  /// The day on which the first opinion is due.
  public let answerDue: Day
  /// The programme that brought it, or changed it last.
  public var programme: ID<PurchaseProgramme>
  /// The buyer's number of the published contract whose renewal it is; nil where it is not known as one.
  public var renews: String?
  /// Grows with each change.
  public var version: Int

  /// A planned contract that has just come.
  public init(
    id: ID<PlannedDossier>, body: ID<Organisation>, buyer: SIRET, buyerName: String, contract: PlannedContract,
    receivedAt: Moment, answerDue: Day, programme: ID<PurchaseProgramme>
  ) {
    (self.id, self.body, self.buyer, self.buyerName) = (id, body, buyer, buyerName)
    (self.contract, self.receivedAt, self.answerDue, self.programme) = (contract, receivedAt, answerDue, programme)
    (stage, version) = (.received, 1)
  }

  /// By what a second upload knows the same contract again, within a buyer: its reference, else its object.
  public static func key(of contract: PlannedContract) -> String {
    contract.reference.map { "r \($0.folded)" } ?? "o \(contract.object.folded)"
  }
}

extension PlannedContract {
  /// The fields that differ from another's, with what each holds, in the words of people.
  public func differences(to other: PlannedContract) -> [(field: PlannedField, before: String?, after: String?)] {
    PlannedField.allCases.compactMap { field in
      let (before, after) = (shown(field), other.shown(field))
      return before == after ? nil : (field, before, after)
    }
  }

  /// What a field holds, as people type it; nil where it is not known.
  public func shown(_ field: PlannedField) -> String? {
    switch field {
    case .reference: reference
    case .object: object
    case .category: category?.french
    case .cpv: cpv?.digits
    case .amount: amount?.french
    case .months: months.map { String($0) }
    case .place: place
    case .launch: launch.map { Self.shown($0) }
    case .start: start.map { Self.shown($0) }
    case .lots: lots.map { String($0) }
    case .framework: isFramework.map { $0 ? "oui" : "non" }
    case .note: note
    }
  }

  private static func shown(_ month: Month) -> String { String(month.first.french.dropFirst(3)) }
}
