import Hummingbird
import NIOCore

/// The state of the service as the composition root finds it: database, disk, migrations.
public struct Health: Sendable {
  /// One thing that was checked.
  public struct Check: Sendable {
    /// Its name, for machines: `database`, `disk`, `migrations`.
    public let name: String
    /// Whether it is well.
    public let isWell: Bool
    /// What was found, without anything private: versions, free space.
    public let detail: String

    /// A check from its parts.
    public init(name: String, isWell: Bool, detail: String) {
      self.name = name
      self.isWell = isWell
      self.detail = detail
    }
  }

  /// What was checked, in order.
  public var checks: [Check]

  /// A state from its checks.
  public init(_ checks: [Check]) { self.checks = checks }

  /// Whether everything is well.
  public var isWell: Bool { checks.allSatisfy(\.isWell) }

  /// JSON with 200 when all is well, 503 otherwise.
  func response() -> Response {
    let rows = checks.map {
      "{\"name\":\(ProblemJSON.quoted($0.name)),\"ok\":\($0.isWell),\"detail\":\(ProblemJSON.quoted($0.detail))}"
    }
    let text = "{\"ok\":\(isWell),\"checks\":[\(rows.joined(separator: ","))]}\n"
    return Response(
      status: isWell ? .ok : .serviceUnavailable,
      headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
