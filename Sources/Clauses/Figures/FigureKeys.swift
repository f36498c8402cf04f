extension FigureKey where Value == Euros {
  /// Amount before tax from which a contract can carry a clause.
  public static var minimumAmount: Self { .init("spotting.minimumAmount") }
  /// European threshold: supplies and services of central State authorities.
  public static var thresholdCentral: Self { .init("threshold.suppliesServices.central") }
  /// European threshold: supplies and services of other contracting authorities.
  public static var thresholdOther: Self { .init("threshold.suppliesServices.other") }
  /// European threshold: supplies and services of contracting entities.
  public static var thresholdEntity: Self { .init("threshold.suppliesServices.entity") }
  /// European threshold: supplies and services of defence or security.
  public static var thresholdDefence: Self { .init("threshold.suppliesServices.defence") }
  /// European threshold: works.
  public static var thresholdWorks: Self { .init("threshold.works") }
  /// European threshold: concessions.
  public static var thresholdConcession: Self { .init("threshold.concession") }
}

extension FigureKey where Value == Int {
  /// Shortest duration of a contract that can carry a clause, in months.
  public static var minimumDurationMonths: Self { .init("spotting.minimumDurationMonths") }
  /// Duration from which the published one looks wrong, in months.
  public static var surprisingDurationMonths: Self { .init("spotting.surprisingDurationMonths") }
  /// How many inclusion structures a département needs for the fourth criterion.
  public static var minimumStructures: Self { .init("spotting.minimumStructures") }
  /// How many months before the expected end the buyer should be called.
  public static var contactMonthsBefore: Self { .init("spotting.contactMonthsBefore") }
  /// How many months ahead the list of renewals looks when nobody says otherwise.
  public static var windowDefaultMonths: Self { .init("spotting.windowDefaultMonths") }
  /// Points of priority for each criterion met.
  public static var priorityPerCriterion: Self { .init("priority.perCriterion") }
  /// Points of priority for a likely legal duty.
  public static var priorityDuty: Self { .init("priority.duty") }
  /// Points of priority for a social consideration that the contract already has.
  public static var priorityConsideration: Self { .init("priority.consideration") }
  /// Points of priority for a known end.
  public static var priorityKnownEnd: Self { .init("priority.knownEnd") }
  /// Points of priority that the hours give at most.
  public static var priorityHours: Self { .init("priority.hours") }
  /// Points of priority for a contract that comes back.
  public static var priorityRecurring: Self { .init("priority.recurring") }
  /// By how much the points of a one-off operation are divided.
  public static var priorityOneOffDivisor: Self { .init("priority.oneOffDivisor") }
  /// Duration under which works may be excepted from the duty, in months.
  public static var dutyWorksExceptionMonths: Self { .init("duty.worksExceptionMonths") }
}

extension FigureKey where Value == Hours {
  /// Hours from which the priority gives all its points for hours.
  public static var priorityHoursFull: Self { .init("priority.hoursFull") }
  /// Hours under which the cleaning branch advises against a clause.
  public static var cleaningFloor: Self { .init("calibration.cleaningFloor") }
}

extension FigureKey where Value == Day {
  /// First day of the duty to provide for social considerations in contracts (L2112-2-1).
  public static var dutyContracts: Self { .init("duty.contract.start") }
  /// First day of the duty to provide for social considerations in concessions (L3114-2-1).
  public static var dutyConcessions: Self { .init("duty.concession.start") }
}

extension FigureKey where Value == Words {
  /// Words of an object that tell works which come back (upkeep, order forms).
  public static var recurrenceWords: Self { .init("spotting.recurrenceWords") }
}

extension FigureKey where Value == Choice {
  /// How a defence or security concession is held towards the duty, which no text read settles.
  public static var dutyDefenceConcession: Self { .init("duty.concession.defence") }
}
