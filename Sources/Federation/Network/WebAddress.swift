import Foundation

/// An address to which codes, tokens and people may be sent: https, or http on this very machine.
struct WebAddress: Sendable, Equatable {
  /// As it was written.
  let text: String
  let host: String
  /// Whether it can only be this machine: `127.0.0.1`, `::1` or `localhost`.
  let isLoopback: Bool

  /// Nil for anything else than an absolute address with a host, without an account in it and without a fragment.
  init?(_ text: String) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil, !text.contains("@")
    else { return nil }
    self.text = text
    self.host = host.lowercased()
    isLoopback = ["127.0.0.1", "::1", "[::1]", "localhost"].contains(self.host)
    guard scheme == "https" || scheme == "http" && isLoopback else { return nil }
  }

  /// The same with more parameters, each percent-encoded.
  func adding(_ parameters: [(String, String)]) -> String {
    text + (text.contains("?") ? "&" : "?") + Form.text(parameters)
  }
}

/// Names and values as forms and addresses carry them (application/x-www-form-urlencoded).
enum Form {
  static func text(_ parameters: [(String, String)]) -> String {
    parameters.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }

  /// Everything but letters, digits and `-._~` is percent-encoded; a space too, which every reader of forms accepts.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(.init(byte))
      default: result += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }

  /// The parameters of a query; nil when one cannot be decoded or comes twice (RFC 6749, section 3.1).
  static func parameters(_ query: String) -> [String: String]? {
    var result: [String: String] = [:]
    for part in query.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let decoded = pair.map { $0.replacing("+", with: " ").removingPercentEncoding }
      guard let name = decoded[0], let value = decoded.count > 1 ? decoded[1] : "", result[name] == nil else {
        return nil
      }
      result[name] = value
    }
    return result
  }
}
