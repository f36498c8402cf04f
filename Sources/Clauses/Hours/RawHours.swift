/// Why someone did not work hours that the contract of employment provides for.
public enum Absence: String, Sendable, CaseIterable {
  /// A public holiday not worked.
  case publicHoliday
  /// Paid leave.
  case leave
  /// Sickness.
  case sickness
  /// Anything else, or not said.
  case other

  /// The absence as users read it.
  public var french: String {
    switch self {
    case .publicHoliday: "jours fériés chômés"
    case .leave: "congés"
    case .sickness: "maladie"
    case .other: "absence"
    }
  }
}

/// Raw hours of a person in a month, or before a day of it, as the company declares them.
public struct RawHours: Sendable, Equatable {
  /// Hours of training of blocks of one length.
  public struct TrainingBlock: Sendable, Equatable {
    /// The hours that fall in the month.
    public var hours: Hours
    /// The length of the whole block, which may begin or end in another month.
    public var whole: Hours

    /// A block; one that lies within the month is as long as its hours.
    public init(hours: Hours, whole: Hours? = nil) {
      self.hours = hours
      self.whole = whole ?? hours
    }
  }

  /// Hours worked, training and the tutor's hours included.
  public var worked: Hours
  /// Hours paid, monthly averaging and paid absences included; nil where not declared.
  public var paid: Hours?
  /// Hours of absence, by kind.
  public var absences: [Absence: Hours]
  /// Training, a part of the hours worked.
  public var training: [TrainingBlock]
  /// The tutor's hours, a part of the hours worked.
  public var tutoring: Hours
  /// Of the hours worked by a structure, those of its staff in insertion; nil: all.
  public var insertion: Hours?
  /// What the structure invoiced, before tax; nil where not declared.
  public var invoice: Euros?

  /// Hours from their parts.
  public init(
    worked: Hours, paid: Hours? = nil, absences: [Absence: Hours] = [:], training: [TrainingBlock] = [],
    tutoring: Hours = Hours(0), insertion: Hours? = nil, invoice: Euros? = nil
  ) {
    self.worked = worked
    self.paid = paid
    self.absences = absences
    self.training = training
    self.tutoring = tutoring
    self.insertion = insertion
    self.invoice = invoice
  }

  /// All hours of training.
  public var trained: Hours { training.reduce(Hours(0)) { $0 + $1.hours } }
  /// All hours of absence.
  public var absent: Hours { absences.values.reduce(Hours(0), +) }

  /// What contradicts itself, or nil.
  var fault: CountingFact.Malformed? {
    let values = [worked, paid, tutoring, insertion].compactMap { $0 } + absences.values + training.map(\.hours)
    if values.contains(where: { $0 < Hours(0) }) || (invoice ?? Euros(0)) < Euros(0) {
      return .init(field: "worked", sentence: "Des heures ou un montant ne peuvent pas être négatifs.")
    }
    if training.contains(where: { $0.whole < $0.hours }) {
      return .init(
        field: "training", sentence: "Un bloc de formation ne peut pas être plus court que ses heures du mois.")
    }
    if let insertion, insertion > worked {
      return .init(
        field: "insertion",
        sentence: "Les heures des salariés en insertion (\(insertion.french)) dépassent les heures travaillées "
          + "(\(worked.french)).")
    }
    if trained + tutoring > insertion ?? worked {
      return .init(
        field: "training",
        sentence: "Formation et tutorat (\((trained + tutoring).french)) dépassent les heures travaillées dont ils "
          + "font partie (\((insertion ?? worked).french)).")
    }
    return nil
  }

  /// These hours without those of a first part; nil where the first part is not within these.
  func without(_ first: RawHours) -> RawHours? {
    var rest = self
    rest.worked = worked - first.worked
    rest.tutoring = tutoring - first.tutoring
    rest.paid = paid.flatMap { all in first.paid.map { all - $0 } }
    rest.invoice = invoice.flatMap { all in first.invoice.map { all - $0 } }
    rest.insertion = insertion.flatMap { all in first.insertion.map { all - $0 } }
    rest.absences.merge(first.absences.mapValues { Hours(0) - $0 }, uniquingKeysWith: +)
    var lengths: [(whole: Hours, hours: Hours)] = []
    for block in training + first.training.map({ .init(hours: Hours(0) - $0.hours, whole: $0.whole) }) {
      if let index = lengths.firstIndex(where: { $0.whole == block.whole }) {
        lengths[index].hours = lengths[index].hours + block.hours
      } else {
        lengths.append((block.whole, block.hours))
      }
    }
    rest.training = lengths.map { TrainingBlock(hours: $0.hours, whole: $0.whole) }
    return rest.fault == nil && (insertion == nil || first.insertion != nil) ? rest : nil
  }
}

/// What a company declares of one person in one month on one contract, with what counting must know of the person.
public struct CountingFact: Sendable, Equatable {
  /// Hours of the month that lie before one of its days.
  public struct Split: Sendable, Equatable {
    /// The day.
    public var day: Day
    /// The hours of the month before it.
    public var before: RawHours

    /// A split from its parts.
    public init(day: Day, before: RawHours) {
      self.day = day
      self.before = before
    }
  }

  /// What is known of the person's placement.
  public struct Placement: Sendable, Equatable {
    /// How the person is employed.
    public var modality: Modality
    /// First day of the employment contract.
    public var start: Day
    /// Its last day; nil where it has none or it is not known.
    public var end: Day?
    /// The day on which the person was decided to be eligible; nil: not decided.
    public var decision: Day?
    /// Whether the person was eligible on the first day of the contract (for staff in post, of the first one).
    public var wasEligibleAtHire: Bool?
    /// Why a decision came late, in the words of whoever decided.
    public var lateReason: String?
    /// Whether the company employed the person before it performed this contract.
    public var isAlreadyInPost = false
    /// The situations of the person that a policy may weight.
    public var situations: Set<CountingPolicy.Situation> = []
    /// The criterion retained, where months depend on the public.
    public var category: String?
    /// The first day of an earlier employment contract whose decision is taken up: its days keep counting.
    public var opened: Day?
    /// Days on which the accompaniment was suspended.
    public var suspensions: [EligibilitySuspension] = []

    /// A placement; the rest is filled in afterwards.
    public init(modality: Modality, start: Day, end: Day? = nil, decision: Day? = nil) {
      self.modality = modality
      self.start = start
      self.end = end
      self.decision = decision
    }
  }

  /// A fact that contradicts itself.
  public struct Malformed: Error, Sendable, Equatable {
    /// The field, as exchange names it.
    public let field: String
    /// What is wrong, in French.
    public let sentence: String
  }

  /// Who: a name or a pseudonym.
  public let person: String
  /// The month.
  public let month: Month
  /// The placement.
  public let placement: Placement
  /// The hours of the whole month.
  public let hours: RawHours
  /// The month in parts, each with its days and hours, in order.
  public let portions: [Portion]

  /// A part of the month.
  public struct Portion: Sendable, Equatable {
    /// Its first day.
    public let from: Day
    /// Its last day.
    public let to: Day
    /// Its hours.
    public let hours: RawHours
  }

  /// A fact; throws what contradicts itself in it.
  ///
  /// Each split gives all hours of the month before its day, so that several need no order of their own.
  public init(
    person: String, month: Month, placement: Placement, hours: RawHours, splits: [Split] = []
  ) throws(Malformed) {
    if let fault = hours.fault { throw fault }
    if let end = placement.end, end < placement.start {
      throw Malformed(field: "contractEnd", sentence: "La fin du contrat de travail vient avant son début.")
    }
    var portions: [Portion] = []
    var from = month.first
    var seen = RawHours(
      worked: Hours(0), paid: Hours(0), insertion: hours.insertion == nil ? nil : Hours(0), invoice: Euros(0))
    for split in splits.sorted(by: { $0.day < $1.day }) {
      guard split.day > from, split.day <= month.last else {
        throw Malformed(
          field: "splits",
          sentence: "Le partage au \(split.day.french) doit tomber après le premier jour de \(month.french), dans ce "
            + "mois, et une seule fois.")
      }
      guard split.before.fault == nil, let part = split.before.without(seen), hours.without(split.before) != nil else {
        throw Malformed(
          field: "splits",
          sentence:
            "Les heures d’avant le \(split.day.french) ne tiennent pas dans celles du mois, ou dépassent celles "
            + "d’un partage suivant\(colon) chaque partage donne tout ce qui précède son jour.")
      }
      portions.append(Portion(from: from, to: split.day.adding(days: -1), hours: part))
      from = split.day
      seen = split.before
    }
    let rest = portions.isEmpty ? hours : hours.without(seen) ?? hours
    portions.append(Portion(from: from, to: month.last, hours: rest))
    self.person = person
    self.month = month
    self.placement = placement
    self.hours = hours
    self.portions = portions
  }
}
