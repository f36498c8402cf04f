import Casework
import Clauses
import Facts
import Testing

@testable import Site

struct CalculatorTests {
  private let today = Day(year: 2026, month: 11, day: 21) ?? Day(number: 0)
  private let figures: Figures

  init() throws {
    figures = try Facts.figures(
      in: String(#filePath.dropLast("Tests/SiteTests/Calculators/CalculatorTests.swift".count)) + "share/facts")
  }

  private func render(_ page: Page) -> String { Shell(assets: .none).render(page).description }

  private func duty(_ query: String) throws -> String {
    let form = DutyForm(try Query(parsing: query), today: today)
    let isRight = form.form.errors.isEmpty
    let duty = isRight ? try form.given.map { try LegalDuty.assess($0, figures: figures) } ?? .privateContract : nil
    return render(DutyCalculator(form: form, duty: duty, today: today).page)
  }

  private func hours(_ query: String) throws -> String {
    let segments = PurchaseSegments(figures: figures, on: today)
    let form = HoursForm(try Query(parsing: query), segments: segments)
    let calibrator = try Calibrator(figures: figures, on: today)
    let method = form.method ?? .labourShare
    var given = form.given
    given.cpv = given.cpv ?? segments.sheet(form.segment)?.reference
    let answer = CompareCalibrations.Answer(
      segments: segments.all, segment: segments.sheet(form.segment), comparison: calibrator.compare(given),
      rate: form.wanted.flatMap { try? calibrator.find(.init(.insertionRate, hours: $0), in: given, by: method) },
      worthwhileFrom: try? calibrator.find(.init(.amount), in: given, by: method))
    return render(HoursCalculator(form: form, answer: answer).page)
  }

  private func penalty(_ query: String) throws -> String {
    let form = PenaltyForm(try Query(parsing: query), today: today)
    let penalty = try form.given.map {
      try Penalty.assess($0, calendar: WorkingCalendar(form.area, figures: figures), figures: figures)
    }
    return render(PenaltyCalculator(form: form, penalty: penalty, today: today).page)
  }

  @Test func `the duty is told with its threshold, its article and a text to paste`() throws {
    let bare = try duty("")
    #expect(bare.contains("L’obligation s’applique") && bare.contains("L2112-2-1"))
    #expect(bare.contains("216\u{202F}000\u{202F}€ HT") && bare.contains("À coller dans votre note"))
    let met = try duty("categorie=travaux&valeur=5+404+000&prevu=execution")
    #expect(met.contains("Obligation remplie par une condition d’exécution"))
    // The sentence names its article: it is not told again after it.
    #expect(bare.contains("(article L2112-2-1).") && !bare.contains("(L2112-2-1)"))
    #expect(met.contains("(L2112-2-1)"))
    #expect(try duty("valeur=215999").contains("Pas d’obligation"))
    #expect(try duty("nature=prive").contains("Contrat privé"))
    #expect(try duty("nature=concession&valeur=6000000&exception=travaux&motif=x").contains("concession"))
  }

  @Test func `hours stand there before anyone types, and every method that applies beside the first`() throws {
    let bare = try hours("")
    #expect(bare.contains("833\u{A0}h d’insertion"))
    #expect(bare.contains("Barème publié") && bare.contains("25\u{202F}000\u{202F}€ ÷ 30\u{202F}€"))
    let typed = try hours("montant=2+400+000&part=45&taux=5&cout=32&voulu=2000")
    #expect(typed.contains("1\u{202F}688\u{A0}h d’insertion") && typed.contains("Pour 2\u{202F}000\u{A0}h"))
    #expect(try hours("montant=420000&part=70&taux=7&arrondi=10").contains("690\u{A0}h d’insertion"))
    // Whoever tells of staff taken over asks for that method.
    let takeover = try hours("segment=cleaning&montant=600000&duree=36&reprise=300&taux=20&cout=25")
    #expect(takeover.contains("2\u{202F}640\u{A0}h d’insertion"))
  }

  @Test func `a CPV code proposes its own figures, and says what is missing where none is known`() throws {
    let painting = try hours("segment=cleaning&cpv=45442100-8&montant=1000000")
    #expect(painting.contains("<option value=\"works\" selected>"))
    #expect(painting.contains("valeur proposée\u{202F}: 70\u{202F}%"))
    let furniture = try hours("cpv=39100000&montant=1000000")
    #expect(furniture.contains("Aucune méthode ne s’applique"))
    #expect(furniture.contains("aucune valeur n’est connue pour ce code CPV"))
    #expect(try hours("cpv=909").contains("n’est pas un code CPV"))
  }

  @Test func `a penalty that may not be asked for yet says so`() throws {
    let early = try penalty("dues=1000&realisees=900&montant=60")
    #expect(early.contains("6\u{202F}000,00\u{202F}€") && early.contains("rien n’est exigible à ce jour"))
    let story = try penalty(
      "dues=675,2&realisees=420&excusees=80&montant=60&recue=03/02/2028&delai=15&jour=24/04/2028")
    #expect(story.contains("10\u{202F}512,00\u{202F}€") && story.contains("l’acheteur seul décide"))
    #expect(story.contains("18/02/2028"))
  }

  @Test func `the bare address is an example; a figure that was cleared is missing, and asked for`() throws {
    #expect(try hours("").contains("833\u{A0}h d’insertion"))
    #expect(try !hours("segment=works&arrondi=1").contains("833\u{A0}h d’insertion"))
    #expect(try penalty("regle=smic&dues=100&realisees=0").contains("Indiquez le multiple"))
    #expect(try penalty("regle=jour&montant=100").contains("Indiquez combien de jours"))
    #expect(try penalty("regle=heure&montant=60").contains("Indiquez les heures dues"))
    #expect(try hours("segment=cleaning&montant=600000&taux=20&reprise=300").contains("Indiquez la durée"))
    // Nor does being let off the notice for hours lift it for days late.
    #expect(try penalty("regle=jour&montant=100&nombre=2&derogation=oui").contains("rien n’est exigible"))
  }

  @Test func `the question asked backwards is answered by the method shown in large`() throws {
    let growing = try hours("montant=2+000+000&parheure=3+000&seuil=500+000")
    #expect(growing.contains("500\u{A0}h d’insertion") && !growing.contains("180\u{202F}000"))
  }

  @Test func `each kind of penalty can be asked for, in each area`() throws {
    #expect(try penalty("regle=jour&montant=100&nombre=12").contains("1\u{202F}200,00\u{202F}€"))
    #expect(try penalty("regle=absence&montant=150&nombre=2").contains("300,00\u{202F}€"))
    let mayotte = try penalty("dues=100&realisees=0&regle=smic&multiple=2&calendrier=mayotte&jour=01/03/2026")
    let france = try penalty("dues=100&realisees=0&regle=smic&multiple=2&jour=01/03/2026")
    let figure = /<p class="figure">([^<]*)</
    #expect(try figure.firstMatch(in: mayotte)?.1 != figure.firstMatch(in: france)?.1)
    // Fifteen working days from Tuesday 3 March 2026 end on the 24th, fifteen calendar days on the 18th.
    let working = "montant=60&dues=100&realisees=0&recue=03/03/2026&delai=15&jour=20/03/2026"
    #expect(try penalty("\(working)&unite=ouvres").contains("24/03/2026"))
    #expect(try penalty("\(working)&unite=calendaires").contains("18/03/2026"))
  }

  @Test func `hours that grow with what is invoiced have their fields, and only cleaning hears of staff taken over`()
    throws
  {
    let growing = try hours("montant=2+000+000&parheure=3+000&seuil=500+000&facture=800+000")
    #expect(growing.contains("100\u{A0}h d’insertion") && growing.contains("<details open>"))
    #expect(
      try hours("montant=2+000+000&parheure=3+000&seuil=500+000&facture=800+000&rattrapage=oui")
        .contains("266\u{A0}h d’insertion"))
    #expect(try !hours("segment=works&montant=500000").contains("reprise du personnel"))
  }

  @Test func `deadlines are listed with what may be sanctioned`() throws {
    let form = DeadlinesForm(
      try Query(parsing: "debut=01/12/2026&fin=31/03/2028&ccag=travaux&mensuel=oui&jour=20/04/2027"), today: today)
    let schedule = try DeadlineSchedule.assess(
      try #require(form.terms), on: try #require(form.day),
      calendar: WorkingCalendar(form.area, figures: figures), figures: figures)
    let html = render(DeadlinesCalculator(form: form, schedule: schedule, today: today).page)
    #expect(html.contains("Bilan final") && html.contains("non, courtoisie"))
    // Nobody said what was received: a date is past, nobody is late.
    #expect(html.contains("date passée, à vérifier") && !html.contains("Relancez l’entreprise"))
    let bare = DeadlinesForm(try Query(parsing: "debut=01/12/2026&fin=31/03/2028&ccag=aucun&avant=15"), today: today)
    #expect(bare.terms?.hasFinalReport == false && bare.terms?.due == .dayOfNextMonth(15))
    let reversed = DeadlinesForm(try Query(parsing: "debut=01/12/2027&fin=01/12/2026"), today: today)
    #expect(reversed.terms == nil && reversed.form.errors.keys.sorted() == ["fin"])
  }

  @Test func `a decision on eligibility shows its three clocks, and the list stands there before any choice`() throws {
    func answer(_ query: String) throws -> String {
      let form = EligibilityForm(try Query(parsing: query), today: today) { list, day in
        figures.criteria(of: list, on: day).criteria.map(\.value.code)
      }
      let criteria = figures.criteria(of: form.list, on: form.day).criteria.map(\.value)
      let decision = try form.given.map { try Eligibility.decide($0, figures: figures) }
      return render(
        EligibilityCalculator(form: form, answer: .init(criteria: criteria, decision: decision), today: today).page)
    }
    let bare = try answer("")
    #expect(bare.contains("Choisissez une situation") && bare.contains("ni nom ni numéro de sécurité sociale"))
    let decided = try answer(
      "situation=DELD&justificatif=20/10/2026&decision=02/11/2026&embauche=01/12/2026&modalite=MAD_ETTI")
    #expect(decided.contains("<p class=\"figure\">Éligible</p>") && decided.contains("30/11/2028"))
    #expect(decided.contains("19/01/2027") && decided.contains("01/05/2027"))
    // A list of two levels: boxes, and as many situations as the employer's kind asks for.
    let levels = try answer("liste=iae")
    #expect(levels.contains("Situations à réunir") && levels.contains("data-reload=\"liste\""))
    let asked = "liste=iae&structure=ETTI&justificatif=20/10/2026&decision=02/11/2026"
    #expect(try answer("\(asked)&situation=DELD&situation=QPV").contains("<p class=\"figure\">Éligible</p>"))
    let one = try answer("\(asked)&situation=QPV")
    #expect(one.contains("Pas éligible en l’état") && one.contains("1\u{A0}établi, 2\u{A0}demandés"))
    #expect(one.contains("(Arrêté du 1er septembre 2021"))
    #expect(try answer("liste=iae&situation=S_IAE").contains("Choisissez une situation"))
    // A decision is taken with the list of its own day, and the form offers that one.
    var days: [Day] = []
    let form = EligibilityForm(try Query(parsing: "decision=02/05/2023&situation=DELD"), today: today) { list, day in
      days.append(day)
      return figures.criteria(of: list, on: day).criteria.map(\.value.code)
    }
    let then = try #require(Day("2023-05-02"))
    #expect(days == [then] && form.day == then && form.given?.day == then)
    #expect(try answer("decision=02/05/2023&situation=DELD").contains("version d’origine"))
    #expect(try !answer("situation=DELD").contains("version d’origine"))
  }

  @Test func `a social security number typed anywhere is refused and not shown again`() throws {
    let html = try hours("taux=2550814168025+38")
    #expect(html.contains("numéro de sécurité sociale") && !html.contains("2550814168025"))
  }

  @Test(arguments: ["montant=cher", "taux=500", "segment=ailleurs", "arrondi=3", "heures=-1", "cout=0"])
  func `what is wrong is told beside its field, and what was typed stays`(query: String) throws {
    let html = try hours(query)
    #expect(html.contains("field-error") && html.contains("aria-invalid") && html.contains("Le résultat attend"))
    let value = query.split(separator: "=").last.map(String.init) ?? ""
    if query.hasPrefix("montant") || query.hasPrefix("taux") { #expect(html.contains("value=\"\(value)\"")) }
  }
}
