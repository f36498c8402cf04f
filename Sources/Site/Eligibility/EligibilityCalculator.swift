import Casework
import Clauses

/// What the address of the eligibility calculator asks.
struct EligibilityForm {
  var form: CalculatorForm
  let list: EligibilityList
  /// The day of the decision, whose version of the list counts.
  let day: Day
  /// The case, nil where a field is wrong or no situation was chosen.
  let given: EligibilityCase?

  static let lists = EligibilityList.allCases.filter { $0.rawValue != "local" }.map { ($0.rawValue, $0) }
  static let modalities = Modality.allCases.map { ($0.rawValue, $0) }

  /// Reads an address; a situation that another list names is left out, so that the list may be changed.
  init(_ query: Query, today: Day, codes: (EligibilityList, Day) -> [String]) {
    form = CalculatorForm(query)
    list = form.choice("liste", Self.lists, default: .ccag) ?? .ccag
    let day = form.day("decision", default: today) ?? today
    self.day = day
    let proof = form.day("justificatif")
    let validity = form.day("validite")
    let hired = form.day("embauche")
    // The age is enough, and an address that holds it tells less than a date of birth.
    let age = form.whole("age", in: 14...99)
    let modality = form.choice("modalite", Self.modalities, default: nil)
    let kind = form.choice("structure", StructureKind.allCases.map { ($0.rawValue, $0) }, default: nil)
    let known = Set(codes(list, day))
    let situations = query.all("situation").filter(known.contains)
    guard form.errors.isEmpty, !situations.isEmpty else {
      given = nil
      return
    }
    let papers = proof == nil && validity == nil ? nil : EligibilityCase.Proof(issuedOn: proof, validUntil: validity)
    var claims: [EligibilityCase.Claim] = []
    for code in situations where !claims.contains(where: { $0.code == code }) {
      claims.append(.init(code, proof: papers))
    }
    var given = EligibilityCase(list: list, day: day, claims: claims, hiredOn: hired, modality: modality)
    given.birthDate = age.map { day.adding(months: -12 * $0) }
    given.structureKind = kind
    given.allowsLongOpenEnded = form.ticked("cdi48")
    self.given = given
  }
}

/// The eligibility calculator.
struct EligibilityCalculator {
  let form: EligibilityForm
  /// The list of publics, and the decision where a situation was chosen.
  let answer: DecideEligibility.Answer
  let today: Day

  var page: Page {
    let isRight = form.form.errors.isEmpty
    return CalculatorPage(
      calculator: .eligibility, fields: fields, extra: extra,
      answer: isRight ? answer.decision.map { decided($0) } ?? start : nil,
      derivation: isRight ? answer.decision?.derivation : nil, paragraph: nil, query: form.form.query, reloads: "liste"
    ).page
  }

  private var fields: [Field] {
    let typed = form.form
    var fields = [
      typed.choiceField(
        "liste", "Liste des publics", EligibilityForm.lists.map { ($0.0, Say.capitalised($0.1.french)) })
    ]
    // Boxes stand in place of this choice where a list asks for several criteria together.
    if !asksForSeveral {
      fields.append(
        typed.choiceField(
          "situation", "Situation de la personne", [("", "Choisissez")] + answer.criteria.map(Self.option)))
    }
    return fields + [
      typed.textField("justificatif", "Date du justificatif", hint: "Par exemple 20/10/2026."),
      typed.textField("validite", "Fin de validité du justificatif", hint: "RQTH, titre de séjour."),
      typed.textField(
        "age", "Âge le jour de la décision", hint: "Seulement s’il compte. Rien n’est enregistré.", mode: "numeric"),
      typed.textField("decision", "Jour de la décision", today.french),
      typed.textField("embauche", "Premier jour du contrat de travail"),
      typed.choiceField(
        "modalite", "Modalité",
        [("", "Non connue")] + EligibilityForm.modalities.map { ($0.0, Say.capitalised($0.1.french)) }),
      typed.choiceField(
        "structure", "Structure qui emploie",
        [("", "Aucune")] + StructureKind.allCases.map { ($0.rawValue, $0.label) },
        hint: "Pour les critères de l’insertion par l’activité économique."),
    ]
  }

  /// Whether the list has criteria of which several are needed together.
  private var asksForSeveral: Bool { answer.criteria.contains { !$0.group.isEnough } }

  private static func option(_ criterion: EligibilityCriterion) -> (String, String) {
    (criterion.code, Say.short(Say.capitalised(criterion.label), limit: 90))
  }

  private var extra: HTML {
    let chosen = Set(form.form.query.all("situation"))
    func boxes(_ legend: String, _ criteria: [EligibilityCriterion]) -> HTML {
      checkboxes(
        legend, name: "situation", options: criteria.map { Field.Option(Self.option($0).0, Self.option($0).1) },
        chosen: chosen)
    }
    return """
      \(when(asksForSeveral, """
        \(boxes("Situations dont une suffit", answer.criteria.filter(\.group.isEnough)))\
        \(boxes("Situations à réunir", answer.criteria.filter { !$0.group.isEnough }))
        """))\
      \(checkboxes(
        "Contrat", name: "cdi48", options: [.init("oui", "Le contrat compte les CDI plus longtemps")],
        chosen: form.form.ticked("cdi48") ? ["oui"] : []))
      """
  }

  private var start: HTML {
    """
    \(Parts.empty(
      title: "Choisissez une situation",
      "<p>La décision, ses trois durées et ce qui manque s’afficheront ici. Ne saisissez ni nom ni numéro de sécurité sociale\(French.thin): ils ne servent à rien ici.</p>"
    ))<h2>\(Say.capitalised(form.list.french))</h2>
    <ul>\(each(answer.criteria) { criterion in
      "<li>\(Say.capitalised(criterion.label))\(when(!criterion.proofs.isEmpty, "<br><span class=\"source\">\(French.list(criterion.proofs.map { Say.capitalised($0.value.french) }, last: "ou"))</span>"))</li>"
    })</ul>

    """
  }

  private func decided(_ decision: Eligibility) -> HTML {
    """
    <div class="answer"><p class="figure">\(decision.isEligible ? "Éligible" : "Pas éligible en l’état")</p>
    \(when(decision.expires) { "<p>Utile jusqu’au \($0.french).</p>" })</div>
    \(when(!decision.clocks.isEmpty, """
      <h2>Les durées qui courent</h2><dl class="definitions">\(each(decision.clocks) { clock in
        "<dt>\(Say.capitalised(clock.kind.french))</dt><dd>\(clock.sentence)</dd>"
      })</dl>

      """))
    """
  }
}
