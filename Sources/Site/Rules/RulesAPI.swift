import Casework
import HTTPTypes
import Hummingbird
import NIOCore

extension Routes {
  /// The rules of the field over HTTP: `GET /api/v1/rules`, `GET` and `POST /api/v1/rules/{name}`.
  ///
  /// A question is a computation, not a record: nothing is kept, and anyone may ask within the gate's limits. Wrong
  /// input answers 422 with every fault and its JSON pointer.
  mutating func rules(world: World, gate: Gate) {
    route(.rules(.list), right: ListRules.right) { _, context in
      Self.json(try ListRules().json(as: context.actor) ?? "{}")
    }
    route(.rules(.rule(Address.any)), right: ListRules.right) { _, context in
      let name = try context.identifier("name")
      guard let description = try ListRules(name: name).json(as: context.actor) else {
        throw Self.unknown(UnknownRule(name: name))
      }
      return Self.json(description)
    }
    route(.rules(.rule(Address.any)), method: .post, right: AskRule.right) { request, context in
      try Self.checkType(request)
      let name = try context.identifier("name")
      let body = try await request.body.collect(upTo: .max)
      let actor = context.actor
      return try await gate.compute(for: context.client) {
        do {
          let question = AskRule(name: name, input: Array(body.readableBytesView))
          return Self.json(try question.run(as: actor, with: world.figures, on: world.today()))
        } catch let unknown as UnknownRule {
          throw Self.unknown(unknown)
        } catch let refusal as RuleRefusal {
          return Self.json(refusal.json, status: .unprocessableContent)
        }
      }
    }
  }

  private static func unknown(_ rule: UnknownRule) -> Problem {
    Problem(.notFound, "\(rule)", remedy: "Lisez la liste des règles à l’adresse \(Address.rules(.list).href).")
  }

  private static func checkType(_ request: Request) throws {
    let type = request.headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased() }
    guard let type, type.filter({ $0 != " " }) == "application/json" else {
      throw Problem(
        .unsupportedMediaType, "La question d’une règle s’envoie en JSON.",
        remedy: "Ajoutez l’en-tête «\u{A0}Content-Type: application/json\u{A0}».")
    }
  }

  private static func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
