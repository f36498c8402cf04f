import Clauses
import Testing

@Suite struct EnforcementTests {
  typealias Event = EnforcementEvent
  typealias Kind = EnforcementEvent.Kind

  private func file(_ change: (inout EnforcementCase.Terms) -> Void = { _ in }) throws -> EnforcementCase {
    let figures = try Reference.figures()
    var terms = EnforcementCase.Terms()
    terms.performanceEnd = day(2028, 3, 31)
    terms.conditions = .works
    change(&terms)
    return try EnforcementCase(
      terms, calendar: WorkingCalendar(figures: figures), figures: figures, on: Reference.today)
  }

  /// An event with every detail that it may need, by the first who may do it.
  private func event(_ kind: Kind, _ on: Day, _ change: (inout Event) -> Void = { _ in }) -> Event {
    var event = Event(kind, on: on, by: kind.actors.first ?? .buyer)
    event.amount = Euros(100)
    event.hours = Hours(10)
    event.proof = "pièce"
    event.basis = "avenant nº 1"
    event.ground = .other
    change(&event)
    return event
  }

  private func codes(_ file: inout EnforcementCase, _ event: Event) -> [String] {
    file.receive(event).findings.map(\.code)
  }

  // MARK: - The story

  @Test func `the story's notice allows a penalty on 19 February and not the day before`() throws {
    var file = try file { $0.delay = Delay(15) }
    #expect(file.receive(event(.reminder, day(2028, 1, 10))).isAccepted)
    #expect(file.receive(event(.noticeDrafted, day(2028, 1, 25))).isAccepted)
    #expect(file.receive(event(.noticeSigned, day(2028, 2, 1))).isAccepted)
    #expect(file.receive(event(.noticeReceived, day(2028, 2, 3))).findings.isEmpty)
    #expect(file.notice.delayEnd?.last == day(2028, 2, 18))
    #expect(file.receive(event(.remarks, day(2028, 2, 10))).isAccepted)
    let early = file.receive(event(.penaltyProposed, day(2028, 2, 18)) { $0.amount = Euros(10_512) })
    #expect(!early.isAccepted)
    #expect(early.findings.first?.code == "delayNotElapsed")
    #expect(
      early.findings.first?.sentence.plain
        == "Le délai de la mise en demeure court jusqu’au 18/02/2028 inclus : aucune pénalité ne peut être proposée le 18/02/2028."
    )
    #expect(early.findings.first?.mend == "Attendez le 19/02/2028.")
    #expect(early.findings.first?.article == "CCAG-Travaux, article 20.1.5")
    #expect(!file.isDelayElapsed(on: day(2028, 2, 18)) && file.isDelayElapsed(on: day(2028, 2, 19)))
    var next = file
    #expect(next.receive(event(.penaltyProposed, day(2028, 2, 19))).isAccepted)
    #expect(file.receive(event(.penaltyProposed, day(2028, 4, 20)) { $0.amount = Euros(10_512) }).findings.isEmpty)
    #expect(file.receive(event(.penaltyDecided, day(2028, 4, 24)) { $0.amount = Euros(10_512) }).findings.isEmpty)
    #expect(file.notice.decided == Euros(10_512))
    #expect(file.notice.state == .decided && file.notice.state.isOver)
    #expect(codes(&file, event(.remarks, day(2028, 4, 25))) == ["alreadyClosed"])
    #expect(file.trace.count == 7)
    #expect(
      file.trace.last?.sentence.plain.hasPrefix("24/04/2028 : décision de pénalité, par l’acheteur (10 512,00 €")
        == true)
  }

  @Test func `the story's release: warned, nobody found, eighty hours excused by the buyer`() throws {
    var file = try file()
    #expect(
      codes(&file, event(.difficultyReported, day(2027, 4, 1)) { $0.ground = .noCandidate }) == ["evidenceExpected"])
    #expect(codes(&file, event(.searchOpened, day(2027, 4, 10))).isEmpty)
    #expect(codes(&file, event(.hoursExcused, day(2027, 6, 1)) { $0.hours = Hours(80) }) == ["searchNotConcluded"])
    #expect(codes(&file, event(.nobodyFound, day(2027, 7, 5))).isEmpty)
    #expect(
      codes(&file, event(.hoursExcused, day(2027, 7, 15)) { ($0.actor, $0.hours) = (.facilitator, Hours(80)) })
        == ["onlyTheBuyer"])
    #expect(codes(&file, event(.hoursExcused, day(2027, 7, 15)) { $0.hours = Hours(80) }).isEmpty)
    #expect(file.release.excused == Hours(80))
    #expect(file.release.warnedOn == day(2027, 4, 1) && file.release.nobodyFoundOn == day(2027, 7, 5))
    let steps = file.derivation(on: day(2027, 7, 16)).steps.map(\.sentence.plain)
    #expect(steps.last == "Heures excusées ou retirées : 80 h + 0 h = 80 h")
  }

  // MARK: - Every order of events

  /// Whether the steps taken so far let another one follow, said over the whole history instead of a state.
  private func mayFollow(_ kind: Kind, _ taken: [Kind], required: Bool, isElapsed: Bool) -> Bool {
    func has(_ kind: Kind) -> Bool { taken.contains(kind) }
    if has(.penaltyDecided) || has(.penaltyRenounced) || has(.remedied) { return false }
    switch kind {
    case .reminder, .noticeDrafted: return !has(.noticeDrafted) && !has(.penaltyProposed)
    case .noticeSigned: return has(.noticeDrafted) && !has(.noticeSigned) && !has(.penaltyProposed)
    case .noticeReceived: return has(.noticeSigned) && !has(.noticeReceived) && !has(.penaltyProposed)
    case .remarks, .penaltyRenounced: return has(.noticeReceived) || has(.penaltyProposed)
    case .penaltyProposed: return !has(.penaltyProposed) && (!required || (has(.noticeReceived) && isElapsed))
    case .penaltyDecided: return has(.penaltyProposed)
    case .remedied: return !taken.isEmpty
    default: return false
    }
  }

  @Test(arguments: [true, false], [0, 1, 20])
  func `no order of events gives a penalty that its notice does not allow`(required: Bool, step: Int) throws {
    let kinds = Kind.allCases.filter { !$0.isRelease }
    var visited = 0
    func explore(_ file: EnforcementCase, _ taken: [Kind], _ on: Day, depth: Int) {
      guard depth > 0 else { return }
      let possible = Set(file.next(on: on).map(\.kind))
      for kind in kinds {
        visited += 1
        let expected = mayFollow(kind, taken, required: required, isElapsed: file.isDelayElapsed(on: on))
        var next = file
        let isAccepted = next.receive(event(kind, on)).isAccepted
        #expect(isAccepted == expected, "\(kind) after \(taken)")
        #expect(possible.contains(kind) == expected, "\(kind) after \(taken)")
        guard isAccepted else {
          #expect(next == file, "a refused event changes nothing")
          continue
        }
        for actor in Event.Actor.allCases where !kind.actors.contains(actor) {
          var stranger = file
          #expect(!stranger.receive(event(kind, on) { $0.actor = actor }).isAccepted, "\(kind) by \(actor)")
        }
        if kind == .penaltyDecided, required {
          let order: [Kind] = [.noticeDrafted, .noticeSigned, .noticeReceived, .penaltyProposed]
          let places = order.map { taken.firstIndex(of: $0) ?? -1 }
          #expect(places.allSatisfy { $0 >= 0 } && places == places.sorted(), "\(taken)")
          let end = next.notice.delayEnd
          let proposedOn = next.trace.first { $0.event.kind == .penaltyProposed }?.event.day
          #expect(proposedOn.map { end?.isElapsed(on: $0) ?? false } ?? false, "\(taken)")
        }
        explore(next, taken + [kind], on.adding(days: step), depth: depth - 1)
      }
    }
    explore(
      try file { ($0.delay, $0.requiresNotice) = (Delay(15), required) }, [], day(2027, 1, 4), depth: 9)
    #expect(visited > 500)
  }

  /// What a release must have seen before a step, over the whole history.
  private func mayRelease(_ event: Event, _ taken: [Event], ground: Event.Ground) -> Bool {
    var state = "active"
    var hasPapers = false
    var nobody = false
    for event in taken {
      switch event.kind {
      case .difficultyReported: (state, hasPapers, nobody) = ("reported", false, false)
      case .searchOpened: state = "searching"
      case .papersReceived: hasPapers = true
      case .nobodyFound: nobody = true
      case .suspended: state = "suspended"
      case .resumed: state = "active"
      case .reduced: state = "reduced"
      case .cancelled: state = "cancelled"
      case .referredToPenalty: state = "penalty"
      default: break
      }
    }
    let byLaw = [.shortTimeWork, .economicRedundancies, .insolvency].contains(ground)
    let isShown = hasPapers || !(byLaw || ground == .economicDifficulty)
    switch event.kind {
    case .difficultyReported: return state == "active" || state == "reduced"
    case .searchOpened: return state == "reported"
    case .papersReceived: return state == "reported" || state == "searching"
    case .nobodyFound, .referredToPenalty: return state == "searching"
    case .hoursExcused: return nobody && (state == "searching" || state == "penalty")
    case .suspended, .reduced: return state == "searching" && isShown && event.basis != nil
    case .cancelled:
      let isOpen = state == "searching" || state == "suspended" || (state == "reported" && byLaw)
      return isOpen && isShown && (byLaw || event.basis != nil)
    case .resumed: return state == "suspended"
    default: return false
    }
  }

  @Test(arguments: Event.Ground.allCases)
  func `no order of events lightens a clause without what its ground asks for`(ground: Event.Ground) throws {
    let kinds = Kind.allCases.filter(\.isRelease)
    var visited = 0
    func explore(_ file: EnforcementCase, _ taken: [Event], depth: Int) {
      guard depth > 0 else { return }
      for kind in kinds {
        for basis in [nil, "avenant nº 1"] {
          let needsBasis = [.suspended, .reduced, .cancelled].contains(kind)
          if basis != nil, !needsBasis { continue }
          visited += 1
          let event = event(kind, day(2027, 4, 1)) { ($0.ground, $0.basis) = (ground, basis) }
          var next = file
          let expected = mayRelease(event, taken, ground: ground)
          let isAccepted = next.receive(event).isAccepted
          #expect(isAccepted == expected, "\(kind) \(basis ?? "") after \(taken.map(\.kind))")
          if isAccepted { explore(next, taken + [event], depth: depth - 1) }
        }
      }
    }
    explore(try file(), [], depth: 6)
    #expect(visited > 300)
  }

  // MARK: - Details

  @Test func `only the buyer signs, decides, excuses, suspends, reduces and cancels`() {
    let buyers = Kind.allCases.filter { $0.actors == [.buyer] }
    #expect(
      buyers == [
        .noticeSigned, .penaltyDecided, .penaltyRenounced, .hoursExcused, .suspended, .resumed, .reduced, .cancelled,
      ])
    #expect(Kind.allCases.allSatisfy { !$0.actors.isEmpty && !$0.french.isEmpty })
    #expect(Set(Kind.allCases.map(\.french)).count == Kind.allCases.count)
    #expect(Set(Event.Ground.allCases.map(\.french)).count == Event.Ground.allCases.count)
    #expect(Set(Event.Ground.allCases.map(\.evidence)).count == Event.Ground.allCases.count)
    #expect(Set(NoticeProcedure.State.allCases.map(\.french)).count == NoticeProcedure.State.allCases.count)
    #expect(Set(ReleaseProcedure.State.allCases.map(\.french)).count == ReleaseProcedure.State.allCases.count)
  }

  @Test func `a facilitator who signs is refused with the reason`() throws {
    var file = try file()
    _ = file.receive(event(.reminder, day(2028, 1, 1)))
    _ = file.receive(event(.noticeDrafted, day(2028, 1, 2)))
    let ruling = file.receive(event(.noticeSigned, day(2028, 1, 3)) { $0.actor = .facilitator })
    #expect(ruling.findings.first?.code == "onlyTheBuyer")
    #expect(
      ruling.findings.first?.sentence.plain
        == "Signature de la mise en demeure : seul l’acheteur peut le faire, pas le facilitateur.")
    #expect(codes(&file, event(.reminder, day(2028, 1, 3)) { $0.actor = .awardee }) == ["wrongActor"])
    #expect(codes(&file, event(.noticeSigned, day(2028, 1, 1))) == ["dayBeforePrevious"])
  }

  @Test func `what is missing is told by name`() throws {
    var file = try file()
    #expect(codes(&file, event(.penaltyProposed, day(2028, 1, 1))) == ["noticeMissing"])
    #expect(codes(&file, event(.penaltyDecided, day(2028, 1, 1))) == ["noticeMissing"])
    #expect(codes(&file, event(.noticeReceived, day(2028, 1, 1))) == ["outOfOrder"])
    #expect(codes(&file, event(.noticeDrafted, day(2028, 1, 1))) == ["noReminder"])
    _ = file.receive(event(.noticeSigned, day(2028, 1, 2)))
    for proof in [nil, "  "] {
      #expect(codes(&file, event(.noticeReceived, day(2028, 1, 3)) { $0.proof = proof }) == ["proofMissing"])
    }
    _ = file.receive(event(.noticeReceived, day(2028, 1, 3)))
    #expect(file.derivation(on: day(2028, 1, 18)).findings.map(\.code) == ["delayRunning"])
    #expect(file.derivation(on: day(2028, 1, 19)).findings.map(\.code) == ["delayElapsed"])
    #expect(file.derivation(on: day(2028, 1, 19)).figures.first?.id == "notice.delayDays")
    for amount in [nil, Euros(0)] {
      #expect(codes(&file, event(.penaltyProposed, day(2028, 2, 1)) { $0.amount = amount }) == ["amountMissing"])
    }
    #expect(codes(&file, event(.penaltyProposed, day(2028, 2, 1))) == ["noRemarks"])
    #expect(codes(&file, event(.penaltyDecided, day(2028, 2, 2)) { $0.amount = Euros(101) }) == ["aboveProposal"])
  }

  @Test func `a lot that derogates needs no notice and says so`() throws {
    var file = try file { $0.requiresNotice = false }
    #expect(file.derivation(on: day(2028, 1, 1)).findings.map(\.code) == ["noticeWaived"])
    #expect(codes(&file, event(.penaltyProposed, day(2028, 1, 1))) == ["noRemarks"])
    #expect(codes(&file, event(.penaltyRenounced, day(2028, 1, 2))).isEmpty)
    #expect(file.notice.state == .renounced)
  }

  @Test func `a notice received after the end is told, one on the last day is not`() throws {
    for (received, expected) in [(day(2028, 3, 31), []), (day(2028, 4, 1), ["noticeAfterEnd"])] {
      var file = try file()
      _ = file.receive(event(.noticeDrafted, day(2028, 3, 1)))
      _ = file.receive(event(.noticeSigned, day(2028, 3, 2)))
      #expect(codes(&file, event(.noticeReceived, received)) == expected)
    }
  }

  @Test func `papers of insolvency make the buyer cancel, and a cancelled clause is not sanctioned`() throws {
    var file = try file { $0.requiresNotice = false }
    _ = file.receive(event(.difficultyReported, day(2027, 4, 1)) { $0.ground = .insolvency })
    #expect(codes(&file, event(.cancelled, day(2027, 4, 2))) == ["papersMissing"])
    #expect(codes(&file, event(.papersReceived, day(2027, 4, 3)) { $0.proof = nil }) == ["proofMissing"])
    #expect(codes(&file, event(.papersReceived, day(2027, 4, 3))) == ["cancellationDue"])
    #expect(codes(&file, event(.cancelled, day(2027, 4, 4)) { $0.basis = nil }).isEmpty)
    #expect(file.release.state == .cancelled)
    #expect(codes(&file, event(.penaltyProposed, day(2027, 5, 1))) == ["clauseNotInForce"])
    #expect(!file.next(on: day(2027, 5, 1)).contains { $0.kind == .penaltyProposed })
  }

  @Test func `other difficulties need a review clause or an amendment`() throws {
    var file = try file { $0.requiresNotice = false }
    #expect(codes(&file, event(.difficultyReported, day(2027, 4, 1)) { $0.ground = nil }) == ["groundMissing"])
    _ = file.receive(event(.difficultyReported, day(2027, 4, 1)))
    _ = file.receive(event(.searchOpened, day(2027, 4, 1)))
    #expect(codes(&file, event(.reduced, day(2027, 5, 1)) { $0.basis = " " }) == ["basisMissing"])
    #expect(codes(&file, event(.reduced, day(2027, 5, 1)) { $0.hours = nil }) == ["hoursMissing"])
    #expect(codes(&file, event(.penaltyProposed, day(2027, 5, 1))) == ["searchOpen", "noRemarks"])
    #expect(codes(&file, event(.reduced, day(2027, 5, 2)) { $0.hours = Hours(100) }) == ["proposalOutdated"])
    #expect(file.release.takenOff == Hours(100))
    #expect(file.release.basis == "avenant nº 1")
    #expect(codes(&file, event(.searchOpened, day(2027, 5, 3))) == ["outOfOrder"])
  }

  @Test func `a suspended clause is resumed by the buyer`() throws {
    var file = try file { $0.requiresNotice = false }
    _ = file.receive(event(.difficultyReported, day(2027, 4, 1)) { $0.ground = .economicDifficulty })
    _ = file.receive(event(.searchOpened, day(2027, 4, 1)))
    #expect(codes(&file, event(.suspended, day(2027, 4, 2))) == ["papersMissing"])
    _ = file.receive(event(.papersReceived, day(2027, 4, 3)))
    #expect(codes(&file, event(.suspended, day(2027, 4, 4))).isEmpty)
    #expect(codes(&file, event(.penaltyProposed, day(2027, 4, 5))) == ["clauseNotInForce"])
    #expect(codes(&file, event(.resumed, day(2027, 6, 1))).isEmpty)
    #expect(codes(&file, event(.penaltyProposed, day(2027, 6, 2))) == ["noRemarks"])
  }
}
