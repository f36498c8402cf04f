import ArgumentParser
import Casework
import Clauses

/// States what kind of buyer someone is.
struct BuyerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "buyer",
    abstract: "Précise le type d’un acheteur, que son numéro ne fait qu’estimer.",
    discussion: """
      Exemple\u{202F}: marchepied buyer 19771357900018 --type central

      Le type décide du seuil européen des fournitures et services\u{202F}: central (autorité publique centrale), \
      other (autre pouvoir adjudicateur), entity (entité adjudicatrice). Un SIREN vaut pour tous ses établissements, \
      un SIRET pour un seul. --list montre ce qui a été précisé.
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case central, other, entity, estimated

    var type: BuyerType? { BuyerType(rawValue: rawValue) }
  }

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("SIRET ou SIREN de l’acheteur.", valueName: "numéro")) var number: String?
  @Option(help: ArgumentHelp("central, other, entity, ou estimated pour revenir à l’estimation.", valueName: "type"))
  var type: Kind?
  @Flag(help: "Montre les types précisés.") var list = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func validate() throws {
    guard list || (number != nil && type != nil) else {
      throw ValidationError("Donnez un numéro et --type, ou demandez --list.")
    }
  }

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private struct Line: Encodable {
    let number: String
    let name: String?
    let type: String
  }

  private struct Result: Encodable {
    let number: String
    let name: String?
    let type: String
    let judged: Int
  }

  private func work() async throws {
    let installation = try await Installation(try await common.settings())
    if let number, let type, !list {
      let outcome = try await StateBuyer(number: number, type: type.type)
        .run(as: .machineOperator, in: installation.world)
      let words = type.type?.french ?? "estimé d’après le numéro"
      Terminal.give(
        json
          ? try JSON.text(Result(number: number, name: outcome.name, type: type.rawValue, judged: outcome.judged))
          : "\(outcome.name ?? number)\u{202F}: \(words). "
            + "\(French.count(outcome.judged, "marché réexaminé", "marchés réexaminés")).")
      if outcome.judged == 0 { Terminal.say(unknown(number, type)) }
    } else {
      try await show(installation.world)
    }
    try await installation.close()
  }

  /// What to say of a number that no record has: what was stated stays, for imports to come.
  private func unknown(_ number: String, _ type: Kind) -> String {
    let nobody = "Aucun marché de la base n’a d’acheteur au numéro \(number)"
    if type == .estimated { return "\(nobody)." }
    return "\(nobody)\u{202F}: vérifiez-le. Le type est gardé pour les prochains imports. "
      + "Pour le retirer\u{202F}: marchepied buyer \(number.filter { !$0.isWhitespace }) --type estimated"
  }

  private func show(_ world: World) async throws {
    let entries = try await ListStatedBuyers().run(as: .machineOperator, in: world)
    if json {
      return Terminal.give(
        try JSON.text(entries.map { Line(number: $0.number, name: $0.name, type: $0.type.rawValue) }))
    }
    guard !entries.isEmpty else { return Terminal.say("Aucun type d’acheteur n’a été précisé.") }
    for entry in entries { Terminal.give("\(entry.number)  \(entry.type.french)  \(entry.name ?? "")") }
  }
}
