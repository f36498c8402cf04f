/// Something that is due on a day.
public struct Deadline: Sendable, Equatable {
  /// What kind of thing is due.
  public enum Kind: String, Sendable, CaseIterable {
    /// Hours of a month, asked for as a courtesy.
    case declaration
    /// The contract's own certificate of hours.
    case certificate
    /// Another document of the contract.
    case document
    /// The report of a year.
    case annualReport
    /// The report of the end.
    case finalReport
    /// A document that was asked for.
    case request
    /// The delay of a formal notice.
    case notice
  }

  /// Where it stands on a day.
  public enum State: String, Sendable, CaseIterable {
    /// Its period is not over yet.
    case upcoming
    /// It can be handed in, and there is time.
    case due
    /// Its last day is past.
    case late
    /// It was handed in; `daysLate` tells whether in time.
    case received

    /// The state as users read it.
    public var french: String {
      switch self {
      case .upcoming: "à venir"
      case .due: "attendu"
      case .late: "en retard"
      case .received: "reçu"
      }
    }
  }

  /// Its stable name in the contract: `certificate-2027-Q1`, `finalReport`.
  public let id: String
  /// What kind of thing is due.
  public let kind: Kind
  /// What is due, in French.
  public let label: String
  /// The period that it reports on.
  public let period: ClosedRange<Day>?
  /// The first day on which it can be handed in.
  public let opensOn: Day
  /// The last day on which it is in time.
  public let dueOn: Day
  /// The day as counted, where it was moved to a working day.
  public let movedFrom: Day?
  /// Whether the contract itself asks for it: only then may its absence be sanctioned.
  public let isSanctionable: Bool
  /// The article that asks for it.
  public let article: String?
  /// The day on which it was received.
  public let receivedOn: Day?
  /// Where it stands.
  public let state: State
  /// Calendar days past its last day, up to the day of receipt or the day asked about; 0 in time.
  public let daysLate: Int
  /// Working days (Monday to Friday) past its last day.
  public let workingDaysLate: Int
  /// All this in a French sentence.
  public let sentence: String
}
