/// How a contract counts one penalty.
public struct PenaltyRule: Sendable, Equatable {
  /// The formula.
  public enum Formula: Sendable, Equatable {
    /// So much for each missing hour.
    case perHour(Euros)
    /// So many times the gross minimum wage for each missing hour.
    case timesMinimumWage(Quotient)
    /// So many times the hourly ceiling of social security for each missing hour.
    case timesSocialSecurityHourlyCeiling(Quotient)
    /// So much for each day late.
    case perDayLate(Euros, days: Int, unit: DayUnit)
    /// So much for each absence at a meeting.
    case perAbsence(Euros, count: Int)

    /// Whether it rests on missing hours.
    public var countsHours: Bool {
      switch self {
      case .perHour, .timesMinimumWage, .timesSocialSecurityHourlyCeiling: true
      case .perDayLate, .perAbsence: false
      }
    }
  }

  /// The most that a penalty may reach.
  public enum Cap: Sendable, Equatable {
    /// An amount.
    case amount(Euros)
    /// A share of an amount, most often that of the contract before tax.
    case share(Percent, of: Euros)
  }

  /// The formula.
  public var formula: Formula
  /// The most that this penalty may reach; nil: no limit of its own.
  public var cap: Cap?

  /// A rule from its parts.
  public init(_ formula: Formula, cap: Cap? = nil) {
    self.formula = formula
    self.cap = cap
  }
}

/// What a penalty is computed from.
public struct PenaltyCase: Sendable, Equatable {
  /// The hours due.
  public var due: Hours
  /// The hours credited.
  public var credited: Hours
  /// The hours excused: the holder had warned and nobody was found.
  public var excused: Hours
  /// The contract's rules, added up.
  public var rules: [PenaltyRule]
  /// The most that all of them may reach together.
  public var caps: [PenaltyRule.Cap] = []
  /// Whether the contract asks for a formal notice first.
  public var requiresNotice = true
  /// The notice that was received.
  public var notice: FollowUpTerms.Notice?
  /// The day on which the penalty is proposed.
  public var day: Day
  /// The day whose minimum wage or ceiling counts; nil: ``day``.
  public var rateDay: Day?
  /// The contract's amount before tax, where the limits of delay penalties are applied to the social ones.
  public var delayLimits: Euros?
  /// The general conditions that the contract refers to.
  public var conditions: GeneralConditions?

  /// A case with no notice, no cap and, by default, no hours.
  public init(
    due: Hours = Hours(0), credited: Hours = Hours(0), excused: Hours = Hours(0), rules: [PenaltyRule], day: Day
  ) {
    self.due = due
    self.credited = credited
    self.excused = excused
    self.rules = rules
    self.day = day
  }
}
