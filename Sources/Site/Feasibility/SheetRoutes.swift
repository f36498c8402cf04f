import Casework
import Clauses
import HTTPTypes
import Hummingbird

extension Routes {
  /// The sheets of the lots of planned contracts.
  mutating func sheets(world: World) {
    let shell = shell
    let missing = Problem.missing("Cette fiche", remedy: "Cherchez-la dans la page du marché programmé.")
    @Sendable func id(_ context: SiteContext) throws -> ID<LotSheet> {
      guard let id = ID<LotSheet>(try context.identifier("id")) else { throw missing }
      return id
    }
    @Sendable func form(_ typed: String) throws -> HoursForm {
      HoursForm(try Query(parsing: typed), segments: PurchaseSegments(figures: world.figures, on: world.today()))
    }
    let read: LotReader = { typed in
      guard let form = try? form(typed), form.form.errors.isEmpty else { return nil }
      return LotInput(form.given, segment: form.segment)
    }
    // What was just typed stands in the form where it could not be kept.
    @Sendable func view(_ context: SiteContext, _ typed: String? = nil) async throws -> SheetView {
      guard let model = try await ShowSheet(try id(context), read: read).run(as: context.actor, in: world) else {
        throw missing
      }
      guard model.mayStudy, model.sheet.state == .draft else {
        return SheetView(model: model, calculator: nil, mark: context.formMark)
      }
      let form = try form(typed ?? model.sheet.typed)
      let answer = try CompareCalibrations(form.given, segment: form.segment).run(as: context.actor, in: world)
      return SheetView(model: model, calculator: HoursCalculator(form: form, answer: answer), mark: context.formMark)
    }
    /// The fields of the calculator among those of the form; nil where the form has none of them.
    @Sendable func typed(_ form: Form) -> String? {
      guard form.given("montant") != nil else { return nil }
      return form.fields.keeping(HoursForm.names).text
    }
    @Sendable func done(
      _ form: Form, _ context: SiteContext, _ work: (ID<LotSheet>, _ version: Int) async throws -> Bool
    ) async throws -> Response {
      var shown: SheetView
      do {
        guard try await work(try id(context), Int(form["version"]) ?? 0) else { throw missing }
        return .redirect(to: .planning(.sheet(try id(context).description)))
      } catch let fault as FieldFault {
        shown = try await view(context, typed(form))
        shown.faults = [fault]
      } catch let changed as ChangedMeanwhile {
        shown = try await view(context, typed(form))
        shown.notice = "\(changed) Ce que vous avez tapé est gardé dans le formulaire."
      }
      shown.typed = form.fields
      return shell.page(shown.page, for: context, status: shown.notice == nil ? .unprocessableContent : .conflict)
    }
    route(.planning(.sheet(Address.any)), right: ShowSheet.right) { _, context in try await view(context).page }
    self.form(.planning(.sheetPart(Address.any, .save)), right: SaveSheet.right) { form, _, context in
      try await done(form, context) { id, version in
        try await SaveSheet(id, version: version, typed: typed(form) ?? "")
          .run(as: context.actor, in: world)
      }
    }
    self.form(.planning(.sheetPart(Address.any, .sign)), right: SignSheet.right) { form, _, context in
      try await done(form, context) { id, version in
        try await SignSheet(
          id, version: version, typed: typed(form) ?? "", method: form["methode"],
          hours: CalculatorForm.hours(form["heures-proposees"]),
          reason: form.exact("raison"), read: read
        ).run(as: context.actor, in: world)
      }
    }
    self.form(.planning(.sheetPart(Address.any, .choose)), right: ChooseHours.right) { form, _, context in
      try await done(form, context) { id, version in
        try await ChooseHours(
          id, version: version, hours: CalculatorForm.hours(form["heures-retenues"]), reason: form.exact("motif-choix")
        ).run(as: context.actor, in: world)
      }
    }
    self.form(.planning(.sheetPart(Address.any, .remove)), right: RemoveSheet.right) { form, _, context in
      do {
        let removal = RemoveSheet(try id(context), version: Int(form["version"]) ?? 0)
        guard let planned = try await removal.run(as: context.actor, in: world) else { throw missing }
        return .redirect(to: .planning(.planned(planned.description)))
      } catch let changed as ChangedMeanwhile {
        var view = try await view(context)
        view.notice = "\(changed)"
        return shell.page(view.page, for: context, status: .conflict)
      }
    }
  }
}
