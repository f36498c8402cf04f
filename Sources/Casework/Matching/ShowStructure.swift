public import Clauses
import Records
import Storage

/// What is known of one inclusion structure.
public struct ShowStructure: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData

  /// The structure's row.
  public var id: Int64

  /// The sheet of a structure.
  public init(id: Int64) { self.id = id }

  /// Reads the sheet, nil where there is no such structure.
  public func run(as actor: Actor, in world: World) async throws -> StructureSheet? {
    try actor.authorise(Self.right)
    let id = id
    let read = try await world.database.read { db in
      try Structures.find(id, in: db).map { ($0, try Structures.siblings(of: $0, in: db)) }
    }
    guard let (stored, siblings) = read else { return nil }
    return StructureSheet(
      structure: StructureItem(stored, metres: nil, activities: world.activities), naf: stored.entry.naf,
      otherKinds: siblings.map { .init(id: $0.id, kind: $0.entry.kind) })
  }
}

/// One inclusion structure.
public struct StructureSheet: Sendable {
  /// The same establishment under another kind.
  public struct OtherKind: Sendable, Equatable {
    /// Its row, which its page's address bears.
    public var id: Int64
    /// What the establishment is besides.
    public var kind: StructureKind
    /// A kind from its parts.
    public init(id: Int64, kind: StructureKind) {
      self.id = id
      self.kind = kind
    }
  }

  /// What is known of it, without a distance.
  public var structure: StructureItem
  /// Its main activity code (NAF rév. 2).
  public var naf: String?
  /// Other kinds of the same establishment, often none.
  public var otherKinds: [OtherKind]

  /// A sheet from its parts; views' tests build it by hand.
  public init(structure: StructureItem, naf: String?, otherKinds: [OtherKind]) {
    self.structure = structure
    self.naf = naf
    self.otherKinds = otherKinds
  }
}
