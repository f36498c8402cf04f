public import Clauses
public import Storage

extension PersonalRequest.Kind: SQLConvertible {}

extension PersonalRequest.State: SQLConvertible {}

extension PersonalRequest.Outcome: SQLConvertible {}

extension PersonalRequest.IdentityProof: SQLConvertible {}

extension PersonalRequest.Step: SQLConvertible {}

/// A request as stored: what tells who asks, and what, is sealed.
public struct StoredPersonalRequest: Sendable, RowDecodable {
  /// Its identifier.
  public let id: ID<PersonalRequest>
  /// What people call it by; tells nothing.
  public let reference: String
  /// What is asked.
  public let kind: PersonalRequest.Kind
  /// Where it stands.
  public var state: PersonalRequest.State
  /// Where the person is accompanied or works; nil: whoever treats requests sees it.
  public let departement: DepartementCode?
  /// The account that it was made from.
  public let account: ID<Account>?
  /// The sealed e-mail.
  public var email: String
  /// The blind index of the e-mail.
  public var emailIndex: String
  /// The sealed name.
  public var name: String
  /// The sealed text.
  public var body: String
  /// The number of the key that sealed them.
  public var keyID: Int
  /// The day that the delay is counted from.
  public let receivedOn: Day
  /// The last day for an answer.
  public var dueOn: Day
  /// Whether the delay was extended.
  public var isExtended = false
  /// How the identity was made sure of.
  public var identity: PersonalRequest.IdentityProof?
  /// Who is on it.
  public var assignee: ID<Account>?
  /// What the person was answered.
  public var outcome: PersonalRequest.Outcome?
  /// When it came.
  public let receivedAt: Moment
  /// When it was answered.
  public var answeredAt: Moment?
  /// When it was closed.
  public var closedAt: Moment?
  /// Grows with each change.
  public var version = 1

  /// A new request, whose columns are sealed afterwards.
  public init(
    id: ID<PersonalRequest>, reference: String, kind: PersonalRequest.Kind, departement: DepartementCode?,
    account: ID<Account>?, receivedOn: Day, dueOn: Day, receivedAt: Moment
  ) {
    (self.id, self.reference, self.kind, state) = (id, reference, kind, .received)
    (self.departement, self.account) = (departement, account)
    (email, emailIndex, name, body, keyID) = ("", "", "", "", 0)
    (self.receivedOn, self.dueOn, self.receivedAt) = (receivedOn, dueOn, receivedAt)
  }

  static let columns: SQL = """
    r.id, r.reference, r.kind, r.state, r.departement, r.account, r.email, r.email_index, r.name, r.body, r.key_id,
    r.received_on, r.due_on, r.extended, r.identity, r.assignee, r.outcome, r.received_at, r.answered_at, r.closed_at,
    r.version
    """

  /// Reads the columns of ``PersonalRequests``.
  public init(row: Row) throws {
    id = try row.value(0)
    reference = try row.value(1)
    kind = try row.value(2)
    state = try row.value(3)
    departement = try row.value(4)
    account = try row.value(5)
    email = try row.value(6)
    emailIndex = try row.value(7)
    name = try row.value(8)
    body = try row.value(9)
    keyID = try row.value(10)
    receivedOn = try row.value(11)
    dueOn = try row.value(12)
    isExtended = try row.value(13)
    identity = try row.value(14)
    assignee = try row.value(15)
    outcome = try row.value(16)
    receivedAt = try row.value(17)
    answeredAt = try row.value(18)
    closedAt = try row.value(19)
    version = try row.value(20)
  }
}

/// Something done about a request, as stored.
public struct StoredRequestStep: Sendable, RowDecodable {
  /// Its identifier, in the order of time.
  public let id: ID<PersonalRequest.Step>
  /// The request.
  public let request: ID<PersonalRequest>
  /// When.
  public let at: Moment
  /// Who did it; nil for the person who asks.
  public let account: ID<Account>?
  /// What was done.
  public let kind: PersonalRequest.Step
  /// The sealed note, reason or answer.
  public var note: String?
  /// The number of the key that sealed it; that of the active one where there is no note.
  public var keyID: Int

  /// A new step.
  public init(
    id: ID<PersonalRequest.Step>, request: ID<PersonalRequest>, at: Moment, account: ID<Account>?,
    kind: PersonalRequest.Step, note: String?, keyID: Int
  ) {
    (self.id, self.request, self.at, self.account) = (id, request, at, account)
    (self.kind, self.note, self.keyID) = (kind, note, keyID)
  }

  static let columns: SQL = "s.id, s.request, s.at, s.account, s.kind, s.note, s.key_id"

  /// Reads the columns of ``PersonalRequests``.
  public init(row: Row) throws {
    id = try row.value(0)
    request = try row.value(1)
    at = try row.value(2)
    account = try row.value(3)
    kind = try row.value(4)
    note = try row.value(5)
    keyID = try row.value(6)
  }
}
