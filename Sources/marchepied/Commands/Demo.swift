import ArgumentParser
import Casework
import Clauses
import Demonstration

/// The invented territory.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remplit la base d’un territoire inventé, pour essayer.",
    discussion: "Exemple\u{202F}: marchepied demo load --if-empty", subcommands: [Load.self])

  struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Charge \(LoadDemonstration.notices) marchés et 40 structures inventés, dans deux départements.",
      discussion: "Exemple\u{202F}: marchepied demo load --if-empty")

    @OptionGroup var common: Common
    @Flag(
      name: .customLong("if-empty"), help: "Ne fait rien quand la base contient déjà des marchés ou des structures.")
    var ifEmpty = false
    @Option(help: ArgumentHelp("Graine\u{202F}: la même donne le même territoire.", valueName: "nombre"))
    var seed: UInt64 = 2026

    func run() async throws {
      let command = self
      try await Terminal.run {
        let installation = try await Installation(try await command.common.settings())
        let isLoaded = try await LoadDemonstration(seed: command.seed, onlyIfEmpty: command.ifEmpty)
          .run(as: .machineOperator, in: installation.world)
        try await installation.close()
        if isLoaded {
          Terminal.say("Territoire de démonstration chargé\u{202F}: tout y est inventé, sauf les noms des communes.")
        }
      }
    }
  }
}
