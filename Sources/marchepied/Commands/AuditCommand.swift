import ArgumentParser
import Casework
import Clauses

/// The trail: who did what, and whether it is whole.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Contrôle le journal des actions.",
    discussion: "Exemple\u{202F}: marchepied audit verify", subcommands: [Verify.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recalcule chaque sceau du journal et dit combien de lignes attendent le leur.",
      discussion: """
        Notez ailleurs le dernier sceau affiché\u{202F}: donné la fois suivante par --anchor, il prouve que rien n’a été coupé \
        ni refait depuis.

        Exemple\u{202F}: marchepied audit verify --anchor 1204:9f3c…
        """)

    @OptionGroup var common: Common
    @Option(help: ArgumentHelp("Sceau noté plus tôt, sous la forme position:sceau.", valueName: "position:sceau"))
    var anchor: String?
    @Flag(help: "Donne le résultat en JSON.") var json = false

    func validate() throws {
      guard anchor == nil || parsedAnchor != nil else {
        throw ValidationError("Écrivez --anchor comme l’a affiché le contrôle précédent\u{202F}: position:sceau.")
      }
    }

    private var parsedAnchor: VerifyTrail.Anchor? {
      let parts = (anchor ?? "").split(separator: ":")
      guard parts.count == 2, let position = Int64(parts[0]), position > 0 else { return nil }
      return .init(position: position, seal: String(parts[1]))
    }

    func run() async throws {
      let command = self
      try await Terminal.run {
        let installation = try await Installation(try await command.common.settings(), isPatient: true)
        let report = try await VerifyTrail(anchor: command.parsedAnchor)
          .run(as: .machineOperator, in: installation.world)
        try await installation.close()
        command.tell(report)
        guard report.isSound else { throw Exit.unwell }
      }
    }

    private func tell(_ report: VerifyTrail.Report) {
      let head = report.head.map { "\($0.position):\($0.seal)" }
      if json {
        let faults = report.faults.map { "\"\($0.french)\"" }.joined(separator: ",")
        Terminal.give(
          "{\"sealed\":\(report.sealed),\"erased\":\(report.erased),\"tail\":\(report.tail),"
            + "\"head\":\(head.map { "\"\($0)\"" } ?? "null"),\"faults\":[\(faults)]}")
        return
      }
      Terminal.give(
        "Lignes scellées\u{202F}: \(French.integer(report.sealed)), dont \(French.integer(report.erased)) au contenu effacé\u{202F}; "
          + "en attente d’un sceau\u{202F}: \(French.integer(report.tail)).")
      for fault in report.faults { Terminal.say(fault.french) }
      if report.isSound { Terminal.give("Le journal est entier.") }
      if let head { Terminal.give("Dernier sceau, à noter ailleurs\u{202F}: \(head)") }
    }
  }
}

extension VerifyTrail.Fault {
  fileprivate var french: String {
    switch self {
    case .missing(let position): "Position \(position)\u{202F}: la ligne scellée a disparu."
    case .gap(let position): "Position \(position)\u{202F}: un sceau manque."
    case .altered(let position): "Position \(position)\u{202F}: la ligne n’est plus celle qui fut scellée."
    case .payload(let position): "Position \(position)\u{202F}: le contenu a été changé."
    case .anchor(let position):
      "Position \(position)\u{202F}: le sceau noté n’est plus là\u{202F}; le journal a été coupé ou refait."
    }
  }
}
