import ArgumentParser
import Casework
import Clauses
import Records
import Storage

/// Brings the base to the program's version.
struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prépare la base ou la met à la version du programme.",
    discussion: "Exemple\u{202F}: marchepied migrate --database var/marchepied.sqlite")

  @OptionGroup var common: Common
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let (common, json) = (common, json)
    try await Terminal.run {
      let settings = try await common.settings()
      let database = try Installation.open(settings)
      try await Installation.refuseUnfinished(database)
      let migrator = Migrator(Schema.migrations)
      let before = try await migrator.status(on: database).filter { $0.appliedAt != nil }.count
      try await migrator.run(on: database)
      let after = try await migrator.status(on: database)
      try await database.close()
      let installation = try await Installation(settings)
      let judged = try await RecomputeSpotting().run(as: .machineOperator, in: installation.world)
      try await installation.close()
      if json {
        Terminal.give(try JSON.text(Result(applied: after.count - before, total: after.count, judgedAnew: judged)))
      } else if after.count == before {
        Terminal.give("La base est à jour (\(French.count(after.count, "étape"))).")
      } else {
        Terminal.give(
          "Base prête\u{202F}: \(French.count(after.count - before, "étape appliquée", "étapes appliquées")).")
      }
      if !json, judged > 0 {
        Terminal.give("\(French.count(judged, "marché réexaminé", "marchés réexaminés")) avec les chiffres en vigueur.")
      }
    }
  }

  private struct Result: Encodable, Sendable {
    let applied: Int
    let total: Int
    let judgedAnew: Int
  }
}
