import Clauses
import Records
import Storage
import Vault

/// A link that goes by e-mail to the owner of an account: the last one sent serves, once, within some minutes.
struct MailedLink: Sendable {
  /// What the link opens.
  let kind: AccessLinkKind
  /// What the message is, for the queue.
  let letter: Letter.Kind
  /// The page of the link, before its secret.
  let path: String
  /// The subject of the message.
  let subject: String
  /// What was asked for.
  let request: String
  /// The words on the link.
  let action: String
  /// What happens if nothing is done.
  let otherwise: String

  /// The link to sign in without a password.
  static let signIn = MailedLink(
    kind: .signIn, letter: .signIn, path: AccessPath.signIn, subject: "Votre lien de connexion à Marchepied",
    request: "Vous avez demandé à vous connecter sans mot de passe.", action: "Me connecter",
    otherwise: "personne n’entre sans l’ouvrir")

  /// The link to choose another password.
  static let newPassword = MailedLink(
    kind: .reset, letter: .recovery, path: AccessPath.newPassword, subject: "Votre nouveau mot de passe Marchepied",
    request: "Vous avez demandé à choisir un nouveau mot de passe.", action: "Choisir un mot de passe",
    otherwise: "votre mot de passe ne change pas")

  /// Makes the link and queues its message in one transaction; does nothing for an address without an active account.
  ///
  /// Throws ``FieldFault`` for what is no address.
  func send(to email: String, in world: World) async throws {
    guard let address = EmailAddress(email) else {
      throw FieldFault("courriel", "Cette adresse électronique n’est pas complète, par exemple prenom.nom@mairie.fr.")
    }
    let minutes = try world.accessTerms().linkMinutes
    let (now, access, secret) = (world.moment, world.access, Secret())
    try await world.database.write { db in
      guard let account = try Accounts.find(emailIndexes: EmailIndex.all(address, access.keys), in: db),
        account.state == .active
      else { return }
      try AccessLinks.withdraw(kind, account: account.id, in: db)
      let link = AccessLink(
        digest: secret.digest.text, id: ID(at: now), kind: kind, account: account.id, createdAt: now,
        endsAt: now.adding(minutes: minutes))
      try AccessLinks.insert(link, in: db)
      let identity = try account.identity(access.keys)
      let message = try Letter(
        to: Mailbox.shown(identity.email.text, name: identity.name), subject: subject, kind: letter,
        key: "\(kind.rawValue)/\(link.id)", notAfter: link.endsAt.milliseconds,
        [
          .paragraph("Bonjour \(identity.givenName),"), .paragraph(request),
          .action(label: action, link: try WebLink("\(access.site)/\(path)/\(secret.text)")),
          .note(
            "Ce lien ne sert qu’une fois, dans les \(French.count(Int(minutes), "minute")). Si vous n’avez rien demandé, "
              + "ne faites rien\u{202F}: \(otherwise)."),
        ])
      try Outbox.queue(message, with: access.keys, at: now.milliseconds, in: db)
    }
  }
}
