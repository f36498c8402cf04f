import Clauses
import Records
import Storage
public import Vault

/// Where pages stand that messages lead to; the site makes its addresses from the same words.
public enum AccessPath {
  /// The page of an invitation, before its secret.
  public static let invitation = "invitation"
  /// The page of a link to sign in, before its secret.
  public static let signIn = "connexion/lien"
  /// The page of a link to choose a new password, before its secret.
  public static let newPassword = "connexion/nouveau-mot-de-passe"
  /// Where the provider of identities sends browsers back; declared to it, it does not change.
  public static let providerReturn = "connexion/fournisseur/retour"
  /// Where it sends them once they have signed out there.
  public static let providerEnd = "connexion/fournisseur/fin"
  /// The page where an organisation registers.
  public static let registration = "inscription"
  /// The page of one's own account.
  public static let account = "compte"
}

/// Sends a link by which someone signs in without a password, once, within some minutes.
///
/// The answer is the same whether the address has an account or not.
public struct RequestSignInLink: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  private let email: String

  /// A request for an e-mail as typed.
  public init(email: String) { self.email = email }

  /// Makes the link and queues the message in one transaction; throws ``FieldFault`` for what is no address.
  public func run(as actor: Actor, in world: World) async throws {
    try actor.authorise(Self.right)
    try await MailedLink.signIn.send(to: email, in: world)
  }
}

/// Signs in by a link that was sent; its page shows a button, so that mail scanners that open links use nothing up.
public struct FollowSignInLink: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  private let secret: Secret
  private let device: String

  /// The link of a secret, followed with a browser.
  public init(_ secret: Secret, device: String) { (self.secret, self.device) = (secret, device) }

  /// Whether the link still serves.
  public func isOpen(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (digest, now) = (secret.digest.text, world.moment)
    return try await world.database.read { try AccessLinks.find(digest: digest, .signIn, at: now, in: $0) != nil }
  }

  /// Uses the link up and opens a session; a second factor is asked for as after a password. Refused where it serves no
  /// more.
  ///
  /// The first link followed proves who reads the address: see ``AddressProof``.
  public func run(as actor: Actor, in world: World) async throws -> SignIn.Outcome {
    try actor.authorise(Self.right)
    let (digest, now, keys) = (secret.digest.text, world.moment, world.access.keys)
    let account = try await world.database.write { db -> ID<Account>? in
      guard let link = try AccessLinks.find(digest: digest, .signIn, at: now, in: db), let id = link.account,
        try AccessLinks.use(link, at: now, in: db), var account = try Accounts.find(id, in: db)
      else { return nil }
      guard try AddressProof.note(for: &account, by: actor, at: now, keys: keys, in: db) else { return id }
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      return id
    }
    guard let account else { return .refused }
    return try await Opening(account: account, method: .link, device: device).run(as: actor, in: world)
  }
}

/// What the first link followed proves: who reads the address of an account.
///
/// What was set before by whoever made the account, its password, second factor, identities and sessions, goes then,
/// unless the same browser is signed in with it.
enum AddressProof {
  /// Whether what was set before goes when this actor follows a link of the account.
  static func clears(_ account: StoredAccount, for actor: Actor) -> Bool {
    account.provedAt == nil && actor.person?.account != account.id
  }

  /// Notes the proof, for the caller to write with the account; false where it was proved before.
  static func note(
    for account: inout StoredAccount, by actor: Actor, at now: Moment, keys: KeyRing, in db: any Connection
  ) throws -> Bool {
    guard account.provedAt == nil else { return false }
    if clears(account, for: actor) {
      (account.password, account.totp, account.totpStep) = (nil, nil, nil)
      try Accounts.setRecoveryCodes([], of: account.id, in: db)
      try ProviderIdentities.removeAll(of: account.id, in: db)
      try ProviderArrivals.remove(of: account.id, in: db)
      try Sessions.endAll(of: account.id, except: nil, in: db)
    }
    account.provedAt = now
    try Trail.write(
      TrailNote(.accountChanged, account: account.id, changes: [TrailChange("adresse prouvée", nil, "oui")]),
      as: actor, at: now, keys: keys, in: db)
    return true
  }
}

extension InviteMember {
  /// The message that carries an invitation.
  static func letter(
    to address: EmailAddress, organisation: String, role: Role, secret: Secret, link: AccessLink, site: String
  ) throws -> Letter {
    try Letter(
      to: Mailbox(address.text), subject: "Invitation à rejoindre \(organisation.prefix(100)) dans Marchepied",
      kind: .invitation,
      key: "invitation/\(link.id)", notAfter: link.endsAt.milliseconds,
      [
        .paragraph("Bonjour,"),
        .paragraph(
          "\(organisation) vous invite à rejoindre Marchepied, où se suivent les clauses sociales d’insertion. "
            + "Votre rôle\u{202F}: \(role.label)."),
        .action(label: "Accepter l’invitation", link: try WebLink("\(site)/\(AccessPath.invitation)/\(secret.text)")),
        .note("Ce lien sert une fois. Si cette invitation ne vous dit rien, ne faites rien."),
      ])
  }
}

extension Mailbox {
  /// An address with its name, or alone where the name cannot stand in a header.
  static func shown(_ address: String, name: String) throws(LetterFault) -> Mailbox {
    if let both = try? Mailbox(address, name: name) { return both }
    return try Mailbox(address)
  }
}
