internal import Clauses

extension Rule {
  /// Whether a text holds a social security number, never saying which.
  static let nir = Rule(
    name: "nir",
    summary: "Dit si un texte contient un numéro de sécurité sociale, et où, sans jamais le répéter.",
    fields: [("text", "le texte à examiner, tel qu’il a été saisi")],
    example: """
      {"text": "Merci de rappeler Mme Dupont, dossier 1 23 04 75 116 001 74."}
      """
  ) { input, _ throws(RuleFaults) in
    let text = input.text("text", required: false, most: 1_000_000, mayHoldNIR: true)
    if !input.has("text") { input.fault("text", "Ce champ manque\u{202F}: un texte entre guillemets est attendu.") }
    let found = NIRDetector.matches(in: try input.unwrap(text))
    var derivation = Derivation()
    let sentence = NIRDetector.sentence(for: found)
    if let sentence {
      let isSure = found.contains { !$0.isDoubtful }
      derivation.note(
        Finding(.fault, isSure ? "socialSecurityNumber" : "socialSecurityNumberLikely", sentence, place: "text"))
    }
    let fields: [(name: String, value: RuleJSON)] = [
      ("found", .flag(!found.isEmpty)),
      (
        "positions",
        .list(
          found.map {
            .object([
              ("offset", .whole($0.offset)), ("length", .whole($0.length)), ("key", .flag($0.hasKey)),
              ("doubtful", .flag($0.isDoubtful)),
            ])
          })
      ),
      ("sentence", sentence.map { .text($0) } ?? .null),
    ]
    return .object(fields + derivation.fields)
  }
}
