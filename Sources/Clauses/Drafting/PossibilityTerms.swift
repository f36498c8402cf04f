/// What the law asks of a possibility, for contracts or for concessions.
public struct PossibilityTerms: FigureValue, Hashable {
  /// The possibility.
  public let possibility: Possibility
  /// Contract or concession.
  public let kind: AwardNotice.Kind
  /// Its articles, the main one first.
  public let articles: [String]
  /// What it asks for, in French sentences.
  public let requirements: [String]
  /// How hours become due.
  public let hours: HoursBasis

  /// Terms from their parts.
  public init(
    possibility: Possibility, kind: AwardNotice.Kind, articles: [String], requirements: [String], hours: HoursBasis
  ) {
    self.possibility = possibility
    self.kind = kind
    self.articles = articles
    self.requirements = requirements
    self.hours = hours
  }

  /// Articles, basis of hours and requirements.
  public var figureText: String {
    "\(French.list(articles))\(semicolon) \(hours.french)\(semicolon) \(requirements.joined(separator: " "))"
  }
}

/// Whom a contract or a concession may be reserved for, under which articles.
public struct ReservationTerms: FigureValue, Hashable {
  /// The family.
  public let family: ReservedFamily
  /// Contract or concession.
  public let kind: AwardNotice.Kind
  /// The articles that open the reservation, the main one first.
  public let articles: [String]
  /// Who the beneficiaries are, in French.
  public let beneficiaries: String
  /// What the reservation asks for, in French sentences.
  public let requirements: [String]

  /// Terms from their parts.
  public init(
    family: ReservedFamily, kind: AwardNotice.Kind, articles: [String], beneficiaries: String, requirements: [String]
  ) {
    self.family = family
    self.kind = kind
    self.articles = articles
    self.beneficiaries = beneficiaries
    self.requirements = requirements
  }

  /// Articles, beneficiaries and requirements.
  public var figureText: String {
    "\(French.list(articles))\(semicolon) \(beneficiaries)\(semicolon) \(requirements.joined(separator: " "))"
  }
}

extension FigureKey where Value == PossibilityTerms {
  /// What a possibility asks for.
  public static func possibility(_ possibility: Possibility, _ kind: AwardNotice.Kind) -> Self {
    .init("possibility.\(kind.rawValue).\(possibility.rawValue)")
  }
}

extension FigureKey where Value == ReservationTerms {
  /// How a family is reserved for.
  public static func reservation(_ family: ReservedFamily, _ kind: AwardNotice.Kind) -> Self {
    .init("reservation.\(kind.rawValue).\(family.rawValue)")
  }
}

extension FigureKey where Value == Percent {
  /// Share of beneficiaries that a reserved contract demands at least.
  public static var reservedShare: Self { .init("reserved.contract.minimumShare") }
  /// Share of beneficiaries that a reserved concession demands at least.
  public static var reservedConcessionShare: Self { .init("reserved.concession.minimumShare") }
}

extension FigureKey where Value == Int {
  /// Longest contract reserved for the social economy, in months.
  public static var socialEconomyMonths: Self { .init("reserved.socialEconomy.maximumMonths") }
  /// Months during which the same operator is not awarded the same contract again on this basis.
  public static var socialEconomyPause: Self { .init("reserved.socialEconomy.pauseMonths") }
}

extension FigureKey where Value == Day {
  /// First day of the joint reservation for adapted companies and insertion structures.
  public static var reservedJointly: Self { .init("reserved.joint.start") }
  /// First day of the reservation for companies established in prison.
  public static var reservedPrison: Self { .init("reserved.prison.start") }
}
