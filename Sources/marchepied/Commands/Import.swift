import ArgumentParser

/// Reads what others publish.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Importe ce que d’autres publient\u{202F}: marchés attribués, territoires, structures, codes CPV.",
    discussion: "Exemple\u{202F}: marchepied import awards decp-2026.json",
    subcommands: [
      ImportAwardsCommand.self, ImportTerritoriesCommand.self, ImportStructuresCommand.self, ImportCPV.self,
    ])
}
