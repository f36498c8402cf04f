import Records
import Storage

/// The imported files of award data, the last first.
public struct ListImports: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The list.
  public init() {}

  /// Reads the list.
  public func run(as actor: Actor, in world: World) async throws -> ImportList {
    try actor.authorise(Self.right)
    return try await world.database.read { db in
      ImportList(
        items: try AwardFiles.all(limit: 200, in: db).map {
          ImportList.Item(
            name: $0.name, bytes: $0.bytes, whole: $0.whole, position: $0.position, startedAt: $0.startedAt,
            changedAt: $0.changedAt, report: ImportReport(json: $0.report) ?? ImportReport(file: $0.name))
        },
        structures: try Structures.count(in: db), communes: try Territories.communeCount(in: db))
    }
  }
}

/// The imported files.
public struct ImportList: Sendable {
  /// A file of award data.
  public struct Item: Sendable {
    /// The name under which it was imported first.
    public var name: String
    /// Its size as given, in bytes.
    public var bytes: Int
    /// Whether every record was read; otherwise it is "en cours".
    public var whole: Bool
    /// Up to where its records are stored, in bytes of the decompressed content.
    public var position: Int
    /// When the import began, as UTC text.
    public var startedAt: String
    /// When a batch was last stored, as UTC text.
    public var changedAt: String
    /// What came out so far.
    public var report: ImportReport
    /// A file from its parts; views' tests build it by hand.
    public init(
      name: String, bytes: Int, whole: Bool, position: Int, startedAt: String, changedAt: String, report: ImportReport
    ) {
      self.name = name
      self.bytes = bytes
      self.whole = whole
      self.position = position
      self.startedAt = startedAt
      self.changedAt = changedAt
      self.report = report
    }
  }

  /// The last imported first, at most 200.
  public var items: [Item]
  /// Inclusion structures loaded beside.
  public var structures: Int
  /// Communes loaded beside.
  public var communes: Int

  /// A list from its parts; views' tests build it by hand.
  public init(items: [Item], structures: Int, communes: Int) {
    self.items = items
    self.structures = structures
    self.communes = communes
  }
}
