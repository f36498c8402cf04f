import Casework
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// What a form sent, once its mark was checked.
struct Form: Sendable {
  /// The longest that a form of text may be, in bytes.
  static let longest = 64 * 1024
  /// The field that holds the mark.
  static let mark = "jeton"

  let fields: Query

  /// Reads the body of a request; throws the page of a form that is not ours.
  init(_ request: Request, _ context: SiteContext, longest: Int = Form.longest) async throws {
    let type = request.headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased() } ?? ""
    guard type == "application/x-www-form-urlencoded" else {
      throw Problem(
        .unsupportedMediaType, "Ce formulaire n’est pas lisible.", remedy: "Envoyez-le depuis sa page.")
    }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: longest)
    } catch is NIOTooManyBytesError {
      throw Problem.tooLarge(limit: longest)
    }
    fields = try Query(parsing: String(buffer: body))
    guard let token = context.guest.formToken, let mark = fields[Self.mark], token.matches(mark) else {
      throw Problem.foreignForm
    }
  }

  /// A field as typed, spaces at its ends left out; empty where it is absent.
  subscript(_ name: String) -> String { fields[name] ?? "" }

  /// A field exactly as typed, for passwords.
  func exact(_ name: String) -> String { fields.fields.first { $0.name == name }?.value ?? "" }

  /// What a field holds where it was sent, blank or not; nil where the form does not have it.
  func given(_ name: String) -> String? { fields.fields.first { $0.name == name }?.value }

  /// Whether a box is ticked.
  func isTicked(_ name: String) -> Bool { fields[name] != nil }
}

extension SiteContext {
  /// The hidden field that marks a form as ours.
  var formMark: HTML {
    "<input type=\"hidden\" name=\"\(Form.mark)\" value=\"\(guest.formToken?.masked ?? "")\">"
  }

  /// The browser and the system, in a few words, for the list of sessions.
  static func device(_ request: Request) -> String {
    let agent = request.headers[.userAgent] ?? ""
    let browsers = [
      ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    let systems = [
      ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
      ("Linux", "Linux"),
    ]
    let browser = browsers.first { agent.contains($0.0) }?.1 ?? "Navigateur inconnu"
    guard let system = systems.first(where: { agent.contains($0.0) })?.1 else { return browser }
    return "\(browser) sur \(system)"
  }
}

extension Response {
  /// Goes on to another page, by a GET.
  static func redirect(to address: Address, cookies: [String] = []) -> Response {
    redirect(toPath: address.href, cookies: cookies)
  }

  /// Goes on to a path of ours.
  static func redirect(toPath path: String, cookies: [String] = []) -> Response {
    var response = Response(status: .seeOther, headers: [.location: path])
    for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }
}

/// The path to which someone goes back after signing in: only one of ours.
enum ReturnPath {
  /// The path where it is ours; the home page otherwise.
  static func safe(_ path: String?) -> String {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), path.utf8.count <= 2000,
      path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F })
    else { return Address.home.href }
    return path
  }
}
