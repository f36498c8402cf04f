public import Clauses
public import Storage

/// The reads of spotting: lists, counts, and what a territory's page sums up.
public enum SpottingLists {
  /// A line of a list.
  public struct Line: Sendable, RowDecodable {
    /// The notice's row, which its page's address bears.
    public let award: Int64
    /// Contract or concession.
    public let kind: AwardNotice.Kind
    /// The buyer's own number for it.
    public let number: String
    /// What is bought, in the buyer's words.
    public let object: String
    /// The buyer's establishment.
    public let buyer: SIRET
    /// From the notice, else from another of the same buyer; nil where none gives it.
    public let buyerName: String?
    /// Where it is performed, nil where the place could not be resolved.
    public let departement: DepartementCode?
    /// Main code of what is bought, nil where the notice has none.
    public let cpv: CPVCode?
    /// Before tax, amendments applied; nil where it is not known.
    public let amount: Euros?
    /// Whether the amount is a framework's ceiling.
    public let amountIsCeiling: Bool
    /// What the publisher declares of social considerations; empty where the record is silent.
    public let social: AwardNotice.SocialConsiderations
    /// What the rules say.
    public let cell: SpottingCell

    static var columns: SQL {
      """
      s.award, s.departement, s.buyer, s.cpv, s.amount, s.ends, s.social, s.outcomes, s.hours_low, s.hours_usual, \
      s.hours_high, s.one_off, s.duty, s.above, s.rank, a.kind, a.number, a.object, \
      COALESCE(a.buyer_name, b.name), a.nature, a.techniques
      """
    }

    /// Reads a row in the order of `columns`.
    public init(row: Row) throws {
      award = try row.value(0)
      departement = try row.value(1)
      buyer = try row.value(2)
      cpv = try row.value(3)
      let cents: Int64 = try row.value(4)
      amount = cents == Spottings.unknownAmount ? nil : Euros(cents: cents)
      let end: Day = try row.value(5)
      social = AwardNotice.SocialConsiderations(rawValue: try row.value(6))
      let outcomes = Spottings.Outcomes(packed: try row.value(7)).all
      cell = SpottingCell(
        end: end == Spottings.unknownEnd ? nil : end, duration: outcomes[0], amount: outcomes[1], nature: outcomes[2],
        people: outcomes[3],
        duty: DutyEstimate.Outcome(rawValue: UInt8(clamping: try row.value(12, as: Int.self))) ?? .unknown,
        isAboveThreshold: try row.value(13), recurrence: try row.value(11) ? .oneOff : .recurring,
        hoursLow: try row.value(8), hoursUsual: try row.value(9), hoursHigh: try row.value(10),
        rank: try row.value(14))
      kind = AwardNotice.Kind(rawValue: try row.value(15)) ?? .contract
      number = try row.value(16)
      object = try row.value(17)
      buyerName = try row.value(18)
      let nature: String? = try row.value(19)
      let techniques = AwardNotice.Techniques(rawValue: try row.value(20))
      amountIsCeiling = nature == AwardNotice.Nature.framework.rawValue || techniques.contains(.framework)
    }
  }

  /// A place in an ordered list: the last line seen.
  public struct Cursor: Sendable, Equatable {
    /// The value that the list is ordered by: a rank, cents, or a day's number.
    public let key: Int64
    /// The notice, which settles ties.
    public let award: Int64
    /// A place from its parts.
    public init(key: Int64, award: Int64) {
      self.key = key
      self.award = award
    }
    /// The place of a line in an order.
    public init(_ line: Line, in order: SpottingQuery.Order) {
      award = line.award
      key =
        switch order {
        case .priority: Int64(line.cell.rank)
        case .end: Int64((line.cell.end ?? Spottings.unknownEnd).number)
        case .amount: line.amount?.cents ?? Spottings.unknownAmount
        }
    }
  }

  /// From where a page of a list starts.
  public enum Start: Sendable, Equatable {
    case first
    case after(Cursor)
    case before(Cursor)
  }

  /// At most `limit` lines of a list, in its order.
  public static func lines(
    _ query: SpottingQuery, order: SpottingQuery.Order, start: Start, limit: Int, in db: any Connection
  ) throws -> [Line] {
    let words = try SpottingWords.find(query, in: db)
    if words?.count == 0 { return [] }
    let reading = Reading(query, order: order, start: start, limit: limit, words: words)
    var lines: [Line] = []
    if reading.looksAhead { lines = try db.all(Line.self, reading.statement(db.dialect, among: reading.stretch)) }
    if lines.count < limit { lines = try db.all(Line.self, reading.statement(db.dialect)) }
    if case .before = start { return lines.reversed() }
    return lines
  }

  /// How a page of a list is read.
  struct Reading {
    private let query: SpottingQuery
    private let order: SpottingQuery.Order
    private let start: Start
    private let limit: Int
    private let words: SpottingWords?

    /// How many contracts are looked at first, in the order of the list: fewer where a window leads to them well.
    var stretch: Int { query.hasWindow ? 2000 : 10_000 }
    /// Up to so many notices, the words lead to the contracts better than their order.
    private static let leading = 50_000
    /// Longer pages, those of exports, are read whole in one go.
    private static let longestLook = 100

    /// A page that starts somewhere, with the notices that hold the query's words if they were collected.
    init(
      _ query: SpottingQuery, order: SpottingQuery.Order, start: Start, limit: Int, words: SpottingWords? = nil
    ) {
      self.query = query
      self.order = order
      self.start = start
      self.limit = limit
      self.words = words
    }

    /// Whether to look first at the contracts that come next in the order of the whole base: they may fill the page.
    ///
    /// Where they do not, few contracts answer, and the window or the words lead to them. No engine can choose so by
    /// itself: it would have to know how many contracts meet all the filters together.
    var looksAhead: Bool {
      guard query.isWide, limit <= Self.longestLook, words?.areFew != true else { return false }
      return query.hasWindow ? order != .end : words != nil
    }

    private var isLedByWords: Bool {
      guard let words else { return false }
      return words.areFew || query.isWide && !query.hasWindow && words.count <= Self.leading
    }

    /// The statement of the page; the lines before a place come in the opposite order.
    func statement(_ dialect: Dialect, among stretch: Int? = nil) -> SQL {
      let (column, descends): (SQL, Bool) =
        switch order {
        case .priority: ("s.rank", true)
        case .end: ("s.ends", false)
        case .amount: ("s.amount", true)
        }
      var from: [SQL] = []
      var backwards = false
      switch start {
      case .first: break
      case .after(let cursor): from = [SpottingLists.place(column, cursor, order, beyond: descends ? "<" : ">")]
      case .before(let cursor):
        from = [SpottingLists.place(column, cursor, order, beyond: descends ? ">" : "<")]
        backwards = true
      }
      let way: SQL = descends != backwards ? "DESC" : "ASC"
      let inOrder: SQL = "ORDER BY \(column) \(way), s.award \(way)"
      let chosen: SQL
      if let stretch {
        let place: SQL = from.isEmpty ? "" : "WHERE \(from[0])"
        chosen = """
          (
              SELECT s.award, s.rank, s.ends, s.amount, s.cpv, s.meets, s.social, s.concession FROM spotting s \(place)
              \(inOrder) LIMIT \(stretch)
            ) s \(query.condition(dialect, words: words))
          """
      } else {
        chosen = "spotting s \(query.condition(dialect, words: isLedByWords ? nil : words, and: from))"
      }
      // The indexes alone tell which contracts stand on the page; only those are then read.
      return """
        SELECT \(Line.columns) FROM (
          SELECT s.award FROM \(chosen)
          \(inOrder) LIMIT \(limit)
        ) k JOIN spotting s ON s.award = k.award JOIN award a ON a.id = s.award LEFT JOIN buyer b ON b.siret = s.buyer
        \(inOrder)
        """
    }
  }

  private static func place(_ column: SQL, _ cursor: Cursor, _ order: SpottingQuery.Order, beyond: SQL) -> SQL {
    switch order {
    case .end: "(\(column), s.award) \(beyond) (\(day(cursor.key)), \(cursor.award))"
    case .priority, .amount: "(\(column), s.award) \(beyond) (\(cursor.key), \(cursor.award))"
    }
  }

  /// The day of a place, which comes from an address: one that no calendar holds is brought back into it.
  private static func day(_ number: Int64) -> Day {
    let day = Day(number: Int32(clamping: number))
    return min(max(day, Month(index: 0).first), Spottings.unknownEnd)
  }

  /// How many contracts a query holds, counted up to a limit and one more; counted once while the base stays the same.
  public static func count(_ query: SpottingQuery, upTo limit: Int, in db: any Connection) throws -> Int {
    let question: SQL = "SELECT COUNT(*) \(query.condition(db.dialect)) LIMIT \(limit)"
    return try db.remembered(question, bytes: { _ in 8 }) {
      var words = try SpottingWords.find(query, in: db)
      if words?.areFew == true { words = nil }
      let condition = query.condition(db.dialect, words: words)
      return try db.scalar(
        Int.self, "SELECT COUNT(*) FROM (SELECT 1 FROM spotting s \(condition) LIMIT \(limit + 1)) s") ?? 0
    }
  }

  /// What a query's contracts come to.
  public struct Summary: Sendable, Equatable, RowDecodable {
    /// Contracts of the query.
    public let considered: Int
    /// Those that last long enough.
    public let duration: Int
    /// Those whose amount is enough.
    public let amount: Int
    /// Those whose nature of purchase suits a clause.
    public let nature: Int
    /// Those whose département has enough inclusion structures.
    public let people: Int
    /// Those that meet the four criteria.
    public let all: Int
    /// Those that declare at least one social consideration.
    public let withSocialConsideration: Int
    /// Those whose past amount reaches the threshold of the legal duty.
    public let aboveThreshold: Int
    /// One-off works, which are part of every count above.
    public let oneOff: Int
    /// Those of ``all`` that come back.
    public let promising: Int
    /// Those of ``aboveThreshold`` that come back.
    public let aboveAndBack: Int

    /// Reads the counts, in the order of the properties.
    public init(row: Row) throws {
      considered = try row.value(0)
      duration = try row.value(1)
      amount = try row.value(2)
      nature = try row.value(3)
      people = try row.value(4)
      all = try row.value(5)
      withSocialConsideration = try row.value(6)
      aboveThreshold = try row.value(7)
      oneOff = try row.value(8)
      promising = try row.value(9)
      aboveAndBack = try row.value(10)
    }
  }

  /// Counts a query's contracts by criterion.
  public static func summary(_ query: SpottingQuery, in db: any Connection) throws -> Summary {
    let sum = try db.first(
      Summary.self,
      """
      SELECT COUNT(*), COUNT(CASE WHEN (s.meets & 1) = 1 THEN 1 END), COUNT(CASE WHEN (s.meets & 2) = 2 THEN 1 END),
        COUNT(CASE WHEN (s.meets & 4) = 4 THEN 1 END), COUNT(CASE WHEN (s.meets & 8) = 8 THEN 1 END),
        COUNT(CASE WHEN s.meets = 15 THEN 1 END), COUNT(CASE WHEN s.social >= 2 THEN 1 END),
        COUNT(CASE WHEN s.above THEN 1 END), COUNT(CASE WHEN s.one_off THEN 1 END),
        COUNT(CASE WHEN s.meets = 15 AND NOT s.one_off THEN 1 END),
        COUNT(CASE WHEN s.above AND NOT s.one_off THEN 1 END)
      FROM spotting s \(query.condition(db.dialect))
      """)
    guard let sum else { throw StorageError.outOfReach }
    return sum
  }

  /// How many contracts end on each day.
  public static func ends(_ query: SpottingQuery, in db: any Connection) throws -> [(day: Day, count: Int, all: Int)] {
    var result: [(Day, Int, Int)] = []
    try db.forEach(
      """
      SELECT s.ends, COUNT(*), COUNT(CASE WHEN s.meets = 15 THEN 1 END)
      FROM spotting s \(query.condition(db.dialect)) GROUP BY s.ends ORDER BY s.ends
      """
    ) { result.append((try $0.value(0), try $0.value(1), try $0.value(2))) }
    return result
  }

  /// How many contracts each division of the CPV has; the empty text stands for a missing code.
  public static func divisions(
    _ query: SpottingQuery, in db: any Connection
  ) throws -> [(division: String, count: Int, declared: Int, all: Int)] {
    var result: [(String, Int, Int, Int)] = []
    try db.forEach(
      """
      SELECT COALESCE(substr(s.cpv, 1, 2), ''), COUNT(*), COUNT(CASE WHEN s.social >= 2 THEN 1 END),
        COUNT(CASE WHEN s.meets = 15 THEN 1 END)
      FROM spotting s \(query.condition(db.dialect)) GROUP BY 1 ORDER BY 2 DESC, 1
      """
    ) { result.append((try $0.value(0), try $0.value(1), try $0.value(2), try $0.value(3))) }
    return result
  }

  /// How many contracts declare a consideration, declare none, or say nothing.
  public static func considerations(
    _ query: SpottingQuery, in db: any Connection
  ) throws -> (declared: Int, none: Int, unstated: Int) {
    var result = (0, 0, 0)
    try db.forEach(
      """
      SELECT COUNT(CASE WHEN s.social >= 2 THEN 1 END), COUNT(CASE WHEN s.social = 1 THEN 1 END),
        COUNT(CASE WHEN s.social = 0 THEN 1 END) FROM spotting s \(query.condition(db.dialect))
      """
    ) { result = (try $0.value(0), try $0.value(1), try $0.value(2)) }
    return result
  }

  /// A buyer with what it has to renew.
  public struct BuyerLine: Sendable, RowDecodable {
    /// The buyer's establishment.
    public let buyer: SIRET
    /// From any of its notices; nil where none gives it.
    public let name: String?
    /// Contracts of the query.
    public let count: Int
    /// Those that meet the four criteria and come back.
    public let promising: Int
    /// Those that come back and whose renewal would probably meet the legal duty.
    public let duty: Int
    /// The first end from the day asked for on; where there is none, the last one before it.
    public let soonest: Day
    /// Reads a row in the order of the properties.
    public init(row: Row) throws {
      buyer = try row.value(0)
      name = try row.value(1)
      count = try row.value(2)
      promising = try row.value(3)
      duty = try row.value(4)
      soonest = try row.value(5)
    }
  }

  /// The buyers to call first: most promising contracts, then most under the duty, then the soonest end to come.
  ///
  /// Those whose contracts have all ended before `today` come after the others that have as many.
  public static func buyers(
    _ query: SpottingQuery, today: Day, limit: Int, in db: any Connection
  ) throws -> [BuyerLine] {
    try db.all(
      BuyerLine.self,
      """
      SELECT t.buyer, b.name, t.contracts, t.promising, t.duty, t.soonest FROM (
        SELECT s.buyer, COUNT(*) AS contracts, COUNT(CASE WHEN s.meets = 15 AND NOT s.one_off THEN 1 END) AS promising,
          COUNT(CASE WHEN s.duty = 2 AND NOT s.one_off THEN 1 END) AS duty,
          COALESCE(MIN(CASE WHEN s.ends >= \(today) THEN s.ends END), MAX(s.ends)) AS soonest,
          CASE WHEN MAX(s.ends) < \(today) THEN 1 ELSE 0 END AS past
        FROM spotting s \(query.condition(db.dialect)) GROUP BY s.buyer
        ORDER BY 3 DESC, 4 DESC, 6, 5, 1 LIMIT \(limit)
      ) t LEFT JOIN buyer b ON b.siret = t.buyer ORDER BY t.promising DESC, t.duty DESC, t.past, t.soonest, t.buyer
      """)
  }

  /// How many contracts each département has, the unresolved left out.
  public static func departements(in db: any Connection) throws -> [DepartementCode: Int] {
    var result: [DepartementCode: Int] = [:]
    try db.forEach(
      "SELECT departement, COUNT(*) FROM spotting WHERE departement IS NOT NULL GROUP BY departement"
    ) { result[try $0.value(0)] = try $0.value(1) }
    return result
  }
}
