/// The road from a reminder to the buyer's decision: which step may follow which.
public struct NoticeProcedure: Sendable, Equatable {
  /// The last step taken.
  public enum State: String, Sendable, CaseIterable {
    /// Nothing sent yet.
    case watching
    /// The company was reminded.
    case reminded
    /// A letter of notice is ready for the buyer.
    case drafted
    /// The buyer signed it.
    case signed
    /// It was received; its delay runs or is over.
    case received
    /// A penalty was proposed to the buyer.
    case proposed
    /// The buyer decided a penalty.
    case decided
    /// The buyer renounced it.
    case renounced
    /// The hours or documents came.
    case remedied

    /// Whether nothing can follow.
    public var isOver: Bool { self == .decided || self == .renounced || self == .remedied }

    /// The state as users read it.
    public var french: String {
      switch self {
      case .watching: "suivi ordinaire"
      case .reminded: "entreprise relancée"
      case .drafted: "mise en demeure préparée"
      case .signed: "mise en demeure signée par l’acheteur"
      case .received: "mise en demeure reçue"
      case .proposed: "pénalité proposée à l’acheteur"
      case .decided: "pénalité décidée par l’acheteur"
      case .renounced: "pénalité abandonnée par l’acheteur"
      case .remedied: "manquement réparé"
      }
    }
  }

  /// Whether the contract asks for a formal notice before any penalty.
  public let requiresNotice: Bool
  /// The last step taken.
  public private(set) var state = State.watching
  /// The day on which the buyer signed.
  public private(set) var signedOn: Day?
  /// The delay of the notice, once it was received.
  public private(set) var delayEnd: DelayEnd?
  /// The penalty proposed.
  public private(set) var proposed: Euros?
  /// The penalty decided.
  public private(set) var decided: Euros?
  /// Whether remarks of the company were recorded.
  public private(set) var hasRemarks = false

  /// Nothing yet.
  public init(requiresNotice: Bool) { self.requiresNotice = requiresNotice }

  /// Why an event cannot follow, or nil; `article` is that of the penalties.
  func refusal(of event: EnforcementEvent, article: String?) -> Finding? {
    guard !state.isOver else {
      return .init(
        .fault, "alreadyClosed", "Le dossier est clos (\(state.french))\(colon) rien ne peut suivre.",
        mend: "Ouvrez un autre dossier pour un nouveau manquement.")
    }
    guard follows(event.kind) else { return outOfOrder(event, article) }
    switch event.kind {
    case .noticeReceived where event.proof?.allSatisfy(\.isWhitespace) ?? true:
      return .init(
        .fault, "proofMissing", "La réception de la mise en demeure n’est pas prouvée.",
        mend: "Indiquez l’avis de réception, le récépissé ou l’accusé de lecture de la plateforme.", article: article)
    case .penaltyProposed where requiresNotice && !(delayEnd?.isElapsed(on: event.day) ?? false):
      let end = delayEnd?.last.french ?? ""
      return .init(
        .fault, "delayNotElapsed",
        "Le délai de la mise en demeure court jusqu’au \(end) inclus\(colon) aucune pénalité ne peut être proposée "
          + "le \(event.day.french).",
        mend: "Attendez le \(delayEnd?.firstDayAfter.french ?? "").", article: article)
    case .penaltyProposed, .penaltyDecided:
      guard let amount = event.amount, amount.cents > 0 else {
        return .init(
          .fault, "amountMissing", "Le montant de la pénalité manque.", mend: "Calculez-la et indiquez son montant.",
          article: article)
      }
      return nil
    default: return nil
    }
  }

  /// Whether the step may follow the last one, but for its details.
  private func follows(_ kind: EnforcementEvent.Kind) -> Bool {
    switch (kind, state) {
    case (.reminder, .watching), (.reminder, .reminded): true
    case (.noticeDrafted, .watching), (.noticeDrafted, .reminded): true
    case (.noticeSigned, .drafted): true
    case (.noticeReceived, .signed): true
    case (.remarks, .received), (.remarks, .proposed): true
    case (.penaltyProposed, .received): true
    case (.penaltyProposed, .watching), (.penaltyProposed, .reminded), (.penaltyProposed, .drafted),
      (.penaltyProposed, .signed):
      !requiresNotice
    case (.penaltyDecided, .proposed): true
    case (.penaltyRenounced, .received), (.penaltyRenounced, .proposed): true
    case (.remedied, .watching): false
    case (.remedied, _): true
    default: false
    }
  }

  private func outOfOrder(_ event: EnforcementEvent, _ article: String?) -> Finding {
    if event.kind == .penaltyProposed || event.kind == .penaltyDecided, requiresNotice, delayEnd == nil {
      return .init(
        .fault, "noticeMissing",
        "Le contrat demande une mise en demeure\(colon) aucune pénalité n’est possible sans qu’elle ait été reçue et "
          + "que son délai soit écoulé.",
        mend: "Préparez la mise en demeure\(semicolon) seul l’acheteur la signe.", article: article)
    }
    return .init(
      .fault, "outOfOrder",
      "\(event.kind.french.prefix(1).uppercased())\(event.kind.french.dropFirst())\(colon) "
        + "cette étape ne peut pas suivre l’état «\(French.noBreak)\(state.french)\(French.noBreak)».",
      mend: "Suivez l’ordre des étapes, ou corrigez ce qui a été enregistré.", article: article)
  }

  /// Takes a step that ``refusal(of:article:)`` accepts, and says what to look at.
  mutating func take(_ event: EnforcementEvent, end: () -> DelayEnd, article: String?) -> [Finding] {
    var findings: [Finding] = []
    switch event.kind {
    case .reminder: state = .reminded
    case .noticeDrafted:
      if state == .watching {
        findings.append(
          .init(
            .warning, "noReminder", "Aucune relance n’a précédé la mise en demeure.",
            mend: "L’usage est de relancer d’abord l’entreprise\(semicolon) ce n’est pas une obligation."))
      }
      state = .drafted
    case .noticeSigned:
      signedOn = event.day
      state = .signed
    case .noticeReceived:
      delayEnd = end()
      state = .received
    case .remarks: hasRemarks = true
    case .penaltyProposed:
      if !hasRemarks {
        findings.append(
          .init(
            .warning, "noRemarks", "Les observations de l’entreprise ne sont pas enregistrées.",
            mend: "Recueillez-les, ou notez qu’elle n’en a pas fait.", article: article))
      }
      proposed = event.amount
      state = .proposed
    case .penaltyDecided:
      if let amount = event.amount, let proposed, amount > proposed {
        findings.append(
          .init(
            .warning, "aboveProposal",
            "L’acheteur décide \(amount.french), plus que la proposition de \(proposed.french).",
            mend: "Vérifiez le calcul et sa clause.", article: article))
      }
      decided = event.amount
      state = .decided
    case .penaltyRenounced: state = .renounced
    default: state = .remedied
    }
    return findings
  }
}
