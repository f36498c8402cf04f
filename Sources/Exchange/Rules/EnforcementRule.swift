internal import Clauses

extension Rule {
  /// The file of a failing: what happened, what may follow.
  static let enforcement = Rule(
    name: "enforcement",
    summary:
      "De la première relance à la décision de l’acheteur\u{202F}: l’état d’un dossier d’après ses événements, ce qui peut suivre et qui "
      + "peut le faire.",
    fields: [
      ("noticeRequired", "false si le lot déroge à la mise en demeure préalable\u{202F}; true par défaut"),
      ("delayDays, delayUnit", "délai que laisse la mise en demeure\u{202F}: calendar, working, workingWithSaturdays"),
      ("performanceEnd", "dernier jour d’exécution"),
      (
        "ccag",
        "CCAG auquel le contrat se réfère\u{202F}: works, suppliesServices, intellectual, ict, projectManagement, industrial"
      ),
      (
        "events",
        "événements dans l’ordre\u{202F}: kind, on (jour), by (facilitator, buyer, awardee), et selon le cas amount, hours, proof, "
          + "ground, basis (clause de réexamen ou avenant), reason. kind\u{202F}: "
          + EnforcementEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")
          + ". ground\u{202F}: " + EnforcementEvent.Ground.allCases.map(\.rawValue).joined(separator: ", ")
      ),
      (
        "day",
        "jour auquel l’état est donné\u{202F}; à défaut aujourd’hui, ou le jour du dernier événement s’il est plus tard"
      ),
    ] + Rule.calendarFields,
    example:
      #"{"ccag":"works","delayDays":15,"performanceEnd":"2028-03-31","day":"2028-02-19","events":[{"kind":"reminder","on":"2028-01-10","by":"facilitator"},{"kind":"noticeDrafted","on":"2028-01-25","by":"facilitator"},{"kind":"noticeSigned","on":"2028-02-01","by":"buyer"},{"kind":"noticeReceived","on":"2028-02-03","by":"facilitator","proof":"avis de réception"}]}"#
  ) { input, context throws(RuleFaults) in
    let calendar = input.calendar(context)
    var terms = EnforcementCase.Terms()
    terms.requiresNotice = input.flag("noticeRequired", required: false) ?? true
    terms.delay = input.delay("delayDays", "delayUnit")
    terms.performanceEnd = input.day("performanceEnd", required: false)
    terms.conditions = input.choice("ccag", GeneralConditions.self, required: false)
    let stated = input.day("day", required: false)
    let events = input.objects("events", most: 1_000) { $0.enforcementEvent() }
    try input.check()
    let day = stated ?? events.map(\.day).reduce(context.today) { max($0, $1) }
    var file = try Rule.withFigures { () throws(MissingFigure) in
      try EnforcementCase(terms, calendar: calendar, figures: context.figures, on: events.first?.day ?? day)
    }
    var findings: [Finding] = []
    for (index, event) in events.enumerated() {
      let place = "/events/\(index)"
      guard event.day <= day else {
        findings.append(
          Finding(
            .warning, "eventAfterDay",
            "L’événement du \(event.day.french) n’est pas encore connu le \(day.french)\(French.thin): il est laissé de côté.",
            place: place))
        continue
      }
      findings += file.receive(event).findings.map { $0.at(place) }
    }
    return EnforcementAnswer.json(file, findings, on: day)
  }
}

extension RuleInput {
  /// One event, or nil with its faults noted.
  fileprivate mutating func enforcementEvent() -> EnforcementEvent? {
    let kind = choice("kind", EnforcementEvent.Kind.self)
    let on = day("on")
    let actor = choice("by", EnforcementEvent.Actor.self)
    let amount = euros("amount", required: false)
    let hours = hours("hours", required: false)
    let proof = text("proof", required: false, most: 500)
    let ground = choice("ground", EnforcementEvent.Ground.self, required: false)
    let basis = text("basis", required: false, most: 500)
    let reason = text("reason", required: false, most: 2_000)
    guard let kind, let on, let actor else { return nil }
    var event = EnforcementEvent(kind, on: on, by: actor)
    event.amount = amount
    event.hours = hours
    event.proof = proof
    event.ground = ground
    event.basis = basis
    event.reason = reason
    return event
  }
}

extension Finding {
  /// The remark with the place in the input that it is about.
  fileprivate func at(_ place: String) -> Finding {
    Finding(level, code, sentence, mend: mend, article: article, place: place)
  }
}

/// The answer of the rule `enforcement`.
private enum EnforcementAnswer {
  static func json(_ file: EnforcementCase, _ findings: [Finding], on day: Day) -> RuleJSON {
    var derivation = file.derivation(on: day)
    for finding in findings { derivation.note(finding) }
    let notice = file.notice
    let isElapsed = file.isDelayElapsed(on: day)
    var noticeFields: [(name: String, value: RuleJSON)] = [
      ("required", .flag(notice.requiresNotice)), ("signedOn", notice.signedOn.map { .day($0) } ?? .null),
    ]
    if let end = notice.delayEnd { noticeFields += end.fields(on: day) }
    return .object(
      [
        ("day", .day(day)),
        ("state", .text(notice.state.rawValue)),
        ("stateLabel", .text(notice.state.french)),
        ("delayElapsed", .flag(isElapsed)),
        ("accepted", .whole(file.trace.count)),
        ("next", .list(file.next(on: day).map(json))),
        ("notice", .object(noticeFields)),
        (
          "penalty",
          .object([
            ("proposed", notice.proposed.map { .euros($0) } ?? .null),
            ("decided", notice.decided.map { .euros($0) } ?? .null),
          ])
        ),
        ("release", release(file.release)),
        ("trace", .list(file.trace.map(json))),
      ] + derivation.fields)
  }

  private static func json(_ next: EnforcementCase.Next) -> RuleJSON {
    .object([
      ("kind", .text(next.kind.rawValue)), ("by", .list(next.actors.map { .text($0.rawValue) })),
      ("label", .text(next.kind.french)),
    ])
  }

  private static func json(_ entry: EnforcementCase.Entry) -> RuleJSON {
    .object([
      ("day", .day(entry.event.day)), ("kind", .text(entry.event.kind.rawValue)),
      ("by", .text(entry.event.actor.rawValue)), ("sentence", .text(entry.sentence)),
    ])
  }

  private static func release(_ release: ReleaseProcedure) -> RuleJSON {
    .object([
      ("state", .text(release.state.rawValue)), ("stateLabel", .text(release.state.french)),
      ("ground", release.ground.map { .text($0.rawValue) } ?? .null),
      ("evidence", release.ground.map { .text($0.evidence) } ?? .null),
      ("warnedOn", release.warnedOn.map { .day($0) } ?? .null),
      ("excused", .hours(release.excused)), ("takenOff", .hours(release.takenOff)),
      ("basis", release.basis.map { .text($0) } ?? .null),
    ])
  }
}
