public import Casework
public import Clauses
import Facts
public import Foundation
import Records
public import Storage
import Vault

/// Where a test's world stands: a migrated base and a folder, which can be opened several times, as several nodes would.
public struct TestPlace: Sendable {
  /// The migrated base.
  public let base: TestBase
  /// A folder of the test's own, removed afterwards.
  public let folder: String

  /// A world over this place; the caller closes its database.
  public func world(figures: Figures? = nil) throws -> World {
    let database = try base.open()
    return World(
      today: { TestWorld.today }, now: { "2026-11-21T09:30:00.000Z" }, database: database,
      files: FolderStore(root: "\(folder)/files"), figures: try figures ?? TestWorld.figures(),
      activities: try Facts.activities(in: TestWorld.share + "/activities"), access: try TestWorld.access.get())
  }

  /// Writes a file into the folder and returns its path.
  public func file(_ name: String, _ content: String) throws -> String { try file(name, Data(content.utf8)) }

  /// Writes a file into the folder and returns its path.
  public func file(_ name: String, _ content: Data) throws -> String {
    let path = "\(folder)/\(name)"
    try content.write(to: URL(filePath: path))
    return path
  }
}

/// What every test's world shares.
public enum TestWorld {
  /// The day on which the tests stand.
  public static let today = Day(year: 2026, month: 11, day: 21) ?? Day(number: 0)
  /// The checkout's folder.
  public static let root = String(#filePath.dropLast("Tests/TestSupport/TestWorld.swift".count))
  /// The checkout's own figures and lists.
  public static let share = root + "share"

  /// Keys of the tests' own, and a hasher that costs next to nothing.
  static let access = Result {
    AccessMeans(
      keys: KeyRing(on: today),
      hasher: try PasswordHasher(cost: PasswordCost(memory: 8, passes: 1), atOnce: 2, waiting: 1000))
  }

  /// The reference figures of the product.
  public static func figures() throws -> Figures { try Facts.figures(in: share + "/facts") }

  /// The folder of real data, nil where the environment does not name it.
  public static let data = ProcessInfo.processInfo.environment["MARCHEPIED_DATA"]
}

/// Gives the test a fresh, migrated base with a folder, and removes both afterwards.
public func withPlace<T>(
  _ engine: Engine, isolation: isolated (any _Concurrency.Actor)? = #isolation, _ body: (TestPlace) async throws -> T
) async throws -> T {
  let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-world-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await withTestBase(engine, migrations: Schema.migrations) { base in
    try await body(TestPlace(base: base, folder: folder.path))
  }
}

/// Gives the test a world over a fresh, migrated base.
public func withWorld<T>(
  _ engine: Engine, isolation: isolated (any _Concurrency.Actor)? = #isolation,
  _ body: (World, TestPlace) async throws -> T
) async throws -> T {
  try await withPlace(engine) { place in
    let world = try place.world()
    do {
      let result = try await body(world, place)
      try await world.database.close()
      return result
    } catch {
      try? await world.database.close()
      throw error
    }
  }
}

/// Everything that an import leaves in a base, one text a row, so that two bases can be compared.
public func dump(_ database: any Database) async throws -> [String] {
  try await database.read { db in
    let tables: [SQL] = [
      "SELECT * FROM award ORDER BY id", "SELECT * FROM spotting ORDER BY award", "SELECT * FROM buyer ORDER BY siret",
      "SELECT award, at, changes, old_byte_from, old_byte_length FROM award_change ORDER BY award, id",
      "SELECT name, digest, bytes, whole, position, report FROM award_file ORDER BY digest",
    ]
    var lines: [String] = []
    for table in tables {
      try db.forEach(table) { row in
        lines.append(try (0..<row.count).map { "\(try row.value(at: $0))" }.joined(separator: "|"))
      }
    }
    return lines
  }
}

/// A generator that plays the same cases from the same seed (SplitMix64).
public struct Dice: RandomNumberGenerator {
  private var state: UInt64

  /// The cases of a seed.
  public init(_ seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of the elements.
  public mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &self)] }

  /// Whether something that happens so many times in a hundred happens now.
  public mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
