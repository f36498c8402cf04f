public import Clauses

/// Who the provider says has signed in. `issuer` and `subject` together name a person for ever; nothing else does.
public struct OpenIDIdentity: Sendable, Equatable {
  /// The provider.
  public let issuer: String
  /// The person’s number with it, at most 255 characters; never given to somebody else.
  public let subject: String
  /// The address, if given and if it looks like one. It may change, and come to belong to another person.
  public let email: String?
  /// Whether the provider says that it has verified the address; nil: it does not say (ProConnect does not).
  public let emailIsVerified: Bool?
  /// At most 200 characters on one line.
  public let givenName: String?
  /// `usual_name` (ProConnect), else `family_name`; at most 200 characters on one line.
  public let usualName: String?
  /// The establishment for which the person works; nil when not given or not made of 14 digits.
  public let siret: SIRET?
  /// The level of assurance that was reached, in the provider’s words.
  public let acr: String?
  /// How the person proved to be who they are, in the words of RFC 8176; empty when the provider does not say.
  public let amr: [String]
  /// To give back at sign-out, and for nothing else.
  public let idToken: OpenIDSecret
}

extension OpenIDIdentity {
  /// What the person’s own page of the provider says comes first; the signed token fills what it leaves out.
  init(issuer: String, token: TokenClaims, info: PersonClaims?, idToken: OpenIDSecret) {
    func first<T>(_ value: (PersonClaims) -> T?) -> T? { info.flatMap(value) ?? value(token.person) }
    func line(_ value: (PersonClaims) -> String?) -> String? {
      first { value($0).flatMap { ForeignText.line($0, most: 200) } }
    }
    // An address and its verification come from one place.
    let source = info?.plausibleEmail == nil ? token.person : info
    self.init(
      issuer: issuer, subject: token.subject, email: source?.plausibleEmail,
      emailIsVerified: source?.plausibleEmail == nil ? nil : source?.emailVerified?.value,
      givenName: line(\.givenName), usualName: line(\.usualName) ?? line(\.familyName),
      siret: first { $0.siret.flatMap { try? SIRET($0) } }, acr: token.acr.flatMap { ForeignText.line($0, most: 200) },
      amr: (token.amr ?? []).prefix(20).compactMap { ForeignText.line($0, most: 60) }, idToken: idToken)
  }
}
