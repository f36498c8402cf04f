public import Casework
import Clauses

/// A contract of the list of spotting as programs read it: amounts in cents, days as yyyy-MM-dd, absent where unknown.
public struct ContractJSON: Sendable, Encodable {
  let id: Int64
  let kind, number, object, buyer: String
  let buyerName, departement, cpv, family, end, contactBefore: String?
  let amountCents: Int64?
  let amountIsCeiling: Bool
  let criteria: Criteria
  let meetsAll, aboveThreshold, oneOff, withSocialConsideration: Bool
  let renewalWindow: Window?
  let hours: Hours?
  let duty: String
  let priority: Int32
  let why: String

  struct Criteria: Encodable { let duration, amount, nature, people: String }
  struct Window: Encodable { let opens, closes: String }
  struct Hours: Encodable { let low, usual, high: Int32 }

  /// A line of the list.
  public init(_ item: SpottingItem) {
    id = item.id
    kind = item.kind.rawValue
    number = item.number
    object = item.object
    buyer = item.buyer.digits
    buyerName = item.buyerName
    departement = item.departement?.code
    cpv = item.cpv?.digits
    family = item.family?.label
    end = item.cell.end?.description
    contactBefore = item.contactBefore?.description
    amountCents = item.amount?.cents
    amountIsCeiling = item.amountIsCeiling
    criteria = Criteria(
      duration: "\(item.cell.duration)", amount: "\(item.cell.amount)", nature: "\(item.cell.nature)",
      people: "\(item.cell.people)")
    meetsAll = item.cell.meetsAll
    renewalWindow = item.window.map { Window(opens: $0.opens.description, closes: $0.closes.description) }
    aboveThreshold = item.cell.isAboveThreshold
    oneOff = item.cell.recurrence == .oneOff
    withSocialConsideration = item.social.isPositive
    if let low = item.cell.hoursLow, let usual = item.cell.hoursUsual, let high = item.cell.hoursHigh {
      hours = Hours(low: low, usual: usual, high: high)
    } else {
      hours = nil
    }
    duty = "\(item.cell.duty)"
    priority = item.cell.rank
    why = item.why
  }

  static let schema: JSONSchema = {
    let verdict = JSONSchema.word(Verdict.Outcome.allCases.map { "\($0)" })
    return .object([
      .init("id", "Numéro dans cette installation.", .whole(from: 1)),
      .init("kind", "Marché ou concession.", .word(AwardNotice.Kind.allCases.map(\.rawValue))),
      .init("number", "Numéro donné par l’acheteur.", .text()), .init("object", "Objet.", .text()),
      .init("buyer", "SIRET de l’acheteur.", .text(pattern: "^[0-9]{14}$")),
      .init("buyerName", "Nom de l’acheteur.", .text(), isOptional: true),
      .init("departement", "Département d’exécution.", .text(), isOptional: true),
      .init("cpv", "Code CPV principal.", .text(pattern: "^[0-9]{8}$"), isOptional: true),
      .init("family", "Famille d’achats.", .text(), isOptional: true),
      .init("end", "Fin prévue.", .text(format: "date"), isOptional: true),
      .init("contactBefore", "Jour avant lequel appeler l’acheteur.", .text(format: "date"), isOptional: true),
      .init("amountCents", "Montant hors taxes, en centimes.", .whole(), isOptional: true),
      .init("amountIsCeiling", "Le montant est le plafond d’un accord-cadre.", .flag),
      .init(
        "criteria", "Les quatre critères de faisabilité.",
        .object([
          .init("duration", "Durée.", verdict), .init("amount", "Montant.", verdict),
          .init("nature", "Nature.", verdict), .init("people", "Publics disponibles.", verdict),
        ])),
      .init("meetsAll", "Les quatre critères sont remplis.", .flag),
      .init("aboveThreshold", "Le montant atteint le seuil européen.", .flag),
      .init("oneOff", "Opération ponctuelle, qui ne revient pas en principe.", .flag),
      .init("withSocialConsideration", "Une considération sociale est déclarée.", .flag),
      .init(
        "renewalWindow", "Période où l’acheteur prépare la suite.",
        .object([
          .init("opens", "Premier jour.", .text(format: "date")),
          .init("closes", "Dernier jour.", .text(format: "date")),
        ]), isOptional: true),
      .init(
        "hours", "Heures d’insertion envisageables : ordre de grandeur.",
        .object([
          .init("low", "Basse.", .whole(from: 0)), .init("usual", "Usuelle.", .whole(from: 0)),
          .init("high", "Haute.", .whole(from: 0)),
        ]), isOptional: true),
      .init("duty", "Obligation légale que le renouvellement rencontrerait.", .text()),
      .init("priority", "Rang de priorité, le plus grand d’abord.", .whole()),
      .init("why", "Pourquoi ce rang, en une phrase.", .text()),
    ])
  }()
}

/// A page of contracts.
struct ContractsJSON: Encodable {
  let contracts: [ContractJSON]
  let count: Int
  let countIsCapped: Bool
  let next: String?

  static let schema = JSONSchema.object([
    .init("contracts", "Les marchés de la page.", .list(of: .named("Contract"))),
    .init("count", "Combien répondent, compté jusqu’à une limite.", .whole(from: 0)),
    .init("countIsCapped", "Il y en a davantage que « count ».", .flag),
    .init("next", "À donner en « cursor » pour la page suivante ; absent à la dernière.", .text(), isOptional: true),
  ])
}

/// An inclusion structure.
struct StructureJSON: Encodable {
  let id: Int64
  let siret, kind, name: String
  let legalName, activity, postcode, commune, departement: String?
  let families: [String]
  let metres: Int?
  let list: String

  init(_ item: StructureItem) {
    (id, siret, kind, name) = (item.id, item.siret.digits, item.kind.rawValue, item.name)
    (legalName, activity, postcode, commune) = (item.legalName, item.activity, item.postcode, item.communeName)
    (departement, families, metres, list) = (item.departement?.code, item.families, item.metres, item.list)
  }

  static let schema = JSONSchema.object([
    .init("id", "Numéro dans cette installation.", .whole(from: 1)),
    .init("siret", "SIRET.", .text(pattern: "^[0-9]{14}$")),
    .init("kind", "Sorte de structure.", .word(StructureKind.allCases.map(\.rawValue))),
    .init("name", "Nom d’usage.", .text()), .init("legalName", "Raison sociale.", .text(), isOptional: true),
    .init("activity", "Activité principale.", .text(), isOptional: true),
    .init("postcode", "Code postal.", .text(), isOptional: true),
    .init("commune", "Commune.", .text(), isOptional: true),
    .init("departement", "Département.", .text(), isOptional: true),
    .init("families", "Familles d’achats qu’elle peut réaliser.", .list(of: .text())),
    .init("metres", "Distance au lieu donné, en mètres.", .whole(from: 0), isOptional: true),
    .init("list", "Liste d’où elle vient.", .text()),
  ])
}

/// A page of structures.
struct StructuresJSON: Encodable {
  let structures: [StructureJSON]
  let count: Int
  let hasNext: Bool

  static let schema = JSONSchema.object([
    .init("structures", "Les structures de la page.", .list(of: .named("Structure"))),
    .init("count", "Combien répondent.", .whole(from: 0)),
    .init("hasNext", "Une page suit.", .flag),
  ])
}

/// An organisation.
struct OrganisationJSON: Encodable {
  let id, kind, name, state: String
  let siret, naf, address, postcode, commune, departement: String?

  init(_ organisation: Organisation) {
    (id, kind) = (organisation.id.description, organisation.kind.code)
    (name, state) = (organisation.name, organisation.state.rawValue)
    (siret, naf, address) = (organisation.siret?.digits, organisation.naf, organisation.address)
    (postcode, commune) = (organisation.postcode, organisation.commune)
    departement = organisation.departement?.code
  }

  static let schema = JSONSchema.object([
    .init("id", "Identifiant.", .text()), .init("kind", "Sorte d’organisation.", .text()),
    .init("name", "Nom.", .text()),
    .init("state", "Où en est son inscription.", .word(OrganisationState.allCases.map(\.rawValue))),
    .init("siret", "SIRET.", .text(pattern: "^[0-9]{14}$"), isOptional: true),
    .init("naf", "Code d’activité.", .text(), isOptional: true),
    .init("address", "Numéro et voie.", .text(), isOptional: true),
    .init("postcode", "Code postal.", .text(), isOptional: true),
    .init("commune", "Code INSEE de la commune.", .text(), isOptional: true),
    .init("departement", "Département.", .text(), isOptional: true),
  ])
}

/// A page of organisations.
struct OrganisationsJSON: Encodable {
  let organisations: [OrganisationJSON]
  let count: Int

  static let schema = JSONSchema.object([
    .init("organisations", "Les organisations de la page.", .list(of: .named("Organisation"))),
    .init("count", "Combien la clé en voit.", .whole(from: 0)),
  ])
}

/// The members of an organisation, without anything by which to reach them.
struct MembersJSON: Encodable {
  let members: [Member]

  struct Member: Encodable {
    let id, name, role, since: String
    let administers: Bool
  }

  init(_ model: ListMembers.Model) {
    members = model.present.map {
      Member(
        id: $0.membership.id.description, name: $0.identity.name, role: $0.membership.role.rawValue,
        since: $0.membership.startedAt.universalDay.description, administers: $0.membership.isAdministrator)
    }
  }

  static let schema = JSONSchema.object([
    .init(
      "members", "Les membres présents.",
      .list(
        of: .object([
          .init("id", "Identifiant.", .text()), .init("name", "Prénom et nom.", .text()),
          .init("role", "Rôle.", .word(Role.allCases.map(\.rawValue))),
          .init("since", "Depuis quand.", .text(format: "date")),
          .init("administers", "Administre l’organisation.", .flag),
        ])))
  ])
}

/// What a program reads of its own key.
struct KeyJSON: Encodable {
  let id, name, organisation, organisationName, role, expires: String
  let permissions: [String]

  init(_ answer: RecogniseKey.Answer) {
    let key = answer.key
    (id, name, organisation) = (key.id.description, key.name, key.organisation.description)
    (organisationName, role) = (answer.organisation, key.role.rawValue)
    expires = key.endsAt.description
    permissions = key.permissions.sorted().map(\.rawValue)
  }

  static let schema = JSONSchema.object([
    .init("id", "Identifiant de la clé.", .text()), .init("name", "À quoi elle sert.", .text()),
    .init("organisation", "Identifiant de l’organisation.", .text()),
    .init("organisationName", "Nom de l’organisation.", .text()),
    .init("role", "Rôle de la clé.", .word(Role.allCases.map(\.rawValue))),
    .init("expires", "Jusqu’à quand elle sert.", .text(format: "date-time")),
    .init(
      "permissions", "Ce qu’elle ouvre, outre les données publiques.",
      .list(of: .word(KeyPermission.allCases.map(\.rawValue)))),
  ])
}
