public import Clauses
import Exchange
import Records
import Storage

/// Everything that is known of one contract: the rules' reasons, its history, its raw record.
public struct ShowContract: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The most of a raw record that a page shows, in bytes.
  static let rawLimit = 64 << 10

  /// The notice's row.
  public var id: Int64

  /// The sheet of a contract.
  public init(id: Int64) { self.id = id }

  /// Reads the sheet, nil where there is no such contract.
  public func run(as actor: Actor, in world: World) async throws -> ContractSheet? {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let id = id
    let (version, today) = (rules.version, world.today())
    let read = try await world.database.read { db -> Read? in
      guard let stored = try Awards.find(id, in: db) else { return nil }
      let basis = try SpottingBasis.read(figuresVersion: version, in: db)
      return Read(
        stored: stored, structures: basis.structures(stored.departement),
        statedType: basis.type(of: stored.notice.key.buyer),
        buyerName: try stored.notice.buyerName ?? Buyers.name(of: stored.notice.key.buyer, in: db),
        file: try AwardFiles.find(stored.file, in: db), changes: try AwardChanges.all(of: id, in: db),
        cpvLabel: try stored.notice.cpv.flatMap { try CPVLabels.label(of: $0, in: db) },
        renewals: try Self.renewals(of: stored.notice.key, for: actor, on: today, in: db))
    }
    guard let read else { return nil }
    return sheet(read, rules: rules, world: world)
  }

  private struct Read: Sendable {
    let stored: Awards.Stored
    let structures: StructuresNearby?
    let statedType: BuyerType?
    let buyerName: String?
    let file: AwardFiles.Stored?
    let changes: [AwardChanges.Stored]
    let cpvLabel: String?
    let renewals: [PlannedDossier]
  }

  /// Its renewals that the reader follows, where the reader follows any.
  private static func renewals(
    of key: AwardNotice.Key, for actor: Actor, on today: Day, in db: any Connection
  ) throws -> [PlannedDossier] {
    guard actor.may(.readPlanned) else { return [] }
    let all = try PlannedDossiers.renewing(key.number, of: key.buyer, in: db)
    guard !all.isEmpty else { return [] }
    let reach = try PlannedReach.of(.readPlanned, for: actor, on: today, in: db)
    return try all.filter { try reach.holds(body: $0.body, buyer: $0.buyer, in: db) }
  }

  private func sheet(_ read: Read, rules: SpottingRules, world: World) -> ContractSheet {
    let notice = read.stored.notice
    var sheet = ContractSheet(
      id: id, notice: notice, buyerName: read.buyerName, departement: read.stored.departement,
      departementName: read.stored.departement.flatMap { world.figures.departements[$0]?.name },
      cpvLabel: read.cpvLabel,
      spotting: rules.explain(
        notice, departement: read.stored.departement,
        structures: read.structures ?? StructuresNearby(count: 0, listIsPartial: true), buyer: read.statedType),
      repairs: read.stored.repairs?.split(separator: "\n").map(String.init) ?? [],
      changes: read.changes.map {
        ContractSheet.Change(
          at: $0.at, fileName: $0.fileName, sentences: $0.changes.split(separator: "\n").map(String.init))
      },
      raw: raw(read, world: world))
    sheet.today = world.today()
    sheet.renewals = read.renewals
    return sheet
  }

  /// The raw record as a page shows it: what was taken away from the notice's texts is taken away there too. Identifiers
  /// have as many digits, so that other records stay as they are.
  private func text(_ raw: String, of notice: AwardNotice) -> String {
    let texts = [notice.object] + notice.amendments.compactMap(\.object)
    guard texts.contains(where: { $0.contains(NIRDetector.mask) }) else { return raw }
    return NIRDetector.masked(raw) ?? raw
  }

  /// The raw record out of the stored file; a file that is gone or damaged is said, and costs the page nothing else.
  private func raw(_ read: Read, world: World) -> ContractSheet.Raw {
    let range = read.stored.range
    let name = read.file?.name ?? "?"
    guard let digest = read.file?.digest, let path = world.files.path(of: digest) else {
      return ContractSheet.Raw(fileName: name, range: range, text: nil, isCut: false)
    }
    let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + Self.rawLimit)
    let bytes = try? MappedFile.bytes(shown, of: path)
    let record = bytes.map { text(String(decoding: $0, as: UTF8.self), of: read.stored.notice) }
    return ContractSheet.Raw(
      fileName: name, range: range, text: record,
      isCut: shown.count < range.count)
  }
}

/// One contract, with every reason spelled out.
public struct ContractSheet: Sendable {
  /// A later publication that changed something.
  public struct Change: Sendable {
    /// When it was imported, as UTC text.
    public var at: String
    /// The file that brought it.
    public var fileName: String
    /// What changed, a French sentence each.
    public var sentences: [String]
    /// A change from its parts.
    public init(at: String, fileName: String, sentences: [String]) {
      self.at = at
      self.fileName = fileName
      self.sentences = sentences
    }
  }

  /// The record as it was published.
  public struct Raw: Sendable {
    /// The imported file's name.
    public var fileName: String
    /// Where in it, in bytes of the decompressed content.
    public var range: Range<Int>
    /// The record, nil where the file is no longer there.
    public var text: String?
    /// Whether ``text`` is only its beginning.
    public var isCut: Bool
    /// A raw record from its parts.
    public init(fileName: String, range: Range<Int>, text: String?, isCut: Bool) {
      self.fileName = fileName
      self.range = range
      self.text = text
      self.isCut = isCut
    }
  }

  /// The notice's row, which its page's address bears.
  public var id: Int64
  /// The latest publication, repaired and typed.
  public var notice: AwardNotice
  /// From the notice, else from another of the same buyer; nil where none gives it.
  public var buyerName: String?
  /// Where it is performed, nil where the place could not be resolved.
  public var departement: DepartementCode?
  /// The département's name, nil where it is not known.
  public var departementName: String?
  /// The label of the CPV code, where the full list was imported.
  public var cpvLabel: String?
  /// What the rules say, with every reason.
  public var spotting: Spotting
  /// What was mended on reading, a French sentence each.
  public var repairs: [String]
  /// The later publications that changed something, latest first.
  public var changes: [Change]
  /// The record as it was published.
  public var raw: Raw
  /// The day as seen from which the page speaks.
  public var today: Day?
  /// What is planned to renew it, within the reader's reach.
  public var renewals: [PlannedDossier] = []

  /// A sheet from its parts; views' tests build it by hand.
  public init(
    id: Int64, notice: AwardNotice, buyerName: String?, departement: DepartementCode?, departementName: String?,
    cpvLabel: String?, spotting: Spotting, repairs: [String], changes: [Change], raw: Raw
  ) {
    self.id = id
    self.notice = notice
    self.buyerName = buyerName
    self.departement = departement
    self.departementName = departementName
    self.cpvLabel = cpvLabel
    self.spotting = spotting
    self.repairs = repairs
    self.changes = changes
    self.raw = raw
  }
}
