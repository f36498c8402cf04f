internal import Clauses

extension Rule {
  /// Whether lots lend themselves to a clause: a scored sheet with reasons, never a refusal.
  static let feasibility = Rule(
    name: "feasibility",
    summary: "Dit lot par lot, avec ses raisons, si une clause est faisable et comment l’aménager.",
    fields: [
      ("lots", "liste des lots, chacun avec les champs qui suivent ; tous sont facultatifs"),
      ("lots/label", "nom du lot ; « Lot 1 », « Lot 2 » par défaut"),
      ("lots/cpv", "code CPV"),
      ("lots/amount", "montant estimé HT, en euros"),
      ("lots/durationMonths", "durée en mois, reconductions comprises"),
      ("lots/technicity", "low, medium ou high ; celle du code CPV par défaut"),
      ("lots/structures", "nombre de structures d’insertion connues autour du lieu d’exécution"),
      ("lots/structuresPartial", "true si cette liste est incomplète ; false par défaut"),
      ("lots/suppliers", "nombre de fournisseurs inclusifs qui sauraient faire ce travail"),
      ("lots/meanTurnover", "leur chiffre d’affaires annuel moyen, en euros"),
      ("day", "jour des données de référence, aujourd’hui par défaut"),
    ],
    example:
      #"{"lots":[{"label":"Peinture","cpv":"45442100","amount":420000,"durationMonths":16,"structures":45},"#
      + #"{"label":"Maîtrise d’œuvre","cpv":"71200000","amount":180000,"durationMonths":24,"structures":45}]}"#
  ) { input, context throws(RuleFaults) in
    var number = 0
    let lots = input.objects("lots", most: 1000) { given -> Feasibility.Lot? in
      number += 1
      return Feasibility.Lot(&given, number)
    }
    let day = input.day("day", required: false) ?? context.today
    if lots.isEmpty, input.has("lots") { input.fault("lots", "Donnez au moins un lot.") }
    let rules = try withFigures { () throws(MissingFigure) in try FeasibilityRules(figures: context.figures, on: day) }
    let sheet = rules.assess(lots)
    return .object(
      [
        ("lots", .list(sheet.lots.map(\.json))),
        (
          "totals",
          .object([
            ("amount", .euros(sheet.amount)), ("hoursLow", .hours(sheet.hours.low)),
            ("hoursUsual", .hours(sheet.hours.usual)), ("hoursHigh", .hours(sheet.hours.high)),
            ("unestimated", .whole(sheet.unestimated)),
          ])
        ),
        ("allotment", .list(sheet.allotment.map { .text($0) })),
      ] + sheet.derivation.fields)
  }
}

extension Feasibility.Lot {
  /// Reads a lot, the number of which names it where it has no name.
  fileprivate init(_ input: inout RuleInput, _ number: Int) {
    self.init(label: input.text("label", required: false, most: 200) ?? "Lot \(number)")
    cpv = input.cpv("cpv", required: false)
    amount = input.euros("amount", required: false)
    durationMonths = input.whole("durationMonths", required: false, in: 0...1200)
    technicity = input.choice("technicity", required: false)
    let isPartial = input.flag("structuresPartial", required: false) ?? false
    structures = input.whole("structures", required: false).map { .init(count: $0, listIsPartial: isPartial) }
    suppliers = input.whole("suppliers", required: false)
    meanTurnover = input.euros("meanTurnover", required: false)
  }
}

extension Feasibility.LotSheet {
  /// The sheet of a lot.
  fileprivate var json: RuleJSON {
    let criteria = Feasibility.Criterion.allCases.compactMap { criterion -> RuleJSON? in
      guard let verdict = verdicts[criterion] else { return nil }
      return .object([
        ("criterion", .text(criterion.rawValue)), ("label", .text(criterion.french)),
        ("outcome", .text("\(verdict.outcome)")), ("sign", .text(verdict.outcome.sign)),
        ("reason", .text(verdict.reason)),
      ])
    }
    return .object(
      [
        ("label", .text(lot.label)), ("criteria", .list(criteria)), ("score", .whole(score)),
        ("outOf", .whole(outOf)), ("level", .text(level.rawValue)), ("sentence", .text(level.french)),
        ("advice", .list(advice.map { .text($0) })), ("waysIn", .list(waysIn.map { .text($0) })),
        ("suppliers", suppliers.map { .text($0.rawValue) } ?? .null),
        (
          "hours",
          hours.map {
            .object([
              ("low", .hours($0.low)), ("usual", .hours($0.usual)), ("high", .hours($0.high)),
              ("formula", .text($0.formula)),
            ])
          } ?? .null
        ),
        ("findings", .list(derivation.findings.map(\.json))),
      ])
  }
}
