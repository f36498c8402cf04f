import Clauses
import Testing

/// The lot of the tests: from 1 December 2026 to 31 March 2028.
let performance = Counting.Performance(from: day(2026, 12, 1), to: day(2028, 3, 31))

/// Hours from a decimal text; tests write only such texts.
func h(_ text: String) -> Hours { Hours(decimal: text) ?? Hours(Int.min / 100) }

func month(_ text: String) -> Month { Month(text) ?? Month(index: 12) }

/// The reference figures, read once for the property tests.
let sharedFigures = Result { try Reference.figures() }

/// The policy of the reference figures, with changes.
func policy(_ change: (inout CountingPolicy) -> Void = { _ in }) throws -> CountingPolicy {
  var derivation = Derivation()
  var policy = try CountingPolicy.national(figures: sharedFigures.get(), on: Reference.today, into: &derivation)
  change(&policy)
  return policy
}

func fact(
  person: String = "P", _ name: String, as modality: Modality = .fixedTermHire, start: Day = day(2026, 12, 1),
  decision: Day? = day(2026, 11, 2), _ hours: RawHours, splits: [CountingFact.Split] = [],
  _ change: (inout CountingFact.Placement) -> Void = { _ in }
) throws -> CountingFact {
  var placement = CountingFact.Placement(modality: modality, start: start, decision: decision)
  change(&placement)
  return try CountingFact(person: person, month: month(name), placement: placement, hours: hours, splits: splits)
}

private func count(
  _ fact: CountingFact, _ policy: CountingPolicy, _ performance: Counting.Performance = performance
) throws -> CountedEntry {
  try #require(Counting([fact], policy: policy, performance: performance).entries.first)
}

extension CountedEntry {
  fileprivate var reasons: [String] { notCredited.map { "\($0.reason.rawValue) \($0.hours)" } }
}

@Suite struct CountingStoryTests {
  @Test func `P1: three months through an ETTI are credited, training in the contract included`() throws {
    let facts = try [
      fact(person: "P1", "2026-12", as: .lentByETTI, RawHours(worked: Hours(120))),
      fact(person: "P1", "2027-01", as: .lentByETTI, RawHours(worked: h("140.5"))),
      fact(person: "P1", "2027-02", as: .lentByETTI, RawHours(worked: Hours(133), training: [.init(hours: Hours(7))])),
    ]
    let counting = Counting(facts, policy: try policy(), performance: performance)
    #expect(counting.entries.map(\.credited) == [Hours(120), h("140.5"), Hours(133)])
    #expect(counting.credited == h("393.5"))
    #expect(counting.notCredited.isEmpty)
    let without = Counting(facts, policy: try policy { $0.training = .excluded }, performance: performance)
    #expect(without.credited == h("386.5"))
    #expect(without.entries[2].reasons == ["training 7.00"])
  }

  @Test func `P2: an absence is not credited and monthly averaging is not hours`() throws {
    let start = day(2027, 1, 4)
    let january = try fact(
      person: "P2", "2027-01", as: .openEndedHire, start: start,
      RawHours(worked: Hours(133), absences: [.other: Hours(7)]))
    let first = try count(january, policy())
    #expect(first.base == Hours(140) && first.credited == Hours(133))
    #expect(first.reasons == ["absence 7.00"])
    let february = try fact(
      person: "P2", "2027-02", as: .openEndedHire, start: start, RawHours(worked: Hours(140), paid: h("151.67")))
    let second = try count(february, policy())
    #expect(second.base == Hours(140) && second.credited == Hours(140) && second.averaging == h("11.67"))
    let told = Counting([february], policy: try policy(), performance: performance).derivation.findings
    #expect(
      told.map(\.sentence.plain) == [
        "P2, février 2027 : 11,67 h de lissage mensuel (151,67 h payées) ne sont pas des heures."
      ])
    let may = try fact(
      person: "P2", "2027-05", as: .openEndedHire, start: start,
      RawHours(worked: Hours(133), absences: [.publicHoliday: Hours(14)]))
    #expect(try count(may, policy()).reasons == ["publicHoliday 14.00"])
  }

  @Test func `P3: the decision of 10 December gives 98, 0 or 140 hours, by the policy`() throws {
    let entry = try fact(
      person: "P3", "2026-12", decision: day(2026, 12, 10), RawHours(worked: Hours(140)),
      splits: [.init(day: day(2026, 12, 10), before: RawHours(worked: Hours(42)))]
    ) {
      $0.wasEligibleAtHire = true
      $0.lateReason = "Pièce reçue après l’embauche"
    }
    let since = try count(entry, policy { $0.lateValidation = .fromValidation })
    #expect(since.credited == Hours(98))
    #expect(
      since.notCredited.map(\.sentence.plain) == ["42 h : avant la décision d’éligibilité du 10/12/2026"])
    let nothing = try count(entry, policy { $0.lateValidation = .nothing })
    #expect(nothing.credited == Hours(0))
    #expect(nothing.reasons == ["lateValidation 140.00"])
    let whole = try count(entry, policy { $0.lateValidation = .fromHire })
    #expect(whole.credited == Hours(140) && whole.notCredited.isEmpty)
  }

  @Test func `from hire counts only who was eligible, with a reason that is written`() throws {
    let policy = try policy { $0.lateValidation = .fromHire }
    func december(_ change: (inout CountingFact.Placement) -> Void) throws -> Counting {
      let entry = try fact(
        person: "P3", "2026-12", decision: day(2026, 12, 10), RawHours(worked: Hours(140)),
        splits: [.init(day: day(2026, 12, 10), before: RawHours(worked: Hours(42)))], change)
      return Counting([entry], policy: policy, performance: performance)
    }
    let unknown = try december { $0.lateReason = "Oubli" }
    #expect(unknown.credited == Hours(98))
    #expect(unknown.entries.first?.reasons == ["notEligibleAtHire 42.00"])
    let silent = try december {
      $0.wasEligibleAtHire = true
      $0.lateReason = " "
    }
    #expect(silent.credited == Hours(98))
    #expect(silent.derivation.findings.map(\.code) == ["lateReasonMissing"])
    #expect(!silent.derivation.isFree)
  }

  @Test func `the same facts under three policies stand side by side, their differences explained`() throws {
    let entry = try fact(
      person: "P3", "2026-12", decision: day(2026, 12, 10), RawHours(worked: Hours(140)),
      splits: [.init(day: day(2026, 12, 10), before: RawHours(worked: Hours(42)))]
    ) {
      $0.wasEligibleAtHire = true
      $0.lateReason = "Pièce reçue après l’embauche"
    }
    let comparison = CountingComparison(
      [entry],
      policies: [
        ("A", try policy()), ("B", try policy { $0.lateValidation = .nothing }),
        ("C", try policy { $0.lateValidation = .fromHire }), ("D", try policy()),
      ], performance: performance)
    #expect(comparison.sides.map(\.counting.credited) == [Hours(98), Hours(0), Hours(140), Hours(98)])
    #expect(comparison.differences.map(\.hours) == [Hours(-98), Hours(42), Hours(0)])
    #expect(comparison.differences.map(\.options) == [[.lateValidation], [.lateValidation], []])
    #expect(
      comparison.differences[0].terms.map(\.sentence.plain) == [
        "−140 h : décision rendue après l’embauche", "+42 h : avant la décision d’éligibilité",
      ])
    #expect(
      comparison.differences[1].sentence.plain
        == "« C » comptabilise 42 h de plus que « A » (décision rendue après l’embauche : compté depuis l’embauche si éligible ce jour-là, avec un motif écrit)."
    )
    #expect(comparison.differences[2].sentence.plain == "« D » comptabilise autant que « A ».")
    #expect(CountingComparison([entry], policies: [], performance: performance).differences.isEmpty)
  }
}

@Suite struct CountingDayTests {
  private let hours = RawHours(worked: Hours(100))

  @Test func `hours outside the performance or the employment contract are not credited, with the day`() throws {
    let before = try count(fact("2026-11", start: day(2026, 11, 2), hours), policy())
    #expect(
      before.notCredited.map(\.sentence.plain) == [
        "100 h : avant la période d’exécution, qui commence le 01/12/2026"
      ])
    let after = try count(fact("2028-04", hours), policy())
    #expect(
      after.notCredited.map(\.sentence.plain) == ["100 h : après la période d’exécution, qui finit le 31/03/2028"])
    #expect(try count(fact("2028-04", hours), policy(), .init(from: day(2026, 12, 1), to: nil)).credited == Hours(100))
    let early = try count(fact("2026-12", start: day(2027, 1, 4), hours), policy())
    #expect(
      early.notCredited.map(\.sentence.plain) == ["100 h : hors du contrat de travail, depuis le 04/01/2027"])
    let late = try count(fact("2027-02", hours) { $0.end = day(2027, 1, 31) }, policy())
    #expect(
      late.notCredited.map(\.sentence.plain) == [
        "100 h : hors du contrat de travail, du 01/12/2026 au 31/01/2027"
      ])
  }

  @Test func `a direct hire counts 24 months from its first day, to the day`() throws {
    let long = Counting.Performance(from: day(2026, 1, 1), to: nil)
    let start = day(2027, 1, 4)
    func january(_ month: String, _ modality: Modality, _ policy: CountingPolicy) throws -> CountedEntry {
      let cut = day(2029, 1, 4)
      let splits = month == "2029-01" ? [CountingFact.Split(day: cut, before: RawHours(worked: Hours(14)))] : []
      return try count(fact(month, as: modality, start: start, hours, splits: splits), policy, long)
    }
    let policy = try policy()
    #expect(try january("2028-12", .openEndedHire, policy).credited == Hours(100))
    let last = try january("2029-01", .openEndedHire, policy)
    #expect(last.credited == Hours(14))
    #expect(
      last.notCredited.map(\.sentence.plain) == ["86 h : au-delà de 24 mois depuis l’embauche du 04/01/2027"])
    #expect(try january("2029-02", .apprenticeship, policy).credited == Hours(0))
    #expect(try january("2029-02", .lentByETTI, policy).credited == Hours(0))
    var lent = policy
    lent.otherMonths = 36
    #expect(try january("2029-02", .lentByETTI, lent).credited == Hours(100))
    var longer = policy
    longer.permanentHireMonths = 48
    #expect(try january("2029-02", .openEndedHire, longer).credited == Hours(100))
    #expect(try january("2029-02", .fixedTermHire, longer).credited == Hours(0))
    var none = policy
    none.directHireMonths = 0
    #expect(try january("2027-02", .fixedTermHire, none).credited == Hours(0))
  }

  @Test func `a hire on 29 February counts until the eve of its anniversary, or the last day where there is none`()
    throws
  {
    let long = Counting.Performance(from: day(2026, 1, 1), to: nil)
    var policy = try policy()
    policy.directHireMonths = 12
    let start = day(2028, 2, 29)
    let february = try fact("2029-02", start: start, decision: start, hours)
    #expect(try count(february, policy, long).credited == Hours(100))
    #expect(try count(fact("2029-03", start: start, decision: start, hours), policy, long).credited == Hours(0))
  }

  @Test func `a limit within a month that is not divided is a fault and credits nothing`() throws {
    let entry = try fact(person: "P3", "2026-12", decision: day(2026, 12, 10), hours)
    let counting = Counting([entry], policy: try policy(), performance: performance)
    #expect(counting.credited == Hours(0))
    #expect(counting.notCredited.map(\.reason) == [.needsSplit])
    let finding = try #require(counting.derivation.findings.first)
    #expect(finding.code == "splitNeeded" && finding.level == .fault && finding.place == "facts/0")
    #expect(finding.mend?.plain == "Indiquez combien d’heures du mois viennent avant le 10/12/2026.")
  }

  @Test func `a decision on the first day of the contract is not late, nor one within a month before the hire`() throws
  {
    #expect(try count(fact("2026-12", decision: day(2026, 12, 1), hours), policy()).credited == Hours(100))
    let hired = try fact("2026-12", start: day(2026, 12, 14), decision: day(2026, 12, 10), hours)
    #expect(try count(hired, policy { $0.lateValidation = .nothing }).credited == Hours(100))
    #expect(try count(fact("2026-12", decision: nil, hours), policy()).reasons == ["notValidated 100.00"])
  }

  @Test func `people in post count only where the policy says so and they were eligible when first hired`() throws {
    let entry = try fact("2026-12", hours) { $0.isAlreadyInPost = true }
    let eligible = try fact("2026-12", hours) {
      $0.isAlreadyInPost = true
      $0.wasEligibleAtHire = true
    }
    #expect(try count(eligible, policy()).reasons == ["alreadyInPost 100.00"])
    let open = try policy { $0.alreadyInPost = .whenEligible }
    #expect(try count(eligible, open).credited == Hours(100))
    #expect(
      try count(entry, open).notCredited.map(\.sentence.plain) == [
        "100 h : personne déjà en poste, éligibilité à la première embauche non établie"
      ])
  }

  @Test func `a placement at school is another objective`() throws {
    #expect(try count(fact("2026-12", as: .trainingPlacement, hours), policy()).reasons == ["placement 100.00"])
  }

  @Test func `two lines of one contract and month are told`() throws {
    let entry = try fact("2026-12", hours)
    let counting = Counting([entry, entry], policy: try policy(), performance: performance)
    #expect(counting.derivation.findings.map(\.code) == ["declaredTwice"])
    #expect(counting.derivation.steps.last?.label == "Total")
  }
}

@Suite struct CountingKindTests {
  @Test func `training counts by the length of its whole block`() throws {
    let entry = try fact(
      "2026-12",
      RawHours(
        worked: Hours(100),
        training: [
          .init(hours: Hours(7)), .init(hours: h("34.99")), .init(hours: Hours(14), whole: Hours(35)),
        ]))
    let short = try count(entry, policy { $0.training = .blocksUnder(Hours(35)) })
    #expect(short.credited == Hours(86))
    #expect(short.reasons == ["training 14.00"])
  }

  @Test func `the tutor's hours count, count apart, or not`() throws {
    let entry = try fact("2026-12", RawHours(worked: Hours(100), tutoring: Hours(5)))
    #expect(try count(entry, policy()).reasons == ["tutoring 5.00"])
    let apart = try count(entry, policy { $0.tutoring = .apart })
    #expect(apart.credited == Hours(95) && apart.apart == Hours(5) && apart.reasons == ["tutoringApart 5.00"])
    #expect(try count(entry, policy { $0.tutoring = .included }).credited == Hours(100))
  }

  @Test func `a structure's part counts by its staff in insertion or by its invoices`() throws {
    let entry = try fact(
      "2026-12", as: .performedByEI,
      RawHours(worked: Hours(100), insertion: Hours(80), invoice: Euros(cents: 250_001)))
    let staff = try count(entry, policy())
    #expect(staff.credited == Hours(80) && staff.reasons == ["notInsertionStaff 20.00"])
    let invoiced = try policy { $0.subcontract = .invoice(hourlyRate: Euros(25)) }
    let bought = try count(entry, invoiced)
    #expect(bought.base == Hours(100) && bought.credited == Hours(100))
    let missing = try fact("2026-12", as: .performedByEI, RawHours(worked: Hours(100)))
    let counting = Counting([missing], policy: invoiced, performance: performance)
    #expect(counting.credited == Hours(0) && counting.notCredited.map(\.reason) == [.invoiceMissing])
    #expect(counting.derivation.findings.map(\.code) == ["invoiceMissing"])
    #expect(try count(fact("2026-12", as: .lentByETTI, RawHours(worked: Hours(9))), invoiced).credited == Hours(9))
  }

  @Test func `paid hours take in averaging, and the absences that the policy takes in`() throws {
    let hours = RawHours(
      worked: Hours(119), paid: h("151.67"),
      absences: [.publicHoliday: Hours(7), .leave: Hours(7), .sickness: Hours(7), .other: Hours(3)])
    let entry = try fact("2027-05", hours)
    let paid = try policy { $0.unit = .paid }
    let strict = try count(entry, paid)
    #expect(strict.base == h("151.67"))
    #expect(strict.credited == h("127.67"))
    #expect(strict.reasons == ["publicHoliday 7.00", "leave 7.00", "sickness 7.00", "absence 3.00"])
    var wide = paid
    wide.sickness = .included
    wide.leave = .included
    wide.publicHolidays = .included
    #expect(try count(entry, wide).credited == h("148.67"))
    let unpaid = try count(
      fact("2027-05", RawHours(worked: Hours(119), paid: Hours(119), absences: [.leave: Hours(7)])), wide)
    #expect(unpaid.base == Hours(126) && unpaid.credited == Hours(119) && unpaid.reasons == ["unpaidAbsence 7.00"])
    let less = try count(
      fact("2027-05", RawHours(worked: Hours(119), paid: Hours(100), training: [.init(hours: Hours(110))])), wide)
    #expect(less.base == Hours(119) && less.credited == Hours(100) && less.reasons == ["unpaid 19.00"])
  }

  @Test func `paid hours that are not declared are told, and work with absences stands for them`() throws {
    let paid = try policy {
      $0.unit = .paid
      $0.leave = .included
    }
    let entry = try fact("2027-05", RawHours(worked: Hours(119), absences: [.leave: Hours(7)]))
    let counting = Counting([entry], policy: paid, performance: performance)
    #expect(counting.credited == Hours(126))
    #expect(counting.derivation.findings.map(\.code) == ["paidMissing"])
  }

  @Test func `weights multiply, round down, and a weight under one is a reason`() throws {
    let entry = try fact("2027-05", as: .openEndedHire, RawHours(worked: h("100.01"))) {
      $0.situations = [.priorityNeighbourhood]
    }
    let heavy = try policy {
      $0.weights[.priorityNeighbourhood] = Quotient(12, over: 10)
      $0.weights[.openEndedContract] = Quotient(5, over: 4)
      $0.weights[.woman] = Quotient(2)
    }
    let result = try count(entry, heavy)
    #expect(result.weight == Quotient(3, over: 2))
    #expect(result.credited == h("150.01") && result.bonus == Hours(50) && result.notCredited.isEmpty)
    let light = try count(entry, policy { $0.weights[.priorityNeighbourhood] = Quotient(1, over: 2) })
    #expect(light.credited == Hours(50) && light.bonus == Hours(0) && light.reasons == ["weighting 50.01"])
    let counting = Counting([entry], policy: heavy, performance: performance)
    #expect(
      counting.derivation.steps.map(\.sentence.plain) == [
        "P, mai 2027 : 100,01 h + 50 h (pondération × 1,5) = 150,01 h comptabilisées"
      ])
    #expect(
      heavy.french(.weights).plain == "quartier prioritaire × 1,2, femme × 2 et CDI × 1,25")
    let both = Counting([entry, entry], policy: heavy, performance: performance)
    #expect(both.derivation.steps.last?.formula?.plain == "200,02 h + 100 h (pondération)")
  }
}

@Suite struct RawHoursTests {
  private func fault(_ hours: RawHours, splits: [CountingFact.Split] = [], end: Day? = nil) -> String? {
    do throws(CountingFact.Malformed) {
      var placement = CountingFact.Placement(modality: .fixedTermHire, start: day(2026, 12, 1))
      placement.end = end
      _ = try CountingFact(person: "P", month: month("2026-12"), placement: placement, hours: hours, splits: splits)
      return nil
    } catch { return error.field }
  }

  @Test func `hours that contradict themselves are refused`() {
    #expect(fault(RawHours(worked: Hours(-1))) == "worked")
    #expect(fault(RawHours(worked: Hours(1), invoice: Euros(-1))) == "worked")
    #expect(fault(RawHours(worked: Hours(5), training: [.init(hours: Hours(3))], tutoring: Hours(3))) == "training")
    #expect(fault(RawHours(worked: Hours(5), training: [.init(hours: Hours(3), whole: Hours(2))])) == "training")
    #expect(fault(RawHours(worked: Hours(5), insertion: Hours(6))) == "insertion")
    #expect(fault(RawHours(worked: Hours(5)), end: day(2026, 11, 30)) == "contractEnd")
    #expect(fault(RawHours(worked: Hours(5))) == nil)
  }

  @Test func `splits must fall in the month, once, and hold within its hours`() {
    func split(_ number: Int, _ worked: Int) -> CountingFact.Split {
      .init(day: day(2026, 12, number), before: RawHours(worked: Hours(worked)))
    }
    let hours = RawHours(worked: Hours(100))
    #expect(fault(hours, splits: [split(1, 0)]) == "splits")
    #expect(fault(hours, splits: [split(10, 20), split(10, 20)]) == "splits")
    #expect(fault(hours, splits: [split(10, 101)]) == "splits")
    #expect(fault(hours, splits: [split(10, 30), split(20, 20)]) == "splits")
    #expect(fault(hours, splits: [split(20, 30), split(10, 20)]) == nil)
    let later = CountingFact.Split(day: day(2027, 1, 2), before: RawHours(worked: Hours(1)))
    #expect(fault(hours, splits: [later]) == "splits")
    #expect(fault(RawHours(worked: Hours(100), insertion: Hours(50)), splits: [split(10, 20)]) == "splits")
  }

  @Test func `a split month keeps every hour in one of its parts`() throws {
    let before = RawHours(
      worked: Hours(50), paid: Hours(60), absences: [.leave: Hours(7)],
      training: [.init(hours: Hours(7), whole: Hours(35))],
      tutoring: Hours(1), insertion: Hours(40), invoice: Euros(100))
    let hours = RawHours(
      worked: Hours(100), paid: Hours(120), absences: [.leave: Hours(14)],
      training: [.init(hours: Hours(14), whole: Hours(35)), .init(hours: Hours(2))], tutoring: Hours(3),
      insertion: Hours(90), invoice: Euros(300))
    let entry = try fact("2026-12", hours, splits: [.init(day: day(2026, 12, 15), before: before)])
    #expect(entry.portions.map(\.from) == [day(2026, 12, 1), day(2026, 12, 15)])
    #expect(entry.portions.map(\.to) == [day(2026, 12, 14), day(2026, 12, 31)])
    let rest = try #require(entry.portions.last?.hours)
    #expect(rest.worked == Hours(50) && rest.paid == Hours(60) && rest.absent == Hours(7) && rest.trained == Hours(9))
    #expect(rest.tutoring == Hours(2) && rest.insertion == Hours(50) && rest.invoice == Euros(200))
  }
}
