import Casework
import Clauses
import HTTPTypes
import Hummingbird
import Vault

/// Holds back whoever tries passwords or codes: by address, and by account whatever the address.
final class SignInThrottle: Sendable {
  private let addresses = RateLimit(burst: 20, perSecond: 0.2)
  private let accounts = RateLimit(burst: 6, perSecond: 1.0 / 60)

  /// Throws 429 with the seconds to wait.
  func take(_ client: String?, account: String) throws(Problem) {
    let now = ContinuousClock.now
    // Only what is an address is remembered: a field holds as much as someone sends.
    let account = account.utf8.count <= 320 ? account : ""
    if let client, let wait = addresses.take(client, at: now) { throw .tooMany(seconds: wait) }
    guard !account.isEmpty else { return }
    if let wait = accounts.take(account.lowercased(), at: now) { throw .tooMany(seconds: wait) }
  }
}

extension Routes {
  /// Accounts, organisations, rights.
  mutating func access(world: World, cookies: Cookies) {
    let throttle = SignInThrottle()
    signIn(world: world, cookies: cookies, throttle: throttle)
    signInLink(world: world, cookies: cookies, throttle: throttle)
    newPassword(world: world, cookies: cookies, throttle: throttle)
    provider(world: world, cookies: cookies, throttle: throttle)
    identities(world: world, cookies: cookies, throttle: throttle)
    joining(world: world, cookies: cookies, throttle: throttle)
    account(world: world, cookies: cookies, throttle: throttle)
    secondFactor(world: world, throttle: throttle)
    organisations(world: world)
    members(world: world)
    keys(world: world)
    route(.access(.rights), right: .readPublicData) { _, context in
      let least = world.figures.counts[FigureKey<Int>("secrecy.minimum"), on: world.today()]?.value
      return RightsView(actor: context.actor, leastShown: least).page
    }
    route(.access(.accessibility), right: .readPublicData) { _, _ in AccessibilityView().page }
  }

  // MARK: Signing in

  private mutating func signIn(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    route(.access(.signIn(Query())), right: SignIn.right) { request, context in
      let next = ReturnPath.safe(try Query(parsing: request.uri.query)["suite"])
      let invented = try await ListDemonstrationAccounts().run(as: context.actor, in: world)
      return SignInView(
        next: next, mark: context.formMark, invented: invented, provider: world.access.provider?.name
      ).page
    }
    form(.access(.signIn(Query())), right: SignIn.right) { form, request, context in
      let next = ReturnPath.safe(form["suite"])
      try throttle.take(context.client, account: form["courriel"])
      let attempt = SignIn(
        email: form["courriel"], password: Password(form.exact("motdepasse")), device: SiteContext.device(request))
      switch try await Problem.ifBusy({ try await attempt.run(as: context.actor, in: world) }) {
      case .refused:
        let invented = try await ListDemonstrationAccounts().run(as: context.actor, in: world)
        let page = SignInView(
          email: form["courriel"],
          error: "Adresse ou mot de passe incorrect. Vérifiez les deux, majuscules comprises.", next: next,
          mark: context.formMark, invented: invented, provider: world.access.provider?.name
        ).page
        return shell.page(page, for: context, status: .unprocessableContent)
      case .opened(let secret): return .redirect(toPath: next, cookies: [cookies.field(cookies.session, secret.text)])
      case .needsCode(let secret):
        let page = Address.access(.code).href + "?suite=" + PercentCode.encode(next)
        return .redirect(toPath: page, cookies: [cookies.field(cookies.session, secret.text)])
      }
    }
    route(.access(.code), right: ConfirmSignIn.right) { request, context in
      CodeView(
        next: ReturnPath.safe(try Query(parsing: request.uri.query)["suite"]), mark: context.formMark
      ).page
    }
    form(.access(.code), right: ConfirmSignIn.right) { form, _, context in
      let next = ReturnPath.safe(form["suite"])
      try throttle.take(context.client, account: context.guest.secret.map { "code \($0.digest.text)" } ?? "")
      guard let secret = context.guest.secret else { return .redirect(to: .access(.signIn(Query()))) }
      switch try await ConfirmSignIn(secret: secret, code: form["code"]).run(as: context.actor, in: world) {
      case .late: return .redirect(to: .access(.signIn(Query().setting("suite", next))))
      case .refused:
        let page = CodeView(
          error: "Ce code n’est pas le bon, ou il a déjà servi. Tapez celui qui s’affiche maintenant.", next: next,
          mark: context.formMark
        ).page
        return shell.page(page, for: context, status: .unprocessableContent)
      case .opened(let secret, let codesLeft):
        let path = codesLeft == nil ? next : Address.access(.account).href
        return .redirect(toPath: path, cookies: [cookies.field(cookies.session, secret.text)])
      }
    }
    form(.access(.signOut), right: SignOut.right) { _, _, context in
      let address = try await SignOut().run(as: context.actor, in: world)
      let gone = [cookies.field(cookies.session, "", seconds: 0), cookies.field(cookies.provider, "", seconds: 0)]
      guard let address, let name = world.access.provider?.name else { return .redirect(to: .home, cookies: gone) }
      var left = context
      (left.actor, left.guest) = (.visitor, Guest())
      return shell.leaving(LeavingView(.signOut, name: name, address: address), for: left, cookies: gone)
    }
    form(.access(.demonstration), right: EnterDemonstration.right) { form, request, context in
      guard let id = ID<Membership>(form["membre"]),
        let secret = try await EnterDemonstration(id, device: SiteContext.device(request))
          .run(as: context.actor, in: world)
      else { throw Problem.notFound }
      return .redirect(
        toPath: ReturnPath.safe(form["suite"]), cookies: [cookies.field(cookies.session, secret.text)])
    }
  }

  // MARK: Links

  private mutating func signInLink(world: World, cookies: Cookies, throttle: SignInThrottle) {
    linkRequest(.signIn, right: RequestSignInLink.right, throttle: throttle) {
      try await RequestSignInLink(email: $0).run(as: $1, in: world)
    }
    route(.access(.link(Address.any)), right: FollowSignInLink.right) { _, context in
      let text = try context.identifier("secret")
      guard let secret = Secret(text),
        try await FollowSignInLink(secret, device: "").isOpen(as: context.actor, in: world)
      else { throw Problem.usedLink }
      return LinkView(secret: text, mark: context.formMark).page
    }
    form(.access(.link(Address.any)), right: FollowSignInLink.right) { _, request, context in
      try throttle.take(context.client, account: "")
      guard let secret = Secret(try context.identifier("secret")) else { throw Problem.usedLink }
      let link = FollowSignInLink(secret, device: SiteContext.device(request))
      switch try await link.run(as: context.actor, in: world) {
      case .refused: throw Problem.usedLink
      case .opened(let secret):
        return .redirect(to: .home, cookies: [cookies.field(cookies.session, secret.text)])
      case .needsCode(let secret):
        return .redirect(to: .access(.code), cookies: [cookies.field(cookies.session, secret.text)])
      }
    }
  }

  // MARK: Joining

  private mutating func joining(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    let hint: @Sendable () throws -> String = { try world.accessTerms().passwords.hint }
    route(.access(.register), right: RegisterOrganisation.right) { _, context in
      RegisterView(
        fields: AccessFields(hint: try hint()), isSignedIn: context.actor.person != nil, mark: context.formMark
      ).page
    }
    form(.access(.register), right: RegisterOrganisation.right) { form, request, context in
      try throttle.take(context.client, account: "")
      let isSignedIn = context.actor.person != nil
      var fields = AccessFields(form, hint: try hint())
      let registration = RegisterOrganisation(
        organisation: fields.organisation, person: isSignedIn ? nil : PersonDraft(form),
        device: SiteContext.device(request))
      do {
        let outcome = try await Problem.ifBusy({ try await registration.run(as: context.actor, in: world) })
        switch outcome {
        case .known(let name):
          let page = RegisterView(fields: fields, known: name, isSignedIn: isSignedIn, mark: context.formMark).page
          return shell.page(page, for: context, status: .unprocessableContent)
        case .registered(_, let secret):
          return .redirect(
            to: .access(.account),
            cookies: secret.map { [cookies.field(cookies.session, $0.text)] } ?? [])
        }
      } catch let fault as FieldFault {
        fields.fault = fault
        let page = RegisterView(fields: fields, isSignedIn: isSignedIn, mark: context.formMark).page
        return shell.page(page, for: context, status: .unprocessableContent)
      }
    }
    route(.access(.setUp(Address.any)), right: SetUpInstallation.right) { _, context in
      let text = try context.identifier("secret")
      guard let secret = Secret(text), try await SetUpInstallation.isOpen(secret, in: world) else {
        throw Problem.usedLink
      }
      return JoinView(
        kind: .setUp, secret: text, fields: AccessFields(hint: try hint()), isSignedIn: false, mark: context.formMark
      ).page
    }
    form(.access(.setUp(Address.any)), right: SetUpInstallation.right) { form, request, context in
      let text = try context.identifier("secret")
      guard let secret = Secret(text) else { throw Problem.usedLink }
      var fields = AccessFields(form, hint: try hint())
      let setUp = SetUpInstallation(
        secret: secret, organisation: fields.organisation, person: PersonDraft(form),
        device: SiteContext.device(request))
      do {
        guard let opened = try await Problem.ifBusy({ try await setUp.run(as: context.actor, in: world) }) else {
          throw Problem.usedLink
        }
        return .redirect(to: .access(.account), cookies: [cookies.field(cookies.session, opened.text)])
      } catch let fault as FieldFault {
        fields.fault = fault
        let page = JoinView(kind: .setUp, secret: text, fields: fields, isSignedIn: false, mark: context.formMark).page
        return shell.page(page, for: context, status: .unprocessableContent)
      }
    }
    route(.access(.invitation(Address.any)), right: AcceptInvitation.right) { request, context in
      let text = try context.identifier("secret")
      // Whoever came back with an identity may still choose a password.
      let isPlain = try Query(parsing: request.uri.query)["par"] == JoinView.byPassword
      guard let secret = Secret(text),
        let invitation = try await ReadInvitation(secret, browser: isPlain ? nil : cookies.browser(in: request))
          .run(as: context.actor, in: world)
      else { throw Problem.usedLink }
      return JoinView(
        kind: .invitation(invitation), secret: text, fields: AccessFields(hint: try hint()),
        isSignedIn: context.actor.person != nil, mark: context.formMark
      ).page
    }
    form(.access(.invitation(Address.any)), right: AcceptInvitation.right) { form, request, context in
      let text = try context.identifier("secret")
      let browser = form["par"] == JoinView.byIdentity ? cookies.browser(in: request) : nil
      guard let secret = Secret(text),
        let invitation = try await ReadInvitation(secret, browser: browser).run(as: context.actor, in: world)
      else { throw Problem.usedLink }
      var view = JoinView(
        kind: .invitation(invitation), secret: text, fields: AccessFields(form, hint: try hint()),
        isSignedIn: context.actor.person != nil, mark: context.formMark)
      let acceptance = AcceptInvitation(
        secret: secret, givenName: form["prenom"], surname: form["nom"], password: Password(form.exact("nouveau")),
        device: SiteContext.device(request), browser: browser)
      do {
        switch try await Problem.ifBusy({ try await acceptance.run(as: context.actor, in: world) }) {
        case .ended: throw Problem.usedLink
        case .signInFirst:
          return .redirect(to: .access(.signIn(Query().setting("suite", Address.access(.invitation(text)).href))))
        case .otherPerson:
          view.error = "Cette invitation s’adresse à quelqu’un d’autre. Déconnectez-vous, puis rouvrez le lien."
        case .proveFirst:
          view.error =
            "Prouvez d’abord que vous lisez cette adresse\u{202F}: demandez un lien de connexion par courriel, ouvrez-le, puis rouvrez cette invitation."
        case .joined(let secret):
          return .redirect(
            to: .access(.account), cookies: secret.map { [cookies.field(cookies.session, $0.text)] } ?? [])
        }
      } catch let fault as FieldFault {
        view.fields.fault = fault
      }
      return shell.page(view.page, for: context, status: .unprocessableContent)
    }
  }
}

extension PersonDraft {
  init(_ form: Form) {
    self.init(
      givenName: form["prenom"], surname: form["nom"], email: form["courriel"],
      password: Password(form.exact("nouveau")))
  }
}

extension Problem {
  /// 404: a link that served, came too late, or never was.
  static let usedLink = Problem(
    .notFound, "Ce lien ne sert plus.",
    remedy:
      "Il a déjà servi, ou il est trop ancien. Demandez-en un autre, par la page de connexion ou à qui vous l’a envoyé."
  )

  /// Too many passwords are being checked: 503 with a minute to wait.
  static func ifBusy<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let failure as PasswordHasher.Failure {
      throw Problem(
        .serviceUnavailable, "\(failure)", remedy: "Ce que vous avez tapé n’est pas perdu\u{202F}: revenez en arrière.",
        headers: [.retryAfter: "60"])
    }
  }
}
