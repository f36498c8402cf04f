import Clauses
import Records
import Storage
public import Vault

/// Sends whoever forgot their password a link to choose another, once, within some minutes.
///
/// The answer is the same whether the address has an account or not.
public struct RequestNewPassword: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  private let email: String

  /// A request for an e-mail as typed.
  public init(email: String) { self.email = email }

  /// Makes the link and queues the message in one transaction; throws ``FieldFault`` for what is no address.
  public func run(as actor: Actor, in world: World) async throws {
    try actor.authorise(Self.right)
    try await MailedLink.newPassword.send(to: email, in: world)
  }
}

/// Chooses a new password by a link that was sent; reading its page uses nothing up.
public struct ChooseNewPassword: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  private let secret: Secret

  /// The link of a secret.
  public init(_ secret: Secret) { self.secret = secret }

  /// What the page asks for.
  public struct Model: Sendable {
    /// Whether a code of the second factor goes with the new password.
    public let needsCode: Bool
  }

  /// What was typed.
  public struct Typed: Sendable {
    /// The new password.
    public var password: Password
    /// The code of the second factor, or a recovery code; empty where none is asked for.
    public var code: String
    /// The browser and the system, in a few words.
    public var device: String

    /// What a form sent.
    public init(password: Password, code: String, device: String) {
      (self.password, self.code, self.device) = (password, code, device)
    }
  }

  /// What the page asks for; nil for a link that serves no more.
  public func read(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    guard let account = try await account(in: world) else { return nil }
    return Model(needsCode: Self.needsCode(account, actor))
  }

  /// Stores the hash of the new password, ends every session, tells the owner by a letter and opens a session.
  ///
  /// Refused where the link serves no more. Throws ``FieldFault`` for a weak password or a wrong code: the link then
  /// still serves, and nothing was changed.
  public func run(_ typed: Typed, as actor: Actor, in world: World) async throws -> SignIn.Outcome {
    try actor.authorise(Self.right)
    guard let account = try await account(in: world) else { return .refused }
    let keys = world.access.keys
    try OwnPassword.refuseWeak(typed.password, for: account.identity(keys), field: "nouveau", in: world)
    let hash = try await world.access.hasher.hash(typed.password)
    let change = Change(digest: secret.digest.text, hash: hash, code: typed.code)
    let needsCode = Self.needsCode(account, actor)
    do {
      guard try await change.run(as: actor, in: world) else { return .refused }
    } catch let fault as FieldFault {
      let now = world.moment
      try await world.database.write {
        try Trail.write(TrailNote(.signInRefused, account: account.id), as: actor, at: now, keys: keys, in: $0)
      }
      throw fault
    }
    return try await Opening(account: account.id, method: .link, device: typed.device, isStrong: needsCode)
      .run(as: actor, in: world)
  }

  private func account(in world: World) async throws -> StoredAccount? {
    let (digest, now) = (secret.digest.text, world.moment)
    return try await world.database.read { db in
      guard let id = try AccessLinks.find(digest: digest, .reset, at: now, in: db)?.account,
        let account = try Accounts.find(id, in: db), account.state == .active
      else { return nil }
      return account
    }
  }

  /// A second factor that whoever made the account set, without ever reading its address, counts for nothing.
  fileprivate static func needsCode(_ account: StoredAccount, _ actor: Actor) -> Bool {
    account.totp != nil && !AddressProof.clears(account, for: actor)
  }
}

/// The change itself, in one transaction.
private struct Change: Sendable {
  let digest: String
  let hash: PasswordHash
  let code: String

  /// Uses the link up and writes the account; false where the link serves no more.
  func run(as actor: Actor, in world: World) async throws -> Bool {
    let (now, keys, site) = (world.moment, world.access.keys, world.access.site)
    return try await world.database.write { db in
      guard let link = try AccessLinks.find(digest: digest, .reset, at: now, in: db), let id = link.account,
        var account = try Accounts.find(id, in: db), account.state == .active,
        try AccessLinks.use(link, at: now, in: db)
      else { return false }
      if ChooseNewPassword.needsCode(account, actor) { try check(&account, as: actor, at: now, keys: keys, in: db) }
      _ = try AddressProof.note(for: &account, by: actor, at: now, keys: keys, in: db)
      account.password = hash.text
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Sessions.endAll(of: id, except: nil, in: db)
      try AccessLinks.withdraw(.signIn, account: id, in: db)
      try AccessLinks.withdraw(.reset, account: id, in: db)
      try Trail.write(
        TrailNote(.passwordChanged, account: id, changes: [TrailChange("par", nil, SignInMethod.link.label)]),
        as: actor, at: now, keys: keys, in: db)
      try AccountNotice(
        subject: "Votre mot de passe Marchepied a changé",
        text: "Un nouveau mot de passe vient d’être choisi pour votre compte, par un lien envoyé à cette adresse.",
        key: "password/\(link.id)", site: site
      ).queue(to: account, at: now, keys: keys, in: db)
      return true
    }
  }

  /// Takes a code of the second factor, or a recovery code; throws ``FieldFault`` for anything else.
  private func check(
    _ account: inout StoredAccount, as actor: Actor, at now: Moment, keys: KeyRing, in db: any Connection
  ) throws {
    if let step = try account.secondFactor(keys)?.match(code, at: now.seconds, after: account.totpStep) {
      account.totpStep = step
    } else if try SecondFactor.use(code, of: account.id, keys: keys, in: db) != nil {
      try Trail.write(TrailNote(.recoveryCodeUsed, account: account.id), as: actor, at: now, keys: keys, in: db)
    } else {
      throw FieldFault(
        "code", "Ce code n’est pas le bon, ou il a déjà servi. Tapez celui qui s’affiche maintenant.")
    }
  }
}
