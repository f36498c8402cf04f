/// Where the data of a person stand between the last contact and their anonymisation.
///
/// Source: CNIL's reference of retention in social accompaniment; the figures say how sure each delay is. Nothing is ever
/// anonymised before the person was told, nor while a dispute is open, nor while the date of a convention is not known.
public struct Retention: Sendable, Equatable {
  /// Where the data stand, in the order of time.
  public enum State: String, Sendable, CaseIterable, Comparable {
    /// In use.
    case active
    /// The person must be told that their data will leave the active base.
    case noticeDue
    /// They were told, and may still come back.
    case noticeRunning
    /// Set apart, for a proof only.
    case archived
    /// Nothing justifies them any longer.
    case toAnonymise

    /// The words for people.
    public var french: String {
      switch self {
      case .active: "en base active"
      case .noticeDue: "préavis à donner"
      case .noticeRunning: "préavis en cours"
      case .archived: "en archive"
      case .toAnonymise: "à anonymiser"
      }
    }

    /// Whether one comes before the other.
    public static func < (a: State, b: State) -> Bool { a.order < b.order }

    private var order: Int { State.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Where the data stand.
  public let state: State
  /// The day from which they are no longer in use.
  public let activeUntil: Day
  /// The last day of the notice; nil where none was given.
  public let noticeUntil: Day?
  /// The latest day that a proof asks for; nil where nothing asks for one.
  public let proofUntil: Day?
  /// The day from which they are anonymised, the earliest one where the notice was not given yet; nil while a dispute is
  /// open or the date of a convention is not known.
  public let anonymiseOn: Day?
  /// How it was reached.
  public let derivation: Derivation

  /// Decides a case on a day; throws where a figure is missing.
  public static func decided(
    _ given: RetentionCase, on today: Day, figures: Figures
  ) throws(MissingFigure) -> Retention {
    var work = RetentionReasoning(given: given, today: today, figures: figures)
    return try work.decide()
  }
}

/// One reading of a case.
private struct RetentionReasoning {
  let given: RetentionCase
  let today: Day
  let figures: Figures
  var derivation = Derivation()

  mutating func decide() throws(MissingFigure) -> Retention {
    let months = derivation.use(try figures.counts.nearest(.retentionActiveMonths, on: today))
    let notice = derivation.use(try figures.counts.nearest(.retentionNoticeDays, on: today))
    let activeUntil = given.lastContact.adding(months: months)
    derivation.step(
      "Fin de la base active", "\(given.lastContact.french) + \(French.integer(months)) mois", gives: activeUntil.french
    )
    if given.lastContact > today {
      fault("contactInFuture", "Le dernier contact est dans l’avenir.", "Corrigez sa date.", "lastContact")
    }
    let proofUntil = try proof()
    let noticeUntil = noticed(activeUntil, notice)
    let earliest = noticeUntil ?? max(activeUntil, today).adding(days: notice)
    let end = max(earliest, proofUntil ?? earliest)
    let isKnown = !given.hasOpenHold && (given.regime == .ordinary || given.conventionUntil != nil)
    noteHold()
    let state = state(activeUntil, noticeUntil, isKnown ? end : nil)
    derivation.step(
      "Anonymisation", isKnown && proofUntil != nil ? "la plus tardive de ces dates" : nil,
      gives: isKnown ? "à partir du \(end.french)" : "pas de date")
    derivation.step("Situation le \(today.french)", gives: state.french)
    return Retention(
      state: state, activeUntil: activeUntil, noticeUntil: noticeUntil, proofUntil: proofUntil,
      anonymiseOn: isKnown ? end : nil, derivation: derivation)
  }

  /// Until when a proof is needed: after the contract, and as the convention says.
  private mutating func proof() throws(MissingFigure) -> Day? {
    var latest: Day?
    if let end = given.contractEnd {
      let years = derivation.use(try figures.counts.nearest(.retentionArchiveYears, on: today))
      let until = end.adding(years: years)
      derivation.step("Preuve du contrat", "\(end.french) + \(French.integer(years)) ans", gives: until.french)
      latest = until
    }
    switch (given.regime, given.conventionUntil) {
    case (.europeanFunds, let until?):
      derivation.step("Contrôle des fonds européens, selon la convention", gives: until.french)
      latest = max(latest ?? until, until)
    case (.europeanFunds, nil):
      fault(
        "conventionDateMissing", "Le dossier est cofinancé par l’Europe et la date de conservation n’est pas indiquée.",
        "Reprenez-la de la convention\(French.thin): rien ne sera anonymisé sans elle.", "conventionUntil")
    case (.ordinary, _?):
      derivation.note(
        Finding(
          .warning, "conventionDateUnused", "Une date de convention est donnée pour un dossier ordinaire.",
          mend: "Indiquez les fonds européens, ou retirez la date.", place: "conventionUntil"))
    case (.ordinary, nil): break
    }
    return latest
  }

  /// The last day of the notice, where one was given since the last contact.
  private mutating func noticed(_ activeUntil: Day, _ days: Int) -> Day? {
    guard let day = given.noticeGivenOn else { return nil }
    if day > today {
      fault("noticeInFuture", "Le préavis est dans l’avenir.", "Corrigez sa date.", "noticeGivenOn")
      return nil
    }
    guard day >= given.lastContact else {
      derivation.note(
        Finding(
          .information, "noticeVoid",
          "La personne a repris contact après le préavis du \(day.french)\(French.thin): il ne compte plus.",
          place: "noticeGivenOn"))
      return nil
    }
    let until = max(activeUntil, day.adding(days: days))
    derivation.step("Fin du préavis", "\(day.french) + \(French.count(days, "jour"))", gives: until.french)
    return until
  }

  private mutating func noteHold() {
    guard given.hasOpenHold else { return }
    derivation.note(
      Finding(
        .information, "holdOpen", "Un litige est ouvert\(French.thin): rien n’est anonymisé avant sa fin.",
        place: "hasOpenHold"))
  }

  private func state(_ activeUntil: Day, _ noticeUntil: Day?, _ end: Day?) -> Retention.State {
    if today < activeUntil { return .active }
    guard let noticeUntil else { return .noticeDue }
    if today < noticeUntil { return .noticeRunning }
    guard let end, today >= end else { return .archived }
    return .toAnonymise
  }

  private mutating func fault(_ code: String, _ sentence: String, _ mend: String, _ place: String) {
    derivation.note(Finding(.fault, code, sentence, mend: mend, place: place))
  }
}

extension FigureKey where Value == Int {
  /// Months in the active base after the last contact.
  public static var retentionActiveMonths: Self { .init("retention.activeMonths") }
  /// Days between the notice and what follows it.
  public static var retentionNoticeDays: Self { .init("retention.noticeDays") }
  /// Years of archive after the end of the contract.
  public static var retentionArchiveYears: Self { .init("retention.archiveYears") }
}
