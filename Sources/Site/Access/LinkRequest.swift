import Casework
import HTTPTypes

/// What someone asks a link for, by e-mail: to sign in, or to choose another password.
struct LinkRequest: Sendable {
  /// The title of its page.
  let title: String
  /// The line under the title.
  let lead: HTML
  /// The page of the form.
  let address: Address
  /// What is said once it is sent, after what both say.
  let after: String
  /// What the throttle counts its tries under, before the address.
  let counted: String

  static let signIn = LinkRequest(
    title: "Se connecter sans mot de passe", lead: .empty, address: .access(.linkRequest), after: "", counted: "lien")
  static let newPassword = LinkRequest(
    title: "Mot de passe oublié", lead: "Nous vous enverrons un lien pour en choisir un autre.",
    address: .access(.passwordRequest), after: " D’ici là, votre mot de passe ne change pas.", counted: "mot de passe")
}

/// The form that asks for a link, and the answer, which never says whether the address has an account.
struct LinkRequestView {
  let request: LinkRequest
  var email = ""
  var error: String?
  var isSent = false
  let mark: HTML

  init(_ request: LinkRequest, email: String = "", mark: HTML) {
    (self.request, self.email, self.mark) = (request, email, mark)
  }

  var page: Page {
    Page(
      title: request.title, section: nil, crumbs: [.init("Se connecter", .access(.signIn(Query())))],
      lead: isSent ? .empty : request.lead, hasForm: true
    ) {
      guard !isSent else {
        return Parts.note(
          .neutral,
          """
          <p role="status">Si cette adresse a un compte, un lien vient de lui être envoyé. Il sert une fois, pendant quelques \
          minutes\u{202F}: pensez à regarder dans les indésirables.\(request.after)</p>
          """)
      }
      let field = Field(
        "courriel", "Adresse électronique", .text(type: "email", autocomplete: "username"), value: email, error: error,
        isRequired: true)
      return """
        \(errorSummary([field]))<form class="narrow" method="post" action="\(request.address)">\(mark)\
        \(field.html)<button class="btn btn-primary" type="submit">Recevoir le lien</button></form>
        """
    }
  }
}

extension Routes {
  /// The two pages of a link by e-mail: the form, and what comes of it.
  mutating func linkRequest(
    _ request: LinkRequest, right: Right, throttle: SignInThrottle,
    send: @escaping @Sendable (_ email: String, _ actor: Actor) async throws -> Void
  ) {
    let shell = shell
    route(request.address, right: right) { _, context in LinkRequestView(request, mark: context.formMark).page }
    form(request.address, right: right) { form, _, context in
      try throttle.take(context.client, account: "\(request.counted) \(form["courriel"])")
      var view = LinkRequestView(request, email: form["courriel"], mark: context.formMark)
      do {
        try await send(form["courriel"], context.actor)
        view.isSent = true
      } catch let fault as FieldFault {
        view.error = fault.description
      }
      return shell.page(view.page, for: context, status: view.isSent ? .ok : .unprocessableContent)
    }
  }
}
