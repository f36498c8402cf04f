public import Clauses
import Records
import Storage
import Vault

/// One request, with all that was done about it.
public struct ShowPersonalRequest: Sendable {
  /// What one must be allowed.
  public static let right = Right.treatPersonalRequests
  private let id: ID<PersonalRequest>

  /// The page of a request.
  public init(_ id: ID<PersonalRequest>) { self.id = id }

  /// Something that was done.
  public struct Step: Sendable {
    /// What.
    public let kind: PersonalRequest.Step
    /// When.
    public let at: Moment
    /// Who; nil for the person who asks.
    public let who: String?
    /// The note, reason or answer.
    public let note: String?
  }

  /// Someone who may be given the request.
  public struct Colleague: Sendable {
    /// Their membership.
    public let membership: ID<Membership>
    /// Their name.
    public let name: String
  }

  /// The page.
  public struct Model: Sendable {
    /// Its identifier.
    public let id: ID<PersonalRequest>
    /// What it is called by.
    public let reference: String
    /// What is asked.
    public let kind: PersonalRequest.Kind
    /// Where it stands.
    public let state: PersonalRequest.State
    /// Who asks, and what they say.
    public let requester: Requester
    /// Whether it was made from an account.
    public let hasAccount: Bool
    /// Where the person is accompanied or works.
    public let departement: DepartementCode?
    /// When it came.
    public let receivedOn: Day
    /// The last day, how far it is, and how it was reached.
    public let clock: PersonalRequestClock
    /// Whether the delay was extended.
    public let isExtended: Bool
    /// Whether it still may be: once, and before the first last day has passed.
    public let mayExtend: Bool
    /// How the identity was made sure of.
    public let identity: PersonalRequest.IdentityProof?
    /// Who is on it.
    public let assignee: String?
    /// What was answered.
    public let outcome: PersonalRequest.Outcome?
    /// Until when it is kept once closed.
    public let erasedOn: Day?
    /// What was done, the oldest first.
    public let steps: [Step]
    /// Who may be given it.
    public let colleagues: [Colleague]
    /// The version that was read.
    public let version: Int
  }

  /// Reads the page; nil for a request that does not exist or that the reader may not treat.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, today, keys, figures) = (id, world.today(), world.access.keys, world.figures)
    return try await world.database.read { db in
      guard let request = try PersonalRequests.find(id, in: db),
        try RequestReach.of(actor, on: today, in: db).holds(request)
      else { return nil }
      let clock = try PersonalRequestClock.read(
        receivedOn: request.receivedOn, isExtended: request.isExtended, on: today, figures: figures)
      let steps = try PersonalRequests.steps(of: id, in: db)
      let people = try Accounts.find(
        all: Set(steps.compactMap(\.account) + [request.assignee].compactMap(\.self)), in: db)
      let kept = try figures.counts.nearest(.requestKeptMonths, on: today).value
      return Model(
        id: id, reference: request.reference, kind: request.kind, state: request.state,
        requester: try request.requester(keys), hasAccount: request.account != nil, departement: request.departement,
        receivedOn: request.receivedOn, clock: clock, isExtended: request.isExtended,
        mayExtend: request.state.isOpen && !request.isExtended && today <= request.dueOn, identity: request.identity,
        assignee: try request.assignee.map { try people[$0]?.identity(keys).name ?? "compte effacé" },
        outcome: request.outcome, erasedOn: request.closedAt?.universalDay.adding(months: kept),
        steps: try steps.map { step in
          Step(
            kind: step.kind, at: step.at,
            who: try step.account.map { try people[$0]?.identity(keys).name ?? "compte effacé" },
            note: try step.clear(keys))
        }, colleagues: try Self.colleagues(of: actor, keys, in: db), version: request.version)
    }
  }

  /// Those of the actor's own organisation who may treat requests.
  static func colleagues(of actor: Actor, _ keys: KeyRing, in db: any Connection) throws -> [Colleague] {
    guard let acting = actor.acting else { return [] }
    let members = try Memberships.all(of: acting.organisation, in: db).filter { mayTreat($0) }
    let accounts = try Accounts.find(all: Set(members.map(\.account)), in: db)
    return try members.compactMap { member in
      guard let account = accounts[member.account], account.state == .active else { return nil }
      return Colleague(membership: member.id, name: try account.identity(keys).name)
    }
  }

  /// Whether a member of a validated organisation may treat requests.
  static func mayTreat(_ member: Membership) -> Bool {
    member.endedAt == nil
      && Rights.scope(of: right, as: member.role, administers: member.isAdministrator) != .nothing
  }
}
