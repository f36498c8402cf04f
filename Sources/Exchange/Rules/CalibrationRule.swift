internal import Clauses

extension Rule {
  /// Hours of an effort by one method, by all that apply, or backwards.
  static let calibration = Rule(
    name: "calibration",
    summary: "Calibre un effort d’insertion en heures, par une méthode ou par toutes celles qui s’appliquent.",
    fields: [
      (
        "method",
        "labourShare (montant × part de main-d’œuvre × taux ÷ coût horaire), labourHours (heures × taux), "
          + "cleaningTakeover (propreté avec reprise du personnel), perInvoiced (heures par euros facturés), "
          + "fullTimeEquivalent (équivalents temps plein), scale (barème publié d’heures de stage), "
          + "compare (toutes celles qui s’appliquent, le barème à part dans beside)"
      ),
      ("amount", "montant HT sur toute la durée, en euros"),
      ("labourShare", "part de main-d’œuvre, de 0 à 1 ; proposée d’après cpv si elle manque"),
      ("insertionRate", "taux d’insertion, de 0 à 1 ; proposé d’après programme ou cpv s’il manque"),
      ("hourlyCost", "coût horaire chargé, en euros ; proposé d’après cpv s’il manque"),
      ("hours", "heures de main-d’œuvre du contrat (labourHours)"),
      ("months", "durée en mois (cleaningTakeover ; au choix pour fullTimeEquivalent et scale)"),
      ("monthlyHoursTakenOver", "heures par mois du personnel à reprendre (cleaningTakeover)"),
      ("eurosPerHour", "euros facturés pour une heure due (perInvoiced)"),
      ("trigger", "euros facturés à partir desquels l’effort est dû, 0 par défaut (perInvoiced)"),
      ("invoiced", "euros facturés (perInvoiced)"),
      ("catchUp", "true si atteindre trigger rend dues aussi les heures d’avant ; false par défaut (perInvoiced)"),
      ("count", "nombre d’équivalents temps plein (fullTimeEquivalent)"),
      ("hoursPerYear", "heures d’un an à temps plein ; donnée de référence de basis par défaut"),
      ("basis", "worked (heures travaillées, par défaut) ou paid (heures payées)"),
      ("cpv", "code CPV, pour proposer les valeurs qui manquent"),
      ("programme", "anruWorks ou anruProximity : part minimale d’un programme national"),
      ("rounding", "nearest (par défaut), down ou up"),
      ("roundTo", "multiple d’heures auquel arrondir, 1 par défaut ; 5, 10 et 70 sont courants"),
      (
        "wanted",
        "question inverse : {\"find\": \"insertionRate\", \"hours\": 500} ; find est le champ cherché, "
          + "hours les heures à atteindre ; sans hours, le seuil à partir duquel une clause vaut l’effort"
      ),
      ("past", "lots passés de la même famille, à comparer : [{\"label\": \"…\", \"amount\": 100000, \"hours\": 80}]"),
      ("day", "jour des données de référence, aujourd’hui par défaut"),
    ],
    example:
      #"{"method":"labourShare","amount":1000000,"labourShare":0.5,"insertionRate":0.05,"hourlyCost":30}"#
  ) { input, context throws(RuleFaults) in
    let choice = input.choice("method", CalibrationChoice.self)
    let given = Calibration.Case(&input)
    let wanted = Calibration.Wanted(&input)
    let past = input.objects("past", required: false) { lot -> Calibration.PastLot? in
      let label = lot.text("label", required: false) ?? ""
      let amount = lot.euros("amount")
      let hours = lot.hours("hours")
      guard let amount, let hours else { return nil }
      return .init(label: label, amount: amount, hours: hours)
    }
    let day = input.day("day", required: false) ?? context.today
    let calibrator = try Rule.withFigures { () throws(MissingFigure) in
      try Calibrator(figures: context.figures, on: day)
    }
    guard let method = try input.unwrap(choice).method else {
      if wanted != nil {
        input.fault("wanted", "Une question inverse demande une méthode précise, pas une comparaison.")
      }
      return comparison(calibrator, given, past)
    }
    do throws(Calibration.Gaps) {
      return try sizing(calibrator, given, method, wanted, past)
    } catch {
      for gap in error.all where !(gap.isMissing && input.has(gap.field.rawValue)) {
        let isOfWanted = wanted?.field == gap.field && !gap.isMissing
        input.fault(isOfWanted ? "wanted" : gap.field.rawValue, gap.sentence)
      }
      try input.check()
      return .null
    }
  }

  /// The answer of one method, with the question asked backwards and the past lots where there are some.
  private static func sizing(
    _ calibrator: Calibrator, _ given: Calibration.Case, _ method: Calibration.Method, _ wanted: Calibration.Wanted?,
    _ past: [Calibration.PastLot]
  ) throws(Calibration.Gaps) -> RuleJSON {
    var fields: [(name: String, value: RuleJSON)] = [("method", .text(method.rawValue))]
    var derivation = Derivation()
    var result: Sizing?
    if let wanted {
      let answer = try calibrator.find(wanted, in: given, by: method)
      if given.has(wanted.field) {
        let own = try calibrator.size(given, by: method)
        result = own
        derivation.append(own.derivation)
      } else {
        result = answer.sizing
      }
      derivation.append(answer.derivation)
      fields += (result?.json ?? Sizing.none) + [("wanted", answer.json)]
    } else {
      let own = try calibrator.size(given, by: method)
      result = own
      derivation = own.derivation
      fields += own.json
    }
    if !past.isEmpty, let result, let amount = result.used.amount,
      let standing = calibrator.standing(of: result.exactHours, amount: amount, among: past)
    {
      fields.append(("standing", standing.json))
      derivation.append(standing.derivation)
    }
    return .object(fields + derivation.fields)
  }

  private static func comparison(
    _ calibrator: Calibrator, _ given: Calibration.Case, _ past: [Calibration.PastLot]
  ) -> RuleJSON {
    let comparison = calibrator.compare(given)
    var derivation = comparison.derivation
    var fields: [(name: String, value: RuleJSON)] = [
      ("method", .text(CalibrationChoice.compare.rawValue)),
      ("low", comparison.lowest.map { .hours($0.hours) } ?? .null),
      ("median", comparison.median.map { .hours($0) } ?? .null),
      ("high", comparison.highest.map { .hours($0.hours) } ?? .null),
      (
        "methods",
        .list(
          comparison.compared.map {
            .object([("method", .text($0.method.rawValue))] + $0.json + $0.derivation.fields)
          })
      ),
      (
        "beside",
        .list(
          comparison.beside.map {
            .object([("method", .text($0.method.rawValue))] + $0.json + $0.derivation.fields)
          })
      ),
      (
        "excluded",
        .list(
          comparison.excluded.map { excluded in
            .object([
              ("method", .text(excluded.method.rawValue)),
              (
                "reasons",
                .list(
                  excluded.gaps.map {
                    .object([("field", .text($0.field.rawValue)), ("sentence", .text($0.sentence))])
                  })
              ),
            ])
          })
      ),
    ]
    if !past.isEmpty, let amount = given.amount, let median = comparison.median,
      let standing = calibrator.standing(of: median, amount: amount, among: past)
    {
      fields.append(("standing", standing.json))
      derivation.append(standing.derivation)
    }
    return .object(fields + derivation.fields)
  }
}

/// The words of the field `method`.
private enum CalibrationChoice: String, CaseIterable {
  case labourShare, labourHours, cleaningTakeover, perInvoiced, fullTimeEquivalent, scale, compare

  /// The method; nil to compare all that apply.
  var method: Calibration.Method? { .init(rawValue: rawValue) }
}

extension Calibration.Case {
  /// Reads a case; every field is asked for, none is required.
  fileprivate init(_ input: inout RuleInput) {
    self.init()
    cpv = input.cpv("cpv", required: false)
    amount = input.euros("amount", required: false)
    labourShare = input.share("labourShare", required: false)
    insertionRate = input.share("insertionRate", required: false)
    hourlyCost = input.euros("hourlyCost", required: false)
    labourHours = input.hours("hours", required: false)
    months = input.whole("months", required: false)
    monthlyHoursTakenOver = input.hours("monthlyHoursTakenOver", required: false)
    eurosPerHour = input.euros("eurosPerHour", required: false)
    trigger = input.euros("trigger", required: false)
    invoiced = input.euros("invoiced", required: false)
    catchesUp = input.flag("catchUp", required: false) ?? false
    count = input.number("count", required: false)
    hoursPerYear = input.hours("hoursPerYear", required: false)
    basis = input.choice("basis", required: false) ?? .worked
    programme = input.choice("programme", required: false)
    rounding = .init(
      input.choice("rounding", required: false) ?? .nearest,
      step: input.whole("roundTo", required: false, in: 1...1000) ?? 1)
  }

  /// Whether a field was given.
  fileprivate func has(_ field: Calibration.Field) -> Bool {
    switch field {
    case .amount: amount != nil
    case .labourShare: labourShare != nil
    case .insertionRate: insertionRate != nil
    case .hours: labourHours != nil
    case .invoiced: invoiced != nil
    case .count: count != nil
    default: false
    }
  }

  /// The values that the result rests on, given or proposed.
  fileprivate var json: RuleJSON {
    var fields: [(name: String, value: RuleJSON)] = []
    func add(_ field: Calibration.Field, _ value: RuleJSON?) {
      if let value { fields.append((field.rawValue, value)) }
    }
    add(.amount, amount.map { .euros($0) })
    add(.labourShare, labourShare.map { .share($0) })
    add(.insertionRate, insertionRate.map { .share($0) })
    add(.hourlyCost, hourlyCost.map { .euros($0) })
    add(.hours, labourHours.map { .hours($0) })
    add(.months, months.map { .whole($0) })
    add(.monthlyHoursTakenOver, monthlyHoursTakenOver.map { .hours($0) })
    add(.eurosPerHour, eurosPerHour.map { .euros($0) })
    add(.trigger, trigger.map { .euros($0) })
    add(.invoiced, invoiced.map { .euros($0) })
    add(.count, count.flatMap { $0.hours() }.map { .hours($0) })
    add(.hoursPerYear, hoursPerYear.map { .hours($0) })
    return .object(fields)
  }
}

extension Calibration.Wanted {
  /// Reads a question asked backwards; nil where there is none.
  fileprivate init?(_ input: inout RuleInput) {
    let read = input.object("wanted", required: false) { nested -> Calibration.Wanted? in
      let field: Calibration.Field? = nested.choice("find")
      let hours = nested.hours("hours", required: false)
      return field.map { Calibration.Wanted($0, hours: hours) }
    }
    guard let read else { return nil }
    self = read
  }
}

extension Sizing {
  /// The main fields of an answer.
  fileprivate var json: [(name: String, value: RuleJSON)] {
    [
      ("hours", .hours(hours)), ("exact", exactHours.exactText), ("worthwhile", .flag(isWorthwhile)),
      ("people", .whole(people)), ("used", used.json),
    ]
  }

  /// The main fields where no value answers the question.
  fileprivate static var none: [(name: String, value: RuleJSON)] {
    [("hours", .null), ("exact", .null), ("worthwhile", .flag(false)), ("people", .null), ("used", .null)]
  }
}

extension Hours {
  /// The hours as a text with at most two decimals: `"833.33"`.
  fileprivate var exactText: RuleJSON {
    guard case .number(let text) = RuleJSON.hours(self) else { return .null }
    return .text(text)
  }
}

extension Calibration.Answer {
  /// The value found, as the field would hold it in an input.
  fileprivate var json: RuleJSON {
    let found: RuleJSON
    switch value {
    case .euros(let value)?: found = .euros(value)
    case .share(let value)?: found = .share(value)
    case .hours(let value)?: found = .hours(value)
    case .number(let value)?: found = value.hours().map { .hours($0) } ?? .null
    case nil: found = .null
    }
    return .object([
      ("find", .text(field.rawValue)), ("target", .hours(target)), ("value", found),
      ("gives", sizing.map { $0.exactHours.exactText } ?? .null),
      ("sentence", .text(value.map { "\(field.french)\u{202F}: \($0.french)" } ?? "aucune valeur ne convient")),
    ])
  }
}

extension Calibration.Standing {
  /// The comparison with past lots.
  fileprivate var json: RuleJSON {
    .object([
      ("base", .euros(base)), ("ratio", .hours(ratio)), ("median", median.map { .hours($0) } ?? .null),
      ("position", position.map { .text($0.rawValue) } ?? .null),
      (
        "past", .list(past.map { .object([("label", .text($0.lot.label)), ("ratio", .hours($0.ratio))]) })
      ),
    ])
  }
}
