import Foundation
import HTTPTypes

/// The description of the interface for programs (OpenAPI 3.1), written from the operations themselves.
struct OpenAPI {
  let operations: [APIOperation]
  /// Shapes that several operations use, by name.
  let shapes: [String: JSONSchema]
  /// What this installation answers to.
  let server: String

  /// The document as JSON.
  func text() throws -> String {
    var paths: [String: JSONTree] = [:]
    for operation in operations {
      let template = operation.address.template
      paths[template] = (paths[template] ?? .object([:])).adding([
        operation.method.rawValue.lowercased(): Self.tree(operation)
      ])
    }
    let document = JSONTree.object([
      "openapi": .text("3.1.0"),
      "info": .object([
        "title": .text("Marchepied"), "version": .text("1"),
        "description": .text(
          "Interface pour les logiciels. Les données publiques se lisent sans clé ; le reste demande une clé d’accès, "
            + "créée sur la fiche d’une organisation. Les montants sont en centimes d’euro, les jours s’écrivent "
            + "AAAA-MM-JJ, un champ absent n’est pas connu."),
        "license": .object(["name": .text("Apache-2.0"), "identifier": .text("Apache-2.0")]),
      ]),
      "servers": .list([.object(["url": .text(server)])]),
      "paths": .object(paths),
      "components": .object([
        "schemas": .object(shapes.mapValues { JSONTree($0) }),
        "securitySchemes": .object([
          "key": .object([
            "type": .text("http"), "scheme": .text("bearer"),
            "description": .text("Clé d’accès d’une organisation."),
          ])
        ]),
      ]),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  private static func tree(_ operation: APIOperation) -> JSONTree {
    var responses: [String: JSONTree] = ["200": response("Ce qui est demandé.", operation.answer)]
    for (status, schema) in operation.refusals { responses[String(status)] = response(meaning(status), schema) }
    responses["default"] = response(
      "La demande n’a pas abouti : le problème, et comment y remédier.", .named("Problem"))
    var fields: [String: JSONTree] = [
      "operationId": .text(operation.name), "summary": .text(operation.summary), "responses": .object(responses),
      "security": .list(
        operation.needsKey ? [.object(["key": .list([])])] : [.object([:]), .object(["key": .list([])])]),
    ]
    let parameters =
      operation.identifiers.map { parameter($0, "path") } + operation.parameters.map { parameter($0, "query") }
    if !parameters.isEmpty { fields["parameters"] = .list(parameters) }
    if let body = operation.body {
      fields["requestBody"] = .object([
        "description": .text(body.meaning), "required": .flag(true),
        "content": .object(["application/json": .object(["schema": JSONTree(body.schema)])]),
      ])
    }
    return .object(fields)
  }

  private static func parameter(_ parameter: APIParameter, _ place: String) -> JSONTree {
    .object([
      "name": .text(parameter.name), "in": .text(place), "required": .flag(place == "path"),
      "description": .text(parameter.meaning), "schema": JSONTree(parameter.schema),
    ])
  }

  private static func response(_ meaning: String, _ schema: JSONSchema) -> JSONTree {
    let isProblem = if case .named("Problem") = schema { true } else { false }
    return .object([
      "description": .text(meaning),
      "content": .object([
        isProblem ? "application/problem+json" : "application/json": .object(["schema": JSONTree(schema)])
      ]),
    ])
  }

  private static func meaning(_ status: Int) -> String {
    switch status {
    case 401: "Une clé d’accès est demandée, ou celle-ci ne sert pas."
    case 403: "La clé n’ouvre pas cette information."
    case 404: "Rien ne se trouve à cette adresse, ou rien que cette clé puisse voir."
    case 422: "La question est mal remplie : chaque faute, avec sa place."
    default: "La demande n’a pas abouti."
    }
  }
}
