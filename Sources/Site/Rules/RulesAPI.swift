import Casework
import HTTPTypes
import Hummingbird

extension Routes {
  /// The rules of the field over HTTP: `GET /api/v1/rules`, `GET` and `POST /api/v1/rules/{name}`.
  ///
  /// A question is a computation, not a record: nothing is kept, and anyone may ask within the gate's limits. Wrong
  /// input answers 422 with every fault and its JSON pointer.
  mutating func rules(world: World, gate: Gate) {
    let name = APIParameter("name", .name, "Nom de la règle, tel que la liste le donne.")
    operation(
      APIOperation(
        name: "listRules", method: .get, address: .rules(.list), right: ListRules.right,
        summary: "Les règles du métier que l’on peut interroger, avec leurs champs et un exemple.",
        answer: .object([.init("rules", "Les règles.", .list(of: .named("Rule")))]))
    ) { _, _, context in
      .json(try ListRules().json(as: context.actor) ?? "{}")
    }
    operation(
      APIOperation(
        name: "readRule", method: .get, address: .rules(.rule(Address.any)), right: ListRules.right,
        summary: "Une règle\u{202F}: ses champs et un exemple.", identifiers: [name],
        answer: .object([.init("rules", "La règle, seule.", .list(of: .named("Rule")))]),
        refusals: [404: .named("Problem")])
    ) { _, _, context in
      let name = try context.identifier("name")
      guard let description = try ListRules(name: name).json(as: context.actor) else {
        throw Self.unknown(UnknownRule(name: name))
      }
      return .json(description)
    }
    operation(
      APIOperation(
        name: "askRule", method: .post, address: .rules(.rule(Address.any)), right: AskRule.right,
        summary: "Interroge une règle\u{202F}: un calcul, dont rien n’est gardé.", identifiers: [name],
        body: .init(meaning: "Les champs que la règle déclare.", schema: .anyObject), answer: .anyObject,
        refusals: [404: .named("Problem"), 422: .named("Faults")])
    ) { _, request, context in
      try Self.checkType(request)
      let name = try context.identifier("name")
      let body = try await request.body.collect(upTo: .max)
      let actor = context.actor
      return try await gate.compute(for: context.client) {
        do {
          let question = AskRule(name: name, input: Array(body.readableBytesView))
          return .json(try question.run(as: actor, with: world.figures, on: world.today()))
        } catch let unknown as UnknownRule {
          throw Self.unknown(unknown)
        } catch let refusal as RuleRefusal {
          return .json(refusal.json, status: .unprocessableContent)
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
}
