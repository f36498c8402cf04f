internal import Clauses

extension Rule {
  /// Classes of exits, rate of dynamic ones, follow-up, and the indicators of a report.
  static let exit = Rule(
    name: "exit",
    summary:
      "Classe les sorties, donne le taux de sorties dynamiques, les dates de suivi et les indicateurs d’un bilan.",
    fields: [
      ("day", "le jour où l’on se place\u{202F}; à défaut aujourd’hui"),
      (
        "exits",
        "les sorties\u{202F}: id, kind (CDI, CDD, INTERIM, TITULARISATION, CREATION, CONTRAT_AIDE, FORMATION, AUTRE_SIAE, "
          + "CHOMAGE, INACTIVITE, SANS_NOUVELLES, RETRAIT), day, months ou from et until"
      ),
      ("durableMonths", "la durée à partir de laquelle un contrat est durable"),
      ("equalIsDurable", "si un contrat d’exactement cette durée est durable (oui par défaut)"),
      ("commitments", "les engagements\u{202F}: id, contract, buyer, company, due, credited, excused"),
      ("people", "les personnes\u{202F}: id, hours, training, attributes (name, value)"),
      ("basis", "les heures d’un équivalent temps plein\u{202F}: worked (par défaut) ou paid"),
      (
        "audience",
        "qui lit\u{202F}: facilitator (par défaut), national, coordination, buyer, company, public\u{202F}; pour les quatre "
          + "derniers, les sorties ne sont pas listées et les petits effectifs sont masqués (null)"
      ),
    ],
    example: """
      {"day": "2028-06-30", "exits": [
        {"id": "P1", "kind": "CDI", "day": "2028-03-01"},
        {"id": "P3", "kind": "INTERIM", "day": "2028-03-31", "months": 4}],
       "commitments": [{"id": "lot1-A", "contract": "2026-12", "buyer": "Val-Fleuri", "company": "A", "due": 1012.8,
                        "credited": 1020, "excused": 0}],
       "people": [{"id": "P1", "hours": 512, "training": 7, "attributes": [{"name": "sexe", "value": "femme"}]}]}
      """
  ) { input, context throws(RuleFaults) in
    let day = input.day("day", required: false) ?? context.today
    var policy = ExitPolicy()
    policy.durableMonths = input.whole("durableMonths", required: false, in: 1...120)
    policy.equalIsDurable = input.flag("equalIsDurable", required: false) ?? true
    let exits = input.objects("exits", required: false) { exit(&$0) }
    let commitments = input.objects("commitments", required: false) { commitment(&$0) }
    let people = input.objects("people", required: false) { participant(&$0) }
    if Set(people.flatMap(\.attributes.keys)).count > 50 {
      input.fault(
        "people", "Les personnes portent plus de 50 attributs différents\(French.thin): gardez ceux à compter.")
    }
    let basis = input.choice("basis", OutcomeIndicators.Basis.self, required: false) ?? .worked
    let audience = input.choice("audience", Secrecy.Audience.self, required: false) ?? .facilitator
    try input.check()
    let classed = try Rule.withFigures { () throws(MissingFigure) in
      try Exits.classed(exits, policy: policy, on: day, figures: context.figures)
    }
    let indicators = try Rule.withFigures { () throws(MissingFigure) in
      try OutcomeIndicators.computed(
        commitments: commitments, participants: people, basis: basis, for: audience, on: day, figures: context.figures)
    }
    let shown = try Rule.withFigures { () throws(MissingFigure) in
      try classed.shown(to: audience, on: day, figures: context.figures)
    }
    var derivation = shown.derivation
    derivation.append(indicators.derivation)
    return .object(
      [
        ("exits", shown.isMasked ? .null : .list(shown.exits.map(\.json))),
        ("counts", .object(shown.counts.map { ($0.kind.rawValue, number($0.count)) })), ("base", number(shown.base)),
        ("dynamic", number(shown.dynamic)), ("dynamicRate", shown.rate.map { .share($0) } ?? .null),
        ("masked", .flag(shown.isMasked)), ("indicators", indicators.json),
      ] + derivation.fields)
  }

  /// A number, or null where it is hidden.
  private static func number(_ value: Int?) -> RuleJSON { value.map { .whole($0) } ?? .null }

  private static func exit(_ input: inout RuleInput) -> Exit? {
    let (id, kind, day) = (input.text("id", most: 200), input.choice("kind", Exit.Kind.self), input.day("day"))
    let months = input.whole("months", required: false, in: 0...600)
    let (from, until) = (input.day("from", required: false), input.day("until", required: false))
    guard let id, let kind, let day else { return nil }
    if let until, until < from ?? day {
      input.fault("until", "Le nouveau contrat finit avant de commencer\u{202F}: corrigez un des jours.")
    }
    return Exit(id: id, kind: kind, day: day, months: months, contractFrom: from, contractUntil: until)
  }

  private static func commitment(_ input: inout RuleInput) -> OutcomeIndicators.CommitmentOutcome? {
    let (id, contract) = (input.text("id", most: 200), input.text("contract", most: 200))
    let (buyer, company) = (input.text("buyer", most: 200), input.text("company", most: 200))
    let (due, credited) = (input.hours("due"), input.hours("credited"))
    let excused = input.hours("excused", required: false) ?? Hours(0)
    guard let id, let contract, let buyer, let company, let due, let credited else { return nil }
    return .init(
      id: id, contract: contract, buyer: buyer, company: company, due: due, credited: credited, excused: excused)
  }

  private static func participant(_ input: inout RuleInput) -> OutcomeIndicators.ParticipantOutcome? {
    let (id, hours) = (input.text("id", most: 200), input.hours("hours"))
    let training = input.hours("training", required: false) ?? Hours(0)
    let attributes = input.objects("attributes", required: false, most: 50) { pair -> (String, String)? in
      let (name, value) = (pair.text("name", most: 100), pair.text("value", most: 200))
      guard let name, let value else { return nil }
      return (name, value)
    }
    guard let id, let hours else { return nil }
    return .init(
      id: id, hours: hours, training: training,
      attributes: Dictionary(attributes, uniquingKeysWith: { first, _ in first }))
  }
}

extension Exits.Classed {
  fileprivate var json: RuleJSON {
    .object([
      ("id", .text(exit.id)), ("class", .text(kind.rawValue)), ("label", .text(kind.french)), ("reason", .text(reason)),
      (
        "followUps",
        .list(
          followUps.map { .object([("months", .whole($0.months)), ("day", .day($0.day)), ("due", .flag($0.isDue))]) })
      ),
    ])
  }
}

extension OutcomeIndicators {
  fileprivate var json: RuleJSON {
    .object([
      ("due", .hours(due)), ("credited", .hours(credited)), ("excused", .hours(excused)), ("missing", .hours(missing)),
      ("done", .hours(done)), ("training", training.map { .hours($0) } ?? .null), ("commitments", .whole(commitments)),
      ("contracts", .whole(contracts)), ("buyers", .whole(buyers)), ("companies", .whole(companies)),
      ("participants", participants.map { .whole($0) } ?? .null),
      ("fullTime", .hours(Hours(hundredths: Int64(fullTimeHundredths)))),
      ("fullTimeHours", .hours(basis.value)), ("breakdowns", .list(breakdowns.map(\.json))),
    ])
  }
}

extension OutcomeIndicators.Breakdown {
  fileprivate var json: RuleJSON {
    .object([
      ("attribute", .text(attribute)),
      (
        "values",
        .list(
          zip(values, table.cells).map { value, row in
            .object([("value", .text(value))] + row[0].jsonFields)
          })
      ),
      ("total", .object(table.total.jsonFields)),
    ])
  }
}
