public import Clauses
public import Storage

/// A browser that left for the provider of identities and has not come back yet.
public struct ProviderDeparture: Sendable, RowDecodable {
  /// The digest of what the provider gives back.
  public let digest: String
  /// The digest of the secret that this browser alone holds.
  public let browser: String
  /// Whose account an identity is looked for; nil for someone who signs in.
  public let account: ID<Account>?
  /// What ties the return to the departure, and where to go next, sealed.
  public let kept: String
  /// When it left.
  public let createdAt: Moment
  /// Until when it may come back.
  public let endsAt: Moment

  /// A new departure.
  public init(
    digest: String, browser: String, account: ID<Account>?, kept: String, createdAt: Moment, endsAt: Moment
  ) {
    (self.digest, self.browser, self.account) = (digest, browser, account)
    (self.kept, self.createdAt, self.endsAt) = (kept, createdAt, endsAt)
  }

  /// Reads the columns of ``ProviderDepartures``.
  public init(row: Row) throws {
    digest = try row.value(0)
    browser = try row.value(1)
    account = try row.value(2)
    kept = try row.value(3)
    createdAt = try row.value(4)
    endsAt = try row.value(5)
  }
}

/// The table of departures.
public enum ProviderDepartures {
  /// Adds one.
  public static func insert(_ departure: ProviderDeparture, in db: any Connection) throws {
    let d = departure
    try db.execute(
      """
      INSERT INTO provider_departure (digest, browser, account, kept, created_at, ends_at)
      VALUES (\(d.digest), \(d.browser), \(d.account), \(d.kept), \(d.createdAt), \(d.endsAt))
      """)
  }

  /// Takes one away and gives it, once; nil where another browser left, where it came too late or served already.
  public static func take(
    digest: String, browser: String, at now: Moment, in db: any Connection
  ) throws -> ProviderDeparture? {
    let departure = try db.first(
      ProviderDeparture.self,
      """
      SELECT digest, browser, account, kept, created_at, ends_at FROM provider_departure
      WHERE digest = \(digest) AND browser = \(browser) AND ends_at > \(now)
      """)
    guard let departure, try db.execute("DELETE FROM provider_departure WHERE digest = \(digest)") == 1 else {
      return nil
    }
    return departure
  }

  /// Takes away those that ended before a moment.
  @discardableResult
  public static func sweep(endedBefore moment: Moment, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM provider_departure WHERE ends_at < \(moment)")
  }
}

/// An identity that no account has yet, waiting in a browser for someone to tie it to theirs.
public struct ProviderArrival: Sendable, RowDecodable {
  /// The digest of the secret that this browser alone holds.
  public let browser: String
  /// The provider.
  public let issuer: String
  /// The keyed hash of the identity.
  public let digest: String
  /// Whose account it is meant for; nil where whoever came back was not signed in.
  public let account: ID<Account>?
  /// What people read of it, sealed.
  public let shown: String
  /// When it came.
  public let createdAt: Moment
  /// Until when it waits.
  public let endsAt: Moment

  /// A new arrival.
  public init(
    browser: String, issuer: String, digest: String, account: ID<Account>?, shown: String, createdAt: Moment,
    endsAt: Moment
  ) {
    (self.browser, self.issuer, self.digest, self.account) = (browser, issuer, digest, account)
    (self.shown, self.createdAt, self.endsAt) = (shown, createdAt, endsAt)
  }

  /// Reads the columns of ``ProviderArrivals``.
  public init(row: Row) throws {
    browser = try row.value(0)
    issuer = try row.value(1)
    digest = try row.value(2)
    account = try row.value(3)
    shown = try row.value(4)
    createdAt = try row.value(5)
    endsAt = try row.value(6)
  }
}

/// The table of arrivals: one a browser, the last one.
public enum ProviderArrivals {
  /// Puts one in the place of that browser's earlier one.
  public static func put(_ arrival: ProviderArrival, in db: any Connection) throws {
    let a = arrival
    try remove(browser: a.browser, in: db)
    try db.execute(
      """
      INSERT INTO provider_arrival (browser, issuer, digest, account, shown, created_at, ends_at)
      VALUES (\(a.browser), \(a.issuer), \(a.digest), \(a.account), \(a.shown), \(a.createdAt), \(a.endsAt))
      """)
  }

  /// The one that waits in a browser for an account: its own, or nobody's in particular; nil for the latter only.
  public static func find(
    browser: String, account: ID<Account>?, issuer: String, at now: Moment, in db: any Connection
  ) throws -> ProviderArrival? {
    try db.first(
      ProviderArrival.self,
      """
      SELECT browser, issuer, digest, account, shown, created_at, ends_at FROM provider_arrival
      WHERE browser = \(browser) AND issuer = \(issuer) AND ends_at > \(now)
        AND (account IS NULL OR account = \(account))
      """)
  }

  /// Takes away that of a browser.
  public static func remove(browser: String, in db: any Connection) throws {
    try db.execute("DELETE FROM provider_arrival WHERE browser = \(browser)")
  }

  /// Takes away those meant for an account.
  public static func remove(of account: ID<Account>, in db: any Connection) throws {
    try db.execute("DELETE FROM provider_arrival WHERE account = \(account)")
  }

  /// Takes away those that ended before a moment.
  @discardableResult
  public static func sweep(endedBefore moment: Moment, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM provider_arrival WHERE ends_at < \(moment)")
  }
}
