import Casework
import Clauses
import HTTPTypes
import Hummingbird
import Vault

extension Routes {
  /// A new password by a link, for whoever forgot theirs.
  mutating func newPassword(world: World, cookies: Cookies, throttle: SignInThrottle) {
    let shell = shell
    linkRequest(.newPassword, right: RequestNewPassword.right, throttle: throttle) {
      try await RequestNewPassword(email: $0).run(as: $1, in: world)
    }
    let hint: @Sendable () throws -> String = { try world.accessTerms().passwords.hint }
    route(.access(.newPassword(Address.any)), right: ChooseNewPassword.right) { _, context in
      let text = try context.identifier("secret")
      guard let secret = Secret(text),
        let model = try await ChooseNewPassword(secret).read(as: context.actor, in: world)
      else { throw Problem.usedLink }
      return NewPasswordView(secret: text, needsCode: model.needsCode, hint: try hint(), mark: context.formMark).page
    }
    form(.access(.newPassword(Address.any)), right: ChooseNewPassword.right) { form, request, context in
      let text = try context.identifier("secret")
      guard let secret = Secret(text) else { throw Problem.usedLink }
      // Codes are tried under the link, so that they are held back as those of a sign-in.
      try throttle.take(context.client, account: "lien \(secret.digest.text)")
      let choice = ChooseNewPassword(secret)
      guard let model = try await choice.read(as: context.actor, in: world) else { throw Problem.usedLink }
      let typed = ChooseNewPassword.Typed(
        password: Password(form.exact("nouveau")), code: form["code"], device: SiteContext.device(request))
      do {
        switch try await Problem.ifBusy({ try await choice.run(typed, as: context.actor, in: world) }) {
        case .refused: throw Problem.usedLink
        case .opened(let session):
          return .redirect(to: .access(.account), cookies: [cookies.field(cookies.session, session.text)])
        case .needsCode(let session):
          return .redirect(to: .access(.code), cookies: [cookies.field(cookies.session, session.text)])
        }
      } catch let fault as FieldFault {
        var view = NewPasswordView(
          secret: text, needsCode: model.needsCode, hint: try hint(), mark: context.formMark)
        view.fault = fault
        return shell.page(view.page, for: context, status: .unprocessableContent)
      }
    }
  }
}
