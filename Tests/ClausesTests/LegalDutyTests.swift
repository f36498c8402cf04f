import Clauses
import Testing

@Suite struct LegalDutyTests {
  typealias Case = LegalDuty.Case

  private func assess(_ given: Case, _ change: (inout Case) -> Void = { _ in }) throws -> LegalDuty {
    var given = given
    change(&given)
    return try LegalDuty.assess(given, figures: Reference.figures())
  }

  private func services(_ buyer: BuyerType, _ euros: Int) -> Case {
    Case(kind: .contract, category: .services, buyer: buyer, estimatedValue: Euros(euros), sentOn: day(2026, 9, 1))
  }

  private func works(months: Int, sentOn: Day = day(2026, 9, 1)) -> Case {
    Case(
      kind: .contract, category: .works, buyer: .otherAuthority, estimatedValue: Euros(5_404_000), sentOn: sentOn,
      durationMonths: months)
  }

  @Test func `J1: a commune's services one euro under the threshold have no duty`() throws {
    let duty = try assess(services(.otherAuthority, 215_999))
    #expect(!duty.applies)
    #expect(duty.isCompliant)
    #expect(
      duty.findings.map(\.sentence.plain) == [
        "215 999 € HT, sous le seuil de 216 000 € : la valeur s’apprécie sur toute l’opération, lots et reconductions compris."
      ])
  }

  @Test func `J2: at the threshold the duty applies`() throws {
    let duty = try assess(services(.otherAuthority, 216_000))
    #expect(duty.applies)
    #expect(!duty.isCompliant)
    #expect(duty.article == "L2112-2-1")
    #expect(try assess(services(.otherAuthority, 216_000)) { $0.considerations = [.execution] }.isCompliant)
  }

  @Test func `J3: a ministry's services meet the duty at 140 000 euros`() throws {
    #expect(try assess(services(.centralState, 140_000)).applies)
    #expect(try !assess(services(.centralState, 139_999)).applies)
  }

  @Test func `J4: works of six months without clause are not compliant and the fourth exception does not help`() throws
  {
    #expect(try !assess(works(months: 6)).isCompliant)
    let excused = try assess(works(months: 6)) {
      $0.exception = .worksUnderSixMonths
      $0.reason = "Chantier court"
    }
    #expect(!excused.isCompliant)
    #expect(
      excused.findings.map(\.sentence.plain) == [
        "Les travaux durent 6 mois : l’exception demande strictement moins de 6 mois."
      ])
  }

  @Test func `J5: works of five months with the reason written are compliant`() throws {
    let duty = try assess(works(months: 5)) {
      $0.exception = .worksUnderSixMonths
      $0.reason = "Cinq mois de chantier"
    }
    #expect(duty.applies && duty.isCompliant && duty.findings.isEmpty)
    let unwritten = try assess(works(months: 5)) {
      $0.exception = .worksUnderSixMonths
      $0.reason = " \n"
    }
    #expect(!unwritten.isCompliant)
  }

  @Test func `J6: the day before the law there is no duty`() throws {
    #expect(try !assess(works(months: 12, sentOn: day(2026, 8, 21))).applies)
    #expect(try assess(works(months: 12, sentOn: day(2026, 8, 22))).applies)
  }

  @Test func `J7: a contracting entity's services under 432 000 euros have no duty`() throws {
    #expect(try !assess(services(.contractingEntity, 431_999)).applies)
    #expect(try assess(services(.contractingEntity, 432_000)).applies)
  }

  @Test func `J8: a concession knows only two exceptions`() throws {
    let concession = Case(
      kind: .concession, category: .works, buyer: .otherAuthority, estimatedValue: Euros(5_404_000),
      sentOn: day(2026, 9, 1), durationMonths: 5)
    let refused = try assess(concession) {
      $0.exception = .worksUnderSixMonths
      $0.reason = "Chantier court"
    }
    #expect(refused.applies && !refused.isCompliant && refused.article == "L3114-2-1")
    #expect(
      refused.findings.first?.sentence.plain.hasPrefix("Cette exception n’existe pas pour les concessions") == true)
    for exception in LegalDuty.Exception.allCases {
      let duty = try assess(concession) {
        $0.exception = exception
        $0.reason = "Motif"
      }
      #expect(duty.isCompliant == exception.holdsForConcessions)
    }
  }

  @Test func `the works exception is for works only`() throws {
    let duty = try assess(services(.otherAuthority, 300_000)) {
      $0.durationMonths = 3
      $0.exception = .worksUnderSixMonths
      $0.reason = "Court"
    }
    #expect(!duty.isCompliant)
  }

  @Test func `a criterion or a reservation alone is a warning, not an execution condition`() throws {
    for consideration in [LegalDuty.Consideration.criterion, .reserved] {
      let duty = try assess(services(.otherAuthority, 300_000)) { $0.considerations = [consideration] }
      #expect(!duty.isCompliant)
      #expect(duty.findings.map(\.level) == [.fault, .warning])
    }
  }

  @Test func `defence is outside and unknown thresholds are told`() throws {
    #expect(try !assess(services(.otherAuthority, 900_000)) { $0.isDefence = true }.applies)
    let later = try assess(services(.otherAuthority, 216_000)) { $0.sentOn = day(2028, 1, 1) }
    #expect(later.applies)
    #expect(
      later.findings.contains {
        $0.sentence.plain == "Seuils non encore connus au 01/01/2028 : comparaison avec le dernier seuil connu."
      })
  }
}
