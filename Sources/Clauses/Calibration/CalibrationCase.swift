extension Calibration {
  /// The ways to size an effort in hours.
  public enum Method: String, Sendable, CaseIterable {
    /// Amount × share of labour × rate ÷ cost of an hour.
    case labourShare
    /// Hours of labour × rate.
    case labourHours
    /// Cleaning where the staff in post is taken over: only what is left of the amount counts.
    case cleaningTakeover
    /// An hour for every so many euros invoiced beyond a trigger.
    case perInvoiced
    /// Full-time posts × hours of a year.
    case fullTimeEquivalent
    /// Hours that a published scale gives for an amount.
    case scale

    /// Whether its hours are not hours of insertion: the published scale gives hours of training placements, an
    /// objective of its own that no other result compares with.
    public var isSeparateObjective: Bool { self == .scale }

    /// The method as users read it.
    public var french: String {
      switch self {
      case .labourShare: "part de main-d’œuvre"
      case .labourHours: "heures de main-d’œuvre"
      case .cleaningTakeover: "propreté avec reprise du personnel"
      case .perInvoiced: "heures par euros facturés"
      case .fullTimeEquivalent: "équivalents temps plein"
      case .scale: "barème publié"
      }
    }
  }

  /// What a case is made of; the raw value is the name in exchanges.
  public enum Field: String, Sendable, CaseIterable {
    case amount, labourShare, insertionRate, hourlyCost, hours, months, monthlyHoursTakenOver, eurosPerHour, trigger,
      invoiced, count, hoursPerYear

    /// The field as users read it, with its article.
    public var french: String {
      switch self {
      case .amount: "le montant HT"
      case .labourShare: "la part de main-d’œuvre"
      case .insertionRate: "le taux d’insertion"
      case .hourlyCost: "le coût horaire chargé"
      case .hours: "le nombre d’heures de main-d’œuvre"
      case .months: "la durée en mois"
      case .monthlyHoursTakenOver: "le nombre d’heures par mois du personnel repris"
      case .eurosPerHour: "le montant facturé pour une heure"
      case .trigger: "le montant facturé à partir duquel l’effort est dû"
      case .invoiced: "le montant facturé HT"
      case .count: "le nombre d’équivalents temps plein"
      case .hoursPerYear: "le nombre d’heures par an d’un équivalent temps plein"
      }
    }
  }

  /// What a year of a full-time post is counted in.
  public enum FullTimeBasis: String, Sendable, CaseIterable {
    /// Hours at work.
    case worked
    /// Hours paid, leave and public holidays included.
    case paid
  }

  /// A national programme that sets a least share of hours.
  public enum Programme: String, Sendable, CaseIterable {
    /// Works of urban renewal, and the engineering that they need.
    case anruWorks
    /// Upkeep and daily life of the districts concerned.
    case anruProximity

    /// The programme as users read it.
    public var french: String {
      switch self {
      case .anruWorks: "travaux du renouvellement urbain (ANRU)"
      case .anruProximity: "gestion urbaine de proximité (ANRU)"
      }
    }
  }

  /// What is known of the purchase whose effort is sized; each method reads the part that it needs.
  public struct Case: Sendable, Equatable {
    /// What is bought; lets shares, rates and costs be proposed.
    public var cpv: CPVCode?
    /// Amount before tax over the whole duration.
    public var amount: Euros?
    /// Share of labour in the amount.
    public var labourShare: Percent?
    /// Share of the labour asked for.
    public var insertionRate: Percent?
    /// Cost of an hour of work to the employer.
    public var hourlyCost: Euros?
    /// Hours of labour that the contract needs.
    public var labourHours: Hours?
    /// Duration in months.
    public var months: Int?
    /// Hours a month of the staff in post that the new awardee must take over.
    public var monthlyHoursTakenOver: Hours?
    /// Euros invoiced for which one hour is due.
    public var eurosPerHour: Euros?
    /// Euros invoiced beyond which hours become due.
    public var trigger: Euros?
    /// Euros invoiced so far, or expected.
    public var invoiced: Euros?
    /// Whether reaching the trigger makes the hours of what was invoiced before it due too.
    public var catchesUp = false
    /// Full-time posts.
    public var count: Quotient?
    /// Hours of a year of a full-time post; nil for the reference figure of the basis.
    public var hoursPerYear: Hours?
    /// What a year of a full-time post is counted in.
    public var basis = FullTimeBasis.worked
    /// The national programme that the purchase belongs to.
    public var programme: Programme?
    /// How hours become whole.
    public var rounding = Rounding()

    /// A case of which nothing is known yet.
    public init() {}
  }

  /// How an exact number of hours becomes whole: to the nearest hour unless the buyer chose otherwise.
  public struct Rounding: Sendable, Hashable {
    /// Which way.
    public let direction: Quotient.Rounding
    /// To a multiple of so many hours, one or more.
    public let step: Int

    /// A rule of rounding; a step below one is one.
    public init(_ direction: Quotient.Rounding = .nearest, step: Int = 1) {
      self.direction = direction
      self.step = max(step, 1)
    }

    /// The steps that buyers use, from the reference figures, the hour first.
    public static func usualSteps(_ figures: Figures, on day: Day) -> [Int] {
      [1]
        + [.roundingStepSmall, .roundingStepMedium, .roundingStepLarge].compactMap {
          figures.counts[$0, on: day]?.value
        }
    }

    /// The whole hours of an exact number; nil beyond what hours can hold.
    public func callAsFunction(_ exact: Quotient) -> Hours? {
      let steps = (exact * (Quotient(1, over: Int128(step)) ?? Quotient(1))).whole(direction)
      guard steps.magnitude < Int128(Int64.max).magnitude else { return nil }
      return (Quotient(steps) * Quotient(step)).hours()
    }

    /// The rule in French.
    public var french: String {
      let unit = step == 1 ? "à l’heure" : "au multiple de \(Hours(step).french)"
      switch direction {
      case .nearest: return step == 1 ? "à l’heure la plus proche" : "\(unit) le plus proche"
      case .down: return "\(unit) en dessous"
      case .up: return "\(unit) au-dessus"
      }
    }
  }

  /// A value that a method needs and that is missing or out of bounds.
  public struct Gap: Sendable, Equatable {
    /// Which one.
    public let field: Field
    /// Whether it is missing, and not merely out of bounds.
    public let isMissing: Bool
    /// What is wrong and how to mend it, in French.
    public let sentence: String
  }

  /// Why a case cannot be sized: every value that is missing or wrong.
  public struct Gaps: Error, Sendable, Equatable {
    /// The values, at least one.
    public let all: [Gap]
  }
}

extension FigureKey where Value == Int {
  /// A step of rounding that buyers use, small.
  public static var roundingStepSmall: Self { .init("calibration.roundingStep.small") }
  /// A step of rounding that buyers use, medium.
  public static var roundingStepMedium: Self { .init("calibration.roundingStep.medium") }
  /// A step of rounding that buyers use, large.
  public static var roundingStepLarge: Self { .init("calibration.roundingStep.large") }
  /// How many past lots make their median worth reading.
  public static var historyMinimum: Self { .init("calibration.historyMinimum") }
}

extension FigureKey where Value == Hours {
  /// Worked hours of a full-time post in a year.
  public static var fullTimeWorked: Self { .init("fullTime.worked") }
  /// Paid hours of a full-time post in a year.
  public static var fullTimePaid: Self { .init("fullTime.paid") }
  /// Hours of insertion for one person, order of magnitude.
  public static var hoursPerPerson: Self { .init("calibration.hoursPerPerson") }
}

extension FigureKey where Value == Euros {
  /// Cost of an hour under which a value surprises.
  public static var hourlyCostLow: Self { .init("calibration.hourlyCostLow") }
  /// Cost of an hour above which a value surprises.
  public static var hourlyCostHigh: Self { .init("calibration.hourlyCostHigh") }
  /// Amount to which the hours of past lots are brought to be compared.
  public static var historyBase: Self { .init("calibration.historyBase") }
}

extension FigureKey where Value == Percent {
  /// Lowest rate of insertion that is met.
  public static var rateLow: Self { .init("calibration.rateLow") }
  /// Highest rate of insertion that is met.
  public static var rateHigh: Self { .init("calibration.rateHigh") }
  /// Least share of hours in works of urban renewal.
  public static var rateANRUWorks: Self { .init("calibration.rate.anruWorks") }
  /// Least share of hours in the daily upkeep of districts under urban renewal.
  public static var rateANRUProximity: Self { .init("calibration.rate.anruProximity") }
}
