/// An option of a counting policy, each inherited and explained on its own.
public enum CountingOption: String, Sendable, CaseIterable {
  case unit, sickness, leave, publicHolidays, training, tutoring, weights, directHireMonths, permanentHireMonths
  case alreadyInPost, subcontract, lateValidation, otherMonths, windows, decisionMonths

  /// The option as users read it.
  public var french: String {
    switch self {
    case .unit: "Unité"
    case .sickness: "Maladie"
    case .leave: "Congés"
    case .publicHolidays: "Jours fériés chômés"
    case .training: "Formation"
    case .tutoring: "Heures du tuteur"
    case .weights: "Pondération"
    case .directHireMonths: "Durée comptée d’une embauche directe"
    case .permanentHireMonths: "Durée comptée d’un CDI"
    case .alreadyInPost: "Personnes déjà en poste"
    case .subcontract: "Part d’une structure d’insertion"
    case .lateValidation: "Décision rendue après l’embauche"
    case .otherMonths: "Durée comptée hors embauche directe"
    case .windows: "Durées propres à un public ou à une modalité"
    case .decisionMonths: "Validité d’une décision avant l’embauche"
    }
  }
}

extension CountingPolicy {
  /// What the policy chose for an option, in French.
  public func french(_ option: CountingOption) -> String {
    switch option {
    case .unit: unit == .worked ? "heures travaillées" : "heures payées"
    case .sickness: sickness == .included ? "comptée" : "non comptée"
    case .leave: leave == .included ? "comptés" : "non comptés"
    case .publicHolidays: publicHolidays == .included ? "comptés" : "non comptés"
    case .training:
      switch training {
      case .included: "comptée"
      case .excluded: "non comptée"
      case .blocksUnder(let limit): "blocs de moins de \(limit.french) seulement"
      }
    case .tutoring:
      switch tutoring {
      case .included: "comptées"
      case .excluded: "non comptées"
      case .apart: "comptées à part"
      }
    case .weights: frenchWeights
    case .directHireMonths: "\(directHireMonths)\(French.noBreak)mois"
    case .permanentHireMonths: "\(permanentHireMonths)\(French.noBreak)mois"
    case .alreadyInPost:
      alreadyInPost == .excluded ? "non comptées" : "comptées si éligibles à leur première embauche"
    case .subcontract:
      switch subcontract {
      case .insertionHours: "heures des salariés en insertion"
      case .invoice(let rate): "montant facturé divisé par \(rate.french)"
      }
    case .lateValidation:
      switch lateValidation {
      case .nothing: "rien n’est compté"
      case .fromValidation: "compté depuis la décision"
      case .fromHire: "compté depuis l’embauche si éligible ce jour-là, avec un motif écrit"
      }
    case .otherMonths: "\(otherMonths)\(French.noBreak)mois"
    case .windows: frenchWindows
    case .decisionMonths: "\(decisionMonths)\(French.noBreak)mois"
    }
  }

  private var frenchWindows: String {
    let said = windows.map { choice in
      let whom = [choice.category, choice.modality?.french].compactMap(\.self).joined(separator: ", ")
      return "\(choice.months)\(French.noBreak)mois (\(whom.isEmpty ? "tous" : whom))"
    }
    return said.isEmpty ? "aucune" : French.list(said)
  }

  private var frenchWeights: String {
    let said = Situation.allCases.compactMap { situation -> String? in
      guard let weight = weights[situation], weight != Quotient(1) else { return nil }
      return "\(situation.french) ×\(French.thin)\(weight.frenchFactor)"
    }
    return said.isEmpty ? "aucune (×\(French.thin)1)" : French.list(said)
  }

  /// The options in which two policies differ.
  public func differences(with other: CountingPolicy) -> [CountingOption] {
    CountingOption.allCases.filter { french($0) != other.french($0) }
  }
}

extension CountingPolicy.Situation {
  /// The situation as users read it.
  public var french: String {
    switch self {
    case .priorityNeighbourhood: "quartier prioritaire"
    case .woman: "femme"
    case .openEndedContract: "CDI"
    case .overTwoYearsUnemployed: "plus de deux ans de chômage"
    case .disabledWorker: "travailleur handicapé"
    case .young: "jeune"
    case .senior: "senior"
    }
  }
}

extension Quotient {
  /// A factor with at most two decimals: `1,25`; one that has more is said to be near.
  var frenchFactor: String {
    guard let short = hours() else { return "\(whole())" }
    let text = French.hundredths(short.hundredths, places: 0)
    return Quotient(short) == self ? text : "environ \(text)"
  }
}
