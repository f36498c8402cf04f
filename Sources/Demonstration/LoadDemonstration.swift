public import Casework
import Clauses
import Foundation
import Records
import Storage

/// Fills a base with the invented territory, through the same imports as real data.
public struct LoadDemonstration: Sendable {
  /// Invented award notices.
  public static let notices = 400

  /// The name of the list of invented structures.
  private static let structuresList = "Démonstration (structures inventées)"

  /// What everything is drawn from.
  public var seed: UInt64
  /// Whether to do nothing in a base that holds award notices or structures.
  public var onlyIfEmpty: Bool

  /// The demonstration of a seed.
  public init(seed: UInt64 = 2026, onlyIfEmpty: Bool) {
    self.seed = seed
    self.onlyIfEmpty = onlyIfEmpty
  }

  /// Loads it; false where the base was not empty.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    if onlyIfEmpty {
      let (isEmpty, isOurs) = try await world.database.read {
        (
          try Awards.lastID(in: $0) == 0 && Structures.count(in: $0) == 0,
          try Structures.isListed(Self.structuresList, in: $0)
        )
      }
      // A demonstration loaded before there were accounts gets them now.
      guard isEmpty else {
        return isOurs ? try await people(as: actor, in: world) : false
      }
    }
    let folder = "\(try world.files.temporaryFolder())/demonstration-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let structures = URL(filePath: "\(folder)/structures.csv")
    try InventedStructures.csv(seed: seed).write(to: structures)
    _ = try await ImportStructures(path: structures.path, name: Self.structuresList)
      .run(as: actor, in: world)
    let awards = URL(filePath: "\(folder)/marches.json")
    try InventedAwards.json(count: Self.notices, seed: seed, around: world.today()).write(to: awards)
    _ = try await ImportAwards(path: awards.path, name: "Démonstration (marchés inventés)").run(as: actor, in: world)
    _ = try await people(as: actor, in: world)
    return true
  }

  /// Accounts, then the requests that people made about their data, then planned contracts; false where all were there.
  private func people(as actor: Actor, in world: World) async throws -> Bool {
    let accounts = try await LoadAccounts(InventedPeople.groups(seed: seed)).run(as: actor, in: world)
    let requests = try await LoadPersonalRequests(InventedRequests.all).run(as: actor, in: world)
    let planned = try await LoadPlanned(InventedPlanned.all).run(as: actor, in: world)
    return accounts || requests || planned
  }
}
