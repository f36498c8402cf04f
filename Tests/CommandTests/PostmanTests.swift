import Casework
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport
import Testing
import Vault

@testable import marchepied

@Suite struct PostmanTests {
  /// A base that does not answer at first.
  private final class Absent: Database {
    let base: any Database
    private let left: Mutex<Int>
    var dialect: Dialect { base.dialect }

    init(_ base: any Database, times: Int) {
      self.base = base
      left = Mutex(times)
    }

    private func fail() throws {
      let isAbsent = left.withLock { left in
        left -= 1
        return left >= 0
      }
      if isAbsent { throw StorageError.unreachable("essai") }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
      try fail()
      return try await base.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
      try fail()
      return try await base.write(body)
    }

    func close() async throws { try await base.close() }
  }

  /// Counts what it takes, and calls back at each.
  private final class Counter: Mailer {
    let count = Mutex(0)
    let whenTaken: @Sendable (Int) async -> Void
    init(_ whenTaken: @escaping @Sendable (Int) async -> Void) { self.whenTaken = whenTaken }

    func send(_ message: MIMEMessage, to recipient: Mailbox) async throws(MailFailure) -> String {
      let number = count.withLock { count in
        count += 1
        return count
      }
      await whenTaken(number)
      return "250"
    }
  }

  private let keys = KeyRing(on: TestWorld.today)

  private func queue(_ count: Int, in world: World) async throws {
    let letters = try (0..<count).map { number in
      try Letter(
        to: try Mailbox("a@exemple.fr"), subject: "x", kind: .test, key: "\(number)", [.paragraph("x")])
    }
    let keys = keys
    try await world.database.write { db in
      for letter in letters { try Outbox.queue(letter, with: keys, at: 0, in: db) }
    }
  }

  private func postman(_ world: World, _ mailer: any Mailer) throws -> Postman {
    let head = Letterhead(sender: try Mailbox("b@exemple.fr"), site: try WebLink("http://localhost")) { _, _ in "x" }
    let means = MailMeans(keys: keys, letterhead: head, mailer: mailer, now: { 1_795_253_400_000 })
    return Postman(world: world, means: means, logger: Logger(label: "essai"), nap: 5)
  }

  @Test(arguments: Engine.allCases)
  func `it sends everything that waits, through an absent base, and ends its message before it stops`(engine: Engine)
    async throws
  {
    try await withWorld(engine) { world, _ in
      try await queue(4, in: world)
      var shaky = world
      shaky.database = Absent(world.database, times: 3)
      let (stopping, stop) = AsyncStream.makeStream(of: Void.self)
      let counter = Counter { number in
        guard number == 3 else { return }
        // The order to stop comes while a message is on its way.
        stop.yield()
        try? await Task.sleep(for: .milliseconds(50))
      }
      let group = ServiceGroup(
        configuration: .init(
          services: [.init(service: try postman(shaky, counter), successTerminationBehavior: .ignore)],
          logger: Logger(label: "essai")))
      let stopper = Task {
        for await _ in stopping {
          await group.triggerGracefulShutdown()
          return
        }
      }
      try await group.run()
      stopper.cancel()
      let queue = try await ListMail().run(as: .machineOperator, in: world)
      #expect(queue.sent == counter.count.withLock { $0 } && queue.sent >= 3)
      #expect(queue.sent + queue.waiting == 4 && !queue.items.contains { $0.state == "sending" })
    }
  }

  @Test func `the program composes a postman only where something can leave`() async throws {
    try await withPlace(.sqlite) { place in
      func composed(_ more: [String: String]) async throws -> Postman? {
        let environment = [
          "MARCHEPIED_DATABASE_URL": place.base.address, "MARCHEPIED_SHARE": TestWorld.share,
          "MARCHEPIED_FILES": "\(place.folder)/files", "MARCHEPIED_KEYS": "\(place.folder)/marchepied.keys",
        ].merging(more) { $1 }
        let installation = try await Installation(try await Settings(flags: [:], environment: environment, file: nil))
        let postman = try installation.postman(shelf: installation.shelf(), logger: Logger(label: "essai"))
        try await installation.close()
        return postman
      }
      #expect(try await composed([:]) == nil)
      let trial = try await composed(["MARCHEPIED_MAIL_MODE": "page"])
      #expect(trial?.means.mailer is MailShelf)
      let real = try await composed([
        "MARCHEPIED_MAIL_SERVER": "smtp.exemple.fr", "MARCHEPIED_MAIL_FROM": "a@exemple.fr",
      ])
      #expect(real?.means.mailer is MSMTPMailer && real?.means.letterhead.sender.address == "a@exemple.fr")
    }
  }
}
