import Clauses
import Testing

@Suite struct SpottingOrderTests {
  private func explain(_ notice: AwardNotice) throws -> Spotting {
    try Reference.rules().explain(notice, departement: seineEtMarne, structures: many)
  }

  @Test func `hours show their formula, low, usual and high`() throws {
    let found = try explain(notice(cpv: "45210000", euros: "1000000"))
    let range = try #require(found.hours.range)
    #expect(range.usual == Hours(833))
    #expect(range.formula.plain == "1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h")
    #expect(range.lowFormula.plain == "1 000 000 € × 30 % × 5 % ÷ 45 € = 333 h")
    #expect(range.highFormula.plain == "1 000 000 € × 60 % × 10 % ÷ 25 € = 2 400 h")
    #expect(range.figures.count == 9)
    #expect(range.figures.contains { $0.status == .memory })
    #expect(found.cell.hoursUsual == 833)
  }

  @Test(arguments: [
    ("45442100", "70 %"), ("45262522", "50 %"), ("45223110", "20 %"), ("45313100", "22,5 %"), ("45112710", "45 %"),
    ("45112500", "30 %"), ("45400000", "50 %"),
  ])
  func `the labour share is that of the narrowest family known`(cpv: String, share: String) throws {
    let range = try #require(try explain(notice(cpv: cpv)).hours.range)
    #expect(range.formula.plain.contains("× \(share) ×"))
  }

  @Test(
    arguments: [
      ("39100000", "Heures non estimées : aucune part de main-d’œuvre n’est connue pour cette famille d’achats."),
      (
        "71240000",
        "Heures non estimées : aucun coût horaire n’est connu pour cette famille d’achats ; l’effort s’y règle par poste. "
          + "La calculette d’heures part de 45 € (question ouverte) : une valeur de départ à remplacer par celle du contrat, "
          + "que le repérage ne retient pas."
      ),
      (nil, "Heures non estimées : le code CPV n’est pas publié."),
    ] as [(String?, String)])
  func `hours that cannot be estimated say why`(cpv: String?, reason: String) throws {
    let hours = try explain(notice(cpv: cpv)).hours
    #expect(hours.range == nil)
    #expect(hours.reason.plain == reason)
  }

  @Test func `the value of a concession gives no hours`() throws {
    let hours = try explain(notice { $0.kind = .concession }).hours
    #expect(hours.range == nil)
    #expect(
      hours.reason.plain
        == "Heures non estimées : la valeur d’une concession est un chiffre d’affaires, non un prix de prestations.")
  }

  @Test func `works done once are told so and ranked under all that come back`() throws {
    let once = try explain(
      notice(cpv: "45210000", euros: "90000000") {
        $0.object = "Construction d’un collège"
        $0.social = .clause
      })
    #expect(once.recurrence == .oneOff)
    #expect(once.recurrence.french?.plain == "Opération ponctuelle : ne revient pas en principe.")
    #expect(
      once.priority.sentence.plain.hasSuffix(
        "; opération ponctuelle, classée en dernier, à garder comme raison d’appeler l’acheteur."))
    let least = try Reference.rules().judge(
      notice(cpv: nil, months: nil, euros: nil), departement: nil, structures: nil)
    #expect(least.criteriaMet == 0)
    #expect(once.priority.rank < least.rank)
  }

  @Test(arguments: [
    "Entretien de la voirie communale", "Travaux de MAINTENANCE des bâtiments", "Réparation des toitures",
    "Travaux de voirie, marché à bons de commande", "Accord-cadre de travaux", "lot 2 : petits travaux",
  ])
  func `works whose object speaks of upkeep or of order forms come back`(object: String) throws {
    #expect(try explain(notice(cpv: "45233140") { $0.object = object }).recurrence == .recurring)
  }

  @Test(arguments: ["Construction d’un gymnase", "Réhabilitation de la mairie", "Surentretien", ""])
  func `other works are done once`(object: String) throws {
    #expect(try explain(notice(cpv: "45233140") { $0.object = object }).recurrence == .oneOff)
  }

  @Test func `frameworks, call-offs, order forms, services and concessions come back`() throws {
    func recurrence(_ cpv: String, _ change: (inout AwardNotice) -> Void) throws -> Recurrence {
      try explain(
        notice(cpv: cpv) {
          $0.object = "Construction"
          change(&$0)
        }
      ).recurrence
    }
    #expect(try recurrence("45210000") { _ in } == .oneOff)
    #expect(try recurrence("45210000") { $0.nature = .framework } == .recurring)
    #expect(try recurrence("45210000") { $0.techniques = .framework } == .recurring)
    #expect(try recurrence("45210000") { $0.nature = .callOff } == .recurring)
    #expect(try recurrence("45210000") { $0.modalities = .orders } == .recurring)
    #expect(try recurrence("45210000") { $0.modalities = [.tranches, .callOffs] } == .recurring)
    #expect(try recurrence("45210000") { $0.modalities = .tranches } == .oneOff)
    #expect(try recurrence("45210000") { $0.kind = .concession } == .recurring)
    #expect(try recurrence("90910000") { _ in } == .recurring)
  }

  @Test func `the priority is one sentence`() throws {
    let found = try explain(notice { $0.social = .clause })
    #expect(found.cell.meetsAll)
    #expect(
      found.priority.sentence.plain
        == "Priorité 856 sur 1 000 : les quatre critères sont réunis, obligation légale probable, "
        + "considération sociale déjà présente, environ 560 h d’insertion possibles et fin attendue le 14/03/2027.")
  }

  @Test func `nothing outranks the best and nothing falls under nought`() throws {
    let best = try explain(notice(euros: "90000000") { $0.social = [.clause, .reserved] })
    #expect(best.priority.rank == 1000)
  }

  @Test func `the figures of a year are the ones that rule`() throws {
    let figures = try Reference.figures()
    var layer = Figures.Contents()
    layer.amounts = [
      Figure(
        id: "spotting.minimumAmount", label: "Repère local", value: Euros(50_000), from: day(2027, 1, 1),
        source: "Délibération", status: .verified)
    ]
    let local = figures.overlaying(layer)
    let small = try notice(euros: "60000")
    let before = try SpottingRules(figures: local, asOf: day(2026, 12, 31))
    let after = try SpottingRules(figures: local, asOf: day(2027, 1, 1))
    #expect(before.judge(small, departement: nil, structures: nil).amount == .probable)
    #expect(after.judge(small, departement: nil, structures: nil).amount == .yes)
    #expect(before.version != after.version)
    #expect(local.version != figures.version)
  }

  @Test func `only a figure that spotting reads changes the version of its rules`() throws {
    let figures = try Reference.figures()
    let version = try SpottingRules(figures: figures, asOf: Reference.today).version
    func with(_ change: (inout Figures.Contents) throws -> Void) throws -> String {
      var layer = Figures.Contents()
      try change(&layer)
      return try SpottingRules(figures: figures.overlaying(layer), asOf: Reference.today).version
    }
    func figure<Value>(_ id: String, _ value: Value, from: Day? = nil, to: Day? = nil) -> Figure<Value> {
      Figure(id: id, label: "Repère", value: value, from: from, to: to, source: "Essai", status: .verified)
    }
    // Another rule's figure, a figure of tomorrow, another wording: nothing stored changes.
    #expect(try with { $0.counts = [figure("enforcement.noticeDays", 21)] } == version)
    #expect(try with { $0.amounts = [figure("wage.hourly", Euros(13))] } == version)
    #expect(
      try with { $0.amounts = [figure("spotting.minimumAmount", Euros(1), from: Reference.today.adding(days: 1))] }
        == version)
    let words = try #require(figures.words.all.first { $0.id == "spotting.recurrenceWords" })
    #expect(try with { $0.words = [figure(words.id, words.value)] } == version)
    // What is read: another value changes it, in each kind of table.
    #expect(try with { $0.amounts = [figure("spotting.minimumAmount", Euros(1))] } != version)
    #expect(try with { $0.counts = [figure("priority.duty", 1)] } != version)
    #expect(try with { $0.hours = [figure("priority.hoursFull", Hours(1))] } != version)
    #expect(try with { $0.days = [figure("duty.contract.start", Reference.today)] } != version)
    #expect(try with { $0.technicities = [CPVRow(prefix: "45", content: figure("technicity", .high))] } != version)
    // A threshold of 2030 is read today: a contract is compared on the day it ends.
    let works = try #require(figures.amounts.all.first { $0.value == Euros(5_404_000) })
    #expect(
      try with { $0.amounts = [figure(works.id, Euros(6_000_000), from: Reference.today.adding(months: 48))] }
        != version
    )
  }

  @Test func `the version follows the day as stored verdicts do`() throws {
    let figures = try Reference.figures()
    let today = try SpottingRules(figures: figures, asOf: Reference.today)
    let tomorrow = try SpottingRules(figures: figures, asOf: Reference.today.adding(days: 1))
    #expect(today.version == tomorrow.version)
    // Past the last known thresholds, contracts without an end are judged otherwise.
    let later = try SpottingRules(figures: figures, asOf: Reference.today.adding(months: 60))
    #expect(today.version != later.version)
  }

  @Test func `rules without one of their figures say which one is missing`() throws {
    var contents = try Reference.figures().contents
    contents.amounts.removeAll { $0.id == "spotting.minimumAmount" }
    let error = #expect(throws: MissingFigure.self) {
      try SpottingRules(figures: Figures(contents), asOf: Reference.today)
    }
    #expect(
      error?.description.plain
        == "La donnée de référence « spotting.minimumAmount » manque pour le 21/11/2026 : ajoutez-la, avec ses dates, "
        + "sa source et son statut, dans un fichier du dossier des données de référence.")
  }
}
