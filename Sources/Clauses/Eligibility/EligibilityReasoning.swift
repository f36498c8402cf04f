/// The way to a decision of eligibility.
struct EligibilityReasoning {
  let given: EligibilityCase
  let figures: Figures
  var derivation = Derivation()
  /// The text that the list applied comes from; nil before it is read.
  private(set) var source: String?

  init(_ given: EligibilityCase, figures: Figures) {
    self.given = given
    self.figures = figures
  }

  /// What was retained, and what shows it.
  private struct Retained {
    let code: String
    let with: [String]
    let proof: EligibilityClock?
    /// The decision of another territory that it rests on.
    var passport: EligibilityPassport?
  }

  mutating func decide() throws(MissingFigure) -> Eligibility {
    let known = criteria()
    let verdicts = given.claims.map { judge($0, known, on: given.day) }
    for verdict in verdicts {
      if let kind = verdict.kind { derivation.use(kind) }
      derivation.step(
        "Critère «\(French.noBreak)\(verdict.criterion?.label ?? verdict.code)\(French.noBreak)»", verdict.reason,
        gives: verdict.isMet ? "retenu comme établi" : "non établi")
    }
    var passports: [EligibilityPassport] = []
    for earlier in given.earlier {
      let passport = try EligibilityPassport.assess(
        earlier, on: given.day, for: given, figures: figures, known: Set(known.map(\.code)))
      passports.append(passport)
      derivation.append(passport.derivation)
    }
    var retained = try retain(verdicts, &derivation)
    if retained == nil, let passport = passports.first(where: \.isDecisionReusable) {
      retained = Retained(
        code: passport.earlier.code, with: [], proof: passport.proof, passport: passport)
      derivation.note(
        Finding(
          .information, "decisionReused",
          "La décision de \(passport.earlier.territory) du \(passport.earlier.day.french) est reprise\(French.thin): "
            + "aucun nouveau justificatif n’est nécessaire."))
    }
    let atHire = try eligibleAtHire(known)
    guard let retained else { return refused(verdicts, passports, atHire) }
    let decision = try decisionClock(retained.passport)
    let hire = standing(decision)
    let counting = try countingClock(retained.code, hire, retained.passport)
    let all = [retained.code] + retained.with
    let labels = all.map { code in known.first { $0.code == code }?.label ?? code }
    derivation.step(
      "Décision du \(given.day.french)",
      gives: "éligible, \(French.plural(all.count, "critère retenu", "critères retenus"))\(French.thin): "
        + French.list(labels))
    noteHire(hire, decision, atHire)
    return Eligibility(
      isEligible: true, retained: retained.code, retainedWith: retained.with, criteria: verdicts, hire: hire,
      isEligibleAtHire: atHire, proof: retained.proof, decision: decision, counting: counting, passports: passports,
      missing: hire == .expired ? ["Prenez une nouvelle décision avant l’embauche."] : [], derivation: derivation)
  }

  // MARK: - Criteria

  /// The criteria that may be claimed: local ones first, then those of the list's version.
  private mutating func criteria() -> [EligibilityCriterion] {
    let day = given.versionDay ?? given.day
    let (listed, isExact) = figures.criteria(of: given.list, on: day)
    if !isExact {
      derivation.note(
        Finding(
          .warning, "listVersionUnknown",
          "La version de la liste en vigueur le \(day.french) n’est pas connue\(French.thin): "
            + "la version la plus proche est appliquée.",
          mend: "Comparez avec la liste écrite dans le contrat.", place: "versionDay"))
    }
    let unsure = listed.filter { $0.status == .memory || $0.status == .open }
    if isExact, !unsure.isEmpty {
      derivation.note(
        Finding(
          .information, "listVersionToConfirm",
          "La version de la liste en vigueur le \(day.french) n’a pas été relue en entier\(French.thin): "
            + "chaque critère montre à quel point il est sûr.",
          mend: "Comparez avec la liste écrite dans le contrat.", place: "versionDay"))
    }
    let claimed = Set(given.claims.map(\.code))
    for figure in listed where claimed.contains(figure.value.code) { derivation.use(figure) }
    source = listed.first?.source
    let version = listed.compactMap(\.from).max()
    let origin = version.map { "version en vigueur depuis le \($0.french)" } ?? "version sans date"
    derivation.step("Liste appliquée", gives: "\(given.list.french), \(origin)")
    return given.localCriteria + listed.map(\.value)
  }

  private func judge(_ claim: EligibilityCase.Claim, _ known: [EligibilityCriterion], on day: Day) -> CriterionVerdict {
    CriterionVerdict.judge(
      claim, as: known.first { $0.code == claim.code }, born: given.birthDate, on: day, start: given.hiredOn)
  }

  /// What the verdicts allow to retain; notes what stands in the way only in the derivation that is passed.
  private func retain(_ verdicts: [CriterionVerdict], _ derivation: inout Derivation) throws(MissingFigure) -> Retained?
  {
    let met = ordered(verdicts.filter(\.isMet))
    let enough = met.filter { $0.criterion?.group.isEnough ?? false }
    if let choice = enough.first(where: { $0.code == given.preferred }) ?? enough.first {
      if let preferred = given.preferred, preferred != choice.code {
        derivation.note(
          Finding(
            .warning, "preferredNotMet",
            "Le critère préféré (\(preferred)) n’est pas établi\(French.thin): \(choice.code) est retenu.",
            place: "prefer"))
      }
      return Retained(code: choice.code, with: [], proof: choice.proof)
    }
    var second: [CriterionVerdict] = []
    for verdict in met where !second.contains(where: { $0.code == verdict.code }) { second.append(verdict) }
    guard !second.isEmpty else { return nil }
    guard let employer = given.employer ?? (given.list == .geiq ? .geiq : nil) else {
      derivation.note(
        Finding(
          .fault, "structureKindMissing",
          "Le nombre de critères de niveau 2 dépend de la structure qui emploie, et elle n’est pas indiquée.",
          mend: "Indiquez la sorte de structure (AI, ETTI, ACI, EI, EITI ou GEIQ).", place: "structureKind"))
      return nil
    }
    guard let figure = figures.counts[.secondLevelNeeded(employer), on: given.day] else {
      derivation.note(
        Finding(
          .fault, "listDoesNotFit",
          "Les critères de niveau 2 ne valent pas pour une structure de cette sorte (\(employer.rawValue)).",
          mend: "Choisissez la liste du CCAG, ou la structure qui emploie la personne.", place: "structureKind"))
      return nil
    }
    let needed = derivation.use(figure)
    derivation.step(
      "Critères de niveau 2",
      "\(French.count(second.count, "établi")), \(French.count(needed, "demandé")) pour une structure "
        + employer.rawValue, gives: second.count >= needed ? "assez" : "trop peu")
    guard second.count >= needed, let first = second.first else { return nil }
    let kept = second.prefix(needed)
    let ends = kept.compactMap(\.proof)
    let shortest = ends.min { ($0.until.map { (0, $0) } ?? (1, $0.from)) < ($1.until.map { (0, $0) } ?? (1, $1.from)) }
    return Retained(code: first.code, with: kept.dropFirst().map(\.code), proof: shortest)
  }

  /// Criteria that say nothing of health or justice first: what is retained is what others may come to read.
  private func ordered(_ verdicts: [CriterionVerdict]) -> [CriterionVerdict] {
    let isSensitive = { (verdict: CriterionVerdict) in verdict.criterion?.isSensitive ?? false }
    return verdicts.filter { !isSensitive($0) } + verdicts.filter(isSensitive)
  }

  private func eligibleAtHire(_ known: [EligibilityCriterion]) throws(MissingFigure) -> Bool? {
    guard let hire = given.hiredOn else { return nil }
    var aside = Derivation()
    return try retain(given.claims.map { judge($0, known, on: hire) }, &aside) != nil
  }

  private mutating func refused(
    _ verdicts: [CriterionVerdict], _ passports: [EligibilityPassport], _ atHire: Bool?
  ) -> Eligibility {
    var missing = verdicts.filter { !$0.isMet }.compactMap { verdict in
      verdict.mend.map { "\(verdict.criterion?.label ?? verdict.code)\(French.thin): \($0)" }
    }
    missing += passports.compactMap(\.mend)
    if verdicts.isEmpty, missing.isEmpty { missing = ["Indiquez au moins un critère, avec ce qui le montre."] }
    if verdicts.contains(where: \.isMet) {
      missing.append("Ajoutez un critère de niveau 1, ou d’autres critères de niveau 2.")
    }
    derivation.step("Décision du \(given.day.french)", gives: "non éligible en l’état")
    derivation.note(
      Finding(
        .fault, "notEligible",
        verdicts.contains(where: \.isMet)
          ? "Les critères établis ne suffisent pas encore à rendre la personne éligible."
          : "Aucun critère n’est établi qui suffise à rendre la personne éligible.",
        mend: missing.joined(separator: " "), article: source))
    return Eligibility(
      isEligible: false, retained: nil, retainedWith: [], criteria: verdicts,
      hire: .none, isEligibleAtHire: atHire, proof: nil, decision: nil, counting: nil, passports: passports,
      missing: missing, derivation: derivation)
  }
}
