import Clauses
import Foundation
import Records
import Site
import Storage

/// What supervision asks: base, schema, disk.
struct HealthChecks: Sendable {
  /// Below this much free space the disk is not well, in bytes.
  static let leastFree: Int64 = 200 << 20

  private let installation: Installation

  init(_ installation: Installation) { self.installation = installation }

  func run() async -> Health { Health([await base(), await schema(), disk()]) }

  private func base() async -> Health.Check {
    do {
      try await installation.database.ping()
      return .init(name: "base", isWell: true, detail: "répond")
    } catch {
      return .init(name: "base", isWell: false, detail: "ne répond pas")
    }
  }

  private func schema() async -> Health.Check {
    do {
      if try await installation.database.read({ try UnfinishedRestore.find(in: $0) }) != nil {
        return .init(name: "schéma", isWell: false, detail: "restauration ou copie inachevée")
      }
      let pending = try await Migrator(Schema.migrations).status(on: installation.database)
        .filter { $0.appliedAt == nil }.count
      return .init(
        name: "schéma", isWell: pending == 0,
        detail: pending == 0 ? "à jour" : "\(French.count(pending, "étape")) à appliquer")
    } catch {
      return .init(name: "schéma", isWell: false, detail: "illisible")
    }
  }

  private func disk() -> Health.Check {
    let free = Disk.free(at: installation.settings.files)
    let isWell = free.map { $0 > Self.leastFree } ?? true
    return .init(
      name: "disque", isWell: isWell, detail: free.map { "\(French.integer($0 >> 20))\u{A0}Mio libres" } ?? "inconnu")
  }
}

/// Space on disks.
enum Disk {
  /// Bytes free where a path is or will be; nil where nobody knows.
  static func free(at path: String) -> Int64? {
    var place = path
    while !place.isEmpty, access(place, F_OK) != 0 { place = (place as NSString).deletingLastPathComponent }
    var facts = statvfs()
    guard statvfs(place.isEmpty ? "." : place, &facts) == 0 else { return nil }
    return Int64(facts.f_bavail) * Int64(facts.f_frsize)
  }
}
