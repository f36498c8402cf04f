/// Counts one person's month under a policy.
struct EntryCount {
  private let fact: CountingFact
  private let policy: CountingPolicy
  private let performance: Counting.Performance
  private var counted = Hours(0)
  private var base = Hours(0)
  private var apart = Hours(0)
  private var averaging = Hours(0)
  private var notCredited: [NotCredited] = []
  private var findings: [Finding] = []

  init(_ fact: CountingFact, _ policy: CountingPolicy, _ performance: Counting.Performance) {
    self.fact = fact
    self.policy = policy
    self.performance = performance
  }

  /// The entry; remarks go into the derivation, with the place of the fact.
  func entry(place: String, into derivation: inout Derivation) -> CountedEntry {
    var count = self
    for portion in fact.portions { count.count(portion) }
    count.checkDeclared()
    var situations = fact.placement.situations
    if fact.placement.modality == .openEndedHire { situations.insert(.openEndedContract) }
    let weight = policy.weight(of: situations)
    let weighted = (Quotient(count.counted) * weight).hours(.down) ?? count.counted
    if weighted < count.counted {
      count.refuse(count.counted - weighted, .weighting, "pondération ×\(French.thin)\(weight.frenchFactor)")
    }
    if count.averaging > Hours(0) {
      count.findings.append(
        Finding(
          .information, "averaging",
          "\(fact.person), \(fact.month.french)\(colon) \(count.averaging.french) de lissage mensuel "
            + "(\((fact.hours.paid ?? Hours(0)).french) payées) ne sont pas des heures."))
    }
    for finding in count.findings {
      derivation.note(
        Finding(
          finding.level, finding.code, finding.sentence, mend: finding.mend, article: finding.article, place: place))
    }
    return CountedEntry(
      person: fact.person, month: fact.month, modality: fact.placement.modality, base: count.base,
      counted: count.counted, weight: weight, credited: weighted,
      bonus: weighted > count.counted ? weighted - count.counted : Hours(0), apart: count.apart,
      averaging: count.averaging, notCredited: count.notCredited)
  }

  /// Adds hours not credited to those of the same reason and sentence.
  private mutating func refuse(_ hours: Hours, _ reason: NotCredited.Reason, _ words: String? = nil) {
    guard hours > Hours(0) else { return }
    let words = words ?? reason.french
    var total = hours
    if let index = notCredited.firstIndex(where: { $0.reason == reason }) {
      total = total + notCredited[index].hours
      notCredited[index] = NotCredited(reason: reason, hours: total, sentence: "\(total.french)\(colon) \(words)")
    } else {
      notCredited.append(NotCredited(reason: reason, hours: total, sentence: "\(total.french)\(colon) \(words)"))
    }
  }

  private mutating func count(_ portion: CountingFact.Portion) {
    var parts = parts(of: portion.hours)
    base = parts.reduce(base) { $0 + $1.hours }
    if policy.unit == .worked, let paid = portion.hours.paid {
      averaging = averaging + max(Hours(0), paid - portion.hours.worked - portion.hours.absent)
    }
    parts.removeAll { $0.hours == Hours(0) }
    guard !parts.isEmpty else { return }
    if let (reason, words) = refusal(portion) {
      for part in parts { refuse(part.hours, reason, words) }
      return
    }
    for part in parts {
      if let reason = part.reason {
        refuse(part.hours, reason)
        if reason == .tutoringApart { apart = apart + part.hours }
      } else {
        counted = counted + part.hours
      }
    }
  }

  // MARK: - Days

  /// Why nothing of a portion counts; nil where its days are right.
  private mutating func refusal(_ portion: CountingFact.Portion) -> (NotCredited.Reason, String)? {
    let placement = fact.placement
    guard placement.modality.isEmployment else { return (.placement, NotCredited.Reason.placement.french) }
    let from = max(portion.from, placement.start)
    let to = min(portion.to, placement.end ?? portion.to)
    guard from <= to else {
      let end = placement.end.map { " au \($0.french)" } ?? ""
      let since = end.isEmpty ? "depuis le" : "du"
      return (.outsideContract, "hors du contrat de travail, \(since) \(placement.start.french)\(end)")
    }
    if let words = impossible(portion.hours.worked, from, to) { return (.implausible, words) }
    if placement.isAlreadyInPost, !(policy.alreadyInPost == .whenEligible && placement.wasEligibleAtHire == true) {
      let why = policy.alreadyInPost == .whenEligible ? ", éligibilité à la première embauche non établie" : ""
      return (.alreadyInPost, NotCredited.Reason.alreadyInPost.french + why)
    }
    guard let decision = placement.decision else {
      note(
        .warning, "decisionMissing",
        "aucune décision d’éligibilité n’est donnée, et les heures ne sont pas comptabilisées.",
        mend: "Indiquez le jour de la décision, ou faites-la prendre.")
      return (.notValidated, NotCredited.Reason.notValidated.french)
    }
    if let words = lapsed(decision) { return (.decisionLapsed, words) }
    if decision > placement.start, policy.lateValidation == .nothing {
      return (
        .lateValidation,
        "décision du \(decision.french), rendue après l’embauche du \(placement.start.french)\(colon) rien n’est compté"
      )
    }
    let limits = limits(decision)
    let straddled = limits.filter { from < $0.day && $0.day <= to }
    for limit in limits where limit.isStart ? to < limit.day : limit.day <= from {
      if limit.reason == .afterCountedMonths { tellDefault() }
      return (limit.reason, limit.words)
    }
    guard straddled.isEmpty else {
      let days = straddled.map { "le \($0.day.french)" }
      findings.append(
        Finding(
          .fault, "splitNeeded",
          "\(fact.person), \(fact.month.french)\(colon) une limite tombe dans le mois (\(French.list(days)))\(semicolon) "
            + "sans le partage des heures à ce jour, rien n’en est compté.",
          mend: "Indiquez combien d’heures du mois viennent avant \(French.list(days))."))
      return (.needsSplit, "à partager avant et depuis \(French.list(days))")
    }
    return nil
  }

  /// A day from which hours begin or cease to count.
  private struct Limit {
    let day: Day
    let isStart: Bool
    let reason: NotCredited.Reason
    let words: String
  }

  private mutating func limits(_ decision: Day) -> [Limit] {
    let placement = fact.placement
    var limits = [
      Limit(
        day: performance.from, isStart: true, reason: .beforePerformance,
        words: "avant la période d’exécution, qui commence le \(performance.from.french)")
    ]
    if let end = performance.to {
      limits.append(
        Limit(
          day: end.adding(days: 1), isStart: false, reason: .afterPerformance,
          words: "après la période d’exécution, qui finit le \(end.french)"))
    }
    if decision > placement.start, let late = late(decision) {
      limits.append(Limit(day: decision, isStart: true, reason: late.0, words: late.1))
    }
    let window = policy.window(of: placement)
    let months = policy.countedMonths(of: placement.modality, category: placement.category)
    let pushed =
      window.days > 0 ? ", repoussés de \(French.count(window.days, "jour")) par des suspensions" : ""
    limits.append(
      Limit(
        day: window.until.adding(days: 1), isStart: false, reason: .afterCountedMonths,
        words: "au-delà de \(months)\(French.noBreak)mois depuis l’embauche du \(window.from.french)\(pushed)"))
    if window.isCapped {
      note(
        .warning, "suspensionCapped",
        "les suspensions dépassent le maximum de \(policy.suspensionMonths)\(French.noBreak)mois, le reste ne repousse "
          + "rien.")
    }
    return limits
  }

  /// Tells that the months of the general conditions, written for direct hires, are applied to another modality.
  private mutating func tellDefault() {
    guard !fact.placement.modality.isDirectHire, policy.isDefault(fact.placement) else { return }
    note(
      .information, "countedMonthsByDefault",
      "\(policy.otherMonths)\(French.noBreak)mois, la durée du CCAG pour une embauche directe, valent aussi pour cette "
        + "modalité, faute d’un autre choix.",
      mend: "Si le contrat prévoit une autre durée, choisissez-la dans la méthode de décompte.",
      article: CountingArticle.modalities(policy.ccag))
  }

  /// Why a decision no longer held on the first day of the employment contract; nil where it did.
  ///
  /// Where an earlier contract opened the days that count, they go on by themselves: no new decision is waited for.
  private mutating func lapsed(_ decision: Day) -> String? {
    let placement = fact.placement
    let validity = policy.validity(of: decision, placement)
    guard placement.opened == nil, decision <= placement.start, placement.start > validity.until else { return nil }
    note(
      .fault, "decisionLapsed",
      "la décision du \(decision.french) ne valait que jusqu’au \(validity.until.french), avant l’embauche du "
        + "\(placement.start.french).",
      mend: "Vérifiez ces dates\(semicolon) si elles sont justes, une nouvelle décision devait être prise avant "
        + "l’embauche.", article: CountingArticle.eligibility(policy.ccag))
    return "décision du \(decision.french) périmée le \(validity.until.french), avant l’embauche du "
      + placement.start.french
  }

  /// Tells something of this entry, once.
  private mutating func note(
    _ level: Finding.Level, _ code: String, _ words: String, mend: String? = nil, article: String? = nil
  ) {
    guard !findings.contains(where: { $0.code == code }) else { return }
    findings.append(
      Finding(
        level, code, "\(fact.person), \(fact.month.french)\(colon) \(words)", mend: mend, article: article))
  }

  // MARK: - Plausibility

  /// Why hours cannot have been worked from a day to another by one person; nil where they can.
  ///
  /// A line of a structure may stand for several people: it is told, and counted.
  private mutating func impossible(_ worked: Hours, _ from: Day, _ to: Day) -> String? {
    let days = Int(to.number - from.number) + 1
    guard let most = (Quotient(policy.bounds.day) * Quotient(days)).hours(), worked > most else { return nil }
    let span = from == to ? "le \(from.french)" : "du \(from.french) au \(to.french)"
    let words =
      "\(worked.french) travaillées \(span)\(colon) \(French.count(days, "jour")) du contrat de travail n’en ont que "
      + most.french
    guard fact.placement.modality.employment != .performed else {
      note(
        .warning, "severalPeople", "\(words).",
        mend: "Si la ligne vaut pour plusieurs personnes, donnez-en une par personne\(semicolon) sinon, corrigez-la.")
      return nil
    }
    note(
      .fault, "tooManyHours", "\(words), rien n’en est compté.",
      mend: "Corrigez les heures, le mois ou les dates du contrat de travail.")
    return "\(worked.french) déclarées pour \(most.french) possibles, \(span)"
  }

  /// Hours that stay possible and yet should be looked at again.
  private mutating func checkDeclared() {
    let placement = fact.placement
    let from = max(fact.month.first, placement.start)
    let to = min(fact.month.last, placement.end ?? fact.month.last)
    let isTold = findings.contains { $0.code == "tooManyHours" || $0.code == "severalPeople" }
    guard placement.modality.isEmployment, from <= to, !isTold else { return }
    let days = Quotient(Int(to.number - from.number) + 1)
    if let weeks = days.divided(by: Quotient(Weekday.allCases.count)), let person = weeks.most(policy.bounds.week),
      fact.hours.worked > person, placement.modality.employment != .performed
    {
      note(
        .warning, "beyondWeeklyLimit",
        "\(fact.hours.worked.french) travaillées, plus que les \(person.french) que permettent \(policy.bounds.week.french) "
          + "par semaine.",
        mend: "Vérifiez ces heures sur le bulletin de paie ou le relevé.")
    }
    if policy.unit == .worked, let paid = fact.hours.paid, paid < fact.hours.worked {
      note(
        .warning, "paidUnderWorked",
        "\(fact.hours.worked.french) travaillées pour \(paid.french) payées.",
        mend: "Vérifiez ces heures sur le bulletin de paie.")
    }
  }

  /// Why hours before a late decision do not count; nil where they do.
  private mutating func late(_ decision: Day) -> (NotCredited.Reason, String)? {
    let before = "avant la décision d’éligibilité du \(decision.french)"
    guard policy.lateValidation == .fromHire else { return (.beforeValidation, before) }
    guard fact.placement.wasEligibleAtHire == true else {
      return (.notEligibleAtHire, "\(before), éligibilité à l’embauche non établie")
    }
    guard !(fact.placement.lateReason ?? "").allSatisfy(\.isWhitespace) else {
      note(
        .fault, "lateReasonMissing",
        "la décision du \(decision.french) vient après l’embauche du \(fact.placement.start.french) et aucun motif n’est "
          + "écrit.",
        mend: "Écrivez pourquoi la décision est venue tard\(semicolon) d’ici là, seules les heures depuis la décision "
          + "comptent.", article: CountingArticle.eligibility(policy.ccag))
      return (.lateWithoutReason, "\(before), motif du retard non écrit")
    }
    return nil
  }

  // MARK: - Kinds of hours

  /// Hours of one kind; no reason: they count.
  private struct Part {
    var hours: Hours
    let reason: NotCredited.Reason?
  }

  /// The hours of a portion by kind; their sum is its base.
  private mutating func parts(of hours: RawHours) -> [Part] {
    if case .invoice(let rate) = policy.subcontract, fact.placement.modality.employment == .performed {
      guard let invoice = hours.invoice, let bought = Quotient(invoice).divided(by: Quotient(rate))?.hours(.down) else {
        findings.append(
          Finding(
            .warning, "invoiceMissing",
            "\(fact.person), \(fact.month.french)\(colon) la méthode compte le montant facturé, et aucun n’est déclaré.",
            mend: "Demandez la facture du mois à la structure."))
        return [Part(hours: hours.worked, reason: .invoiceMissing)]
      }
      return [Part(hours: bought, reason: nil)]
    }
    let others = hours.insertion.map { hours.worked - $0 } ?? Hours(0)
    var short = Hours(0)
    if case .blocksUnder(let limit) = policy.training {
      short = hours.training.filter { $0.whole < limit }.reduce(Hours(0)) { $0 + $1.hours }
    } else if policy.training == .included {
      short = hours.trained
    }
    let tutoring: NotCredited.Reason? =
      switch policy.tutoring {
      case .included: nil
      case .apart: .tutoringApart
      case .excluded: .tutoring
      }
    var parts = [
      Part(hours: hours.worked - others - hours.trained - hours.tutoring, reason: nil),
      Part(hours: short, reason: nil), Part(hours: hours.trained - short, reason: .training),
      Part(hours: hours.tutoring, reason: tutoring), Part(hours: others, reason: .notInsertionStaff),
    ]
    parts += policy.unit == .paid ? paidParts(of: hours, &parts) : absences(hours.absences)
    return parts
  }

  private func absences(_ absences: [Absence: Hours]) -> [Part] {
    Absence.allCases.map { Part(hours: absences[$0] ?? Hours(0), reason: $0.reason) }
  }

  /// What hours paid add to hours worked: paid absences, the others, monthly averaging.
  ///
  /// Hours worked beyond those paid are taken out of the parts that would count.
  private mutating func paidParts(of hours: RawHours, _ parts: inout [Part]) -> [Part] {
    var result: [Part] = []
    if hours.paid == nil, hours.worked + hours.absent > Hours(0) {
      findings.append(
        Finding(
          .warning, "paidMissing",
          "\(fact.person), \(fact.month.french)\(colon) la méthode compte les heures payées, et elles ne sont pas "
            + "déclarées\(semicolon) heures travaillées et absences en tiennent lieu.",
          mend: "Demandez le bulletin de paie, et le partage des heures payées où un mois est partagé."))
    }
    let paid = hours.paid ?? hours.worked + hours.absent
    var excess = max(Hours(0), hours.worked - paid)
    for index in parts.indices where parts[index].reason == nil {
      let taken = min(excess, parts[index].hours)
      parts[index].hours = parts[index].hours - taken
      excess = excess - taken
      result.append(Part(hours: taken, reason: .unpaid))
    }
    var left = max(Hours(0), paid - hours.worked)
    for kind in Absence.allCases {
      let absent = hours.absences[kind] ?? Hours(0)
      let covered = min(left, absent)
      left = left - covered
      result.append(Part(hours: covered, reason: takesIn(kind) ? nil : kind.reason))
      result.append(Part(hours: absent - covered, reason: .unpaidAbsence))
    }
    result.append(Part(hours: left, reason: nil))
    return result
  }

  /// Whether the policy takes in a paid absence.
  private func takesIn(_ absence: Absence) -> Bool {
    switch absence {
    case .publicHoliday: policy.publicHolidays == .included
    case .leave: policy.leave == .included
    case .sickness: policy.sickness == .included
    case .other: false
    }
  }
}

extension Quotient {
  /// So many hours a week over these weeks, to the hundredth.
  fileprivate func most(_ week: Hours) -> Hours? { (self * Quotient(week)).hours() }
}
