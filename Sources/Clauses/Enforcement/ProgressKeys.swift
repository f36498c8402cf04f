extension FigureKey where Value == Hours {
  /// Hours worked in a month by one person full time.
  public static var monthlyFullTimeWorked: Self { .init("progress.monthlyFullTimeWorked") }
  /// Hours paid in a month to one person full time.
  public static var monthlyFullTimePaid: Self { .init("progress.monthlyFullTimePaid") }
  /// Hours of a full-time week.
  public static var weeklyFullTime: Self { .init("progress.weeklyFullTime") }
}

extension FigureKey where Value == Int {
  /// How many months make the recent pace.
  public static var progressRecentMonths: Self { .init("progress.recentMonths") }
}

extension FigureKey where Value == Percent {
  /// Share of the expected hours under which a lot is to be watched.
  public static var progressWatchBelow: Self { .init("progress.watchBelow") }
  /// Share of the expected hours under which a lot is late.
  public static var progressLateBelow: Self { .init("progress.lateBelow") }
  /// Share of the expected hours under which a lot is seriously late.
  public static var progressSeriousBelow: Self { .init("progress.seriousBelow") }
}
