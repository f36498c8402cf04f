/// Hours that are not credited, and why.
public struct NotCredited: Sendable, Equatable {
  /// The reasons for which hours are not credited.
  public enum Reason: String, Sendable, CaseIterable {
    /// A placement at school: another objective.
    case placement
    /// Before the employment contract begins or after it ends.
    case outsideContract
    /// Before the performance of the contract.
    case beforePerformance
    /// After the performance of the contract.
    case afterPerformance
    /// The company employed the person before.
    case alreadyInPost
    /// More hours than the days of the employment contract hold.
    case implausible
    /// Nobody decided that the person is eligible.
    case notValidated
    /// The decision was no longer valid on the first day of the employment contract.
    case decisionLapsed
    /// The decision came after the hire, and the policy then counts nothing.
    case lateValidation
    /// Before the decision.
    case beforeValidation
    /// Before a late decision; the person was not shown to be eligible when hired.
    case notEligibleAtHire
    /// Before a late decision; the reason of the delay is not written.
    case lateWithoutReason
    /// Beyond the months that count.
    case afterCountedMonths
    /// A limit falls within the hours, which are not divided at its day.
    case needsSplit
    /// The structure's own staff.
    case notInsertionStaff
    /// Invoiced hours without an invoice.
    case invoiceMissing
    /// Training.
    case training
    /// The tutor's hours.
    case tutoring
    /// The tutor's hours, shown apart.
    case tutoringApart
    /// Sickness.
    case sickness
    /// Leave.
    case leave
    /// Public holidays.
    case publicHoliday
    /// Another absence.
    case absence
    /// An absence that is not paid, where hours paid count.
    case unpaidAbsence
    /// Hours worked beyond those paid, where hours paid count.
    case unpaid
    /// A weight under one.
    case weighting

    /// The reason as users read it, without capital.
    public var french: String {
      switch self {
      case .placement: "stage, compté à part"
      case .outsideContract: "hors du contrat de travail"
      case .beforePerformance: "avant la période d’exécution"
      case .afterPerformance: "après la période d’exécution"
      case .alreadyInPost: "personne déjà en poste"
      case .implausible: "plus d’heures que n’en ont les jours du contrat de travail"
      case .notValidated: "éligibilité non décidée"
      case .decisionLapsed: "décision périmée avant l’embauche"
      case .lateValidation: "décision rendue après l’embauche"
      case .beforeValidation: "avant la décision d’éligibilité"
      case .notEligibleAtHire: "avant une décision tardive, éligibilité à l’embauche non établie"
      case .lateWithoutReason: "avant une décision tardive, motif du retard non écrit"
      case .afterCountedMonths: "au-delà de la durée comptée"
      case .needsSplit: "à partager au jour d’une limite"
      case .notInsertionStaff: "heures des autres salariés de la structure"
      case .invoiceMissing: "facture non déclarée"
      case .training: "formation"
      case .tutoring: "heures du tuteur"
      case .tutoringApart: "heures du tuteur, comptées à part"
      case .sickness: "maladie"
      case .leave: "congés"
      case .publicHoliday: "jours fériés chômés"
      case .absence: "absence"
      case .unpaidAbsence: "absence non payée"
      case .unpaid: "heures travaillées non payées"
      case .weighting: "pondération"
      }
    }
  }

  /// The reason.
  public let reason: Reason
  /// The hours.
  public let hours: Hours
  /// The reason with its days, in French, such as « 42 h avant la décision d’éligibilité du 10/12/2026 ».
  public let sentence: String
}

extension Absence {
  /// The reason for which hours of this absence are not credited.
  var reason: NotCredited.Reason {
    switch self {
    case .publicHoliday: .publicHoliday
    case .leave: .leave
    case .sickness: .sickness
    case .other: .absence
    }
  }
}

/// What becomes of one person's month under a policy.
public struct CountedEntry: Sendable, Equatable {
  /// Who.
  public let person: String
  /// The month.
  public let month: Month
  /// How the person is employed.
  public let modality: Modality
  /// All hours that the policy looks at: credited or not.
  public let base: Hours
  /// Hours that count, before weighting.
  public let counted: Hours
  /// What an hour counts for.
  public let weight: Quotient
  /// Hours credited, rounded down to the hundredth where a weight leaves a rest.
  public let credited: Hours
  /// What a weight over one adds: credited − bonus + not credited = base, exactly.
  public let bonus: Hours
  /// The tutor's hours to be shown apart.
  public let apart: Hours
  /// Monthly averaging that is not hours: paid beyond work and absences, where hours worked count.
  public let averaging: Hours
  /// Hours not credited, by reason.
  public let notCredited: [NotCredited]
}
