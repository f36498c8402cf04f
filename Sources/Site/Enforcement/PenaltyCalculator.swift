import Casework
import Clauses

/// What the address of the penalty calculator asks.
struct PenaltyForm {
  var form: CalculatorForm
  /// Whose minimum wage and public holidays count.
  let area: HolidayArea
  /// The case, nil where a field is wrong.
  let given: PenaltyCase?

  static let kinds = [
    ("heure", "Un montant par heure manquante"), ("smic", "Un multiple du SMIC horaire brut"),
    ("plafond", "Un multiple du plafond horaire de la sécurité sociale"), ("jour", "Un montant par jour de retard"),
    ("absence", "Un montant par absence à une réunion"),
  ]
  static let units: [(String, DayUnit)] = [
    ("calendaires", .calendar), ("ouvres", .working), ("ouvrables", .workingWithSaturdays),
  ]

  init(_ query: Query, today: Day) {
    form = CalculatorForm(query)
    area = form.choice("calendrier", DeadlinesForm.areas, default: .metropole) ?? .metropole
    let due = form.hours("dues", example: Hours(1000))
    let credited = form.hours("realisees", example: Hours(900))
    let excused = form.hours("excusees") ?? Hours(0)
    let kind = form.choice("regle", Self.kinds.map { ($0.0, $0.0) }, default: "heure")
    let amount = form.euros("montant", example: Euros(60))
    let factor = form.number("multiple")
    let cap = form.euros("limite")
    let received = form.day("recue")
    let delay = form.whole("delai", in: 1...365)
    let unit = form.choice("unite", Self.units, default: .calendar)
    let events = form.whole("nombre", in: 1...10_000)
    let day = form.day("jour", default: today)
    let countsHours = !["jour", "absence"].contains(kind)
    if countsHours {
      form.need("dues", due, "Indiquez les heures dues, par exemple 1\u{202F}000.")
      form.need("realisees", credited, "Indiquez les heures comptabilisées, 0 s’il n’y en a pas.")
    } else {
      form.need("nombre", events, "Indiquez combien de jours de retard ou d’absences.")
    }
    if ["smic", "plafond"].contains(kind) {
      form.need("multiple", factor, "Indiquez le multiple prévu au contrat, par exemple 2.")
    } else {
      form.need("montant", amount, "Indiquez le montant prévu au contrat, par exemple 60.")
    }
    let formula: PenaltyRule.Formula? =
      switch kind {
      case "smic": factor.map { .timesMinimumWage($0) }
      case "plafond": factor.map { .timesSocialSecurityHourlyCeiling($0) }
      case "jour":
        if let amount, let events, let unit { .perDayLate(amount, days: events, unit: unit) } else { nil }
      case "absence": if let amount, let events { .perAbsence(amount, count: events) } else { nil }
      default: amount.map { .perHour($0) }
      }
    guard form.errors.isEmpty, let formula, let unit, let day else {
      given = nil
      return
    }
    // Hours missing have their own penalty: those of a delay or an absence do not read them.
    var given = PenaltyCase(
      due: countsHours ? due ?? Hours(0) : Hours(0), credited: countsHours ? credited ?? Hours(0) : Hours(0),
      excused: countsHours ? excused : Hours(0),
      rules: [PenaltyRule(formula, cap: cap.map { .amount($0) })], day: day)
    given.requiresNotice = !(countsHours && form.ticked("derogation"))
    given.notice = received.map { .init(receivedOn: $0, delay: delay.map { Delay($0, unit) }) }
    self.given = given
  }
}

/// The penalty calculator.
struct PenaltyCalculator {
  let form: PenaltyForm
  /// The answer; nil where a field is wrong.
  let penalty: Penalty?
  let today: Day

  var page: Page {
    CalculatorPage(
      calculator: .penalty, fields: fields, extra: extra, answer: penalty.map { answer($0) },
      derivation: penalty?.derivation, paragraph: nil, query: form.form.query
    ).page
  }

  private var fields: [Field] {
    let typed = form.form
    return [
      typed.numberField("dues", "Heures dues", "1 000"), typed.numberField("realisees", "Heures comptabilisées", "900"),
      typed.numberField(
        "excusees", "Heures excusées par l’acheteur",
        hint: "L’entreprise avait prévenu et personne n’a été trouvé."),
      typed.choiceField("regle", "Pénalité prévue au contrat", PenaltyForm.kinds, "heure"),
      typed.numberField(
        "montant", "Montant (€)", "60", hint: "Par heure, par jour ou par absence, selon votre contrat."),
      typed.numberField("multiple", "Multiple", hint: "Si le contrat compte en SMIC ou en plafonds."),
      typed.textField("nombre", "Jours de retard ou absences", hint: "Si le contrat les compte.", mode: "numeric"),
      typed.numberField("limite", "Plafond de la pénalité (€)"),
      typed.textField("recue", "Mise en demeure reçue le", hint: "Par exemple 03/02/2028."),
      typed.textField("delai", "Délai laissé, en jours", hint: "Celui de la mise en demeure.", mode: "numeric"),
      typed.choiceField(
        "unite", "Jours", PenaltyForm.units.map { ($0.0, Say.capitalised($0.1.frenchName)) }, "calendaires"),
      typed.choiceField(
        "calendrier", "SMIC et jours fériés", DeadlinesForm.areas.map { ($0.0, Say.capitalised($0.1.french)) },
        "metropole"),
      typed.textField("jour", "Jour de la proposition", today.french),
    ]
  }

  private var extra: HTML {
    checkboxes(
      "Mise en demeure", name: "derogation", options: [.init("oui", "Le contrat en dispense pour les heures")],
      chosen: form.form.ticked("derogation") ? ["oui"] : [])
  }

  private func answer(_ penalty: Penalty) -> HTML {
    let missing = penalty.missing.hundredths
    let hours = "Pour \(penalty.missing.french) \(French.plural(missing / 100, "manquante", "manquantes")). "
    return """
      <div class="answer"><p class="figure">\(penalty.exposure.french)</p>
      <p>\(when(missing > 0, "\(hours)"))\
      \(penalty.amount == penalty.exposure
        ? "Une proposition\(French.thin): l’acheteur seul décide."
        : "Elle ne peut pas encore être proposée\(French.thin): rien n’est exigible à ce jour.")</p></div>

      """
  }
}
