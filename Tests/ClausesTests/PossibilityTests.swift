import Clauses
import Testing

@Suite struct PossibilityTests {
  private func advice(
    _ possibility: Possibility, _ kind: AwardNotice.Kind = .contract, on sent: Day = day(2026, 9, 7),
    _ change: (inout PossibilityChoice) -> Void = { _ in }
  ) throws -> PossibilityAdvice {
    var choice = PossibilityChoice(possibility, kind: kind, day: sent)
    change(&choice)
    return try choice.advice(figures: Reference.figures())
  }

  private func codes(_ advice: PossibilityAdvice) -> [String] { advice.derivation.findings.map(\.code) }

  @Test(arguments: Possibility.allCases, AwardNotice.Kind.allCases)
  func `each possibility has its articles, requirements and basis of hours`(
    possibility: Possibility, kind: AwardNotice.Kind
  ) throws {
    let advice = try advice(possibility, kind) {
      $0.families = possibility == .reserved ? [.inclusion] : []
      $0.reservedShare = possibility == .reserved ? Percent(50) : nil
    }
    #expect(advice.isAllowed && !advice.requirements.isEmpty && !advice.articles.isEmpty)
    #expect(!possibility.french.isEmpty && !advice.hours.french.isEmpty)
    for article in advice.derivation.articles {
      #expect(advice.derivation.figures.contains { $0.id == "article.\(article)" }, "\(article)")
    }
  }

  @Test func `the basis of hours follows the possibility`() throws {
    let bases: [(Possibility, HoursBasis)] = [
      (.execution, .fixed), (.criterion, .offered), (.executionAndCriterion, .larger), (.reserved, .optional),
      (.insertionService, .service),
    ]
    for (possibility, basis) in bases { #expect(try advice(possibility).hours == basis) }
    #expect(try advice(.execution).areHoursDue)
    #expect(try !advice(.reserved).areHoursDue)
    #expect(try advice(.reserved) { $0.hours = Hours(192) }.areHoursDue)
  }

  @Test func `hours that the buyer must fix are asked for`() throws {
    #expect(try codes(advice(.execution)) == ["hoursMissing"])
    #expect(try codes(advice(.execution) { $0.hours = Hours(0) }) == ["hoursMissing"])
    #expect(try codes(advice(.execution) { $0.hours = Hours(1688) }).isEmpty)
    #expect(
      try codes(
        advice(.executionAndCriterion) {
          $0.criterionWeight = Percent(10)
        }) == ["minimumMissing"])
    #expect(try codes(advice(.insertionService)) == ["serviceHoursMissing"])
  }

  @Test func `a criterion is weighed and looks at this contract`() throws {
    #expect(try codes(advice(.criterion)) == ["criterionWeightMissing"])
    #expect(try codes(advice(.criterion) { $0.criterionWeight = Percent(10) }).isEmpty)
    #expect(try codes(advice(.criterion, .concession)).isEmpty)
    let general = try advice(.criterion) {
      $0.criterionWeight = Percent(10)
      $0.criterionScope = .company
    }
    #expect(!general.isAllowed && codes(general) == ["criterionOnGeneralPolicy"])
    #expect(
      try codes(
        advice(.execution) {
          $0.hours = Hours(100)
          $0.criterionWeight = Percent(10)
        }) == ["criterionNotChosen"])
  }

  private func reserved(
    _ families: Set<ReservedFamily>, _ kind: AwardNotice.Kind = .contract, on sent: Day = day(2026, 9, 7),
    _ change: (inout PossibilityChoice) -> Void = { _ in }
  ) throws -> PossibilityAdvice {
    try advice(.reserved, kind, on: sent) {
      $0.families = families
      $0.reservedShare = Percent(50)
      change(&$0)
    }
  }

  @Test func `half of the workers is enough, a hundredth of a percent less is not`() throws {
    #expect(try codes(reserved([.inclusion])).isEmpty)
    let less = try reserved([.inclusion]) { $0.reservedShare = Percent(basisPoints: 4999) }
    #expect(codes(less) == ["reservedShareTooLow"] && !less.isAllowed)
    #expect(less.derivation.findings.first?.article == "R2113-7")
    #expect(try codes(reserved([.adapted]) { $0.reservedShare = nil }) == ["reservedShareMissing"])
    let concession = try reserved([.adapted], .concession) { $0.reservedShare = Percent(30) }
    #expect(concession.derivation.findings.first?.article == "R3113-1")
  }

  @Test func `the two first families together: contracts since the ninth of December 2020, concessions never`() throws {
    let both: Set<ReservedFamily> = [.adapted, .inclusion]
    #expect(try reserved(both).isAllowed)
    #expect(try reserved(both).articles == ["R2113-7", "L2113-12", "L2113-13", "L2113-14"])
    #expect(try reserved(both, on: day(2020, 12, 9)).isAllowed)
    #expect(try codes(reserved(both, on: day(2020, 12, 8))) == ["jointTooEarly"])
    let concession = try reserved(both, .concession)
    #expect(codes(concession) == ["jointConcession"])
    #expect(concession.derivation.findings.first?.article == "L3113-3")
  }

  @Test func `prison work stands apart`() throws {
    #expect(try reserved([.prison]).isAllowed)
    let joint = try reserved([.prison, .inclusion])
    #expect(codes(joint) == ["prisonJoint"] && joint.isAllowed, "allowed where it meets the other conditions too")
    let remark = try #require(joint.derivation.findings.first)
    #expect(remark.level == .warning && remark.article == "L2113-14" && remark.sentence.contains("remplit aussi"))
    let social = try reserved([.prison, .socialEconomy]) { $0.isSocialService = true }
    #expect(!social.isAllowed && codes(social).contains("socialEconomyJoint"))
    #expect(try codes(reserved([.prison, .adapted], .concession)) == ["prisonJointConcession"])
    #expect(try reserved([.prison], on: day(2022, 10, 21)).isAllowed)
    #expect(try codes(reserved([.prison], on: day(2022, 10, 20))) == ["prisonTooEarly"])
  }

  private func social(_ change: (inout PossibilityChoice) -> Void = { _ in }) throws -> PossibilityAdvice {
    try advice(.reserved) {
      $0.families = [.socialEconomy]
      $0.isSocialService = true
      $0.durationMonths = 36
      $0.previousAward = day(2020, 1, 1)
      change(&$0)
    }
  }

  @Test func `the social economy: certain services, three years at most, no award again within three years`() throws {
    #expect(try codes(social()).isEmpty)
    #expect(try codes(social { $0.durationMonths = 37 }) == ["socialEconomyTooLong"])
    #expect(try codes(social { $0.durationMonths = nil }) == ["durationMissing"])
    #expect(try codes(social { $0.isSocialService = false }) == ["servicesNotReservable"])
    #expect(try codes(social { $0.isSocialService = nil }) == ["servicesToConfirm"])
    #expect(try codes(social { $0.previousAward = nil }) == ["previousAwardToCheck"])
    #expect(try codes(social { $0.previousAward = day(2023, 9, 7) }) == ["awardedTooRecently"])
    #expect(try codes(social { $0.previousAward = day(2023, 9, 6) }).isEmpty)
    #expect(try codes(social { $0.families.insert(.adapted) }.self).contains("socialEconomyJoint"))
    #expect(try codes(reserved([.socialEconomy], .concession)) == ["socialEconomyConcession"])
  }

  @Test func `three years from a leap day end on the last day of February`() throws {
    func found(on sent: Day) throws -> [String] {
      try codes(
        advice(.reserved, on: sent) {
          $0.families = [.socialEconomy]
          $0.isSocialService = true
          $0.durationMonths = 12
          $0.previousAward = day(2024, 2, 29)
        })
    }
    #expect(try found(on: day(2027, 2, 28)) == ["awardedTooRecently"])
    #expect(try found(on: day(2027, 3, 1)).isEmpty)
  }

  @Test func `a reservation names its beneficiaries and stands in the notice`() throws {
    #expect(try codes(advice(.reserved)) == ["beneficiariesMissing"])
    #expect(try codes(advice(.reserved, .concession)) == ["beneficiariesMissing"])
    #expect(try codes(reserved([.inclusion]) { $0.isStatedInNotice = false }) == ["reservationNotInNotice"])
    #expect(try codes(reserved([.inclusion]) { $0.isStatedInNotice = true }).isEmpty)
    #expect(
      try codes(reserved([.inclusion], .concession) { $0.isStatedInNotice = false }) == ["reservationNotInNotice"])
    let astray = try advice(.execution) {
      $0.hours = Hours(10)
      $0.families = [.adapted]
    }
    #expect(codes(astray) == ["reservationWithoutReservedContract"])
  }

  @Test func `buying insertion itself is for social and specific services`() throws {
    #expect(try codes(advice(.insertionService) { $0.isSocialService = false }).contains("notSocialService"))
    #expect(
      try codes(advice(.insertionService, .concession) { $0.hours = Hours(900) }) == ["insertionServiceInConcession"])
  }

  @Test(arguments: [
    (GeneralConditions.works, "20.1"), (.suppliesServices, "16.1"), (.intellectual, "16.1"), (.ict, "16.1"),
    (.projectManagement, "18.1"), (.industrial, "17.1"),
  ])
  func `the insertion clause stands where each of the general conditions has it`(
    family: GeneralConditions, clause: String
  ) throws {
    let advice = try advice(.execution) { $0.ccag = family }
    #expect(advice.ccag?.number == clause)
    #expect(advice.ccag?.paragraph(5).hasSuffix("article \(clause).5") == true)
  }

  @Test func `a private contract rests on no article`() throws {
    let advice = try advice(.execution) { $0.isPrivate = true }
    #expect(advice.articles.isEmpty && advice.requirements.isEmpty && advice.isAllowed && advice.areHoursDue)
    #expect(codes(advice) == ["privateContract"] && advice.derivation.articles.isEmpty)
  }

  @Test func `families and bases are told in French`() {
    for family in ReservedFamily.allCases { #expect(!family.french.isEmpty) }
    #expect(HoursBasis.allCases.filter { !$0.areDue } == [.optional])
  }
}
