/// Until when a request on personal data must be answered, and where it stands on a day.
///
/// Source: RGPD, article 12, paragraph 3. The last day is the same date of a later month, held back to the end of a shorter
/// one; it is not pushed off Sundays and holidays, so that nobody answers late by trusting the program.
public struct PersonalRequestClock: Sendable, Equatable {
  /// Where an open request stands.
  public enum Standing: Sendable, Equatable {
    /// There is time: so many days, 0 on the last one.
    case running(days: Int)
    /// Few days are left.
    case soon(days: Int)
    /// The last day has passed, by so many days.
    case late(days: Int)

    /// The words for people.
    public var french: String {
      switch self {
      case .running(let days), .soon(let days):
        days == 0 ? "dernier jour" : "encore \(French.count(days, "jour"))"
      case .late(let days): "en retard de \(French.count(days, "jour"))"
      }
    }
  }

  /// The last day for an answer.
  public let due: Day
  /// Where the request stands.
  public let standing: Standing
  /// How it was reached.
  public let derivation: Derivation

  /// The clock of a request received on a day; throws where a figure is missing.
  public static func read(
    receivedOn received: Day, isExtended: Bool, on today: Day, figures: Figures
  ) throws(MissingFigure) -> PersonalRequestClock {
    var review = Review(figures: figures, day: received)
    review.cite("RGPD-12-3")
    let first = review.use(try figures.counts.nearest(.requestAnswerMonths, on: received))
    var due = received.adding(months: first)
    review.step("Réponse due", "\(received.french) + \(French.integer(first)) mois", gives: due.french)
    if isExtended {
      let more = review.use(try figures.counts.nearest(.requestExtensionMonths, on: received))
      let before = due
      due = received.adding(months: first + more)
      review.step("Délai prolongé", "\(before.french) + \(French.integer(more)) mois", gives: due.french)
    }
    let soon = try figures.counts.nearest(.requestSoonDays, on: received).value
    let days = Int(due.number) - Int(today.number)
    let standing: Standing = days < 0 ? .late(days: -days) : days <= soon ? .soon(days: days) : .running(days: days)
    return PersonalRequestClock(due: due, standing: standing, derivation: review.derivation)
  }
}

extension FigureKey where Value == Int {
  /// Months in which a request is answered.
  public static var requestAnswerMonths: Self { .init("privacy.request.answerMonths") }
  /// Months by which that may be extended, once.
  public static var requestExtensionMonths: Self { .init("privacy.request.extensionMonths") }
  /// Days before the last one from which a request is shown as pressing.
  public static var requestSoonDays: Self { .init("privacy.request.soonDays") }
  /// Months for which a closed request is kept.
  public static var requestKeptMonths: Self { .init("privacy.request.keptMonths") }
}
