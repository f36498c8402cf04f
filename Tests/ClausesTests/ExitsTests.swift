import Clauses
import Testing

@Suite struct ExitsTests {
  private let today = day(2028, 6, 30)

  private func classed(_ exits: [Exit], _ policy: ExitPolicy = ExitPolicy()) throws -> Exits {
    try Exits.classed(exits, policy: policy, on: today, figures: Reference.figures())
  }

  @Test func `story, two durable exits and one of transition are three dynamic exits of three`() throws {
    let told = try classed([
      Exit(id: "P1", kind: .openEnded, day: day(2028, 3, 1)), Exit(id: "P2", kind: .openEnded, day: day(2028, 3, 31)),
      Exit(id: "P3", kind: .temporary, day: day(2028, 3, 31), months: 4),
    ])
    #expect(told.all.map(\.kind) == [.durable, .durable, .transition])
    #expect(told.dynamic == 3 && told.base == 3 && told.rate == Percent(100) && told.derivation.findings.isEmpty)
    #expect(told.count(.durable) == 2 && told.derivation.steps.last?.sentence.contains("3 sur 3") == true)
  }

  @Test(arguments: Exit.Kind.allCases)
  func `every kind has a class, and those withdrawn stay out of the base`(kind: Exit.Kind) throws {
    let told = try classed([Exit(id: "x", kind: kind, day: today, months: 12)])
    let expected: Exit.Class =
      switch kind {
      case .openEnded, .fixedTerm, .temporary, .publicService, .business: .durable
      case .subsidised: .transition
      case .training, .otherStructure: .positive
      case .unemployed, .inactive, .unknown: .other
      case .withdrawn: .withdrawn
      }
    #expect(told.all[0].kind == expected && told.all[0].reason.hasSuffix(".") && !kind.french.isEmpty)
    #expect(told.base == (kind == .withdrawn ? 0 : 1) && (told.rate == nil) == (kind == .withdrawn))
    #expect(told.dynamic == (expected.isDynamic ? 1 : 0) && told.all[0].followUps.isEmpty == (kind == .withdrawn))
    #expect(kind.dependsOnDuration == (kind == .fixedTerm || kind == .temporary) && !expected.french.isEmpty)
  }

  @Test func `six months exactly are durable unless the territory says otherwise`() throws {
    var strict = ExitPolicy()
    strict.equalIsDurable = false
    for (months, usual, other) in [
      (5, Exit.Class.transition, Exit.Class.transition), (6, .durable, .transition), (7, .durable, .durable),
    ] {
      let exit = Exit(id: "x", kind: .fixedTerm, day: today, months: months)
      #expect(try classed([exit]).all[0].kind == usual && classed([exit], strict).all[0].kind == other)
      #expect(try classed([exit]).derivation.findings.map(\.code) == (months == 6 ? ["durationAtLimit"] : []))
    }
    var long = ExitPolicy()
    long.durableMonths = 12
    #expect(try classed([Exit(id: "x", kind: .fixedTerm, day: today, months: 7)], long).all[0].kind == .transition)
  }

  @Test(arguments: [
    (day(2028, 1, 1), day(2028, 6, 29), Exit.Class.transition), (day(2028, 1, 1), day(2028, 6, 30), .durable),
    (day(2028, 1, 1), day(2028, 7, 1), .durable), (day(2027, 8, 31), day(2028, 2, 28), .transition),
    (day(2027, 8, 31), day(2028, 2, 29), .durable),
  ])
  func `days of a contract are compared from date to date`(from: Day, until: Day, kind: Exit.Class) throws {
    var strict = ExitPolicy()
    strict.equalIsDurable = false
    let exit = Exit(id: "x", kind: .temporary, day: from, months: 1, contractUntil: until)
    #expect(try classed([exit]).all[0].kind == kind)
    let later = Exit(id: "x", kind: .temporary, day: from.adding(days: -9), contractFrom: from, contractUntil: until)
    #expect(try classed([later]).all[0].kind == kind)
  }

  @Test func `a contract of unknown length is told and classed with care`() throws {
    let told = try classed([Exit(id: "P9", kind: .fixedTerm, day: today)])
    #expect(told.all[0].kind == .transition && told.derivation.findings[0].code == "durationMissing")
    #expect(told.derivation.findings[0].place == "P9")
  }

  @Test func `news are asked for 3, 6 and 12 months after, held back to the end of a month`() throws {
    let told = try classed([Exit(id: "x", kind: .unemployed, day: day(2027, 11, 30))])
    #expect(told.all[0].followUps.map(\.day) == [day(2028, 2, 29), day(2028, 5, 30), day(2028, 11, 30)])
    #expect(
      told.all[0].followUps.map(\.months) == [3, 6, 12] && told.all[0].followUps.map(\.isDue) == [true, true, false])
  }

  @Test func `the rate of random exits lies between nought and one and leaves those withdrawn out`() throws {
    let figures = try Reference.figures()
    for seed in UInt64(0)..<500 {
      var dice = SeededGenerator(seed)
      let exits = (0..<Int.random(in: 0...9, using: &dice)).map { index in
        Exit(
          id: "\(index)", kind: Exit.Kind.allCases.randomElement(using: &dice) ?? .unknown, day: today,
          months: Bool.random(using: &dice) ? Int.random(in: 0...20, using: &dice) : nil)
      }
      let told = try Exits.classed(exits, on: today, figures: figures)
      #expect(Exit.Class.allCases.reduce(0) { $0 + told.count($1) } == exits.count, "seed \(seed)")
      #expect(told.base == exits.count - told.count(.withdrawn) && told.dynamic <= told.base, "seed \(seed)")
      #expect((told.rate == nil) == (told.base == 0), "seed \(seed)")
      if let rate = told.rate { #expect((Percent(0)...Percent(100)).contains(rate), "seed \(seed)") }
      let more = try Exits.classed(exits + [Exit(id: "w", kind: .withdrawn, day: today)], on: today, figures: figures)
      #expect(more.rate == told.rate, "seed \(seed)")
    }
  }
}
