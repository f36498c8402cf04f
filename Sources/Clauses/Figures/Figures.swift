/// Every reference figure that the rules read: thresholds, limits, shares, costs, labels; no value stands in code.
///
/// Filled from files; ``overlaying(_:)`` puts local choices above the national ones.
public struct Figures: Sendable {
  /// The lists that figures are made of, as files give them.
  public struct Contents: Sendable, Equatable {
    /// Amounts of money before tax.
    public var amounts: [Figure<Euros>] = []
    /// Whole numbers.
    public var counts: [Figure<Int>] = []
    /// Days.
    public var days: [Figure<Day>] = []
    /// Durations of work.
    public var hours: [Figure<Hours>] = []
    /// Shares and rates that hold for every purchase.
    public var percents: [Figure<Percent>] = []
    /// Words to look for.
    public var words: [Figure<Words>] = []
    /// Options chosen by default.
    public var choices: [Figure<Choice>] = []
    /// Technicity by the beginning of the CPV code.
    public var technicities: [CPVRow<Figure<Technicity>>] = []
    /// Families of purchases by the beginning of the CPV code.
    public var families: [CPVRow<Figure<CPVFamily>>] = []
    /// Share of labour in the price by the beginning of the CPV code.
    public var labourShares: [CPVRow<FigureRange<Percent>>] = []
    /// Share of the labour kept for insertion by the beginning of the CPV code.
    public var insertionRates: [CPVRow<FigureRange<Percent>>] = []
    /// Cost of an hour of work, employer's charges included, by the beginning of the CPV code.
    public var hourlyCosts: [CPVRow<FigureRange<Euros>>] = []
    /// The purchase segments.
    public var segments: [Figure<PurchaseSegment>] = []
    /// Rungs of published scales of hours, the lowest first.
    public var scaleRungs: [Figure<ScaleRung>] = []
    /// The départements that exist.
    public var departements: [Figure<Departement>] = []
    /// The public holidays.
    public var holidays: [Figure<Holiday>] = []
    /// Articles of law and of general conditions, in our own words.
    public var articles: [Figure<LegalText>] = []
    /// What each of the five possibilities asks for.
    public var possibilities: [Figure<PossibilityTerms>] = []
    /// Whom contracts and concessions may be reserved for.
    public var reservations: [Figure<ReservationTerms>] = []
    /// What is published for each possibility.
    public var publications: [Figure<PublicationTerms>] = []
    /// Fields of European notices.
    public var noticeFields: [Figure<NoticeField>] = []
    /// The publics that clauses are for, by list.
    public var publics: [Figure<EligibilityCriterion>] = []
    /// The processings of personal data that the public register tells.
    public var processings: [Figure<Processing>] = []
    /// The library of wordings of tender documents.
    public var wordings: [Figure<Wording>] = []

    /// Nothing yet.
    public init() {}

    /// Adds the entries of another list after these.
    public mutating func append(_ other: Contents) {
      amounts += other.amounts
      counts += other.counts
      days += other.days
      hours += other.hours
      percents += other.percents
      words += other.words
      choices += other.choices
      technicities += other.technicities
      families += other.families
      labourShares += other.labourShares
      insertionRates += other.insertionRates
      hourlyCosts += other.hourlyCosts
      segments += other.segments
      scaleRungs += other.scaleRungs
      departements += other.departements
      holidays += other.holidays
      articles += other.articles
      possibilities += other.possibilities
      reservations += other.reservations
      publications += other.publications
      noticeFields += other.noticeFields
      publics += other.publics
      processings += other.processings
      wordings += other.wordings
    }
  }

  /// Amounts of money before tax.
  public let amounts: FigureTable<Euros>
  /// Whole numbers.
  public let counts: FigureTable<Int>
  /// Days.
  public let days: FigureTable<Day>
  /// Durations of work.
  public let hours: FigureTable<Hours>
  /// Shares and rates that hold for every purchase.
  public let percents: FigureTable<Percent>
  /// Words to look for.
  public let words: FigureTable<Words>
  /// Options chosen by default.
  public let choices: FigureTable<Choice>
  /// Technicity by the beginning of the CPV code.
  public var technicities: [CPVRow<Figure<Technicity>>] { contents.technicities }
  /// Families of purchases by the beginning of the CPV code.
  public var families: [CPVRow<Figure<CPVFamily>>] { contents.families }
  /// Share of labour in the price by the beginning of the CPV code.
  public var labourShares: [CPVRow<FigureRange<Percent>>] { contents.labourShares }
  /// Share of the labour kept for insertion by the beginning of the CPV code.
  public var insertionRates: [CPVRow<FigureRange<Percent>>] { contents.insertionRates }
  /// Cost of an hour of work by the beginning of the CPV code.
  public var hourlyCosts: [CPVRow<FigureRange<Euros>>] { contents.hourlyCosts }
  /// The purchase segments, in the order of the file.
  public var segments: [Figure<PurchaseSegment>] { contents.segments }
  /// The public holidays, the layers above first; ``WorkingCalendar`` finds their days.
  public var holidays: [Figure<Holiday>] { contents.holidays }
  /// Rungs of published scales of hours, in the order of the file.
  public var scaleRungs: [Figure<ScaleRung>] { contents.scaleRungs }
  /// The processings of personal data, in the order of the file, the layers above first.
  public var processings: [Figure<Processing>] { contents.processings }
  /// The départements that exist.
  public let departements: [DepartementCode: Departement]
  /// Articles of law and of general conditions, in our own words.
  public let articles: FigureTable<LegalText>
  /// What each of the five possibilities asks for.
  public let possibilities: FigureTable<PossibilityTerms>
  /// Whom contracts and concessions may be reserved for.
  public let reservations: FigureTable<ReservationTerms>
  /// What is published for each possibility.
  public let publications: FigureTable<PublicationTerms>
  /// Fields of European notices.
  public let noticeFields: FigureTable<NoticeField>
  /// The lists behind the tables.
  public let contents: Contents
  /// A digest of all that can change a result: names, values, days; a new wording of a label or a source does not
  /// change it.
  public let version: String

  /// Figures from their lists.
  public init(_ contents: Contents) {
    self.contents = contents
    amounts = FigureTable(contents.amounts)
    counts = FigureTable(contents.counts)
    days = FigureTable(contents.days)
    hours = FigureTable(contents.hours)
    percents = FigureTable(contents.percents)
    words = FigureTable(contents.words)
    articles = FigureTable(contents.articles)
    possibilities = FigureTable(contents.possibilities)
    reservations = FigureTable(contents.reservations)
    publications = FigureTable(contents.publications)
    noticeFields = FigureTable(contents.noticeFields)
    choices = FigureTable(contents.choices)
    departements = Dictionary(
      contents.departements.map { ($0.value.code, $0.value) }, uniquingKeysWith: { first, _ in first })
    version = FiguresDigest(contents).text
  }

  /// These figures with a layer above: on the days that a figure of the layer covers, it replaces the one of the same
  /// name here.
  public func overlaying(_ layer: Contents) -> Figures {
    var contents = layer
    contents.append(self.contents)
    return Figures(contents)
  }
}
