internal import Clauses

extension Rule {
  /// What is credited of raw hours, under one policy or several side by side.
  static let counting = Rule(
    name: "counting",
    summary:
      "Heures comptabilisées d’après une méthode de décompte ou plusieurs, avec le motif de chaque heure écartée.",
    fields: [
      ("from", "premier jour d’exécution du marché"),
      ("to", "dernier jour d’exécution, si connu"),
      ("day", "jour dont valent les données de référence et les choix hérités (aujourd’hui par défaut)"),
      (
        "ccag",
        "CCAG auquel le contrat se réfère\u{202F}: works, suppliesServices, intellectual, ict, projectManagement, industrial"
      ),
      (
        "policy",
        "la méthode\u{202F}: name, unit (worked, paid), sickness, leave, publicHolidays (included, excluded), training "
          + "(included, shortBlocks, excluded), trainingBlockUnder, tutoring (included, apart, excluded), weights, "
          + "directHireMonths, permanentHireMonths, otherMonths, windows (category, modality, months, origin), "
          + "decisionMonths, alreadyInPost (excluded, whenEligible), subcontract (insertionHours, invoice), hourlyRate, lateValidation (nothing, fromValidation, fromHire)\u{202F}; ce qui manque vient des "
          + "données de référence"
      ),
      ("policies", "plusieurs méthodes à comparer, chacune avec son name\u{202F}; la première sert de référence"),
      (
        "layers",
        "ou des choix hérités\u{202F}: level (coordination, buyer, lot, agreement), name, from et policy (options choisies)"
      ),
      (
        "facts",
        "les faits bruts\u{202F}: person, month, modality, contractStart, contractEnd, decision, eligibleAtHire, lateReason, "
          + "alreadyInPost, situations, category (critère retenu), firstHiredOn (premier jour du contrat de travail qui a "
          + "ouvert la période comptée, si une décision est reprise), suspensions (from, until), worked (formation et tutorat compris), paid, absences (sickness, leave, "
          + "publicHoliday, other), training ou trainingBlocks (hours, whole), tutoring, insertionHours, invoice, splits "
          + "(day, et les heures du mois d’avant ce jour)"
      ),
    ],
    example: """
      {
        "from": "2026-12-01", "to": "2028-03-31",
        "policies": [
          {"name": "depuis la décision", "lateValidation": "fromValidation"},
          {"name": "rien si tardive", "lateValidation": "nothing"},
          {"name": "depuis l’embauche", "lateValidation": "fromHire"}
        ],
        "facts": [
          {"person": "P3", "month": "2026-12", "modality": "EMBAUCHE_CDD", "contractStart": "2026-12-01",
            "decision": "2026-12-10", "eligibleAtHire": true, "lateReason": "Pièce reçue après l’embauche",
            "worked": 140, "splits": [{"day": "2026-12-10", "worked": 42}]}
        ]
      }
      """
  ) { input, context throws(RuleFaults) in
    let from = input.day("from")
    let to = input.day("to", required: false)
    if let from, let to, to < from { input.fault("to", "La fin vient avant le début (\(from.french)).") }
    let day = input.day("day", required: false) ?? context.today
    let conditions = input.choice("ccag", GeneralConditions.self, required: false)
    let policies = input.countingLayers(context, day)
    let facts = input.objects("facts", most: 20_000) { $0.countingFact() }
    let performance = Counting.Performance(from: try input.unwrap(from), to: to)
    var derivation = Derivation()
    var inherited: [(name: String, policy: InheritedPolicy)] = []
    do throws(MissingFigure) {
      for (name, layers) in policies {
        inherited.append(
          (
            name,
            try InheritedPolicy(layers, under: conditions, figures: context.figures, on: day, into: &derivation)
          ))
      }
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
    try input.check()
    let comparison = CountingComparison(
      facts, policies: inherited.map { ($0.name, $0.policy.policy) }, performance: performance)
    let first = try input.unwrap(comparison.sides.first)
    derivation.append(first.counting.derivation)
    return .object(
      first.counting.fields
        + [
          ("policy", inherited.first?.policy.json ?? .null),
          ("comparison", comparison.sides.count > 1 ? comparison.json(inherited.map(\.policy)) : .null),
        ] + derivation.fields)
  }
}

// MARK: - Reading

extension RuleInput {
  /// The policies wanted, each as its layers; one without choices where none is named.
  fileprivate mutating func countingLayers(
    _ context: Rule.Context, _ day: Day
  ) -> [(name: String, layers: [PolicyLayer])] {
    let block = context.figures.hours[.trainingBlock, on: day]?.value
    if ["policy", "policies", "layers"].filter({ has($0) }).count > 1 {
      fault("policy", "Donnez soit «\u{A0}policy\u{A0}», soit «\u{A0}policies\u{A0}», soit «\u{A0}layers\u{A0}».")
    }
    let one = object("policy", required: false) { input -> (String, PolicyLayer.Options)? in
      (input.text("name", required: false) ?? "méthode demandée", input.countingOptions(block))
    }
    let several = objects("policies", required: false, most: 20) { input -> (String, PolicyLayer.Options)? in
      let name = input.text("name")
      let options = input.countingOptions(block)
      return name.map { ($0, options) }
    }
    if has("policies"), several.isEmpty { fault("policies", "Donnez au moins une méthode.") }
    let layers = objects("layers", required: false, most: 100) { input -> PolicyLayer? in
      let level = input.choice("level", PolicyLayer.Level.self)
      let name = input.text("name")
      let from = input.day("from", required: false)
      let options = input.object("policy") { $0.countingOptions(block) }
      guard let level, let name, let options else { return nil }
      return PolicyLayer(level: level, name: name, from: from, options: options)
    }
    guard layers.isEmpty else { return [("méthode héritée", layers)] }
    return ((one.map { [$0] } ?? []) + several).map { name, options in
      (name, [PolicyLayer(level: .lot, name: name, options: options)])
    }.nonEmpty ?? [("données de référence", [])]
  }

  private mutating func countingOptions(_ block: Hours?) -> PolicyLayer.Options {
    var options = PolicyLayer.Options()
    options.unit = choice("unit", required: false)
    options.sickness = choice("sickness", required: false)
    options.leave = choice("leave", required: false)
    options.publicHolidays = choice("publicHolidays", required: false)
    let limit = hours("trainingBlockUnder", required: false)
    switch choice("training", CountingPolicy.TrainingWord.self, required: false) {
    case .included: options.training = .included
    case .excluded: options.training = .excluded
    case .shortBlocks: options.training = (limit ?? block).map { .blocksUnder($0) }
    case nil: break
    }
    if limit != nil, options.training == .included || options.training == .excluded || options.training == nil {
      fault("trainingBlockUnder", "Cette durée ne sert qu’avec «\u{A0}training\u{A0}»: «\u{A0}shortBlocks\u{A0}».")
    }
    options.tutoring = choice("tutoring", required: false)
    let weights = object("weights", required: false) { input -> [CountingPolicy.Situation: Quotient]? in
      var weights: [CountingPolicy.Situation: Quotient] = [:]
      for situation in CountingPolicy.Situation.allCases {
        weights[situation] = input.number(situation.rawValue, required: false)
        if let weight = weights[situation], weight > Quotient(5) {
          input.fault(situation.rawValue, "Un coefficient va de 0 à 5\u{202F}: 1.2 majore d’un cinquième.")
        }
      }
      return weights
    }
    options.weights = weights ?? [:]
    options.directHireMonths = whole("directHireMonths", required: false, in: 0...600)
    options.permanentHireMonths = whole("permanentHireMonths", required: false, in: 0...600)
    options.otherMonths = whole("otherMonths", required: false, in: 0...600)
    options.windows = objects("windows", required: false, most: 100) { $0.countingChoice() }
    options.decisionMonths = whole("decisionMonths", required: false, in: 1...240)
    options.alreadyInPost = choice("alreadyInPost", required: false)
    let rate = euros("hourlyRate", required: false)
    switch choice("subcontract", SubcontractWord.self, required: false) {
    case .insertionHours: options.subcontract = .insertionHours
    case .invoice:
      if let rate, rate >= Euros(1) {
        options.subcontract = .invoice(hourlyRate: rate)
      } else {
        fault("hourlyRate", "Pour compter par les factures, donnez un coût horaire d’au moins un euro.")
      }
    case nil: break
    }
    if rate != nil, options.subcontract == nil || options.subcontract == .insertionHours {
      fault("hourlyRate", "Ce coût ne sert qu’avec «\u{A0}subcontract\u{A0}»: «\u{A0}invoice\u{A0}».")
    }
    options.lateValidation = choice("lateValidation", required: false)
    return options
  }

  private enum SubcontractWord: String, CaseIterable { case insertionHours, invoice }

  fileprivate mutating func countingFact() -> CountingFact? {
    let person = text("person", most: 200)
    let month = month("month")
    let modality = choice("modality", Modality.self)
    let start = day("contractStart")
    let end = day("contractEnd", required: false)
    let decision = day("decision", required: false)
    let wasEligible = flag("eligibleAtHire", required: false)
    let reason = text("lateReason", required: false)
    let isInPost = flag("alreadyInPost", required: false) ?? false
    let situations = choices("situations", CountingPolicy.Situation.self)
    let category = text("category", required: false, most: 100)
    let opened = day("firstHiredOn", required: false)
    let suspensions = objects("suspensions", required: false, most: 1000) { $0.suspension() }
    let hours = rawHours(isWhole: true)
    let splits = objects("splits", required: false, most: 31) { input -> CountingFact.Split? in
      let day = input.day("day")
      let before = input.rawHours(isWhole: false)
      guard let day, let before else { return nil }
      return CountingFact.Split(day: day, before: before)
    }
    guard let person, let month, let modality, let start, let hours else { return nil }
    var placement = CountingFact.Placement(modality: modality, start: start, end: end, decision: decision)
    placement.wasEligibleAtHire = wasEligible
    placement.lateReason = reason
    placement.isAlreadyInPost = isInPost
    placement.situations = Set(situations)
    placement.category = category
    placement.opened = opened
    placement.suspensions = suspensions
    do throws(CountingFact.Malformed) {
      return try CountingFact(person: person, month: month, placement: placement, hours: hours, splits: splits)
    } catch {
      fault(error.field, error.sentence)
      return nil
    }
  }

  private mutating func rawHours(isWhole: Bool) -> RawHours? {
    let invoice = euros("invoice", required: false)
    let worked = hours("worked", required: isWhole && invoice == nil)
    let absences = object("absences", required: false) { input -> [Absence: Hours]? in
      var absences: [Absence: Hours] = [:]
      for kind in Absence.allCases { absences[kind] = input.hours(kind.rawValue, required: false) }
      return absences
    }
    var training = hours("training", required: false).map { [RawHours.TrainingBlock(hours: $0)] } ?? []
    let blocks = objects("trainingBlocks", required: false, most: 100) { input -> RawHours.TrainingBlock? in
      let hours = input.hours("hours")
      let whole = input.hours("whole", required: false)
      return hours.map { RawHours.TrainingBlock(hours: $0, whole: whole) }
    }
    if !training.isEmpty, !blocks.isEmpty {
      fault("training", "Donnez soit le total («\u{A0}training\u{A0}»), soit les blocs («\u{A0}trainingBlocks\u{A0}»).")
    }
    training += blocks
    let paid = hours("paid", required: false)
    let tutoring = hours("tutoring", required: false) ?? Hours(0)
    let insertion = hours("insertionHours", required: false)
    guard worked != nil || !isWhole || invoice != nil else { return nil }
    let all = [worked, paid, tutoring, insertion].compactMap { $0 } + (absences ?? [:]).values + training.map(\.whole)
    guard all.allSatisfy({ $0 <= Hours(100_000) }), (invoice ?? Euros(0)) <= Euros(10_000_000) else {
      fault("worked", "Une ligne tient dans 100\u{202F}000 heures et 10\u{202F}000\u{202F}000\u{202F}€.")
      return nil
    }
    return RawHours(
      worked: worked ?? Hours(0), paid: paid, absences: absences ?? [:], training: training, tutoring: tutoring,
      insertion: insertion, invoice: invoice)
  }
}

extension Array {
  /// The list, or nil where it is empty.
  fileprivate var nonEmpty: [Element]? { isEmpty ? nil : self }
}

// MARK: - Writing

extension Counting {
  fileprivate var fields: [(name: String, value: RuleJSON)] {
    [
      ("entries", .list(entries.map(\.json))), ("base", .hours(base)), ("credited", .hours(credited)),
      ("bonus", .hours(bonus)), ("apart", .hours(apart)), ("notCredited", .list(notCredited.map(\.json))),
    ]
  }
}

extension CountedEntry {
  fileprivate var json: RuleJSON {
    .object([
      ("person", .text(person)), ("month", .month(month)), ("modality", .text(modality.rawValue)),
      ("base", .hours(base)), ("counted", .hours(counted)), ("credited", .hours(credited)), ("bonus", .hours(bonus)),
      ("apart", .hours(apart)), ("averaging", .hours(averaging)), ("notCredited", .list(notCredited.map(\.json))),
    ])
  }
}

extension NotCredited {
  fileprivate var json: RuleJSON {
    .object([("reason", .text(reason.rawValue)), ("hours", .hours(hours)), ("sentence", .text(sentence))])
  }
}

extension InheritedPolicy {
  /// Each option with what it is and where it comes from.
  fileprivate var json: RuleJSON {
    .list(
      CountingOption.allCases.map { option in
        .object([
          ("option", .text(option.rawValue)), ("label", .text(option.french)), ("value", .text(policy.french(option))),
          ("origin", .text(origins[option]?.french ?? "")),
        ])
      })
  }
}

extension CountingComparison {
  fileprivate func json(_ inherited: [InheritedPolicy]) -> RuleJSON {
    .object([
      (
        "policies",
        .list(
          zip(sides, inherited).map { side, policy in
            .object([("name", .text(side.name)), ("policy", policy.json)] + side.counting.fields)
          })
      ),
      (
        "differences",
        .list(
          differences.map { difference in
            .object([
              ("policy", .text(difference.name)), ("hours", .hours(difference.hours)),
              ("sentence", .text(difference.sentence)),
              ("options", .list(difference.options.map { .text($0.rawValue) })),
              (
                "terms",
                .list(
                  difference.terms.map { term in
                    .object([
                      ("reason", term.reason.map { .text($0.rawValue) } ?? .null), ("hours", .hours(term.hours)),
                      ("sentence", .text(term.sentence)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }
}
