import Casework
import Clauses
import HTTPTypes
import Hummingbird
import Logging
import Vault

extension Routes {
  /// Signing in through the provider of identities; without one these addresses lead nowhere.
  mutating func provider(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    form(.access(.provider), right: LeaveForProvider.right) { form, request, context in
      try throttle.take(context.client, account: "")
      let departure = Departure(.signIn, next: ReturnPath.safe(form["suite"]), request, cookies)
      return try await departure.response(in: world, shell: shell, context)
    }
    route(.access(.providerReturn), right: ReturnFromProvider.right) { request, context -> Response in
      // Held back at the departure: a return that no departure awaits asks nothing of the provider.
      guard let provider = world.access.provider else { throw Problem.notFound }
      let back = ReturnFromProvider(
        query: request.uri.query ?? "", browser: cookies.browser(in: request), device: SiteContext.device(request))
      do {
        let outcome = try await back.run(as: context.actor, in: world)
        return Self.settled(outcome, from: provider.name, cookies: cookies, shell: shell, context)
      } catch let failure as ProviderFailure {
        return Self.failed(failure, provider.name, shell: shell, context)
      }
    }
    route(.access(.providerEnd), right: .enter) { _, _ in
      guard let provider = world.access.provider else { throw Problem.notFound }
      return SignedOutView(name: provider.name).page
    }
  }

  /// One's own identities: leaving to tie one, tying it, taking it away.
  mutating func identities(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    form(.access(.ownPart(.identityStart)), right: TieIdentity.right) { _, request, context in
      try throttle.take(context.client, account: "")
      let departure = Departure(.tie, next: Address.access(.account).href, request, cookies)
      return try await departure.response(in: world, shell: shell, context)
    }
    route(.access(.ownPart(.identityTie)), right: TieIdentity.right) { request, context -> Response in
      guard let view = try await Self.tie(request, context, in: world, cookies) else {
        return .redirect(to: .access(.account))
      }
      return shell.page(view.page, for: context)
    }
    form(.access(.ownPart(.identityTie)), right: TieIdentity.right) { form, request, context in
      guard world.access.provider != nil, let browser = cookies.browser(in: request) else { throw Problem.notFound }
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let tie = TieIdentity(browser: browser, password: Password(form.exact(TieIdentity.field)))
      do {
        guard try await Problem.ifBusy({ try await tie.run(as: context.actor, in: world) }) else {
          throw Problem.lateIdentity
        }
        return .redirect(to: .access(.account))
      } catch let fault as FieldFault {
        guard var view = try await Self.tie(request, context, in: world, cookies) else { throw Problem.lateIdentity }
        view.fault = fault
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
    form(.access(.ownPart(.identityEnd)), right: UntieIdentity.right) { form, _, context in
      guard world.access.provider != nil, let id = ID<TiedIdentity>(form["identite"]) else { throw Problem.notFound }
      try throttle.take(context.client, account: context.actor.person?.account.description ?? "")
      let end = UntieIdentity(id, password: Password(form.exact(UntieIdentity.field)))
      do {
        guard try await Problem.ifBusy({ try await end.run(as: context.actor, in: world) }) else {
          throw Problem.missing(
            "Cette identité", remedy: "Elle est peut-être déjà détachée\u{202F}: rechargez la page.")
        }
        return .redirect(to: .access(.account))
      } catch let fault as FieldFault {
        var view = AccountView(
          model: try await ShowOwnAccount().run(as: context.actor, in: world),
          hint: try world.accessTerms().passwords.hint, mark: context.formMark)
        view.fault = fault
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
  }

  /// The page of the identity that waits in this browser; nil where none does.
  private static func tie(
    _ request: Request, _ context: SiteContext, in world: World, _ cookies: Cookies
  ) async throws -> TieView? {
    let model = try await ShowOwnAccount(browser: cookies.browser(in: request)).run(as: context.actor, in: world)
    guard let identities = model.identities, let shown = identities.waiting else { return nil }
    return TieView(name: identities.provider, shown: shown, hasPassword: model.hasPassword, mark: context.formMark)
  }

  private static func settled(
    _ outcome: ReturnFromProvider.Outcome, from name: String, cookies: Cookies, shell: Shell, _ context: SiteContext
  ) -> Response {
    switch outcome {
    case .opened(let secret, let next):
      return .redirect(toPath: ReturnPath.safe(next), cookies: [cookies.field(cookies.session, secret.text)])
    case .needsCode(let secret, let next):
      let page = Address.access(.code).href + "?suite=" + PercentCode.encode(ReturnPath.safe(next))
      return .redirect(toPath: page, cookies: [cookies.field(cookies.session, secret.text)])
    case .invited(let next): return .redirect(toPath: ReturnPath.safe(next))
    case .toConfirm: return .redirect(to: .access(.ownPart(.identityTie)))
    case .tied: return .redirect(to: .access(.account))
    case .unknown(let shown, let minutes):
      return shell.page(UnknownIdentityView(name: name, shown: shown, minutes: minutes).page, for: context)
    case .ofAnother:
      return shell.page(ProviderTroubleView(name: name, .ofAnother, for: context).page, for: context, status: .conflict)
    case .refused:
      return shell.page(ProviderTroubleView(name: name, .closed, for: context).page, for: context, status: .forbidden)
    }
  }

  fileprivate static func failed(
    _ failure: ProviderFailure, _ name: String, shell: Shell, _ context: SiteContext
  ) -> Response {
    let isOurs = failure.kind == .unavailable || failure.kind == .untrusted
    context.logger.log(
      level: isOurs ? .error : .info, "sign-in through the provider failed", metadata: ["cause": "\(failure)"])
    let status: HTTPResponse.Status =
      switch failure.kind {
      case .declined, .late: .badRequest
      case .unavailable: .serviceUnavailable
      case .untrusted: .badGateway
      }
    let page = ProviderTroubleView(name: name, .failed(failure.kind), for: context).page
    return shell.page(page, for: context, status: status)
  }
}

/// Sending a browser to the provider of identities.
private struct Departure {
  let leave: LeaveForProvider
  let cookie: String

  init(_ purpose: LeaveForProvider.Purpose, next: String, _ request: Request, _ cookies: Cookies) {
    let browser = cookies.browser(in: request) ?? Secret()
    leave = LeaveForProvider(purpose, next: next, browser: browser)
    // Given anew each time: two departures of one browser, in two tabs, both come back.
    cookie = cookies.field(cookies.provider, browser.text)
  }

  func response(in world: World, shell: Shell, _ context: SiteContext) async throws -> Response {
    guard let name = world.access.provider?.name else { throw Problem.notFound }
    do {
      guard let address = try await leave.run(as: context.actor, in: world) else { throw Problem.notFound }
      return shell.leaving(LeavingView(.signIn, name: name, address: address), for: context, cookies: [cookie])
    } catch let failure as ProviderFailure {
      return Routes.failed(failure, name, shell: shell, context)
    }
  }
}

extension Shell {
  /// The page that leads elsewhere by itself, at once.
  ///
  /// A form may not be sent on to another site (`form-action`): the page in between ends the sending of ours.
  func leaving(_ view: LeavingView, for context: SiteContext, cookies: [String]) -> Response {
    var context = context
    context.path = nil
    var response = page(view.page, for: context)
    response.headers[.refresh] = "0; url=\(view.address)"
    for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return response
  }
}

extension HTTPField.Name {
  static let refresh = Self.known("Refresh")
}

extension Cookies {
  /// The secret of a browser that left for the provider of identities.
  func browser(in request: Request) -> Secret? { value(provider, in: request).flatMap { Secret($0) } }
}

extension Problem {
  /// 404: no identity waits in this browser any more.
  fileprivate static let lateIdentity = Problem(
    .notFound, "Aucune identité n’attend plus d’être reliée.",
    remedy: "Elle a attendu trop longtemps, ou l’est déjà. Recommencez depuis «\u{A0}Mon compte\u{A0}».")
}
