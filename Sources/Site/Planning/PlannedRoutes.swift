import Casework
import Clauses
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Routes {
  /// Purchase programmes and the planned contracts that come out of them.
  mutating func planned(world: World) {
    programmes(world: world)
    programme(world: world)
    dossiers(world: world)
  }

  private mutating func programmes(world: World) {
    let shell = shell
    @Sendable func view(_ context: SiteContext) async throws -> ProgrammesView {
      ProgrammesView(model: try await PrepareProgramme().run(as: context.actor, in: world), mark: context.formMark)
    }
    route(.planning(.programmes), right: PrepareProgramme.right) { _, context in try await view(context).page }
    upload(.planning(.programmes), right: ReceiveProgramme.right, in: world) { upload, context in
      do {
        guard let path = upload.path else { throw FieldFault("fichier", "Choisissez un fichier.") }
        let receiving = ReceiveProgramme(
          path: path, fileName: upload.fileName, buyer: upload["acheteur"], buyerName: upload["nom"],
          body: ID<Organisation>(upload["structure"]))
        let id = try await receiving.run(as: context.actor, in: world)
        return .redirect(to: .planning(.programme(id.description, Query())))
      } catch let fault as FieldFault {
        var view = try await view(context)
        (view.fault, view.typed) = (fault, upload.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
    route(.planning(.programmeTemplate), right: PrepareProgramme.right) { _, context in
      let bytes = try await ProgrammeTemplate().run(as: context.actor, in: world)
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          .contentDisposition: "attachment; filename=\"modele-programmation.xlsx\"",
        ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }

  private mutating func programme(world: World) {
    let shell = shell
    @Sendable func id(_ context: SiteContext) throws -> ID<PurchaseProgramme> {
      guard let id = ID<PurchaseProgramme>(try context.identifier("id")) else { throw Self.noProgramme }
      return id
    }
    @Sendable func view(_ context: SiteContext, _ query: Query = Query()) async throws -> ProgrammeView {
      guard let model = try await ShowProgramme(try id(context)).run(as: context.actor, in: world) else {
        throw Self.noProgramme
      }
      return ProgrammeView(model: model, query: query, mark: context.formMark)
    }
    route(.planning(.programme(Address.any, Query())), right: ShowProgramme.right) { request, context in
      try await view(context, try Query(parsing: request.uri.query)).page
    }
    form(.planning(.programmePart(Address.any, .columns)), right: MapProgramme.right) { form, _, context in
      var places: [PlannedField: Int] = [:]
      for field in PlannedField.allCases { places[field] = Int(form["colonne-\(field.rawValue)"]) }
      do {
        let mapping = MapProgramme(try id(context), titleRow: form["titres"], places: places)
        guard try await mapping.run(as: context.actor, in: world) else { throw Self.noProgramme }
        return .redirect(to: .planning(.programme(try id(context).description, Query())))
      } catch let fault as FieldFault {
        var view = try await view(context)
        (view.fault, view.typed) = (fault, form.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
    form(.planning(.programmePart(Address.any, .line)), right: CorrectProgramme.right) { form, _, context in
      guard let row = Int(form["ligne"]) else { throw Self.noProgramme }
      var typed: [PlannedField: String] = [:]
      for field in PlannedField.allCases { typed[field] = form.given("\(field.rawValue)-\(row)") }
      let correction = CorrectProgramme(
        try id(context), row: row, typed: typed, leavesOut: form.isTicked("ecarter"))
      do {
        guard try await correction.run(as: context.actor, in: world) else { throw Self.noProgramme }
      } catch let fault as FieldFault {
        var view = try await view(context, Query().setting("ligne", String(row)))
        (view.fault, view.typed) = (fault, form.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
      let place = Query().setting("vers", String(row))
      return .redirect(toPath: Address.planning(.programme(try id(context).description, place)).href + "#ligne-\(row)")
    }
    form(.planning(.programmePart(Address.any, .take)), right: SendProgramme.right) { form, _, context in
      let sending = SendProgramme(try id(context), version: Int(form["version"]) ?? 0)
      do {
        guard try await sending.run(as: context.actor, in: world) != nil else { throw Self.noProgramme }
        return .redirect(to: .planning(.plannedList(Query())))
      } catch let changed as ChangedMeanwhile {
        var view = try await view(context)
        view.notice = "\(changed)"
        return shell.page(view.page, for: context, status: .conflict)
      }
    }
    form(.planning(.programmePart(Address.any, .undo)), right: UndoProgramme.right) { _, _, context in
      guard try await UndoProgramme(try id(context)).run(as: context.actor, in: world) != nil else {
        throw Self.noProgramme
      }
      return .redirect(to: .planning(.programme(try id(context).description, Query())))
    }
  }

  private mutating func dossiers(world: World) {
    let shell = shell
    @Sendable func id(_ context: SiteContext) throws -> ID<PlannedDossier> {
      guard let id = ID<PlannedDossier>(try context.identifier("id")) else { throw Self.noPlanned }
      return id
    }
    @Sendable func view(_ context: SiteContext) async throws -> PlannedView {
      guard let model = try await ShowPlanned(try id(context)).run(as: context.actor, in: world) else {
        throw Self.noPlanned
      }
      return PlannedView(model: model, mark: context.formMark)
    }
    @Sendable func done(
      _ form: Form, _ context: SiteContext, _ work: (ID<PlannedDossier>) async throws -> Bool
    ) async throws -> Response {
      func again(_ faults: [FieldFault], _ notice: String? = nil) async throws -> Response {
        var view = try await view(context)
        (view.faults, view.typed, view.notice) = (faults, form.fields, notice)
        return shell.page(view.page, for: context, status: notice == nil ? .unprocessableContent : .conflict)
      }
      do {
        guard try await work(try id(context)) else { throw Self.noPlanned }
        return .redirect(to: .planning(.planned(try id(context).description)))
      } catch let fault as FieldFault {
        return try await again([fault])
      } catch let faults as FieldFaults {
        return try await again(faults.all)
      } catch let changed as ChangedMeanwhile {
        return try await again([], "\(changed)")
      }
    }
    route(.planning(.plannedList(Query())), right: ListPlanned.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      let page = min(max(query["page"].flatMap { Int($0) } ?? 0, 0), 10_000)
      let list = ListPlanned(
        stage: query["etape"].flatMap { PlannedStage(rawValue: $0) }, words: query["texte"],
        isMine: query["suivi"] == "moi", page: page)
      let model = try await list.run(as: context.actor, in: world)
      return PlannedListView(model: model, query: query.removing("page"), page: page).body
    }
    route(.planning(.planned(Address.any)), right: ShowPlanned.right) { _, context in try await view(context).page }
    form(.planning(.plannedPart(Address.any, .study)), right: StudyPlanned.right) { form, _, context in
      try await done(form, context) { id in
        try await StudyPlanned(
          id, version: Int(form["version"]) ?? 0, stage: form["etape"], reason: form["motif"], follower: form["suivi"]
        ).run(as: context.actor, in: world)
      }
    }
    form(.planning(.plannedPart(Address.any, .edit)), right: ChangePlanned.right) { form, _, context in
      try await done(form, context) { id in
        var typed: [PlannedField: String] = [:]
        for field in PlannedField.allCases { typed[field] = form[field.rawValue] }
        return try await ChangePlanned(id, version: Int(form["version"]) ?? 0, typed: typed)
          .run(as: context.actor, in: world)
      }
    }
    form(.planning(.plannedPart(Address.any, .message)), right: WriteToPlanned.right) { form, _, context in
      try await done(form, context) { id in
        try await WriteToPlanned(id, words: form.exact("message")).run(as: context.actor, in: world)
      }
    }
  }

  private static let noProgramme = Problem.missing(
    "Cette programmation",
    remedy: "Cherchez-la dans les derniers envois\u{202F}; une fois prise en compte, elle ne se corrige plus.")
  private static let noPlanned = Problem.missing("Ce marché programmé", remedy: "Cherchez-le dans la programmation.")
}
