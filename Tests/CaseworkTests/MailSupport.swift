import Casework
import Clauses
import Records
import Storage
import Synchronization
import TestSupport
import Vault

/// The clock of a test, in milliseconds since 1970.
final class TestClock: Sendable {
  static let start: Int64 = 1_795_253_400_000
  private let time = Mutex(TestClock.start)

  var now: Int64 { time.withLock { $0 } }
  func advance(minutes: Int64) { time.withLock { $0 += minutes * 60_000 } }
  func set(_ moment: Int64) { time.withLock { $0 = moment } }
}

/// Takes messages and answers as the test says.
final class TrialMailer: Mailer {
  private let taken = Mutex<[MIMEMessage]>([])
  private let answer: @Sendable (MIMEMessage) async -> MailFailure?

  init(_ answer: @escaping @Sendable (MIMEMessage) async -> MailFailure? = { _ in nil }) { self.answer = answer }

  /// Everything that was handed over, accepted or not.
  var messages: [MIMEMessage] { taken.withLock { $0 } }

  func send(_ message: MIMEMessage, to recipient: Mailbox) async throws(MailFailure) -> String {
    taken.withLock { $0.append(message) }
    if let failure = await answer(message) { throw failure }
    return "250 OK"
  }
}

/// What tests of mail share.
enum MailSamples {
  static let keys = KeyRing(on: TestWorld.today)
  static let secret = "https://clauses.exemple.fr/entrer?jeton=Zx81"

  static func letterhead() throws -> Letterhead {
    Letterhead(
      sender: try Mailbox("clauses@exemple.fr", name: "Marchepied"), site: try WebLink("https://clauses.exemple.fr")
    ) { letter, foot in "HTML de \(letter.subject), \(foot)" }
  }

  static func letter(
    _ key: String = "connexion/1", to address: String = "marie.petit@exemple.fr", notAfter: Int64? = nil
  ) throws -> Letter {
    try Letter(
      to: try Mailbox(address, name: "Marie Petit"), subject: "Votre lien de connexion", kind: .signIn, key: key,
      notAfter: notAfter,
      [.paragraph("Bonjour,"), .action(label: "Ouvrir Marchepied", link: try WebLink(secret))])
  }

  static func means(_ mailer: any Mailer, _ clock: TestClock, keys: KeyRing = keys) throws -> MailMeans {
    MailMeans(keys: keys, letterhead: try letterhead(), mailer: mailer, now: { clock.now }, chance: { 0 })
  }
}

extension World {
  /// Queues a message as another use case would, within its transaction.
  @discardableResult
  func queue(_ letter: Letter, at clock: TestClock) async throws -> Bool {
    let now = clock.now
    return try await database.write { try Outbox.queue(letter, with: MailSamples.keys, at: now, in: $0) }
  }

  func send(_ means: MailMeans) async throws -> SendQueuedMail.Outcome {
    try await SendQueuedMail().run(as: .machineOperator, with: means, in: self)
  }

  func mails() async throws -> MailQueue { try await ListMail().run(as: .machineOperator, in: self) }

  /// Everything that the table holds, as text.
  func mailRows() async throws -> String {
    try await database.read { db in
      var text = ""
      try db.forEach("SELECT * FROM mail") { row in
        text += try (0..<row.count).map { "\(try row.value(at: $0))" }.joined(separator: "|") + "\n"
      }
      return text
    }
  }
}
