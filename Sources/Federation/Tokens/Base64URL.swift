import Foundation

/// Base64 of addresses (RFC 4648, section 5), without padding.
enum Base64URL {
  static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Only what ``text(_:)`` writes: one text for one value.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: plain + padding), Self.text(Array(data)) == text else { return nil }
    return Array(data)
  }
}
