public import Clauses
import Records
import Storage

/// Fills a demonstration with invented requests, and with what was done about them; nothing is sent to anyone.
public struct LoadPersonalRequests: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// An invented request.
  public struct Sample: Sendable {
    /// What is asked.
    public var kind: PersonalRequest.Kind
    /// Who asks.
    public var requester: Requester
    /// Where.
    public var departement: DepartementCode?
    /// How many days ago it came.
    public var daysAgo: Int
    /// What was done, and how many days ago, the oldest first.
    public var steps: [(daysAgo: Int, step: TreatPersonalRequest.Step)]

    /// A request.
    public init(
      _ kind: PersonalRequest.Kind, _ requester: Requester, departement: DepartementCode?, daysAgo: Int,
      steps: [(daysAgo: Int, step: TreatPersonalRequest.Step)] = []
    ) {
      (self.kind, self.requester, self.departement) = (kind, requester, departement)
      (self.daysAgo, self.steps) = (daysAgo, steps)
    }
  }

  private let samples: [Sample]

  /// The loading of some requests.
  public init(_ samples: [Sample]) { self.samples = samples }

  /// Writes them in one transaction, in the name of an invented data protection officer; false where there are requests
  /// already, or nobody to treat them.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let samples = samples
    return try await world.database.write { db in
      let members = try Memberships.demonstration(in: db)
      guard try PersonalRequests.count(in: db) == 0,
        let officer = members.first(where: { $0.role == .dataProtectionOfficer })
      else { return false }
      let acting = Actor(
        .person(
          .init(
            account: officer.account, session: ID(at: world.moment),
            acting: Actor.Acting(
              membership: officer.id, organisation: officer.organisation, role: officer.role,
              isAdministrator: officer.isAdministrator, isValidated: true), isStrong: true)))
      for sample in samples { try Self.write(sample, by: acting, in: world, db) }
      return true
    }
  }

  private static func write(
    _ sample: Sample, by officer: Actor, in world: World, _ db: any Connection
  ) throws {
    func moment(_ daysAgo: Int) -> Moment { world.moment.adding(hours: -24 * Int64(daysAgo)) }
    let (at, received, keys) = (moment(sample.daysAgo), world.today().adding(days: -sample.daysAgo), world.access.keys)
    let clock = try PersonalRequestClock.read(
      receivedOn: received, isExtended: false, on: received, figures: world.figures)
    var request = StoredPersonalRequest(
      id: ID(at: at), reference: RequestReference.new(), kind: sample.kind, departement: sample.departement,
      account: nil, receivedOn: received, dueOn: clock.due, receivedAt: at)
    request.seal(sample.requester, keys: keys)
    try PersonalRequests.insert(request, in: db)
    try PersonalRequests.insert(
      StoredRequestStep(.received, of: request.id, note: nil, by: nil, at: at, keys: keys), in: db)
    try Trail.write(TrailNote(.requestReceived, request: request), as: .visitor, at: world.moment, keys: keys, in: db)
    for (daysAgo, step) in sample.steps {
      guard let present = try PersonalRequests.find(request.id, in: db) else { return }
      var past = world
      let day = world.today().adding(days: -daysAgo)
      past.today = { day }
      var work = RequestWork(actor: officer, now: moment(daysAgo), world: past)
      work.noted = world.moment
      _ = try work.apply(step, to: present, in: db)
    }
  }
}
