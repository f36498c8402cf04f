import Clauses
import Testing

@Suite struct EligibilityWindowsTests {
  private let now = day(2026, 11, 2)
  private let hired = day(2026, 12, 1)

  private func told(
    _ modality: Modality? = .fixedTermHire, hired: Day? = nil, figures: Figures? = nil,
    _ change: (inout EligibilityCase) -> Void = { _ in }
  ) throws -> Eligibility {
    try Eligibility.decided(
      person([claim("RSA", now)], on: now, hired: hired ?? self.hired, modality, change), figures)
  }

  @Test func `a decision waits six months for the hire, or what the territory says`() throws {
    #expect(try told(hired: day(2027, 5, 1)).hire == .covered)
    let late = try told(hired: day(2027, 5, 2))
    #expect(late.hire == .expired && late.counting == nil && late.codes == ["decisionExpired"])
    #expect(late.missing == ["Prenez une nouvelle décision avant l’embauche."] && late.expires == day(2027, 5, 1))
    #expect(try told(hired: day(2027, 5, 2)) { $0.decisionMonths = 12 }.hire == .covered)
    let alone = try Eligibility.decided(person([claim("RSA", now)], on: now))
    #expect(alone.hire == .none && alone.counting == nil && alone.isEligibleAtHire == nil)
  }

  @Test func `the narrowest window of the contract or the territory counts`() throws {
    let windows: [EligibilityCase.Window] = [
      .init(months: 12), .init(modality: .fixedTermHire, months: 18), .init(category: "RSA", months: 30),
      .init(category: "RSA", modality: .fixedTermHire, months: 36, origin: "coordination"),
      .init(category: "QPV", modality: .fixedTermHire, months: 1),
    ]
    for (count, months) in [(0, 24), (1, 12), (2, 18), (3, 30), (4, 36), (5, 36)] {
      let window = try #require(try told { $0.windows = Array(windows.prefix(count)) }.counting)
      #expect(window.until == hired.lastDay(ofMonths: months), "\(count)")
    }
    #expect(try told { $0.windows = windows }.counting?.sentence.contains("coordination") == true)
    #expect(try told(nil) { $0.windows = windows }.counting?.until == hired.lastDay(ofMonths: 30))
  }

  @Test func `a territory's own figures set the window by public and modality`() throws {
    func figure(_ id: String, _ months: Int) -> Figure<Int> {
      Figure(id: id, label: "durée du territoire", value: months, unit: "mois", source: "coordination", status: .memory)
    }
    var layer = Figures.Contents()
    layer.counts = [figure("eligibility.countingMonths.EMBAUCHE_CDD", 18)]
    let figures = try Reference.figures().overlaying(layer)
    let window = try #require(try told(figures: figures).counting)
    #expect(window.until == hired.lastDay(ofMonths: 18) && window.sentence.contains("durée du territoire"))
    layer.counts.append(figure("eligibility.countingMonths.RSA", 20))
    #expect(try told(figures: figures.overlaying(layer)).counting?.until == hired.lastDay(ofMonths: 20))
    #expect(try told(.openEndedHire, figures: figures).counting?.until == hired.lastDay(ofMonths: 24))
  }

  @Test func `hours count within the performance of the contract only`() throws {
    let window = try #require(
      try told {
        $0.performanceFrom = day(2027, 1, 1)
        $0.performanceUntil = day(2027, 6, 30)
      }.counting)
    #expect(window.from == day(2027, 1, 1) && window.until == day(2027, 6, 30))
    #expect(window.holds(on: day(2027, 6, 30)) && !window.holds(on: day(2027, 7, 1)))
    #expect(!window.holds(on: day(2026, 12, 31)))
    let never = try told { $0.performanceUntil = day(2026, 11, 30) }
    #expect(never.counting == nil && never.codes == ["outsidePerformance"])
  }

  @Test func `a school placement is no employment`() throws {
    let told = try told(.trainingPlacement)
    #expect(told.isEligible && told.counting == nil && told.codes == ["noEmployment"])
  }

  private func suspended(_ from: Day, _ until: Day) throws -> EligibilitySuspension {
    try #require(EligibilitySuspension(from: from, until: until))
  }

  @Test func `suspensions push the end day for day, joined where they meet`() throws {
    #expect(EligibilitySuspension(from: hired, until: now) == nil)
    let first = try suspended(day(2027, 3, 1), day(2027, 3, 10))
    let second = try suspended(day(2027, 3, 8), day(2027, 3, 31))
    let touching = try suspended(day(2027, 4, 1), day(2027, 4, 10))
    #expect(try told { $0.suspensions = [first] }.counting?.until == day(2028, 12, 10))
    let all = try told { $0.suspensions = [touching, second, first] }
    #expect(all.counting?.until == day(2028, 11, 30).adding(days: 41))
    #expect(all.decision?.until == day(2027, 5, 1), "what comes after the hire does not push the decision")
  }

  @Test func `a suspension before the hire pushes the decision, one outside pushes nothing`() throws {
    let waiting = try suspended(day(2026, 11, 10), day(2026, 11, 19))
    #expect(try told { $0.suspensions = [waiting] }.decision?.until == day(2027, 5, 11))
    #expect(try told { $0.suspensions = [waiting] }.counting?.until == day(2028, 11, 30))
    let after = try suspended(day(2030, 1, 1), day(2030, 2, 1))
    let alone = try Eligibility.decided(person([claim("RSA", now)], on: now) { $0.suspensions = [after] })
    #expect(alone.decision?.until == day(2027, 5, 1))
    let astride = try suspended(day(2026, 11, 21), day(2026, 12, 5))
    #expect(try told { $0.suspensions = [astride] }.counting?.until == day(2028, 12, 5), "five days fall in the window")
  }

  @Test func `suspensions push 36 months at most`() throws {
    let long = try suspended(day(2027, 1, 1), day(2030, 12, 31))
    let told = try told { $0.suspensions = [long] }
    let most = Int(day(2030, 1, 1).number - day(2027, 1, 1).number)
    #expect(told.counting?.until == day(2028, 11, 30).adding(days: most))
    #expect(told.codes == ["suspensionCapped"])
  }

  @Test func `clocks keep their order whatever the dates`() throws {
    let figures = try Reference.figures()
    let codes = figures.criteria(of: .ccag, on: now).criteria.map(\.value.code)
    var eligible = 0
    for seed in UInt64(0)..<1500 {
      var dice = SeededGenerator(seed)
      func some(_ range: ClosedRange<Int>) -> Day { now.adding(days: Int.random(in: range, using: &dice)) }
      let claims = (0..<Int.random(in: 0...3, using: &dice)).map { _ in
        claim(
          codes.randomElement(using: &dice) ?? "", some(-300...20),
          until: Bool.random(using: &dice) ? some(-50...400) : nil)
      }
      let given = person(claims, on: now, hired: Bool.random(using: &dice) ? some(-100...300) : nil) {
        $0.modality = Modality.allCases.randomElement(using: &dice)
        $0.birthDate = some(-25_000 ... -6000)
        if Bool.random(using: &dice) { $0.performanceUntil = some(0...900) }
        let (a, b) = (some(-100...900), some(-100...900))
        if let suspension = EligibilitySuspension(from: min(a, b), until: max(a, b)), Bool.random(using: &dice) {
          $0.suspensions = [suspension]
        }
      }
      let told = try Eligibility.decide(given, figures: figures)
      #expect(told.isEligible == told.criteria.contains(where: \.isMet), "seed \(seed)")
      #expect(told.isEligible == (told.retained != nil) && told.isEligible == (told.decision != nil), "seed \(seed)")
      #expect(told.isEligible || !told.missing.isEmpty, "seed \(seed)")
      // A paper that must hold at the hire may have ended before a decision that comes late.
      let reference = min(now, given.hiredOn ?? now)
      #expect(told.proof?.until.map { $0 >= reference } ?? true, "seed \(seed)")
      #expect(told.decision?.holds(on: now) ?? true, "seed \(seed)")
      if let window = told.counting {
        #expect(window.from == given.hiredOn, "seed \(seed)")
        #expect(window.until.map { $0 >= window.from } == true, "seed \(seed)")
        #expect(window.until.map { $0 <= given.performanceUntil ?? $0 } == true, "seed \(seed)")
      }
      for sentence in told.clocks.map(\.sentence) + told.criteria.map(\.reason)
        + told.derivation.findings.map(\.sentence)
      {
        #expect(sentence.hasSuffix(".") && !sentence.contains(" :") && !sentence.contains("'"), "\(seed): \(sentence)")
      }
      eligible += told.isEligible ? 1 : 0
    }
    #expect((100..<1400).contains(eligible))
  }
}
