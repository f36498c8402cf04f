/// What a contract asks its holder to hand in during the performance, and what is only asked as a courtesy.
public struct FollowUpTerms: Sendable, Equatable {
  /// When the document of a period is due.
  public enum Due: Sendable, Equatable {
    /// At the latest on a day of the month after the period; held back to the end of a shorter month.
    case dayOfNextMonth(Int)
    /// So many days after the period.
    case after(Delay)
  }

  /// How the years of the annual report are counted.
  public enum AnnualReport: String, Sendable, CaseIterable {
    /// From the first day of performance.
    case anniversary
    /// Calendar years.
    case calendarYear
    /// The contract asks for none.
    case none
  }

  /// Another document that the contract asks for at its own frequency.
  public struct Document: Sendable, Equatable {
    /// Its name in French.
    public let label: String
    /// How often.
    public let frequency: ReportingFrequency
    /// When; nil: on the usual day.
    public let due: Due?
    /// The article of the contract.
    public let article: String?

    /// A document from its parts.
    public init(label: String, frequency: ReportingFrequency, due: Due? = nil, article: String? = nil) {
      self.label = label
      self.frequency = frequency
      self.due = due
      self.article = article
    }
  }

  /// A document that somebody asked for on a day.
  public struct Request: Sendable, Equatable {
    /// What was asked for, in French.
    public let label: String
    /// The day on which the request was received.
    public let day: Day
    /// The delay of the contract; nil: the usual one.
    public let delay: Delay?

    /// A request from its parts.
    public init(label: String, day: Day, delay: Delay? = nil) {
      self.label = label
      self.day = day
      self.delay = delay
    }
  }

  /// A formal notice that was received.
  public struct Notice: Sendable, Equatable {
    /// The day of receipt.
    public let receivedOn: Day
    /// The delay that it leaves; nil: the usual one.
    public let delay: Delay?

    /// A notice from its parts.
    public init(receivedOn: Day, delay: Delay? = nil) {
      self.receivedOn = receivedOn
      self.delay = delay
    }
  }

  /// The first and the last day of performance.
  public var performance: ClosedRange<Day>
  /// The general conditions that the contract refers to.
  public var conditions: GeneralConditions?
  /// How often the contract asks for the certificate of hours; nil: as its general conditions do, or not at all.
  public var frequency: ReportingFrequency?
  /// When the certificate is due; nil: on the usual day.
  public var due: Due?
  /// Whether hours are asked for more often than the contract does, as a courtesy.
  public var hasCourtesy = true
  /// When the courtesy is asked for; nil: on the usual day.
  public var courtesyDue: Due?
  /// The annual report.
  public var annualReport = AnnualReport.none
  /// When the annual report is due; nil: after the usual number of days.
  public var annualReportDue: Delay?
  /// Whether the contract asks for a final report.
  public var hasFinalReport = false
  /// Other documents.
  public var documents: [Document] = []
  /// Documents asked for.
  public var requests: [Request] = []
  /// The formal notice, if there is one.
  public var notice: Notice?

  /// The terms of a performance: under general conditions, an annual report from each anniversary and a final one.
  public init(performance: ClosedRange<Day>, conditions: GeneralConditions? = nil) {
    self.performance = performance
    self.conditions = conditions
    guard conditions != nil else { return }
    annualReport = .anniversary
    hasFinalReport = true
  }
}
