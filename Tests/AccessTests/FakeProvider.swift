import Clauses
import Records
import Storage
import Synchronization
import Vault

@testable import Casework

/// A provider of identities invented for one test: it answers what its script says.
final class FakeProvider: IdentityProvider {
  /// What it answers; each member may be changed by the test.
  struct Script: Sendable {
    var subject = "agent-1"
    var shown = "zoe.martin@ville.example"
    var isStrong = false
    var failure: ProviderFailure?
    /// How many times it was asked who came back.
    var finished = 0
  }

  let name = "ProConnect d’essai"
  let issuer = "https://fournisseur.example"
  private let script = Mutex(Script())

  func change(_ body: (inout Script) -> Void) { script.withLock { body(&$0) } }
  var now: Script { script.withLock { $0 } }

  func begin(at moment: Moment) async throws(ProviderFailure) -> ProviderRequest {
    if let failure = now.failure { throw failure }
    let state = Secret()
    return ProviderRequest(
      address: "\(issuer)/authorize?state=\(state.text)", digest: state.digest.text, kept: state.text)
  }

  func digest(ofReturn query: String) -> String? {
    query.firstMatch(of: /state=([A-Za-z0-9_-]{43})/).flatMap { Secret(String($0.1))?.digest.text }
  }

  func finish(_ query: String, kept: String, at moment: Moment) async throws(ProviderFailure) -> ProvidedIdentity {
    change { $0.finished += 1 }
    guard query.contains("state=\(kept)") else { throw ProviderFailure(.late, "other state") }
    let now = now
    if let failure = now.failure { throw failure }
    return ProvidedIdentity(
      subject: now.subject, shown: now.shown, isStrong: now.isStrong, idToken: "jeton-de-\(now.subject)")
  }

  func signOutAddress(idToken: String, at moment: Moment) async throws(ProviderFailure) -> String? {
    if let failure = now.failure { throw failure }
    return "\(issuer)/end?id_token_hint=\(idToken)"
  }
}

extension House {
  /// The same house with a provider of identities.
  func with(_ provider: FakeProvider) -> House {
    var world = world
    world.access.provider = provider
    return House(world: world, clock: clock, body: body, administrator: administrator)
  }

  /// Sends a browser to the provider and gives the query that it comes back with.
  func leave(
    _ browser: Secret, _ purpose: LeaveForProvider.Purpose = .signIn, as actor: Actor = .visitor, next: String = "/"
  ) async throws -> String {
    let address = try await LeaveForProvider(purpose, next: next, browser: browser).run(as: actor, in: world)
    return String((address ?? "").split(separator: "?").last ?? "")
  }

  /// Takes a browser back.
  func comeBack(_ query: String, _ browser: Secret?, as actor: Actor = .visitor) async throws
    -> ReturnFromProvider.Outcome
  {
    try await ReturnFromProvider(query: query, browser: browser, device: "Firefox sur Linux").run(as: actor, in: world)
  }

  /// The whole road of an identity that an account ties to itself.
  func tie(as actor: Actor, password: Password = House.password) async throws {
    let browser = Secret()
    _ = try await comeBack(try await leave(browser, .tie, as: actor), browser, as: actor)
    guard try await TieIdentity(browser: browser, password: password).run(as: actor, in: world) else {
      throw FieldFault("", "nothing waits")
    }
  }

  /// The identities tied to an account.
  func tied(_ actor: Actor) async throws -> [OwnIdentities.Identity] {
    try await ShowOwnAccount().run(as: actor, in: world).identities?.tied ?? []
  }

  /// The texts of every message that waits, the oldest first.
  func letters() async throws -> [String] {
    let keys = world.access.keys
    return try await world.database.read { db in
      var texts: [String] = []
      try db.forEach("SELECT id, letter FROM mail WHERE letter IS NOT NULL ORDER BY created_at, id") { row in
        let id: String = try row.value(0)
        texts.append(try keys.openText(try Sealed(text: try row.value(1)), at: Outbox.place(id)))
      }
      return texts
    }
  }
}
