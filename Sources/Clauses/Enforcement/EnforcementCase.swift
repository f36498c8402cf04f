/// The file of one failing, from the first reminder or warning to the buyer's decision.
///
/// A plain value that receives events one by one: what cannot follow is refused with its reason and changes nothing.
/// No clock, no effect: what to send or record is for the caller, who reads the trace.
public struct EnforcementCase: Sendable, Equatable {
  /// What the contract says of notices and penalties.
  public struct Terms: Sendable, Equatable {
    /// Whether a formal notice must come before any penalty; a lot may derogate.
    public var requiresNotice = true
    /// The delay that the notice leaves; nil: the usual one.
    public var delay: Delay?
    /// The last day of performance.
    public var performanceEnd: Day?
    /// The general conditions that the contract refers to.
    public var conditions: GeneralConditions?

    /// The usual terms: a notice is required.
    public init() {}
  }

  /// What became of an event.
  public struct Ruling: Sendable, Equatable {
    /// Whether it was taken into the file.
    public let isAccepted: Bool
    /// Why not, or what to look at.
    public let findings: [Finding]
  }

  /// A step that was taken, dated, in French.
  public struct Entry: Sendable, Equatable {
    /// The event.
    public let event: EnforcementEvent
    /// What happened, in French.
    public let sentence: String
  }

  /// What may follow.
  public struct Next: Sendable, Equatable {
    /// The step.
    public let kind: EnforcementEvent.Kind
    /// Who may take it.
    public let actors: [EnforcementEvent.Actor]
  }

  /// What the contract says.
  public let terms: Terms
  /// The steps of notice and penalty.
  public private(set) var notice: NoticeProcedure
  /// The lightening of the clause.
  public private(set) var release = ReleaseProcedure()
  /// What happened, in order.
  public private(set) var trace: [Entry] = []

  private let calendar: WorkingCalendar
  private let rules: DelayRules
  private let articles: InsertionArticles
  private let delay: Delay
  private let usualDelay: Figure<Int>?

  /// A new file; the figures are read as of a day.
  public init(
    _ terms: Terms = Terms(), calendar: WorkingCalendar, figures: Figures, on day: Day
  ) throws(MissingFigure) {
    self.terms = terms
    self.calendar = calendar
    notice = NoticeProcedure(requiresNotice: terms.requiresNotice)
    rules = try DelayRules(figures: figures, on: day)
    articles = try InsertionArticles(terms.conditions, on: day, figures: figures)
    if let delay = terms.delay {
      self.delay = delay
      usualDelay = nil
    } else {
      let usual = try figures.counts.figure(.noticeDelayDays, on: day)
      delay = Delay(usual.value)
      usualDelay = usual
    }
  }

  /// Takes an event or refuses it.
  public mutating func receive(_ event: EnforcementEvent) -> Ruling {
    if let refusal = refusal(of: event) { return Ruling(isAccepted: false, findings: [refusal]) }
    var findings = remarks(on: event)
    if event.kind.isRelease {
      findings += release.take(event, articles: articles)
    } else {
      let end = { calendar.end(of: delay, from: event.day, rules: rules) }
      findings += notice.take(event, end: end, article: articles.penalties)
    }
    trace.append(Entry(event: event, sentence: sentence(of: event)))
    return Ruling(isAccepted: true, findings: findings)
  }

  /// Why an event cannot be taken, or nil.
  public func refusal(of event: EnforcementEvent) -> Finding? {
    guard event.kind.actors.contains(event.actor) else {
      let isBuyers = event.kind.actors == [.buyer]
      return Finding(
        .fault, isBuyers ? "onlyTheBuyer" : "wrongActor",
        "\(event.kind.french.prefix(1).uppercased())\(event.kind.french.dropFirst())\(colon) seul "
          + "\(French.list(event.kind.actors.map(\.french), last: "ou")) peut le faire, pas \(event.actor.french).",
        mend: isBuyers ? "Préparez la pièce et soumettez-la à l’acheteur." : nil, article: articles.penalties)
    }
    if let last = trace.last?.event, event.day < last.day {
      return Finding(
        .fault, "dayBeforePrevious",
        "Cet événement (\(event.day.french)) est daté d’avant le précédent (\(last.kind.french), \(last.day.french)).",
        mend: "Corrigez la date, ou enregistrez les événements dans l’ordre.")
    }
    if event.kind.isRelease { return release.refusal(of: event, articles: articles) }
    if event.kind == .penaltyProposed || event.kind == .penaltyDecided,
      release.state == .cancelled || release.state == .suspended
    {
      return Finding(
        .fault, "clauseNotInForce",
        "La clause n’est pas en vigueur (\(release.state.french))\(colon) aucune pénalité ne peut la sanctionner.",
        article: articles.difficulties)
    }
    return notice.refusal(of: event, article: articles.penalties)
  }

  /// What to look at when an event is taken, beyond what its own procedure says.
  private func remarks(on event: EnforcementEvent) -> [Finding] {
    switch event.kind {
    case .noticeReceived:
      return [
        NoticeWording.afterEnd(event.day, performanceEnd: terms.performanceEnd, article: articles.penalties)
      ].compactMap { $0 }
    case .penaltyProposed where release.state == .difficultyReported || release.state == .searching:
      return [
        Finding(
          .warning, "searchOpen",
          "L’entreprise a signalé une difficulté et la recherche de solutions n’est pas conclue.",
          mend: "Concluez-la avant la décision.", article: articles.difficulties)
      ]
    case .hoursExcused where notice.state == .proposed, .reduced where notice.state == .proposed:
      return [
        Finding(
          .warning, "proposalOutdated", "La pénalité proposée ne tient pas compte de ces heures.",
          mend: "Recalculez-la avant la décision.", article: articles.penalties)
      ]
    default: return []
    }
  }

  private func sentence(of event: EnforcementEvent) -> String {
    var text = "\(event.day.french)\(colon) \(event.kind.french), par \(event.actor.french)"
    var details: [String] = []
    if let amount = event.amount { details.append(amount.french) }
    if let hours = event.hours { details.append(hours.french) }
    if let ground = event.ground { details.append(ground.french) }
    details += [event.proof, event.basis, event.reason].compactMap { $0 }
    if event.kind == .noticeReceived, let end = notice.delayEnd {
      details.append("délai de \(delay.french) jusqu’au \(end.last.french)")
    }
    if !details.isEmpty { text += " (\(details.joined(separator: "\(semicolon) ")))" }
    return text + "."
  }

  /// Whether the delay of the notice is over on a day.
  public func isDelayElapsed(on day: Day) -> Bool { notice.delayEnd?.isElapsed(on: day) ?? false }

  /// The steps that can be taken on a day, each with those who may take it, their details given.
  public func next(on day: Day) -> [Next] {
    EnforcementEvent.Kind.allCases.compactMap { kind in
      let isPossible = kind.actors.contains { actor in
        var event = EnforcementEvent(kind, on: day, by: actor)
        event.amount = Euros(1)
        event.hours = Hours(1)
        event.proof = kind.french
        event.basis = kind.french
        event.ground = release.ground ?? .other
        return refusal(of: event) == nil
      }
      return isPossible ? Next(kind: kind, actors: kind.actors) : nil
    }
  }

  /// The file as it stands on a day: what happened, the delay reckoned, what is possible now.
  public func derivation(on day: Day) -> Derivation {
    var derivation = Derivation()
    for entry in trace { derivation.step("Fait enregistré", gives: entry.sentence) }
    if let end = notice.delayEnd {
      if let usualDelay { derivation.use(usualDelay) }
      end.explain(in: &derivation, rules: rules)
      if notice.state == .received {
        if end.isElapsed(on: day) {
          derivation.note(
            Finding(
              .information, "delayElapsed",
              "Le délai de la mise en demeure est écoulé depuis le \(end.last.french)\(colon) une pénalité peut être "
                + "proposée à l’acheteur.", article: articles.penalties))
        } else {
          derivation.note(
            Finding(
              .information, "delayRunning",
              "Le délai de la mise en demeure court jusqu’au \(end.last.french) inclus.", article: articles.penalties))
        }
      }
    }
    if !terms.requiresNotice {
      derivation.note(
        Finding(
          .information, "noticeWaived",
          "Le contrat déroge à la mise en demeure préalable\(colon) vérifiez que la dérogation est écrite.",
          article: articles.penalties))
    }
    let hours = release.excused + release.takenOff
    if hours.hundredths > 0 {
      derivation.step(
        "Heures excusées ou retirées", "\(release.excused.french) + \(release.takenOff.french)", gives: hours.french)
    }
    return derivation
  }
}
