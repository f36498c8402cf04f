import Casework
import Clauses

/// A link to choose a new password that was opened: the password, and the code of the second factor where there is one.
struct NewPasswordView {
  let secret: String
  let needsCode: Bool
  /// Which passwords are taken.
  let hint: String
  let mark: HTML
  var fault: FieldFault?

  init(secret: String, needsCode: Bool, hint: String, mark: HTML) {
    (self.secret, self.needsCode, self.hint, self.mark) = (secret, needsCode, hint, mark)
  }

  var page: Page {
    Page(
      title: "Choisir un nouveau mot de passe", section: nil,
      lead: "Ce lien ne sert qu’une fois. Vos sessions ouvertes ailleurs seront fermées.", hasForm: true
    ) {
      """
      \(errorSummary(fields))<form class="narrow" method="post" action="\(Address.access(.newPassword(secret)))">\(mark)\
      \(each(fields) { $0.html })<button class="btn btn-primary" type="submit">Enregistrer et me connecter</button></form>
      """
    }
  }

  private var fields: [Field] {
    func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }
    let password = AccessFields.newPassword(hint: hint, error: error("nouveau"))
    guard needsCode else { return [password] }
    return [
      password,
      Field(
        "code", "Code à six chiffres, ou code de secours", .text(mode: "numeric", autocomplete: "one-time-code"),
        value: nil, hint: "Celui de votre application d’authentification.", error: error("code"), isRequired: true),
    ]
  }
}
