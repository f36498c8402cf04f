import Casework
import Clauses
import Federation
import Foundation
import ServiceLifecycle

/// The provider of identities as use cases ask it, over the room that speaks its language.
///
/// It holds connections: ``close()`` ends them.
struct ProviderDoor: IdentityProvider {
  let name: String
  let issuer: String
  private let strong: Set<String>
  private let client: OpenIDProvider
  /// Where people come back once they have signed out there.
  private let end: String

  /// A door from the settings; nothing is asked yet.
  init(_ settings: ProviderSettings, site: String) {
    (name, issuer, strong) = (settings.name, settings.openID.issuer, settings.strong)
    client = OpenIDProvider(settings.openID)
    end = "\(site)/\(AccessPath.providerEnd)"
  }

  /// Ends the connections; nothing can be asked afterwards.
  func close() async { await client.close() }

  /// Whether the provider answers as it should; throws what is wrong.
  func check(at moment: Moment) async throws(OpenIDError) { try await client.check(at: moment.date) }

  func begin(at moment: Moment) async throws(ProviderFailure) -> ProviderRequest {
    try await told { () async throws(OpenIDError) in
      let request = try await client.begin(at: moment.date)
      return ProviderRequest(address: request.address, digest: request.kept.digest, kept: request.kept.text)
    }
  }

  func digest(ofReturn query: String) -> String? { (try? OpenIDReturn(query: query))?.digest }

  func finish(_ query: String, kept: String, at moment: Moment) async throws(ProviderFailure) -> ProvidedIdentity {
    try await told { () async throws(OpenIDError) in
      guard let kept = OpenIDKept(kept) else { throw .otherState }
      let identity = try await client.finish(OpenIDReturn(query: query), kept: kept, at: moment.date)
      let name = [identity.givenName, identity.usualName].compactMap(\.self).joined(separator: " ")
      return ProvidedIdentity(
        subject: identity.subject, shown: identity.email ?? name,
        isStrong: !strong.isDisjoint(with: identity.amr + [identity.acr].compactMap(\.self)),
        idToken: identity.idToken.revealed)
    }
  }

  func signOutAddress(idToken: String, at moment: Moment) async throws(ProviderFailure) -> String? {
    try await told { () async throws(OpenIDError) in
      try await client.logoutAddress(
        idToken: OpenIDSecret(idToken), state: "fin", returnTo: end, at: moment.date)
    }
  }

  private func told<T: Sendable>(_ work: () async throws(OpenIDError) -> T) async throws(ProviderFailure) -> T {
    do { return try await work() } catch { throw ProviderFailure(error) }
  }
}

extension ProviderFailure {
  /// What an error of the exchange means for whoever signs in.
  init(_ error: OpenIDError) {
    let kind: Kind =
      switch error {
      case .otherState, .tooLate, .refused("invalid_grant", _): .late
      case .refused("access_denied", _), .refused("login_required", _), .refused("interaction_required", _),
        .refused("consent_required", _):
        .declined
      case .unreachable, .slow, .interrupted, .status, .refused("temporarily_unavailable", _),
        .refused("server_error", _):
        .unavailable
      default: .untrusted
      }
    self.init(kind, error.description)
  }
}

extension Moment {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

/// Ends the connections of the provider after the pages have ended.
struct ProviderCloser: Service {
  let door: ProviderDoor

  func run() async throws {
    try? await gracefulShutdown()
    await door.close()
  }
}
