import Synchronization

/// Keeps messages in the memory of the process instead of sending them, for a trial: nothing leaves the machine.
public final class MailShelf: Mailer {
  /// How many messages it keeps; the oldest go first.
  public static let room = 200

  private let kept = Mutex<[MIMEMessage]>([])

  /// An empty shelf.
  public init() {}

  /// Puts a message on the shelf, in place of the same one where it is sent again.
  @discardableResult
  public func send(_ message: MIMEMessage, to recipient: Mailbox) async throws(MailFailure) -> String {
    kept.withLock { kept in
      kept.removeAll { $0.id == message.id }
      kept.append(message)
      kept.removeFirst(max(0, kept.count - Self.room))
    }
    return "gardé à la page des courriels"
  }

  /// The messages, the last first.
  public var messages: [MIMEMessage] { kept.withLock { $0.reversed() } }

  /// One message by its number; nil where it is not on the shelf.
  public func message(_ id: String) -> MIMEMessage? { kept.withLock { $0.first { $0.id == id } } }
}
