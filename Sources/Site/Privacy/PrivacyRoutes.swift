import Casework
import Clauses
import HTTPTypes
import Hummingbird

extension Routes {
  /// The register, the form of a request, and the requests to treat.
  mutating func privacy(world: World) {
    let register = ShowRegister()
    route(.privacy(.register), right: ShowRegister.right) { _, context in
      ProcessingsView(model: try register.run(as: context.actor, in: world)).page
    }
    route(.privacy(.file), right: ShowRegister.right) { _, context in
      let bytes = try register.csv(as: context.actor, in: world)
      return Self.attachment(
        ExportedFile(
          name: "registre-des-traitements-\(world.today()).csv", type: "text/csv; charset=utf-8", bytes: bytes))
    }
    asking(world: world)
    treating(world: world)
  }

  private mutating func asking(world: World) {
    let shell = shell
    let throttle = PublicFormThrottle(
      addresses: RateLimit(burst: 6, perSecond: 1.0 / 600), emails: RateLimit(burst: 3, perSecond: 1.0 / 21_600))
    @Sendable func view(_ draft: PersonalRequestDraft, _ context: SiteContext) throws -> RequestFormView {
      let model = try ShowRegister().run(as: context.actor, in: world)
      let departements = world.figures.departements.values.sorted { $0.code < $1.code }
      return RequestFormView(
        draft: draft, rights: model.rights, departements: departements.map { ($0.code.code, Say.name($0.name)) },
        delay: model.delays.answer, mark: context.formMark)
    }
    route(.privacy(.ask), right: FilePersonalRequest.right) { _, context in
      var draft = PersonalRequestDraft(kind: "", name: "", email: "")
      if context.actor.may(ShowOwnAccount.right) {
        let own = try await ShowOwnAccount().run(as: context.actor, in: world).identity
        (draft.name, draft.email) = (own.name, own.email.text)
      }
      return try view(draft, context).page
    }
    form(.privacy(.ask), right: FilePersonalRequest.right) { form, _, context in
      let draft = PersonalRequestDraft(
        kind: form["objet"], name: form["nom"], email: form["courriel"], departement: form["departement"],
        text: form["texte"])
      do {
        try throttle.take(context.client, email: draft.email)
        let receipt = try await FilePersonalRequest(draft).run(as: context.actor, in: world)
        return shell.page(RequestReceiptView(receipt: receipt).page, for: context)
      } catch let fault as FieldFault {
        var view = try view(draft, context)
        view.fault = fault
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
  }

  private mutating func treating(world: World) {
    let shell = shell
    route(.privacy(.requests(Query())), right: ListPersonalRequests.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      let which = query["etat"].flatMap { ListPersonalRequests.Which(rawValue: $0) } ?? .open
      let page = min(max(query["page"].flatMap { Int($0) } ?? 0, 0), 10_000)
      let list = ListPersonalRequests(which, words: query["recherche"] ?? "", page: page)
      return RequestsView(
        model: try await list.run(as: context.actor, in: world), list: list, query: query.removing("page")
      ).page
    }
    @Sendable func view(_ context: SiteContext) async throws -> RequestView {
      guard let id = ID<PersonalRequest>(try context.identifier("id")),
        let model = try await ShowPersonalRequest(id).run(as: context.actor, in: world)
      else { throw Problem.missing("Cette demande", remedy: "Cherchez-la dans la liste par sa référence.") }
      return RequestView(model: model, mark: context.formMark)
    }
    route(.privacy(.request(Address.any)), right: ShowPersonalRequest.right) { _, context in
      try await view(context).page
    }
    for step in Address.RequestStep.allCases {
      form(.privacy(.step(Address.any, step)), right: TreatPersonalRequest.right) { form, _, context in
        var shown = try await view(context)
        do {
          let work = TreatPersonalRequest(
            shown.model.id, try Self.step(step, form), version: Int(form["version"]) ?? 0)
          guard try await work.run(as: context.actor, in: world) else { throw Problem.notFound }
          shown = try await view(context)
          shown.notice = Self.notice(of: step)
          return shell.page(shown.page, for: context)
        } catch let fault as FieldFault {
          (shown.fault, shown.typed) = (fault, form.fields)
        } catch let changed as ChangedMeanwhile {
          (shown.warning, shown.typed) = ("\(changed) Ce que vous avez tapé est gardé dans le formulaire.", form.fields)
        }
        return shell.page(shown.page, for: context, status: .unprocessableContent)
      }
    }
  }

  /// What a form asks to do.
  private static func step(
    _ step: Address.RequestStep, _ form: Form
  ) throws(FieldFault) -> TreatPersonalRequest.Step {
    switch step {
    case .verify:
      guard let proof = PersonalRequest.IdentityProof(rawValue: form["identite"]), proof != .account else {
        throw FieldFault("identite", "Dites comment l’identité a été vérifiée.")
      }
      return .verify(proof, note: form["note-identite"])
    case .assign:
      guard !form["membre"].isEmpty else { return .assign(nil) }
      guard let member = ID<Membership>(form["membre"]) else {
        throw FieldFault("membre", "Choisissez quelqu’un de la liste.")
      }
      return .assign(member)
    case .note: return .note(form["note"])
    case .extend: return .extend(reason: form["motif-prolongation"])
    case .answer:
      guard let outcome = PersonalRequest.Outcome(rawValue: form["decision"]) else {
        throw FieldFault("decision", "Choisissez une décision.")
      }
      return .answer(outcome, text: form["reponse"])
    case .close: return .close
    }
  }

  private static func notice(of step: Address.RequestStep) -> String {
    switch step {
    case .verify: "La vérification de l’identité est notée."
    case .assign: "La demande est attribuée."
    case .note: "La note est ajoutée."
    case .extend: "Le délai est prolongé\u{202F}; un courriel part à la personne."
    case .answer: "La réponse est enregistrée\u{202F}; un courriel part à la personne."
    case .close: "La demande est close. Elle sera effacée plus tard, d’elle-même."
    }
  }
}
