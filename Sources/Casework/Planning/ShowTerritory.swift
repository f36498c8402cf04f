public import Clauses
import Records
import Storage

/// What a département has to renew, and who could do it.
public struct ShowTerritory: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// Whose sheet.
  public var departement: DepartementCode

  /// The sheet of a département.
  public init(departement: DepartementCode) { self.departement = departement }

  /// Reads the sheet, nil where no such département is known.
  public func run(as actor: Actor, in world: World) async throws -> TerritorySheet? {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let code = departement
    var ahead = try SpottingFilter.comingBack(in: world)
    let today = world.today()
    let (from, to) = (ahead.from ?? today.month, ahead.to ?? today.month)
    ahead.departement = code
    let window = ahead.query
    var everywhen = SpottingFilter()
    everywhen.departement = code
    let all = everywhen.query
    let read = try await world.database.read { db in
      Read(
        departement: try Territories.departements(in: db).first { $0.code == code },
        summary: try SpottingLists.summary(window, in: db), ends: try SpottingLists.ends(window, in: db),
        divisions: try SpottingLists.divisions(window, in: db),
        considerations: try SpottingLists.considerations(all, in: db),
        buyers: try SpottingLists.buyers(window, today: today, limit: 10, in: db),
        structures: try Structures.all(of: code, in: db),
        listsAreComplete: try Structures.listsAreComplete(in: db))
    }
    guard let name = read.departement?.name ?? world.figures.departements[code]?.name else { return nil }
    return sheet(read, name: name, from: from, to: to, rules: rules, world: world, today: today)
  }

  private struct Read: Sendable {
    let departement: Territories.Departement?
    let summary: SpottingLists.Summary
    let ends: [(day: Day, count: Int, all: Int)]
    let divisions: [(division: String, count: Int, declared: Int, all: Int)]
    let considerations: (declared: Int, none: Int, unstated: Int)
    let buyers: [SpottingLists.BuyerLine]
    let structures: [Structures.Stored]
    let listsAreComplete: Bool
  }

  private func sheet(
    _ read: Read, name: String, from: Month, to: Month, rules: SpottingRules, world: World, today: Day
  ) -> TerritorySheet {
    var months: [TerritorySheet.MonthLine] = (0...Int(to.index - from.index)).map {
      .init(month: from.adding($0), count: 0, promising: 0)
    }
    for end in read.ends {
      let index = Int(end.day.month.index - from.index)
      guard months.indices.contains(index) else { continue }
      months[index].count += end.count
      months[index].promising += end.all
    }
    var sheet = TerritorySheet(
      code: departement, name: name, outline: read.departement?.outline, from: from, to: to,
      renewals: read.summary.considered, oneOff: read.summary.oneOff, promising: read.summary.promising,
      aboveThreshold: read.summary.aboveAndBack, months: months,
      families: read.divisions.map { line in
        let label = CPVCode("\(line.division)000000").flatMap { rules.families.family(of: $0) }?.label
        return .init(
          division: line.division,
          label: label ?? (line.division.isEmpty ? "Sans code CPV" : "Division \(line.division)"),
          count: line.count, declared: line.declared, promising: line.all)
      },
      declared: read.considerations.declared, declaredNone: read.considerations.none,
      unstated: read.considerations.unstated,
      buyers: read.buyers.map {
        .init(
          buyer: $0.buyer, name: $0.name, count: $0.count, promising: $0.promising, duty: $0.duty, soonest: $0.soonest,
          hasEnded: $0.soonest < today)
      },
      offer: InclusionOffer.table(
        read.structures.map(\.entry), activities: world.activities, listsAreComplete: read.listsAreComplete),
      structureCount: read.structures.count, structureListsAreComplete: read.listsAreComplete)
    sheet.offerCaution = world.activities.caution
    return sheet
  }
}

/// What a département has to renew, and who could do it.
public struct TerritorySheet: Sendable {
  /// Contracts that end in a month.
  public struct MonthLine: Sendable, Equatable {
    /// When they are expected to end.
    public var month: Month
    /// Contracts, one-off works included.
    public var count: Int
    /// Those that meet the four criteria.
    public var promising: Int
    /// A month from its parts.
    public init(month: Month, count: Int, promising: Int) {
      self.month = month
      self.count = count
      self.promising = promising
    }
  }

  /// A division of the CPV.
  public struct FamilyLine: Sendable, Equatable {
    /// Two digits; empty for contracts without a code.
    public var division: String
    /// The division in French words.
    public var label: String
    /// Contracts of the division.
    public var count: Int
    /// Those that declare a social consideration.
    public var declared: Int
    /// Those that meet the four criteria.
    public var promising: Int
    /// A division from its parts.
    public init(division: String, label: String, count: Int, declared: Int, promising: Int) {
      self.division = division
      self.label = label
      self.count = count
      self.declared = declared
      self.promising = promising
    }
  }

  /// A buyer to call.
  public struct BuyerLine: Sendable, Equatable {
    /// The buyer's establishment.
    public var buyer: SIRET
    /// From any of its notices; nil where none gives it.
    public var name: String?
    /// Contracts that end in the months of the page, one-off works included.
    public var count: Int
    /// Those that meet the four criteria and come back.
    public var promising: Int
    /// Those that come back and whose renewal would meet the legal duty.
    public var duty: Int
    /// The first expected end from today on; where all have gone by, the last of them.
    public var soonest: Day
    /// Whether all its contracts of the page have ended already.
    public var hasEnded: Bool
    /// A buyer from its parts.
    public init(
      buyer: SIRET, name: String?, count: Int, promising: Int, duty: Int, soonest: Day, hasEnded: Bool = false
    ) {
      self.buyer = buyer
      self.name = name
      self.count = count
      self.promising = promising
      self.duty = duty
      self.soonest = soonest
      self.hasEnded = hasEnded
    }
  }

  /// INSEE code, two or three signs.
  public var code: DepartementCode
  /// Its name, such as `Seine-et-Marne`.
  public var name: String
  /// The path of its SVG outline.
  public var outline: String?
  /// First month that the page looks at: the current one.
  public var from: Month
  /// Last month that the page looks at, itself included.
  public var to: Month
  /// Contracts that end in those months, one-off works included.
  public var renewals: Int
  /// Those that are one-off works.
  public var oneOff: Int
  /// Those that come back and meet the four criteria.
  public var promising: Int
  /// Those that come back and whose past amount reaches the threshold of the legal duty.
  public var aboveThreshold: Int
  /// Every month of the page in order, empty ones included.
  public var months: [MonthLine]
  /// Divisions of the CPV that have contracts in those months, the most numerous first.
  public var families: [FamilyLine]
  /// Contracts of the whole base for this département that declare a social consideration.
  public var declared: Int
  /// Contracts of the whole base whose publisher says that there is none.
  public var declaredNone: Int
  /// Contracts of the whole base whose record does not speak of them.
  public var unstated: Int
  /// Buyers to call first, at most ten.
  public var buyers: [BuyerLine]
  /// Who could perform or lend people, by purchase family.
  public var offer: [InclusionOffer]
  /// Inclusion structures known in the département.
  public var structureCount: Int
  /// What the offer cannot know, in French.
  public var offerCaution = ""
  /// Whether every list loaded is held for complete; otherwise a small number proves nothing.
  public var structureListsAreComplete: Bool
  /// Contracts of the whole base for this département.
  public var known: Int { declared + declaredNone + unstated }

  /// A sheet from its parts; views' tests build it by hand.
  public init(
    code: DepartementCode, name: String, outline: String?, from: Month, to: Month, renewals: Int, oneOff: Int,
    promising: Int, aboveThreshold: Int, months: [MonthLine], families: [FamilyLine], declared: Int, declaredNone: Int,
    unstated: Int,
    buyers: [BuyerLine], offer: [InclusionOffer], structureCount: Int, structureListsAreComplete: Bool
  ) {
    self.code = code
    self.name = name
    self.outline = outline
    self.from = from
    self.to = to
    self.renewals = renewals
    self.oneOff = oneOff
    self.promising = promising
    self.aboveThreshold = aboveThreshold
    self.months = months
    self.families = families
    self.declared = declared
    self.declaredNone = declaredNone
    self.unstated = unstated
    self.buyers = buyers
    self.offer = offer
    self.structureCount = structureCount
    self.structureListsAreComplete = structureListsAreComplete
  }
}
