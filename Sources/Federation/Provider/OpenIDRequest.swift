import Foundation

/// A sign-in that begins: where to send the browser, and what to keep until it is back.
public struct OpenIDRequest: Sendable {
  /// The provider’s page, with all that it needs to know.
  public let address: String
  /// To keep on our side, bound to this browser, and used once.
  public let kept: OpenIDKept
}

/// What ties the return of a browser to its departure; each of the three texts is 256 random bits.
public struct OpenIDKept: Sendable, Equatable {
  let state: OpenIDSecret
  let nonce: OpenIDSecret
  let verifier: OpenIDSecret
  let begun: Date

  init(at moment: Date) {
    (state, nonce, verifier) = (.random(), .random(), .random())
    // Whole seconds, so that the text below gives the same moment back.
    begun = Date(timeIntervalSince1970: moment.timeIntervalSince1970.rounded(.down))
  }

  /// Reads what ``text`` gave; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[..<3].allSatisfy({ Base64URL.bytes($0)?.count == 32 }), let seconds = Int64(parts[3])
    else { return nil }
    (state, nonce, verifier) = (OpenIDSecret(.init(parts[0])), .init(.init(parts[1])), .init(.init(parts[2])))
    begun = Date(timeIntervalSince1970: TimeInterval(seconds))
  }

  /// By what it is found when the browser is back: the digest of what comes with it, 64 hexadecimal signs.
  public var digest: String { state.digest }

  /// One line fit for a column or a cookie, to be sealed; never to show or log.
  public var text: String {
    let seconds = Int64(begun.timeIntervalSince1970)
    return [state.revealed, nonce.revealed, verifier.revealed, String(seconds)].joined(separator: ".")
  }
}

extension OpenIDKept: CustomStringConvertible, CustomReflectable {
  /// The word "secret".
  public var description: String { "secret" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What the browser brings back from the provider.
public struct OpenIDReturn: Sendable {
  let state: OpenIDSecret
  let code: OpenIDSecret?
  let issuer: String?
  let error: String?
  let errorDescription: String?

  /// Reads the query of the return address, without its question mark; at most 8 KiB.
  ///
  /// A parameter that comes twice, or that cannot be decoded, makes the whole refused.
  public init(query: String) throws(OpenIDError) {
    guard query.utf8.count <= 8192, let values = Form.parameters(query) else { throw .notUnderstood(.returned) }
    state = OpenIDSecret(values["state"] ?? "")
    code = values["code"].map { OpenIDSecret($0) }
    (issuer, error, errorDescription) = (values["iss"], values["error"], values["error_description"])
  }

  /// By what the kept part is found: that of ``OpenIDKept/digest`` when it is of the same sign-in.
  public var digest: String { state.digest }

  /// The same from values already read.
  public init(code: String, state: String) {
    (self.code, self.state) = (OpenIDSecret(code), OpenIDSecret(state))
    (issuer, error, errorDescription) = (nil, nil, nil)
  }
}
