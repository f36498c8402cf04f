public import Clauses
import Records
import Storage

/// A page of the contracts that come back and deserve a look, in an order, from a place on.
public struct ListSpotting: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// Contracts on a page.
  public static let pageSize = 50
  /// Up to where contracts are counted; beyond, the page says "more than".
  public static let countLimit = 1000

  /// Which contracts.
  public var filter: SpottingFilter
  /// In which order.
  public var order: SpottingFilter.Order
  /// Where the page starts; nil: at the beginning.
  public var place: SpottingPlace?

  /// The first page of a filter.
  public init(filter: SpottingFilter, order: SpottingFilter.Order = .priority, place: SpottingPlace? = nil) {
    self.filter = filter
    self.order = order
    self.place = place
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> SpottingPage {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let (query, order, start) = (filter.query, order.stored, place?.start ?? .first)
    let (lines, count, departements, isEmpty) = try await world.database.read {
      db -> ([SpottingLists.Line], Int, [(code: DepartementCode, name: String)], Bool) in
      let lines = try SpottingLists.lines(query, order: order, start: start, limit: Self.pageSize + 1, in: db)
      // A first page that is not full holds them all.
      let isWhole = start == .first && lines.count <= Self.pageSize
      return (
        lines, isWhole ? lines.count : try SpottingLists.count(query, upTo: Self.countLimit, in: db),
        try Territories.departementNames(in: db),
        try lines.isEmpty && Awards.lastID(in: db) == 0
      )
    }
    let (shown, hasPrevious, hasNext) = cut(lines)
    return SpottingPage(
      filter: filter, order: self.order, items: shown.map { rules.item($0) },
      count: min(count, Self.countLimit), countIsCapped: count > Self.countLimit,
      previous: hasPrevious ? shown.first.map { SpottingPlace(isBefore: true, cursor: .init($0, in: order)) } : nil,
      next: hasNext ? shown.last.map { SpottingPlace(isBefore: false, cursor: .init($0, in: order)) } : nil,
      departements: departements.isEmpty
        ? world.figures.departements.values.sorted { $0.code < $1.code }
        : departements.map { Departement(code: $0.code, name: $0.name) },
      families: rules.families.all, baseIsEmpty: isEmpty, today: world.today())
  }

  /// The lines to show, and whether others come before and after.
  private func cut(_ lines: [SpottingLists.Line]) -> ([SpottingLists.Line], Bool, Bool) {
    let isOver = lines.count > Self.pageSize
    guard let place else { return (Array(lines.prefix(Self.pageSize)), false, isOver) }
    return place.isBefore
      ? (Array(lines.suffix(Self.pageSize)), isOver, true) : (Array(lines.prefix(Self.pageSize)), true, isOver)
  }
}

/// Where a page of a list starts; its text stands in addresses.
public struct SpottingPlace: Sendable, Equatable, CustomStringConvertible {
  let isBefore: Bool
  let cursor: SpottingLists.Cursor

  init(isBefore: Bool, cursor: SpottingLists.Cursor) {
    self.isBefore = isBefore
    self.cursor = cursor
  }

  /// Reads what ``description`` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "avant" || parts[0] == "apres", let key = Int64(parts[1]),
      let award = Int64(parts[2])
    else { return nil }
    self.init(isBefore: parts[0] == "avant", cursor: .init(key: key, award: award))
  }

  /// `apres.720.1234`.
  public var description: String { "\(isBefore ? "avant" : "apres").\(cursor.key).\(cursor.award)" }

  var start: SpottingLists.Start { isBefore ? .before(cursor) : .after(cursor) }
}

/// A page of a list of spotting.
public struct SpottingPage: Sendable {
  /// Which contracts were asked for.
  public var filter: SpottingFilter
  /// How they are ordered.
  public var order: SpottingFilter.Order
  /// Contracts of the page, at most ``ListSpotting/pageSize``.
  public var items: [SpottingItem]
  /// Contracts that the filter lets through, at most ``ListSpotting/countLimit``.
  public var count: Int
  /// Whether there are more than ``count``.
  public var countIsCapped: Bool
  /// Where the page before starts, nil on the first.
  public var previous: SpottingPlace?
  /// Where the page after starts, nil on the last.
  public var next: SpottingPlace?
  /// Départements that the filter offers, by code.
  public var departements: [Departement]
  /// Purchase families that the filter offers.
  public var families: [CPVFamily]
  /// Whether no award notice was ever imported.
  public var baseIsEmpty: Bool
  /// The day on which the page was made.
  public var today: Day

  /// A page from its parts; views' tests build it by hand.
  public init(
    filter: SpottingFilter, order: SpottingFilter.Order, items: [SpottingItem], count: Int, countIsCapped: Bool,
    previous: SpottingPlace?, next: SpottingPlace?, departements: [Departement], families: [CPVFamily],
    baseIsEmpty: Bool, today: Day
  ) {
    self.filter = filter
    self.order = order
    self.items = items
    self.count = count
    self.countIsCapped = countIsCapped
    self.previous = previous
    self.next = next
    self.departements = departements
    self.families = families
    self.baseIsEmpty = baseIsEmpty
    self.today = today
  }
}

/// A contract on a list of spotting.
public struct SpottingItem: Sendable {
  /// The notice's row, which its page's address bears.
  public var id: Int64
  /// Contract or concession.
  public var kind: AwardNotice.Kind
  /// The buyer's number for it.
  public var number: String
  /// What is bought, in the buyer's words.
  public var object: String
  /// The buyer's establishment.
  public var buyer: SIRET
  /// From the notice, else from another of the same buyer; nil where none gives it.
  public var buyerName: String?
  /// Where it is performed, nil where the place could not be resolved.
  public var departement: DepartementCode?
  /// The CPV family, nil without a code or where no family holds it.
  public var family: CPVFamily?
  /// Main code of what is bought, nil where the notice has none.
  public var cpv: CPVCode?
  /// Before tax, amendments applied; nil where it is not known.
  public var amount: Euros?
  /// Whether the amount is a framework's ceiling.
  public var amountIsCeiling: Bool
  /// What the publisher declares of social considerations; empty where the record is silent.
  public var social: AwardNotice.SocialConsiderations
  /// What the rules say.
  public var cell: SpottingCell
  /// The day before which the buyer should be called, nil where no end is known.
  public var contactBefore: Day?
  /// Why it has this rank, one French sentence.
  public var why: String

  /// An item from its parts; views' tests build it by hand.
  public init(
    id: Int64, kind: AwardNotice.Kind, number: String, object: String, buyer: SIRET, buyerName: String?,
    departement: DepartementCode?, family: CPVFamily?, cpv: CPVCode?, amount: Euros?, amountIsCeiling: Bool,
    social: AwardNotice.SocialConsiderations, cell: SpottingCell, contactBefore: Day?, why: String
  ) {
    self.id = id
    self.kind = kind
    self.number = number
    self.object = object
    self.buyer = buyer
    self.buyerName = buyerName
    self.departement = departement
    self.family = family
    self.cpv = cpv
    self.amount = amount
    self.amountIsCeiling = amountIsCeiling
    self.social = social
    self.cell = cell
    self.contactBefore = contactBefore
    self.why = why
  }

  /// When the buyer prepares what follows; nil where the end is unknown.
  public var window: RenewalWindow? {
    guard let contactBefore, let end = cell.end else { return nil }
    return RenewalWindow(opens: contactBefore, closes: end)
  }
}

extension SpottingRules {
  /// A line as lists show it. A function of the rules rather than an initialiser, which would copy them for every line.
  func item(_ line: SpottingLists.Line) -> SpottingItem {
    var (family, contact): (CPVFamily?, Day?)
    if let cpv = line.cpv { family = families.family(of: cpv) }
    if let end = line.cell.end { contact = contactBefore(end: end) }
    return SpottingItem(
      id: line.award, kind: line.kind, number: line.number, object: line.object, buyer: line.buyer,
      buyerName: line.buyerName, departement: line.departement, family: family, cpv: line.cpv, amount: line.amount,
      amountIsCeiling: line.amountIsCeiling, social: line.social, cell: line.cell, contactBefore: contact,
      why: priority(of: line.cell, social: line.social).sentence)
  }
}
