extension FigureKey where Value == Int {
  /// Days that a formal notice leaves where nothing fixes them.
  public static var noticeDelayDays: Self { .init("notice.delayDays") }
  /// Days from the receipt to the first day of a delay.
  public static var delayStartsAfterDays: Self { .init("delay.startsAfterDays") }
  /// Whether the end of a delay moves to the next working day: 1 or 0.
  public static var delayMovesToWorkingDay: Self { .init("delay.movesToWorkingDay") }
  /// Day of the next month on which the document of a period is due where nothing fixes it.
  public static var deadlineDayOfNextMonth: Self { .init("deadline.dayOfNextMonth") }
  /// Months between two certificates of hours under the general conditions.
  public static var deadlineCertificateMonths: Self { .init("deadline.certificateMonths") }
  /// Months between two requests made outside the contract.
  public static var deadlineCourtesyMonths: Self { .init("deadline.courtesyMonths") }
  /// Days after a year to hand in its report where nothing fixes them.
  public static var deadlineAnnualReportDays: Self { .init("deadline.annualReportDays") }
  /// The last months of performance in which the final report is due.
  public static var deadlineFinalReportMonths: Self { .init("deadline.finalReportMonths") }
  /// Working days to hand in a document asked for where nothing fixes them.
  public static var deadlineRequestWorkingDays: Self { .init("deadline.requestWorkingDays") }
}

extension FigureKey where Value == Euros {
  /// Gross minimum wage of an hour.
  public static var minimumHourlyWage: Self { .init("wage.minimumHourly") }
  /// Gross minimum wage of an hour in Mayotte.
  public static var minimumHourlyWageMayotte: Self { .init("wage.minimumHourly.mayotte") }
  /// Ceiling of social security for an hour.
  public static var socialSecurityHourlyCeiling: Self { .init("socialSecurity.hourlyCeiling") }
  /// Total of delay penalties up to which the holder owes nothing.
  public static var delayPenaltyWaiver: Self { .init("penalty.delayWaiver") }
}

extension FigureKey where Value == Percent {
  /// Most that delay penalties may reach, as a share of the contract.
  public static var delayPenaltyCap: Self { .init("penalty.delayCap") }
}
