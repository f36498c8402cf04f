public import Casework
public import Hummingbird
import Logging
import NIOCore

/// What travels with a request from the first middleware to the page.
public struct SiteContext: RequestContext {
  /// What Hummingbird itself keeps.
  public var coreContext: CoreRequestContextStorage
  /// The address of the peer on the network, without port; nil for a local socket or a test without network.
  public let peer: String?
  /// The address of whom the request is for: the peer's, or the one that a trusted proxy names.
  public var client: String?

  /// Who asks.
  public var actor = Actor.visitor
  /// The key that a program sent; nil for a browser, or for a program that sends none.
  var key: RecogniseKey.Answer?
  /// What the frame of the page shows of them.
  var guest = Guest()
  /// Whether this is a demonstration.
  var isDemonstration = false
  /// The path and query of the page asked for; nil for a form.
  var path: String?

  /// The context of a request that has just come in.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress
    client = peer
  }

  /// Whether the request comes from this machine, by no proxy for another.
  var isLocal: Bool { client.map { $0.hasPrefix("127.") || $0 == "::1" || $0.hasPrefix("::ffff:127.") } ?? true }

  /// The number that ties a response to its log lines.
  public var requestID: String { logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "inconnue" }

  /// The value of an identifier in the path, percent-decoded.
  ///
  /// Throws the 404 page where it is absent or does not decode to UTF-8 text.
  public func identifier(_ name: String) throws(Problem) -> String {
    guard let raw = parameters.get(name), let text = PercentCode.decode(raw), !text.isEmpty else { throw .notFound }
    return text
  }
}
