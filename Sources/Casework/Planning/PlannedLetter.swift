import Clauses
import Records
import Storage
import Vault

/// What the other side of a planned contract is written when something was said or decided.
enum PlannedLetter {
  /// That a programme came, under which reference, and until when a person answers.
  static func receipt(
    of stored: StoredSender, to sender: ProgrammeSender, body: String, due: Day
  ) throws(LetterFault) -> Letter {
    try Letter(
      to: Mailbox.shown(sender.email.text, name: sender.name),
      subject: "Votre programmation d’achats \(stored.reference) est reçue", kind: .notice,
      key: "programme/\(stored.programme)/receipt",
      [
        .paragraph("Bonjour,"),
        .paragraph(
          "\(body) a reçu votre programmation d’achats, sous la référence \(stored.reference), et vous répondra au plus tard "
            + "le \(due.french)."),
        .note(
          "Si vous n’avez rien envoyé, quelqu’un a donné votre adresse par erreur\u{202F}: prévenez cette structure, ou ne "
            + "faites rien."),
      ])
  }

  /// That someone sent a programme without an account: whoever studies for the body looks at it.
  static func arrival(
    of programme: StoredProgramme, reference: String, to body: ID<Organisation>, at now: Moment, in world: AccessMeans,
    in db: any Connection
  ) throws {
    let members = try Memberships.all(of: body, in: db).filter { $0.endedAt == nil && $0.role == .facilitator }
    let link = try WebLink("\(world.site)/\(PlanningPath.programmes)/\(programme.id)")
    for (id, account) in try Accounts.find(all: Set(members.map(\.account)), in: db) where account.state == .active {
      let identity = try account.identity(world.keys)
      let letter = try Letter(
        to: Mailbox.shown(identity.email.text, name: identity.name),
        subject: "Une programmation d’achats à vérifier\u{202F}: \(reference)", kind: .notice,
        key: "programme/\(programme.id)/arrival/\(id)",
        [
          .paragraph("Bonjour \(identity.givenName),"),
          .paragraph(
            "Quelqu’un vient d’envoyer une programmation d’achats par le formulaire public. Une réponse lui est promise."
          ),
          .action(label: "Voir l’envoi", link: link),
        ])
      try Outbox.queue(letter, with: world.keys, at: now.milliseconds, in: db)
    }
  }

  /// Tells the other side what was just said or decided: accounts by a link, whoever has none by the words themselves.
  ///
  /// Runs in the transaction of the change; a side where nobody can be reached is left alone.
  static func tell(
    _ dossier: PlannedDossier, _ words: String, as actor: Actor, at now: Moment, in world: AccessMeans,
    in db: any Connection
  ) throws {
    guard let person = actor.person?.account else { return }
    // A body that was taken into another lives on in it, with its members.
    let bodies = try Organisations.family(of: dossier.body, in: db)
    let members = try Memberships.all(of: bodies[0], in: db).filter { $0.endedAt == nil }
    let writer = try actor.organisation.flatMap { try Organisations.find($0, in: db) }
    let isBody = writer.map { bodies.contains($0.id) } ?? false
    let isBuyer = !isBody && writer?.kind == .buyer && writer?.siret == dossier.buyer
    var accounts: Set<ID<Account>> = []
    if !isBody { accounts.formUnion(bodySide(of: dossier, members)) }
    if !isBuyer {
      accounts.formUnion(try buyerSide(of: dossier, leavingOut: Set(members.map(\.account)), in: db))
    }
    let event = "planned/\(dossier.id)/\(now.milliseconds)"
    // What people paste may hold signs that no header can.
    let object = PlainText.joined(String(dossier.contract.object.prefix(80)))
    let subject = "Du nouveau sur le marché «\u{A0}\(object)\u{A0}»"
    let link = try WebLink("\(world.site)/\(PlanningPath.planned)/\(dossier.id)")
    let whose = isBody ? "La structure qui étudie ce marché" : isBuyer ? dossier.buyerName : writer?.name ?? "Quelqu’un"
    for (id, account) in try Accounts.find(all: accounts, in: db)
    where account.state == .active && id != person {
      let identity = try account.identity(world.keys)
      let letter = try Letter(
        to: Mailbox.shown(identity.email.text, name: identity.name), subject: subject, kind: .notice,
        key: "\(event)/\(id)",
        [
          .paragraph("Bonjour \(identity.givenName),"),
          .paragraph("\(PlainText.joined(whose)) a écrit sur ce marché, ou y a fait un choix."),
          .action(label: "Lire et répondre", link: link),
        ])
      try Outbox.queue(letter, with: world.keys, at: now.milliseconds, in: db)
    }
    // Whoever sent without an account is written to only for what the body took, and did not undo.
    guard isBody, try Programmes.find(dossier.programme, in: db)?.state == .sent,
      let stored = try ProgrammeSenders.find(dossier.programme, in: db)
    else { return }
    let sender = try stored.sender(world.keys)
    let letter = try Letter(
      to: Mailbox.shown(sender.email.text, name: sender.name), subject: subject, kind: .notice, key: "\(event)/sender",
      [.paragraph("Bonjour,"), .paragraph("Au sujet de votre envoi \(stored.reference)\u{202F}:")]
        + words.split(separator: "\n").map { .paragraph(String($0)) } + [
          .note(
            "Cette adresse n’est pas lue. Pour répondre et suivre vos marchés, créez un compte d’acheteur\u{202F}: "
              + "\(world.site)/\(AccessPath.registration)")
        ])
    try Outbox.queue(letter, with: world.keys, at: now.milliseconds, in: db)
  }

  /// The buyer's people who sent the contract or wrote about it, and still belong to the buyer.
  private static func buyerSide(
    of dossier: PlannedDossier, leavingOut body: Set<ID<Account>>, in db: any Connection
  ) throws -> Set<ID<Account>> {
    guard let buyer = try Organisations.find(dossier.buyer, .buyer, in: db) else { return [] }
    let present = Set(try Memberships.all(of: buyer.id, in: db).filter { $0.endedAt == nil }.map(\.account))
    var asked = Set(try PlannedDossiers.steps(of: dossier.id, in: db).compactMap(\.account))
    if let sender = try Programmes.find(dossier.programme, in: db)?.createdBy { asked.insert(sender) }
    return asked.intersection(present).subtracting(body)
  }

  /// Who follows it, else every facilitator of the body.
  private static func bodySide(of dossier: PlannedDossier, _ members: [Membership]) -> Set<ID<Account>> {
    if let follower = members.first(where: { $0.id == dossier.assigned }) { return [follower.account] }
    return Set(members.filter { $0.role == .facilitator }.map(\.account))
  }
}

/// Where pages of planned contracts stand that messages lead to; the site makes its addresses from the same words.
public enum PlanningPath {
  /// Planned contracts.
  public static let planned = "marches-prevus"
  /// Programmes.
  public static let programmes = "programmes"
}
