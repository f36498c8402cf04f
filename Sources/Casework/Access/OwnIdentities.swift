public import Clauses
import Records
import Storage
public import Vault

/// What one's own account shows of the provider of identities.
public struct OwnIdentities: Sendable {
  /// The provider's name.
  public let provider: String
  /// The identities of that provider that open the account, the oldest first.
  public let tied: [Identity]
  /// What people read of the identity that waits in this browser to be tied; nil where none does.
  public let waiting: String?

  /// One of them.
  public struct Identity: Sendable {
    /// What it is taken away by.
    public let id: ID<TiedIdentity>
    /// What people read of it; may be empty.
    public let shown: String
    /// When it was tied.
    public let createdAt: Moment
    /// When it last served.
    public let seenAt: Moment?
  }

  /// Reads them; nil where there is no provider.
  static func read(
    of person: Actor.Person, browser: Secret?, in world: World, _ db: any Connection
  ) throws -> OwnIdentities? {
    guard let provider = world.access.provider else { return nil }
    let (now, keys) = (world.moment, world.access.keys)
    let tied = try ProviderIdentities.all(of: person.account, in: db).filter { $0.issuer == provider.issuer }
    let waiting = try browser.flatMap {
      try ProviderArrivals.find(
        browser: $0.digest.text, account: person.account, issuer: provider.issuer, at: now, in: db)
    }
    return OwnIdentities(
      provider: provider.name,
      tied: try tied.map {
        Identity(id: $0.id, shown: try $0.text(keys), createdAt: $0.createdAt, seenAt: $0.seenAt)
      }, waiting: try waiting?.text(keys))
  }
}

/// Ties the identity that waits in this browser to one's own account, which it opens from then on.
public struct TieIdentity: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  /// The field of the password.
  public static let field = "motdepasse-relier"

  private let browser: Secret
  private let password: Password

  /// A tie, by someone who gives the password again; empty for an account without one.
  public init(browser: Secret, password: Password) { (self.browser, self.password) = (browser, password) }

  /// Ties it and tells the owner by a letter; false where no identity waits any more.
  ///
  /// Throws ``FieldFault`` for a wrong password, an invented person, or an identity that another account took meanwhile.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    guard let provider = world.access.provider else { return false }
    try await OwnPassword.check(password, of: person, field: Self.field, in: world)
    let (now, keys) = (world.moment, world.access.keys)
    let tie = Tie(browser: browser, provider: provider, field: Self.field, site: world.access.site)
    return try await world.database.write { db in
      guard let account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      return try tie.run(to: account, as: actor, at: now, keys: keys, in: db)
    }
  }
}

/// Ties what waits in a browser to an account, in a transaction under way.
struct Tie: Sendable {
  let browser: Secret
  let provider: any IdentityProvider
  /// The field beside which faults stand.
  let field: String
  /// What links begin with.
  let site: String

  /// Ties it, with its line and a letter to the owner; false where nothing waits.
  func run(
    to account: StoredAccount, as actor: Actor, at now: Moment, keys: KeyRing, in db: any Connection
  ) throws -> Bool {
    guard !account.isInvented else {
      throw FieldFault(field, "Cette personne est inventée\u{202F}: elle sert à tous les visiteurs.")
    }
    let arrival = try ProviderArrivals.find(
      browser: browser.digest.text, account: account.id, issuer: provider.issuer, at: now, in: db)
    guard let arrival else { return false }
    try ProviderArrivals.remove(browser: browser.digest.text, in: db)
    if let known = try ProviderIdentities.find(digest: arrival.digest, in: db) {
      guard known.account == account.id else {
        throw FieldFault(field, "Un autre compte a déjà cette identité\u{202F}: détachez-la d’abord de celui-là.")
      }
      return true
    }
    var identity = ProviderIdentity(
      id: ID(at: now), issuer: provider.issuer, digest: arrival.digest, account: account.id, shown: "", createdAt: now)
    identity.seal(shown: try arrival.text(keys), keys: keys)
    try ProviderIdentities.insert(identity, in: db)
    try Trail.write(
      TrailNote(
        .identityTied, account: account.id, changes: [TrailChange("fournisseur d’identité", nil, provider.name)]),
      as: actor, at: now, keys: keys, in: db)
    try AccountNotice(
      subject: "Une identité \(provider.name) ouvre votre compte Marchepied",
      text:
        "Une identité \(provider.name) vient d’être reliée à votre compte\u{202F}: elle permet d’y entrer sans mot de "
        + "passe. Si vous ne la reconnaissez pas, détachez-la dans «\u{A0}Mon compte\u{A0}».",
      key: "identity/\(identity.id)", site: site
    ).queue(to: account, at: now, keys: keys, in: db)
    return true
  }
}

/// Takes an identity away from one's own account.
public struct UntieIdentity: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  /// The field of the password.
  public static let field = "motdepasse-detacher"

  private let id: ID<TiedIdentity>
  private let password: Password

  /// The removal of an identity, by someone who gives the password again.
  public init(_ id: ID<TiedIdentity>, password: Password) { (self.id, self.password) = (id, password) }

  /// Takes it away; false where it is not one's own.
  ///
  /// Throws ``FieldFault`` for a wrong password, or where nothing else would open the account: a letter may not arrive.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    try await OwnPassword.check(password, of: person, field: Self.field, in: world)
    let (now, keys, id, name) = (world.moment, world.access.keys, id, world.access.provider?.name)
    return try await world.database.write { db in
      guard let account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      let mine = try ProviderIdentities.all(of: account.id, in: db)
      guard mine.contains(where: { $0.id == id }) else { return false }
      guard account.password != nil || mine.count > 1 else {
        throw FieldFault(
          Self.field,
          "C’est votre seul moyen d’entrer\u{202F}: choisissez d’abord un mot de passe, plus haut sur cette page.")
      }
      guard try ProviderIdentities.remove(id, of: account.id, in: db) else { return false }
      try Trail.write(
        TrailNote(.identityUntied, account: account.id, changes: [TrailChange("fournisseur d’identité", name, nil)]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}
