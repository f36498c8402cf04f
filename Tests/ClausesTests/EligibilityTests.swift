import Clauses
import Testing

@Suite struct EligibilityTests {
  @Test func `story P1, a proof of 20 October is young enough on 2 November for a hire on 1 December`() throws {
    let told = try Eligibility.decided(
      person([claim("DELD", day(2026, 10, 20))], on: day(2026, 11, 2), hired: day(2026, 12, 1), .lentByETTI))
    #expect(told.isEligible && told.retained == "DELD" && told.hire == .covered && told.isEligibleAtHire == true)
    #expect(told.proof?.until == day(2027, 1, 19))
    #expect(told.decision?.from == day(2026, 11, 2) && told.decision?.until == day(2027, 5, 1))
    #expect(told.counting?.from == day(2026, 12, 1) && told.counting?.until == day(2028, 11, 30))
    #expect(told.clocks.map(\.kind) == [.proof, .decision, .counting])
    #expect(told.expires == day(2028, 11, 30) && told.missing.isEmpty && told.derivation.isFree)
    #expect(Set(told.derivation.figures.map(\.id)).isSuperset(of: ["eligibility.decisionMonths", "public.ccag.DELD"]))
  }

  @Test func `story P2, an open-ended hire counts 24 months from its first day, or 48 where the contract says so`()
    throws
  {
    let claims = [claim("RSA", day(2026, 12, 1))]
    let given = person(claims, on: day(2026, 12, 15), hired: day(2027, 1, 4), .openEndedHire)
    #expect(try Eligibility.decided(given).counting?.until == day(2029, 1, 3))
    var long = given
    long.allowsLongOpenEnded = true
    #expect(try Eligibility.decided(long).counting?.until == day(2031, 1, 3))
    long.performanceUntil = day(2028, 3, 31)
    let capped = try Eligibility.decided(long)
    #expect(capped.counting?.until == day(2028, 3, 31))
    #expect(try #require(capped.counting).sentence.contains("sans dépasser la fin de l’exécution"))
    long.modality = .fixedTermHire
    long.performanceUntil = nil
    #expect(try Eligibility.decided(long).counting?.until == day(2029, 1, 3))
  }

  @Test func `story P3, a decision after the hire is told late and the counting window keeps its first day`() throws {
    let given = person(
      [claim("DELD", day(2026, 11, 20))], on: day(2026, 12, 10), hired: day(2026, 12, 1), .fixedTermHire)
    let told = try Eligibility.decided(given)
    #expect(told.isEligible && told.hire == .late && told.isEligibleAtHire == true)
    #expect(told.codes == ["decisionAfterHire"] && told.counting?.from == day(2026, 12, 1))
    var recent = given
    recent.claims = [claim("DELD", day(2026, 12, 5))]
    let unshown = try Eligibility.decided(recent)
    #expect(unshown.isEligible && unshown.isEligibleAtHire == false)
    #expect(try #require(unshown.derivation.findings.first?.mend).contains("ne montrent pas"))
  }

  @Test(arguments: [
    (day(2026, 10, 20), 3, day(2027, 1, 19)), (day(2026, 11, 30), 3, day(2027, 2, 28)),
    (day(2027, 11, 30), 3, day(2028, 2, 29)), (day(2026, 8, 31), 6, day(2027, 2, 28)),
    (day(2028, 2, 29), 6, day(2028, 8, 28)),
  ])
  func `a proof holds to its last day and not one more`(issued: Day, months: Int, last: Day) throws {
    let code = months == 3 ? "DELD" : "QPV"
    let met = try Eligibility.decided(person([claim(code, issued)], on: last))
    #expect(met.isEligible && met.proof?.until == last)
    let past = try Eligibility.decided(person([claim(code, issued)], on: last.adding(days: 1)))
    #expect(!past.isEligible && past.codes == ["notEligible"])
    #expect(past.criteria[0].reason.contains(last.french) && past.criteria[0].mend != nil)
    #expect(past.decision == nil && past.counting == nil && past.expires == nil && past.missing.count == 1)
  }

  @Test(arguments: [
    (day(2028, 2, 29), day(2030, 2, 28)), (day(2027, 1, 31), day(2029, 1, 30)), (day(2026, 3, 1), day(2028, 2, 29)),
    (day(2027, 3, 1), day(2029, 2, 28)),
  ])
  func `the counting window ends the eve of the same date two years later`(hired: Day, last: Day) throws {
    let told = try Eligibility.decided(
      person([claim("RSA", hired.adding(days: -5))], on: hired.adding(days: -1), hired: hired, .fixedTermHire))
    #expect(told.counting?.until == last)
  }

  @Test func `every criterion that is enough makes eligible with its usual paper, and none without`() throws {
    let figures = try Reference.figures()
    let now = day(2026, 11, 21)
    var seen = 0
    for list in EligibilityList.allCases {
      let (criteria, isExact) = figures.criteria(of: list, on: now)
      #expect(isExact && Set(criteria.map(\.value.code)).count == criteria.count)
      for criterion in criteria.map(\.value) where criterion.group.isEnough {
        seen += 1
        let born = criterion.under == nil ? day(1970, 1, 1) : day(2005, 1, 1)
        let paper = claim(criterion.code, now.adding(days: -1), until: now.adding(days: 30))
        let told = try Eligibility.decided(person([paper], list: list, on: now) { $0.birthDate = born }, figures)
        #expect(told.isEligible && told.retained == criterion.code, "\(list.rawValue) \(criterion.code)")
        let bare = try Eligibility.decided(person([.init(criterion.code)], list: list, on: now) { $0.birthDate = born })
        #expect(!bare.isEligible && bare.criteria[0].reason == "Aucun justificatif n’a été vu.", "\(criterion.code)")
      }
    }
    #expect(seen > 30)
    #expect(figures.criteria(of: .ccag, on: now).criteria.count { $0.value.group == .structure } == 6)
    #expect(figures.criteria(of: .ccag, on: now).criteria.count { $0.value.group == .situation } == 10)
    #expect(figures.criteria(of: .iae, on: now).criteria.count { $0.value.group == .level1 } == 4)
    #expect(figures.criteria(of: .iae, on: now).criteria.count { $0.value.group == .level2 } == 14)
  }

  @Test(arguments: [
    (StructureKind.ai, 2), (.etti, 2), (.aci, 3), (.ei, 3), (.eiti, 3), (.geiq, 2),
  ])
  func `criteria of the second level make eligible in the number that the structure asks`(
    kind: StructureKind, needed: Int
  ) throws {
    let now = day(2026, 11, 21)
    let claims = [claim("QPV", day(2026, 8, 1)), claim("PI", day(2026, 11, 1)), claim("FLE", day(2026, 10, 1))]
    for count in 1...3 {
      let told = try Eligibility.decided(
        person(Array(claims.prefix(count)), list: .iae, on: now) { $0.structureKind = kind })
      #expect(told.isEligible == (count >= needed), "\(kind.rawValue) \(count)")
      if told.isEligible {
        #expect(told.retained == "QPV" && told.retainedWith.count == needed - 1)
        #expect(told.proof?.until == day(2027, 1, 31), "the paper that ends first")
      } else {
        #expect(told.missing.last?.contains("niveau 1") == true)
      }
    }
    let twice = [claims[0], claims[0], claims[0]]
    #expect(try !Eligibility.decided(person(twice, list: .iae, on: now) { $0.structureKind = kind }).isEligible)
  }

  @Test func `the second level asks who employs, and refuses an employer that it is not for`() throws {
    let claims = [claim("QPV", day(2026, 11, 1)), claim("PI", day(2026, 11, 1)), claim("FLE", day(2026, 11, 1))]
    let now = day(2026, 11, 21)
    #expect(try Eligibility.decided(person(claims, list: .iae, on: now)).codes.contains("structureKindMissing"))
    #expect(try Eligibility.decided(person(claims, list: .iae, on: now, hired: now, .performedByEI)).isEligible)
    let wrong = try Eligibility.decided(person(claims, list: .iae, on: now) { $0.structureKind = .esat })
    #expect(!wrong.isEligible && wrong.codes.contains("listDoesNotFit"))
    let group = [claim("PI", day(2026, 11, 1)), claim("FLE", day(2026, 11, 1))]
    #expect(try Eligibility.decided(person(group, list: .geiq, on: now)).isEligible)
  }

  @Test(arguments: [
    ("JEUNE_SQ", day(2000, 12, 2), true), ("JEUNE_SQ", day(2000, 12, 1), false), ("SENIOR", day(1976, 11, 30), true),
    ("SENIOR", day(1976, 12, 1), false), ("SENIOR", day(2030, 1, 1), false),
  ])
  func `the age counts on the first day of the contract`(code: String, born: Day, isMet: Bool) throws {
    let told = try Eligibility.decided(
      person([claim(code, day(2026, 11, 1))], on: day(2026, 11, 2), hired: day(2026, 12, 1), .fixedTermHire) {
        $0.birthDate = born
      })
    #expect(told.isEligible == isMet && told.criteria[0].isMet == isMet)
  }

  @Test func `an age criterion asks for the birth date, and 45 years are reached on the birthday`() throws {
    let now = day(2026, 11, 2)
    let unknown = try Eligibility.decided(person([claim("SENIOR", now)], on: now))
    #expect(unknown.criteria[0].reason == "La date de naissance manque.")
    for (born, isMet) in [(day(1981, 11, 2), true), (day(1981, 11, 3), false)] {
      let told = try Eligibility.decided(person([claim("DE_45", now)], list: .geiq, on: now) { $0.birthDate = born })
      #expect(told.isEligible == isMet)
    }
    let leap = day(2000, 2, 29)
    #expect(leap.adding(years: 26) == day(2026, 2, 28) && leap.adding(years: 28) == day(2028, 2, 29))
  }

  @Test func `a paper that names its last day must hold at the hire, or on the day of the decision`() throws {
    let (now, hired) = (day(2026, 11, 2), day(2026, 12, 1))
    func told(_ claim: EligibilityCase.Claim) throws -> Eligibility {
      try Eligibility.decided(person([claim], on: now, hired: hired, .fixedTermHire))
    }
    #expect(try told(claim("TH", until: hired)).isEligible)
    #expect(try !told(claim("TH", until: hired.adding(days: -1))).isEligible)
    let endless = try told(claim("TH", day(2020, 1, 1)))
    #expect(endless.isEligible && endless.proof?.until == nil && endless.criteria[0].reason.contains("sans limite"))
    #expect(try told(claim("TH")).criteria[0].reason == "La durée du justificatif est inconnue.")
    #expect(try told(claim("REFUGIE", until: now)).isEligible)
    #expect(try !told(claim("REFUGIE", until: now.adding(days: -1))).isEligible)
    #expect(try told(claim("TH", kind: "DEMANDE_RENOUVELLEMENT", until: hired)).isEligible)
  }

  @Test func `a paper says nothing when it is undated, dated ahead, of another kind, or out of date`() throws {
    let now = day(2026, 11, 2)
    func reason(_ claim: EligibilityCase.Claim) throws -> String {
      let told = try Eligibility.decided(person([claim], on: now))
      #expect(!told.isEligible && told.criteria[0].mend != nil)
      return told.criteria[0].reason
    }
    #expect(try reason(claim("DELD")) == "La date du justificatif manque.")
    #expect(try reason(claim("DELD", day(2026, 11, 3))).contains("après le 02/11/2026"))
    #expect(try reason(claim("DELD", now, kind: "FACTURE")).contains("n’est pas de ceux"))
    #expect(try reason(claim("DELD", day(2026, 10, 1), until: day(2026, 11, 1))).contains("01/11/2026"))
    #expect(try reason(claim("AVIS_MOTIVE", now, until: day(2026, 11, 1))).contains("n’est plus valable"))
    #expect(try reason(claim("INCONNU", now)) == "Ce critère n’est pas dans la liste.")
    #expect(try Eligibility.decided(person([], on: now)).missing.count == 1)
  }

  @Test func `what tells of health or justice is retained last, unless preferred`() throws {
    let now = day(2026, 11, 2)
    let claims = [claim("TH", until: day(2030, 1, 1)), claim("RSA", now)]
    #expect(try Eligibility.decided(person(claims, on: now)).retained == "RSA")
    #expect(try Eligibility.decided(person(claims, on: now) { $0.preferred = "TH" }).retained == "TH")
    let absent = try Eligibility.decided(person(claims, on: now) { $0.preferred = "QPV" })
    #expect(absent.retained == "RSA" && absent.codes == ["preferredNotMet"])
  }

  @Test func `a local addition is enough, and one without papers asks for none`() throws {
    let now = day(2026, 11, 2)
    let paper = Figure(
      id: "local", label: "Justificatif", value: ProofKind(code: "DOMICILE", label: "domicile", ageing: .months(2)),
      source: "contrat", status: .memory)
    let local = [
      EligibilityCriterion(
        list: .ccag, code: "FRR", label: "Habitant d’une zone rurale", group: .local, proofs: [paper]),
      EligibilityCriterion(list: .ccag, code: "LIBRE", label: "Sans papier", group: .local, proofs: []),
    ]
    func told(_ claim: EligibilityCase.Claim) throws -> Eligibility {
      try Eligibility.decided(person([claim], on: now) { $0.localCriteria = local })
    }
    #expect(try told(claim("FRR", day(2026, 10, 1))).proof?.until == day(2026, 11, 30))
    #expect(try !told(claim("FRR", day(2026, 8, 1))).isEligible)
    let free = try told(.init("LIBRE"))
    #expect(free.isEligible && free.proof == nil && free.clocks.map(\.kind) == [.decision])
    #expect(local[0].figureText.contains("ajout local") && local[0].figureText.contains("moins de 2 mois"))
  }

  @Test func `before the first known version the nearest one is applied, with a warning`() throws {
    let old = try Eligibility.decided(person([claim("RSA", day(2021, 3, 1))], on: day(2021, 3, 31)))
    #expect(old.isEligible && old.codes == ["listVersionUnknown"])
    let written = try Eligibility.decided(
      person([claim("RSA", day(2026, 11, 1))], on: day(2026, 11, 2)) { $0.versionDay = day(2024, 7, 1) })
    #expect(written.codes.isEmpty)
    let none = try Eligibility.decided(person([claim("RSA", day(2026, 1, 1))], on: day(2026, 1, 2)), Figures(.init()))
    #expect(!none.isEligible)
  }

  @Test(arguments: [
    (day(2021, 4, 1), day(2021, 4, 1)), (day(2022, 9, 1), day(2021, 4, 1)), (day(2024, 6, 30), day(2021, 4, 1)),
    (day(2024, 7, 1), day(2024, 7, 1)),
  ])
  func `a contract is judged with the list of its day, as sure as that list was read`(signed: Day, from: Day) throws {
    let figures = try Reference.figures()
    let (listed, isExact) = figures.criteria(of: .ccag, on: signed)
    #expect(isExact && listed.count == 16 && listed.allSatisfy { $0.from == from })
    let told = try Eligibility.decided(
      person([claim("RSA", day(2026, 11, 1))], on: day(2026, 11, 2)) { $0.versionDay = signed })
    let isFirst = from == day(2021, 4, 1)
    #expect(told.isEligible && told.codes == (isFirst ? ["listVersionToConfirm"] : []))
    let listing = try #require(told.derivation.figures.first { $0.id == "public.ccag.RSA" })
    #expect(listing.from == from && listing.status == (isFirst ? .memory : .verified))
    #expect(told.derivation.steps.contains { $0.result.hasSuffix("version en vigueur depuis le \(from.french)") })
  }
}
