import ArgumentParser
import Casework
import Clauses
import Facts
import Foundation

/// Asks a rule of the field: JSON in, JSON out, without any base.
struct RuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Applique une règle du métier à des données JSON.",
    discussion: """
      Exemple\u{202F}: marchepied rule calibration < question.json

      marchepied rule --list montre chaque règle, ses champs et un exemple. La même règle répond à \
      POST /api/v1/rules/NOM. Code de sortie 2\u{202F}: des champs sont à corriger, avec leur place (pointeur JSON).
      """)

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("Nom de la règle.", valueName: "nom")) var name: String?
  @Flag(help: "Montre les règles, leurs champs et un exemple de chacune (d’une seule si vous la nommez).")
  var list = false
  @Flag(help: "Avec --list, en JSON.") var json = false
  @Option(
    help: ArgumentHelp(
      "Contrôle une réponse déjà donnée (règle pooling)\u{202F}: le fichier est la réponse, l’entrée la question.",
      valueName: "fichier"))
  var verify: String?

  func validate() throws {
    guard list || name != nil else {
      throw ValidationError("Nommez une règle, ou demandez --list. Exemple\u{202F}: marchepied rule --list")
    }
    guard verify == nil || name == "pooling" else {
      throw ValidationError("--verify ne vaut que pour la règle pooling.")
    }
    guard !json || list else {
      throw ValidationError("--json accompagne --list\u{202F}: les réponses sont déjà en JSON.")
    }
  }

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    let share = try ShareFolder.find(try await common.settings().share)
    let figures = try Facts.figures(in: share + "/facts")
    if list { return try show(figures) }
    do {
      Terminal.give(try answer(figures))
    } catch let unknown as UnknownRule {
      throw ValidationError("\(unknown)")
    } catch let refusal as RuleRefusal {
      Terminal.give(refusal.json)
      Terminal.say("\(refusal)")
      throw Exit.refusals
    }
  }

  private func answer(_ figures: Figures) throws -> String {
    if isatty(0) != 0 {
      Terminal.say(
        "Tapez le JSON de la question, puis Ctrl-D. Un exemple\u{202F}: marchepied rule --list \(name ?? "")")
    }
    let input = Array(FileHandle.standardInput.readDataToEndOfFile())
    if let verify {
      guard let answer = FileManager.default.contents(atPath: verify) else {
        throw StoreFailure(doing: "lire", path: verify, code: errno)
      }
      return try VerifyPooling(input: input, output: Array(answer)).run(as: .machineOperator)
    }
    return try AskRule(name: name ?? "", input: input).run(as: .machineOperator, with: figures, on: Clock.today())
  }

  private func show(_ figures: Figures) throws {
    let rules = ListRules(name: name)
    if json {
      guard let text = try rules.json(as: .machineOperator) else {
        throw ValidationError("\(UnknownRule(name: name ?? ""))")
      }
      return Terminal.give(text)
    }
    let entries = try rules.run(as: .machineOperator, with: figures, on: Clock.today())
    guard !entries.isEmpty else { throw ValidationError("\(UnknownRule(name: name ?? ""))") }
    for entry in entries {
      let fields = entry.fields.map { "  \($0.name)\u{202F}: \($0.meaning)" }.joined(separator: "\n")
      Terminal.give(
        """
        \(entry.name)\u{202F}: \(entry.summary)

        Champs
        \(fields)

        Exemple
          echo '\(entry.example)' | marchepied rule \(entry.name)

        Réponse
        \(entry.answer)

        """)
    }
  }
}
