public import Clauses
public import Vault

/// How long what lets people in lasts, and which passwords are taken, from the reference figures of a day.
public struct AccessTerms: Sendable {
  /// Which passwords are taken.
  public let passwords: PasswordPolicy
  /// Minutes without activity after which a session ends.
  public let idleMinutes: Int64
  /// Minutes after which a session ends whatever happens.
  public let longestMinutes: Int64
  /// Minutes to give the code of the second factor.
  public let codeMinutes: Int64
  /// Minutes for which a link to sign in serves.
  public let linkMinutes: Int64
  /// Minutes to come back from a provider of identities, then to tie a new identity.
  public let providerMinutes: Int64
  /// Days for which an invitation serves.
  public let invitationDays: Int64
  /// Days for which a program's key serves at most.
  public let keyDays: Int64

  /// The terms of a day; throws where a figure is missing.
  public init(_ figures: Figures, on day: Day) throws(MissingFigure) {
    func count(_ id: String) throws(MissingFigure) -> Int {
      try figures.counts.figure(FigureKey<Int>("access.\(id)"), on: day).value
    }
    passwords = PasswordPolicy(
      anyOf: [
        .characters(try count("password.characters"), kinds: 4),
        .characters(try count("password.charactersThreeKinds"), kinds: 3), .words(try count("password.words")),
      ], longest: try count("password.longest"))
    idleMinutes = Int64(try count("session.idleMinutes"))
    longestMinutes = Int64(try count("session.longestMinutes"))
    codeMinutes = Int64(try count("code.minutes"))
    linkMinutes = Int64(try count("link.minutes"))
    providerMinutes = Int64(try count("provider.minutes"))
    invitationDays = Int64(try count("invitation.days"))
    keyDays = Int64(try count("apiKey.days"))
  }
}

/// What entering needs beside the base: keys, hashing, and whether this is a demonstration.
public struct AccessMeans: Sendable {
  /// The keys that seal what tells who people are.
  public var keys: KeyRing
  /// Hashes and checks passwords.
  public var hasher: PasswordHasher
  /// Whether anyone may enter under an invented name.
  public var isDemonstration: Bool
  /// What links in messages begin with, without a slash at the end.
  public var site: String
  /// Another house that says who has signed in; nil where none was agreed with.
  public var provider: (any IdentityProvider)?

  /// The means of an installation.
  public init(
    keys: KeyRing, hasher: PasswordHasher, isDemonstration: Bool = false, site: String = "http://127.0.0.1:8080",
    provider: (any IdentityProvider)? = nil
  ) {
    (self.keys, self.hasher, self.isDemonstration, self.site) = (keys, hasher, isDemonstration, site)
    self.provider = provider
  }
}

extension World {
  /// The terms of today.
  public func accessTerms() throws -> AccessTerms { try AccessTerms(figures, on: today()) }

  /// Now, as a moment.
  public var moment: Moment { Moment(now()) ?? Moment(milliseconds: 0) }
}
