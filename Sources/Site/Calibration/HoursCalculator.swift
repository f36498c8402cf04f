import Casework
import Clauses

/// What the address of the hours calculator asks.
struct HoursForm {
  var form: CalculatorForm
  /// The segment of the CPV code where one was typed, else the one that was chosen.
  let segment: String
  let given: Calibration.Case
  let wanted: Hours?

  static let roundings = [("1", "à l’heure"), ("5", "à 5 heures"), ("10", "à 10 heures"), ("70", "à 70 heures")]

  /// The fields that are read.
  static let names: Set<String> = [
    "segment", "cpv", "montant", "part", "taux", "cout", "heures", "duree", "reprise", "etp", "parheure", "seuil",
    "facture", "rattrapage", "arrondi", "voulu",
  ]

  /// Durations that are read, in months.
  static let months = 1...600

  init(_ query: Query, segments: PurchaseSegments) {
    form = CalculatorForm(query)
    let codes = segments.all.map(\.segment.value.code)
    let first = codes.first ?? ""
    let chosen = form.choice("segment", codes.map { ($0, $0) }, default: first) ?? first
    var given = Calibration.Case()
    given.cpv = form.cpv("cpv")
    segment = given.cpv.flatMap { segments.sheet(of: $0)?.segment.value.code } ?? chosen
    given.amount = form.euros("montant", example: Euros(1_000_000))
    given.labourShare = form.percent("part")
    given.insertionRate = form.percent("taux")
    given.hourlyCost = form.euros("cout")
    if given.hourlyCost == Euros(0) {
      form.fault("cout", "Le coût d’une heure ne peut pas être nul\u{202F}: écrivez par exemple 30.")
      given.hourlyCost = nil
    }
    given.labourHours = form.hours("heures")
    given.months = form.whole("duree", in: Self.months)
    given.monthlyHoursTakenOver = form.hours("reprise")
    if given.monthlyHoursTakenOver != nil {
      form.need(
        "duree", given.months, "Indiquez la durée\u{202F}: les heures du personnel repris sont comptées par mois.")
    }
    given.count = form.number("etp")
    given.eurosPerHour = form.euros("parheure")
    if given.eurosPerHour == Euros(0) {
      form.fault("parheure", "Ce montant ne peut pas être nul\u{202F}: écrivez par exemple 3\u{202F}000.")
      given.eurosPerHour = nil
    }
    given.trigger = form.euros("seuil")
    given.invoiced = form.euros("facture") ?? (given.eurosPerHour == nil ? nil : given.amount)
    given.catchesUp = form.ticked("rattrapage")
    given.rounding = .init(step: form.choice("arrondi", Self.roundings.map { ($0.0, Int($0.0) ?? 1) }, default: 1) ?? 1)
    wanted = form.hours("voulu")
    self.given = given
  }

  /// An amount as the form holds it: `400000` or `1234,50`.
  static func typed(_ amount: Euros) -> String {
    amount.cents % 100 == 0 ? "\(amount.cents / 100)" : amount.description.replacing(".", with: ",")
  }

  /// The method that the most particular field typed calls for; nil where only the common ones were.
  var method: Calibration.Method? {
    if given.monthlyHoursTakenOver != nil { return .cleaningTakeover }
    if given.eurosPerHour != nil { return .perInvoiced }
    if given.labourHours != nil { return .labourHours }
    return given.count == nil ? nil : .fullTimeEquivalent
  }
}

/// The hours calculator: every method that applies, side by side.
struct HoursCalculator {
  let form: HoursForm
  /// The answer; its comparison is shown only where no field is wrong.
  let answer: CompareCalibrations.Answer

  var page: Page {
    let isRight = form.form.errors.isEmpty
    return CalculatorPage(
      calculator: .hours, fields: fields, more: growing, answer: isRight ? result : nil,
      derivation: isRight ? derivation : nil,
      paragraph: isRight ? paragraph : nil, query: form.form.query
    ).page
  }

  /// The method shown in large: the one that what was typed calls for, else the share of labour.
  private var main: Sizing? {
    let sizings = answer.comparison.compared
    return sizings.first { $0.method == form.method } ?? sizings.first { $0.method == .labourShare } ?? sizings.first
  }

  var fields: [Field] {
    let typed = form.form
    let used = main?.used
    func proposed(_ value: String?, _ isTyped: Bool) -> String? {
      isTyped ? nil : value.map { "Laissez vide pour la valeur proposée\(French.thin): \($0)." }
    }
    return [
      segmentField,
      typed.textField(
        "cpv", "Code CPV, si vous le connaissez", hint: "Il l’emporte sur le choix ci-dessus.", mode: "numeric"),
      typed.numberField("montant", "Montant HT sur toute la durée", "1 000 000", hint: "En euros."),
      typed.numberField(
        "part", "Part de main-d’œuvre (%)", hint: proposed(used?.labourShare?.french, form.given.labourShare != nil)),
      typed.numberField(
        "taux", "Taux d’insertion (%)", hint: proposed(used?.insertionRate?.french, form.given.insertionRate != nil)),
      typed.numberField(
        "cout", "Coût horaire chargé (€)", hint: proposed(used?.hourlyCost?.figureText, form.given.hourlyCost != nil)),
      typed.textField("duree", "Durée, en mois", hint: "Pour la propreté et le barème.", mode: "numeric"),
      typed.numberField(
        "heures", "Heures de main-d’œuvre du contrat", hint: "Si l’entreprise ou l’estimation les donne."),
      typed.numberField(
        "reprise", "Heures par mois du personnel repris",
        hint: "Propreté\(French.thin): personnel en place à reprendre."),
      typed.numberField("etp", "Postes à temps plein voulus"),
      typed.numberField("voulu", "Heures à atteindre", hint: "Pour trouver le taux qui les donne."),
      typed.choiceField("arrondi", "Arrondir", HoursForm.roundings, "1"),
    ]
  }

  private var segmentField: Field {
    let options = answer.segments.map { Field.Option($0.segment.value.code, $0.segment.value.label) }
    return Field(
      "segment", "Ce qui est acheté", .choice(options),
      value: form.given.cpv == nil ? form.form.shown("segment", default: form.segment) : form.segment,
      error: form.form.errors["segment"])
  }

  /// What a framework agreement asks for: hours that grow with what is invoiced.
  var growing: (title: String, fields: [Field], extra: HTML) {
    let typed = form.form
    return (
      "Accord-cadre\(French.thin): heures dues selon la facturation",
      [
        typed.numberField(
          "parheure", "Montant facturé pour une heure (€)",
          hint: "Par exemple une heure pour 3\(French.thin)000\(French.noBreak)€."),
        typed.numberField("seuil", "Seuil de déclenchement (€)", hint: "Rien n’est dû avant."),
        typed.numberField("facture", "Montant facturé (€)", hint: "Vide\(French.thin): le montant de toute la durée."),
      ],
      checkboxes(
        "Au-delà du seuil", name: "rattrapage",
        options: [.init("oui", "Les heures de ce qui a été facturé avant lui sont dues aussi")],
        chosen: typed.ticked("rattrapage") ? ["oui"] : [])
    )
  }

  private var result: HTML {
    guard let main else {
      return Parts.empty(
        title: "Aucune méthode ne s’applique",
        "<p>Donnez un montant, ou des heures de main-d’œuvre et un taux.</p>\(gaps)")
    }
    return """
      <div class="answer"><p class="figure">\(main.hours.french) d’insertion</p>
      <p>\(main.isWorthwhile
        ? "Soit \(persons(main)), au ratio national d’heures par personne."
        : "C’est peu\(French.thin): lisez les remarques avant d’écrire une clause.")\
      \(when(main.exactHours != main.hours, " Valeur exacte\(French.thin): \(main.exactHours.french)."))</p></div>
      \(methods)\(backwards)
      """
  }

  /// What the most usual method lacks, once an amount is there.
  private var gaps: HTML {
    guard form.given.amount != nil,
      let usual = answer.comparison.excluded.first(where: { $0.method == .labourShare })
    else { return .empty }
    return "<ul>\(each(usual.gaps) { "<li>\($0.sentence)</li>" })</ul>"
  }

  /// The number of persons in the words of the step that gives it.
  private func persons(_ sizing: Sizing) -> String {
    sizing.derivation.steps.last?.result ?? French.count(sizing.people, "personne")
  }

  private var methods: HTML {
    let comparison = answer.comparison
    guard comparison.sizings.count > 1 || !comparison.excluded.isEmpty else { return .empty }
    return """
      <h2>Les méthodes côte à côte</h2>
      \(table("Heures selon chaque méthode", comparison.compared))\
      \(when(!comparison.beside.isEmpty, """
        <h3>À part, car d’une autre nature</h3>
        \(table("Heures de stage ou de formation", comparison.beside))
        """))\(others)
      """
  }

  private func table(_ caption: String, _ sizings: [Sizing]) -> HTML {
    let rows: [[HTML]] = sizings.map { sizing in
      ["\(Say.capitalised(sizing.method.french))", "\(sizing.hours.french)", "\(formula(sizing))"]
    }
    return Table(caption: caption, columns: [.text("Méthode"), .number("Heures"), .text("Formule")], rows: rows).html
  }

  /// The formula that gives the hours, without what comes after it: rounding, number of people.
  private func formula(_ sizing: Sizing) -> String {
    let signs: Set<Character> = ["×", "÷", "−"]
    let steps = sizing.derivation.steps.dropLast(sizing.people > 0 ? 1 : 0).compactMap(\.formula)
    return Say.breakable(steps.last { $0.contains { signs.contains($0) } } ?? "")
  }

  /// What the other methods would need.
  private var others: HTML {
    let cleans = form.segment == Calibration.cleaningSegment
    let excluded = answer.comparison.excluded.filter { $0.method != .cleaningTakeover || cleans }
    guard !excluded.isEmpty else { return .empty }
    return """
      <details><summary>Ce qu’il faudrait pour les autres méthodes</summary><ul>\(each(excluded) { method in
        "<li>\(Say.capitalised(method.method.french))\(French.thin): \(method.gaps.map(\.sentence).joined(separator: " "))</li>"
      })</ul></details>

      """
  }

  private var backwards: HTML {
    var lines: [HTML] = []
    if let rate = answer.rate {
      let found = rate.value.map { "un taux de \($0.french)" } ?? "aucun taux jusqu’à 100\(French.thin)%"
      lines.append("<li>Pour \(rate.target.french)\(French.thin): \(found).</li>")
    }
    if let amount = answer.worthwhileFrom, let value = amount.value {
      lines.append("<li>Avec ces mêmes chiffres, \(amount.target.french) demandent au moins \(value.french) HT.</li>")
    }
    return when(!lines.isEmpty, "<h2>À l’envers</h2><ul>\(lines)</ul>\n")
  }

  /// The steps of the method shown in large, the remarks of all.
  private var derivation: Derivation? {
    guard let main else { return answer.comparison.derivation }
    var derivation = main.derivation
    for finding in answer.comparison.derivation.findings where !derivation.findings.contains(finding) {
      derivation.note(finding)
    }
    return derivation
  }

  private var paragraph: String? {
    guard let main, main.method == .labourShare, let amount = main.used.amount, let share = main.used.labourShare,
      let rate = main.used.insertionRate, let cost = main.used.hourlyCost
    else { return nil }
    return
      "Le titulaire réserve au moins \(main.hours.french) de travail à des personnes éligibles à l’insertion. Ce volume "
      + "résulte du montant estimé (\(amount.figureText) HT), d’une part de main-d’œuvre de \(share.french), d’un taux "
      + "d’insertion de \(rate.french) et d’un coût horaire chargé de \(cost.figureText)."
  }
}
