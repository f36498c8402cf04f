public import Clauses
public import Storage

extension PlannedStage: SQLConvertible {}
extension PurchaseCategory: SQLConvertible {}

extension PlannedContract {
  static let columns: SQL = """
    reference, object, category, cpv, amount, months, place, departement, launch, start, lots, framework, note
    """

  /// Reads the columns of a contract, from a place on.
  init(row: Row, from place: Int) throws {
    func month(_ index: Int32?) -> Month? { index.map { Month(index: $0) } }
    self.init(object: try row.value(place + 1))
    reference = try row.value(place)
    category = try row.value(place + 2)
    cpv = try row.value(place + 3)
    amount = try row.value(place + 4)
    months = try row.value(place + 5)
    self.place = try row.value(place + 6)
    departement = try row.value(place + 7)
    launch = month(try row.value(place + 8))
    start = month(try row.value(place + 9))
    lots = try row.value(place + 10)
    isFramework = try row.value(place + 11)
    note = try row.value(place + 12)
  }
}

extension PlannedDossier: RowDecodable {
  static let columns: SQL = """
    id, body, buyer, buyer_name, stage, reason, assigned, received_at, answer_due, programme, version,
    \(PlannedContract.columns), renews
    """

  /// Reads the columns of ``PlannedDossiers``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), body: try row.value(1), buyer: try row.value(2), buyerName: try row.value(3),
      contract: try PlannedContract(row: row, from: 11), receivedAt: try row.value(7), answerDue: try row.value(8),
      programme: try row.value(9))
    stage = try row.value(4)
    reason = try row.value(5)
    assigned = try row.value(6)
    version = try row.value(10)
    renews = try row.value(24)
  }

  /// What the list searches words in.
  var words: String { "\(contract.object) \(buyerName) \(contract.reference ?? "") \(contract.place ?? "")".folded }
}

/// The table of planned contracts.
public enum PlannedDossiers {
  /// One by its identifier.
  public static func find(_ id: ID<PlannedDossier>, in db: any Connection) throws -> PlannedDossier? {
    try db.first(PlannedDossier.self, "SELECT \(PlannedDossier.columns) FROM planned WHERE id = \(id)")
  }

  /// Whether there is none at all.
  public static func isEmpty(in db: any Connection) throws -> Bool { try !db.exists("SELECT 1 FROM planned") }

  /// Some by their identifiers.
  public static func find(
    all ids: [ID<PlannedDossier>], in db: any Connection
  ) throws -> [ID<PlannedDossier>: PlannedDossier] {
    guard !ids.isEmpty else { return [:] }
    let all = try db.all(
      PlannedDossier.self, "SELECT \(PlannedDossier.columns) FROM planned WHERE id IN \(SQL.list(ids))")
    return Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Those of a buyer that some bodies follow, by their key.
  public static func keyed(
    bodies: [ID<Organisation>], buyer: SIRET, in db: any Connection
  ) throws -> [String: PlannedDossier] {
    let all = try db.all(
      PlannedDossier.self,
      "SELECT \(PlannedDossier.columns) FROM planned WHERE body IN \(SQL.list(bodies)) AND buyer = \(buyer)")
    return Dictionary(all.map { (PlannedDossier.key(of: $0.contract), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Those that renew a published contract, known by its buyer and number.
  public static func renewing(
    _ number: String, of buyer: SIRET, in db: any Connection
  ) throws -> [PlannedDossier] {
    try db.all(
      PlannedDossier.self,
      "SELECT \(PlannedDossier.columns) FROM planned WHERE buyer = \(buyer) AND renews = \(number) ORDER BY id")
  }

  /// Adds one.
  public static func insert(_ dossier: PlannedDossier, in db: any Connection) throws {
    let (d, c) = (dossier, dossier.contract)
    try db.execute(
      """
      INSERT INTO planned (id, body, buyer, buyer_name, stage, reason, assigned, received_at, answer_due, programme,
        version, \(PlannedContract.columns), renews, contract_key, words)
      VALUES (\(d.id), \(d.body), \(d.buyer), \(d.buyerName), \(d.stage), \(d.reason), \(d.assigned), \(d.receivedAt),
        \(d.answerDue), \(d.programme), \(d.version), \(c.reference), \(c.object), \(c.category), \(c.cpv), \(c.amount),
        \(c.months), \(c.place), \(c.departement), \(c.launch?.index), \(c.start?.index), \(c.lots), \(c.isFramework),
        \(c.note), \(d.renews), \(PlannedDossier.key(of: c)), \(d.words))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ dossier: inout PlannedDossier, in db: any Connection) throws -> Bool {
    let (d, c) = (dossier, dossier.contract)
    let count = try db.execute(
      """
      UPDATE planned SET buyer_name = \(d.buyerName), stage = \(d.stage), reason = \(d.reason), assigned = \(d.assigned),
        programme = \(d.programme), version = \(d.version + 1), reference = \(c.reference), object = \(c.object),
        category = \(c.category), cpv = \(c.cpv), amount = \(c.amount), months = \(c.months), place = \(c.place),
        departement = \(c.departement), launch = \(c.launch?.index), start = \(c.start?.index), lots = \(c.lots),
        framework = \(c.isFramework), note = \(c.note), contract_key = \(PlannedDossier.key(of: c)), words = \(d.words)
      WHERE id = \(d.id) AND version = \(d.version)
      """)
    if count == 1 { dossier.version += 1 }
    return count == 1
  }

  /// Takes one away.
  public static func remove(_ id: ID<PlannedDossier>, version: Int, in db: any Connection) throws -> Bool {
    try db.execute("DELETE FROM planned_step WHERE planned = \(id)")
    return try db.execute("DELETE FROM planned WHERE id = \(id) AND version = \(version)") == 1
  }

  /// What a list shows.
  public struct Filter: Sendable, Hashable {
    /// Those of some bodies.
    public var bodies: [ID<Organisation>]?
    /// Those of one buyer.
    public var buyer: SIRET?
    /// Those of bodies of these départements.
    public var departements: [DepartementCode]?
    /// One stage only; nil: all but those that are over.
    public var stage: PlannedStage?
    /// Words, in any order.
    public var words: String?
    /// Those that one person follows.
    public var assigned: ID<Membership>?
    /// Everything in view.
    public init() {}

    var condition: SQL {
      let one: SQL =
        stage.map { "stage = \($0)" } ?? "stage NOT IN (\(PlannedStage.awarded), \(PlannedStage.setAside))"
      return "\(atAnyStage) AND \(one)"
    }

    /// The same, whatever the stage.
    var atAnyStage: SQL {
      // At least one condition, so that others may follow.
      var parts: [SQL] = ["1 = 1"]
      if let bodies { parts.append("body IN \(SQL.list(bodies))") }
      if let buyer { parts.append("buyer = \(buyer)") }
      if let departements {
        parts.append("body IN (SELECT id FROM organisation WHERE departement IN \(SQL.list(departements.sorted())))")
      }
      for word in words?.folded.split(separator: " ").prefix(8) ?? [] { parts.append("words LIKE \("%\(word)%")") }
      if let assigned { parts.append("assigned = \(assigned)") }
      return parts.joined(separator: " AND ")
    }
  }

  /// The first ones by the day on which they are due, after a place.
  public static func list(
    _ filter: Filter, offset: Int, limit: Int, in db: any Connection
  ) throws -> [PlannedDossier] {
    try db.all(
      PlannedDossier.self,
      """
      SELECT \(PlannedDossier.columns) FROM planned WHERE \(filter.condition)
      ORDER BY answer_due, id LIMIT \(limit) OFFSET \(offset)
      """)
  }

  /// How many there are at each stage; a stage without any is absent.
  public static func counts(_ filter: Filter, in db: any Connection) throws -> [PlannedStage: Int] {
    var counts: [PlannedStage: Int] = [:]
    try db.forEach("SELECT stage, COUNT(*) FROM planned WHERE \(filter.atAnyStage) GROUP BY stage") { row in
      counts[try row.value(0)] = try row.value(1, as: Int.self)
    }
    return counts
  }

  // MARK: What a programme changed

  /// What a contract was before a programme changed it; nil contract where it was not there.
  public struct Before: Sendable, RowDecodable {
    /// The contract.
    public let planned: ID<PlannedDossier>
    /// The version that the programme left.
    public let version: Int
    /// JSON of what it held.
    public let contract: String?

    /// Reads them.
    public init(row: Row) throws {
      planned = try row.value(0)
      version = try row.value(1)
      contract = try row.value(2)
    }
  }

  /// Keeps what a contract was, so that the programme can be undone.
  public static func keep(
    _ contract: String?, of id: ID<PlannedDossier>, version: Int, programme: ID<PurchaseProgramme>,
    in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO planned_before (programme, planned, version, contract)
      VALUES (\(programme), \(id), \(version), \(contract))
      """)
  }

  /// What a programme changed.
  public static func changed(by programme: ID<PurchaseProgramme>, in db: any Connection) throws -> [Before] {
    try db.all(
      Before.self,
      "SELECT planned, version, contract FROM planned_before WHERE programme = \(programme) ORDER BY planned")
  }

  /// Lets an earlier programme know a contract again that was put back as that programme had left it.
  public static func follow(
    _ id: ID<PlannedDossier>, from old: Int, to new: Int, in db: any Connection
  ) throws {
    try db.execute("UPDATE planned_before SET version = \(new) WHERE planned = \(id) AND version = \(old)")
  }

  /// Gives what one person followed to another, or to nobody.
  public static func handOver(
    from member: ID<Membership>, to heir: ID<Membership>?, in db: any Connection
  ) throws -> Int {
    try db.execute(
      "UPDATE planned SET assigned = \(heir), version = version + 1 WHERE assigned = \(member)")
  }

  /// The last programme but one that brought or changed a contract; nil where there was none other.
  public static func programme(
    of id: ID<PlannedDossier>, otherThan programme: ID<PurchaseProgramme>, in db: any Connection
  ) throws -> ID<PurchaseProgramme>? {
    try db.scalar(
      ID<PurchaseProgramme>.self,
      """
      SELECT programme FROM planned_before WHERE planned = \(id) AND programme <> \(programme)
      ORDER BY version DESC LIMIT 1
      """)
  }

  /// Whether someone wrote in the thread of a contract, worked on a sheet of it, or on its wording.
  public static func isWorkedOn(_ id: ID<PlannedDossier>, in db: any Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM planned_step WHERE planned = \(id) AND kind = 'message'")
      || db.exists("SELECT 1 FROM lot_sheet WHERE planned = \(id)")
      || db.exists("SELECT 1 FROM tender WHERE planned = \(id)")
  }

  /// Forgets what a programme changed, once it was undone.
  public static func forget(programme: ID<PurchaseProgramme>, in db: any Connection) throws {
    try db.execute("DELETE FROM planned_before WHERE programme = \(programme)")
  }

  // MARK: The thread

  /// One step of a dossier: a message, a decision, a change.
  public struct Step: Sendable, RowDecodable {
    /// When.
    public let at: Moment
    /// Who; nil for the program itself.
    public let account: ID<Account>?
    /// What sort of step it is.
    public let kind: String
    /// What was said or done.
    public let words: String

    /// Reads them.
    public init(row: Row) throws {
      at = try row.value(0)
      account = try row.value(1)
      kind = try row.value(2)
      words = try row.value(3)
    }
  }

  /// Adds a step.
  public static func add(
    _ kind: String, _ words: String, to id: ID<PlannedDossier>, by account: ID<Account>?, at now: Moment,
    in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO planned_step (id, planned, at, account, kind, words)
      VALUES (\(ID<Step>(at: now)), \(id), \(now), \(account), \(kind), \(words))
      """)
  }

  /// The steps of a dossier, the oldest first.
  public static func steps(of id: ID<PlannedDossier>, in db: any Connection) throws -> [Step] {
    try db.all(
      Step.self, "SELECT at, account, kind, words FROM planned_step WHERE planned = \(id) ORDER BY id")
  }
}
