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
      duty.derivation.findings.map(\.sentence.plain) == [
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
      excused.derivation.findings.map(\.sentence.plain) == [
        "Les travaux durent 6 mois : l’exception demande strictement moins de 6 mois."
      ])
  }

  @Test func `J5: works of five months with the reason written are compliant`() throws {
    let duty = try assess(works(months: 5)) {
      $0.exception = .worksUnderSixMonths
      $0.reason = "Cinq mois de chantier"
    }
    #expect(duty.applies && duty.isCompliant && duty.outcome == .excepted)
    #expect(duty.derivation.findings.map(\.code) == ["keepReason"])
    let unwritten = try assess(works(months: 5)) {
      $0.exception = .worksUnderSixMonths
      $0.reason = " \n"
    }
    #expect(!unwritten.isCompliant)
    #expect(unwritten.derivation.findings.map(\.code) == ["exceptionWithoutReason"])
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
      refused.derivation.findings.first?.sentence.plain.hasPrefix("Cette exception n’existe pas pour les concessions")
        == true)
    for exception in LegalDuty.Exception.allCases {
      let duty = try assess(concession) {
        $0.exception = exception
        $0.reason = "Motif"
      }
      #expect(duty.isCompliant == duty.exceptions.contains(exception))
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
      #expect(!duty.isCompliant && duty.outcome == .toConfirm)
      #expect(duty.derivation.isFree)
      #expect(duty.derivation.findings.first?.code == "equivalenceOpen")
      #expect(duty.derivation.findings.first?.level == .warning)
    }
  }

  @Test func `defence is outside and unknown thresholds are told`() throws {
    #expect(try !assess(services(.otherAuthority, 900_000)) { $0.isDefence = true }.applies)
    let later = try assess(services(.otherAuthority, 216_000)) { $0.sentOn = day(2028, 1, 1) }
    #expect(later.applies)
    #expect(
      later.derivation.findings.contains {
        $0.sentence.plain == "Seuils non encore connus au 01/01/2028 : comparaison avec le dernier seuil connu."
      })
  }

  @Test func `a private contract has no article, no threshold and no duty`() {
    let duty = LegalDuty.privateContract
    #expect(!duty.applies && duty.isCompliant && duty.article == nil && duty.threshold == nil)
    #expect(duty.derivation.articles.isEmpty && duty.exceptions.isEmpty)
    #expect(duty.derivation.findings.map(\.code) == ["privateContract"])
  }

  @Test func `the law knows four exceptions for contracts and two for concessions`() throws {
    let contract = try assess(services(.otherAuthority, 300_000))
    #expect(contract.exceptions == LegalDuty.Exception.allCases)
    let concession = try assess(services(.otherAuthority, 6_000_000)) { $0.kind = .concession }
    #expect(concession.exceptions == [.insufficientLink, .competitionOrDifficulty])
  }

  @Test func `a contracting authority keeps the reason under L2184-1 and the others by any means`() throws {
    func articles(_ change: (inout Case) -> Void) throws -> [String?] {
      let duty = try assess(services(.otherAuthority, 6_000_000)) {
        $0.exception = .insufficientLink
        $0.reason = "Aucun lien avec des licences de logiciel"
        change(&$0)
      }
      #expect(duty.outcome == .excepted)
      return duty.derivation.findings.filter { $0.code == "keepReason" }.map(\.article)
    }
    #expect(try articles { $0.buyer = .centralState } == ["L2184-1"])
    #expect(try articles { $0.buyer = .contractingEntity } == ["L2112-2-1"])
    #expect(try articles { $0.kind = .concession } == ["L3114-2-1"])
  }

  @Test func `the exception of short works asks for works and for their duration`() throws {
    func code(_ change: (inout Case) -> Void) throws -> String? {
      try assess(works(months: 5)) {
        $0.exception = .worksUnderSixMonths
        $0.reason = "Chantier court"
        change(&$0)
      }.derivation.findings.first?.code
    }
    #expect(try code { $0.durationMonths = 6 } == "worksTooLong")
    #expect(try code { $0.durationMonths = nil } == "worksDurationMissing")
    #expect(try code { $0.category = .supplies } == "exceptionForWorksOnly")
    #expect(try code { _ in } == "keepReason")
  }

  @Test func `an invalid exception beside a criterion leaves the answer to be confirmed`() throws {
    let duty = try assess(services(.otherAuthority, 300_000)) {
      $0.considerations = [.criterion]
      $0.exception = .worksUnderSixMonths
      $0.reason = "Court"
    }
    #expect(duty.outcome == .toConfirm && !duty.isCompliant)
  }

  @Test func `services between the two thresholds are told of the open question`() throws {
    func codes(_ euros: Int, _ buyer: BuyerType = .otherAuthority, _ change: (inout Case) -> Void = { _ in }) throws
      -> [String]
    {
      try assess(services(buyer, euros)) {
        $0.considerations = [.execution]
        change(&$0)
      }.derivation.findings.map(\.code)
    }
    #expect(try codes(749_999).contains("socialServicesThreshold"))
    #expect(try !codes(750_000).contains("socialServicesThreshold"))
    #expect(try codes(999_999, .contractingEntity).contains("socialServicesThreshold"))
    #expect(try !codes(1_000_000, .contractingEntity).contains("socialServicesThreshold"))
    #expect(try !codes(300_000) { $0.isSocialService = false }.contains("socialServicesThreshold"))
    let stated = try assess(services(.otherAuthority, 300_000)) { $0.isSocialService = true }
    #expect(
      stated.derivation.findings.contains { $0.sentence.plain.hasPrefix("Ces services sociaux ou spécifiques ont") })
    #expect(stated.derivation.figures.contains { $0.id == "threshold.socialServices.authority" && $0.status == .open })
    #expect(try !codes(300_000) { $0.category = .supplies }.contains("socialServicesThreshold"))
  }

  @Test func `every article cited has its text among the figures`() throws {
    for kind in AwardNotice.Kind.allCases {
      let duty = try assess(services(.otherAuthority, 6_000_000)) {
        $0.kind = kind
        $0.considerations = [.criterion]
        $0.exception = .competitionOrDifficulty
        $0.reason = "Étude du marché"
      }
      #expect(!duty.derivation.articles.isEmpty && !duty.derivation.steps.isEmpty)
      for article in duty.derivation.articles {
        #expect(duty.derivation.figures.contains { $0.id == "article.\(article)" }, "\(article)")
      }
    }
  }

  @Test func `an exception that contracts do not know is refused for them too`() throws {
    var contents = Figures.Contents()
    contents.words = [
      Figure(
        id: FigureKey<Words>.dutyContractExceptions.id, label: "Exceptions", value: Words(["insufficientLink"]),
        source: "Essai", status: .open)
    ]
    let figures = try Reference.figures().overlaying(contents)
    var given = services(.otherAuthority, 300_000)
    given.exception = .immediateSolution
    given.reason = "Catalogue"
    let duty = try LegalDuty.assess(given, figures: figures)
    #expect(duty.derivation.findings.first?.code == "exceptionNotForContracts")
  }

  @Test func `a defence contract is outside, with its article and its own threshold`() throws {
    let duty = try assess(services(.centralState, 6_000_000)) { $0.isDefence = true }
    #expect(duty.outcome == .notApplicable && duty.outcomeText == "hors du champ, marché de défense ou de sécurité")
    #expect(duty.threshold?.id == "threshold.suppliesServices.defence" && duty.threshold?.value == Euros(432_000))
    #expect(duty.derivation.findings.map(\.code) == ["defenceExcluded"])
    #expect(duty.derivation.findings.first?.article == "L2312-1-1")
    #expect(try assess(works(months: 8)) { $0.isDefence = true }.threshold?.id == "threshold.works")
  }

  @Test func `a defence concession is an open question, told with its article and its status`() throws {
    func concession(_ change: (inout Case) -> Void) throws -> LegalDuty {
      try assess(services(.otherAuthority, 6_000_000)) {
        $0.kind = .concession
        $0.isDefence = true
        change(&$0)
      }
    }
    let bare = try concession { _ in }
    #expect(bare.applies && bare.outcome == .toConfirm && bare.outcomeText.hasPrefix("à confirmer"))
    #expect(bare.derivation.findings.map(\.code) == ["defenceConcessionOpen", "considerationMissing"])
    #expect(bare.derivation.isFree && bare.derivation.findings.first?.article == "L3114-2-1")
    #expect(bare.derivation.figures.contains { $0.id == "duty.concession.defence" && $0.status == .open })
    #expect(try concession { $0.considerations = [.execution] }.outcome == .met)
    #expect(try concession { $0.estimatedValue = Euros(5_403_999) }.outcome == .notApplicable)
  }

  @Test func `no duty is told with its reason, never twice in the same words`() throws {
    #expect(LegalDuty.privateContract.outcomeText == "contrat privé, hors du code de la commande publique")
    #expect(try assess(services(.otherAuthority, 215_999)).outcomeText == "valeur estimée sous le seuil")
    let before = try assess(services(.otherAuthority, 900_000)) { $0.sentOn = day(2026, 8, 21) }
    #expect(before.outcomeText == "consultation lancée avant l’entrée en vigueur")
    for outcome in LegalDuty.Outcome.allCases { #expect(outcome.french != "pas d’obligation") }
    #expect(try assess(services(.otherAuthority, 900_000)).outcomeText == LegalDuty.Outcome.notMet.french)
  }
}
