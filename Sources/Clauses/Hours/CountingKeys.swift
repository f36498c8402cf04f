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
  /// How many months of a direct hire count.
  public static var directHireMonths: Self { .init("counting.directHireMonths") }
  /// The longest time known for an open-ended hire, in months.
  public static var permanentHireLongestMonths: Self { .init("counting.permanentHireLongestMonths") }
}

extension FigureKey where Value == Hours {
  /// Length from which a block of training no longer counts, where only short ones do.
  public static var trainingBlock: Self { .init("counting.trainingBlock") }
}

extension FigureKey where Value == Percent {
  /// What an hour counts for, without weighting.
  public static var countingWeight: Self { .init("counting.weight") }
}
