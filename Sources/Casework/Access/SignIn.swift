public import Clauses
import Records
import Storage
public import Vault

/// Opens a session with an e-mail and a password.
///
/// Whether the account exists shows neither in the answer nor in its time.
public struct SignIn: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The e-mail as typed.
  public var email: String
  /// The password as typed.
  public var password: Password
  /// The browser and the system, in a few words.
  public var device: String

  /// An attempt.
  public init(email: String, password: Password, device: String) {
    (self.email, self.password, self.device) = (email, password, device)
  }

  /// What came of it.
  public enum Outcome: Sendable {
    /// Wrong e-mail, wrong password, or an account that is closed: nothing tells which.
    case refused
    /// A session is open.
    case opened(Secret)
    /// A session waits for the code of the second factor.
    case needsCode(Secret)
  }

  /// Checks the password, then opens the session and writes the line of the trail in one transaction.
  ///
  /// Throws ``PasswordHasher/Failure`` where too many sign in at once.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    let access = world.access
    let indexes = EmailAddress(email).map { EmailIndex.all($0, access.keys) } ?? []
    let account = try await world.database.read { try Accounts.find(emailIndexes: indexes, in: $0) }
    let hash = account.flatMap { $0.state == .active ? $0.password.flatMap { PasswordHash($0) } : nil }
    let answer = try await access.hasher.check(password, against: hash)
    guard case .accepted(let needsRehash) = answer, let account else {
      if let account { try await note(.signInRefused, account.id, as: actor, in: world) }
      return .refused
    }
    let fresh = needsRehash ? try await access.hasher.hash(password) : nil
    return try await Opening(account: account.id, method: .password, device: device, fresh: fresh)
      .run(as: actor, in: world)
  }

  private func note(
    _ action: TrailAction, _ account: ID<Account>, as actor: Actor, in world: World
  ) async throws {
    let (now, keys) = (world.moment, world.access.keys)
    try await world.database.write { db in
      try Trail.write(TrailNote(action, account: account), as: actor, at: now, keys: keys, in: db)
    }
  }
}

/// Opens a session for someone who has proved who they are.
struct Opening: Sendable {
  let account: ID<Account>
  let method: SignInMethod
  let device: String
  /// A dearer hash of the password that was just given.
  var fresh: PasswordHash?
  /// The membership to act in, where it is not the first.
  var membership: ID<Membership>?
  /// Whether a second factor was given already.
  var isStrong = false
  /// What a provider of identities wants back at sign-out.
  var idToken: String?

  func run(as actor: Actor, in world: World) async throws -> SignIn.Outcome {
    let terms = try world.accessTerms()
    let (now, keys, secret) = (world.moment, world.access.keys, Secret())
    let needsCode = try await world.database.write { db in
      guard var account = try Accounts.find(account, in: db), account.state == .active else {
        throw Forbidden(reason: .role)
      }
      if let fresh { account.password = fresh.text }
      account.seenAt = now
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      let isStrong = isStrong || method == .demonstration
      let needsCode = account.totp != nil && !isStrong
      let acting = try membership ?? Memberships.present(of: account.id, in: db).first?.id
      let session = ID<OpenSession>(at: now)
      try Sessions.insert(
        StoredSession(
          digest: secret.digest.text, id: session, account: account.id, membership: acting, method: method,
          isStrong: isStrong, isComplete: !needsCode, device: device, at: now,
          endsAt: now.adding(minutes: needsCode ? terms.codeMinutes : terms.longestMinutes)),
        idToken: idToken.map { SessionToken.seal($0, for: session, keys: keys) }, in: db)
      if !needsCode {
        let how = isStrong && method != .demonstration ? "\(method.label) et second facteur" : method.label
        try Trail.write(
          TrailNote(.signedIn, account: account.id, changes: [TrailChange("par", nil, how)]),
          as: actor, at: now, keys: keys, in: db)
      }
      return needsCode
    }
    return needsCode ? .needsCode(secret) : .opened(secret)
  }
}

/// What a provider of identities wants back at the end of a session, sealed for its row.
enum SessionToken {
  static func seal(_ token: String, for session: ID<OpenSession>, keys: KeyRing) -> String {
    keys.seal(token, at: place(session)).text
  }

  /// Opens the token of a session; nil where it cannot be opened any more, which keeps nobody in.
  static func open(_ sealed: String, for session: ID<OpenSession>, keys: KeyRing) -> String? {
    try? keys.openText(try Sealed(text: sealed), at: place(session))
  }

  private static func place(_ session: ID<OpenSession>) -> SealedPlace {
    SealedPlace(table: "session", column: "id_token", row: session.description)
  }
}

/// Gives the code of the second factor, or a recovery code, to a session that waits for it.
public struct ConfirmSignIn: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The secret of the session that waits.
  public var secret: Secret
  /// What was typed.
  public var code: String

  /// An attempt.
  public init(secret: Secret, code: String) { (self.secret, self.code) = (secret, code) }

  /// What came of it.
  public enum Outcome: Sendable {
    /// Wrong code, or one that served already.
    case refused
    /// No session waits: it took too long, or was begun elsewhere.
    case late
    /// The session is open, under a new secret; `codesLeft` where a recovery code was used.
    case opened(Secret, codesLeft: Int?)
  }

  /// Opens the session in place of the one that waited.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    let terms = try world.accessTerms()
    let (now, keys, digest, code, fresh) = (world.moment, world.access.keys, secret.digest.text, code, Secret())
    return try await world.database.write { db -> Outcome in
      guard
        let holder = try Sessions.holder(
          digest: digest, at: now, idleFrom: now.adding(minutes: -terms.codeMinutes), in: db),
        !holder.session.isComplete, var account = try Accounts.find(holder.session.account, in: db),
        let factor = try account.secondFactor(keys)
      else { return .late }
      var codesLeft: Int?
      if let step = factor.match(code, at: now.seconds, after: account.totpStep) {
        account.totpStep = step
        guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      } else if let left = try SecondFactor.use(code, of: account.id, keys: keys, in: db) {
        codesLeft = left
      } else {
        try Trail.write(TrailNote(.signInRefused, account: account.id), as: actor, at: now, keys: keys, in: db)
        return .refused
      }
      let token = try Sessions.idToken(of: holder.session.id, in: db)
        .flatMap { SessionToken.open($0, for: holder.session.id, keys: keys) }
      _ = try Sessions.end(holder.session.id, of: account.id, in: db)
      let session = ID<OpenSession>(at: now)
      try Sessions.insert(
        StoredSession(
          digest: fresh.digest.text, id: session, account: account.id, membership: holder.session.membership,
          method: holder.session.method, isStrong: true, isComplete: true, device: holder.session.device, at: now,
          endsAt: now.adding(minutes: terms.longestMinutes)),
        idToken: token.map { SessionToken.seal($0, for: session, keys: keys) }, in: db)
      if codesLeft != nil {
        try Trail.write(TrailNote(.recoveryCodeUsed, account: account.id), as: actor, at: now, keys: keys, in: db)
      }
      let how = "\(holder.session.method.label) et \(codesLeft == nil ? "code" : "code de secours")"
      try Trail.write(
        TrailNote(.signedIn, account: account.id, changes: [TrailChange("par", nil, how)]),
        as: actor, at: now, keys: keys, in: db)
      return .opened(fresh, codesLeft: codesLeft)
    }
  }
}

/// Ends the session in use.
public struct SignOut: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  /// The end.
  public init() {}

  /// Ends it; nothing happens to whoever has none.
  ///
  /// Gives the page of the provider of identities to go on to, where the session was opened through it. A provider that
  /// does not answer keeps nobody signed in.
  @discardableResult
  public func run(as actor: Actor, in world: World) async throws -> String? {
    try actor.authorise(Self.right)
    guard let person = actor.person else { return nil }
    let (now, keys) = (world.moment, world.access.keys)
    let sealed = try await world.database.write { db -> String? in
      let sealed = try Sessions.idToken(of: person.session, in: db)
      guard try Sessions.end(person.session, of: person.account, in: db) else { return nil }
      try Trail.write(TrailNote(.signedOut, account: person.account), as: actor, at: now, keys: keys, in: db)
      return sealed
    }
    guard let sealed, let provider = world.access.provider,
      let token = SessionToken.open(sealed, for: person.session, keys: keys)
    else { return nil }
    return try? await provider.signOutAddress(idToken: token, at: now)
  }
}

/// Tells who sends the secret of a session: one statement, then nothing but memory.
public struct RecogniseSession: Sendable {
  /// How long a session in use waits before its last use is written again.
  private static let touchMinutes: Int64 = 5
  private let secret: Secret

  /// The session of a secret.
  public init(_ secret: Secret) { self.secret = secret }

  /// Who it is.
  public struct Answer: Sendable {
    /// What they are allowed is asked of this.
    public let identity: Actor.Identity
    /// Their name, for the head of the page.
    public let name: String
    /// The organisation for which they act.
    public let organisation: String?
    /// Their role there.
    public let role: Role?
    /// How many organisations they may act for.
    public let memberships: Int
    /// Whether the session waits for the second factor.
    public let isWaiting: Bool
  }

  /// Reads it; nil for a session that ended, was revoked, or never was.
  public func run(in world: World) async throws -> Answer? {
    let terms = try world.accessTerms()
    let (now, digest) = (world.moment, secret.digest.text)
    let idleFrom = now.adding(minutes: -terms.idleMinutes)
    guard
      let holder = try await world.database.read({
        try Sessions.holder(digest: digest, at: now, idleFrom: idleFrom, in: $0)
      })
    else { return nil }
    if holder.session.seenAt < now.adding(minutes: -Self.touchMinutes) {
      try await world.database.write { try Sessions.touch(digest: digest, at: now, in: $0) }
    }
    let name = try holder.name(world.access.keys)
    guard holder.session.isComplete else {
      return Answer(
        identity: .visitor, name: name, organisation: nil, role: nil, memberships: 0, isWaiting: true)
    }
    let acting = holder.acting.map {
      Actor.Acting(
        membership: $0.membership, organisation: $0.organisation, role: $0.role, isAdministrator: $0.isAdministrator,
        isValidated: $0.state == .active)
    }
    let person = Actor.Person(
      account: holder.session.account, session: holder.session.id, acting: acting, isStrong: holder.session.isStrong)
    return Answer(
      identity: .person(person), name: name, organisation: holder.acting?.name, role: holder.acting?.role,
      memberships: holder.memberships, isWaiting: false)
  }
}
