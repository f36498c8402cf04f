import Casework
import Clauses

/// What the address of the deadlines calculator asks.
struct DeadlinesForm {
  var form: CalculatorForm
  let area: HolidayArea
  let day: Day?
  /// The terms, nil where a field is wrong.
  let terms: FollowUpTerms?

  static let conditions: [(String, GeneralConditions)] = [
    ("travaux", .works), ("fcs", .suppliesServices), ("pi", .intellectual), ("tic", .ict), ("moe", .projectManagement),
    ("mi", .industrial),
  ]
  static let frequencies: [(String, ReportingFrequency)] = [
    ("mois", .monthly), ("trimestre", .quarterly), ("semestre", .halfYearly), ("annee", .yearly),
  ]
  static let areas = HolidayArea.allCases.map { ($0.rawValue, $0) }

  init(_ query: Query, today: Day) {
    form = CalculatorForm(query)
    area = form.choice("calendrier", Self.areas, default: .metropole) ?? .metropole
    let first = today.month.adding(1).first
    let from = form.day("debut", default: first)
    let to = form.day("fin", default: first.adding(months: 16).adding(days: -1))
    day = form.day("jour", default: today)
    let conditions = form.choice(
      "ccag", Self.conditions.map { ($0.0, Optional($0.1)) } + [("aucun", nil)], default: .works)
    let frequency = form.choice("periodicite", Self.frequencies.map { ($0.0, Optional($0.1)) }, default: .some(nil))
    let dueDay = form.whole("avant", in: 1...31)
    if let from, let to, to < from {
      form.fault("fin", "La fin vient avant le début\u{202F}: échangez les deux dates.")
    }
    if let from, let to, to > from.adding(months: 240) {
      form.fault("fin", "Plus de vingt ans d’exécution\u{202F}: vérifiez les dates.")
    }
    if let to, let day, day > to.adding(months: 600) {
      form.fault("jour", "Ce jour vient plus de cinquante ans après la fin\u{202F}: vérifiez-le.")
    }
    guard form.errors.isEmpty, let from, let to, day != nil else {
      terms = nil
      return
    }
    var terms = FollowUpTerms(performance: from...to, conditions: conditions ?? nil)
    terms.frequency = frequency ?? nil
    terms.due = dueDay.map { .dayOfNextMonth($0) }
    terms.hasCourtesy = form.ticked("mensuel")
    // Without general conditions nothing asks for reports but the contract, and it is not before us.
    if terms.conditions != nil {
      terms.annualReport = .anniversary
      terms.hasFinalReport = true
    }
    self.terms = terms
  }
}

/// The deadlines calculator.
struct DeadlinesCalculator {
  let form: DeadlinesForm
  /// The answer; nil where a field is wrong.
  let schedule: DeadlineSchedule?
  let today: Day

  var page: Page {
    CalculatorPage(
      calculator: .deadlines, fields: fields, extra: extra, answer: schedule.map { answer($0) },
      derivation: reasoning, paragraph: nil, query: form.form.query
    ).page
  }

  /// What was received is not known here: nobody is told to chase a company.
  private var reasoning: Derivation? {
    schedule.map { $0.derivation.leavingOut(["lateDocuments"]) }
  }

  private var fields: [Field] {
    let typed = form.form
    let first = today.month.adding(1).first
    return [
      typed.textField("debut", "Début d’exécution", first.french, hint: "Par exemple 01/12/2026."),
      typed.textField("fin", "Fin d’exécution", first.adding(months: 16).adding(days: -1).french),
      typed.choiceField(
        "ccag", "CCAG du contrat", DeadlinesForm.conditions.map { ($0.0, $0.1.french) } + [("aucun", "Aucun")],
        "travaux"),
      typed.choiceField(
        "periodicite", "Attestation d’heures prévue au contrat",
        [("", "Celle du CCAG")] + DeadlinesForm.frequencies.map { ($0.0, Say.capitalised($0.1.french)) }),
      typed.textField(
        "avant", "À remettre au plus tard le… du mois suivant",
        hint: "Par exemple 15\(French.thin); vide\(French.thin): l’usage.", mode: "numeric"),
      typed.choiceField(
        "calendrier", "Jours fériés", DeadlinesForm.areas.map { ($0.0, Say.capitalised($0.1.french)) }, "metropole"),
      typed.textField("jour", "Vu du", today.french),
    ]
  }

  private var extra: HTML {
    checkboxes(
      "Demandes en plus du contrat", name: "mensuel",
      options: [.init("oui", "Heures demandées chaque mois, par courtoisie")],
      chosen: form.form.ticked("mensuel") ? ["oui"] : [])
  }

  private func answer(_ schedule: DeadlineSchedule) -> HTML {
    let late = schedule.deadlines.count { $0.state == .late }
    let next = schedule.deadlines.first { $0.state == .due || $0.state == .upcoming }
    return """
      <div class="answer">\(when(next) { next in
        "<p class=\"figure\">\(next.dueOn.french)</p><p>Prochaine échéance\(French.thin): \(next.label).</p>"
      })\(when(next == nil, "<p class=\"figure\">Tout est échu</p>"))\
      \(when(late > 0, "<p>\(Parts.status(.warning, French.count(late, "échéance passée", "échéances passées")))</p>"))</div>
      \(table(schedule))
      """
  }

  private func table(_ schedule: DeadlineSchedule) -> HTML {
    Table(
      caption: "Ce qui est attendu",
      columns: [.text("Document"), .text("Au plus tard le"), .text("État"), .text("Sanction possible")],
      rows: schedule.deadlines.map { deadline in
        [
          "\(deadline.label)",
          "\(deadline.dueOn.french)\(when(deadline.movedFrom) { "<br><span class=\"source\">reporté du \($0.french)</span>" })",
          Parts.status(
            tone(deadline.state), deadline.state == .late ? "date passée, à vérifier" : deadline.state.french),
          deadline.isSanctionable
            ? "oui\(when(deadline.article) { ", <span class=\"source\">\($0)</span>" })" : "non, courtoisie",
        ]
      }
    ).html
  }

  private func tone(_ state: Deadline.State) -> Tone {
    switch state {
    case .upcoming: .neutral
    case .due: .warning
    case .late: .warning
    case .received: .good
    }
  }
}
