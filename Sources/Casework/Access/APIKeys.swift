public import Clauses
import Records
import Storage
import Vault

/// How the secret of a key is written: the word before it lets tools that search for lost secrets know ours.
enum KeyText {
  private static let start = "marchepied_"
  /// How many of its last signs are shown for ever.
  private static let hintLength = 4

  static func written(_ secret: Secret) -> String { start + secret.text }
  static func hint(_ secret: Secret) -> String { String(secret.text.suffix(hintLength)) }
  static func read(_ text: String) -> Secret? {
    text.hasPrefix(start) ? Secret(String(text.dropFirst(start.count))) : nil
  }
}

/// The keys of an organisation's programs.
public struct ListKeys: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageKeys
  private let organisation: ID<Organisation>

  /// The keys of an organisation.
  public init(_ organisation: ID<Organisation>) { self.organisation = organisation }

  /// One key.
  public struct Line: Sendable {
    /// The key.
    public let key: APIKey
    /// The name of whoever made it; nil for an account that was erased.
    public let maker: String?
    /// Whether it serves now.
    public let serves: Bool
  }

  /// The page.
  public struct Model: Sendable {
    /// The organisation.
    public let organisation: Organisation
    /// The keys, the latest first.
    public let lines: [Line]
    /// Permissions that the reader's role may give.
    public let permissions: [KeyPermission]
    /// Days for which a key may serve, the longest last.
    public let days: [Int]
  }

  /// Reads the page; nil for an organisation that is not the reader's to manage.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, today, now, keys) = (organisation, world.today(), world.moment, world.access.keys)
    let longest = try world.accessTerms().keyDays
    return try await world.database.read { db in
      guard let organisation = try Reach.organisation(id, Self.right, for: actor, on: today, in: db)
      else { return nil }
      let found = try APIKeys.all(of: id, in: db)
      let makers = try Accounts.find(all: Set(found.map(\.createdBy)), in: db)
      let lines = try found.map { key in
        let maker = makers[key.createdBy].flatMap { $0.state == .active ? $0 : nil }
        return Line(key: key, maker: try maker?.identity(keys).name, serves: key.serves(at: now))
      }
      return Model(
        organisation: organisation, lines: lines,
        permissions: KeyPermission.allCases.filter { actor.may($0.right) },
        days: [30, 90, 180, 365].filter { $0 <= longest })
    }
  }
}

/// Makes a key for a program of one's own organisation.
public struct MakeKey: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageKeys
  /// Keys that may serve at once: more is a program that makes them.
  static let mostServing = 20

  /// The organisation.
  public var organisation: ID<Organisation>
  /// What it serves for, as typed.
  public var name: String
  /// What it opens, by names of ``KeyPermission``.
  public var permissions: [String]
  /// For how many days, as typed.
  public var days: String

  /// A key to make.
  public init(_ organisation: ID<Organisation>, name: String, permissions: [String], days: String) {
    (self.organisation, self.name, self.permissions, self.days) = (organisation, name, permissions, days)
  }

  /// Stores its digest and gives its text, which nothing shows again; nil for an organisation that is not the reader's
  /// to manage.
  ///
  /// Throws ``FieldFault``.
  public func run(as actor: Actor, in world: World) async throws -> String? {
    let person = try actor.signedIn(for: Self.right)
    guard let acting = person.acting else { throw Forbidden(reason: .role) }
    let name = try PersonalText.line(name, "nom", longest: 80)
    let longest = try world.accessTerms().keyDays
    guard let days = Int64(days), (1...longest).contains(days) else {
      throw FieldFault("duree", "Choisissez une durée d’un jour à \(French.count(Int(longest), "jour")).")
    }
    let permissions = Set(
      try permissions.map { name throws(FieldFault) in
        guard let permission = KeyPermission(rawValue: name), actor.may(permission.right) else {
          throw FieldFault("permission", "Votre rôle ne peut pas donner cette permission.")
        }
        return permission
      })
    let (id, today, now, secret) = (organisation, world.today(), world.moment, Secret())
    let (keys, made) = (world.access.keys, (name: name, permissions: permissions))
    let isMade = try await world.database.write { db -> Bool in
      guard try Reach.organisation(id, Self.right, for: actor, on: today, in: db) != nil
      else { return false }
      guard try APIKeys.all(of: id, in: db).count(where: { $0.serves(at: now) }) < Self.mostServing else {
        throw FieldFault(
          "nom", "\(French.count(Self.mostServing, "clé")) servent déjà\u{202F}: révoquez celles qui ne servent plus.")
      }
      let key = APIKey(
        id: ID(at: now), organisation: id, name: made.name, role: acting.role, permissions: made.permissions,
        hint: KeyText.hint(secret), createdBy: person.account, createdAt: now,
        endsAt: now.adding(hours: days * 24))
      try APIKeys.insert(key, digest: secret.digest.text, in: db)
      let opens = made.permissions.sorted().map(\.label).joined(separator: ", ")
      try Trail.write(
        TrailNote(
          .keyMade, organisation: id,
          changes: [
            TrailChange("clé", nil, "\(made.name) (…\(key.hint))"),
            TrailChange("permissions", nil, opens.isEmpty ? "données publiques" : opens),
            TrailChange("expire le", nil, key.endsAt.universalDay.french),
          ]), as: actor, at: now, keys: keys, in: db)
      return true
    }
    return isMade ? KeyText.written(secret) : nil
  }
}

/// Revokes a key: the program that has it is refused from the next request on.
public struct RevokeKey: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageKeys
  private let key: ID<APIKey>
  private let organisation: ID<Organisation>

  /// The end of a key.
  public init(_ key: ID<APIKey>, of organisation: ID<Organisation>) {
    (self.key, self.organisation) = (key, organisation)
  }

  /// Revokes it; false for one that is not the reader's to manage, or was revoked.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (id, key, today, now, keys) = (organisation, key, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard try Reach.organisation(id, Self.right, for: actor, on: today, in: db) != nil,
        let found = try APIKeys.all(of: id, in: db).first(where: { $0.id == key }),
        try APIKeys.revoke(key, of: id, at: now, in: db)
      else { return false }
      try Trail.write(
        TrailNote(
          .keyRevoked, organisation: id, changes: [TrailChange("clé", "\(found.name) (…\(found.hint))", nil)]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Tells which program sends a key: one statement.
public struct RecogniseKey: Sendable {
  /// How long a key in use waits before its last use is written again.
  private static let touchMinutes: Int64 = 5
  private let secret: Secret

  /// The key that a header holds; nil for a text that is none.
  public init?(_ text: String) {
    guard let secret = KeyText.read(text) else { return nil }
    self.secret = secret
  }

  /// What a program reads of its own key.
  public struct Answer: Sendable {
    /// What it is allowed is asked of this.
    public let identity: Actor.Identity
    /// The key.
    public let key: APIKey
    /// The organisation's name.
    public let organisation: String
  }

  /// Why a key is refused.
  public enum Refusal: Error, Sendable, Equatable {
    /// There never was such a key.
    case unknown
    /// It was revoked.
    case revoked
    /// It has expired.
    case expired
  }

  /// Reads it; throws ``Refusal``.
  public func run(in world: World) async throws -> Answer {
    let (now, digest) = (world.moment, secret.digest.text)
    guard let holder = try await world.database.read({ try APIKeys.holder(digest: digest, in: $0) }) else {
      throw Refusal.unknown
    }
    let key = holder.key
    guard key.revokedAt == nil else { throw Refusal.revoked }
    guard key.serves(at: now) else { throw Refusal.expired }
    if key.usedAt.map({ $0 < now.adding(minutes: -Self.touchMinutes) }) ?? true {
      try await world.database.write { try APIKeys.touch(key.id, at: now, in: $0) }
    }
    let program = Actor.Key(
      id: key.id, organisation: key.organisation, role: key.role, permissions: key.permissions,
      isValidated: holder.state == .active)
    return Answer(identity: .key(program), key: key, organisation: holder.organisation)
  }
}
