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
    submission(world: world)
    programme(world: world)
    typing(world: world)
    dossiers(world: world)
    sheets(world: world)
    tenders(world: world)
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
  }

  /// A programme that anyone sends, and the file to fill in.
  private mutating func submission(world: World) {
    let shell = shell
    let throttle = PublicFormThrottle(
      addresses: RateLimit(burst: 10, perSecond: 1.0 / 300), emails: RateLimit(burst: 10, perSecond: 1.0 / 3600))
    @Sendable func view(_ context: SiteContext) throws -> PublicProgrammeView {
      let months = try SubmitProgramme.keptMonths(in: world)
      return PublicProgrammeView(
        declaration: world.privacy, kept: French.count(months, "mois", "mois"), mark: context.formMark)
    }
    route(.planning(.publicProgramme), right: SubmitProgramme.right) { _, context in try view(context).page }
    upload(.planning(.publicProgramme), right: SubmitProgramme.right, in: world) { upload, context in
      try throttle.take(context.client, email: upload["courriel"])
      var shown = try view(context)
      (shown.typed, shown.hadFile) = (upload.fields, upload.path != nil)
      do {
        let receipt = try await SubmitProgramme(ProgrammeSubmission(upload)).run(as: context.actor, in: world)
        return shell.page(SubmittedView(receipt: receipt).page, for: context)
      } catch let faults as FieldFaults {
        shown.faults = faults.all
      }
      shown.bodies = try await SubmitProgramme.bodies(
        postcode: upload["code-postal"], as: context.actor, in: world)
      return shell.page(shown.page, for: context, status: .unprocessableContent)
    }
    route(.planning(.programmeTemplate), right: ProgrammeTemplate.right) { _, context in
      Self.attachment(
        ExportedFile(
          name: "modele-programmation.xlsx",
          type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          bytes: try await ProgrammeTemplate().run(as: context.actor, in: world)))
    }
  }

  /// One contract that someone types.
  private mutating func typing(world: World) {
    let shell = shell
    @Sendable func view(_ award: Int64?, _ context: SiteContext) async throws -> NewPlannedView {
      guard let model = try await PreparePlanned(renewing: award).run(as: context.actor, in: world) else {
        throw Problem.missing("Ce marché", remedy: "Cherchez-le dans le repérage par son objet ou son acheteur.")
      }
      return NewPlannedView(model: model, mark: context.formMark)
    }
    route(.planning(.newPlanned(Query())), right: PreparePlanned.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      return try await view(query["depuis"].flatMap { Int64($0) }, context).page
    }
    form(.planning(.newPlanned(Query())), right: AddPlanned.right) { form, _, context in
      let award = Int64(form["depuis"])
      let adding = AddPlanned(
        PlannedFields.typed { form[$0] }, buyer: form["acheteur"], buyerName: form["nom"],
        body: ID<Organisation>(form["structure"]), renewing: award)
      do {
        let id = try await adding.run(as: context.actor, in: world)
        return .redirect(to: .planning(.planned(id.description)))
      } catch let faults as FieldFaults {
        var view = try await view(award, context)
        (view.faults, view.typed) = (faults.all, form.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
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
    form(.planning(.programmePart(Address.any, .forget)), right: ForgetSender.right) { _, _, context in
      guard try await ForgetSender(try id(context)).run(as: context.actor, in: world) else { throw Self.noProgramme }
      return .redirect(to: .planning(.programme(try id(context).description, Query())))
    }
    form(.planning(.programmePart(Address.any, .remove)), right: RemoveDraft.right) { form, _, context in
      do {
        let removal = RemoveDraft(try id(context), version: Int(form["version"]) ?? 0)
        guard try await removal.run(as: context.actor, in: world) else { throw Self.noProgramme }
        return .redirect(to: .planning(.programmes))
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
        try await ChangePlanned(
          id, version: Int(form["version"]) ?? 0, typed: PlannedFields.typed { form[$0] }
        ).run(as: context.actor, in: world)
      }
    }
    form(.planning(.plannedPart(Address.any, .sheets)), right: BeginSheet.right) { form, _, context in
      let beginning = BeginSheet(try id(context), lot: form["lot"], typed: SheetView.typed)
      do {
        guard let sheet = try await beginning.run(as: context.actor, in: world) else { throw Self.noPlanned }
        return .redirect(to: .planning(.sheet(sheet.description)))
      } catch let fault as FieldFault {
        var view = try await view(context)
        (view.faults, view.typed) = ([fault], form.fields)
        return shell.page(view.page, for: context, status: .unprocessableContent)
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

extension ProgrammeSubmission {
  /// What the public form sent.
  fileprivate init(_ upload: Upload) {
    self.init(
      name: upload["prenom-nom"], email: upload["courriel"], phone: upload["telephone"], buyer: upload["acheteur"],
      buyerName: upload["nom"], postcode: upload["code-postal"], body: ID<Organisation>(upload["structure"]))
    (path, fileName) = (upload.path, upload.fileName)
    typed = PlannedFields.typed { upload[$0] }
  }
}
