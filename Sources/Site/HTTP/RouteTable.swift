public import Casework
public import HTTPTypes

/// Every route with its right, so that a test can read them all and an error can tell which methods an address takes.
public struct RouteTable: Sendable {
  /// One route.
  public struct Entry: Sendable {
    /// Its method.
    public let method: HTTPRequest.Method
    /// Its template, as ``Address/template`` gives it.
    public let template: String
    /// The right that it asks for.
    public let right: Right
  }

  /// The routes in the order of their declaration.
  public private(set) var entries: [Entry] = []

  mutating func add(_ entry: Entry) { entries.append(entry) }

  /// The methods of the routes that match a path, HEAD with GET.
  func methods(at path: String) -> [HTTPRequest.Method] {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    var methods: [HTTPRequest.Method] = []
    for entry in entries where matches(entry.template, parts) {
      methods.append(entry.method)
      if entry.method == .get { methods.append(.head) }
    }
    return methods
  }

  private func matches(_ template: String, _ parts: [Substring.UTF8View]) -> Bool {
    let words = template.utf8.split(separator: UInt8(ascii: "/"))
    guard words.count == parts.count else { return false }
    return zip(words, parts).allSatisfy { word, part in
      word.first == UInt8(ascii: "{") || word.elementsEqual(part)
    }
  }
}
