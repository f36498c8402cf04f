extension FigureKey where Value == Choice {
  /// Which hours are counted where nothing else is chosen.
  public static var countingUnit: Self { .init("counting.unit") }
  /// Whether hours of sickness count.
  public static var countingSickness: Self { .init("counting.sickness") }
  /// Whether hours of leave count.
  public static var countingLeave: Self { .init("counting.leave") }
  /// Whether public holidays not worked count.
  public static var countingPublicHolidays: Self { .init("counting.publicHolidays") }
  /// Whether training in the employment contract counts.
  public static var countingTraining: Self { .init("counting.training") }
  /// Whether the tutor's hours count.
  public static var countingTutoring: Self { .init("counting.tutoring") }
  /// Whether people already in post count.
  public static var countingAlreadyInPost: Self { .init("counting.alreadyInPost") }
  /// How a part performed by a structure is counted.
  public static var countingSubcontract: Self { .init("counting.subcontract") }
  /// What counts where the decision comes after the hire.
  public static var countingLateValidation: Self { .init("counting.lateValidation") }
}

extension FigureKey where Value == Int {
  /// The greatest weight of a situation that is met.
  public static var countingGreatestWeight: Self { .init("counting.greatestWeight") }
}

extension FigureKey where Value == Hours {
  /// Length from which a block of training no longer counts, where only short ones do.
  public static var trainingBlock: Self { .init("counting.trainingBlock") }
  /// Hours of a day, that nobody works more than.
  public static var countingDayHours: Self { .init("counting.dayHours") }
  /// Hours of a week, that the law lets nobody work more than.
  public static var countingWeekHours: Self { .init("counting.weekHours") }
}

extension FigureKey where Value == Percent {
  /// What an hour counts for, without weighting.
  public static var countingWeight: Self { .init("counting.weight") }
}
