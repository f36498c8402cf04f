import Testing

@testable import Vault

@Suite struct PasswordTests {
  /// Cheap, so that the tests are quick; what costs is tested once.
  private let cheap = PasswordCost(memory: 64, passes: 1)

  @Test func `the recommended cost is the one that is stored, and the password is right only once`() async throws {
    let hasher = try PasswordHasher(atOnce: 2, waiting: 2)
    let hash = try await hasher.hash(Password("Été 2026, à Melun"))
    #expect(hash.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(try await hasher.check(Password("Été 2026, à Melun"), against: hash) == .accepted(needsRehash: false))
    #expect(try await hasher.check(Password("été 2026, à Melun"), against: hash) == .refused)
    #expect(try await hasher.check(Password(""), against: hash) == .refused)
    #expect(try await hasher.hash(Password("Été 2026, à Melun")) != hash)
  }

  @Test func `two ways to type the same letters are one password`() async throws {
    let hash = try #require(PasswordHash(Password("e\u{301}te\u{301}"), cost: cheap))
    #expect(hash.matches(Password("\u{E9}t\u{E9}")))
    #expect(!hash.matches(Password("ete")))
    #expect(try #require(PasswordHash(Password("a\0b"), cost: cheap)).matches(Password("a\0c")) == false)
  }

  @Test func `a hash is made again when the cost rises, never when it falls`() throws {
    let hash = try #require(PasswordHash(Password("x"), cost: PasswordCost(memory: 64, passes: 2)))
    #expect(!hash.needsRehash(for: PasswordCost(memory: 64, passes: 2)))
    #expect(hash.needsRehash(for: PasswordCost(memory: 65, passes: 2)))
    #expect(hash.needsRehash(for: PasswordCost(memory: 64, passes: 3)))
    #expect(!hash.needsRehash(for: PasswordCost(memory: 32, passes: 1)))
  }

  @Test(arguments: ["", "x", "$2b$12$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=64,t=2,p=1$c2FsdA$aGFzaA"])
  func `a text that is no Argon2id hash is not taken`(text: String) { #expect(PasswordHash(text) == nil) }

  @Test func `an unknown account is refused after as much work as a wrong password`() async throws {
    let hasher = try PasswordHasher(atOnce: 1, waiting: 4)
    let hash = try await hasher.hash(Password("right"))
    func time(_ hash: PasswordHash?) async throws -> Duration {
      var times: [Duration] = []
      for _ in 0..<5 {
        let start = ContinuousClock.now
        #expect(try await hasher.check(Password("wrong"), against: hash) == .refused)
        times.append(.now - start)
      }
      return try #require(times.min())
    }
    let (known, unknown) = (try await time(hash), try await time(nil))
    #expect(unknown > known / 3 && unknown < known * 3, "known \(known), unknown \(unknown)")
  }

  @Test func `so many at a time, so many waiting, and the next is told to come back`() async throws {
    let hasher = try PasswordHasher(cost: PasswordCost(memory: 32 * 1024, passes: 8), atOnce: 1, waiting: 1)
    let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<12 {
        group.addTask {
          do throws(PasswordHasher.Failure) {
            _ = try await hasher.hash(Password("x"))
            return true
          } catch {
            #expect(error == .busy)
            return false
          }
        }
      }
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(answers.contains(true) && answers.contains(false), "\(answers)")
    // It serves again once they are gone.
    #expect(try await hasher.hash(Password("x")).matches(Password("x")))
  }

  @Test func `everyone who has room is served`() async throws {
    let hasher = try PasswordHasher(cost: cheap, atOnce: 3, waiting: 100)
    let served = try await withThrowingTaskGroup(of: PasswordHash.self) { group in
      for _ in 0..<60 { group.addTask { try await hasher.hash(Password("x")) } }
      return try await group.reduce(into: Set<PasswordHash>()) { $0.insert($1) }
    }
    #expect(served.count == 60)
  }

  @Test func `the memory of an impossible cost is refused in French`() {
    let impossible = PasswordCost(memory: 1 << 50, passes: 1)
    #expect(throws: PasswordHasher.Failure.outOfMemory) {
      try PasswordHasher(cost: impossible, atOnce: 1, waiting: 1)
    }
  }
}

@Suite struct PasswordPolicyTests {
  // The figures stand here as examples; the room has none.
  private let policy = PasswordPolicy(
    anyOf: [.characters(12, kinds: 4), .characters(14, kinds: 3), .words(7)], longest: 64)

  private func refusals(_ text: String) -> [PasswordRefusal] {
    policy.refusals(of: Password(text), email: "Zoé.Martin@ville-melun.fr", names: ["Zoé", "Martin"])
  }

  @Test(arguments: [
    "Cheval7-vert", "Chevalvertsaute7", "un cheval vert saute sur sept chaises", "Éléphant-bleu3",
  ])
  func `one way is enough`(text: String) { #expect(refusals(text) == []) }

  @Test(arguments: ["Cheval7-ver", "Chevalvert777", "chevalvertsaute", "un cheval vert saute sur un cheval", ""])
  func `below every way it is too weak`(text: String) { #expect(refusals(text) == [.tooWeak(policy.ways)]) }

  @Test func `one character all along is refused, whatever its length`() {
    let free = PasswordPolicy(anyOf: [.characters(8, kinds: 1)], longest: 64)
    #expect(free.refusals(of: Password("aaaaaaaaaa"), email: "", names: []) == [.oneCharacter])
    #expect(free.refusals(of: Password("aaaaaaaaab"), email: "", names: []) == [])
  }

  @Test(arguments: ["Zoe.Martin@ville-melun.fr7", "zoé.martin!A2bcdef", "XX-ZOEMARTIN-99a"])
  func `the e-mail is refused, also in part and without its accents`(text: String) {
    #expect(refusals(text).contains(.holdsEmail))
  }

  @Test(arguments: ["Martin-2026-xyz", "2026!mÄrtin!azerty", "ma-rt-in-2026-XY"])
  func `a name is refused`(text: String) { #expect(refusals(text).contains(.holdsName)) }

  @Test func `short names do not forbid ordinary words, but the whole name does`() {
    #expect(policy.refusals(of: Password("Chaleureuse-7"), email: "lea@a.fr", names: ["Léa", "Wu"]) == [])
    #expect(policy.refusals(of: Password("Leawu-2026-xy"), email: "", names: ["Léa", "Wu"]) == [.holdsName])
  }

  @Test func `all reasons are told at once, each with what to do`() {
    let long = String(repeating: "martin", count: 11)
    #expect(refusals(long) == [.tooLong(64), .tooWeak(policy.ways), .holdsName])
    #expect(
      PasswordRefusal.tooWeak(policy.ways).description
        == "Ce mot de passe est trop facile à deviner. Choisissez au moins 12\u{A0}caractères avec des minuscules, des "
        + "majuscules, des chiffres et d’autres signes, au moins 14\u{A0}caractères de 3 sortes parmi minuscules, "
        + "majuscules, chiffres et autres signes ou une phrase d’au moins 7\u{A0}mots différents séparés par des espaces."
    )
  }
}
