import Casework
import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever a page threw into a French page, or into JSON for the API.
struct ErrorPages: RouterMiddleware {
  typealias Context = SiteContext

  let shell: Shell
  let routes: RouteTable

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let problem as Problem {
      return respond(problem, to: request, context)
    } catch let forbidden as Forbidden {
      return refused(forbidden, request, context)
    } catch let error as any HTTPResponseError {
      return respond(translated(error.status, request), to: request, context)
    } catch is CancellationError {
      return respond(.unavailable, to: request, context)
    } catch {
      context.logger.error(
        "request failed", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "none")"])
      return respond(.fault(request: context.requestID), to: request, context)
    }
  }

  private func translated(_ status: HTTPResponse.Status, _ request: Request) -> Problem {
    guard status == .notFound else { return .plain(status) }
    let methods = routes.methods(at: request.uri.path)
    return methods.isEmpty || methods.contains(request.method) ? .notFound : .methodNotAllowed(methods)
  }

  /// Whoever lacks a session is sent to sign in and comes back; anyone else reads what is missing.
  private func refused(_ forbidden: Forbidden, _ request: Request, _ context: SiteContext) -> Response {
    let isPage = request.method == .get && !request.uri.path.hasPrefix("/api/")
    guard forbidden.reason == .signIn, isPage else {
      let isKeyless = forbidden.reason == .signIn && request.uri.path.hasPrefix("/api/")
      return respond(isKeyless ? .keyAsked : Problem(forbidden), to: request, context)
    }
    return .redirect(to: .access(.signIn(Query().setting("suite", request.uri.description))))
  }

  private func respond(_ problem: Problem, to request: Request, _ context: SiteContext) -> Response {
    var response =
      request.uri.path.hasPrefix("/api/") || request.uri.path == "/api"
      ? ProblemJSON.response(problem) : shell.page(ErrorPages.page(problem), for: context, status: problem.status)
    for field in problem.headers { response.headers[field.name] = field.value }
    return response
  }

  /// The page of a problem.
  static func page(_ problem: Problem) -> Page {
    Page(title: problem.what, section: nil) {
      """
      <p class="lead">\(problem.remedy)</p>
      \(when(problem.place) { "<p class=\"text-body-secondary\">\($0)</p>" })
      <p><a class="btn btn-primary" href="\(problem.way?.address ?? .home)">\(problem.way?.label ?? "Revenir à l’accueil")</a></p>
      """
    }
  }
}

/// A problem in the form of RFC 9457.
enum ProblemJSON {
  static func response(_ problem: Problem) -> Response {
    var text = "{\"type\":\"about:blank\",\"status\":\(problem.status.code),\"title\":\(quoted(problem.what))"
    if let place = problem.place { text += ",\"where\":\(quoted(place))" }
    text += ",\"detail\":\(quoted(problem.remedy))}"
    return Response(
      status: problem.status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x00..<0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
