public import Foundation

/// A provider of identities (OpenID Connect Core 1.0, authorization code flow with PKCE): sends people to it, and asks
/// it who came back.
///
/// Nothing is asked of it before the first sign-in. It holds connections: ``close()`` ends them.
public final class OpenIDProvider: Sendable {
  /// What was agreed upon.
  public let settings: OpenIDSettings
  private let client: ProviderClient
  private let discovery: Published<Discovery>
  private let keys: Published<ProviderKeys>

  /// Prepares the exchanges; asks nothing yet.
  public init(_ settings: OpenIDSettings) {
    let client = ProviderClient(settings)
    let discovery = Published<Discovery> { _ in
      await outcome { () async throws(OpenIDError) in
        let answer = try await client.get(Discovery.address(of: settings), accept: "application/json")
        return try Discovery(answer, for: settings)
      }
    }
    keys = Published { moment in
      await outcome { () async throws(OpenIDError) in
        let address = try await discovery.value(at: moment).keys
        return try await ProviderKeys(client.get(address, accept: "application/jwk-set+json, application/json"))
      }
    }
    (self.settings, self.client, self.discovery) = (settings, client, discovery)
  }

  /// Ends the connections; nothing can be asked afterwards.
  public func close() async { await client.close() }

  /// Whether the provider can be reached and describes itself as it should; throws what is wrong.
  public func check(at moment: Date) async throws(OpenIDError) {
    _ = try await discovery.value(at: moment)
    _ = try await keys.value(at: moment)
  }

  /// Begins a sign-in.
  public func begin(at moment: Date) async throws(OpenIDError) -> OpenIDRequest {
    let kept = OpenIDKept(at: moment)
    var parameters = [
      ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectAddress),
      ("scope", settings.scopes.joined(separator: " ")), ("state", kept.state.revealed),
      ("nonce", kept.nonce.revealed), ("code_challenge", kept.verifier.challenge), ("code_challenge_method", "S256"),
    ]
    if !settings.acrValues.isEmpty { parameters.append(("acr_values", settings.acrValues.joined(separator: " "))) }
    if let claims = settings.claims { parameters.append(("claims", claims)) }
    let address = try await discovery.value(at: moment).authorization
    return OpenIDRequest(address: address.adding(parameters), kept: kept)
  }

  /// Ends a sign-in: exchanges the code for an identity, every part of which has been checked.
  ///
  /// What was kept must be forgotten by the caller before this is called, whatever comes of it: it serves once.
  public func finish(
    _ returned: OpenIDReturn, kept: OpenIDKept, at moment: Date
  ) async throws(OpenIDError) -> OpenIDIdentity {
    // Before anything else, errors included: what comes from elsewhere is not worth a question to the provider.
    guard returned.state == kept.state else { throw .otherState }
    let age = moment.timeIntervalSince(kept.begun)
    guard abs(age) <= Double(settings.patience.components.seconds) else { throw .tooLate }
    let discovery = try await discovery.value(at: moment)
    guard returned.issuer == settings.issuer || returned.issuer == nil && !discovery.namesItself else {
      throw .otherReturn
    }
    if let error = returned.error {
      throw refusal(error, returned.errorDescription, without: [kept.state, kept.nonce, kept.verifier])
    }
    guard let code = returned.code, !code.revealed.isEmpty else { throw .notUnderstood(.returned) }
    return try await identity(code, kept, discovery, moment)
  }

  /// The same with a code and a state that were read elsewhere.
  public func finish(
    code: String, state: String, kept: OpenIDKept, at moment: Date
  ) async throws(OpenIDError) -> OpenIDIdentity {
    try await finish(OpenIDReturn(code: code, state: state), kept: kept, at: moment)
  }

  /// Where to send the browser so that the person is signed out there too; nil when the provider has no such page.
  ///
  /// `returnTo` is one of the addresses declared to it; `state` comes back with the browser.
  public func logoutAddress(
    idToken: OpenIDSecret, state: String, returnTo: String, at moment: Date
  ) async throws(OpenIDError) -> String? {
    guard WebAddress(returnTo) != nil else { throw .setting(.returnTo) }
    return try await discovery.value(at: moment).endSession?.adding([
      ("id_token_hint", idToken.revealed), ("state", state), ("post_logout_redirect_uri", returnTo),
    ])
  }

  private func identity(
    _ code: OpenIDSecret, _ kept: OpenIDKept, _ discovery: Discovery, _ moment: Date
  ) async throws(OpenIDError) -> OpenIDIdentity {
    let tokens = try await exchange(code, kept, discovery)
    let token = try await verified(tokens.id, as: .idToken, at: moment)
    let expected = TokenClaims.Expected(nonce: kept.nonce, accessToken: tokens.access, moment: moment)
    let claims = try TokenClaims(token.payload, for: settings, expecting: expected)
    var info: PersonClaims?
    if let address = discovery.userInfo {
      let said = try await person(address, tokens.access, at: moment)
      guard said.sub == claims.subject else { throw .otherPerson }
      info = said
    }
    return OpenIDIdentity(issuer: settings.issuer, token: claims, info: info, idToken: tokens.id)
  }

  private func person(
    _ address: WebAddress, _ access: OpenIDSecret, at moment: Date
  ) async throws(OpenIDError) -> PersonClaims {
    let answer = try await client.get(address, accept: "application/jwt, application/json", bearer: access)
    guard answer.status == 200 else { throw .status(.userInfo, answer.status) }
    var payload = answer.body
    switch answer.mediaType {
    case "application/json": break
    case "application/jwt":
      let token = OpenIDSecret(String(decoding: answer.body, as: UTF8.self))
      payload = try await verified(token, as: .userInfo, at: moment).payload
      guard let envelope = Claims.read(Envelope.self, payload) else { throw .token(.userInfo, .form) }
      if let fault = envelope.fault(for: settings, at: moment) { throw .token(.userInfo, fault) }
    default: throw .notUnderstood(.userInfo)
    }
    guard let said = Claims.read(PersonClaims.self, payload) else { throw .notUnderstood(.userInfo) }
    return said
  }

  /// A signed text whose signature is right; the keys are read again when none answers to its name.
  private func verified(
    _ text: OpenIDSecret, as document: OpenIDError.Document, at moment: Date
  ) async throws(OpenIDError) -> SignedToken {
    let token = try SignedToken(text.revealed, as: document)
    var isRight = try await keys.value(at: moment).verify(token)
    if isRight == nil { isRight = try await keys.again(at: moment).verify(token) }
    guard let isRight else { throw .token(document, .unknownKey) }
    guard isRight else { throw .token(document, .signature) }
    return token
  }
}

extension OpenIDProvider {
  private struct Tokens: Decodable {
    let access_token: String
    let id_token: String
    let token_type: String
  }
  private struct Refusal: Decodable {
    let error: String
    let error_description: String?
  }

  private func exchange(
    _ code: OpenIDSecret, _ kept: OpenIDKept, _ discovery: Discovery
  ) async throws(OpenIDError) -> (access: OpenIDSecret, id: OpenIDSecret) {
    var form = [
      ("grant_type", "authorization_code"), ("code", code.revealed), ("redirect_uri", settings.redirectAddress),
      ("code_verifier", kept.verifier.revealed),
    ]
    var authorization: String?
    switch discovery.authentication {
    case .basic: authorization = settings.basicAuthorization
    case .post: form += [("client_id", settings.clientID), ("client_secret", settings.clientSecret.revealed)]
    }
    let answer = try await client.post(form, to: discovery.token, authorization: authorization)
    if answer.status != 200 {
      guard let said = answer.json(Refusal.self) else { throw .status(.tokens, answer.status) }
      throw refusal(said.error, said.error_description, without: [code, kept.state, kept.nonce, kept.verifier])
    }
    guard let tokens = answer.json(Tokens.self), tokens.token_type.lowercased() == "bearer",
      !tokens.access_token.isEmpty, tokens.access_token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { throw .notUnderstood(.tokens) }
    return (OpenIDSecret(tokens.access_token), OpenIDSecret(tokens.id_token))
  }

  /// The provider’s words, cut, on one line, and without what we must not show in case they hold it.
  private func refusal(_ code: String, _ words: String?, without secrets: [OpenIDSecret]) -> OpenIDError {
    let hidden = secrets + [settings.clientSecret]
    return .refused(
      code: ForeignText.word(ForeignText.line(code, most: 200, without: hidden) ?? ""),
      words: words.flatMap { ForeignText.line($0, most: 200, without: hidden) })
  }
}

extension OpenIDSettings {
  /// Both parts are written as in a form before they are joined (RFC 6749, section 2.3.1).
  fileprivate var basicAuthorization: String {
    let pair = "\(Form.encoded(clientID)):\(Form.encoded(clientSecret.revealed))"
    return "Basic " + Data(pair.utf8).base64EncodedString()
  }
}

private func outcome<Value: Sendable>(
  _ work: () async throws(OpenIDError) -> Value
) async -> Result<Value, OpenIDError> {
  do { return .success(try await work()) } catch { return .failure(error) }
}
