internal import Clauses

extension Rule {
  /// Whether a person is eligible, why, and until when.
  static let eligibility = Rule(
    name: "eligibility",
    summary: "Dit si une personne est éligible, selon quelle liste et quels justificatifs, et jusqu’à quand.",
    fields: [
      ("list", "la liste des publics\u{202F}: ccag (par défaut), iae ou geiq"),
      ("versionDay", "le jour dont la version de la liste s’applique\u{202F}; à défaut celui de la décision"),
      ("day", "le jour de la décision\u{202F}; à défaut aujourd’hui"),
      ("hiredOn", "le premier jour du contrat de travail"),
      ("modality", "la modalité\u{202F}: EMBAUCHE_CDI, MAD_ETTI, ST_EI…"),
      ("structureKind", "la sorte de structure qui emploie (IAE, niveau 2)\u{202F}; à défaut celle de la modalité"),
      ("birthDate", "la date de naissance, pour les critères d’âge"),
      ("criteria", "les critères invoqués\u{202F}: code, proof (type, date, validUntil)"),
      ("prefer", "le critère à retenir si plusieurs sont établis"),
      (
        "local",
        "les critères ajoutés localement\u{202F}: code, label, proofs (type, label, months), under, over, atLeast"
      ),
      ("windows", "les durées de décompte fixées localement\u{202F}: category, modality, months, origin"),
      ("longOpenEnded", "si le contrat allonge la durée de décompte d’un CDI"),
      ("decisionMonths", "la durée de validité d’une décision, si le territoire la fixe"),
      ("performanceFrom", "le premier jour d’exécution du marché"),
      ("performanceUntil", "le dernier jour d’exécution du marché"),
      ("suspensions", "les suspensions\u{202F}: from, until"),
      (
        "decisions",
        "les décisions d’autres territoires\u{202F}: territory, day, list, code, proof, hiredOn, modality, agreement"
      ),
    ],
    example: """
      {"list": "ccag", "day": "2026-11-02", "hiredOn": "2026-12-01", "modality": "MAD_ETTI",
       "criteria": [{"code": "DELD", "proof": {"type": "AVIS_SITUATION_FRANCE_TRAVAIL", "date": "2026-10-20"}}]}
      """
  ) { input, context throws(RuleFaults) in
    let list = input.choice("list", EligibilityList.self, required: false) ?? .ccag
    let day = input.day("day", required: false) ?? context.today
    let claims = input.objects("criteria", required: false, most: 100) { claim -> EligibilityCase.Claim? in
      let code = claim.text("code", most: 100)
      let proof = claim.object("proof", required: false) { paper(&$0) }
      return code.map { EligibilityCase.Claim($0, proof: proof) }
    }
    var given = EligibilityCase(
      list: list, day: day, claims: claims, hiredOn: input.day("hiredOn", required: false),
      modality: input.choice("modality", Modality.self, required: false))
    given.versionDay = input.day("versionDay", required: false)
    given.structureKind = input.choice("structureKind", StructureKind.self, required: false)
    given.birthDate = input.day("birthDate", required: false)
    given.preferred = input.text("prefer", required: false, most: 100)
    given.localCriteria = input.objects("local", required: false, most: 100) { localCriterion(&$0, list) }
    given.windows = input.objects("windows", required: false, most: 100) { $0.countingChoice() }
    given.allowsLongOpenEnded = input.flag("longOpenEnded", required: false) ?? false
    given.decisionMonths = input.whole("decisionMonths", required: false, in: 1...240)
    given.performanceFrom = input.day("performanceFrom", required: false)
    given.performanceUntil = input.day("performanceUntil", required: false)
    if let from = given.performanceFrom, let until = given.performanceUntil, until < from {
      input.fault(
        "performanceUntil", "Le dernier jour d’exécution vient avant le premier\u{202F}: corrigez l’un d’eux.")
    }
    given.suspensions = input.objects("suspensions", required: false, most: 1000) { $0.suspension() }
    given.earlier = input.objects("decisions", required: false, most: 100) { earlierDecision(&$0) }
    try input.check()
    let answer = try Rule.withFigures { () throws(MissingFigure) in
      try Eligibility.decide(given, figures: context.figures)
    }
    return .object(answer.jsonFields + answer.derivation.fields)
  }

  private static func paper(_ input: inout RuleInput) -> EligibilityCase.Proof? {
    EligibilityCase.Proof(
      kind: input.text("type", required: false, most: 100), issuedOn: input.day("date", required: false),
      validUntil: input.day("validUntil", required: false))
  }

  private static func localCriterion(_ input: inout RuleInput, _ list: EligibilityList) -> EligibilityCriterion? {
    let (code, label) = (input.text("code", most: 100), input.text("label", most: 300))
    let source = "ajout du contrat ou du territoire"
    let proofs = input.objects("proofs", required: false, most: 20) { proof -> Figure<ProofKind>? in
      let (type, name) = (proof.text("type", most: 100), proof.text("label", most: 300))
      let months = proof.whole("months", required: false, in: 1...240)
      guard let type, let name else { return nil }
      let kind = ProofKind(code: type, label: name, ageing: months.map { .months($0) } ?? .never)
      return Figure(
        id: "local.\(code ?? "").\(type)", label: "Justificatif, \(label ?? "")", value: kind, source: source,
        status: .memory)
    }
    let under = input.whole("under", required: false, in: 1...120)
    let over = input.whole("over", required: false, in: 1...120)
    let atLeast = input.whole("atLeast", required: false, in: 1...120)
    guard let code, let label else { return nil }
    return EligibilityCriterion(
      list: list, code: code, label: label, group: .local, proofs: proofs, under: under, over: over, atLeast: atLeast)
  }

  private static func earlierDecision(_ input: inout RuleInput) -> EarlierDecision? {
    let territory = input.text("territory", most: 200)
    let day = input.day("day")
    let list = input.choice("list", EligibilityList.self, required: false) ?? .ccag
    let code = input.text("code", most: 100)
    let proof = input.object("proof", required: false) { paper(&$0) }
    let hiredOn = input.day("hiredOn", required: false)
    let modality = input.choice("modality", Modality.self, required: false)
    let agreement = input.flag("agreement")
    guard let territory, let day, let code, let agreement else { return nil }
    return EarlierDecision(
      territory: territory, day: day, list: list, code: code, proof: proof, hiredOn: hiredOn, modality: modality,
      agreement: agreement)
  }
}

extension RuleInput {
  /// Days on which an accompaniment was suspended.
  mutating func suspension() -> EligibilitySuspension? {
    guard let from = day("from"), let until = day("until") else { return nil }
    let suspension = EligibilitySuspension(from: from, until: until)
    if suspension == nil {
      fault("until", "La suspension finit avant de commencer\u{202F}: corrigez un des jours.")
    }
    return suspension
  }

  /// How long hours count for a public, a modality or both.
  mutating func countingChoice() -> CountingChoice? {
    let category = text("category", required: false, most: 100)
    let modality = choice("modality", Modality.self, required: false)
    let origin = text("origin", required: false, most: 300)
    return whole("months", in: 1...240).map {
      CountingChoice(category: category, modality: modality, months: $0, origin: origin)
    }
  }
}

extension Eligibility {
  fileprivate var jsonFields: [(name: String, value: RuleJSON)] {
    [
      ("eligible", .flag(isEligible)), ("retained", retained.map { .text($0) } ?? .null),
      ("retainedWith", .list(retainedWith.map { .text($0) })), ("hire", .text(hire.rawValue)),
      ("late", .flag(hire == .late)), ("eligibleAtHire", isEligibleAtHire.map { .flag($0) } ?? .null),
      ("proofValidUntil", RuleAnswer.day(proof?.until)), ("decisionValidUntil", RuleAnswer.day(decision?.until)),
      ("countingFrom", RuleAnswer.day(counting?.from)), ("countingUntil", RuleAnswer.day(counting?.until)),
      ("expires", RuleAnswer.day(expires)), ("clocks", .list(clocks.map(\.json))),
      ("criteria", .list(criteria.map(\.json))), ("missing", .list(missing.map { .text($0) })),
      ("reuse", .list(passports.map(\.json))),
    ]
  }
}

extension EligibilityClock {
  fileprivate var json: RuleJSON {
    .object([
      ("kind", .text(kind.rawValue)), ("label", .text(kind.french)), ("from", .day(from)),
      ("until", RuleAnswer.day(until)), ("sentence", .text(sentence)),
    ])
  }
}

extension CriterionVerdict {
  fileprivate var json: RuleJSON {
    .object([
      ("code", .text(code)), ("label", criterion.map { .text($0.label) } ?? .null),
      ("group", criterion.map { .text($0.group.rawValue) } ?? .null), ("met", .flag(isMet)), ("reason", .text(reason)),
      ("mend", mend.map { .text($0) } ?? .null), ("proofValidUntil", RuleAnswer.day(proof?.until)),
    ])
  }
}

extension EligibilityPassport {
  fileprivate var json: RuleJSON {
    .object([
      ("territory", .text(earlier.territory)), ("day", .day(earlier.day)), ("code", .text(earlier.code)),
      ("reusable", .flag(isDecisionReusable)), ("until", RuleAnswer.day(reusableUntil)),
      ("proofUsable", .flag(proof != nil)), ("proofValidUntil", RuleAnswer.day(proof?.until)),
      ("sentence", .text(sentence)), ("mend", mend.map { .text($0) } ?? .null),
    ])
  }
}
