import ArgumentParser

/// The command line: one program for a laptop and for a region.
@main
struct Marchepied: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "marchepied",
    abstract: "Repérer, calibrer et suivre les clauses sociales d’insertion.",
    discussion: """
      Exemple : marchepied spot --departement 77 --from 2026-12 --to 2027-12

      Codes de sortie : 0 tout va bien ; 1 échec, expliqué ; 2 travail fait, avec des éléments refusés ; \
      3 contrôle défavorable (doctor) ; 64 commande mal écrite ; 130 interrompu, à relancer pour reprendre.
      """,
    version: Version.current,
    subcommands: [
      Serve.self, Migrate.self, Import.self, Spot.self, Doctor.self, Demo.self,
    ])
}

/// The version of the program.
enum Version {
  static let current = "0.1.0"
}
