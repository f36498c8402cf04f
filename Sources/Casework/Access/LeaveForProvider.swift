import Clauses
import Records
import Storage
public import Vault

/// Sends someone to the provider of identities: to sign in, or to tie an identity to their account.
public struct LeaveForProvider: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// What for.
  public enum Purpose: Sendable {
    /// To sign in.
    case signIn
    /// To tie an identity to the account of whoever is signed in.
    case tie
  }

  private let purpose: Purpose
  private let next: String
  private let browser: Secret

  /// A departure of a browser, known by a secret that it alone holds, that goes on to a path of ours afterwards.
  public init(_ purpose: Purpose, next: String, browser: Secret) {
    (self.purpose, self.next, self.browser) = (purpose, next, browser)
  }

  /// Notes the departure and gives the address to go to; nil where there is no provider.
  ///
  /// Throws ``ProviderFailure`` where the provider cannot be asked; nothing is noted then.
  public func run(as actor: Actor, in world: World) async throws -> String? {
    try actor.authorise(Self.right)
    let account = purpose == .tie ? try actor.signedIn(for: .manageOwnAccount).account : nil
    guard let provider = world.access.provider else { return nil }
    let minutes = try world.accessTerms().providerMinutes
    let (now, keys) = (world.moment, world.access.keys)
    let request = try await provider.begin(at: now)
    let departure = ProviderDeparture(
      digest: request.digest, browser: browser.digest.text, account: account,
      kept: KeptForReturn(kept: request.kept, next: next).sealed(for: request.digest, with: keys), createdAt: now,
      endsAt: now.adding(minutes: minutes))
    try await world.database.write { try ProviderDepartures.insert(departure, in: $0) }
    return request.address
  }
}

/// What a departure keeps for its return: what the provider's answer is checked against, and where to go next.
struct KeptForReturn: Redacted {
  let kept: String
  let next: String

  init(kept: String, next: String) { (self.kept, self.next) = (kept, next) }

  /// Sealed for the row of a departure.
  func sealed(for digest: String, with keys: KeyRing) -> String {
    keys.seal("\(kept)\n\(next)", at: Self.place(digest)).text
  }

  /// Opens what a departure keeps.
  init(_ departure: ProviderDeparture, with keys: KeyRing) throws {
    let text = try keys.openText(try Sealed(text: departure.kept), at: Self.place(departure.digest))
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2 else { throw SealedError.malformed }
    self.init(kept: String(lines[0]), next: String(lines[1]))
  }

  private static func place(_ digest: String) -> SealedPlace {
    SealedPlace(table: "provider_departure", column: "kept", row: digest)
  }
}
