/// Something that happened on the way from a missing hour to a decision, as somebody recorded it.
public struct EnforcementEvent: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    case reminder, noticeDrafted, noticeSigned, noticeReceived, remarks, penaltyProposed, penaltyDecided
    case penaltyRenounced, remedied
    case difficultyReported, searchOpened, nobodyFound, papersReceived, hoursExcused, suspended, resumed, reduced
    case cancelled, referredToPenalty
  }

  /// Who acts.
  public enum Actor: String, Sendable, CaseIterable {
    case facilitator, buyer, awardee

    /// `l’acheteur`.
    public var french: String {
      switch self {
      case .facilitator: "le facilitateur"
      case .buyer: "l’acheteur"
      case .awardee: "l’entreprise titulaire"
      }
    }
  }

  /// Why the holder cannot do its hours.
  public enum Ground: String, Sendable, CaseIterable {
    /// Short-time work (activité partielle).
    case shortTimeWork
    /// Redundancies for economic reasons.
    case economicRedundancies
    /// Insolvency proceedings.
    case insolvency
    /// Other economic difficulties, shown by a bundle of evidence.
    case economicDifficulty
    /// Nobody eligible could be found.
    case noCandidate
    /// Anything else.
    case other
  }

  /// What happened.
  public var kind: Kind
  /// On which day.
  public var day: Day
  /// Who did it.
  public var actor: Actor
  /// The penalty proposed or decided.
  public var amount: Euros?
  /// The hours excused or taken off.
  public var hours: Hours?
  /// What proves it: a receipt, the papers filed.
  public var proof: String?
  /// Why the holder cannot do its hours.
  public var ground: Ground?
  /// The review clause or the amendment that a change of the contract rests on.
  public var basis: String?
  /// The reason in the words of whoever decides.
  public var reason: String?

  /// An event; the rest is filled in afterwards.
  public init(_ kind: Kind, on day: Day, by actor: Actor) {
    self.kind = kind
    self.day = day
    self.actor = actor
  }
}

extension EnforcementEvent.Kind {
  /// Who may do it.
  public var actors: [EnforcementEvent.Actor] {
    switch self {
    case .noticeSigned, .penaltyDecided, .penaltyRenounced, .hoursExcused, .suspended, .resumed, .reduced, .cancelled:
      [.buyer]
    case .difficultyReported, .papersReceived: [.awardee]
    case .remarks: [.awardee, .facilitator, .buyer]
    default: [.facilitator, .buyer]
    }
  }

  /// The event as users read it.
  public var french: String {
    switch self {
    case .reminder: "relance de l’entreprise"
    case .noticeDrafted: "projet de mise en demeure"
    case .noticeSigned: "signature de la mise en demeure"
    case .noticeReceived: "réception de la mise en demeure"
    case .remarks: "observations de l’entreprise"
    case .penaltyProposed: "proposition de pénalité"
    case .penaltyDecided: "décision de pénalité"
    case .penaltyRenounced: "renonciation à la pénalité"
    case .remedied: "manquement réparé"
    case .difficultyReported: "difficulté signalée"
    case .searchOpened: "recherche de solutions"
    case .nobodyFound: "constat que personne n’a été trouvé"
    case .papersReceived: "réception des justificatifs"
    case .hoursExcused: "heures excusées"
    case .suspended: "suspension de la clause"
    case .resumed: "reprise de la clause"
    case .reduced: "réduction de la clause"
    case .cancelled: "annulation de la clause"
    case .referredToPenalty: "constat qu’aucune solution n’est retenue"
    }
  }

  /// Whether it belongs to the release of the clause, not to the notice.
  public var isRelease: Bool {
    switch self {
    case .difficultyReported, .searchOpened, .nobodyFound, .papersReceived, .hoursExcused, .suspended, .resumed,
      .reduced, .cancelled, .referredToPenalty:
      true
    default: false
    }
  }
}

extension EnforcementEvent.Ground {
  /// Whether the general conditions make the buyer cancel the clause on the papers alone.
  public var cancels: Bool { self == .shortTimeWork || self == .economicRedundancies || self == .insolvency }

  /// The ground as users read it.
  public var french: String {
    switch self {
    case .shortTimeWork: "activité partielle"
    case .economicRedundancies: "licenciements économiques"
    case .insolvency: "procédure collective"
    case .economicDifficulty: "difficultés économiques"
    case .noCandidate: "aucun candidat trouvé"
    case .other: "autre difficulté"
    }
  }

  /// What to keep in the file, in French.
  public var evidence: String {
    switch self {
    case .shortTimeWork: "la copie de la demande d’activité partielle adressée à l’administration du travail"
    case .economicRedundancies: "la copie du dossier de licenciement économique adressé à l’administration du travail"
    case .insolvency: "la copie du jugement ouvrant la procédure collective ou de la déclaration déposée"
    case .economicDifficulty: "un faisceau d’indices\(colon) carnet de commandes, résultats, courriers de clients"
    case .noCandidate: "l’alerte de l’entreprise et l’attestation du facilitateur ou de l’acheteur"
    case .other: "l’alerte écrite de l’entreprise et ce qui montre la difficulté"
    }
  }
}
