import Casework
import Clauses
import HTTPTypes
import Hummingbird
import Vault

extension SiteContext {
  /// The identifier of an organisation in the path; a text that is none answers like one that is not there.
  func organisation() throws(Problem) -> ID<Organisation> {
    guard let id = ID<Organisation>(try identifier("id")) else { throw Self.noOrganisation }
    return id
  }

  /// 404, whether it does not exist or may not be seen.
  static let noOrganisation = Problem.missing(
    "Cette organisation", remedy: "Cherchez-la dans la liste des organisations.")
}

extension Routes {
  /// Organisations: list, page, form, decisions, territories, mergers, trail.
  mutating func organisations(world: World) {
    let shell = shell
    route(.access(.organisations(Query())), right: ListOrganisations.right) { request, context in
      let query = try Query(parsing: request.uri.query)
      let page = min(max(query["page"].flatMap { Int($0) } ?? 0, 0), 10_000)
      let list = ListOrganisations(
        words: query["nom"], kind: query["sorte"].flatMap { OrganisationKind(code: $0) },
        state: query["etat"].flatMap { OrganisationState(rawValue: $0) }, page: page)
      let model = try await list.run(as: context.actor, in: world)
      return OrganisationsView(model: model, query: query.removing("page"), page: page).body
    }
    @Sendable func view(_ id: ID<Organisation>, _ context: SiteContext) async throws -> OrganisationView {
      guard let model = try await ShowOrganisation(id).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return OrganisationView(model: model, mark: context.formMark, today: world.today())
    }
    @Sendable func shown(
      _ id: ID<Organisation>, _ context: SiteContext, _ notice: String? = nil, fault: FieldFault? = nil,
      typed: Query = Query()
    ) async throws -> Response {
      var view = try await view(id, context)
      (view.notice, view.fault, view.typed) = (notice, fault, typed)
      return shell.page(view.page, for: context, status: fault == nil ? .ok : .unprocessableContent)
    }
    route(.access(.organisation(Address.any)), right: ShowOrganisation.right) { _, context in
      try await view(try context.organisation(), context).page
    }
    part(.decision, right: DecideOrganisation.right) { form, id, context in
      guard let decision = DecideOrganisation.Decision(rawValue: form["decision"]) else {
        throw Problem.badRequest("Aucune décision n’a été choisie.", remedy: "Choisissez-en une sur la fiche.")
      }
      do {
        guard try await DecideOrganisation(id, decision, reason: form["motif"]).run(as: context.actor, in: world)
        else { throw SiteContext.noOrganisation }
        return try await shown(id, context, "La décision est enregistrée.")
      } catch let fault as FieldFault {
        return try await shown(id, context, fault: fault, typed: form.fields)
      }
    }
    part(.territory, right: AddTerritory.right) { form, id, context in
      do {
        guard let kind = OrganisationTerritory.Kind(rawValue: form["genre"]) else {
          throw FieldFault("code", "Choisissez un genre de territoire.")
        }
        guard let first = Day(typed: form["debut"]) else {
          throw FieldFault("debut", "Écrivez la date comme 21/11/2026.")
        }
        let addition = AddTerritory(id, kind: kind, code: form["code"], first: first)
        guard try await addition.run(as: context.actor, in: world) else { throw SiteContext.noOrganisation }
        return try await shown(id, context, "Le territoire est ajouté.")
      } catch let fault as FieldFault {
        return try await shown(id, context, fault: fault, typed: form.fields)
      }
    }
    part(.territoryEnd, right: EndTerritory.right) { form, id, context in
      guard let kind = OrganisationTerritory.Kind(rawValue: form["genre"]),
        try await EndTerritory(id, kind: kind, code: form["code"]).run(as: context.actor, in: world)
      else { throw SiteContext.noOrganisation }
      return try await shown(id, context, "Le territoire est retiré.")
    }
    organisationForm(world: world)
    mergers(world: world)
    route(.access(.organisationTrail(Address.any, Query())), right: ReadTrail.right) { request, context in
      let before = try Query(parsing: request.uri.query)["avant"].flatMap { ID<TrailLine>($0) }
      let question = ReadTrail.Question.organisation(try context.organisation())
      guard let model = try await ReadTrail(question, before: before).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return TrailView(model: model).page
    }
  }

  /// A form about an organisation.
  fileprivate mutating func part(
    _ part: Address.OrganisationPart, right: Right,
    _ handler: @escaping @Sendable (Form, ID<Organisation>, SiteContext) async throws -> Response
  ) {
    form(.access(.part(Address.any, part)), right: right) { form, _, context in
      try await handler(form, try context.organisation(), context)
    }
  }

  private mutating func organisationForm(world: World) {
    let shell = shell
    route(.access(.part(Address.any, .edit)), right: ChangeOrganisation.right) { _, context in
      let id = try context.organisation()
      guard let model = try await ShowOrganisation(id).run(as: context.actor, in: world), model.mayChange else {
        throw SiteContext.noOrganisation
      }
      var fields = AccessFields(hint: "")
      fields.organisation = OrganisationDraft(model.organisation)
      return OrganisationFormView(
        id: id.description, name: model.organisation.name, version: model.organisation.version, fields: fields,
        mark: context.formMark
      ).page
    }
    part(.edit, right: ChangeOrganisation.right) { form, id, context in
      guard let model = try await ShowOrganisation(id).run(as: context.actor, in: world), model.mayChange else {
        throw SiteContext.noOrganisation
      }
      var fields = AccessFields(form, hint: "")
      fields.organisation.kind = model.organisation.kind.code
      var view = OrganisationFormView(
        id: id.description, name: model.organisation.name, version: Int(form["version"]) ?? 0, fields: fields,
        mark: context.formMark)
      do {
        let change = ChangeOrganisation(id, draft: fields.organisation, version: view.version)
        guard try await change.run(as: context.actor, in: world) else { throw SiteContext.noOrganisation }
        return .redirect(to: .access(.organisation(id.description)))
      } catch let fault as FieldFault {
        view.fields.fault = fault
      } catch let changed as ChangedMeanwhile {
        view.notice = "\(changed) La fiche porte maintenant le nom «\u{A0}\(model.organisation.name)\u{A0}»."
      }
      return shell.page(view.page, for: context, status: .unprocessableContent)
    }
  }

  private mutating func mergers(world: World) {
    let shell = shell
    @Sendable func view(
      _ id: ID<Organisation>, _ typed: String?, _ context: SiteContext, error: String? = nil
    ) async throws -> MergeView {
      guard let model = try await ShowOrganisation(id).run(as: context.actor, in: world), model.mayMerge else {
        throw SiteContext.noOrganisation
      }
      var view = MergeView(
        organisation: model.organisation, other: typed ?? "", error: error, mark: context.formMark)
      guard let typed, error == nil else { return view }
      // The whole address of the other page is taken too.
      guard let other = ID<Organisation>(typed.split(separator: "/").last ?? "") else {
        view.error = "Ce n’est pas l’adresse d’une fiche d’organisation."
        return view
      }
      view.preview = try await MergeOrganisations(kept: id, taken: other).preview(as: context.actor, in: world)
      if view.preview == nil { view.error = "Cette fiche n’est pas sur votre territoire, ou n’existe pas." }
      return view
    }
    route(.access(.part(Address.any, .merge)), right: MergeOrganisations.right) { request, context in
      try await view(try context.organisation(), try Query(parsing: request.uri.query)["autre"], context).page
    }
    part(.merge, right: MergeOrganisations.right) { form, id, context in
      do {
        guard let other = ID<Organisation>(form["autre"]),
          try await MergeOrganisations(kept: id, taken: other).run(as: context.actor, in: world)
        else { throw SiteContext.noOrganisation }
        return .redirect(to: .access(.organisation(id.description)))
      } catch let fault as FieldFault {
        let page = try await view(id, form["autre"], context, error: fault.description).page
        return shell.page(page, for: context, status: .unprocessableContent)
      }
    }
    part(.undo, right: UndoMerger.right) { form, _, context in
      guard let merger = ID<OrganisationMerge>(form["fusion"]),
        let kept = try await UndoMerger(merger).run(as: context.actor, in: world)
      else { throw Problem.missing("Cette reprise", remedy: "Elle est peut-être déjà annulée.") }
      return .redirect(to: .access(.organisation(kept.description)))
    }
  }

  /// The people of an organisation.
  mutating func members(world: World) {
    let shell = shell
    @Sendable func view(_ id: ID<Organisation>, _ context: SiteContext) async throws -> MembersView {
      guard let model = try await ListMembers(id).run(as: context.actor, in: world) else {
        throw SiteContext.noOrganisation
      }
      return MembersView(model: model, mark: context.formMark)
    }
    route(.access(.part(Address.any, .members)), right: ListMembers.right) { _, context in
      try await view(try context.organisation(), context).page
    }
    part(.invite, right: InviteMember.right) { form, id, context in
      var fault: FieldFault?
      var link: String?
      do {
        let invitation = InviteMember(
          id, email: form["courriel"], role: form["role"], isAdministrator: form.isTicked("administre"))
        guard let secret = try await invitation.run(as: context.actor, in: world) else {
          throw SiteContext.noOrganisation
        }
        link = world.access.site + Address.access(.invitation(secret.text)).href
      } catch let wrong as FieldFault {
        fault = wrong
      }
      var view = try await view(id, context)
      (view.fault, view.link, view.typedEmail) = (fault, link, fault == nil ? "" : form["courriel"])
      return shell.page(view.page, for: context, status: fault == nil ? .ok : .unprocessableContent)
    }
    part(.withdraw, right: WithdrawInvitation.right) { form, id, context in
      guard let link = ID<SentLink>(form["invitation"]),
        try await WithdrawInvitation(link, of: id).run(as: context.actor, in: world)
      else { throw Problem.missing("Cette invitation", remedy: "Elle a peut-être déjà servi.") }
      var view = try await view(id, context)
      view.notice = "L’invitation est retirée\u{202F}: son lien ne sert plus."
      return shell.page(view.page, for: context)
    }
    @Sendable func member(_ context: SiteContext, _ fault: FieldFault? = nil) async throws -> MemberView {
      guard let id = ID<Membership>(try context.identifier("id")),
        let found = try await ListMembers(of: id).run(as: context.actor, in: world), found.mayManage,
        let line = found.present.first(where: { $0.membership.id == id })
      else { throw Problem.missing("Ce membre", remedy: "Cherchez-le dans les membres de votre organisation.") }
      return MemberView(model: found, line: line, mark: context.formMark, fault: fault)
    }
    route(.access(.member(Address.any)), right: ChangeMember.right) { _, context in try await member(context).page }
    @Sendable func done(
      _ context: SiteContext, _ work: (ID<Membership>) async throws -> ID<Organisation>?
    ) async throws -> Response {
      guard let id = ID<Membership>(try context.identifier("id")) else { throw SiteContext.noOrganisation }
      do {
        guard let organisation = try await work(id) else { throw SiteContext.noOrganisation }
        return .redirect(to: .access(.part(organisation.description, .members)))
      } catch let fault as FieldFault {
        return shell.page(try await member(context, fault).page, for: context, status: .unprocessableContent)
      }
    }
    form(.access(.member(Address.any)), right: ChangeMember.right) { form, _, context in
      try await done(context) { id in
        try await ChangeMember(
          id, role: form["role"], isAdministrator: form["administration"] == "oui", missions: form["missions"],
          timeShare: form["quotite"], skills: form["competences"], employer: form["employeur"]
        ).run(as: context.actor, in: world)
      }
    }
    form(.access(.memberEnd(Address.any)), right: EndMembership.right) { form, _, context in
      try await done(context) { id in
        try await EndMembership(id, successor: ID<Membership>(form["suite"])).run(as: context.actor, in: world)
      }
    }
  }
}
