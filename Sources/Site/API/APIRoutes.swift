import Casework
import Clauses
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Routes {
  /// What other programs read beside the rules, and the description of it all; declared last, since it holds the others.
  mutating func programs(world: World) {
    contracts(world: world)
    structuresForPrograms(world: world)
    ownKey()
    organisationsForPrograms(world: world)
    describe(world: world)
  }

  private mutating func contracts(world: World) {
    operation(
      APIOperation(
        name: "listContracts", method: .get, address: .programs(.contracts), right: ListSpotting.right,
        summary: "Les marchés publiés, jugés par les quatre critères, 50 à la fois.",
        parameters: ContractFilter.parameters, answer: ContractsJSON.schema)
    ) { query, _, context in
      let (filter, order, place) = ContractFilter.read(query)
      let page = try await ListSpotting(filter: filter, order: order, place: place).run(as: context.actor, in: world)
      return try .api(
        ContractsJSON(
          contracts: page.items.map { ContractJSON($0) }, count: page.count, countIsCapped: page.countIsCapped,
          next: page.next.map { "\($0)" }))
    }
  }

  private mutating func structuresForPrograms(world: World) {
    operation(
      APIOperation(
        name: "listStructures", method: .get, address: .programs(.structures), right: ListStructures.right,
        summary: "Les structures d’insertion, 50 à la fois.",
        parameters: [
          .init("kind", .word(StructureKind.allCases.map(\.rawValue)), "Sorte de structure."),
          .init("departement", .departement, "Département."),
          .init("text", .text(longest: 100), "Mots du nom."),
          .init("near", .text(longest: 100), "Commune (nom ou code postal) d’où mesurer les distances."),
          .init("kilometres", .whole(1...2000), "Distance au plus, si un lieu est donné."),
          .init("page", .whole(0...10_000), "Page, à partir de 0."),
        ], answer: StructuresJSON.schema)
    ) { query, _, context in
      var filter = StructureFilter()
      filter.kind = query["kind"].flatMap { StructureKind(rawValue: $0) }
      filter.departement = query["departement"].flatMap { DepartementCode($0) }
      (filter.text, filter.near) = (query["text"], query["near"])
      if let kilometres = query.whole("kilometres") { filter.kilometres = kilometres }
      let list = try await ListStructures(filter: filter, page: query.whole("page") ?? 0)
        .run(as: context.actor, in: world)
      return try .api(
        StructuresJSON(
          structures: list.items.map { StructureJSON($0) }, count: list.count, hasNext: list.hasNext))
    }
  }

  private mutating func ownKey() {
    operation(
      APIOperation(
        name: "readKey", method: .get, address: .programs(.key), right: .readPublicData, needsKey: true,
        summary: "La clé envoyée\u{202F}: pour qui, jusqu’à quand, ce qu’elle ouvre.", answer: KeyJSON.schema,
        refusals: [401: .named("Problem")])
    ) { _, _, context in
      guard let key = context.key else { throw Problem.keyAsked }
      return try .api(KeyJSON(key))
    }
  }

  private mutating func organisationsForPrograms(world: World) {
    let refused: [Int: JSONSchema] = [401: .named("Problem"), 403: .named("Problem")]
    let id = APIParameter("id", .identifier, "Identifiant de l’organisation.")
    operation(
      APIOperation(
        name: "listOrganisations", method: .get, address: .programs(.organisations), right: ListOrganisations.right,
        needsKey: true, summary: "Les organisations que la clé voit, 50 à la fois.",
        parameters: [
          .init("text", .text(longest: 100), "Mots du nom."),
          .init("state", .word(OrganisationState.allCases.map(\.rawValue)), "Où en est l’inscription."),
          .init("page", .whole(0...10_000), "Page, à partir de 0."),
        ], answer: OrganisationsJSON.schema, refusals: refused)
    ) { query, _, context in
      let model = try await ListOrganisations(
        words: query["text"], state: query["state"].flatMap { OrganisationState(rawValue: $0) },
        page: query.whole("page") ?? 0
      ).run(as: context.actor, in: world)
      return try .api(
        OrganisationsJSON(organisations: model.lines.map { OrganisationJSON($0) }, count: model.total))
    }
    operation(
      APIOperation(
        name: "readOrganisation", method: .get, address: .programs(.organisation(Address.any)),
        right: ShowOrganisation.right, needsKey: true, summary: "Une organisation.", identifiers: [id],
        answer: .named("Organisation"), refusals: refused.merging([404: .named("Problem")]) { _, new in new })
    ) { _, _, context in
      guard let model = try await ShowOrganisation(try context.organisation()).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return try .api(OrganisationJSON(model.organisation))
    }
    operation(
      APIOperation(
        name: "listMembers", method: .get, address: .programs(.members(Address.any)), right: ListMembers.right,
        needsKey: true, summary: "Les membres présents d’une organisation.", identifiers: [id],
        answer: MembersJSON.schema, refusals: refused.merging([404: .named("Problem")]) { _, new in new })
    ) { _, _, context in
      guard let model = try await ListMembers(try context.organisation()).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return try .api(MembersJSON(model))
    }
  }

  private mutating func describe(world: World) {
    let itself = APIOperation(
      name: "readDescription", method: .get, address: .programs(.description), right: .readPublicData,
      summary: "Cette description.", answer: .anyObject)
    let document = OpenAPI(operations: operations + [itself], shapes: APIShapes.all, server: world.access.site)
    operation(itself) { _, _, _ in .json(try document.text()) }
    let all = operations
    route(.programs(.guide), right: .readPublicData) { _, _ in APIGuideView(operations: all).page }
  }
}

/// What a program asks of the list of contracts.
private enum ContractFilter {
  static let parameters: [APIParameter] = [
    .init("kind", .word(AwardNotice.Kind.allCases.map(\.rawValue)), "Marché ou concession."),
    .init("departement", .departement, "Département d’exécution."),
    .init("buyer", .text(longest: 100), "SIRET, SIREN ou mots du nom de l’acheteur."),
    .init("cpv", .digits(2...8), "Premiers chiffres du code CPV."),
    .init("amountFrom", .whole(0...1_000_000_000_000), "Montant hors taxes au moins, en euros."),
    .init("amountTo", .whole(0...1_000_000_000_000), "Montant hors taxes au plus, en euros."),
    .init("from", .month, "Premier mois de la fin prévue."),
    .init("to", .month, "Dernier mois de la fin prévue."),
    .init(
      "consideration", .word(SpottingFilter.Consideration.allCases.map(\.rawValue)),
      "Ce qui est déclaré d’une considération sociale."),
    .init(
      "criteria", .words(SpottingFilter.Criterion.allCases.map(\.rawValue)),
      "Critères qui doivent être remplis\u{202F}; se répète."),
    .init("text", .text(longest: 200), "Mots de l’objet, de l’acheteur ou du titulaire."),
    .init("order", .word(SpottingFilter.Order.allCases.map(\.rawValue)), "Ordre de la liste."),
    .init("cursor", .place, "Où reprendre\u{202F}: «\u{A0}next\u{A0}» de la page précédente."),
  ]

  static func read(_ query: APIQuery) -> (SpottingFilter, SpottingFilter.Order, SpottingPlace?) {
    var filter = SpottingFilter()
    filter.kind = query["kind"].flatMap { AwardNotice.Kind(rawValue: $0) }
    filter.departement = query["departement"].flatMap { DepartementCode($0) }
    (filter.buyer, filter.cpv, filter.text) = (query["buyer"], query["cpv"], query["text"])
    filter.amountFrom = query.whole("amountFrom").map { Euros(cents: Int64($0) * 100) }
    filter.amountTo = query.whole("amountTo").map { Euros(cents: Int64($0) * 100) }
    (filter.from, filter.to) = (query["from"].flatMap { Month($0) }, query["to"].flatMap { Month($0) })
    filter.consideration = query["consideration"].flatMap { SpottingFilter.Consideration(rawValue: $0) }
    filter.criteria = Set(query.all("criteria").compactMap { SpottingFilter.Criterion(rawValue: $0) })
    let order = query["order"].flatMap { SpottingFilter.Order(rawValue: $0) } ?? .priority
    return (filter, order, query["cursor"].flatMap { SpottingPlace($0) })
  }
}

/// The shapes that several operations use.
private enum APIShapes {
  static let all: [String: JSONSchema] = [
    "Contract": ContractJSON.schema, "Structure": StructureJSON.schema, "Organisation": OrganisationJSON.schema,
    "Problem": .object([
      .init("type", "Toujours about:blank\u{202F}: le statut dit la sorte.", .text()),
      .init("status", "Statut HTTP.", .whole(from: 400, to: 599)), .init("title", "Ce qui ne va pas.", .text()),
      .init("where", "À quel endroit.", .text(), isOptional: true), .init("detail", "Comment y remédier.", .text()),
    ]),
    "Rule": .object([
      .init("name", "Nom stable.", .text()), .init("summary", "Ce à quoi elle répond.", .text()),
      .init(
        "fields", "Ses champs.",
        .list(of: .object([.init("name", "Nom.", .text()), .init("meaning", "Sens.", .text())]))),
      .init("example", "Une question qui marche, en JSON.", .text()),
    ]),
    "Faults": .object([
      .init(
        "faults", "Chaque faute.",
        .list(
          of: .object([
            .init("pointer", "Place dans la question (RFC 6901).", .text()),
            .init("sentence", "Ce qui ne va pas, et comment y remédier.", .text()),
          ])))
    ]),
  ]
}

extension Response {
  /// JSON as text.
  static func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// A value as JSON, its fields in the order of their names.
  static func api(_ value: some Encodable) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return json(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
