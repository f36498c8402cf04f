public import Clauses
public import Vault

/// Another house that says who has signed in, as use cases ask it.
///
/// The composition gives it, over the room that speaks its language; tests invent theirs.
public protocol IdentityProvider: Sendable {
  /// What its button says, such as « ProConnect ».
  var name: String { get }
  /// The address that names it for ever.
  var issuer: String { get }

  /// Begins a sign-in.
  func begin(at moment: Moment) async throws(ProviderFailure) -> ProviderRequest

  /// The digest by which the departure of a return is found; nil for a return that cannot be read.
  func digest(ofReturn query: String) -> String?

  /// Ends a sign-in; what was kept is forgotten before this is asked, since it serves once.
  func finish(_ query: String, kept: String, at moment: Moment) async throws(ProviderFailure) -> ProvidedIdentity

  /// Where to send the browser so that the person is signed out there too; nil where there is no such page.
  func signOutAddress(idToken: String, at moment: Moment) async throws(ProviderFailure) -> String?
}

/// A sign-in that begins.
public struct ProviderRequest: Redacted {
  /// Where to send the browser.
  public let address: String
  /// The digest of what comes back with it: 64 hexadecimal signs.
  public let digest: String
  /// One line to keep sealed until it is back.
  public let kept: String

  /// A beginning from its parts.
  public init(address: String, digest: String, kept: String) {
    (self.address, self.digest, self.kept) = (address, digest, kept)
  }
}

/// Who the provider says has signed in, once everything was checked.
public struct ProvidedIdentity: Redacted {
  /// The person's number with the provider, which never becomes another's.
  public let subject: String
  /// What people read of it: an address, else a name, else nothing.
  public let shown: String
  /// Whether the provider tells of proofs that the settings take for a second factor.
  public let isStrong: Bool
  /// What it wants back at sign-out.
  public let idToken: String

  /// An identity from its parts.
  public init(subject: String, shown: String, isStrong: Bool, idToken: String) {
    (self.subject, self.shown, self.isStrong, self.idToken) = (subject, shown, isStrong, idToken)
  }
}

/// Why a sign-in through the provider came to nothing; never holds a code, a token or a secret.
public struct ProviderFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What it means for whoever signs in.
  public enum Kind: Sendable, Equatable {
    /// They gave up, or were refused there.
    case declined
    /// The return served already, comes too late, or from another browser.
    case late
    /// The provider does not answer.
    case unavailable
    /// What it answers cannot be believed, or a setting is wrong.
    case untrusted
  }

  /// What it means.
  public let kind: Kind
  /// What is wrong and how to mend it, in French, for whoever runs the installation.
  public let description: String

  /// A failure.
  public init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }

  /// A return that no departure of this browser awaits.
  static let unawaited = ProviderFailure(
    .late, "Ce retour ne répond à aucune connexion commencée dans ce navigateur, a déjà servi, ou vient trop tard.")
}

extension ProvidedIdentity {
  /// The keyed hash by which it is found; made with the first key of the ring, which never changes.
  func digest(from issuer: String, with keys: KeyRing) -> String {
    keys.first.keyedHash(of: [issuer, subject], for: .providerIdentity)
  }
}
