import Casework
import Clauses
import HTTPTypes
import Hummingbird

extension Routes {
  /// The longest form that holds a pasted document, in bytes: signs with accents take several.
  private static let longestPaste = 900 * 1024

  /// The wording of consultations.
  mutating func tenders(world: World) {
    let shell = shell
    let missing = Problem.missing("Cette rédaction", remedy: "Cherchez-la dans la page du marché programmé.")
    let publics = { @Sendable (day: Day) in TenderPublics.all(world.figures, on: day) }
    @Sendable func id(_ context: SiteContext) throws -> ID<Tender> {
      guard let id = ID<Tender>(try context.identifier("id")) else { throw missing }
      return id
    }
    @Sendable func form(_ query: Query) -> TenderForm {
      let today = world.today()
      return TenderForm(query, publics: publics(query["jour"].flatMap { Day(typed: $0) } ?? today), today: today)
    }
    let read: TenderReader = { typed in form(Query.parsed(typed)).terms }
    // What was just typed stands in the form where it could not be kept.
    @Sendable func view(_ context: SiteContext, _ typed: Query? = nil) async throws -> TenderView {
      guard let model = try await ShowTender(try id(context), read: read).run(as: context.actor, in: world) else {
        throw missing
      }
      return TenderView(
        model: model, form: model.mayStudy ? form(typed ?? Query.parsed(model.tender.typed)) : nil,
        mark: context.formMark)
    }
    @Sendable func done(
      _ form: Form, _ context: SiteContext, _ work: (ID<Tender>) async throws -> Bool
    ) async throws -> Response {
      let kept = form.given("objet") == nil ? nil : TenderForm.kept(form.fields)
      var shown: TenderView
      do {
        guard try await work(try id(context)) else { throw missing }
        return .redirect(to: .drafting(.tender(try id(context).description)))
      } catch let fault as FieldFault {
        shown = try await view(context, kept)
        shown.faults = [fault]
        // A fault of a text that the form does not show beside its field is told at the head.
        if form.given("texte") == nil, fault.field != "envoyer" {
          shown.faults = [FieldFault("envoyer", fault.description)]
        }
      } catch let changed as ChangedMeanwhile {
        shown = try await view(context, kept)
        shown.notice = "\(changed) Ce que vous avez tapé est gardé dans le formulaire."
      }
      shown.typed = form.fields
      return shell.page(shown.page, for: context, status: shown.notice == nil ? .unprocessableContent : .conflict)
    }

    self.form(.planning(.plannedPart(Address.any, .tender)), right: BeginTender.right) { _, _, context in
      guard let planned = ID<PlannedDossier>(try context.identifier("id")),
        let tender = try await BeginTender(planned, typed: TenderForm.typed).run(as: context.actor, in: world)
      else { throw Problem.missing("Ce marché programmé", remedy: "Cherchez-le dans la programmation.") }
      return .redirect(to: .drafting(.tender(tender.description)))
    }
    route(.drafting(.tender(Address.any)), right: ShowTender.right) { _, context in try await view(context).page }
    self.form(.drafting(.tenderPart(Address.any, .save)), right: SaveTender.right) { form, _, context in
      try await done(form, context) { id in
        try await SaveTender(id, version: Int(form["version"]) ?? 0, typed: TenderForm.kept(form.fields).text)
          .run(as: context.actor, in: world)
      }
    }
    self.form(.drafting(.tenderPart(Address.any, .issue)), right: IssueTender.right) { form, _, context in
      try await done(form, context) { id in
        try await IssueTender(id, version: Int(form["version"]) ?? 0, read: read).run(as: context.actor, in: world)
          != nil
      }
    }
    self.form(
      .drafting(.tenderPart(Address.any, .paste)), right: PasteTenderText.right, longest: Self.longestPaste
    ) { form, _, context in
      try await done(form, context) { id in
        let versions = form.fields.fields.filter { $0.name.hasPrefix(TenderView.versionPrefix) }.compactMap { field in
          Int(field.value).map { (String(field.name.dropFirst(TenderView.versionPrefix.count)), $0) }
        }
        return try await PasteTenderText(
          id, document: form["document"], text: form.exact("texte"),
          versions: Dictionary(versions, uniquingKeysWith: { first, _ in first })
        ).run(as: context.actor, in: world)
      }
    }
    let gate = Gate.prints()
    route(.drafting(.print(Address.any, Query())), right: PrintTender.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      let (number, piece) = (query["envoi"].flatMap { Int($0) }, query["piece"].flatMap { TenderPiece(rawValue: $0) })
      guard (number == nil) == (query["envoi"] == nil), (piece == nil) == (query["piece"] == nil) else { throw missing }
      let printing = PrintTender(
        try id(context), number: number, piece: piece, format: query["format"] ?? "pdf", read: read)
      do {
        let file = try await gate.run(for: context.client) { try await printing.run(as: context.actor, in: world) }
        guard let file else { throw missing }
        return Self.attachment(ExportedFile(name: file.name, type: file.type, bytes: file.bytes))
      } catch let failure as Unprintable {
        throw Problem(.serviceUnavailable, "Le document n’est pas prêt.", remedy: failure.description)
      }
    }
    wordings(world: world)
  }

  /// The library of wordings.
  private mutating func wordings(world: World) {
    let shell = shell
    let missing = Problem.missing("Ce texte", remedy: "Cherchez-le dans la bibliothèque des rédactions.")
    route(.drafting(.library(Query())), right: ShowWordings.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      let day = query["jour"].flatMap { Day(typed: $0) }
      return WordingsView(model: try await ShowWordings(on: day).run(as: context.actor, in: world)).page
    }
    @Sendable func view(_ context: SiteContext) async throws -> WordingView {
      let code = try context.identifier("code")
      let model = try await ShowWordings(code: code).run(as: context.actor, in: world)
      guard let line = model.lines.first else { throw missing }
      return WordingView(line: line, mayWrite: model.mayWrite, mark: context.formMark)
    }
    route(.drafting(.wording(Address.any)), right: ShowWordings.right) { _, context in try await view(context).page }
    form(.drafting(.wording(Address.any)), right: WriteLocalWording.right) { form, _, context in
      let writing = WriteLocalWording(
        code: try context.identifier("code"), after: Int(form["version"]) ?? 0, text: form.exact("texte"),
        reason: form.exact("raison"))
      var shown: WordingView
      do {
        guard try await writing.run(as: context.actor, in: world) else { throw missing }
        return .redirect(to: .drafting(.wording(try context.identifier("code"))))
      } catch let fault as FieldFault {
        shown = try await view(context)
        shown.faults = [fault]
      } catch let changed as ChangedMeanwhile {
        shown = try await view(context)
        shown.notice = "\(changed)"
      }
      shown.typed = form.fields
      return shell.page(shown.page, for: context, status: shown.notice == nil ? .unprocessableContent : .conflict)
    }
  }
}
