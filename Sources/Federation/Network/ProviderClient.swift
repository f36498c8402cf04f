import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks the provider, within limits: no redirect is followed, no cookie kept, nothing decompressed, an answer has so
/// many bytes and so much time.
struct ProviderClient: Sendable {
  private let http: HTTPClient
  private let timeout: Duration
  private let mostBytes: Int

  /// One answer, whole.
  struct Answer: Sendable {
    let status: Int
    /// `application/json`, in lower case and without its parameters.
    let mediaType: String
    let body: [UInt8]

    /// The body read as JSON; nil when it is something else.
    func json<T: Decodable>(_ type: T.Type = T.self) -> T? { try? JSONDecoder().decode(type, from: Data(body)) }
  }

  init(_ settings: OpenIDSettings) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .nanoseconds(settings.timeout.nanoseconds)),
      decompression: .disabled)
    configuration.httpVersion = .http1Only
    // A connection that the provider may have closed meanwhile is not worth a failed sign-in.
    configuration.connectionPool.idleTimeout = .seconds(5)
    configuration.connectionPool.retryConnectionEstablishment = false
    http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    (timeout, mostBytes) = (settings.timeout, settings.mostBytes)
  }

  func close() async { try? await http.shutdown() }

  /// Reads a document.
  func get(
    _ address: WebAddress, accept: String, bearer: OpenIDSecret? = nil
  ) async throws(OpenIDError) -> Answer {
    var request = HTTPClientRequest(url: address.text)
    request.headers.add(name: "Accept", value: accept)
    if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer.revealed)") }
    return try await answer(to: request, of: address.host)
  }

  /// Sends a form.
  func post(
    _ form: [(String, String)], to address: WebAddress, authorization: String?
  ) async throws(OpenIDError) -> Answer {
    var request = HTTPClientRequest(url: address.text)
    request.method = .POST
    request.headers.add(name: "Accept", value: "application/json")
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    if let authorization { request.headers.add(name: "Authorization", value: authorization) }
    request.body = .bytes(ByteBuffer(string: Form.text(form)))
    return try await answer(to: request, of: address.host)
  }

  private func answer(to request: HTTPClientRequest, of host: String) async throws(OpenIDError) -> Answer {
    do {
      // The client’s own deadline ends with the head of the answer; ours covers its body too.
      let answer = try await withThrowingTaskGroup(of: Answer?.self) { group in
        group.addTask { try await exchange(request) }
        group.addTask {
          try await Task.sleep(for: timeout)
          return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
      }
      guard !Task.isCancelled else { throw OpenIDError.interrupted }
      guard let answer else { throw OpenIDError.slow(host: host) }
      guard !(300..<400).contains(answer.status) else { throw OpenIDError.redirected(host: host) }
      return answer
    } catch {
      throw named(error, host)
    }
  }

  private func exchange(_ request: HTTPClientRequest) async throws -> Answer {
    let response = try await http.execute(request, timeout: .nanoseconds(timeout.nanoseconds))
    let body = try await response.body.collect(upTo: mostBytes)
    let type = response.headers.first(name: "Content-Type") ?? ""
    let bare = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    return Answer(status: Int(response.status.code), mediaType: bare, body: Array(body.readableBytesView))
  }

  private func named(_ error: any Error, _ host: String) -> OpenIDError {
    switch error {
    case let error as OpenIDError: error
    case is NIOTooManyBytesError: .tooLarge(host: host, most: mostBytes)
    case is CancellationError: .interrupted
    case let error as HTTPClientError where error == .cancelled: .interrupted
    case let error as HTTPClientError
    where [.deadlineExceeded, .connectTimeout, .readTimeout, .tlsHandshakeTimeout].contains(error):
      .slow(host: host)
    default:
      .unreachable(host: host, reason: ForeignText.line(String(describing: error), most: 160) ?? "?")
    }
  }
}

extension Duration {
  /// At most what 64 bits hold.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : whole + attoseconds / 1_000_000_000
  }
}
