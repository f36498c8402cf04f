/// Where a lot stands on a day: due, credited, excused, missing, what was expected, where its pace leads, what would
/// be enough.
public struct LotProgress: Sendable, Equatable {
  /// Which months make the pace.
  public enum Pace: String, Sendable, CaseIterable {
    /// All since the first day.
    case all
    /// The last ones, as many as the reference figures say.
    case recent
  }

  /// Which hours a person more would give in a month.
  public enum Basis: String, Sendable, CaseIterable {
    /// Hours worked.
    case worked
    /// Hours paid.
    case paid
  }

  /// One or more persons who would join.
  public struct Hiring: Sendable, Equatable {
    /// How many.
    public var persons: Int
    /// Hours a week of each; nil: full time.
    public var weeklyHours: Hours?
    /// From which month.
    public var from: Month

    /// A hiring from its parts.
    public init(persons: Int = 1, weeklyHours: Hours? = nil, from: Month) {
      self.persons = persons
      self.weeklyHours = weeklyHours
      self.from = from
    }
  }

  /// What is given of a lot, or of a member's part of it.
  public struct Case: Sendable, Equatable {
    /// Hours due.
    public var due: Hours
    /// Hours credited until the day.
    public var credited: Hours
    /// Hours excused.
    public var excused = Hours(0)
    /// The expected curve.
    public var curve: ProgressCurve
    /// Hours credited month by month, where known; the recent pace needs them.
    public var months: [ProgressCurve.PlannedMonth] = []
    /// Which months make the pace.
    public var pace = Pace.all
    /// Which hours a person more would give.
    public var basis = Basis.worked
    /// What if someone joined.
    public var hiring: Hiring?

    /// A case; the rest is filled in afterwards.
    public init(due: Hours, credited: Hours, curve: ProgressCurve) {
      self.due = due
      self.credited = credited
      self.curve = curve
    }
  }

  /// How far a lot is from what was expected.
  public enum Level: String, Sendable, CaseIterable {
    /// Nothing misses any more.
    case complete
    /// As expected or ahead.
    case onTrack
    /// Under what was expected.
    case watch
    /// Well under it.
    case late
    /// Far under it, or over with hours missing.
    case serious

    /// The level as users read it.
    public var french: String {
      switch self {
      case .complete: "atteint"
      case .onTrack: "dans les temps"
      case .watch: "à surveiller"
      case .late: "en retard"
      case .serious: "en grand retard"
      }
    }
  }

  /// The hiring that would be enough.
  public struct Advice: Sendable, Equatable {
    /// How many persons full time.
    public let persons: Int
    /// From which month, the next one.
    public let from: Month
    /// The hours that they would give until the end.
    public let hours: Hours
  }

  /// What a hiring would change.
  public struct WhatIf: Sendable, Equatable {
    /// The hours that it adds.
    public let added: Hours
    /// Where the lot would end.
    public let forecast: Hours
    /// What would still miss.
    public let missingAtEnd: Hours
    /// The same in French.
    public let sentence: String
  }

  /// The day.
  public let day: Day
  /// Hours due.
  public let due: Hours
  /// Hours credited.
  public let credited: Hours
  /// Hours excused, at most those due.
  public let excused: Hours
  /// Hours that miss today.
  public let missing: Hours
  /// Hours credited beyond what is due.
  public let surplus: Hours
  /// Hours expected on the day.
  public let expected: Hours
  /// Hours a month (or a day, where the curve goes by days); nil before the first day.
  public let pace: Hours?
  /// Where the pace leads; nil where there is none.
  public let forecast: Hours?
  /// What will miss at this pace; nil where there is none.
  public let missingAtEnd: Hours?
  /// How far the lot is from what was expected.
  public let level: Level
  /// The hiring that would be enough; nil where nothing will miss or nobody could be enough any more.
  public let advised: Advice?
  /// The advice in one sentence.
  public let sentence: String
  /// What the hiring asked about would change.
  public let whatIf: WhatIf?
  /// How it was reached.
  public let derivation: Derivation

  /// The state of a lot on a day; throws where a reference figure is missing.
  public init(_ given: Case, on day: Day, figures: Figures) throws(MissingFigure) {
    var derivation = Derivation()
    let curve = given.curve
    let excused = min(given.excused, given.due)
    let net = given.due - excused
    missing = max(Hours(0), net - given.credited)
    surplus = max(Hours(0), given.credited - net)
    let excuse = excused == Hours(0) ? "" : " \u{2212} \(excused.french) excusées"
    derivation.step(
      "Heures manquantes au \(day.french)",
      "\(given.due.french)\(excuse) \u{2212} \(given.credited.french) comptabilisées",
      gives: (net - given.credited).floorText)
    let expected = curve.expected(of: net, on: day)
    derivation.step(
      "Heures attendues au \(day.french)", Self.formula(curve, net, day), gives: expected.hoursText)
    if curve.plan.isEmpty, curve.measure == .months, [curve.elapsed(on: day), curve.length].contains(where: \.isPart) {
      derivation.step("Mois incomplet", gives: "compté pour ses jours d’exécution sur les jours du mois")
    }
    Self.checkPlan(curve, net, into: &derivation)

    let rhythm = try Self.pace(given, on: day, figures: figures, into: &derivation)
    let left = curve.left(after: day)
    let forecast = rhythm.map { Quotient(given.credited) + $0.hours * left }
    let shortfall = forecast.map { max(Quotient(0), Quotient(net) - $0) }
    if let rhythm, let forecast {
      // The pace itself is shown rounded: the forecast is written from what made it.
      derivation.step(
        "À ce rythme, à la fin (\(curve.to.french))",
        "\(given.credited.french) + \(rhythm.formula) × \(curve.text(left))", gives: forecast.hoursText)
      derivation.step(
        "Il manquera", "\(net.french) \u{2212} \(forecast.hoursText)", gives: (Quotient(net) - forecast).floorText)
    }

    level = try Self.level(
      missing: missing, credited: given.credited, expected: expected, isOver: day >= curve.to, on: day,
      figures: figures, into: &derivation)
    let crew = try Crew(given.basis, on: day, figures: figures, into: &derivation)
    let next = max(day.adding(days: 1), curve.from)
    let start = next == next.month.first ? next.month : next.month.adding(1)
    let advised = shortfall.flatMap { crew.advice(against: $0, from: start, curve: curve) }
    self.advised = advised
    sentence = Self.sentence(
      missing: missing, due: given.due, net: net, shortfall: shortfall, advised: advised, day: day,
      isOver: day >= curve.to)
    if let hiring = given.hiring {
      whatIf = crew.whatIf(
        hiring, after: day, curve: curve, forecast: forecast ?? Quotient(given.credited), net: net, into: &derivation)
    } else {
      whatIf = nil
    }
    self.day = day
    due = given.due
    credited = given.credited
    self.excused = excused
    self.expected = expected.hours() ?? Hours(0)
    pace = rhythm.flatMap { $0.hours.hours() }
    self.forecast = forecast.flatMap { $0.hours() }
    missingAtEnd = shortfall.flatMap { $0.hours() }
    self.derivation = derivation
  }

  private static func formula(_ curve: ProgressCurve, _ net: Hours, _ day: Day) -> String? {
    guard curve.plan.isEmpty else { return "plan d’insertion jusqu’à ce jour" }
    return "\(net.french) × \(curve.elapsed(on: day).exactText) ÷ \(curve.text(curve.length))"
  }

  /// Tells a plan that does not add up to the hours due, or that leaves the time of performance.
  private static func checkPlan(_ curve: ProgressCurve, _ net: Hours, into derivation: inout Derivation) {
    guard !curve.plan.isEmpty else { return }
    let total = curve.plan.reduce(Hours(0)) { $0 + $1.hours }
    if total != net {
      derivation.note(
        Finding(
          .warning, "planTotal",
          "Le plan d’insertion prévoit \(total.french), et \(net.french) sont à faire.",
          mend: "Mettez le plan à jour avec l’entreprise.", place: "plan"))
    }
    if curve.plan.contains(where: { $0.month < curve.from.month || $0.month > curve.to.month }) {
      derivation.note(
        Finding(
          .warning, "planOutside", "Le plan d’insertion a des mois hors de la période d’exécution.",
          mend: "Vérifiez ces mois.", place: "plan"))
    }
  }

  /// Hours a month (or a day), and the division that gives them.
  private struct Rhythm {
    let hours: Quotient
    let formula: String

    init?(_ total: Hours, over time: Quotient, _ curve: ProgressCurve) {
      guard let hours = Quotient(total).divided(by: time) else { return nil }
      self.hours = hours
      formula = "\(total.french) ÷ \(curve.text(time))"
    }
  }

  /// Hours a month (or a day) so far; nil before the first day.
  private static func pace(
    _ given: Case, on day: Day, figures: Figures, into derivation: inout Derivation
  ) throws(MissingFigure) -> Rhythm? {
    let curve = given.curve
    guard day >= curve.from else { return nil }
    let last = min(day, curve.to)
    if given.pace == .recent {
      let count = derivation.use(try figures.counts.nearest(.progressRecentMonths, on: day))
      // The month that is not over yet would pull the pace down.
      let end = last == last.month.last ? last.month : last.month.adding(-1)
      let first = max(end.adding(1 - count), curve.from.month)
      let spent = curve.time(from: max(first.first, curve.from), to: end.last)
      if !given.months.isEmpty, first <= end {
        let recent = given.months.filter { $0.month >= first && $0.month <= end }
        let hours = recent.reduce(Hours(0)) { $0 + $1.hours }
        if let pace = Rhythm(hours, over: spent, curve) {
          derivation.step(
            "Rythme de \(first.french) à \(end.french)", pace.formula, gives: pace.hours.hoursText)
          return pace
        }
      }
      derivation.note(
        Finding(
          .information, "recentPaceUnknown",
          "Le rythme récent ne se calcule pas encore\(colon) celui de toute l’exécution est retenu.",
          mend: "Donnez les heures comptabilisées mois par mois.", place: "months"))
    }
    guard let pace = Rhythm(given.credited, over: curve.elapsed(on: day), curve) else { return nil }
    derivation.step("Rythme depuis le \(curve.from.french)", pace.formula, gives: pace.hours.hoursText)
    return pace
  }

  private static func level(
    missing: Hours, credited: Hours, expected: Quotient, isOver: Bool, on day: Day, figures: Figures,
    into derivation: inout Derivation
  ) throws(MissingFigure) -> Level {
    let watch = derivation.use(try figures.percents.nearest(.progressWatchBelow, on: day))
    let late = derivation.use(try figures.percents.nearest(.progressLateBelow, on: day))
    let serious = derivation.use(try figures.percents.nearest(.progressSeriousBelow, on: day))
    if missing == Hours(0) { return .complete }
    if isOver { return .serious }
    let done = Quotient(credited)
    if done < expected * Quotient(serious) { return .serious }
    if done < expected * Quotient(late) { return .late }
    return done < expected * Quotient(watch) ? .watch : .onTrack
  }

  private static func sentence(
    missing: Hours, due: Hours, net: Hours, shortfall: Quotient?, advised: Advice?, day: Day, isOver: Bool
  ) -> String {
    if net == Hours(0) {
      return due == net
        ? "Aucune heure n’est due." : "Les heures dues sont toutes excusées\(colon) il ne reste rien à faire."
    }
    if missing == Hours(0) { return "Les \(net.french) à faire sont atteintes." }
    if isOver { return "L’exécution est finie\(colon) il manque \(missing.french)." }
    guard let shortfall else { return "L’exécution n’a pas commencé\(colon) \(net.french) sont à faire." }
    if shortfall == Quotient(0) { return "À ce rythme, les \(net.french) à faire seront atteintes." }
    let start = "À ce rythme il manquera \(shortfall.frenchHours)"
    guard let advised else {
      return
        "\(start)\(semicolon) il ne reste aucun mois entier pour embaucher, voyez le donneur d’ordre sans attendre."
    }
    let who =
      advised.persons == 1
      ? "une personne de plus à temps plein"
      : "\(French.count(advised.persons, "personne")) de plus à temps plein"
    return
      "\(start)\(semicolon) \(who) à partir \(advised.from.from(day)) \(French.plural(advised.persons, "suffit", "suffisent"))."
  }
}
