import Casework
import HTTPTypes
import Hummingbird

/// Collects the routes before the router is built, each with its address and its right.
///
/// `right` has no default: a route that does not declare it does not compile.
struct Routes {
  typealias Handler = @Sendable (Request, SiteContext) async throws -> Response

  private struct Declared {
    let address: Address
    let method: HTTPRequest.Method
    let right: Right
    let handler: Handler
  }

  private var declared: [Declared] = []
  private(set) var table = RouteTable()
  /// The paths where files are sent.
  private(set) var uploads: Set<String> = []
  /// The operations of the interface for programs, in the order of their declaration.
  private(set) var operations: [APIOperation] = []
  let shell: Shell

  init(shell: Shell) { self.shell = shell }

  /// A route that answers with any response.
  mutating func route(
    _ address: Address, method: HTTPRequest.Method = .get, right: Right, respond handler: @escaping Handler
  ) {
    declared.append(Declared(address: address, method: method, right: right, handler: handler))
    table.add(RouteTable.Entry(method: method, template: address.template, right: right))
  }

  /// A route that answers with a page.
  mutating func route(
    _ address: Address, right: Right, page: @escaping @Sendable (Request, SiteContext) async throws -> Page
  ) {
    let shell = shell
    route(address, right: right) { request, context in shell.page(try await page(request, context), for: context) }
  }

  /// A form that changes something: its mark is checked before anything is read of it; `longest` is in bytes.
  mutating func form(
    _ address: Address, right: Right, longest: Int = Form.longest,
    send handler: @escaping @Sendable (Form, Request, SiteContext) async throws -> Response
  ) {
    route(address, method: .post, right: right) { request, context in
      try await handler(try await Form(request, context, longest: longest), request, context)
    }
  }

  /// A form that sends a file, to an address without identifier; the file is removed once it is answered.
  mutating func upload(
    _ address: Address, right: Right, in world: World,
    send handler: @escaping @Sendable (Upload, SiteContext) async throws -> Response
  ) {
    uploads.insert(address.template)
    let gate = Gate.uploads()
    route(address, method: .post, right: right) { request, context in
      // Whoever sends slowly holds nobody back: only the reading of what came is let in a few at a time.
      let upload = try await Upload(request, context, folder: try world.files.temporaryFolder())
      defer { upload.discard() }
      return try await gate.run(for: context.client) { try await handler(upload, context) }
    }
  }

  /// An operation of the interface for programs: the values that its address gives were found to be of their form.
  mutating func operation(
    _ operation: APIOperation, answer: @escaping @Sendable (APIQuery, Request, SiteContext) async throws -> Response
  ) {
    operations.append(operation)
    route(operation.address, method: operation.method, right: operation.right) { request, context in
      if operation.needsKey, context.key == nil { throw Problem.keyAsked }
      return try await answer(try APIQuery(request, operation.parameters), request, context)
    }
  }

  /// Puts the routes into a router whose middlewares are already there.
  func install(in router: Router<SiteContext>) {
    for route in declared {
      router.on(RouterPath(stringLiteral: route.address.template), method: route.method) { request, context in
        try context.actor.authorise(route.right)
        return try await route.handler(request, context)
      }
    }
  }
}
