public import Casework
import Clauses
import HTTPTypes
import Hummingbird
import NIOCore

/// What a list is written to when someone takes it away.
public struct ExportedFile: Sendable {
  /// The name that the browser proposes.
  public let name: String
  /// Its media type.
  public let type: String
  /// Its content.
  public let bytes: [UInt8]

  /// A file from its parts.
  public init(name: String, type: String, bytes: [UInt8]) {
    self.name = name
    self.type = type
    self.bytes = bytes
  }
}

/// Writes the filtered list of spotting as a file, for whoever asks.
public typealias SpottingExport =
  @Sendable (Address.Format, SpottingFilter, SpottingFilter.Order, Actor) async throws -> ExportedFile

extension Routes {
  /// Every page, over a world.
  mutating func pages(world: World, export: SpottingExport?, gate: Gate = .exports(), questions: Gate = .rules()) {
    route(.home, right: ShowWelcome.right) { _, context in
      HomeView(model: try await ShowWelcome().run(as: context.actor, in: world)).page
    }
    spotting(world: world, export: export, gate: gate)
    territories(world: world)
    structures(world: world)
    calculators(world: world)
    rules(world: world, gate: questions)
    route(.desk(.imports), right: ListImports.right) { _, context in
      ImportsView(model: try await ListImports().run(as: context.actor, in: world)).page
    }
  }

  private mutating func spotting(world: World, export: SpottingExport?, gate: Gate) {
    let shell = shell
    route(.planning(.spotting(Query())), right: ListSpotting.right) { request, context in
      let asked = try Query(parsing: request.uri.query)
      // The bare address shows what comes back soon; « toutes les dates » is one press away.
      let form = SpottingForm(asked.fields.isEmpty ? Query(try SpottingFilter.comingBack(in: world)) : asked)
      let list = ListSpotting(filter: form.filter, order: form.order, place: form.place)
      let model = try await list.run(as: context.actor, in: world)
      let page = SpottingView(model: model, form: form, exports: export != nil).page
      return shell.page(page, for: context, status: form.errors.isEmpty ? .ok : .badRequest)
    }
    route(.planning(.contract(Address.any)), right: ShowContract.right) { _, context in
      guard let id = Int64(try context.identifier("id")),
        let sheet = try await ShowContract(id: id).run(as: context.actor, in: world)
      else { throw Problem.missing("Ce marché", remedy: "Cherchez-le dans le repérage par son objet ou son acheteur.") }
      return ContractView(sheet: sheet, mayPlan: context.actor.may(AddPlanned.right)).page
    }
    guard let export else { return }
    for format in Address.Format.allCases {
      route(.planning(.export(format, Query())), right: ListSpotting.right) { request, context in
        let form = SpottingForm(try Query(parsing: request.uri.query))
        if let error = form.errors.min(by: { $0.key < $1.key }) {
          throw Problem.badRequest(
            error.value, place: "champ «\u{A0}\(error.key)\u{A0}»",
            remedy: "Corrigez le filtre, puis exportez à nouveau.")
        }
        return try await gate.run(for: context.client) {
          try await Self.attachment(export(format, form.filter, form.order, context.actor))
        }
      }
    }
  }

  static func attachment(_ file: ExportedFile) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: file.type, .contentDisposition: "attachment; filename=\"\(file.name.filter { $0 != "\"" })\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }

  private mutating func territories(world: World) {
    route(.planning(.territories), right: ListTerritories.right) { _, context in
      TerritoriesView(model: try await ListTerritories().run(as: context.actor, in: world)).page
    }
    route(.planning(.territory(Address.any)), right: ShowTerritory.right) { _, context in
      guard let code = DepartementCode(try context.identifier("code")),
        let sheet = try await ShowTerritory(departement: code).run(as: context.actor, in: world)
      else { throw Problem.missing("Ce département", remedy: "Choisissez-le dans la liste des territoires.") }
      return TerritoryView(sheet: sheet).page
    }
  }

  private mutating func structures(world: World) {
    let shell = shell
    route(.matching(.structures(Query())), right: ListStructures.right) { request, context in
      let form = StructureForm(try Query(parsing: request.uri.query))
      let model = try await ListStructures(filter: form.filter, page: form.page).run(as: context.actor, in: world)
      let page = StructuresView(model: model, form: form).page
      return shell.page(page, for: context, status: form.errors.isEmpty ? .ok : .badRequest)
    }
    route(.matching(.structure(Address.any)), right: ShowStructure.right) { _, context in
      guard let id = Int64(try context.identifier("id")),
        let sheet = try await ShowStructure(id: id).run(as: context.actor, in: world)
      else { throw Problem.missing("Cette structure", remedy: "Cherchez-la dans la liste des structures.") }
      return StructureView(sheet: sheet).page
    }
  }
}
