import Clauses
import Records
import Storage
import Vault

/// A message that tells the owner of an account what was just changed in it, in case it was somebody else.
struct AccountNotice {
  /// The subject of the message.
  let subject: String
  /// What was changed.
  let text: String
  /// Names the event.
  let key: String
  /// What links begin with.
  let site: String

  /// Queues it in the transaction of the change.
  func queue(to account: StoredAccount, at now: Moment, keys: KeyRing, in db: any Connection) throws {
    let identity = try account.identity(keys)
    let letter = try Letter(
      to: Mailbox.shown(identity.email.text, name: identity.name), subject: subject, kind: .notice, key: key,
      [
        .paragraph("Bonjour \(identity.givenName),"), .paragraph(text),
        .action(label: "Voir mon compte", link: try WebLink("\(site)/\(AccessPath.account)")),
        .note(
          "Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe par la page de connexion\u{202F}: "
            + "vos autres sessions seront fermées. Prévenez aussi la personne qui administre votre organisation."),
      ])
    try Outbox.queue(letter, with: keys, at: now.milliseconds, in: db)
  }
}
