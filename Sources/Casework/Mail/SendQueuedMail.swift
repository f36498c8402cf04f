import Records
import Storage
public import Vault

/// What sending takes beside the world.
public struct MailMeans: Sendable {
  /// Opens the letters of the queue.
  public var keys: KeyRing
  /// What all messages have in common.
  public var letterhead: Letterhead
  /// The way out.
  public var mailer: any Mailer
  /// Milliseconds since 1970.
  public var now: @Sendable () -> Int64
  /// A number from 0 to 1.
  public var chance: @Sendable () -> Double

  /// The means from their parts.
  public init(
    keys: KeyRing, letterhead: Letterhead, mailer: any Mailer, now: @escaping @Sendable () -> Int64,
    chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    self.keys = keys
    self.letterhead = letterhead
    self.mailer = mailer
    self.now = now
    self.chance = chance
  }
}

/// Sends the queued message that has waited longest past its hour.
///
/// At least once: when the process dies between the server's answer and its note in the base, the message is sent again
/// after ``MailPatience/lease`` with the same Message-ID, by which most mailboxes show it once. Never twice at the same
/// time: a message is claimed in a transaction of its own before it goes.
public struct SendQueuedMail: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// What came of it.
  public enum Outcome: Sendable, Equatable {
    /// Nothing is due; when something will be, in milliseconds since 1970, nil where nothing waits.
    case idle(until: Int64?)
    /// The server took it.
    case sent
    /// It is tried again at this moment; why it did not go.
    case delayed(until: Int64, reason: String)
    /// It is given up; why.
    case failed(reason: String)
    /// It came too late to be of use.
    case expired
    /// Another sender took it over while this one was at work.
    case lost
  }

  /// A turn of sending.
  public init() {}

  /// Sends one message, or says when the next is due.
  ///
  /// Throws ``Storage/StorageError`` where the base does not answer; what was claimed is then taken up again later.
  public func run(as actor: Actor, with means: MailMeans, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    let now = means.now()
    let due = try await world.database.read { try Mails.nextDue(in: $0) }
    guard let due, due <= now else { return .idle(until: due) }
    let claim = Self.newClaim()
    let found = try await world.database.write { db -> (expired: Int, mail: Mails.Claimed?) in
      let expired = try Mails.expire(at: now, in: db)
      return (expired, try Mails.claim(claim, at: now, until: now + MailPatience.lease, in: db))
    }
    guard let mail = found.mail else {
      return found.expired > 0 ? .expired : .idle(until: try await world.database.read { try Mails.nextDue(in: $0) })
    }
    let outcome = await send(mail, with: means)
    let isHeld = try await world.database.write { db in
      try Mails.settle(mail.id, claim: claim, Self.mark(of: outcome), at: means.now(), in: db)
    }
    return isHeld ? outcome : .lost
  }

  private func send(_ mail: Mails.Claimed, with means: MailMeans) async -> Outcome {
    // A message that stopped its sender again and again is not tried for ever.
    if mail.tries > 1, means.now() - mail.createdAt > MailPatience.most { return .failed(reason: Self.tooLate) }
    let letter: Letter
    do {
      let sealed = try Sealed(text: mail.letter)
      letter = try StoredLetter(json: try means.keys.open(sealed, at: Outbox.place(mail.id))).letter()
    } catch let error as SealedError {
      // The right file of keys may come back.
      return later(mail, "\(error)", means)
    } catch {
      return later(mail, "Le message enregistré n’est pas lisible par cette version du programme", means)
    }
    do {
      let message = means.letterhead.message(letter, id: mail.id, date: mail.createdAt)
      try await means.mailer.send(message, to: letter.recipient)
      return .sent
    } catch {
      return error.isPermanent ? .failed(reason: error.reason) : later(mail, error.reason, means)
    }
  }

  private func later(_ mail: Mails.Claimed, _ reason: String, _ means: MailMeans) -> Outcome {
    let next = MailPatience.next(
      after: mail.tries, at: means.now(), since: mail.createdAt, chance: means.chance())
    guard let next else { return .failed(reason: "\(reason) (\(Self.tooLate))") }
    // Not later than its end, so that it does not keep its secret any longer.
    return .delayed(until: min(next, mail.notAfter ?? next), reason: reason)
  }

  private static let tooLate = "abandonné après trois jours d’essais"

  private static func mark(of outcome: Outcome) -> Mails.Mark {
    switch outcome {
    case .sent: .init(state: .sent)
    case .delayed(let next, let reason): .init(state: .waiting, next: next, error: reason)
    case .failed(let reason): .init(state: .failed, error: reason)
    case .expired, .idle, .lost: .init(state: .expired)
    }
  }

  private static func newClaim() -> String { Outbox.identifier() }
}
