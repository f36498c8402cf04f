/// What a provider of identities and we have agreed upon, and how patient we are with it.
public struct OpenIDSettings: Sendable {
  /// The provider’s name, which is also the address under which it describes itself.
  public let issuer: String
  /// Our name with it.
  public let clientID: String
  let clientSecret: OpenIDSecret
  /// Where it sends the browser back; exactly as it was declared to it.
  public let redirectAddress: String
  /// What is asked about the person; `openid` is among them.
  public let scopes: [String]
  /// The levels of assurance asked for, best first; empty: the parameter is not sent, and the provider chooses.
  public let acrValues: [String]
  /// The JSON of the parameter `claims`, where more than scopes is asked for (ProConnect: `amr`); nil: not sent.
  public let claims: String?
  /// How long one exchange with the provider may take, from connection to last byte.
  public let timeout: Duration
  /// How many bytes one of its answers may have.
  public let mostBytes: Int
  /// How long a person may take at the provider’s.
  public let patience: Duration
  let issuerAddress: WebAddress

  /// What ProConnect gives to whoever declares no more.
  public static let proConnectScopes = ["openid", "given_name", "usual_name", "email", "siret"]

  /// Takes the settings, and refuses those that would send secrets or people over an open line.
  ///
  /// The issuer and the return address must be https, or http on 127.0.0.1, ::1 or localhost.
  public init(
    issuer: String, clientID: String, clientSecret: OpenIDSecret, redirectAddress: String,
    scopes: [String] = OpenIDSettings.proConnectScopes, acrValues: [String] = ["eidas1"], claims: String? = nil,
    timeout: Duration = .seconds(10), mostBytes: Int = 256 * 1024, patience: Duration = .seconds(15 * 60)
  ) throws(OpenIDError) {
    guard let address = WebAddress(issuer), !issuer.contains("?") else { throw .setting(.issuer) }
    guard WebAddress(redirectAddress) != nil else { throw .setting(.redirectAddress) }
    guard !clientID.isEmpty else { throw .setting(.clientID) }
    guard !clientSecret.revealed.isEmpty else { throw .setting(.clientSecret) }
    guard scopes.contains("openid"), (scopes + acrValues).allSatisfy(OpenIDSettings.isWord) else {
      throw .setting(.scopes)
    }
    guard timeout > .zero, mostBytes > 0, patience > .zero else { throw .setting(.limits) }
    issuerAddress = address
    (self.issuer, self.clientID, self.clientSecret) = (issuer, clientID, clientSecret)
    (self.redirectAddress, self.scopes, self.acrValues, self.claims) = (redirectAddress, scopes, acrValues, claims)
    (self.timeout, self.mostBytes, self.patience) = (timeout, mostBytes, patience)
  }

  private static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
  }

  /// Whether an address that the provider names may be called: https; http on this machine only when the provider
  /// itself is on it.
  func accepts(_ address: WebAddress) -> Bool {
    address.text.lowercased().hasPrefix("https:") || issuerAddress.isLoopback
  }
}
