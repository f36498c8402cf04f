/// What becomes of one criterion that someone says is met.
public struct CriterionVerdict: Sendable, Equatable {
  /// The code as claimed.
  public let code: String
  /// The criterion of the list; nil where the list has none of that code.
  public let criterion: EligibilityCriterion?
  /// Whether it is shown.
  public let isMet: Bool
  /// Why, or why not, in French.
  public let reason: String
  /// What to do, in French; nil where it is met.
  public let mend: String?
  /// How long the paper holds; nil where none holds.
  public let proof: EligibilityClock?
  /// The kind of paper that it was judged on.
  let kind: Figure<ProofKind>?

  private init(
    _ code: String, _ criterion: EligibilityCriterion?, isMet: Bool, _ reason: String, mend: String? = nil,
    proof: EligibilityClock? = nil, kind: Figure<ProofKind>? = nil
  ) {
    self.code = code
    self.criterion = criterion
    self.isMet = isMet
    self.reason = reason
    self.mend = mend
    self.proof = proof
    self.kind = kind
  }

  /// The verdict on a claim: `day` is that of the decision, `start` the first day of the contract where it is known.
  static func judge(
    _ claim: EligibilityCase.Claim, as criterion: EligibilityCriterion?, born: Day?, on day: Day, start: Day?
  ) -> CriterionVerdict {
    guard let criterion else {
      return CriterionVerdict(
        claim.code, nil, isMet: false, "Ce critère n’est pas dans la liste.",
        mend: "Choisissez un critère de la liste, ou ajoutez celui-ci si le contrat ou le territoire le prévoit.")
    }
    func refused(_ reason: String, _ mend: String, kind: Figure<ProofKind>? = nil) -> CriterionVerdict {
      CriterionVerdict(claim.code, criterion, isMet: false, reason, mend: mend, kind: kind)
    }
    if let fault = ageFault(of: criterion, born: born, on: start ?? day) { return refused(fault.reason, fault.mend) }
    guard let first = criterion.proofs.first else {
      return CriterionVerdict(claim.code, criterion, isMet: true, "Aucun justificatif n’est demandé.")
    }
    let wanted = French.list(criterion.proofs.map(\.value.french), last: "ou")
    guard let paper = claim.proof else {
      return refused("Aucun justificatif n’a été vu.", "Demandez\(French.thin): \(wanted).")
    }
    let kind = paper.kind.map { code in criterion.proofs.first { $0.value.code == code } } ?? first
    guard let kind else {
      return refused("Ce justificatif n’est pas de ceux qui montrent ce critère.", "Demandez\(French.thin): \(wanted).")
    }
    switch holding(paper, kind.value, on: day, start: start) {
    case .failure(let fault): return refused(fault.reason, fault.mend, kind: kind)
    case .success(let clock):
      return CriterionVerdict(claim.code, criterion, isMet: true, clock.sentence, proof: clock, kind: kind)
    }
  }

  private struct Fault: Error {
    let reason: String
    let mend: String
  }

  private static func ageFault(of criterion: EligibilityCriterion, born: Day?, on day: Day) -> Fault? {
    guard criterion.under != nil || criterion.over != nil || criterion.atLeast != nil else { return nil }
    guard let born, born <= day else {
      return Fault(
        reason: born == nil ? "La date de naissance manque." : "La date de naissance est après le début du contrat.",
        mend: "Indiquez la date de naissance\(French.thin): ce critère dépend de l’âge au premier jour du contrat.")
    }
    if let under = criterion.under, day >= born.adding(years: under) {
      return Fault(
        reason: "La personne n’a plus moins de \(under) ans le \(day.french).", mend: "Retenez un autre critère.")
    }
    if let least = criterion.atLeast, day < born.adding(years: least) {
      return Fault(reason: "La personne n’a pas \(least) ans le \(day.french).", mend: "Retenez un autre critère.")
    }
    if let over = criterion.over, day <= born.adding(years: over) {
      return Fault(
        reason: "La personne n’a pas encore plus de \(over) ans le \(day.french).", mend: "Retenez un autre critère.")
    }
    return nil
  }

  /// How long a paper holds, or why it does not.
  private static func holding(
    _ paper: EligibilityCase.Proof, _ kind: ProofKind, on day: Day, start: Day?
  ) -> Result<EligibilityClock, Fault> {
    let name = kind.label.prefix(1).uppercased() + kind.label.dropFirst()
    if let issued = paper.issuedOn, issued > day {
      return .failure(
        Fault(
          reason: "Le justificatif est daté du \(issued.french), après le \(day.french).",
          mend: "Vérifiez sa date, ou décidez à partir de ce jour."))
    }
    let until: Day?
    let sentence: String
    switch kind.ageing {
    case .months(let months):
      guard let issued = paper.issuedOn else {
        return .failure(
          Fault(reason: "La date du justificatif manque.", mend: "Indiquez le jour où il a été établi."))
      }
      let last = issued.lastDay(ofMonths: months) ?? issued
      let end = min(last, paper.validUntil ?? last)
      guard day <= end else {
        return .failure(
          Fault(
            reason: "Le justificatif du \(issued.french) ne vaut que jusqu’au \(end.french)\(French.thin): "
              + "il doit avoir moins de \(months) mois le \(day.french).",
            mend: "Demandez un justificatif plus récent (\(kind.label))."))
      }
      until = end
      sentence = "\(name) du \(issued.french), de moins de \(months) mois jusqu’au \(end.french)."
    case .untilHire, .untilDecision:
      let reference = kind.ageing == .untilHire ? start ?? day : day
      if let end = paper.validUntil, end < reference {
        return .failure(
          Fault(
            reason: "Le justificatif ne vaut que jusqu’au \(end.french)\(French.thin): il doit valoir le "
              + "\(reference.french).",
            mend: "Demandez son renouvellement, ou la preuve de la demande de renouvellement."))
      }
      guard paper.validUntil != nil || paper.issuedOn != nil else {
        return .failure(
          Fault(
            reason: "La durée du justificatif est inconnue.",
            mend: "Indiquez son dernier jour de validité, ou sa date s’il est sans limite."))
      }
      until = paper.validUntil
      sentence =
        until.map { "\(name), jusqu’au \($0.french)." }
        ?? "\(name), sans fin indiquée\(French.thin): vérifiez que ce papier est sans limite de durée."
    case .never:
      until = paper.validUntil
      sentence = until.map { "\(name), jusqu’au \($0.french)." } ?? "\(name), sans limite d’âge."
      if let end = until, end < day {
        return .failure(
          Fault(
            reason: "Le justificatif n’est plus valable depuis le \(end.french).",
            mend: "Demandez un papier en cours de validité (\(kind.label))."))
      }
    }
    return .success(
      EligibilityClock(kind: .proof, from: paper.issuedOn ?? day, until: until, sentence: sentence))
  }
}
