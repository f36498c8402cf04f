import Clauses
import Testing

@Suite struct RetentionTests {
  private func decided(
    _ today: Day, _ change: (inout RetentionCase) -> Void = { _ in }
  ) throws -> Retention {
    var given = RetentionCase(lastContact: day(2024, 10, 1))
    change(&given)
    return try Retention.decided(given, on: today, figures: Reference.figures())
  }

  @Test func `two years in use, thirty days of notice, then nothing justifies the data`() throws {
    #expect(try decided(day(2026, 9, 30)).state == .active)
    #expect(try decided(day(2026, 10, 1)).state == .noticeDue)
    let told: (inout RetentionCase) -> Void = { $0.noticeGivenOn = day(2026, 10, 5) }
    #expect(try decided(day(2026, 11, 3), told).state == .noticeRunning)
    let done = try decided(day(2026, 11, 4), told)
    #expect(done.state == .toAnonymise && done.anonymiseOn == day(2026, 11, 4))
    let sentences = done.derivation.steps.map(\.sentence.plain)
    #expect(sentences.contains("Fin de la base active : 01/10/2024 + 24 mois = 01/10/2026"))
    #expect(done.derivation.figures.contains { $0.id == "retention.noticeDays" && $0.value.plain == "30 jours" })
    // Nobody was told: the earliest day moves on with today.
    #expect(try decided(day(2027, 5, 1)).anonymiseOn == day(2027, 5, 31))
  }

  @Test func `a contract and a convention keep the archive, the latest of both`() throws {
    let told: (inout RetentionCase) -> Void = {
      ($0.noticeGivenOn, $0.contractEnd) = (day(2026, 10, 5), day(2024, 6, 30))
    }
    let archived = try decided(day(2027, 1, 1), told)
    #expect(archived.state == .archived && archived.anonymiseOn == day(2029, 6, 30))
    let european = try decided(day(2027, 1, 1)) {
      told(&$0)
      ($0.regime, $0.conventionUntil) = (.europeanFunds, day(2033, 12, 31))
    }
    #expect(european.anonymiseOn == day(2033, 12, 31))
    let unknown = try decided(day(2040, 1, 1)) {
      told(&$0)
      $0.regime = .europeanFunds
    }
    #expect(unknown.state == .archived && unknown.anonymiseOn == nil && !unknown.derivation.isFree)
  }

  @Test func `a notice counts only since the last contact, and never from the future`() throws {
    let early = try decided(day(2026, 11, 21)) { $0.noticeGivenOn = day(2024, 9, 1) }
    #expect(early.state == .noticeDue && early.derivation.findings.map(\.code) == ["noticeVoid"])
    let future = try decided(day(2026, 11, 21)) { $0.noticeGivenOn = day(2026, 12, 1) }
    #expect(future.state == .noticeDue && future.derivation.findings.map(\.code) == ["noticeInFuture"])
    #expect(try decided(day(2020, 1, 1)).derivation.findings.map(\.code) == ["contactInFuture"])
  }

  @Test func `what anonymisation leaves is what is declared, and names nobody`() {
    #expect(
      Set(PersonalDatum.remains) == [
        "tranche d’âge", "sexe", "habitat en quartier prioritaire", "groupe de critères", "heures",
      ])
    for datum in [PersonalDatum.name, .contact, .address, .birth, .proof, .prescriber, .notes, .documents] {
      #expect(PersonalDatum.destroyed.contains(datum.label), "\(datum)")
    }
  }

  /// Invented cases, from a seed.
  private func cases(_ seed: UInt64) -> [(RetentionCase, Day)] {
    var dice = SeededGenerator(seed)
    let start = day(2020, 1, 1)
    func drawn(_ days: Int) -> Day { start.adding(days: Int.random(in: 0..<days, using: &dice)) }
    return (0..<300).map { _ in
      var given = RetentionCase(lastContact: drawn(1500))
      if Bool.random(using: &dice) { given.contractEnd = drawn(2500) }
      if Bool.random(using: &dice) { (given.regime, given.conventionUntil) = (.europeanFunds, drawn(6000)) }
      if Bool.random(using: &dice) { given.noticeGivenOn = drawn(3000) }
      return (given, drawn(5000))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `time only goes forward, and nothing that asks for more ever gives less`(seed: UInt64) throws {
    let figures = try Reference.figures()
    func end(_ given: RetentionCase, _ today: Day) throws -> Retention {
      try Retention.decided(given, on: today, figures: figures)
    }
    for (given, today) in cases(seed) {
      let now = try end(given, today)
      let date = try #require(now.anonymiseOn)
      for days in [1, 40, 400, 4000] {
        #expect(try end(given, today.adding(days: days)).state >= now.state, "\(seed) \(given) \(today)")
      }
      var later = given
      later.lastContact = given.lastContact.adding(days: 200)
      let after = try #require(try end(later, today).anonymiseOn)
      #expect(after >= date, "\(seed) \(given) \(today)")
      var longer = given
      (longer.regime, longer.conventionUntil) = (.europeanFunds, (given.conventionUntil ?? today).adding(days: 90))
      let audited = try #require(try end(longer, today).anonymiseOn)
      #expect(audited >= date, "\(seed) \(given) \(today)")
      #expect((now.state == .toAnonymise) == (date <= today), "\(seed) \(given) \(today)")
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func `an open dispute never shortens anything, and its end gives back what stood without it`(seed: UInt64) throws {
    let figures = try Reference.figures()
    for (given, today) in cases(seed) {
      var held = given
      held.hasOpenHold = true
      let now = try Retention.decided(held, on: today, figures: figures)
      #expect(now.anonymiseOn == nil && now.state != .toAnonymise, "\(seed) \(given) \(today)")
      let free = try Retention.decided(given, on: today, figures: figures)
      #expect(now.state == free.state || free.state == .toAnonymise, "\(seed) \(given) \(today)")
    }
  }
}

@Suite struct PersonalRequestClockTests {
  private func clock(_ received: Day, _ today: Day, isExtended: Bool = false) throws -> PersonalRequestClock {
    try PersonalRequestClock.read(
      receivedOn: received, isExtended: isExtended, on: today, figures: Reference.figures())
  }

  @Test func `a month, held back to the end of a shorter one, then two more`() throws {
    #expect(try clock(day(2026, 11, 21), Reference.today).due == day(2026, 12, 21))
    #expect(try clock(day(2027, 1, 31), day(2027, 1, 31)).due == day(2027, 2, 28))
    let extended = try clock(day(2026, 11, 30), Reference.today, isExtended: true)
    #expect(extended.due == day(2027, 2, 28))
    #expect(extended.derivation.articles == ["RGPD-12-3"] && extended.derivation.steps.count == 2)
  }

  @Test func `the last day is still in time, the next one is late, and it is said`() throws {
    let received = day(2026, 11, 1)
    #expect(try clock(received, day(2026, 11, 2)).standing == .running(days: 29))
    #expect(try clock(received, day(2026, 11, 24)).standing == .soon(days: 7))
    #expect(try clock(received, day(2026, 12, 1)).standing == .soon(days: 0))
    let late = try clock(received, day(2026, 12, 3)).standing
    #expect(late == .late(days: 2) && late.french.plain == "en retard de 2 jours")
  }
}
