/// What a decision of another territory allows here: re-use of the decision, of its proof, and until when.
///
/// The person's agreement comes first: without it nothing is read. A decision is re-used on the same list only; the
/// window of counting keeps its first day, so that re-use never makes hours count longer.
public struct EligibilityPassport: Sendable, Equatable {
  /// The decision offered.
  public let earlier: EarlierDecision
  /// Whether the decision stands here without a new proof.
  public let isDecisionReusable: Bool
  /// The last day of its re-use; nil where it cannot be re-used.
  public let reusableUntil: Day?
  /// The paper, where it can still be shown; nil where it cannot.
  public let proof: EligibilityClock?
  /// The earlier decision's own validity.
  public let decision: EligibilityClock
  /// What it comes to, in French.
  public let sentence: String
  /// What to do, in French; nil where nothing needs doing.
  public let mend: String?
  /// How it was reached.
  public let derivation: Derivation

  /// What a decision allows on a day, for a case; `known` are the codes that may be claimed in that case.
  static func assess(
    _ earlier: EarlierDecision, on day: Day, for given: EligibilityCase, figures: Figures, known: Set<String>
  ) throws(MissingFigure) -> EligibilityPassport {
    var then = EligibilityCase(
      list: earlier.list, day: earlier.day, claims: [.init(earlier.code, proof: earlier.proof)],
      hiredOn: earlier.hiredOn, modality: earlier.modality)
    then.birthDate = given.birthDate
    then.suspensions = given.suspensions
    then.decisionMonths = given.decisionMonths
    then.windows = given.windows
    var reasoning = EligibilityReasoning(then, figures: figures)
    let decision = try reasoning.decisionClock(nil)
    let standing = reasoning.standing(decision)
    let counting = try reasoning.countingClock(earlier.code, standing, nil)
    let criterion = figures.criteria(of: earlier.list, on: earlier.day).criteria.map(\.value)
      .first { $0.code == earlier.code }
    let paper =
      criterion == nil
      ? nil
      : CriterionVerdict.judge(
        .init(earlier.code, proof: earlier.proof), as: criterion, born: given.birthDate, on: day, start: given.hiredOn
      ).proof
    let origin = "Décision de \(earlier.territory) du \(earlier.day.french) (\(earlier.code))"
    var result = Derivation()
    func answer(_ until: Day?, _ proof: EligibilityClock?, _ sentence: String, _ mend: String?) -> EligibilityPassport {
      result.step(origin, gives: sentence)
      if until != nil { result.append(reasoning.derivation) }
      return EligibilityPassport(
        earlier: earlier, isDecisionReusable: until != nil, reusableUntil: until, proof: proof, decision: decision,
        sentence: sentence, mend: mend, derivation: result)
    }
    guard earlier.agreement else {
      return answer(
        nil, nil, "Rien n’est repris\(French.thin): la personne n’a pas donné son accord.",
        "Demandez l’accord de la personne pour reprendre la décision de \(earlier.territory).")
    }
    let again = paper.map { clock in
      clock.until.map { " Le justificatif peut encore servir jusqu’au \($0.french)." }
        ?? " Le justificatif peut servir."
    }
    guard earlier.day <= day else {
      return answer(nil, nil, "Rien n’est repris\(French.thin): cette décision n’était pas encore prise.", nil)
    }
    guard earlier.list == given.list, known.contains(earlier.code) else {
      return answer(
        nil, paper,
        "La décision ne se reprend pas\(French.thin): elle repose sur une autre liste ou un ajout local."
          + (again ?? ""), "Décidez de nouveau sur la liste du contrat.")
    }
    let until = earlier.hiredOn == nil ? decision.until : counting?.until
    guard let until, until >= day else {
      return answer(
        nil, paper,
        "La décision ne se reprend plus\(French.thin): elle a pris fin"
          + (until.map { " le \($0.french)" } ?? "") + "." + (again ?? ""),
        "Demandez un nouveau justificatif et prenez une nouvelle décision.")
    }
    return answer(
      until, paper,
      "La décision se reprend jusqu’au \(until.french)"
        + (earlier.hiredOn.map { ", la période comptée restant celle ouverte le \($0.french)" } ?? "") + "."
        + (again ?? ""), nil)
  }
}
