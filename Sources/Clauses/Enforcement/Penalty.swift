/// What a contract's penalties come to, step by step, and whether they may be asked for yet.
///
/// Missing hours are those due, less those credited, less those excused, never under zero. The result is a proposal:
/// only the buyer decides.
public struct Penalty: Sendable, Equatable {
  /// What one rule comes to.
  public struct Line: Sendable, Equatable {
    /// The rule.
    public let rule: PenaltyRule
    /// What its formula gives.
    public let computed: Euros
    /// What remains under its own cap.
    public let kept: Euros
  }

  /// The missing hours.
  public let missing: Hours
  /// The rules, one by one.
  public let lines: [Line]
  /// What the rules come to together, caps applied, whether or not a notice was given.
  public let exposure: Euros
  /// What may be asked for: ``exposure``, or zero while a required notice has not run out.
  public let amount: Euros
  /// The delay of the notice, where one was given.
  public let noticeEnd: DelayEnd?
  /// How it was found.
  public let derivation: Derivation

  /// Computes a case; throws where a reference figure is missing.
  public static func assess(
    _ given: PenaltyCase, calendar: WorkingCalendar, figures: Figures
  ) throws(MissingFigure) -> Penalty {
    let articles = try InsertionArticles(given.conditions, on: given.day, figures: figures)
    var work = PenaltyWork(given: given, calendar: calendar, figures: figures, article: articles.penalties)
    let missing = work.missing()
    var lines: [Line] = []
    for rule in given.rules { lines.append(try work.line(rule, missing)) }
    var exposure = work.total(lines)
    for cap in given.caps { exposure = work.capped(exposure, cap, "Plafond de l’ensemble") }
    if let contract = given.delayLimits { exposure = try work.delayLimits(exposure, contract) }
    let end = try work.noticeEnd()
    let isFree = exposure == Euros(0) || work.allows(end)
    if !isFree { work.derivation.step("Pénalité exigible à ce jour", gives: Euros(0).french) }
    let habit = PenaltyHabit(figures: figures, day: given.rateDay ?? given.day, wage: calendar.minimumWage)
    try habit.note(given.rules, in: &work.derivation)
    return Penalty(
      missing: missing, lines: lines, exposure: exposure, amount: isFree ? exposure : Euros(0), noticeEnd: end,
      derivation: work.derivation)
  }
}

/// The steps of a computation and what they leave behind.
private struct PenaltyWork {
  let given: PenaltyCase
  let calendar: WorkingCalendar
  let figures: Figures
  let article: String?
  var derivation = Derivation()

  mutating func missing() -> Hours {
    guard given.rules.contains(where: { $0.formula.countsHours }) || given.due.hundredths > 0 else { return Hours(0) }
    let rest = given.due - given.credited - given.excused
    let missing = max(rest, Hours(0))
    derivation.step(
      "Heures manquantes (dues, moins comptabilisées, moins excusées)",
      "\(given.due.french) \u{2212} \(given.credited.french) \u{2212} \(given.excused.french)", gives: rest.floorText)
    if rest.hundredths <= 0, given.due.hundredths > 0 {
      let surplus = rest.hundredths < 0 ? ", avec \((Hours(0) - rest).french) de plus" : ""
      derivation.note(
        Finding(.information, "nothingMissing", "Aucune heure ne manque\(surplus)\(colon) rien n’est dû à ce titre."))
    }
    if given.excused.hundredths > 0 {
      derivation.note(
        Finding(
          .information, "excusedHours",
          "\(given.excused.french) sont retirées de la base\(colon) cela suppose que l’entreprise ait prévenu et que "
            + "personne n’ait été trouvé.",
          mend: "Gardez au dossier l’alerte, l’attestation et la décision de l’acheteur.", article: article))
    }
    return missing
  }

  mutating func line(_ rule: PenaltyRule, _ missing: Hours) throws(MissingFigure) -> Penalty.Line {
    let amount: Euros
    switch rule.formula {
    case .perHour(let rate):
      amount = product(Quotient(missing), rate, "Pénalité par heure manquante", missing.french)
    case .timesMinimumWage(let factor):
      amount = try multiple(factor, of: calendar.minimumWage, "SMIC horaire", missing)
    case .timesSocialSecurityHourlyCeiling(let factor):
      amount = try multiple(factor, of: .socialSecurityHourlyCeiling, "plafond horaire", missing)
    case .perDayLate(let rate, let days, let unit):
      amount = product(Quotient(days), rate, "Pénalité par jour de retard", unit.french(days))
    case .perAbsence(let rate, let count):
      amount = product(Quotient(count), rate, "Pénalité par absence", French.count(count, "absence"))
    }
    let kept = rule.cap.map { capped(amount, $0, "Plafond de cette pénalité") } ?? amount
    return Penalty.Line(rule: rule, computed: amount, kept: kept)
  }

  private mutating func product(_ base: Quotient, _ rate: Euros, _ label: String, _ text: String) -> Euros {
    money(base * Quotient(rate), label, "\(text) × \(rate.french)")
  }

  private mutating func multiple(
    _ factor: Quotient, of key: FigureKey<Euros>, _ name: String, _ missing: Hours
  ) throws(MissingFigure) -> Euros {
    let day = given.rateDay ?? given.day
    let figure = try figures.amounts.nearest(key, on: day)
    if let from = figure.from, from > day { throw MissingFigure(id: key.id, day: day) }
    derivation.use(figure)
    let isOld = figure.to.map { $0 < day } ?? (figure.from.map { $0.parts.year < day.parts.year } ?? true)
    let checked = figure.to == nil ? figures.days[.checkedUntil(key), on: day] : nil
    let isUnchecked = checked.map { $0.value < day } ?? false
    if let checked, isUnchecked { derivation.use(checked) }
    if isOld || isUnchecked {
      derivation.note(
        Finding(
          .warning, "rateMayHaveChanged",
          "\(figure.label)\(colon) le dernier montant connu au \(day.french) est celui du "
            + "\(figure.from?.french ?? "début"), \(figure.value.french).",
          mend: "Vérifiez s’il a été relevé depuis, et complétez les données de référence."))
    }
    let rate = factor * Quotient(figure.value)
    let text = Self.text(of: factor)
    derivation.step(
      "Tarif de l’heure manquante", "\(text) × \(figure.value.french) (\(name) au \(day.french))",
      gives: rate.euros().map { rate.text($0) } ?? "")
    return money(
      Quotient(missing) * rate, "Pénalité par heure manquante",
      "\(missing.french) × \(text) × \(figure.value.french)")
  }

  /// A factor exactly: `1,5`, or as a percentage where it has more decimals: `112,5 %`.
  private static func text(of factor: Quotient) -> String {
    guard let short = factor.hours(), Quotient(short) == factor else { return factor.percentText }
    return French.hundredths(short.hundredths, places: 0)
  }

  /// An amount rounded to the cent; one beyond all measure is told and counts as zero.
  private mutating func money(_ value: Quotient, _ label: String, _ formula: String) -> Euros {
    guard let amount = value.euros() else {
      derivation.note(
        Finding(
          .fault, "beyondMeasure", "\(label)\(colon) le montant dépasse toute mesure.",
          mend: "Vérifiez les heures, le tarif et le coefficient."))
      return Euros(0)
    }
    derivation.step(label, formula, gives: value.text(amount))
    return amount
  }

  mutating func total(_ lines: [Penalty.Line]) -> Euros {
    let total = lines.reduce(Euros(0)) { $0 + $1.kept }
    if lines.count > 1 {
      derivation.step("Ensemble des pénalités", lines.map(\.kept.french).joined(separator: " + "), gives: total.french)
    }
    return total
  }

  mutating func capped(_ amount: Euros, _ cap: PenaltyRule.Cap, _ label: String) -> Euros {
    let limit: Euros
    let formula: String
    switch cap {
    case .amount(let value): (limit, formula) = (value, value.french)
    case .share(let share, let base):
      let exact = Quotient(share) * Quotient(base)
      limit = exact.euros() ?? base
      formula = "\(share.french) de \(base.french), soit \(exact.text(limit))"
    }
    let kept = min(amount, limit)
    derivation.step(label, "la plus petite valeur entre \(amount.french) et \(formula)", gives: kept.french)
    if kept < amount {
      derivation.note(
        Finding(.information, "capped", "\(label)\(colon) \(amount.french) ramenés à \(kept.french)."))
    }
    return kept
  }

  /// The limits of delay penalties, for a contract that applies them to the social ones too.
  mutating func delayLimits(_ amount: Euros, _ contract: Euros) throws(MissingFigure) -> Euros {
    let share = derivation.use(try figures.percents.figure(.delayPenaltyCap, on: given.day))
    let waiver = derivation.use(try figures.amounts.figure(.delayPenaltyWaiver, on: given.day))
    let kept = capped(amount, .share(share, of: contract), "Plafond des pénalités de retard")
    guard kept <= waiver, kept > Euros(0) else { return kept }
    derivation.step(
      "Exonération jusqu’à \(waiver.french)", "\(kept.french), sans dépasser ce seuil", gives: Euros(0).french)
    derivation.note(
      Finding(
        .information, "waived",
        "Le total (\(kept.french)) ne dépasse pas \(waiver.french)\(colon) le contrat en exonère le titulaire."))
    return Euros(0)
  }

  mutating func noticeEnd() throws(MissingFigure) -> DelayEnd? {
    guard let notice = given.notice else { return nil }
    var delay = notice.delay
    if delay == nil { delay = Delay(derivation.use(try figures.counts.figure(.noticeDelayDays, on: given.day))) }
    guard let delay else { return nil }
    let rules = try DelayRules(figures: figures, on: given.day)
    let end = calendar.end(of: delay, from: notice.receivedOn, rules: rules)
    end.explain(in: &derivation, rules: rules)
    return end
  }

  /// Whether the notice lets the penalty be asked for; otherwise says why not.
  mutating func allows(_ end: DelayEnd?) -> Bool {
    guard given.requiresNotice else { return true }
    guard let end else {
      derivation.note(
        Finding(
          .fault, "noticeMissing",
          "Le contrat demande une mise en demeure et aucune n’a été reçue\(colon) aucune pénalité ne peut être "
            + "proposée.",
          mend: "Faites signer la mise en demeure par l’acheteur, puis attendez la fin de son délai.",
          article: article, place: "notice"))
      return false
    }
    guard end.isElapsed(on: given.day) else {
      derivation.note(
        Finding(
          .fault, "delayNotElapsed",
          "Le délai de la mise en demeure court jusqu’au \(end.last.french) inclus\(colon) aucune pénalité ne peut être "
            + "proposée le \(given.day.french).",
          mend: "Attendez le \(end.firstDayAfter.french).", article: article, place: "notice"))
      return false
    }
    return true
  }
}

extension Quotient {
  /// The amount that it was brought to, saying whether that rounded it.
  fileprivate func text(_ amount: Euros) -> String {
    Quotient(amount) == self ? amount.french : "\(amount.french)\(roundedMark)"
  }
}

extension WorkingCalendar {
  /// The minimum wage that holds in the area.
  fileprivate var minimumWage: FigureKey<Euros> {
    area == .mayotte ? .minimumHourlyWageMayotte : .minimumHourlyWage
  }
}
