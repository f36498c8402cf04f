internal import Clauses

extension Rule {
  /// Penalties of a contract and whether they may be asked for.
  static let penalty = Rule(
    name: "penalty",
    summary:
      "Ce que coûtent des heures manquantes, des documents en retard ou des absences selon le contrat, et si la pénalité peut déjà être "
      + "proposée à l’acheteur.",
    fields: [
      ("due", "heures dues"),
      ("credited", "heures comptabilisées"),
      ("excused", "heures excusées par décision de l’acheteur\u{202F}; 0 par défaut"),
      (
        "rule",
        "la règle du contrat\u{202F}: kind perHour (amount), timesMinimumWage ou timesSocialSecurityHourlyCeiling (factor), perDayLate "
          + "(amount, days ou dueOn et receivedOn, unit), perAbsence (amount, count), cap (amount)\u{202F}; chacune peut avoir cap, ou "
          + "capShare du montant du contrat"
      ),
      ("rules", "ou une liste de telles règles, qui s’ajoutent"),
      ("cap", "plafond de l’ensemble, en euros"),
      ("capShare", "plafond de l’ensemble, en part du montant du contrat (0.10)"),
      ("contractAmount", "montant HT du contrat"),
      (
        "delayLimits",
        "true si le contrat applique aux pénalités d’insertion le plafond et l’exonération des pénalités de retard"
      ),
      ("noticeRequired", "false si le lot déroge à la mise en demeure préalable\u{202F}; true par défaut"),
      ("notice", "mise en demeure reçue\u{202F}: receivedOn, delayDays (15 par défaut) et delayUnit"),
      ("day", "jour de la proposition\u{202F}; aujourd’hui par défaut"),
      ("rateDay", "jour du SMIC ou du plafond retenu\u{202F}; celui de la proposition par défaut"),
      (
        "ccag",
        "CCAG auquel le contrat se réfère\u{202F}: works, suppliesServices, intellectual, ict, projectManagement, industrial"
      ),
    ] + Rule.calendarFields,
    example:
      #"{"due":1000,"credited":900,"excused":0,"rule":{"kind":"perHour","amount":200},"noticeRequired":false,"day":"2026-11-21"}"#
  ) { input, context throws(RuleFaults) in
    let calendar = input.calendar(context)
    let contract = input.euros("contractAmount", required: false)
    var parts: [PenaltyPart] = []
    if input.has("rules") {
      if input.has("rule") { input.fault("rule", "Donnez une règle ou une liste de règles, pas les deux.") }
      _ = input.object("rule", required: false) { $0.penaltyPart(calendar, contract) }
      parts = input.objects("rules", most: 50) { $0.penaltyPart(calendar, contract) }
    } else if let part = input.object("rule", { $0.penaltyPart(calendar, contract) }) {
      parts = [part]
    }
    let rules = parts.compactMap(\.rule)
    let countsHours = rules.isEmpty || rules.contains { $0.formula.countsHours }
    let due = input.hours("due", required: countsHours)
    let credited = input.hours("credited", required: countsHours)
    let excused = input.hours("excused", required: false)
    let day = input.day("day", required: false) ?? context.today
    var given = PenaltyCase(
      due: due ?? Hours(0), credited: credited ?? Hours(0), excused: excused ?? Hours(0), rules: rules, day: day)
    given.caps = parts.compactMap(\.cap)
    if let cap = input.euros("cap", required: false) { given.caps.append(.amount(cap)) }
    if let cap = input.capShare(contract) { given.caps.append(cap) }
    given.requiresNotice = input.flag("noticeRequired", required: false) ?? true
    given.notice = input.noticeReceived()
    given.rateDay = input.day("rateDay", required: false)
    given.conditions = input.choice("ccag", GeneralConditions.self, required: false)
    if input.flag("delayLimits", required: false) ?? false {
      if contract == nil { input.fault("contractAmount", "Ce champ manque\u{202F}: le plafond se compte sur lui.") }
      given.delayLimits = contract
    }
    try input.check()
    let whole = given
    let penalty = try Rule.withFigures { () throws(MissingFigure) in
      try Penalty.assess(whole, calendar: calendar, figures: context.figures)
    }
    return .object(
      [
        ("missing", .hours(penalty.missing)), ("amount", .euros(penalty.amount)),
        ("exposure", .euros(penalty.exposure)), ("lines", .list(penalty.lines.map(\.json))),
        ("notice", penalty.noticeEnd.map { .object($0.fields(on: day)) } ?? .null),
      ] + penalty.derivation.fields)
  }
}

/// The words of the field `kind`.
private enum PenaltyWord: String, CaseIterable {
  case perHour, timesMinimumWage, timesSocialSecurityHourlyCeiling, perDayLate, perAbsence, cap
}

/// A rule, or a cap on all of them.
private enum PenaltyPart {
  case rule(PenaltyRule)
  case cap(PenaltyRule.Cap)

  var rule: PenaltyRule? { if case .rule(let rule) = self { rule } else { nil } }
  var cap: PenaltyRule.Cap? { if case .cap(let cap) = self { cap } else { nil } }
}

extension RuleInput {
  /// One of the rules, or nil with its faults noted.
  fileprivate mutating func penaltyPart(_ calendar: WorkingCalendar, _ contract: Euros?) -> PenaltyPart? {
    let formula: PenaltyRule.Formula?
    switch choice("kind", PenaltyWord.self) {
    case .perHour: formula = euros("amount").map { .perHour($0) }
    case .timesMinimumWage: formula = number("factor").map { .timesMinimumWage($0) }
    case .timesSocialSecurityHourlyCeiling: formula = number("factor").map { .timesSocialSecurityHourlyCeiling($0) }
    case .perDayLate: formula = perDayLate(calendar)
    case .perAbsence:
      let amount = euros("amount")
      let count = whole("count", in: 0...100_000)
      formula = amount.flatMap { amount in count.map { .perAbsence(amount, count: $0) } }
    case .cap: return euros("amount").map { .cap(.amount($0)) }
    case nil: return nil
    }
    let cap = euros("cap", required: false).map { PenaltyRule.Cap.amount($0) } ?? capShare(contract)
    return formula.map { .rule(PenaltyRule($0, cap: cap)) }
  }

  /// So much a day, for days given or counted from the day due to the day of receipt.
  private mutating func perDayLate(_ calendar: WorkingCalendar) -> PenaltyRule.Formula? {
    let amount = euros("amount")
    let unit = choice("unit", DayUnit.self, required: false) ?? .calendar
    let dueOn = day("dueOn", required: false)
    let receivedOn = day("receivedOn", required: dueOn != nil)
    let days = whole("days", required: dueOn == nil, in: 0...36_500)
    if days != nil, dueOn != nil { fault("days", "Donnez les jours, ou les deux dates, pas les deux.") }
    guard let amount else { return nil }
    if let dueOn, let receivedOn {
      return .perDayLate(amount, days: max(calendar.count(unit, from: dueOn, to: receivedOn), 0), unit: unit)
    }
    return days.map { .perDayLate(amount, days: $0, unit: unit) }
  }

  /// A cap as a share of the contract's amount.
  fileprivate mutating func capShare(_ contract: Euros?) -> PenaltyRule.Cap? {
    guard let share = share("capShare", required: false) else { return nil }
    guard let contract else {
      fault("capShare", "Indiquez aussi le montant du contrat (contractAmount).")
      return nil
    }
    return .share(share, of: contract)
  }
}

extension Penalty.Line {
  /// The line with what its formula gives and what its own cap leaves.
  fileprivate var json: RuleJSON {
    let kind: PenaltyWord =
      switch rule.formula {
      case .perHour: .perHour
      case .timesMinimumWage: .timesMinimumWage
      case .timesSocialSecurityHourlyCeiling: .timesSocialSecurityHourlyCeiling
      case .perDayLate: .perDayLate
      case .perAbsence: .perAbsence
      }
    return .object([("kind", .text(kind.rawValue)), ("computed", .euros(computed)), ("amount", .euros(kept))])
  }
}
