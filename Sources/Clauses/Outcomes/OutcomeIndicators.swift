/// The figures of a report or of the national consolidation: hours, people, contracts, companies, full-time equivalents.
public struct OutcomeIndicators: Sendable, Equatable {
  /// What came of one commitment.
  public struct CommitmentOutcome: Sendable, Equatable {
    /// What names the commitment, its contract, its buyer and the company that owes.
    public var id, contract, buyer, company: String
    /// The hours owed, credited and excused.
    public var due, credited, excused: Hours

    /// An outcome from its parts.
    public init(
      id: String, contract: String, buyer: String, company: String, due: Hours, credited: Hours, excused: Hours
    ) {
      self.id = id
      self.contract = contract
      self.buyer = buyer
      self.company = company
      self.due = due
      self.credited = credited
      self.excused = excused
    }

    /// The hours that stay missing.
    public var missing: Hours { max(due - credited - excused, Hours(0)) }
  }

  /// What one person did, with her attributes.
  public struct ParticipantOutcome: Sendable, Equatable {
    /// What names the person; the same person may stand in several lines.
    public var id: String
    /// The hours done.
    public var hours: Hours
    /// The hours of training among them.
    public var training: Hours
    /// Attributes by name, such as « sexe » or « critère ».
    public var attributes: [String: String]

    /// An outcome from its parts.
    public init(id: String, hours: Hours, training: Hours = Hours(0), attributes: [String: String] = [:]) {
      self.id = id
      self.hours = hours
      self.training = training
      self.attributes = attributes
    }
  }

  /// The hours that make one full-time year.
  public enum Basis: String, Sendable, CaseIterable {
    /// Hours worked.
    case worked
    /// Hours paid, leave and holidays included.
    case paid

    var key: FigureKey<Hours> { self == .worked ? .fullTimeWorked : .fullTimePaid }
  }

  /// People by one attribute, as the audience may see them.
  public struct Breakdown: Sendable, Equatable {
    /// The attribute.
    public let attribute: String
    /// Its values, in alphabetical order; persons without one stand under « non renseigné ».
    public let values: [String]
    /// The table with one column.
    public let table: Secrecy
  }

  /// Sums of hours.
  public let due, credited, excused, missing: Hours
  /// Hours done by people: what the contracts received, never masked.
  public let done: Hours
  /// The hours of training among them; nil where those of too few people.
  public let training: Hours?
  /// How many different ones.
  public let commitments, contracts, buyers, companies: Int
  /// How many people; nil where they are too few for the audience.
  public let participants: Int?
  /// Full-time equivalents, to the hundredth.
  public let fullTimeHundredths: Int
  /// The hours that one of them is worth.
  public let basis: Figure<Hours>
  /// People by attribute.
  public let breakdowns: [Breakdown]
  /// How it was reached.
  public let derivation: Derivation

  /// Computes the indicators; throws where a figure is missing.
  public static func computed(
    commitments: [CommitmentOutcome], participants: [ParticipantOutcome], basis: Basis = .worked,
    for audience: Secrecy.Audience, on day: Day, figures: Figures
  ) throws(MissingFigure) -> OutcomeIndicators {
    var derivation = Derivation()
    let yearly = try figures.hours.nearest(basis.key, on: day)
    let people = merged(participants)
    func sum<Item>(_ items: [Item], _ hours: (Item) -> Hours) -> Hours { items.reduce(Hours(0)) { $0 + hours($1) } }
    let done = sum(people, \.hours)
    let fullTime = Quotient(done).divided(by: Quotient(derivation.use(yearly)))?.hours()?.hundredths ?? 0
    derivation.step(
      "Équivalents temps plein", "\(done.french) ÷ \(yearly.value.french) (\(yearly.label))",
      gives: "\(French.hundredths(fullTime, places: 0)) ETP")
    let due = sum(commitments, \.due)
    let credited = sum(commitments, \.credited)
    let excused = sum(commitments, \.excused)
    let missing = sum(commitments, \.missing)
    derivation.step(
      "Heures manquantes", "somme, engagement par engagement, des heures dues non comptabilisées ni excusées",
      gives: missing.french)
    // Too few people to show their number: nor is what the breakdowns below would hide.
    let whole = CrossTable(counts: [[people.count]], hours: [[sum(people, \.training)]])
    let few = try whole.map { table throws(MissingFigure) in
      try Secrecy.applied(to: table, for: audience, on: day, figures: figures).total
    }
    var breakdowns: [Breakdown] = []
    for attribute in Set(people.flatMap(\.attributes.keys)).sorted() {
      let groups = Dictionary(grouping: people) { $0.attributes[attribute] ?? unknown }
      let values = groups.keys.sorted()
      let counts = values.map { [groups[$0]?.count ?? 0] }
      let hours = values.map { [sum(groups[$0] ?? [], \.hours)] }
      guard let table = CrossTable(counts: counts, hours: hours) else { continue }
      let shown = try Secrecy.applied(to: table, for: audience, on: day, figures: figures)
      breakdowns.append(Breakdown(attribute: attribute, values: values, table: shown))
    }
    return OutcomeIndicators(
      due: due, credited: credited, excused: excused, missing: missing, done: done, training: few?.hours,
      commitments: Set(commitments.map(\.id)).count, contracts: Set(commitments.map(\.contract)).count,
      buyers: Set(commitments.map(\.buyer)).count, companies: Set(commitments.map(\.company)).count,
      participants: few?.count, fullTimeHundredths: Int(fullTime), basis: yearly, breakdowns: breakdowns,
      derivation: derivation)
  }

  private static let unknown = "non renseigné"

  /// One line a person: hours added up, the first value of each attribute kept.
  private static func merged(_ lines: [ParticipantOutcome]) -> [ParticipantOutcome] {
    var order: [String] = []
    var people: [String: ParticipantOutcome] = [:]
    for line in lines {
      guard var person = people[line.id] else {
        order.append(line.id)
        people[line.id] = line
        continue
      }
      person.hours = person.hours + line.hours
      person.training = person.training + line.training
      person.attributes.merge(line.attributes) { first, _ in first }
      people[line.id] = person
    }
    return order.compactMap { people[$0] }
  }
}
