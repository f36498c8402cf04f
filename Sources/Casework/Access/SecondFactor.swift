import Clauses
import Records
import Storage
public import Vault

/// The second factor of one's own account.
public enum SecondFactor {
  /// Uses a recovery code; how many are left, or nil where it is none of the account's.
  static func use(
    _ typed: String, of account: ID<Account>, keys: KeyRing, in db: any Connection
  ) throws -> Int? {
    guard let code = RecoveryCode(typed: typed) else { return nil }
    let hashes = try Accounts.recoveryCodes(of: account, in: db)
    guard let hash = code.match(among: hashes, for: account.description, with: keys),
      try Accounts.useRecoveryCode(hash, of: account, in: db)
    else { return nil }
    return hashes.count - 1
  }
}

/// Proposes a new second factor; nothing is stored until its first code is given back.
public struct ProposeSecondFactor: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let secret: String?

  /// The proposal of a new secret, or once more of the one that a page already shows.
  public init(secret: String? = nil) { self.secret = secret }

  /// What the page shows, once.
  public struct Proposal: Sendable {
    /// The secret, to type into an authenticator.
    public let factor: TOTP
    /// The same as a drawing.
    public let code: QRCode
  }

  /// Makes a secret.
  public func run(as actor: Actor, in world: World) async throws -> Proposal {
    let person = try actor.signedIn(for: Self.right)
    let keys = world.access.keys
    let account = try await world.database.read { try Accounts.find(person.account, in: $0) }
    guard let identity = try account?.identity(keys) else { throw Forbidden(reason: .signIn) }
    let factor = secret.flatMap { TOTP(base32: $0) } ?? TOTP()
    return Proposal(
      factor: factor, code: try QRCode(factor.uri(issuer: "Marchepied", account: identity.email.text)))
  }
}

/// Adds a second factor once its first code was given back, or takes the place of the one before.
public struct AddSecondFactor: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount

  /// The secret that was proposed, in base 32.
  public var secret: String
  /// The code that the authenticator shows.
  public var code: String
  /// The password, so that an open browser is not enough; empty for an account without one.
  public var password: Password

  /// An addition.
  public init(secret: String, code: String, password: Password) {
    (self.secret, self.code, self.password) = (secret, code, password)
  }

  /// Stores it and gives the recovery codes, to show once.
  ///
  /// Throws ``FieldFault`` for a wrong code or password. Every other session of the account ends.
  public func run(as actor: Actor, in world: World) async throws -> [RecoveryCode] {
    let person = try actor.signedIn(for: Self.right)
    try await OwnPassword.check(password, of: person, in: world)
    let (now, keys, code) = (world.moment, world.access.keys, code)
    guard let factor = TOTP(base32: secret) else {
      throw FieldFault("code", "Cette page est trop ancienne. Rechargez-la et scannez le nouveau code QR.")
    }
    guard let step = factor.match(code, at: now.seconds, after: nil) else {
      throw FieldFault(
        "code", "Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone, puis tapez le code affiché maintenant.")
    }
    let codes = RecoveryCode.list()
    try await world.database.write { db in
      guard var account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      account.seal(factor, keys: keys)
      account.totpStep = step
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Accounts.setRecoveryCodes(
        codes.map { $0.hash(for: account.id.description, with: keys) }, of: account.id, in: db)
      try Sessions.endAll(of: account.id, except: person.session, in: db)
      try Sessions.strengthen(person.session, in: db)
      try Trail.write(TrailNote(.secondFactorAdded, account: account.id), as: actor, at: now, keys: keys, in: db)
    }
    return codes
  }
}

/// Makes new recovery codes in place of those that are left.
public struct RenewRecoveryCodes: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let password: Password

  /// A renewal, by someone who gives the password again.
  public init(password: Password) { self.password = password }

  /// The new codes, to show once.
  public func run(as actor: Actor, in world: World) async throws -> [RecoveryCode] {
    let person = try actor.signedIn(for: Self.right)
    guard person.isStrong else { throw Forbidden(reason: .secondFactor) }
    try await OwnPassword.check(password, of: person, in: world)
    let (now, keys, codes) = (world.moment, world.access.keys, RecoveryCode.list())
    try await world.database.write { db in
      try Accounts.setRecoveryCodes(
        codes.map { $0.hash(for: person.account.description, with: keys) }, of: person.account, in: db)
      try Trail.write(TrailNote(.recoveryCodesMade, account: person.account), as: actor, at: now, keys: keys, in: db)
    }
    return codes
  }
}

/// Takes the second factor away; roles that need one then see nothing until another is added.
public struct RemoveSecondFactor: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let password: Password

  /// A removal, by someone who gives the password again.
  public init(password: Password) { self.password = password }

  /// Takes it away with its recovery codes, and ends every session, this one included.
  public func run(as actor: Actor, in world: World) async throws {
    let person = try actor.signedIn(for: Self.right)
    guard person.isStrong else { throw Forbidden(reason: .secondFactor) }
    try await OwnPassword.check(password, of: person, in: world)
    let (now, keys) = (world.moment, world.access.keys)
    try await world.database.write { db in
      guard var account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      (account.totp, account.totpStep) = (nil, nil)
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Accounts.setRecoveryCodes([], of: account.id, in: db)
      try Sessions.endAll(of: account.id, except: nil, in: db)
      try Trail.write(TrailNote(.secondFactorRemoved, account: account.id), as: actor, at: now, keys: keys, in: db)
    }
  }
}
