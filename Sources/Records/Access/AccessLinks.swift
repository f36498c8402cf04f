public import Clauses
public import Storage

/// What a link lets in for.
public enum AccessLinkKind: String, Sendable, Hashable, SQLConvertible {
  /// To sign in without a password.
  case signIn = "sign-in"
  /// To choose a new password.
  case reset
  /// To join an organisation.
  case invitation
  /// To make the first organisation and its administrator.
  case setUp = "set-up"
}

/// A link that serves once, by the digest of its secret.
public struct AccessLink: Sendable, RowDecodable {
  /// The digest of the secret in the link.
  public let digest: String
  /// What it is revoked by.
  public let id: ID<SentLink>
  /// What it lets in for.
  public let kind: AccessLinkKind
  /// Whose account it opens; nil for a person who may have none.
  public let account: ID<Account>?
  /// The sealed e-mail of the person invited.
  public let email: String?
  /// The blind index of that e-mail.
  public let emailIndex: String?
  /// The organisation that invites.
  public let organisation: ID<Organisation>?
  /// As what.
  public let role: Role?
  /// Whether to look after the organisation too.
  public let isAdministrator: Bool
  /// Who sent it.
  public let createdBy: ID<Account>?
  /// When it was made.
  public let createdAt: Moment
  /// Until when it serves.
  public let endsAt: Moment
  /// When it served.
  public let usedAt: Moment?

  /// A new link.
  public init(
    digest: String, id: ID<SentLink>, kind: AccessLinkKind, account: ID<Account>? = nil, email: String? = nil,
    emailIndex: String? = nil, organisation: ID<Organisation>? = nil, role: Role? = nil, isAdministrator: Bool = false,
    createdBy: ID<Account>? = nil, createdAt: Moment, endsAt: Moment
  ) {
    (self.digest, self.id, self.kind, self.account, self.email) = (digest, id, kind, account, email)
    (self.emailIndex, self.organisation, self.role) = (emailIndex, organisation, role)
    (self.isAdministrator, self.createdBy, self.createdAt) = (isAdministrator, createdBy, createdAt)
    (self.endsAt, usedAt) = (endsAt, nil)
  }

  static let columns: SQL = """
    digest, id, kind, account, email, email_index, organisation, role, administrator, created_by, created_at, ends_at,
    used_at
    """

  /// Reads the columns of ``AccessLinks``.
  public init(row: Row) throws {
    digest = try row.value(0)
    id = try row.value(1)
    kind = try row.value(2)
    account = try row.value(3)
    email = try row.value(4)
    emailIndex = try row.value(5)
    organisation = try row.value(6)
    role = try row.value(7)
    isAdministrator = try row.value(8)
    createdBy = try row.value(9)
    createdAt = try row.value(10)
    endsAt = try row.value(11)
    usedAt = try row.value(12)
  }
}

/// The table of links.
public enum AccessLinks {
  /// One that still serves.
  public static func find(
    digest: String, _ kind: AccessLinkKind, at now: Moment, in db: any Connection
  ) throws -> AccessLink? {
    try db.first(
      AccessLink.self,
      """
      SELECT \(AccessLink.columns) FROM access_link
      WHERE digest = \(digest) AND kind = \(kind) AND used_at IS NULL AND ends_at > \(now)
      """)
  }

  /// Adds one.
  public static func insert(_ link: AccessLink, in db: any Connection) throws {
    let l = link
    try db.execute(
      """
      INSERT INTO access_link (digest, id, kind, account, email, email_index, organisation, role, administrator,
        created_by, created_at, ends_at)
      VALUES (\(l.digest), \(l.id), \(l.kind), \(l.account), \(l.email), \(l.emailIndex), \(l.organisation),
        \(l.role), \(l.isAdministrator), \(l.createdBy), \(l.createdAt), \(l.endsAt))
      """)
  }

  /// Takes away all that were sent to an address, by its blind indexes.
  public static func forget(emailIndexes: [String], in db: any Connection) throws {
    try db.execute("DELETE FROM access_link WHERE email_index IN \(SQL.list(emailIndexes))")
  }

  /// Takes back the invitations that someone made for an organisation and that still wait.
  public static func withdraw(
    createdBy account: ID<Account>, organisation: ID<Organisation>, in db: any Connection
  ) throws {
    try db.execute(
      """
      DELETE FROM access_link WHERE created_by = \(account) AND organisation = \(organisation) AND used_at IS NULL
      """)
  }

  /// Takes away those that ended before a moment, served or not.
  @discardableResult
  public static func sweep(endedBefore moment: Moment, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM access_link WHERE ends_at < \(moment)")
  }

  /// Those that hold an e-mail.
  public static func addressed(in db: any Connection) throws -> [AccessLink] {
    try db.all(
      AccessLink.self, "SELECT \(AccessLink.columns) FROM access_link WHERE email IS NOT NULL ORDER BY id")
  }

  /// Replaces the sealed e-mail of one and its index.
  public static func reseal(
    _ link: AccessLink, email: String, index: String, in db: any Connection
  ) throws {
    try db.execute(
      "UPDATE access_link SET email = \(email), email_index = \(index) WHERE digest = \(link.digest)")
  }

  /// Marks one as used; false where it was already, or no longer serves.
  public static func use(_ link: AccessLink, at now: Moment, in db: any Connection) throws -> Bool {
    try db.execute(
      """
      UPDATE access_link SET used_at = \(now) WHERE digest = \(link.digest) AND used_at IS NULL AND ends_at > \(now)
      """) == 1
  }

  /// Takes away those of a kind that still wait: for an account, or for nobody in particular.
  public static func withdraw(
    _ kind: AccessLinkKind, account: ID<Account>?, in db: any Connection
  ) throws {
    guard let account else {
      try db.execute("DELETE FROM access_link WHERE kind = \(kind) AND account IS NULL AND used_at IS NULL")
      return
    }
    try db.execute("DELETE FROM access_link WHERE kind = \(kind) AND account = \(account) AND used_at IS NULL")
  }

  /// The invitations of an organisation that still wait, the oldest first.
  public static func invitations(
    of organisation: ID<Organisation>, at now: Moment, in db: any Connection
  ) throws -> [AccessLink] {
    try db.all(
      AccessLink.self,
      """
      SELECT \(AccessLink.columns) FROM access_link
      WHERE organisation = \(organisation) AND kind = 'invitation' AND used_at IS NULL AND ends_at > \(now) ORDER BY id
      """)
  }

  /// Takes an invitation of an organisation back; false where there is none.
  public static func withdraw(
    _ link: ID<SentLink>, of organisation: ID<Organisation>, in db: any Connection
  ) throws -> Bool {
    try db.execute(
      "DELETE FROM access_link WHERE id = \(link) AND organisation = \(organisation) AND used_at IS NULL") == 1
  }
}
