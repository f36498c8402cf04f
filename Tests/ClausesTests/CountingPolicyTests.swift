import Clauses
import Testing

@Suite struct CountingPolicyTests {
  private func inherited(_ layers: [PolicyLayer], on day: Day = Reference.today) throws -> (InheritedPolicy, Derivation)
  {
    var derivation = Derivation()
    let policy = try InheritedPolicy(layers, figures: Reference.figures(), on: day, into: &derivation)
    return (policy, derivation)
  }

  private func layer(
    _ level: PolicyLayer.Level, _ name: String, from: Day? = nil, _ change: (inout PolicyLayer.Options) -> Void
  ) -> PolicyLayer {
    var options = PolicyLayer.Options()
    change(&options)
    return PolicyLayer(level: level, name: name, from: from, options: options)
  }

  @Test func `the default policy is that of the dossier, each option shown with how sure it is`() throws {
    let (policy, derivation) = try inherited([])
    #expect(
      CountingOption.allCases.map { policy.policy.french($0).plain } == [
        "heures travaillées", "non comptée", "non comptés", "non comptés", "comptée", "non comptées", "aucune (× 1)",
        "24 mois", "24 mois", "non comptées", "heures des salariés en insertion", "compté depuis la décision",
        "24 mois", "aucune", "6 mois",
      ])
    #expect(Set(policy.origins.values.map(\.french)) == ["données de référence"])
    let status = Dictionary(uniqueKeysWithValues: derivation.figures.map { ($0.id, $0.status) })
    #expect(status["counting.training"] == .verified && status["eligibility.countingMonths"] == .verified)
    #expect(status["counting.tutoring"] == .open && status["counting.unit"] == .memory)
    #expect(derivation.findings.isEmpty)
  }

  @Test func `a lot's choice stands over the buyer's, the buyer's over the coordination's`() throws {
    let (result, derivation) = try inherited([
      layer(.lot, "Lot 1") { $0.training = .blocksUnder(Hours(35)) },
      layer(.coordination, "Seine-et-Marne") {
        $0.tutoring = .apart
        $0.training = .excluded
        $0.weights = [.woman: Quotient(2)]
      },
      layer(.buyer, "Val-Fleuri") {
        $0.tutoring = .included
        $0.weights = [.senior: Quotient(2)]
        $0.directHireMonths = 12
      },
      layer(.agreement, "Convention C") { $0.lateValidation = .nothing },
    ])
    let policy = result.policy
    #expect(policy.training == .blocksUnder(Hours(35)) && policy.tutoring == .included)
    #expect(policy.weights[.woman] == Quotient(2) && policy.weights[.senior] == Quotient(2))
    #expect(policy.directHireMonths == 12 && policy.permanentHireMonths == 12 && policy.lateValidation == .nothing)
    #expect(result.origins[.training]?.french == "lot (Lot 1)")
    #expect(result.origins[.tutoring]?.french == "donneur d’ordre (Val-Fleuri)")
    #expect(result.origins[.permanentHireMonths]?.french == "donneur d’ordre (Val-Fleuri)")
    #expect(result.origins[.lateValidation]?.french == "convention de globalisation (Convention C)")
    #expect(result.origins[.unit] == .reference)
    #expect(PolicyLayer.Level.coordination.french == "coordination" && derivation.findings.isEmpty)
  }

  @Test func `a choice holds from its day, and of one level the last begun counts`() throws {
    let layers = [
      layer(.buyer, "2027", from: day(2027, 1, 1)) { $0.unit = .paid },
      layer(.buyer, "2026", from: day(2026, 1, 1)) { $0.tutoring = .included },
      layer(.buyer, "avant") { $0.tutoring = .apart },
    ]
    let (before, told) = try inherited(layers, on: day(2026, 12, 31))
    #expect(before.policy.unit == .worked && before.policy.tutoring == .included)
    #expect(told.findings.map(\.code) == ["policyLater"])
    #expect(try inherited(layers, on: day(2027, 1, 1)).0.policy.unit == .paid)
  }

  @Test func `what goes beyond the general conditions or contradicts itself is told`() throws {
    let (_, derivation) = try inherited([
      layer(.lot, "L") {
        $0.directHireMonths = 25
        $0.permanentHireMonths = 48
        $0.sickness = .included
      }
    ])
    #expect(
      derivation.findings.map(\.code) == ["directHireBeyondCCAG", "absenceNeedsPaidUnit", "permanentHireBeyondCCAG"])
    let (_, beyond) = try inherited([layer(.lot, "L") { $0.permanentHireMonths = 49 }])
    #expect(beyond.findings.map(\.level) == [.warning])
    #expect(
      beyond.findings.first?.sentence.plain == "Un CDI compterait 49 mois ; le plus long connu s’arrête à 48 mois.")
  }

  @Test func `every option has words for each of its choices, and differences are seen`() throws {
    let base = try policy()
    var other = base
    other.unit = .paid
    other.sickness = .included
    other.leave = .included
    other.publicHolidays = .included
    other.training = .excluded
    other.tutoring = .apart
    other.weights = [.young: Quotient(2), .disabledWorker: Quotient(2), .overTwoYearsUnemployed: Quotient(2)]
    other.directHireMonths = 12
    other.permanentHireMonths = 36
    other.alreadyInPost = .whenEligible
    other.subcontract = .invoice(hourlyRate: Euros(25))
    other.lateValidation = .fromHire
    other.otherMonths = 30
    other.windows = [.init(category: "RSA", months: 12)]
    other.decisionMonths = 12
    #expect(base.differences(with: other) == CountingOption.allCases)
    #expect(base.differences(with: base).isEmpty)
    #expect(Set(CountingOption.allCases.map(\.french)).count == CountingOption.allCases.count)
    other.training = .blocksUnder(Hours(35))
    other.tutoring = .included
    other.lateValidation = .nothing
    #expect(other.french(.training).plain == "blocs de moins de 35 h seulement")
    #expect(other.french(.tutoring) == "comptées" && other.french(.lateValidation) == "rien n’est compté")
    #expect(Set(NotCredited.Reason.allCases.map(\.french)).count == NotCredited.Reason.allCases.count)
    #expect(Set(Absence.allCases.map(\.french)).count == Absence.allCases.count)
    #expect(Set(CountingPolicy.Situation.allCases.map(\.french)).count == CountingPolicy.Situation.allCases.count)
  }

  @Test func `a local default is taken over, and one that no rule knows is told`() throws {
    func choose(_ id: String, _ code: String) throws -> CountingPolicy {
      var layer = Figures.Contents()
      layer.choices = [
        Figure(id: id, label: "l", value: Choice(code: code, text: "t"), source: "source", status: .memory)
      ]
      var derivation = Derivation()
      return try CountingPolicy.national(
        figures: Reference.figures().overlaying(layer), on: Reference.today, into: &derivation)
    }
    #expect(try choose("counting.training", "shortBlocks").training == .blocksUnder(Hours(35)))
    #expect(try choose("counting.training", "excluded").training == .excluded)
    #expect(throws: MissingFigure.self) { try choose("counting.unit", "sometimes") }
  }
}

@Suite struct CountingPropertyTests {
  private func random(_ dice: inout SeededGenerator) throws -> (CountingFact, CountingPolicy) {
    func hours(_ most: Int64) -> Hours { Hours(hundredths: Int64.random(in: 0...max(most, 0), using: &dice)) }
    func day(_ range: ClosedRange<Int32>) -> Day { Day(number: Int32.random(in: range, using: &dice)) }
    func raw(within whole: RawHours?) -> RawHours {
      let worked = hours(whole?.worked.hundredths ?? 20_000)
      let blocks =
        whole?.training
        ?? (0..<Int.random(in: 0...2, using: &dice)).map { _ in
          let part = hours(worked.hundredths / 3)
          return RawHours.TrainingBlock(hours: part, whole: part + hours(4000))
        }
      let training = blocks.map { block in
        RawHours.TrainingBlock(hours: whole == nil ? block.hours : hours(block.hours.hundredths), whole: block.whole)
      }
      var result = RawHours(worked: worked, training: training)
      for kind in Absence.allCases { result.absences[kind] = hours(whole?.absences[kind]?.hundredths ?? 3000) }
      result.tutoring = hours(whole?.tutoring.hundredths ?? worked.hundredths / 3)
      result.paid = Bool.random(using: &dice) ? hours(whole?.paid?.hundredths ?? 25_000) : nil
      result.invoice =
        Bool.random(using: &dice) ? Euros(cents: hours(whole?.invoice?.cents ?? 400_000).hundredths) : nil
      return result
    }
    let from = try #require(Day("2026-10-01")).number
    let span = from...(from + 900)
    var fact: CountingFact?
    while fact == nil {
      let month = day(span).month
      var placement = CountingFact.Placement(
        modality: Modality.allCases.randomElement(using: &dice) ?? .lentByAI, start: day(span))
      placement.decision = Int.random(in: 0..<5, using: &dice) == 0 ? nil : day(span)
      placement.end =
        Bool.random(using: &dice) ? placement.start.adding(days: Int.random(in: 0...400, using: &dice)) : nil
      placement.wasEligibleAtHire = [nil, true, false].randomElement(using: &dice) ?? nil
      placement.lateReason = ["", "motif"].randomElement(using: &dice)
      placement.isAlreadyInPost = Int.random(in: 0..<4, using: &dice) == 0
      placement.situations = Set(CountingPolicy.Situation.allCases.filter { _ in Bool.random(using: &dice) })
      let whole = raw(within: nil)
      let cut = CountingFact.Split(
        day: month.first.adding(days: Int.random(in: 1...27, using: &dice)), before: raw(within: whole))
      let splits = Bool.random(using: &dice) ? [cut] : []
      fact = try? CountingFact(person: "P", month: month, placement: placement, hours: whole, splits: splits)
    }
    let policy = try randomPolicy(&dice)
    return (try #require(fact), policy)
  }

  private func randomPolicy(_ dice: inout SeededGenerator) throws -> CountingPolicy {
    var policy = try policy()
    policy.unit = .allCases.randomElement(using: &dice) ?? .worked
    policy.sickness = .allCases.randomElement(using: &dice) ?? .excluded
    policy.leave = .allCases.randomElement(using: &dice) ?? .excluded
    policy.publicHolidays = .allCases.randomElement(using: &dice) ?? .excluded
    policy.training = [.included, .excluded, .blocksUnder(Hours(35))].randomElement(using: &dice) ?? .included
    policy.tutoring = .allCases.randomElement(using: &dice) ?? .excluded
    policy.directHireMonths = Int.random(in: 0...30, using: &dice)
    policy.permanentHireMonths = Int.random(in: 0...50, using: &dice)
    policy.alreadyInPost = .allCases.randomElement(using: &dice) ?? .excluded
    policy.subcontract =
      [.insertionHours, .invoice(hourlyRate: Euros(27))].randomElement(using: &dice) ?? .insertionHours
    policy.lateValidation = .allCases.randomElement(using: &dice) ?? .nothing
    if Bool.random(using: &dice) {
      for situation in CountingPolicy.Situation.allCases {
        policy.weights[situation] = Quotient(Int128.random(in: 5...20, using: &dice), over: 10)
      }
    }
    return policy
  }

  @Test func `every hour is credited or has its reason, and none beyond base, weight or work`() throws {
    for seed in UInt64(0)..<4000 {
      var dice = SeededGenerator(seed)
      let (fact, policy) = try random(&dice)
      let counting = Counting([fact], policy: policy, performance: performance)
      let entry = try #require(counting.entries.first)
      let refused = entry.notCredited.reduce(Hours(0)) { $0 + $1.hours }
      #expect(entry.credited - entry.bonus + refused == entry.base, "seed \(seed)")
      #expect(counting.credited - counting.bonus + refused == counting.base, "seed \(seed)")
      #expect(entry.notCredited.allSatisfy { $0.hours > Hours(0) }, "seed \(seed)")
      #expect(counting.derivation.steps.allSatisfy { PrintedFormula.fault(in: $0) == nil }, "seed \(seed)")
      #expect(entry.credited >= Hours(0) && entry.bonus >= Hours(0), "seed \(seed)")
      #expect(Quotient(entry.credited) <= Quotient(entry.base) * entry.weight, "seed \(seed)")
      let isInvoiced = policy.subcontract != .insertionHours && fact.placement.modality.employment == .performed
      if policy.unit == .worked, entry.weight == Quotient(1), !isInvoiced {
        #expect(entry.credited <= fact.hours.worked, "seed \(seed)")
      }
      if !isInvoiced { #expect(entry.base >= fact.hours.worked + fact.hours.absent, "seed \(seed)") }
    }
  }

  @Test func `every formula of several lines computes what it prints`() throws {
    for seed in UInt64(0)..<500 {
      var dice = SeededGenerator(seed)
      let (first, policy) = try random(&dice)
      let facts = try [first] + (0..<3).map { _ in try random(&dice).0 }
      let steps = Counting(facts, policy: policy, performance: performance).derivation.steps
      #expect(steps.compactMap { PrintedFormula.fault(in: $0) } == [], "seed \(seed)")
    }
  }

  @Test func `the terms of a difference add up to it, whatever the policies`() throws {
    for seed in UInt64(0)..<1500 {
      var dice = SeededGenerator(seed)
      let (fact, first) = try random(&dice)
      let second = try randomPolicy(&dice)
      let comparison = CountingComparison([fact], policies: [("a", first), ("b", second)], performance: performance)
      let difference = try #require(comparison.differences.first)
      #expect(difference.terms.reduce(Hours(0)) { $0 + $1.hours } == difference.hours, "seed \(seed)")
    }
  }
}
