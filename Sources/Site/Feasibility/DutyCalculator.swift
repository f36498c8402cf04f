import Casework
import Clauses

/// What the address of the duty calculator asks.
struct DutyForm {
  var form: CalculatorForm
  let nature: String
  let category: PurchaseCategory
  let buyer: BuyerType
  let value: Euros?
  let day: Day?
  let months: Int?
  let exception: LegalDuty.Exception?
  let considerations: Set<String>

  static let natures = [("marche", "Marché public"), ("concession", "Concession"), ("prive", "Contrat privé")]
  static let categories: [(String, PurchaseCategory)] = [
    ("travaux", .works), ("fournitures", .supplies), ("services", .services),
  ]
  static let buyers: [(String, BuyerType)] = [
    ("etat", .centralState), ("autre", .otherAuthority), ("entite", .contractingEntity), ("inconnu", .toBeSpecified),
  ]
  static let exceptions: [(String, LegalDuty.Exception)] = [
    ("solution", .immediateSolution), ("lien", .insufficientLink), ("concurrence", .competitionOrDifficulty),
    ("travaux", .worksUnderSixMonths),
  ]
  static let held: [(String, LegalDuty.Consideration)] = [
    ("execution", .execution), ("critere", .criterion), ("reserve", .reserved),
  ]

  init(_ query: Query, today: Day) {
    form = CalculatorForm(query)
    nature = form.choice("nature", Self.natures.map { ($0.0, $0.0) }, default: "marche") ?? "marche"
    category = form.choice("categorie", Self.categories, default: .services) ?? .services
    buyer = form.choice("acheteur", Self.buyers, default: .otherAuthority) ?? .otherAuthority
    value = form.euros("valeur", example: Euros(250_000))
    if nature != "prive" {
      form.need("valeur", value, "Indiquez la valeur estimée du besoin, par exemple 250\u{202F}000.")
    }
    day = form.day("envoi", default: today)
    months = form.whole("duree", in: 1...600)
    exception = form.choice("exception", Self.exceptions, default: nil)
    considerations = Set(query.all("prevu"))
  }

  /// The case, nil where a field is wrong or the contract is private.
  var given: LegalDuty.Case? {
    guard nature != "prive", let value, let day else { return nil }
    var given = LegalDuty.Case(
      kind: nature == "concession" ? .concession : .contract, category: category, buyer: buyer, estimatedValue: value,
      sentOn: day, durationMonths: months)
    given.isDefence = form.ticked("defense")
    given.considerations = Set(Self.held.filter { considerations.contains($0.0) }.map(\.1))
    given.exception = exception
    given.reason = form.query["motif"]
    return given
  }
}

/// The duty calculator.
struct DutyCalculator {
  let form: DutyForm
  /// The answer; nil where a field is wrong.
  let duty: LegalDuty?
  let today: Day

  var page: Page {
    CalculatorPage(
      calculator: .duty, fields: fields, extra: extra, answer: duty.map { answer($0) }, derivation: duty?.derivation,
      paragraph: duty.flatMap { paragraph($0) }, query: form.form.query
    ).page
  }

  private var fields: [Field] {
    let typed = form.form
    return [
      typed.choiceField("nature", "Nature du contrat", DutyForm.natures, "marche"),
      typed.choiceField(
        "categorie", "Catégorie", DutyForm.categories.map { ($0.0, Say.capitalised($0.1.french)) }, "services"),
      typed.choiceField(
        "acheteur", "Type d’acheteur", DutyForm.buyers.map { ($0.0, Say.capitalised($0.1.french)) }, "autre",
        hint:
          "État et ses établissements\(French.thin): autorité publique centrale. Collectivités, hôpitaux\(French.thin): autre. "
          + "Réseaux (eau, énergie, transports)\(French.thin): entité."),
      typed.numberField(
        "valeur", "Valeur estimée HT de tout le besoin", "250 000",
        hint: "Tous les lots et reconductions compris, en euros."),
      typed.textField(
        "envoi", "Envoi de l’avis ou début de la consultation", today.french, hint: "Par exemple 21/11/2026."),
      typed.textField("duree", "Durée d’exécution, en mois", mode: "numeric"),
      typed.choiceField(
        "exception", "Exception invoquée",
        [("", "Aucune")] + DutyForm.exceptions.map { ($0.0, Say.capitalised($0.1.french)) }),
      typed.textField("motif", "Motif écrit de l’exception"),
    ]
  }

  private var extra: HTML {
    """
    \(checkboxes(
      "Ce que le contrat prévoit", name: "prevu",
      options: [
        .init("execution", "Une condition d’exécution sociale ou d’emploi"), .init("critere", "Un critère d’attribution social"),
        .init("reserve", "Une réservation (SIAE, EA, ESAT…)"),
      ], chosen: form.considerations))\
    \(checkboxes(
      "Cas particulier", name: "defense", options: [.init("oui", "Marché de défense ou de sécurité")],
      chosen: form.form.ticked("defense") ? ["oui"] : []))
    """
  }

  private func answer(_ duty: LegalDuty) -> HTML {
    let tone: Tone = duty.isCompliant ? .good : duty.outcome == .toConfirm ? .warning : .late
    return """
      <div class="answer"><p class="figure">\(duty.applies ? "L’obligation s’applique" : "Pas d’obligation")</p>
      <p>\(Parts.status(tone, Say.capitalised(duty.outcomeText)))</p>\
      \(when(duty.threshold) { threshold in
        "<p>Seuil comparé\(French.thin): \(threshold.french) HT\(when(duty.article) { ", article \($0)" }).</p>"
      })</div>

      """
  }

  private func paragraph(_ duty: LegalDuty) -> String? {
    guard let given = form.given, let threshold = duty.threshold, let article = duty.article else { return nil }
    let what = given.kind == .concession ? "concession" : "\(given.category.french), \(given.buyer.french)"
    let compared = given.estimatedValue >= threshold.value ? "atteint" : "reste sous"
    return "Le besoin, estimé à \(given.estimatedValue.figureText) HT (\(what)), \(compared) le seuil européen de "
      + "\(threshold.french) HT en vigueur au \(given.sentOn.french), jour d’envoi de la consultation. Article \(article) du code "
      + "de la commande publique\(French.thin): \(duty.outcomeText)."
  }
}
