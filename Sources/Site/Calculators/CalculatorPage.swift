import Clauses

/// The frame of a calculator: the question on the left, the answer on the right, the way there under it.
///
/// The form sends a GET, so that the address holds the figures: it can be kept, sent and printed. With the script, the
/// answer follows what is typed; without it, a button asks.
struct CalculatorPage {
  let calculator: Calculator
  /// The fields of the form.
  let fields: [Field]
  /// What stands after the fields, such as boxes to tick.
  var extra = HTML.empty
  /// Fields that few need, under their own heading; open where one of them is filled in.
  var more: (title: String, fields: [Field], extra: HTML)?
  /// The answer; nil where fields are wrong.
  let answer: HTML?
  /// How it was reached.
  let derivation: Derivation?
  /// A text to paste into a document; nil where there is none.
  var paragraph: String?
  /// The address with the figures.
  let query: Query
  /// The field whose change asks for the whole page again, since other fields depend on it.
  var reloads: String?

  var page: Page {
    Page(
      title: calculator.title, section: .calculators, crumbs: [.init("Calculettes", .calculators(.index))],
      lead: "\(calculator.question)"
    ) {
      """
      <div class="with-filters calculator">
      <form class="filters" method="get" action="\(calculator.address)" data-live="resultat"\(when(reloads) { " data-reload=\"\($0)\"" }) aria-label="\(calculator.title)">
      \(errorSummary(fields + (more?.fields ?? [])))\(each(fields, \.html))\(extra)\(when(more) { fold($0) })
      <div class="no-print"><button class="btn btn-primary" type="submit">Calculer</button> \
      <a class="btn btn-link" href="\(calculator.address)">Repartir de l’exemple</a></div>
      </form>
      <div class="results" id="resultat" aria-live="polite">\(result)</div>
      </div>
      """
    }
  }

  private var result: HTML {
    guard let answer else {
      return Parts.empty(
        title: "Le résultat attend une correction",
        "<p>Corrigez le champ signalé\(French.thin): il s’affichera ici.</p>")
    }
    let reasoning = derivation.map { ReasoningView(derivation: $0) }
    return """
      <h2 class="visually-hidden">Résultat</h2>
      \(answer)\(when(reasoning) { "\($0.alerts)\($0.steps)\($0.remarks)\($0.sources)" })\(when(paragraph) { paste($0) })\(keep)
      """
  }

  private func fold(_ more: (title: String, fields: [Field], extra: HTML)) -> HTML {
    let isUsed = more.fields.contains { $0.value != nil || $0.error != nil }
    return """
      <details\(attribute("open", if: isUsed))><summary>\(more.title)</summary>\(each(more.fields, \.html))\(more.extra)</details>

      """
  }

  private func paste(_ text: String) -> HTML {
    """
    <h2>À coller dans votre note</h2>
    <blockquote class="paste"><p>\(text)</p></blockquote>

    """
  }

  private var keep: HTML {
    """
    <p class="no-print"><a href="\(calculator.address(query))">Lien vers ce calcul</a>\
    <span class="text-body-secondary"> (l’adresse garde vos chiffres)</span> \
    <button class="btn btn-outline-secondary" type="button" data-print>Imprimer</button></p>
    <p class="print-only">\(calculator.address(query).href)</p>

    """
  }
}

/// The calculators that anyone may use, in the order of a clause's life.
enum Calculator: String, CaseIterable {
  case duty = "obligation"
  case hours = "heures"
  case eligibility = "eligibilite"
  case deadlines = "echeances"
  case penalty = "penalite"

  var address: Address { address(Query()) }

  func address(_ query: Query) -> Address { .calculators(.calculator(self.rawValue, query)) }

  var title: String {
    switch self {
    case .duty: "Mon marché doit-il porter une considération sociale\u{202F}?"
    case .hours: "Combien d’heures d’insertion pour mon marché\u{202F}?"
    case .eligibility: "Cette personne peut-elle compter\u{202F}?"
    case .deadlines: "Que faut-il envoyer, et pour quand\u{202F}?"
    case .penalty: "Quelle pénalité pour les heures manquantes\u{202F}?"
    }
  }

  /// What stands in the list of calculators.
  var short: String {
    switch self {
    case .duty: "Obligation légale"
    case .hours: "Heures d’insertion"
    case .eligibility: "Éligibilité"
    case .deadlines: "Échéances"
    case .penalty: "Pénalité"
    }
  }

  var question: String {
    switch self {
    case .duty: "Nature, acheteur, valeur et date suffisent pour savoir si la loi l’exige, et ce qui la satisfait."
    case .hours:
      "Quatre chiffres donnent un nombre d’heures, par plusieurs méthodes côte à côte, chaque étape montrée."
    case .eligibility:
      "Situation, justificatif et dates\u{202F}: ce que la décision demande et jusqu’à quand elle vaut."
    case .deadlines: "Les dates du contrat donnent celles des déclarations, attestations et bilans."
    case .penalty: "Heures dues, réalisées et excusées\u{202F}: le montant, et ce qui doit le précéder."
    }
  }
}

/// The list of calculators.
struct CalculatorsView {
  var page: Page {
    Page(
      title: "Calculettes", section: .calculators,
      lead:
        "Sans compte et sans rien enregistrer\u{202F}: chaque résultat montre son calcul, ses textes et la source de ses chiffres."
    ) {
      """
      <ul class="advice">\(each(Calculator.allCases) { calculator in
        """
        <li><h2><a href="\(calculator.address)">\(calculator.title)</a></h2><p>\(calculator.question)</p></li>
        """
      })</ul>
      <p>Un autre programme peut poser les mêmes questions\(French.thin): \
      <a href="\(Address.rules(.list))">la liste des règles et de leurs champs</a> (JSON).</p>
      """
    }
  }
}
