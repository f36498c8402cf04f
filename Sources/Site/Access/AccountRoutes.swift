import Casework
import Clauses
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

extension Routes {
  /// One's own account.
  mutating func account(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    @Sendable func view(_ context: SiteContext, browser: Secret? = nil) async throws -> AccountView {
      AccountView(
        model: try await ShowOwnAccount(browser: browser).run(as: context.actor, in: world),
        hint: try world.accessTerms().passwords.hint, mark: context.formMark)
    }
    @Sendable func shown(
      _ context: SiteContext, _ notice: String? = nil, fault: FieldFault? = nil,
      typed: (givenName: String, surname: String)? = nil
    ) async throws -> Response {
      var view = try await view(context)
      (view.notice, view.fault, view.typed) = (notice, fault, typed)
      return shell.page(view.page, for: context, status: fault == nil ? .ok : .unprocessableContent)
    }
    route(.access(.account), right: ShowOwnAccount.right) { request, context in
      try await view(context, browser: cookies.browser(in: request)).page
    }
    form(.access(.ownPart(.identity)), right: ChangeIdentity.right) { form, _, context in
      do {
        try await ChangeIdentity(givenName: form["prenom"], surname: form["nom"]).run(as: context.actor, in: world)
        return try await shown(context, "Votre nom est enregistré.")
      } catch let fault as FieldFault {
        return try await shown(context, fault: fault, typed: (form["prenom"], form["nom"]))
      }
    }
    form(.access(.ownPart(.password)), right: ChangePassword.right) { form, _, context in
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let change = ChangePassword(
        current: Password(form.exact("actuel")), new: Password(form.exact("nouveau")))
      do {
        try await Problem.ifBusy({ try await change.run(as: context.actor, in: world) })
        return try await shown(context, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
      } catch let fault as FieldFault {
        return try await shown(context, fault: fault)
      }
    }
    form(.access(.ownPart(.sessions)), right: EndSessions.right) { form, _, context in
      let typed = form["session"]
      let one = typed == "autres" ? nil : ID<OpenSession>(typed)
      guard typed == "autres" || one != nil, try await EndSessions(one).run(as: context.actor, in: world) else {
        throw Problem.missing("Cette session", remedy: "Elle est peut-être déjà fermée\u{202F}: rechargez la page.")
      }
      return try await shown(context, one == nil ? "Vos autres sessions sont fermées." : "Cette session est fermée.")
    }
    form(.access(.ownPart(.acting)), right: ActAs.right) { form, _, context in
      guard let id = ID<Membership>(form["membre"]), try await ActAs(id).run(as: context.actor, in: world) else {
        throw Problem.missing("Cette place", remedy: "Choisissez parmi celles de «\u{A0}Mon compte\u{A0}».")
      }
      return .redirect(to: .access(.account))
    }
    route(.access(.ownPart(.data)), right: ExportOwnData.right) { _, context in
      let text = try await ExportOwnData().run(as: context.actor, in: world)
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/json; charset=utf-8",
          .contentDisposition: "attachment; filename=\"mes-donnees-marchepied.json\"",
        ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
    form(.access(.ownPart(.erasure)), right: ForgetOwnAccount.right) { form, _, context in
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let erasure = ForgetOwnAccount(password: Password(form.exact("motdepasse-effacer")))
      do {
        try await Problem.ifBusy({ try await erasure.run(as: context.actor, in: world) })
        return .redirect(to: .home, cookies: [cookies.field(cookies.session, "", seconds: 0)])
      } catch let fault as FieldFault {
        return try await shown(context, fault: fault)
      }
    }
    route(.access(.trail(Query())), right: ReadTrail.right) { request, context in
      let before = try Query(parsing: request.uri.query)["avant"].flatMap { ID<TrailLine>($0) }
      guard let model = try await ReadTrail(.mine, before: before).run(as: context.actor, in: world) else {
        throw Problem.notFound
      }
      return TrailView(model: model).page
    }
  }

  /// The second factor of one's own account.
  mutating func secondFactor(world: World, throttle: SignInThrottle) {
    let shell = shell
    @Sendable func again(_ context: SiteContext, _ fault: FieldFault, field: String) async throws -> Response {
      let model = try await ShowOwnAccount().run(as: context.actor, in: world)
      var view = AccountView(
        model: model, hint: try world.accessTerms().passwords.hint, mark: context.formMark)
      view.fault = FieldFault(field, fault.description)
      return shell.page(view.page, for: context, status: .unprocessableContent)
    }
    @Sendable func proposal(
      _ context: SiteContext, _ fault: FieldFault? = nil, secret: String? = nil
    ) async throws -> SecondFactorView {
      let model = try await ShowOwnAccount().run(as: context.actor, in: world)
      let new = try await ProposeSecondFactor(secret: secret).run(as: context.actor, in: world)
      return SecondFactorView(
        factor: new.factor, code: new.code, hasPassword: model.hasPassword, mark: context.formMark, fault: fault)
    }
    route(.access(.ownPart(.secondFactor)), right: ProposeSecondFactor.right) { _, context in
      try await proposal(context).page
    }
    form(.access(.ownPart(.secondFactor)), right: AddSecondFactor.right) { form, _, context in
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let addition = AddSecondFactor(
        secret: form["clef"], code: form["code"], password: Password(form.exact("motdepasse")))
      do {
        let codes = try await Problem.ifBusy({ try await addition.run(as: context.actor, in: world) })
        return shell.page(RecoveryCodesView(codes: codes).page, for: context)
      } catch let fault as FieldFault {
        let page = try await proposal(context, fault, secret: form["clef"]).page
        return shell.page(page, for: context, status: .unprocessableContent)
      }
    }
    form(.access(.ownPart(.codes)), right: RenewRecoveryCodes.right) { form, _, context in
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let renewal = RenewRecoveryCodes(password: Password(form.exact("motdepasse-codes")))
      do {
        let codes = try await Problem.ifBusy({ try await renewal.run(as: context.actor, in: world) })
        return shell.page(RecoveryCodesView(codes: codes).page, for: context)
      } catch let fault as FieldFault {
        return try await again(context, fault, field: "motdepasse-codes")
      }
    }
    form(.access(.ownPart(.noSecondFactor)), right: RemoveSecondFactor.right) { form, _, context in
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let removal = RemoveSecondFactor(password: Password(form.exact("motdepasse-fin")))
      do {
        try await Problem.ifBusy({ try await removal.run(as: context.actor, in: world) })
        return .redirect(to: .access(.signIn(Query())))
      } catch let fault as FieldFault {
        return try await again(context, fault, field: "motdepasse-fin")
      }
    }
  }
}
