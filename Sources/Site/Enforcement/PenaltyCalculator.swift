import Casework
import Clauses

/// What the address of the penalty calculator asks.
struct PenaltyForm {
  var form: CalculatorForm
  /// The case, nil where a field is wrong.
  let given: PenaltyCase?

  static let kinds = [
    ("heure", "Un montant par heure manquante"), ("smic", "Un multiple du SMIC horaire brut"),
    ("plafond", "Un multiple du plafond horaire de la sécurité sociale"),
  ]

  init(_ query: Query, today: Day) {
    form = CalculatorForm(query)
    let due = form.hours("dues", default: Hours(1000))
    let credited = form.hours("realisees", default: Hours(900))
    let excused = form.hours("excusees", default: Hours(0))
    let kind = form.choice("regle", Self.kinds.map { ($0.0, $0.0) }, default: "heure")
    let amount = form.euros("montant", default: Euros(60))
    let factor = form.number("multiple", default: Quotient(2))
    let cap = form.euros("limite")
    let received = form.day("recue")
    let delay = form.whole("delai", in: 1...365)
    let day = form.day("jour", default: today)
    guard form.errors.isEmpty, let due, let credited, let excused, let kind, let amount, let factor, let day else {
      given = nil
      return
    }
    let formula: PenaltyRule.Formula =
      switch kind {
      case "smic": .timesMinimumWage(factor)
      case "plafond": .timesSocialSecurityHourlyCeiling(factor)
      default: .perHour(amount)
      }
    var given = PenaltyCase(
      due: due, credited: credited, excused: excused,
      rules: [PenaltyRule(formula, cap: cap.map { .amount($0) })], day: day)
    given.requiresNotice = !form.ticked("derogation")
    given.notice = received.map { .init(receivedOn: $0, delay: delay.map { Delay($0) }) }
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
    func field(
      _ name: String, _ label: String, _ usual: String? = nil, hint: String? = nil, mode: String? = "decimal"
    ) -> Field {
      Field(
        name, label, .text(mode: mode), value: typed.shown(name, default: usual), hint: hint, error: typed.errors[name])
    }
    return [
      field("dues", "Heures dues", "1 000"), field("realisees", "Heures comptabilisées", "900"),
      field(
        "excusees", "Heures excusées par l’acheteur", "0",
        hint: "L’entreprise avait prévenu et personne n’a été trouvé."),
      Field(
        "regle", "Pénalité prévue au contrat", .choice(PenaltyForm.kinds.map { Field.Option($0.0, $0.1) }),
        value: typed.shown("regle", default: "heure"), error: typed.errors["regle"]),
      field("montant", "Montant par heure (€)", "60", hint: "Celui de votre contrat."),
      field("multiple", "Multiple", "2", hint: "Si le contrat compte en SMIC ou en plafonds."),
      field("limite", "Plafond de la pénalité (€)"),
      field("recue", "Mise en demeure reçue le", hint: "Par exemple 03/02/2028.", mode: nil),
      field("delai", "Délai laissé, en jours", hint: "Celui de la mise en demeure.", mode: "numeric"),
      field("jour", "Jour de la proposition", today.french, mode: nil),
    ]
  }

  private var extra: HTML {
    checkboxes(
      "Mise en demeure", name: "derogation", options: [.init("oui", "Le contrat en dispense pour les heures")],
      chosen: form.form.ticked("derogation") ? ["oui"] : [])
  }

  private func answer(_ penalty: Penalty) -> HTML {
    let canAsk = penalty.amount == penalty.exposure
    return """
      <div class="answer"><p class="figure">\(penalty.exposure.french)</p>
      <p>Pour \(penalty.missing.french) \(French.plural(penalty.missing.hundredths / 100, "manquante", "manquantes")). \
      \(canAsk
        ? "Une proposition\(French.thin): l’acheteur seul décide."
        : "Elle ne peut pas encore être proposée\(French.thin): rien n’est exigible à ce jour.")</p></div>

      """
  }
}
