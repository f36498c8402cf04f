import Clauses
import Testing

@Suite struct ObligationTests {
  /// Lot 1 of a school's works: 1 688 h, A and B 60/40, 80 h excused to B.
  private func lot(_ debt: Consortium.Debt) -> Obligation.Case {
    var given = Obligation.Case(due: HoursDue(minimum: Hours(1688)))
    given.consortium = Consortium(
      debt: debt,
      members: [.init(name: "A", share: Percent(60)), .init(name: "B", share: Percent(40))], lead: "A")
    given.credits = [
      .init(day: day(2027, 6, 30), hours: Hours(512), member: "A"),
      .init(day: day(2027, 6, 30), hours: Hours(120), member: "B"),
      .init(day: day(2028, 3, 31), hours: Hours(508), member: "A"),
      .init(day: day(2028, 3, 31), hours: Hours(300), member: "B"),
    ]
    given.excuses = [.init(day: day(2027, 7, 15), hours: Hours(80), member: "B")]
    return given
  }

  @Test func `a divided debt: B misses 175.2 hours, and A's surplus does not help`() throws {
    let state = Obligation(lot(.several), on: day(2028, 4, 24))
    #expect(state.members.map(\.account.due) == [h("1012.8"), h("675.2")])
    #expect(state.members.map(\.account.missing) == [Hours(0), h("175.2")])
    #expect(state.members.map(\.account.surplus) == [h("7.2"), Hours(0)])
    #expect(state.owed.map(\.by) == [["B"]] && state.owed.map(\.hours) == [h("175.2")])
    #expect(state.account.missing == h("175.2") && state.account.due == Hours(1688))
    #expect(state.derivation.findings.map(\.code) == ["surplusDoesNotHelp", "leadMember"])
    #expect(
      state.derivation.steps.last?.sentence.plain
        == "Heures manquantes de B : 675,2 h − 80 h excusées − 420 h comptabilisées = 175,2 h")
  }

  @Test func `a debt not divided: the consortium misses 168 hours`() {
    let state = Obligation(lot(.joint), on: day(2028, 4, 24))
    #expect(state.account.missing == Hours(168) && state.account.credited == Hours(1440))
    #expect(state.owed.map(\.by) == [["A", "B"]] && state.owed.map(\.hours) == [Hours(168)])
    #expect(state.members.map(\.account.credited) == [Hours(1020), Hours(420)])
    #expect(state.members.allSatisfy { $0.account.due == Hours(0) })
  }

  @Test func `under a debt not divided no member has a surplus, whatever it brought`() {
    var given = lot(.joint)
    given.credits = [.init(day: day(2027, 6, 30), hours: Hours(300), member: "B")]
    let state = Obligation(given, on: day(2027, 7, 1))
    #expect(state.account.missing == Hours(1388))
    #expect(state.members.map(\.account.credited) == [Hours(0), Hours(300)])
    #expect(state.members.allSatisfy { $0.account.surplus == Hours(0) })
    given.consortium?.debt = .several
    given.consortium?.split = .invoices
    let undivided = Obligation(given, on: day(2027, 7, 1))
    #expect(undivided.derivation.findings.contains { $0.code == "splitUnknown" })
    #expect(undivided.members.allSatisfy { $0.account.surplus == Hours(0) })
  }

  @Test func `what is dated later is left out on any day before`() {
    let before = Obligation(lot(.several), on: day(2027, 7, 14))
    #expect(before.members.map(\.account.missing) == [h("500.8"), h("555.2")])
    #expect(before.account.excused == Hours(0))
    let after = Obligation(lot(.several), on: day(2027, 7, 15))
    #expect(after.members.map(\.account.missing) == [h("500.8"), h("475.2")])
    #expect(after.owed.map(\.by) == [["A"], ["B"]])
  }

  @Test func `what is due: the minimum, the offer, the larger, and nothing where nothing is given`() {
    func due(_ minimum: Int?, _ offer: Int?, _ basis: HoursDue.Basis, isPrivate: Bool = false) -> (Hours, Derivation) {
      var derivation = Derivation()
      let hours = HoursDue(
        minimum: minimum.map { Hours($0) }, offer: offer.map { Hours($0) }, basis: basis, isPrivate: isPrivate
      ).hours(on: Reference.today, into: &derivation)
      return (hours, derivation)
    }
    #expect(due(1000, 1200, .minimum).0 == Hours(1000))
    #expect(due(1000, 1200, .offer).0 == Hours(1200))
    #expect(due(1000, 1200, .larger).0 == Hours(1200))
    #expect(due(1000, nil, .larger).0 == Hours(1000))
    #expect(due(nil, nil, .larger).0 == Hours(0))
    #expect(due(nil, nil, .offer).0 == Hours(0))
    #expect(due(1000, 1200, .larger).1.articles == ["R2152-7"])
    #expect(due(1000, 1200, .minimum).1.articles == ["CCAG de 2021, clause d’insertion sociale"])
    #expect(due(1000, 1200, .larger, isPrivate: true).1.articles.isEmpty)
    let under = due(1000, 900, .larger)
    #expect(under.0 == Hours(1000) && under.1.findings.map(\.code) == ["offerUnderMinimum"])
    #expect(under.1.steps.first?.label == "Minimum du donneur d’ordre")
    #expect(due(1000, 1000, .larger).1.steps.first?.label == "Minimum du donneur d’ordre")
  }

  @Test func `a private contract cites no article, whatever happens`() {
    var given = lot(.several)
    given.due.isPrivate = true
    let state = Obligation(given, on: day(2028, 4, 24))
    #expect(state.derivation.articles.isEmpty)
    #expect(state.derivation.findings.contains { $0.code == "privateContract" })
  }

  @Test func `tranches count once confirmed, amendments from their day, never under zero`() {
    let due = HoursDue(
      minimum: Hours(500),
      tranches: [
        .init(name: "TC1", hours: Hours(200), confirmedOn: day(2027, 3, 1)), .init(name: "TC2", hours: Hours(100)),
      ],
      amendments: [
        .init(name: "Avenant nº 2", day: day(2027, 9, 1), hours: Hours(-650)),
        .init(name: "Avenant nº 1", day: day(2027, 6, 1), hours: Hours(50)),
      ])
    func hours(_ day: Day) -> Hours {
      var derivation = Derivation()
      return due.hours(on: day, into: &derivation)
    }
    #expect(hours(day(2027, 2, 28)) == Hours(500))
    #expect(hours(day(2027, 3, 1)) == Hours(700))
    #expect(hours(day(2027, 6, 1)) == Hours(750))
    #expect(hours(day(2027, 9, 1)) == Hours(100))
    var negative = due
    negative.minimum = nil
    var derivation = Derivation()
    #expect(negative.hours(on: day(2027, 9, 1), into: &derivation) == Hours(0))
    #expect(derivation.findings.first?.code == "negativeDue")
    #expect(derivation.findings.last?.code == "trancheNotConfirmed")
  }

  @Test func `one company owes what misses, and no more than is due is excused`() {
    var given = Obligation.Case(due: HoursDue(minimum: Hours(100)))
    #expect(Obligation(given, on: Reference.today).owed.map(\.by) == [[]])
    given.excuses = [.init(day: Reference.today, hours: Hours(120))]
    let state = Obligation(given, on: Reference.today)
    #expect(state.account.excused == Hours(100) && state.account.missing == Hours(0) && state.owed.isEmpty)
    #expect(state.derivation.findings.map(\.code) == ["excusedBeyondDue"])
  }
}

@Suite struct FrameworkHoursTests {
  @Test(arguments: [
    (2_699_999, 0, 0), (2_700_000, 0, 1350), (2_702_000, 1, 1351), (3_000_000, 150, 1500), (3_001_999, 150, 1500),
  ])
  func `T5: one hour for 2 000 euros invoiced beyond 2 700 000, or catching up at the trigger`(
    invoiced: Int, beyond: Int, caughtUp: Int
  ) {
    let invoices = [FrameworkHours.Amount(day: Reference.today, amount: Euros(invoiced))]
    for (catchesUp, expected) in [(false, beyond), (true, caughtUp)] {
      var derivation = Derivation()
      let rule = FrameworkHours(eurosPerHour: Euros(2000), trigger: Euros(2_700_000), catchesUp: catchesUp)
      #expect(
        rule.hours(of: invoices, until: Reference.today, named: "Factures", into: &derivation) == Hours(expected))
    }
  }

  @Test func `orders are a forecast, invoices are owed, each at its own rate and on its day`() {
    var given = Obligation.Case(due: HoursDue())
    given.framework = FrameworkHours(eurosPerHour: Euros(1000), trigger: Euros(50_000))
    given.orders = [
      .init(day: day(2027, 1, 10), amount: Euros(80_000)),
      .init(day: day(2027, 2, 10), amount: Euros(40_000), eurosPerHour: Euros(500)),
    ]
    given.invoices = [
      .init(day: day(2027, 3, 10), amount: Euros(30_000)), .init(day: day(2027, 4, 10), amount: Euros(40_500)),
    ]
    let start = Obligation(given, on: day(2027, 1, 9))
    #expect(start.forecast == Hours(0) && start.account.due == Hours(0))
    #expect(Obligation(given, on: day(2027, 1, 10)).forecast == Hours(30))
    #expect(Obligation(given, on: day(2027, 2, 10)).forecast == Hours(110))
    #expect(Obligation(given, on: day(2027, 3, 10)).account.due == Hours(0))
    #expect(Obligation(given, on: day(2027, 4, 10)).account.due == Hours(20))
    given.invoices.append(.init(day: day(2027, 5, 10), amount: Euros(200_000)))
    #expect(Obligation(given, on: day(2027, 5, 10)).forecast == Hours(220))
    given.invoices.append(.init(day: day(2027, 6, 10), amount: Euros(-20_500)))
    #expect(Obligation(given, on: day(2027, 6, 10)).account.due == Hours(200))
  }

  @Test func `parts of hours at several rates add up to whole ones`() {
    let orders: [FrameworkHours.Amount] = [
      .init(day: Reference.today, amount: Euros(1), eurosPerHour: Euros(3)),
      .init(day: Reference.today, amount: Euros(4), eurosPerHour: Euros(6)),
    ]
    var derivation = Derivation()
    let rule = FrameworkHours(eurosPerHour: Euros(1))
    #expect(rule.hours(of: orders, until: Reference.today, named: "Factures", into: &derivation) == Hours(1))
  }

  @Test func `what is due never falls when an invoice comes, and one order more is one order more`() {
    for seed in UInt64(0)..<500 {
      var dice = SeededGenerator(seed)
      let rule = FrameworkHours(
        eurosPerHour: Euros(Int.random(in: 1...3000, using: &dice)),
        trigger: Euros(Int.random(in: 0...100_000, using: &dice)), catchesUp: Bool.random(using: &dice))
      var amounts: [FrameworkHours.Amount] = []
      var last = Hours(0)
      for _ in 0..<10 {
        amounts.append(
          .init(
            day: Reference.today, amount: Euros(cents: Int64.random(in: 0...5_000_000, using: &dice)),
            eurosPerHour: Bool.random(using: &dice) ? Euros(Int.random(in: 1...3000, using: &dice)) : nil))
        var derivation = Derivation()
        let hours = rule.hours(of: amounts, until: Reference.today, named: "F", into: &derivation)
        #expect(hours >= last && hours.hundredths % 100 == 0, "seed \(seed)")
        last = hours
      }
    }
  }
}

@Suite struct ConsortiumTests {
  private func lot(_ split: Consortium.Split, _ members: [Consortium.Member]) -> Obligation.Case {
    var given = Obligation.Case(due: HoursDue(minimum: Hours(100)))
    given.consortium = Consortium(debt: .several, split: split, members: members)
    return given
  }

  @Test func `a debt is split by amount, to the hundredth, the largest remainder first`() {
    let members = ["A", "B", "C"].map { Consortium.Member(name: $0, amount: Euros(10_000)) }
    let state = Obligation(lot(.amount, members), on: Reference.today)
    #expect(state.members.map(\.account.due) == [h("33.34"), h("33.33"), h("33.33")])
  }

  @Test func `a debt split by invoices follows them day by day, and stays whole before the first`() {
    var given = lot(.invoices, [.init(name: "A"), .init(name: "B")])
    given.invoices = [
      .init(day: day(2027, 1, 10), amount: Euros(30_000), member: "A"),
      .init(day: day(2027, 2, 10), amount: Euros(10_000), member: "B"),
      .init(day: day(2027, 2, 10), amount: Euros(5_000)),
    ]
    let before = Obligation(given, on: day(2027, 1, 9))
    #expect(before.owed.map(\.by) == [["A", "B"]] && before.owed.map(\.hours) == [Hours(100)])
    #expect(before.derivation.findings.map(\.code) == ["splitUnknown"])
    #expect(Obligation(given, on: day(2027, 1, 10)).members.map(\.account.due) == [Hours(100), Hours(0)])
    #expect(Obligation(given, on: day(2027, 2, 10)).members.map(\.account.due) == [Hours(75), Hours(25)])
    given.credits = [.init(day: day(2027, 2, 10), hours: Hours(40))]
    #expect(Obligation(given, on: day(2027, 2, 10)).members.map(\.account.credited) == [Hours(30), Hours(10)])
    #expect(Set(Consortium.Split.allCases.map(\.french)).count == 3)
  }

  @Test func `parts always add up to the whole and no part is a hundredth away from its share`() throws {
    for seed in UInt64(0)..<3000 {
      var dice = SeededGenerator(seed)
      let weights = (0..<Int.random(in: 1...8, using: &dice)).map { _ in Int64.random(in: 0...1_000_000, using: &dice) }
      let whole = Hours(hundredths: Int64.random(in: 0...10_000_000, using: &dice))
      guard let parts = Apportionment.parts(of: whole, weights: weights) else {
        #expect(weights.allSatisfy { $0 == 0 }, "seed \(seed)")
        continue
      }
      #expect(parts.reduce(Hours(0), +) == whole, "seed \(seed)")
      let sum = weights.reduce(0, +)
      for (part, weight) in zip(parts, weights) {
        let away = Int128(part.hundredths) * Int128(sum) - Int128(whole.hundredths) * Int128(weight)
        #expect(away.magnitude < sum.magnitude, "seed \(seed)")
      }
    }
    #expect(Apportionment.parts(of: Hours(1), weights: [0, 0]) == nil)
    #expect(Apportionment.parts(of: Hours(1), weights: [2, -1]) == nil)
    #expect(Apportionment.parts(of: Hours(-1), weights: [1]) == nil)
  }

  @Test func `due is always what counts toward it, what is excused and what misses`() {
    for seed in UInt64(0)..<2000 {
      var dice = SeededGenerator(seed)
      func hours() -> Hours { Hours(hundredths: Int64.random(in: 0...100_000, using: &dice)) }
      let account = Obligation.Account(due: hours(), credited: hours(), excused: hours())
      #expect(account.credited - account.surplus + account.excused + account.missing == account.due, "seed \(seed)")
      #expect(account.missing == Hours(0) || account.surplus == Hours(0), "seed \(seed)")
    }
  }
}
