import Clauses
import Testing

@Suite struct ConsistencyTests {
  typealias Lot = TenderDossier.Lot
  typealias Mention = TenderDossier.Mention
  typealias Document = TenderDossier.Document

  /// A lot whose four documents agree: works, 1 688 h; the change makes the case.
  private func lot(
    _ name: String = "1", _ possibility: Possibility = .execution, hours: Int = 1688,
    _ change: (inout Lot) -> Void = { _ in }
  ) -> Lot {
    var choice = PossibilityChoice(possibility, day: day(2026, 9, 7))
    choice.hours = Hours(hours)
    choice.ccag = .works
    let mentions = Document.allCases.map { document in
      var mention = Mention(document)
      mention.hours = Hours(hours)
      mention.possibility = possibility
      if document == .particularClauses {
        mention.contact = "Maison de l’emploi, 01 02 03 04 05"
        mention.publics = ["Demandeurs d’emploi de longue durée", "Allocataires du RSA"]
        mention.articles = ["L2112-2"]
        mention.ccagClause = "20.1"
        mention.penalty = "60 € par heure non réalisée"
        mention.frequency = "trimestrielle"
        mention.hasReviewClause = true
        mention.foreseesPooling = true
      }
      return mention
    }
    var lot = Lot(name, choice: choice, mentions: mentions)
    change(&lot)
    return lot
  }

  private func findings(_ lots: [Lot], _ change: (inout TenderDossier) -> Void = { _ in }) throws -> [Finding] {
    var dossier = TenderDossier(day: day(2026, 9, 7), lots: lots)
    change(&dossier)
    return try dossier.consistency(figures: Reference.figures()).findings
  }

  private func codes(_ lot: Lot, _ change: (inout TenderDossier) -> Void = { _ in }) throws -> [String] {
    try findings([lot], change).map(\.code)
  }

  private func edit(_ lot: inout Lot, _ document: Document, _ change: (inout Mention) -> Void) {
    for index in lot.mentions.indices where lot.mentions[index].document == document { change(&lot.mentions[index]) }
  }

  @Test func `documents that agree raise nothing`() throws {
    #expect(try findings([lot()]).isEmpty)
  }

  @Test func `story step 3: the act of engagement says 1 680 hours for 1 688`() throws {
    let first = lot { edit(&$0, .engagementAct) { $0.hours = Hours(1680) } }
    let third = lot("3", hours: 686)
    let fourth = lot("4", .reserved, hours: 192) {
      $0.choice.families = [.inclusion]
      $0.choice.reservedShare = Percent(50)
      edit(&$0, .particularClauses) { $0.articles = ["R2113-7", "L2113-13"] }
    }
    let found = try findings([first, third, fourth])
    #expect(found.map(\.code) == ["hoursDiffer"])
    #expect(found.first?.place == "lot 1, acte d’engagement")
    #expect(
      found.first?.sentence.plain == "L’acte d’engagement dit 1 680 h, mais l’effort retenu est de 1 688 h.")
    #expect(found.first?.mend?.plain == "Écrivez 1 688 h dans l’acte d’engagement, ou corrigez l’autre chiffre.")
    #expect(found.first?.article == "CCAG-Travaux, article 20.1")
  }

  @Test func `without a decided figure the particular clauses are believed`() throws {
    let lot = lot {
      $0.choice.hours = nil
      edit(&$0, .notice) { $0.hours = Hours(1700) }
    }
    let found = try findings([lot])
    #expect(found.map(\.place) == ["lot 1, avis de marché"])
    #expect(found.first?.sentence.plain == "L’avis de marché dit 1 700 h, mais le CCAP dit 1 688 h.")
  }

  @Test func `hours missing where they bind are told`() throws {
    let missing = lot {
      edit(&$0, .particularClauses) { $0.hours = nil }
      edit(&$0, .engagementAct) { $0.hours = nil }
    }
    let found = try findings([missing])
    #expect(found.map(\.code) == ["hoursMissing", "hoursMissing"])
    #expect(found.map(\.level) == [.fault, .warning])
    #expect(found.first?.mend?.plain == "Écrivez 1 688 h.")
    let nowhere = lot {
      $0.choice.hours = nil
      for index in $0.mentions.indices { $0.mentions[index].hours = nil }
    }
    #expect(try codes(nowhere) == ["hoursMissing", "hoursMissing"])
  }

  @Test func `an offer above the minimum is the point of the criterion`() throws {
    func found(_ hours: Int) throws -> [String] {
      let lot = lot("1", .executionAndCriterion, hours: 1000) {
        edit(&$0, .engagementAct) { $0.hours = Hours(hours) }
        edit(&$0, .consultationRules) { $0.criterionWeight = Percent(10) }
      }
      return try codes(lot)
    }
    #expect(try found(1200).isEmpty)
    #expect(try found(1000).isEmpty)
    #expect(try found(999) == ["hoursDiffer"])
  }

  @Test func `contact, publics, penalty and frequency are the same everywhere`() throws {
    let lot = lot {
      edit(&$0, .consultationRules) {
        $0.contact = "Autre structure"
        $0.publics = ["Demandeurs d’emploi de longue durée", "Jeunes sans qualification"]
        $0.penalty = "50 € par heure"
        $0.frequency = "mensuelle"
      }
      edit(&$0, .notice) { $0.contact = "MAISON DE L’EMPLOI 01 02 03 04 05" }
    }
    let found = try findings([lot])
    #expect(found.map(\.code) == ["contactDiffers", "publicsDiffer", "penaltyDiffers", "frequencyDiffers"])
    #expect(Set(found.map(\.place)) == ["lot 1, règlement de la consultation"])
    #expect(
      found[1].sentence.plain
        == "Le règlement de la consultation n’ouvre pas la clause aux mêmes publics que le CCAP "
        + "(en plus : Jeunes sans qualification ; en moins : Allocataires du RSA).")
  }

  @Test func `publics that only add or only miss some are told with that half`() throws {
    let publics = ["Demandeurs d’emploi de longue durée", "Allocataires du RSA"]
    let more = lot { edit(&$0, .notice) { $0.publics = publics + ["Sortants de prison"] } }
    #expect(try findings([more]).first?.sentence.contains("en moins") == false)
    let less = lot { edit(&$0, .notice) { $0.publics = [publics[1].uppercased()] } }
    #expect(try findings([less]).first?.sentence.contains("en plus") == false)
    #expect(try codes(lot { edit(&$0, .notice) { $0.publics = publics.reversed() } }).isEmpty)
  }

  @Test func `what the particular clauses must hold is asked for`() throws {
    let bare = lot {
      edit(&$0, .particularClauses) {
        $0 = Mention(.particularClauses)
        $0.hours = Hours(1688)
        $0.possibility = .execution
      }
    }
    let found = try findings([bare])
    #expect(
      found.map(\.code) == [
        "contactMissing", "publicsMissing", "penaltyMissing", "frequencyMissing", "reviewClauseMissing",
      ])
    #expect(found.allSatisfy { $0.level == .warning && $0.place == "lot 1, CCAP" && $0.mend != nil })
    #expect(found.last?.article == "R2194-1")
  }

  @Test func `a document that is silent or told twice is a warning`() throws {
    #expect(try codes(lot { $0.mentions.removeAll { $0.document == .notice } }) == ["documentMissing"])
    #expect(try codes(lot { $0.mentions.append($0.mentions[0]) }) == ["documentTwice"])
    #expect(
      try codes(lot { $0.mentions.removeAll { $0.document == .notice } }) { $0.hasNotice = false }.isEmpty)
  }

  @Test func `the possibility stated is the one chosen`() throws {
    let found = try findings([lot { edit(&$0, .notice) { $0.possibility = .criterion } }])
    #expect(found.map(\.code) == ["possibilityDiffers"])
    #expect(found.first?.place == "lot 1, avis de marché")
  }

  @Test func `articles are those of the possibility`() throws {
    func found(_ articles: [String]) throws -> [String] {
      try codes(lot { edit(&$0, .particularClauses) { $0.articles = articles } })
    }
    #expect(try found(["L. 2112-2"]).isEmpty)
    #expect(try found(["L2113-13"]) == ["articleOfAnotherPossibility"])
    #expect(try found(["L3114-2-1"]) == ["articleOfAnotherPossibility"])
    #expect(try found(["L2112-4"]) == ["articleMistaken"])
    #expect(try found(["L2194-1"]) == ["articleNotOfPossibility"])
    #expect(try found([" "]).isEmpty)
    #expect(try found(["L2112-2", "L2111-1"]).isEmpty)
  }

  @Test func `the article of the general conditions is that of the family`() throws {
    let found = try findings([lot { edit(&$0, .particularClauses) { $0.ccagClause = "16.1" } }])
    #expect(found.map(\.code) == ["ccagClauseWrong"])
    #expect(found.first?.mend == "Écrivez 20.1.")
    #expect(try codes(lot { edit(&$0, .particularClauses) { $0.ccagClause = "20.1.5" } }).isEmpty)
    #expect(try codes(lot { edit(&$0, .particularClauses) { $0.ccagClause = "20.11" } }) == ["ccagClauseWrong"])
    #expect(try codes(lot { $0.choice.ccag = .suppliesServices }) == ["ccagClauseWrong"])
    #expect(try codes(lot { $0.choice.ccag = nil }).isEmpty)
  }

  private func reserved(_ change: (inout Lot) -> Void = { _ in }) -> Lot {
    lot("4", .reserved, hours: 192) {
      $0.choice.families = [.inclusion]
      $0.choice.reservedShare = Percent(50)
      edit(&$0, .particularClauses) { $0.articles = [] }
      change(&$0)
    }
  }

  @Test func `a reservation stands in the notice, or in the papers of a consultation without one`() throws {
    let silent = reserved { edit(&$0, .notice) { $0.possibility = nil } }
    let found = try findings([silent])
    #expect(found.map(\.code) == ["reservationNotInNotice"])
    #expect(found.first?.article == "R2113-7" && found.first?.place == "lot 4, avis de marché")
    #expect(try codes(reserved { $0.mentions.removeAll { $0.document == .notice } }) == ["reservationNotInNotice"])
    #expect(try codes(silent) { $0.hasNotice = false }.isEmpty)
    let papers = reserved { edit(&$0, .consultationRules) { $0.possibility = nil } }
    #expect(try codes(papers) { $0.hasNotice = false } == ["reservationNotInNotice"])
    #expect(try codes(reserved { $0.choice.isStatedInNotice = false }) == ["reservationNotInNotice"])
    #expect(try findings([silent]) { $0.kind = .concession }.first?.article == "L3113-1")
  }

  @Test func `a share under half is refused with its lot`() throws {
    let found = try findings([reserved { $0.choice.reservedShare = Percent(30) }])
    #expect(found.map(\.code) == ["reservedShareTooLow"])
    #expect(found.first?.place == "lot 4")
  }

  @Test func `hiring local residents is forbidden, words that sound like it are to be checked`() throws {
    let asked = try findings([lot { edit(&$0, .particularClauses) { $0.asksForLocalResidents = true } }])
    #expect(asked.map(\.code) == ["localPreference"])
    #expect(asked.first?.level == .fault && asked.first?.article == "L3")
    let worded = lot { edit(&$0, .notice) { $0.wording = "Priorité aux HABITANTS de la commune." } }
    let found = try findings([worded])
    #expect(found.map(\.code) == ["localPreferenceLikely"] && found.first?.level == .warning)
    let priority = lot { edit(&$0, .notice) { $0.wording = "Habitants des quartiers prioritaires de la ville" } }
    #expect(try codes(priority).isEmpty)
    let publics = lot { edit(&$0, .particularClauses) { $0.publics.append("Riverains du chantier") } }
    #expect(try codes(publics) == ["localPreferenceLikely"])
  }

  @Test func `pooling that is expected is foreseen by the particular clauses`() throws {
    let expected = lot {
      $0.expectsPooling = true
      edit(&$0, .particularClauses) { $0.foreseesPooling = nil }
    }
    let found = try findings([expected])
    #expect(found.map(\.code) == ["poolingNotForeseen"])
    #expect(found.first?.article == "CCAG-Travaux, article 20.1.3")
    #expect(try codes(lot { $0.expectsPooling = true }).isEmpty)
    #expect(try codes(lot { edit(&$0, .notice) { $0.foreseesPooling = false } }) == ["poolingDiffers"])
    let other = lot {
      edit(&$0, .notice) { $0.foreseesPooling = true }
      edit(&$0, .particularClauses) { $0.foreseesPooling = false }
    }
    #expect(try codes(other) == ["poolingDiffers"])
  }

  // MARK: - Criteria

  private typealias Criterion = TenderDossier.Criterion

  private func criteria(
    _ criteria: [TenderDossier.Criterion], on sent: Day = day(2026, 9, 7), kind: AwardNotice.Kind = .contract
  ) throws -> [String] {
    var dossier = TenderDossier(kind: kind, day: sent, lots: [])
    dossier.criteria = criteria
    return try dossier.consistency(figures: Reference.figures()).findings.map(\.code)
  }

  @Test func `price alone is out since the twenty-first of August 2026`() throws {
    #expect(try criteria([Criterion(.price)]) == ["priceAlone"])
    #expect(try criteria([Criterion(.price)], on: day(2026, 8, 21)) == ["priceAlone"])
    #expect(try criteria([Criterion(.price)], on: day(2026, 8, 20)).isEmpty)
    #expect(try criteria([Criterion(.price)], kind: .concession).isEmpty)
    #expect(try criteria([Criterion(.cost)]) == ["costAlone"])
    #expect(try criteria([Criterion(.price), Criterion(.social)]) == ["environmentCriterionMissing"])
    #expect(try criteria([Criterion(.environment), Criterion(.other)]) == ["priceCriterionMissing"])
    #expect(try criteria([Criterion(.cost), Criterion(.environment)]).isEmpty)
  }

  @Test func `a criterion on the general policy of the company is forbidden`() throws {
    let found = try criteria([
      Criterion(.price, weight: Percent(60)), Criterion(.environment, weight: Percent(30)),
      Criterion(.social, label: "Politique sociale", weight: Percent(10), scope: .company),
    ])
    #expect(found == ["criterionOnGeneralPolicy"])
  }

  @Test func `weights make a whole`() throws {
    let short = [Criterion(.price, weight: Percent(60)), Criterion(.environment, weight: Percent(30))]
    #expect(try criteria(short) == ["weightsDoNotAddUp"])
    #expect(try criteria(short + [Criterion(.other, weight: Percent(10))]).isEmpty)
    #expect(try criteria(short + [Criterion(.other)]).isEmpty)
  }

  @Test func `the weight of the insertion criterion is announced, and the same everywhere`() throws {
    func lot(_ rules: Int?, _ notice: Int? = nil) -> Lot {
      self.lot("1", .executionAndCriterion, hours: 1000) {
        edit(&$0, .consultationRules) { $0.criterionWeight = rules.map { Percent($0) } }
        edit(&$0, .notice) { $0.criterionWeight = notice.map { Percent($0) } }
      }
    }
    #expect(try codes(lot(nil)) == ["criterionWeightNotAnnounced"])
    #expect(try codes(lot(10)).isEmpty)
    #expect(try codes(lot(nil, 10)).isEmpty)
    let found = try findings([lot(10, 15)])
    #expect(found.map(\.code) == ["criterionWeightDiffers"])
    #expect(found.first?.place == "lot 1, avis de marché")
    let criteria = [
      Criterion(.price, weight: Percent(60)), Criterion(.environment, weight: Percent(30)),
      Criterion(.social, weight: Percent(10)),
    ]
    #expect(try codes(lot(15)) { $0.criteria = criteria } == ["criterionWeightDiffers"])
    #expect(try codes(lot(10)) { $0.criteria = criteria }.isEmpty)
    #expect(
      try codes(lot(10)) { $0.criteria = [Criterion(.price), Criterion(.environment)] } == ["socialCriterionMissing"])
    #expect(try codes(lot(nil)) { $0.kind = .concession }.contains("criterionWeightNotAnnounced") == false)
  }

  // MARK: - Private contracts

  @Test func `a private contract still agrees with itself, without an article of the public code`() throws {
    var lot = lot { edit(&$0, .engagementAct) { $0.hours = Hours(1600) } }
    lot.choice.ccag = nil
    let found = try findings([lot]) {
      $0.isPrivate = true
      $0.criteria = [Criterion(.price)]
    }
    #expect(found.map(\.code) == ["hoursDiffer", "publicCodeInPrivateContract", "privateContract"])
    #expect(found.allSatisfy { $0.article == nil })
  }

  @Test func `nothing forbidden ever passes in silence, whatever the other values`() throws {
    var random = SeededGenerator(20_261_121)
    for round in 0..<200 {
      let clean = lot("\(round)") {
        $0.expectsPooling = Bool.random(using: &random)
        $0.choice.ccag = Bool.random(using: &random) ? .works : nil
      }
      let hours = Int.random(in: 1...4000, using: &random)
      let document = Document.allCases.randomElement(using: &random) ?? .notice
      var wrong = clean
      edit(&wrong, document) { $0.hours = Hours(hours) }
      let found = try findings([wrong]).filter { $0.level == .fault }
      #expect(found.isEmpty == (hours == 1688), "round \(round), seed 20261121: \(document) \(hours)")
      #expect(found.allSatisfy { $0.place == "lot \(round), \(document.bare)" }, "round \(round), seed 20261121")
    }
  }
}
