public import Clauses
import Records
import Storage

/// What the first page says: what is there, and what deserves a call.
public struct ShowWelcome: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The page.
  public init() {}

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Welcome {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let filter = try SpottingFilter.comingBack(in: world)
    let window = filter.query
    let shown = filter
    return try await world.database.read { db in
      Welcome(
        contracts: try Awards.count(in: db),
        structures: try Structures.count(in: db), communes: try Territories.communeCount(in: db), window: shown,
        renewals: try SpottingLists.count(window, upTo: ListSpotting.countLimit, in: db),
        best: try SpottingLists.lines(window, order: .priority, start: .first, limit: 5, in: db)
          .map { rules.item($0) },
        today: world.today())
    }
  }
}

/// What the first page says.
public struct Welcome: Sendable {
  /// Award notices loaded, concessions included.
  public var contracts: Int
  /// Inclusion structures loaded.
  public var structures: Int
  /// Communes loaded.
  public var communes: Int
  /// The window of renewals that the page speaks of.
  public var window: SpottingFilter
  /// Contracts that end in the window, at most ``ListSpotting/countLimit`` and one more.
  public var renewals: Int
  /// The most promising of them.
  public var best: [SpottingItem]
  /// The day on which the page was made.
  public var today: Day

  /// A page from its parts; views' tests build it by hand.
  public init(
    contracts: Int, structures: Int, communes: Int, window: SpottingFilter, renewals: Int, best: [SpottingItem],
    today: Day
  ) {
    self.contracts = contracts
    self.structures = structures
    self.communes = communes
    self.window = window
    self.renewals = renewals
    self.best = best
    self.today = today
  }
}
