public import Clauses
public import Storage

/// The tables of requests of people about their data.
public enum PersonalRequests {
  /// One by its identifier.
  public static func find(_ id: ID<PersonalRequest>, in db: any Connection) throws -> StoredPersonalRequest? {
    try db.first(
      StoredPersonalRequest.self,
      "SELECT \(StoredPersonalRequest.columns) FROM personal_request r WHERE r.id = \(id)")
  }

  /// How many there are.
  public static func count(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM personal_request") ?? 0
  }

  /// Adds one.
  public static func insert(_ request: StoredPersonalRequest, in db: any Connection) throws {
    let r = request
    try db.execute(
      """
      INSERT INTO personal_request (id, reference, kind, state, departement, account, email, email_index, name, body,
        key_id, received_on, due_on, extended, identity, assignee, outcome, received_at, answered_at, closed_at, version)
      VALUES (\(r.id), \(r.reference), \(r.kind), \(r.state), \(r.departement), \(r.account), \(r.email),
        \(r.emailIndex), \(r.name), \(r.body), \(r.keyID), \(r.receivedOn), \(r.dueOn), \(r.isExtended), \(r.identity),
        \(r.assignee), \(r.outcome), \(r.receivedAt), \(r.answeredAt), \(r.closedAt), \(r.version))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ request: StoredPersonalRequest, in db: any Connection) throws -> Bool {
    let r = request
    return try db.execute(
      """
      UPDATE personal_request SET state = \(r.state), email = \(r.email), email_index = \(r.emailIndex),
        name = \(r.name), body = \(r.body), key_id = \(r.keyID), due_on = \(r.dueOn), extended = \(r.isExtended),
        identity = \(r.identity), assignee = \(r.assignee), outcome = \(r.outcome), answered_at = \(r.answeredAt),
        closed_at = \(r.closedAt), version = \(r.version + 1)
      WHERE id = \(r.id) AND version = \(r.version)
      """) == 1
  }

  /// Which ones a list shows.
  public struct Filter: Sendable {
    /// In these states only.
    public var states: [PersonalRequest.State] = PersonalRequest.State.allCases
    /// Of these départements, or of none; nil: everywhere.
    public var departements: Set<DepartementCode>?
    /// Made with one of these blind indexes of an e-mail.
    public var emailIndexes: [String]?
    /// Of this reference.
    public var reference: String?
    /// Made from this account.
    public var account: ID<Account>?
    /// All of them.
    public init() {}

    var condition: SQL {
      var parts: [SQL] = ["r.state IN \(SQL.list(states))"]
      if let departements {
        parts.append("(r.departement IS NULL OR r.departement IN \(SQL.list(departements.sorted())))")
      }
      if let reference { parts.append("r.reference = \(reference)") }
      switch (emailIndexes, account) {
      case (let indexes?, let account?):
        parts.append("(r.email_index IN \(SQL.list(indexes)) OR r.account = \(account))")
      case (let indexes?, nil): parts.append("r.email_index IN \(SQL.list(indexes))")
      case (nil, let account?): parts.append("r.account = \(account)")
      case (nil, nil): break
      }
      return parts.joined(separator: " AND ")
    }
  }

  /// The first ones by deadline after a place, and how many of them there are in all.
  public static func list(
    _ filter: Filter, offset: Int, limit: Int, in db: any Connection
  ) throws -> (lines: [StoredPersonalRequest], total: Int) {
    let total = try db.scalar(Int.self, "SELECT COUNT(*) FROM personal_request r WHERE \(filter.condition)") ?? 0
    let lines = try db.all(
      StoredPersonalRequest.self,
      """
      SELECT \(StoredPersonalRequest.columns) FROM personal_request r WHERE \(filter.condition)
      ORDER BY r.due_on, r.id LIMIT \(limit) OFFSET \(offset)
      """)
    return (lines, total)
  }

  /// How many wait for an answer whose last day came before a day.
  public static func late(_ filter: Filter, before day: Day, in db: any Connection) throws -> Int {
    try db.scalar(
      Int.self,
      """
      SELECT COUNT(*) FROM personal_request r
      WHERE \(filter.condition) AND r.state IN ('received', 'under-way') AND r.due_on < \(day)
      """) ?? 0
  }

  /// The first ones closed before a moment.
  public static func closed(before moment: Moment, limit: Int, in db: any Connection) throws -> [StoredPersonalRequest]
  {
    try db.all(
      StoredPersonalRequest.self,
      """
      SELECT \(StoredPersonalRequest.columns) FROM personal_request r
      WHERE r.state = 'closed' AND r.closed_at < \(moment) ORDER BY r.id LIMIT \(limit)
      """)
  }

  /// Takes one away with all that was noted of it.
  public static func remove(_ id: ID<PersonalRequest>, in db: any Connection) throws {
    try db.execute("DELETE FROM personal_request_step WHERE request = \(id)")
    try db.execute("DELETE FROM personal_request WHERE id = \(id)")
  }

  /// Those that another key than this one sealed.
  public static func sealed(byOtherThan key: Int, limit: Int, in db: any Connection) throws -> [StoredPersonalRequest] {
    try db.all(
      StoredPersonalRequest.self,
      """
      SELECT \(StoredPersonalRequest.columns) FROM personal_request r WHERE r.key_id <> \(key) ORDER BY r.id LIMIT \(limit)
      """)
  }

  // MARK: Steps

  /// What was done about one, the oldest first.
  public static func steps(of request: ID<PersonalRequest>, in db: any Connection) throws -> [StoredRequestStep] {
    try db.all(
      StoredRequestStep.self,
      "SELECT \(StoredRequestStep.columns) FROM personal_request_step s WHERE s.request = \(request) ORDER BY s.at, s.id"
    )
  }

  /// Adds a step.
  public static func insert(_ step: StoredRequestStep, in db: any Connection) throws {
    try db.execute(
      """
      INSERT INTO personal_request_step (id, request, at, account, kind, note, key_id)
      VALUES (\(step.id), \(step.request), \(step.at), \(step.account), \(step.kind), \(step.note), \(step.keyID))
      """)
  }

  /// Steps that another key than this one sealed.
  public static func stepsSealed(byOtherThan key: Int, limit: Int, in db: any Connection) throws -> [StoredRequestStep]
  {
    try db.all(
      StoredRequestStep.self,
      """
      SELECT \(StoredRequestStep.columns) FROM personal_request_step s WHERE s.key_id <> \(key) ORDER BY s.id LIMIT \(limit)
      """)
  }

  /// Replaces the sealed note of a step.
  public static func reseal(_ step: StoredRequestStep, in db: any Connection) throws {
    try db.execute(
      "UPDATE personal_request_step SET note = \(step.note), key_id = \(step.keyID) WHERE id = \(step.id)")
  }
}

extension OrganisationTerritories {
  /// Whether a validated facilitation body works in a département, or in a part of it, on a day.
  public static func isCovered(_ departement: DepartementCode, on day: Day, in db: any Connection) throws -> Bool {
    try db.exists(
      """
      SELECT 1 FROM organisation_territory t JOIN organisation o ON o.id = t.organisation
      WHERE o.kind = \(OrganisationKind.facilitationBody) AND o.state = \(OrganisationState.active)
        AND t.first_day <= \(day) AND (t.last_day IS NULL OR t.last_day >= \(day))
        AND ((t.kind = 'departement' AND t.code = \(departement))
          OR (t.kind = 'commune' AND t.code IN (SELECT c.code FROM commune c WHERE c.departement = \(departement)))
          OR (t.kind = 'epci' AND t.code IN (SELECT c.epci FROM commune c WHERE c.departement = \(departement))))
      """)
  }
}
