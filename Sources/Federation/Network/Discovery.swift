/// What a provider says of itself (OpenID Connect Discovery 1.0), once it has been checked.
struct Discovery: Sendable {
  let authorization: WebAddress
  let token: WebAddress
  let keys: WebAddress
  /// Some providers put everything into the signed token.
  let userInfo: WebAddress?
  /// Some let nobody sign out.
  let endSession: WebAddress?
  let authentication: ClientAuthentication
  /// Whether each return names the provider (RFC 9207).
  let namesItself: Bool

  /// How we prove who we are where codes are exchanged (OpenID Connect Core, section 9).
  enum ClientAuthentication: String, Sendable { case basic = "client_secret_basic", post = "client_secret_post" }

  private struct Published: Decodable {
    let issuer: String
    let authorization_endpoint: String
    let token_endpoint: String
    let jwks_uri: String
    let userinfo_endpoint: String?
    let end_session_endpoint: String?
    let token_endpoint_auth_methods_supported: [String]?
    let authorization_response_iss_parameter_supported: Bool?
  }

  /// Where a provider describes itself.
  static func address(of settings: OpenIDSettings) throws(OpenIDError) -> WebAddress {
    var base = settings.issuer
    while base.hasSuffix("/") { base.removeLast() }
    guard let address = WebAddress(base + "/.well-known/openid-configuration") else { throw .setting(.issuer) }
    return address
  }

  /// Reads and checks the description.
  init(_ answer: ProviderClient.Answer, for settings: OpenIDSettings) throws(OpenIDError) {
    guard answer.status == 200 else { throw .status(.discovery, answer.status) }
    guard let published = answer.json(Published.self) else { throw .notUnderstood(.discovery) }
    guard published.issuer == settings.issuer else {
      throw .otherIssuer(ForeignText.line(published.issuer, most: 200) ?? "?")
    }
    func checked(_ endpoint: OpenIDError.Endpoint, _ text: String) throws(OpenIDError) -> WebAddress {
      guard let address = WebAddress(text), settings.accepts(address) else { throw .openAddress(endpoint) }
      return address
    }
    authorization = try checked(.authorization, published.authorization_endpoint)
    token = try checked(.token, published.token_endpoint)
    keys = try checked(.keys, published.jwks_uri)
    userInfo = if let text = published.userinfo_endpoint { try checked(.userInfo, text) } else { nil }
    endSession = if let text = published.end_session_endpoint { try checked(.endSession, text) } else { nil }
    // When nothing is said, it is the first one.
    let methods = published.token_endpoint_auth_methods_supported ?? [ClientAuthentication.basic.rawValue]
    guard let method = [ClientAuthentication.basic, .post].first(where: { methods.contains($0.rawValue) }) else {
      throw .noCommonAuthentication
    }
    authentication = method
    namesItself = published.authorization_response_iss_parameter_supported ?? false
  }
}
