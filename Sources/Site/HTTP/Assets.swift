import Clauses
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// What browsers receive beside pages: style sheets, scripts, fonts and pictures, in memory, each under a name that its content gives.
///
/// Read once at start from the folder that the set-up assembles. Only names of its manifest `assets.json` are served, so no path can lead elsewhere.
public struct Assets: Sendable {
  /// One file, as it is and in its compressed copies.
  struct File: Sendable {
    let type: String
    let plain: ByteBuffer
    let gzip: ByteBuffer?
    let brotli: ByteBuffer?
  }

  private let names: [String: String]
  private let files: [String: File]

  /// No file at all, for tests of pages.
  public static let none = Assets(names: [:], files: [:])

  private init(names: [String: String], files: [String: File]) {
    self.names = names
    self.files = files
  }

  /// Why the folder cannot be used.
  public struct Unusable: Error, CustomStringConvertible, Sendable {
    /// What is wrong and what to do, in French.
    public let description: String
  }

  /// Reads the manifest of a folder and every file that it names.
  public init(folder: String) throws(Unusable) {
    let manifest = "\(folder)/assets.json"
    guard let data = FileManager.default.contents(atPath: manifest) else {
      throw Unusable(
        description:
          "Le fichier «\u{A0}\(manifest)\u{A0}» manque\u{202F}: lancez «\u{A0}make setup\u{A0}» pour assembler les ressources des pages."
      )
    }
    guard let names = try? JSONDecoder().decode([String: String].self, from: data) else {
      throw Unusable(
        description:
          "Le fichier «\u{A0}\(manifest)\u{A0}» est illisible\u{202F}: lancez «\u{A0}make setup\u{A0}» pour l’écrire à nouveau."
      )
    }
    var files: [String: File] = [:]
    for name in names.values {
      guard !name.contains("/"), !name.hasPrefix("."), let plain = Self.bytes("\(folder)/\(name)") else {
        throw Unusable(
          description:
            "Le fichier «\u{A0}\(folder)/\(name)\u{A0}» manque\u{202F}: lancez «\u{A0}make setup\u{A0}» pour assembler les ressources des pages."
        )
      }
      files[name] = File(
        type: Self.type(of: name), plain: plain, gzip: Self.bytes("\(folder)/\(name).gz"),
        brotli: Self.bytes("\(folder)/\(name).br"))
    }
    self.init(names: names, files: files)
  }

  /// The address of an asset by its plain name (`theme.css`); nil where the manifest does not know it.
  public func address(_ name: String) -> Address? { names[name].map(Address.asset) }

  /// The plain names.
  public var known: Set<String> { Set(names.keys) }

  /// The response for a hashed name: kept for ever by browsers, in the smallest form that they accept.
  func response(to request: Request, name: String) throws(Problem) -> Response {
    guard let file = files[name] else { throw .notFound }
    let tag = "\"\(name)\""
    var headers: HTTPFields = [
      .cacheControl: "public, max-age=31536000, immutable", .eTag: tag, .vary: "Accept-Encoding",
    ]
    if request.headers[values: .ifNoneMatch].contains(where: { $0 == "*" || $0.contains(tag) }) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = file.type
    let accepted = AcceptedEncodings(request.headers[values: .acceptEncoding])
    if accepted.brotli, let brotli = file.brotli {
      headers[.contentEncoding] = "br"
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: brotli))
    }
    if accepted.gzip, let gzip = file.gzip {
      headers[.contentEncoding] = "gzip"
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: gzip))
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.plain))
  }

  private static func bytes(_ path: String) -> ByteBuffer? {
    FileManager.default.contents(atPath: path).map { ByteBuffer(bytes: $0) }
  }

  private static func type(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "ico": "image/x-icon"
    case "woff2": "font/woff2"
    case "json": "application/json"
    default: "application/octet-stream"
    }
  }
}

/// Which compressed forms a client takes: those that it names without `q=0`.
struct AcceptedEncodings {
  var gzip = false
  var brotli = false

  init(_ values: [String]) {
    for part in values.flatMap({ $0.split(separator: ",") }) {
      let words = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let name = words.first else { continue }
      let refused = words.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
      if name == "gzip" { gzip = !refused }
      if name == "br" { brotli = !refused }
    }
  }
}
