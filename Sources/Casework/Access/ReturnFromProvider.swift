import Clauses
import Records
import Storage
public import Vault

/// Takes a browser back from the provider of identities: opens a session, or keeps the identity until it is tied.
///
/// An identity opens the account that it was tied to, and no other: an e-mail that happens to be the same opens nothing.
public struct ReturnFromProvider: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  private let query: String
  private let browser: Secret?
  private let device: String

  /// The return of a browser with what the provider gave it: the query of the address, without its question mark.
  public init(query: String, browser: Secret?, device: String) {
    (self.query, self.browser, self.device) = (query, browser, device)
  }

  /// What came of it; `next` is the path that was asked for at the departure.
  public enum Outcome: Sendable {
    /// A session is open.
    case opened(Secret, next: String)
    /// A session waits for the code of the second factor.
    case needsCode(Secret, next: String)
    /// The account is closed.
    case refused
    /// No account has this identity, and nobody is signed in; it waits in this browser, for so many minutes.
    case unknown(shown: String, minutes: Int)
    /// No account has this identity, and it was brought to accept an invitation, whose page waits for it.
    case invited(next: String)
    /// No account has this identity; whoever is signed in may tie it to theirs.
    case toConfirm
    /// The account has it already.
    case tied
    /// Another account has it.
    case ofAnother
  }

  /// Forgets the departure, asks the provider who came back, then settles what it means.
  ///
  /// Throws ``ProviderFailure``; a departure of another browser stays as it is.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    let (leaving, keys) = (world.moment, world.access.keys)
    guard let provider = world.access.provider, let digest = provider.digest(ofReturn: query),
      let browser = browser?.digest.text
    else { throw ProviderFailure.unawaited }
    let departure = try await world.database.write {
      try ProviderDepartures.take(digest: digest, browser: browser, at: leaving, in: $0)
    }
    guard let departure else { throw ProviderFailure.unawaited }
    let kept = try KeptForReturn(departure, with: keys)
    let identity = try await provider.finish(query, kept: kept.kept, at: leaving)
    let back = Back(
      identity: identity, issuer: provider.issuer, browser: browser, wanted: departure.account,
      minutes: try world.accessTerms().providerMinutes)
    let found = try await back.settle(as: actor, in: world)
    switch found {
    case .outcome(.unknown) where kept.next.hasPrefix("/\(AccessPath.invitation)/"): return .invited(next: kept.next)
    case .outcome(let outcome): return outcome
    case .account(let account):
      let opening = Opening(
        account: account, method: .federation, device: device, isStrong: identity.isStrong, idToken: identity.idToken)
      return switch try await opening.run(as: actor, in: world) {
      case .opened(let secret): .opened(secret, next: kept.next)
      case .needsCode(let secret): .needsCode(secret, next: kept.next)
      case .refused: .refused
      }
    }
  }
}

/// Someone who came back with an identity.
private struct Back: Sendable {
  let identity: ProvidedIdentity
  let issuer: String
  let browser: String
  /// Whose account the identity was looked for.
  let wanted: ID<Account>?
  let minutes: Int64

  enum Found: Sendable {
    case account(ID<Account>)
    case outcome(ReturnFromProvider.Outcome)
  }

  /// Finds whose identity it is, or keeps it for whoever ties it, in one transaction.
  func settle(as actor: Actor, in world: World) async throws -> Found {
    let (now, keys) = (world.moment, world.access.keys)
    let digest = identity.digest(from: issuer, with: keys)
    return try await world.database.write { db in
      if var known = try ProviderIdentities.find(digest: digest, in: db) {
        if let wanted { return .outcome(known.account == wanted ? .tied : .ofAnother) }
        guard try Accounts.find(known.account, in: db)?.state == .active else { return .outcome(.refused) }
        known.seenAt = now
        known.seal(shown: identity.shown, keys: keys)
        try ProviderIdentities.update(known, in: db)
        return .account(known.account)
      }
      let arrival = ProviderArrival(
        browser: browser, issuer: issuer, digest: digest, account: wanted ?? actor.person?.account,
        shown: keys.seal(identity.shown, at: ProviderArrival.place(browser)).text, createdAt: now,
        endsAt: now.adding(minutes: minutes))
      try ProviderArrivals.put(arrival, in: db)
      guard let person = actor.person, wanted ?? person.account == person.account else {
        try Trail.write(
          TrailNote(.signInRefused, kind: "identity-provider", id: issuer), as: actor, at: now, keys: keys, in: db)
        return .outcome(.unknown(shown: identity.shown, minutes: Int(minutes)))
      }
      return .outcome(.toConfirm)
    }
  }
}

extension ProviderArrival {
  static func place(_ browser: String) -> SealedPlace {
    SealedPlace(table: "provider_arrival", column: "shown", row: browser)
  }

  /// What people read of it.
  func text(_ keys: KeyRing) throws -> String {
    try keys.openText(try Sealed(text: shown), at: ProviderArrival.place(browser))
  }
}

extension ProviderIdentity {
  static func place(_ id: ID<TiedIdentity>) -> SealedPlace {
    SealedPlace(table: "provider_identity", column: "shown", row: id.description)
  }

  /// What people read of it.
  func text(_ keys: KeyRing) throws -> String {
    try keys.openText(try Sealed(text: shown), at: ProviderIdentity.place(id))
  }

  /// Seals what people read of it with the active key.
  mutating func seal(shown text: String, keys: KeyRing) {
    shown = keys.seal(text, at: ProviderIdentity.place(id)).text
  }
}
