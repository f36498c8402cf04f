/// The lightening of a clause that its holder cannot perform: what must come before what, and with which evidence.
public struct ReleaseProcedure: Sendable, Equatable {
  /// Where it stands.
  public enum State: String, Sendable, CaseIterable {
    case active, difficultyReported, searching, suspended, reduced, cancelled, penalty

    /// The state as users read it.
    public var french: String {
      switch self {
      case .active: "clause en vigueur"
      case .difficultyReported: "difficulté signalée"
      case .searching: "recherche de solutions"
      case .suspended: "clause suspendue"
      case .reduced: "clause réduite"
      case .cancelled: "clause annulée"
      case .penalty: "clause maintenue, manquement à traiter"
      }
    }
  }

  /// Where it stands.
  public private(set) var state = State.active
  /// Why the holder cannot do its hours.
  public private(set) var ground: EnforcementEvent.Ground?
  /// The day on which it warned.
  public private(set) var warnedOn: Day?
  /// The day on which it was attested that nobody was found.
  public private(set) var nobodyFoundOn: Day?
  /// Whether the evidence of the ground was produced.
  public private(set) var hasPapers = false
  /// The hours excused by the buyer.
  public private(set) var excused = Hours(0)
  /// The hours taken off by the buyer.
  public private(set) var takenOff = Hours(0)
  /// The review clause or amendment of the last change.
  public private(set) var basis: String?

  /// Nothing yet.
  public init() {}

  /// Why an event cannot follow, or nil.
  func refusal(of event: EnforcementEvent, articles: InsertionArticles) -> Finding? {
    let article = event.kind == .hoursExcused ? articles.penalties : articles.difficulties
    func fault(_ code: String, _ sentence: String, _ mend: String) -> Finding {
      Finding(.fault, code, sentence, mend: mend, article: article)
    }
    guard follows(event.kind) else {
      return fault(
        "outOfOrder",
        "\(event.kind.french.prefix(1).uppercased())\(event.kind.french.dropFirst())\(colon) cette étape ne peut pas "
          + "suivre l’état «\(French.noBreak)\(state.french)\(French.noBreak)».",
        "Suivez l’ordre\(colon) difficulté signalée, recherche de solutions, puis décision de l’acheteur.")
    }
    switch event.kind {
    case .difficultyReported where event.ground == nil:
      return fault("groundMissing", "Le motif de la difficulté manque.", "Choisissez le motif dans la liste.")
    case .papersReceived where Self.isBlank(event.proof):
      return fault(
        "proofMissing", "Les justificatifs reçus ne sont pas décrits.", "Demandez \(ground?.evidence ?? "").")
    case .hoursExcused where nobodyFoundOn == nil:
      return fault(
        "searchNotConcluded",
        "Des heures ne s’excusent que si l’entreprise a prévenu et que ni l’acheteur ni le facilitateur n’ont trouvé de "
          + "solution\(colon) ce second point n’est pas établi.",
        "Enregistrez le constat que personne n’a été trouvé.")
    case .hoursExcused where (event.hours?.hundredths ?? 0) <= 0, .reduced where (event.hours?.hundredths ?? 0) <= 0:
      return fault("hoursMissing", "Le nombre d’heures manque.", "Indiquez les heures que la décision concerne.")
    case .suspended, .reduced, .cancelled: return decision(event, fault)
    default: return nil
    }
  }

  /// What a decision of the buyer asks for: papers for the grounds that cancel by themselves, else a review clause or
  /// an amendment.
  private func decision(
    _ event: EnforcementEvent, _ fault: (String, String, String) -> Finding
  ) -> Finding? {
    let needsPapers = (ground?.cancels ?? false) || ground == .economicDifficulty
    if needsPapers, !hasPapers {
      return fault(
        "papersMissing", "Le motif (\(ground?.french ?? "")) n’est pas justifié.", "Demandez \(ground?.evidence ?? "")."
      )
    }
    let cancelsByItself = (ground?.cancels ?? false) && event.kind == .cancelled
    if !cancelsByItself, Self.isBlank(event.basis) {
      return fault(
        "basisMissing",
        "Hors activité partielle, licenciement économique ou procédure collective, la clause ne change que par une clause de réexamen ou un avenant.",
        "Nommez la clause de réexamen du contrat ou l’avenant signé.")
    }
    return nil
  }

  private static func isBlank(_ text: String?) -> Bool { text?.allSatisfy(\.isWhitespace) ?? true }

  private func follows(_ kind: EnforcementEvent.Kind) -> Bool {
    switch (kind, state) {
    case (.difficultyReported, .active), (.difficultyReported, .reduced): true
    case (.searchOpened, .difficultyReported): true
    case (.nobodyFound, .searching): true
    case (.papersReceived, .difficultyReported), (.papersReceived, .searching): true
    case (.hoursExcused, .searching), (.hoursExcused, .penalty): true
    case (.suspended, .searching), (.reduced, .searching), (.cancelled, .searching): true
    case (.cancelled, .difficultyReported): ground?.cancels ?? false
    case (.cancelled, .suspended): true
    case (.resumed, .suspended): true
    case (.referredToPenalty, .searching): true
    default: false
    }
  }

  /// Takes a step that ``refusal(of:articles:)`` accepts, and says what to look at.
  mutating func take(_ event: EnforcementEvent, articles: InsertionArticles) -> [Finding] {
    var findings: [Finding] = []
    switch event.kind {
    case .difficultyReported:
      state = .difficultyReported
      ground = event.ground
      warnedOn = event.day
      nobodyFoundOn = nil
      hasPapers = false
      let evidence = event.ground?.evidence ?? ""
      findings.append(
        .init(
          .information, "evidenceExpected", "Pièces à réunir\(colon) \(evidence).", article: articles.difficulties))
    case .searchOpened: state = .searching
    case .nobodyFound: nobodyFoundOn = event.day
    case .papersReceived:
      hasPapers = true
      if ground?.cancels ?? false {
        findings.append(
          .init(
            .warning, "cancellationDue",
            "Sur ces pièces, l’acheteur annule la clause (\(ground?.french ?? "")).",
            mend: "Transmettez-les à l’acheteur pour sa décision.", article: articles.difficulties))
      }
    case .hoursExcused: excused = excused + (event.hours ?? Hours(0))
    case .suspended:
      state = .suspended
      basis = event.basis
    case .resumed: state = .active
    case .reduced:
      state = .reduced
      takenOff = takenOff + (event.hours ?? Hours(0))
      basis = event.basis
    case .cancelled:
      state = .cancelled
      basis = event.basis
    default: state = .penalty
    }
    return findings
  }
}
