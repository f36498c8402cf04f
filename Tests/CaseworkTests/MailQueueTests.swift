import Casework
import Records
import Storage
import Synchronization
import TestSupport
import Testing
import Vault

@Suite struct MailQueueTests {
  private struct Undone: Error {}

  @Test(arguments: Engine.allCases)
  func `a message leaves once, and nothing about its reader stays in the base`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let (clock, mailer) = (TestClock(), TrialMailer())
      let means = try MailSamples.means(mailer, clock)
      #expect(try await world.send(means) == .idle(until: nil))
      #expect(try await world.queue(try MailSamples.letter(), at: clock))
      let waiting = try await world.mailRows()
      #expect(waiting.contains("waiting"))
      for word in ["marie", "Marie", "jeton", "connexion/1", "exemple.fr"] { #expect(!waiting.contains(word)) }

      #expect(try await world.send(means) == .sent)
      #expect(try await world.send(means) == .idle(until: nil))
      let message = try #require(mailer.messages.first)
      #expect(mailer.messages.count == 1 && message.recipient.address == "marie.petit@exemple.fr")
      #expect(message.text.contains(MailSamples.secret) && message.html.hasPrefix("HTML de Votre lien"))
      #expect(message.text.contains("https://clauses.exemple.fr. Il est inutile"))
      #expect(try await world.database.read { try !$0.exists("SELECT 1 FROM mail WHERE letter IS NOT NULL") })
      let queue = try await world.mails()
      #expect(queue.sent == 1 && queue.waiting == 0 && queue.items.first?.sentAt == clock.now)
      #expect(queue.items.first?.kind == "lien de connexion" && queue.items.first?.tries == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a transaction that is undone leaves no message`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let letter = try MailSamples.letter()
      await #expect(throws: Undone.self) {
        try await world.database.write { db -> Void in
          try Outbox.queue(letter, with: MailSamples.keys, at: TestClock.start, in: db)
          throw Undone()
        }
      }
      #expect(try await world.mails().items.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the same key is queued once, even by several at the same time and after it was sent`(engine: Engine)
    async throws
  {
    try await withPlace(engine) { place in
      let worlds = try (0..<3).map { _ in try place.world() }
      let (clock, mailer) = (TestClock(), TrialMailer())
      let letter = try MailSamples.letter("invitation/7")
      let added = try await withThrowingTaskGroup(of: Bool.self) { group in
        for world in worlds { group.addTask { try await world.queue(letter, at: clock) } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(added == 1)
      let means = try MailSamples.means(mailer, clock)
      #expect(try await worlds[0].send(means) == .sent)
      #expect(try await worlds[0].queue(letter, at: clock) == false)
      #expect(try await worlds[0].send(means) == .idle(until: nil))
      #expect(mailer.messages.count == 1)
      for world in worlds { try await world.database.close() }
    }
  }

  @Test(arguments: Engine.allCases)
  func `senders at the same time never send a message twice`(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let worlds = try (0..<4).map { _ in try place.world() }
      let clock = TestClock()
      let mailer = TrialMailer { _ in
        await Task.yield()
        return nil
      }
      for number in 0..<24 { try await worlds[0].queue(try MailSamples.letter("lettre/\(number)"), at: clock) }
      let means = try MailSamples.means(mailer, clock)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for world in worlds {
          group.addTask {
            while try await world.send(means) == .sent {}
          }
        }
        try await group.waitForAll()
      }
      // One that found nothing due while another one still held the last messages has stopped early.
      while try await worlds[0].send(means) == .sent {}
      #expect(mailer.messages.count == 24 && Set(mailer.messages.map(\.id)).count == 24)
      #expect(try await worlds[0].mails().sent == 24)
      for world in worlds { try await world.database.close() }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a sender that dies before its note is followed by another, with the same Message-ID`(engine: Engine)
    async throws
  {
    try await withPlace(engine) { place in
      let (first, second) = (try place.world(), try place.world())
      let clock = TestClock()
      try await first.queue(try MailSamples.letter(), at: clock)
      // The server takes the message, then the base is gone.
      let dying = TrialMailer { _ in
        try? await first.database.close()
        return nil
      }
      await #expect(throws: StorageError.self) { try await first.send(try MailSamples.means(dying, clock)) }

      let mailer = TrialMailer()
      let means = try MailSamples.means(mailer, clock)
      clock.advance(minutes: 9)
      #expect(try await second.send(means) == .idle(until: TestClock.start + 600_000))
      clock.advance(minutes: 1)
      #expect(try await second.send(means) == .sent)
      let (before, after) = (try #require(dying.messages.first), try #require(mailer.messages.first))
      #expect(before.messageID == after.messageID && before.bytes == after.bytes)
      #expect(before.messageID.hasSuffix("@exemple.fr>"))
      #expect(try await second.mails().items.first?.tries == 2)
      try await second.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a slow sender that was taken over changes nothing of what the other one noted`(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let (slow, quick) = (try place.world(), try place.world())
      let clock = TestClock()
      try await slow.queue(try MailSamples.letter(), at: clock)
      let means = try MailSamples.means(TrialMailer(), clock)
      let sleepy = TrialMailer { _ in
        clock.advance(minutes: 11)
        let outcome = try? await quick.send(means)
        return outcome == .sent ? MailFailure(isPermanent: true, "trop lent") : nil
      }
      #expect(try await slow.send(try MailSamples.means(sleepy, clock)) == .lost)
      let queue = try await quick.mails()
      #expect(queue.sent == 1 && queue.failed == 0 && queue.items.first?.error == nil)
      try await slow.database.close()
      try await quick.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a message that comes too late is erased and not sent`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let (clock, mailer) = (TestClock(), TrialMailer { _ in MailFailure(isPermanent: false, "réseau absent") })
      let means = try MailSamples.means(mailer, clock)
      try await world.queue(try MailSamples.letter("a", notAfter: clock.now + 150_000), at: clock)
      #expect(try await world.send(means) == .delayed(until: clock.now + 60_000, reason: "réseau absent"))
      clock.advance(minutes: 1)
      // The next try would come after its end: it is looked at then, to be erased.
      #expect(try await world.send(means) == .delayed(until: TestClock.start + 150_000, reason: "réseau absent"))
      clock.set(TestClock.start + 150_000)
      #expect(try await world.send(means) == .expired)
      #expect(mailer.messages.count == 2)
      let queue = try await world.mails()
      #expect(queue.expired == 1 && queue.waiting == 0)
      #expect(try await world.database.read { try !$0.exists("SELECT 1 FROM mail WHERE letter IS NOT NULL") })
    }
  }

  @Test(arguments: Engine.allCases)
  func `tries come 1, 2, 4 minutes apart, up to six hours, for three days`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let (clock, mailer) = (TestClock(), TrialMailer { _ in MailFailure(isPermanent: false, "réseau absent") })
      let means = try MailSamples.means(mailer, clock)
      try await world.queue(try MailSamples.letter(), at: clock)
      var waits: [Int64] = []
      while case .delayed(let next, _) = try await world.send(means) {
        waits.append((next - clock.now) / 60_000)
        clock.set(next - 1)
        #expect(try await world.send(means) == .idle(until: next))
        clock.set(next)
      }
      #expect(Array(waits.prefix(10)) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360])
      #expect(waits.dropFirst(9).allSatisfy { $0 == 360 })
      #expect(clock.now - TestClock.start <= 3 * 86_400_000 && clock.now - TestClock.start > 64 * 3_600_000)
      let queue = try await world.mails()
      #expect(queue.failed == 1 && queue.items.first?.error?.contains("trois jours") == true)
      #expect(try await world.database.read { try !$0.exists("SELECT 1 FROM mail WHERE letter IS NOT NULL") })
    }
  }

  @Test(arguments: Engine.allCases)
  func `a refused recipient is given up at once, and the note does not hold the address`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let clock = TestClock()
      let mailer = TrialMailer { message in
        MailFailure(
          isPermanent: true, "destinataire refusé", answer: "550 <\(message.recipient.address)>: unknown\r\nX: y")
      }
      try await world.queue(try MailSamples.letter(), at: clock)
      guard case .failed(let reason) = try await world.send(try MailSamples.means(mailer, clock)) else {
        Issue.record("not given up")
        return
      }
      #expect(reason == "destinataire refusé\u{202F}: «\u{A0}550 (adresse): unknown X: y\u{A0}»")
      #expect(!(try await world.mailRows()).contains("marie"))
      clock.advance(minutes: 100_000)
      #expect(try await world.send(try MailSamples.means(mailer, clock)) == .idle(until: nil))
      #expect(mailer.messages.count == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `without the right file of keys a message waits, and leaves when the file is back`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let (clock, mailer) = (TestClock(), TrialMailer())
      try await world.queue(try MailSamples.letter(), at: clock)
      let wrong = try MailSamples.means(mailer, clock, keys: KeyRing(on: TestWorld.today))
      guard case .delayed(let next, let reason) = try await world.send(wrong) else {
        Issue.record("not put off")
        return
      }
      #expect(reason.contains("fichier de clefs") && mailer.messages.isEmpty)
      clock.set(next)
      #expect(try await world.send(try MailSamples.means(mailer, clock)) == .sent)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a letter moved to another row does not open there`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let (clock, mailer) = (TestClock(), TrialMailer())
      try await world.queue(try MailSamples.letter("a"), at: clock)
      try await world.queue(try MailSamples.letter("b", to: "autre@exemple.fr"), at: clock)
      try await world.database.write { db in
        let rows = try db.scalars(String.self, "SELECT letter FROM mail ORDER BY id")
        try db.execute("UPDATE mail SET letter = \(rows[0])")
      }
      let means = try MailSamples.means(mailer, clock)
      let outcomes = [try await world.send(means), try await world.send(means)]
      #expect(outcomes.filter { $0 == .sent }.count == 1 && mailer.messages.count == 1)
    }
  }

  @Test func `nobody on the web sends or lists`() async throws {
    try await withWorld(.sqlite) { world, _ in
      let means = try MailSamples.means(TrialMailer(), TestClock())
      await #expect(throws: Forbidden.self) {
        try await SendQueuedMail().run(as: .visitor, with: means, in: world)
      }
      await #expect(throws: Forbidden.self) { try await ListMail().run(as: .visitor, in: world) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is due is found by its index`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      try await world.database.write { db in
        for number in 0..<3000 {
          let (id, state) = ("\(number)", number < 2990 ? Mails.State.sent : .waiting)
          try db.execute(
            """
            INSERT INTO mail (id, key_digest, kind, state, attempts, next_at, created_at)
            VALUES (\(id), \(id), 'test', \(state), 0, \(number), 0)
            """)
        }
        try db.execute("ANALYZE mail")
      }
      let (_, statements) = try await StatementLog.collect {
        try await world.database.read { try Mails.nextDue(in: $0) }
      }
      let query = try #require(statements.last)
      let plan = try await world.database.read { try $0.plan(SQL(unsafeText: query)) }
      #expect(plan.joined(separator: "\n").contains("mail_due"), "\(plan)")
    }
  }
}
