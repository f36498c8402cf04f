import Casework

/// An address of the site, nested by stage: gives the route's template and the link.
///
/// Identifiers stand decoded in the value; ``href`` encodes them. A template is asked from any value of the case, usually with ``any`` in the place of identifiers:
/// `Address.planning(.contract(Address.any)).template`.
public enum Address: Sendable, Hashable {
  /// Home page.
  case home
  /// Spotting, contracts, territories.
  case planning(Planning)
  /// The wording of consultations, and its library.
  case drafting(Drafting)
  /// Inclusion structures.
  case matching(Matching)
  /// What is being done: imports.
  case desk(Desk)
  /// Calculators that need no account.
  case calculators(Calculators)
  /// The rules of the field as JSON, for programs.
  case rules(Rules)
  /// The interface for programs.
  case programs(Programs)
  /// Signing in, one's account, organisations, rights.
  case access(Access)
  /// The register of processings, and the requests of people about their data.
  case privacy(Privacy)
  /// The messages of a trial.
  case mail(Mail)
  /// A style sheet, script, font or picture, by the name that its content gives.
  case asset(String)
  /// State of the service, for supervision.
  case health
  /// Measures, for supervision.
  case metrics

  /// Pages of planning and spotting.
  public enum Planning: Sendable, Hashable {
    /// The list of contracts that come back, with its filters.
    case spotting(Query)
    /// The same list as a file.
    case export(Format, Query)
    /// One contract.
    case contract(String)
    /// Every territory.
    case territories
    /// One département.
    case territory(String)
    /// The programmes that were sent, and the form to send one.
    case programmes
    /// The file to fill in.
    case programmeTemplate
    /// One programme, with what of it is shown.
    case programme(String, Query)
    /// A part of it that a form changes.
    case programmePart(String, ProgrammePart)
    /// The form by which anyone sends a programme.
    case publicProgramme
    /// Planned contracts, with their filters.
    case plannedList(Query)
    /// The form of one planned contract, with the published one that it renews.
    case newPlanned(Query)
    /// One planned contract.
    case planned(String)
    /// A part of it that a form changes.
    case plannedPart(String, PlannedPart)
    /// One sheet of a lot.
    case sheet(String)
    /// A part of it that a form changes.
    case sheetPart(String, SheetPart)
  }

  /// Pages of the wording of consultations.
  public enum Drafting: Sendable, Hashable {
    /// The library of wordings, on a day.
    case library(Query)
    /// One wording of the library, by its code.
    case wording(String)
    /// The wording of one consultation.
    case tender(String)
    /// A part of it that a form changes.
    case tenderPart(String, TenderPart)
    /// Its pieces as files.
    case print(String, Query)
  }

  /// Parts of the wording of a consultation.
  public enum TenderPart: String, Sendable, CaseIterable {
    /// What is typed.
    case save = "enregistrer"
    /// The sending to the buyer.
    case issue = "envoyer"
    /// A document of the buyer's own.
    case paste = "comparer"
  }

  /// Parts of a programme.
  public enum ProgrammePart: String, Sendable, CaseIterable {
    /// Which column holds what.
    case columns = "colonnes"
    /// One line.
    case line = "ligne"
    /// The taking of its contracts.
    case take = "prendre-en-compte"
    /// Taking back what it brought.
    case undo = "annuler"
    /// Forgetting who sent it without an account.
    case forget = "oublier"
    /// Taking a draft away.
    case remove = "supprimer"
  }

  /// Parts of a sheet.
  public enum SheetPart: String, Sendable, CaseIterable {
    /// What is typed of a draft.
    case save = "enregistrer"
    /// Its signature.
    case sign = "signer"
    /// What the buyer retains.
    case choose = "choix"
    /// Taking a draft away.
    case remove = "supprimer"
  }

  /// Parts of a planned contract.
  public enum PlannedPart: String, Sendable, CaseIterable {
    /// Its stage and who follows it.
    case study = "etape"
    /// What is known of it.
    case edit = "modifier"
    /// A message.
    case message
    /// A sheet more.
    case sheets = "fiches"
    /// The wording of its consultation.
    case tender = "rediger"
  }

  /// Forms of the exported list.
  public enum Format: String, Sendable, CaseIterable { case csv, xlsx }

  /// Pages of the directory of structures.
  public enum Matching: Sendable, Hashable {
    /// The list of structures, with its filters.
    case structures(Query)
    /// One structure.
    case structure(String)
  }

  /// Pages of work in progress.
  public enum Desk: Sendable, Hashable {
    /// Imports and their state.
    case imports
  }

  /// The public calculators.
  public enum Calculators: Sendable, Hashable {
    /// All of them.
    case index
    /// One by its name, with the figures that were typed.
    case calculator(String, Query)
  }

  /// The rules as other programs ask them.
  public enum Rules: Sendable, Hashable {
    /// All of them, with their fields.
    case list
    /// One: its description to read, or the answer to a question that is sent.
    case rule(String)
  }

  /// What other programs read.
  public enum Programs: Sendable, Hashable {
    /// What the interface holds, for people.
    case guide
    /// The same for programs.
    case description
    /// The key that is sent.
    case key
    /// Contracts that come back.
    case contracts
    /// Inclusion structures.
    case structures
    /// Organisations.
    case organisations
    /// One organisation.
    case organisation(String)
    /// The members of one.
    case members(String)
  }

  /// Pages of accounts, organisations and rights.
  public enum Access: Sendable, Hashable {
    /// Signing in; where to go next is in the query.
    case signIn(Query)
    /// The code of the second factor.
    case code
    /// Asking for a link to sign in.
    case linkRequest
    /// A link to sign in, by its secret.
    case link(String)
    /// Asking for a link to choose a new password.
    case passwordRequest
    /// A link to choose a new password, by its secret.
    case newPassword(String)
    /// Leaving for the provider of identities.
    case provider
    /// Coming back from it.
    case providerReturn
    /// Having signed out of it.
    case providerEnd
    /// The end of the session.
    case signOut
    /// Entering a demonstration under an invented name.
    case demonstration
    /// Registering an organisation.
    case register
    /// An invitation, by its secret.
    case invitation(String)
    /// The first set-up, by its secret.
    case setUp(String)
    /// One's own account.
    case account
    /// A part of it that a form changes.
    case ownPart(OwnPart)
    /// The list of organisations, with its filters.
    case organisations(Query)
    /// One organisation.
    case organisation(String)
    /// A part of an organisation.
    case part(String, OrganisationPart)
    /// One member of an organisation, by the membership.
    case member(String)
    /// The end of a membership.
    case memberEnd(String)
    /// One's own lines of the trail.
    case trail(Query)
    /// An organisation's lines of the trail.
    case organisationTrail(String, Query)
    /// The table of rights.
    case rights
    /// The accessibility statement.
    case accessibility
  }

  /// Parts of one's own account.
  public enum OwnPart: String, Sendable, CaseIterable {
    /// The name.
    case identity = "identite"
    /// The password.
    case password = "mot-de-passe"
    /// The second factor.
    case secondFactor = "double-authentification"
    /// The end of the second factor.
    case noSecondFactor = "double-authentification-fin"
    /// The recovery codes.
    case codes = "codes-de-secours"
    /// The end of sessions.
    case sessions
    /// An identity of the provider that waits to be tied.
    case identityTie = "fournisseur"
    /// Leaving for the provider to tie an identity.
    case identityStart = "fournisseur-depart"
    /// An identity to take away.
    case identityEnd = "fournisseur-fin"
    /// For which organisation one acts.
    case acting = "agir"
    /// What is kept about oneself, to take away.
    case data = "mes-donnees.json"
    /// The erasure of the account.
    case erasure = "effacement"
  }

  /// Parts of an organisation's page.
  public enum OrganisationPart: String, Sendable, CaseIterable {
    /// Its form.
    case edit = "modifier"
    /// Validating, refusing, suspending.
    case decision
    /// A territory more.
    case territory = "territoires"
    /// A territory less.
    case territoryEnd = "territoires-fin"
    /// Its people.
    case members = "membres"
    /// An invitation.
    case invite = "inviter"
    /// The withdrawal of an invitation.
    case withdraw = "retirer-invitation"
    /// The keys of its programs.
    case keys = "cles"
    /// The end of a key.
    case keyEnd = "cles-fin"
    /// The merger with another.
    case merge = "fusion"
    /// The undoing of a merger.
    case undo = "fusion-annuler"
  }

  /// Pages about personal data.
  public enum Privacy: Sendable, Hashable {
    /// The register of processings.
    case register
    /// The same as a file.
    case file
    /// The form of a request.
    case ask
    /// The requests to treat, with their filters.
    case requests(Query)
    /// One request.
    case request(String)
    /// Something to do about it.
    case step(String, RequestStep)
  }

  /// What is done about a request.
  public enum RequestStep: String, Sendable, CaseIterable {
    /// The identity was made sure of.
    case verify = "identite"
    /// Someone is on it.
    case assign = "attribuer"
    /// A note.
    case note
    /// A longer delay.
    case extend = "prolonger"
    /// The answer.
    case answer = "repondre"
    /// Nothing is left to do.
    case close = "clore"
  }

  /// The messages that a trial keeps.
  public enum Mail: Sendable, Hashable {
    /// All of them.
    case list
    /// One.
    case message(String)
  }

  /// Stands for any identifier when only the template matters.
  public static let any = ""
}

extension Address {
  /// The template of the route, with identifiers as `{name}`.
  public var template: String {
    "/" + segments.map(\.template).joined(separator: "/")
  }

  /// The address as a link, percent-encoded.
  public var href: String {
    let path = "/" + segments.map(\.encoded).joined(separator: "/")
    let query = query.text
    return query.isEmpty ? path : "\(path)?\(query)"
  }

  fileprivate enum Segment {
    case word(String)
    case value(String, String)

    var template: String {
      switch self {
      case .word(let word): word
      case .value(let name, _): "{\(name)}"
      }
    }

    var encoded: String {
      switch self {
      case .word(let word): word
      case .value(_, let text): PercentCode.encode(text)
      }
    }
  }

  private var segments: [Segment] {
    switch self {
    case .home: []
    case .planning(.spotting): [.word("reperage")]
    case .planning(.export(let format, _)): [.word("reperage"), .word("export.\(format.rawValue)")]
    case .planning(.contract(let id)): [.word("reperage"), .word("marches"), .value("id", id)]
    case .planning(.territories): [.word("territoires")]
    case .planning(.territory(let code)): [.word("territoires"), .value("code", code)]
    case .planning(.programmes): [.word(PlanningPath.programmes)]
    case .planning(.programmeTemplate): [.word("programmation"), .word("modele.xlsx")]
    case .planning(.programme(let id, _)): [.word(PlanningPath.programmes), .value("id", id)]
    case .planning(.programmePart(let id, let part)):
      [.word(PlanningPath.programmes), .value("id", id), .word(part.rawValue)]
    case .planning(.publicProgramme): [.word("programmation")]
    case .planning(.plannedList): [.word(PlanningPath.planned)]
    case .planning(.newPlanned): [.word(PlanningPath.planned), .word("nouveau")]
    case .planning(.planned(let id)): [.word(PlanningPath.planned), .value("id", id)]
    case .planning(.plannedPart(let id, let part)):
      [.word(PlanningPath.planned), .value("id", id), .word(part.rawValue)]
    case .planning(.sheet(let id)): [.word("fiches"), .value("id", id)]
    case .planning(.sheetPart(let id, let part)): [.word("fiches"), .value("id", id), .word(part.rawValue)]
    case .drafting(.library): [.word("redaction")]
    case .drafting(.wording(let code)): [.word("redaction"), .value("code", code)]
    case .drafting(.tender(let id)): [.word("redactions"), .value("id", id)]
    case .drafting(.tenderPart(let id, let part)): [.word("redactions"), .value("id", id), .word(part.rawValue)]
    case .drafting(.print(let id, _)): [.word("redactions"), .value("id", id), .word("pieces")]
    case .matching(.structures): [.word("structures")]
    case .matching(.structure(let id)): [.word("structures"), .value("id", id)]
    case .desk(.imports): [.word("imports")]
    case .calculators(.index): [.word("calculettes")]
    case .calculators(.calculator(let name, _)): [.word("calculettes"), .word(name)]
    case .rules(.list): [.word("api"), .word("v1"), .word("rules")]
    case .rules(.rule(let name)): [.word("api"), .word("v1"), .word("rules"), .value("name", name)]
    case .programs(let programs): programs.segments
    case .access(let access): access.segments
    case .privacy(let privacy): privacy.segments
    case .mail(.list): [.word("courriels")]
    case .mail(.message(let id)): [.word("courriels"), .value("id", id)]
    case .asset(let name): [.word("assets"), .value("name", name)]
    case .health: [.word("healthz")]
    case .metrics: [.word("metrics")]
    }
  }

  private var query: Query {
    switch self {
    case .access(.signIn(let query)), .access(.organisations(let query)), .access(.trail(let query)),
      .access(.organisationTrail(_, let query)), .privacy(.requests(let query)):
      query
    case .drafting(.library(let query)), .drafting(.print(_, let query)): query
    case .planning(.programme(_, let query)), .planning(.plannedList(let query)), .planning(.newPlanned(let query)):
      query
    case .planning(.spotting(let query)), .planning(.export(_, let query)), .matching(.structures(let query)),
      .calculators(.calculator(_, let query)):
      query
    default: Query()
    }
  }
}

extension Address.Programs {
  fileprivate var segments: [Address.Segment] {
    let first: [Address.Segment] = [.word("api"), .word("v1")]
    return switch self {
    case .guide: [.word("api")]
    case .description: first + [.word("openapi.json")]
    case .key: first + [.word("key")]
    case .contracts: first + [.word("contracts")]
    case .structures: first + [.word("structures")]
    case .organisations: first + [.word("organisations")]
    case .organisation(let id): first + [.word("organisations"), .value("id", id)]
    case .members(let id): first + [.word("organisations"), .value("id", id), .word("members")]
    }
  }
}

extension Address.Privacy {
  fileprivate var segments: [Address.Segment] {
    let root = Address.Segment.word("donnees-personnelles")
    return switch self {
    case .register: [root]
    case .file: [root, .word("registre.csv")]
    case .ask: [root, .word("demande")]
    case .requests: [root, .word("demandes")]
    case .request(let id): [root, .word("demandes"), .value("id", id)]
    case .step(let id, let step): [root, .word("demandes"), .value("id", id), .word(step.rawValue)]
    }
  }
}

extension Address.Access {
  fileprivate var segments: [Address.Segment] {
    switch self {
    case .signIn: [.word("connexion")]
    case .code: [.word("connexion"), .word("code")]
    case .linkRequest: [.word("connexion"), .word("lien")]
    case .link(let secret): Self.words(AccessPath.signIn) + [.value("secret", secret)]
    case .passwordRequest: [.word("connexion"), .word("mot-de-passe-oublie")]
    case .newPassword(let secret): Self.words(AccessPath.newPassword) + [.value("secret", secret)]
    case .provider: [.word("connexion"), .word("fournisseur")]
    case .providerReturn: Self.words(AccessPath.providerReturn)
    case .providerEnd: Self.words(AccessPath.providerEnd)
    case .signOut: [.word("deconnexion")]
    case .demonstration: [.word("demonstration"), .word("entrer")]
    case .register: [.word(AccessPath.registration)]
    case .invitation(let secret): [.word(AccessPath.invitation), .value("secret", secret)]
    case .setUp(let secret): [.word("mise-en-service"), .value("secret", secret)]
    case .account: [.word(AccessPath.account)]
    case .ownPart(let part): [.word(AccessPath.account), .word(part.rawValue)]
    case .organisations: [.word("organisations")]
    case .organisation(let id): [.word("organisations"), .value("id", id)]
    case .part(let id, let part): [.word("organisations"), .value("id", id), .word(part.rawValue)]
    case .member(let id): [.word("membres"), .value("id", id)]
    case .memberEnd(let id): [.word("membres"), .value("id", id), .word("fin")]
    case .trail: [.word("journal")]
    case .organisationTrail(let id, _): [.word("organisations"), .value("id", id), .word("journal")]
    case .rights: [.word("droits")]
    case .accessibility: [.word("accessibilite")]
    }
  }
  /// The words of a path that messages, or others, know too.
  private static func words(_ path: String) -> [Address.Segment] {
    path.split(separator: "/").map { .word(String($0)) }
  }
}
