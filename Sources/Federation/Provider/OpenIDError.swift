/// Why a sign-in through a provider did not succeed; never holds a code, a token or a secret.
///
/// Texts that come from the provider are cut and on one line.
public enum OpenIDError: Error, Equatable {
  /// A setting is wrong or missing.
  case setting(Setting)
  /// The provider does not answer, or not in a way that can be trusted; the system’s own reason.
  case unreachable(host: String, reason: String)
  /// The provider took longer than is allowed.
  case slow(host: String)
  /// We stopped before it answered.
  case interrupted
  /// An answer has more bytes than is allowed.
  case tooLarge(host: String, most: Int)
  /// The provider sends us elsewhere, where we do not go.
  case redirected(host: String)
  /// An answer with this status, which is neither a success nor an explanation.
  case status(Document, Int)
  /// The provider says no: its code (RFC 6749, section 4.1.2.1) and its words.
  case refused(code: String, words: String?)
  /// An answer that is not what it should be.
  case notUnderstood(Document)
  /// The description is that of another issuer.
  case otherIssuer(String)
  /// The description names an address that is not https.
  case openAddress(Endpoint)
  /// The provider wants us to prove who we are in a way that is not ours.
  case noCommonAuthentication
  /// The browser does not bring back what it left with.
  case otherState
  /// The browser comes back from another provider.
  case otherReturn
  /// The browser comes back too late.
  case tooLate
  /// A signed text is not to be believed.
  case token(Document, Fault)
  /// What is said about the person is about another one.
  case otherPerson

  /// A setting.
  public enum Setting: Sendable, Equatable {
    case issuer, redirectAddress, clientID, clientSecret, scopes, limits, returnTo
  }

  /// What the provider gives.
  public enum Document: Sendable, Equatable {
    /// Its description of itself.
    case discovery
    /// Its public keys.
    case keys
    /// What the browser brings back.
    case returned
    /// Its answer to the code.
    case tokens
    /// The signed text that says who has signed in.
    case idToken
    /// What it says about the person.
    case userInfo
  }

  /// An address that the description gives.
  public enum Endpoint: String, Sendable, Equatable {
    /// Where people sign in.
    case authorization = "authorization_endpoint"
    /// Where codes are exchanged.
    case token = "token_endpoint"
    /// Where its public keys are.
    case keys = "jwks_uri"
    /// What it says about a person.
    case userInfo = "userinfo_endpoint"
    /// Where people sign out.
    case endSession = "end_session_endpoint"
  }

  /// What is wrong with a signed text.
  public enum Fault: Sendable, Equatable {
    /// It is no signed JSON, or something necessary is missing in it.
    case form
    /// It is signed in a way that is not taken, or not at all.
    case algorithm(String)
    /// No key of the provider has made it, as far as its name tells.
    case unknownKey
    /// The signature is wrong.
    case signature
    /// It was made by another provider.
    case issuer
    /// It was made for another service.
    case audience
    /// It is no longer valid.
    case expired
    /// It is not valid yet; or one of the two clocks is wrong.
    case notYet
    /// It answers another sign-in.
    case nonce
    /// It goes with another access token.
    case accessToken
  }
}
