import Casework
import Clauses

/// What the address of the eligibility calculator asks.
struct EligibilityForm {
  var form: CalculatorForm
  let list: EligibilityList
  /// The case, nil where a field is wrong or no situation was chosen.
  let given: EligibilityCase?

  static let lists = EligibilityList.allCases.filter { $0.rawValue != "local" }.map { ($0.rawValue, $0) }
  static let modalities = Modality.allCases.map { ($0.rawValue, $0) }

  init(_ query: Query, today: Day) {
    form = CalculatorForm(query)
    list = form.choice("liste", Self.lists, default: .ccag) ?? .ccag
    let day = form.day("decision", default: today)
    let proof = form.day("justificatif")
    let validity = form.day("validite")
    let hired = form.day("embauche")
    let birth = form.day("naissance")
    let modality = form.choice("modalite", Self.modalities, default: nil)
    let kind = form.choice("structure", StructureKind.allCases.map { ($0.rawValue, $0) }, default: nil)
    guard form.errors.isEmpty, let day, let situation = query["situation"] else {
      given = nil
      return
    }
    let papers = EligibilityCase.Proof(issuedOn: proof, validUntil: validity)
    var claims = [EligibilityCase.Claim(situation, proof: proof == nil && validity == nil ? nil : papers)]
    for other in query.all("autre") where other != situation { claims.append(.init(other, proof: papers)) }
    var given = EligibilityCase(list: list, day: day, claims: claims, hiredOn: hired, modality: modality)
    given.birthDate = birth
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
      derivation: isRight ? answer.decision?.derivation : nil, paragraph: nil, query: form.form.query
    ).page
  }

  private var fields: [Field] {
    let typed = form.form
    func date(_ name: String, _ label: String, _ usual: Day? = nil, hint: String? = nil) -> Field {
      Field(
        name, label, .text(), value: typed.shown(name, default: usual?.french), hint: hint, error: typed.errors[name])
    }
    func choice(_ name: String, _ label: String, _ options: [(String, String)], hint: String? = nil) -> Field {
      Field(
        name, label, .choice(options.map { Field.Option($0.0, $0.1) }), value: typed.shown(name), hint: hint,
        error: typed.errors[name])
    }
    return [
      choice("liste", "Liste des publics", EligibilityForm.lists.map { ($0.0, Say.capitalised($0.1.french)) }),
      choice(
        "situation", "Situation de la personne",
        [("", "Choisissez")] + answer.criteria.map { ($0.code, Say.short(Say.capitalised($0.label), limit: 90)) }),
      date("justificatif", "Date du justificatif", hint: "Par exemple 20/10/2026."),
      date("validite", "Fin de validité du justificatif", hint: "RQTH, titre de séjour."),
      date("naissance", "Date de naissance", hint: "Seulement si l’âge compte. Rien n’est enregistré."),
      date("decision", "Jour de la décision", today),
      date("embauche", "Premier jour du contrat de travail"),
      choice(
        "modalite", "Modalité",
        [("", "Non connue")] + EligibilityForm.modalities.map { ($0.0, Say.capitalised($0.1.french)) }),
      choice(
        "structure", "Structure qui emploie", [("", "Aucune")] + StructureKind.allCases.map { ($0.rawValue, $0.label) },
        hint: "Pour les critères de l’insertion par l’activité économique."),
    ]
  }

  private var extra: HTML {
    checkboxes(
      "Contrat", name: "cdi48", options: [.init("oui", "Le contrat compte les CDI plus longtemps")],
      chosen: form.form.ticked("cdi48") ? ["oui"] : [])
  }

  private var start: HTML {
    """
    \(Parts.empty(
      title: "Choisissez une situation",
      "<p>La décision, ses trois durées et ce qui manque s’afficheront ici. Ne saisissez ni nom ni numéro de sécurité sociale\(French.thin): ils ne servent à rien ici.</p>"
    ))<h2>Les publics de \(form.list.french)</h2>
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
