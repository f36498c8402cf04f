import Casework
import Clauses
import Foundation
import Records
import Storage
import TestSupport
import Testing

/// Imports a file by the operator; `cancelAfter` stops it once so many transactions are stored.
func importAwards(
  _ path: String, in world: World, name: String? = nil, dryRun: Bool = false, cancelAfter: Int? = nil
) async throws -> ImportReport {
  let steps = Counter()
  return try await ImportAwards(path: path, name: name ?? (path as NSString).lastPathComponent, dryRun: dryRun)
    .run(as: .machineOperator, in: world) { _ in
      if steps.next() == cancelAfter { withUnsafeCurrentTask { $0?.cancel() } }
    }
}

/// Imports a file in a task of its own that is cancelled once so many transactions are stored.
func interruptImport(_ path: String, in world: World, after steps: Int) async {
  let task = Task { try await importAwards(path, in: world, cancelAfter: steps) }
  await #expect(throws: CancellationError.self) { try await task.value }
}

/// Imports notices.
func load(_ awards: [AwardText], as name: String = "marches.json", in world: World, _ place: TestPlace) async throws
  -> ImportReport
{
  try await importAwards(try place.file(name, AwardText.file(awards)), in: world)
}

/// Imports a list of structures.
@discardableResult
func loadStructures(_ csv: String, complete: Bool = false, in world: World, _ place: TestPlace) async throws
  -> TableReport
{
  try await ImportStructures(path: try place.file("structures.csv", csv), name: "liste", isComplete: complete)
    .run(as: .machineOperator, in: world)
}

/// A number that tasks share.
final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var value = 0

  func next() -> Int {
    lock.withLock {
      value += 1
      return value
    }
  }
}

extension ImportReport {
  /// The five outcomes.
  var outcomes: [Int] { [new, changed, unchanged, outdated, refused] }
}

/// Every item of a filter.
func items(_ filter: SpottingFilter = SpottingFilter(), _ order: SpottingFilter.Order = .priority, in world: World)
  async throws -> [SpottingItem]
{
  let found = Found()
  try await ExportSpotting(filter: filter, order: order).each(as: .visitor, in: world) { found.add($0) }
  return found.all
}

private final class Found: @unchecked Sendable {
  private(set) var all: [SpottingItem] = []
  func add(_ items: [SpottingItem]) { all += items }
}

/// The item of a number.
func item(_ number: String, in world: World) async throws -> SpottingItem {
  try #require(try await items(in: world).first { $0.number == number })
}

/// The names of the indexes of a base's own tables, with their definitions.
func indexes(_ world: World) async throws -> [String] {
  try await world.database.read { db in
    switch db.dialect {
    case .sqlite:
      try db.scalars(
        String.self, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    case .postgres:
      try db.scalars(
        String.self, "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname")
    }
  }.map { $0.replacing("CREATE INDEX IF NOT EXISTS", with: "CREATE INDEX") }
}
