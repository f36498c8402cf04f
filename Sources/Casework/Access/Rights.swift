public import Clauses

/// Who may do what, and see which fields: the one place that says so. Use cases ask it, the page `/droits` shows it.
public enum Rights {
  /// To whom a line of the table gives something.
  public enum Holder: Sendable, Hashable {
    /// Anyone, signed in or not.
    case anyone
    /// Anyone who signed in.
    case account
    /// Someone with a role in a validated organisation.
    case role(Role)
    /// Whoever looks after a validated organisation in this role.
    case administrator(Role)
    /// A member of an organisation, validated or not.
    case member
    /// Whoever looks after an organisation, validated or not.
    case anyAdministrator
    /// Whoever runs commands on the machine.
    case machineOperator
  }

  /// The columns of the page, in order.
  public static let columns: [Holder] = [.anyone, .account] + Role.allCases.map(Holder.role)

  // MARK: Actions

  /// How far each right goes for each holder; an absent holder has nothing. The operator of the machine has everything.
  public static let table: [Right: [Holder: Scope]] = [
    .readPublicData: [.anyone: .everything],
    .enter: [.anyone: .everything],
    .manageOwnAccount: [.account: .account],
    .readOrganisations: [
      .member: .organisation, .role(.facilitator): .everything, .role(.coordinator): .everything,
      .role(.dataProtectionOfficer): .territory,
    ],
    .changeOrganisation: [.anyAdministrator: .organisation],
    .readMembers: [
      .member: .organisation, .role(.facilitator): .territory, .role(.coordinator): .territory,
      .role(.dataProtectionOfficer): .territory, .role(.participant): .nothing,
    ],
    .manageMembers: [.anyAdministrator: .organisation],
    .decideOrganisations: [.administrator(.facilitator): .territory, .administrator(.coordinator): .territory],
    .mergeOrganisations: [.administrator(.facilitator): .territory, .administrator(.coordinator): .territory],
    .sendProgramme: [.role(.buyer): .organisation, .role(.facilitator): .organisation],
    .readPlanned: [
      .role(.buyer): .organisation, .role(.facilitator): .organisation, .role(.coordinator): .territory,
    ],
    .studyPlanned: [.role(.facilitator): .organisation],
    .manageKeys: Dictionary(
      uniqueKeysWithValues: Role.allCases.filter { $0 != .participant }.map { (.administrator($0), .organisation) }),
    .readTrail: [
      .account: .account, .anyAdministrator: .organisation, .role(.facilitator): .organisation,
      .role(.dataProtectionOfficer): .territory,
    ],
    .treatPersonalRequests: [.role(.dataProtectionOfficer): .territory, .administrator(.facilitator): .territory],
    .operate: [:],
  ]

  /// How far a right goes for an actor: the furthest of what its holders have.
  public static func scope(of right: Right, for actor: Actor) -> Scope {
    if actor.identity == .machineOperator { return .everything }
    let line = table[right] ?? [:]
    if let key = actor.key, line[.anyone] == nil, !key.permissions.contains(where: { $0.right == right }) {
      return .nothing
    }
    return holders(actor).compactMap { line[$0] }.max() ?? .nothing
  }

  /// Everything that an actor is in the table.
  ///
  /// A role that sees why people are eligible, or decides on others, counts only once a second factor was given.
  static func holders(_ actor: Actor) -> [Holder] {
    if let key = actor.key { return key.isValidated ? [.anyone, .member, .role(key.role)] : [.anyone] }
    guard let person = actor.person else { return [.anyone] }
    guard let acting = person.acting, person.isStrong || !acting.role.needsSecondFactor else {
      return [.anyone, .account]
    }
    // A participant belongs to nobody: their own account is all they have.
    guard acting.role != .participant else { return [.anyone, .account, .role(.participant)] }
    var holders: [Holder] = [.anyone, .account, .member]
    if acting.isAdministrator { holders.append(.anyAdministrator) }
    guard acting.isValidated else { return holders }
    holders.append(.role(acting.role))
    if acting.isAdministrator { holders.append(.administrator(acting.role)) }
    return holders
  }

  /// What an actor lacks for a right that they do not hold.
  static func refusal(of right: Right, for actor: Actor) -> Forbidden.Reason {
    if let key = actor.key { return key.isValidated ? .permission : .validation }
    guard let person = actor.person else { return right == .operate ? .role : .signIn }
    guard let acting = person.acting else { return .role }
    func would(_ isStrong: Bool, _ isValidated: Bool) -> Bool {
      let acting = Actor.Acting(
        membership: acting.membership, organisation: acting.organisation, role: acting.role,
        isAdministrator: acting.isAdministrator, isValidated: isValidated)
      let other = Actor.Person(
        account: person.account, session: person.session, acting: acting, isStrong: isStrong)
      return scope(of: right, for: Actor(.person(other))) != .nothing
    }
    if would(true, acting.isValidated) { return .secondFactor }
    return would(true, true) ? .validation : .role
  }

  // MARK: Fields

  /// Something known of a person in insertion.
  public enum Field: Sendable, Hashable, CaseIterable {
    /// Name, birth, address, telephone.
    case identity
    /// Why the person is eligible.
    case eligibilityCategory
    /// Which proof was seen, and when.
    case proof
    /// Who accompanies the person.
    case prescriber
    /// Who accompanies the person, where that alone tells something sensitive: justice, health, asylum.
    case sensitivePrescriber
    /// Hours worked and credited.
    case hours
    /// What became of the person.
    case exit
  }

  /// How a field is shown.
  public enum Sight: Int, Sendable, Hashable, Comparable {
    /// Not at all.
    case hidden
    /// Counted with others, small counts masked.
    case counted
    /// Under a pseudonym of that reader's own.
    case pseudonym
    /// As it is, for oneself.
    case own
    /// As it is, for the people whom the organisation employs, sends or accompanies.
    case organisation
    /// As it is, within the territory.
    case territory

    /// Whether one shows less than another.
    public static func < (a: Sight, b: Sight) -> Bool { a.rawValue < b.rawValue }

    /// The words for people.
    public var label: String {
      switch self {
      case .hidden: "non"
      case .counted: "totaux seulement"
      case .pseudonym: "sous un pseudonyme"
      case .own: "les siennes"
      case .organisation: "pour les personnes de son organisation"
      case .territory: "sur son territoire"
      }
    }
  }

  /// How a role sees a field; an absent one is hidden.
  public static let fields: [Field: [Role: Sight]] = [
    .identity: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .company: .organisation,
      .buyer: .pseudonym, .participant: .own, .dataProtectionOfficer: .territory,
    ],
    .eligibilityCategory: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .coordinator: .counted,
      .buyer: .counted, .participant: .own, .dataProtectionOfficer: .territory,
    ],
    .proof: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .participant: .own,
      .dataProtectionOfficer: .territory,
    ],
    .prescriber: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .company: .organisation,
      .coordinator: .counted, .buyer: .counted, .participant: .own, .dataProtectionOfficer: .territory,
    ],
    .sensitivePrescriber: [
      .facilitator: .territory, .prescriber: .organisation, .participant: .own, .dataProtectionOfficer: .territory,
    ],
    .hours: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .company: .organisation,
      .coordinator: .counted, .buyer: .pseudonym, .participant: .own, .dataProtectionOfficer: .territory,
    ],
    .exit: [
      .facilitator: .territory, .structure: .organisation, .prescriber: .organisation, .coordinator: .counted,
      .buyer: .counted, .participant: .own, .dataProtectionOfficer: .territory,
    ],
  ]

  /// How a role sees a field.
  public static func sight(of field: Field, for role: Role) -> Sight { fields[field]?[role] ?? .hidden }
}

extension KeyPermission {
  /// The right that a key with this permission has, as far as its role goes.
  var right: Right {
    switch self {
    case .organisations: .readOrganisations
    case .members: .readMembers
    }
  }
}

extension Right {
  /// What it lets someone do, in French, for the table of rights.
  public var label: String {
    switch self {
    case .readPublicData: "Consulter les marchés publiés, les structures d’insertion, les calculettes"
    case .enter: "Se connecter, inscrire une organisation, suivre un lien reçu"
    case .manageOwnAccount: "Gérer son compte\u{202F}: mot de passe, double authentification, sessions"
    case .readOrganisations: "Voir les fiches des organisations"
    case .changeOrganisation: "Modifier la fiche d’une organisation"
    case .readMembers: "Voir les membres d’une organisation"
    case .manageMembers: "Inviter, changer les rôles, transmettre un portefeuille, mettre fin à un accès"
    case .decideOrganisations: "Valider, refuser ou suspendre une organisation, fixer son territoire"
    case .mergeOrganisations: "Fusionner deux fiches d’une même organisation"
    case .sendProgramme: "Envoyer une programmation d’achats, la corriger, l’annuler"
    case .readPlanned: "Voir les marchés programmés, leur premier avis et leurs échanges"
    case .studyPlanned: "Étudier les marchés programmés\u{202F}: étape, personne qui suit, corrections"
    case .manageKeys: "Créer et révoquer les clés d’accès des logiciels de l’organisation"
    case .readTrail: "Lire le journal\u{202F}: qui a fait quoi"
    case .treatPersonalRequests: "Traiter les demandes des personnes sur leurs données"
    case .operate: "Charger des données, sauvegarder, contrôler (ligne de commande de la machine)"
    }
  }
}

extension Rights.Field {
  /// The words for people.
  public var label: String {
    switch self {
    case .identity: "Identité et coordonnées"
    case .eligibilityCategory: "Critère d’éligibilité"
    case .proof: "Justificatif vu, et sa date"
    case .prescriber: "Prescripteur"
    case .sensitivePrescriber: "Prescripteur sensible (justice, santé, asile)"
    case .hours: "Heures"
    case .exit: "Sortie\u{202F}: ce que la personne est devenue"
    }
  }
}
