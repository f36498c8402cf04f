import Records
import Storage

/// The queue of messages, without recipients nor content.
public struct ListMail: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// How many messages are listed.
  public var limit: Int

  /// The last messages.
  public init(limit: Int = 100) { self.limit = limit }

  /// Reads counts and list.
  public func run(as actor: Actor, in world: World) async throws -> MailQueue {
    try actor.authorise(Self.right)
    let limit = limit
    return try await world.database.read { db in
      let counts = try Mails.counts(in: db)
      return MailQueue(
        waiting: (counts[.waiting] ?? 0) + (counts[.sending] ?? 0), sent: counts[.sent] ?? 0,
        failed: counts[.failed] ?? 0, expired: counts[.expired] ?? 0,
        items: try Mails.list(limit: limit, in: db).map { MailQueue.Item($0) })
    }
  }
}

/// The queue of messages.
public struct MailQueue: Sendable {
  /// One message.
  public struct Item: Sendable {
    /// Its number, which its Message-ID begins with.
    public let id: String
    /// What it is for, in French.
    public let kind: String
    /// `waiting`, `sending`, `sent`, `failed` or `expired`.
    public let state: String
    /// The same in French.
    public let stateInFrench: String
    /// How many times it was tried.
    public let tries: Int
    /// When it was queued, in milliseconds since 1970, as the other moments.
    public let createdAt: Int64
    /// When it is tried next; nil once it is over.
    public let nextAt: Int64?
    /// When the server took it; nil otherwise.
    public let sentAt: Int64?
    /// Why it did not go the last time; nil where nothing failed.
    public let error: String?

    init(_ stored: Mails.Stored) {
      id = stored.id
      kind = Letter.Kind(rawValue: stored.kind)?.french ?? stored.kind
      state = stored.state.rawValue
      stateInFrench =
        switch stored.state {
        case .waiting: "en attente"
        case .sending: "en cours d’envoi"
        case .sent: "envoyé"
        case .failed: "abandonné"
        case .expired: "périmé"
        }
      tries = stored.tries
      createdAt = stored.createdAt
      nextAt = [.waiting, .sending].contains(stored.state) ? stored.nextAt : nil
      sentAt = stored.sentAt
      error = stored.error
    }
  }

  /// Messages that wait or are being sent.
  public let waiting: Int
  /// Messages that the server took.
  public let sent: Int
  /// Messages that were given up.
  public let failed: Int
  /// Messages that came too late.
  public let expired: Int
  /// The last queued first.
  public let items: [Item]
}
