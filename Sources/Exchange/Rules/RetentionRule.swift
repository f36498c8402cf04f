internal import Clauses

extension Rule {
  /// How long the data of a person are kept, and what anonymisation leaves.
  static let retention = Rule(
    name: "retention",
    summary: "Dit où en sont les données d’une personne après le dernier contact, et quand elles sont anonymisées.",
    fields: [
      ("day", "le jour où l’on se place\u{202F}; à défaut aujourd’hui"),
      ("lastContact", "le dernier jour de contact avec la personne"),
      ("contractEnd", "la fin du dernier contrat qui portait la clause"),
      ("regime", "ordinary (par défaut) ou europeanFunds, pour un dossier cofinancé par l’Europe"),
      ("conventionUntil", "le jour jusqu’auquel la convention européenne demande de garder le dossier"),
      ("hasOpenHold", "si un litige est ouvert (non par défaut)"),
      ("noticeGivenOn", "le jour où la personne a été prévenue"),
    ],
    example: """
      {"day": "2026-11-21", "lastContact": "2024-10-01", "contractEnd": "2024-06-30", "noticeGivenOn": "2026-10-05"}
      """
  ) { input, context throws(RuleFaults) in
    let day = input.day("day", required: false) ?? context.today
    let lastContact = input.day("lastContact")
    let contractEnd = input.day("contractEnd", required: false)
    let regime = input.choice("regime", RetentionCase.Regime.self, required: false) ?? .ordinary
    let conventionUntil = input.day("conventionUntil", required: false)
    let hasOpenHold = input.flag("hasOpenHold", required: false) ?? false
    let noticeGivenOn = input.day("noticeGivenOn", required: false)
    var given = RetentionCase(lastContact: try input.unwrap(lastContact))
    (given.contractEnd, given.regime, given.conventionUntil) = (contractEnd, regime, conventionUntil)
    (given.hasOpenHold, given.noticeGivenOn) = (hasOpenHold, noticeGivenOn)
    let wanted = given
    let decided = try Rule.withFigures { () throws(MissingFigure) in
      try Retention.decided(wanted, on: day, figures: context.figures)
    }
    return .object(
      [
        ("state", .text(decided.state.rawValue)), ("label", .text(decided.state.french)),
        ("activeUntil", .day(decided.activeUntil)), ("noticeUntil", optional(decided.noticeUntil)),
        ("proofUntil", optional(decided.proofUntil)), ("anonymiseOn", optional(decided.anonymiseOn)),
        ("remains", .list(PersonalDatum.remains.map { .text($0) })),
        ("destroyed", .list(PersonalDatum.destroyed.map { .text($0) })),
      ] + decided.derivation.fields)
  }

  /// A day, or null.
  private static func optional(_ day: Day?) -> RuleJSON { day.map { .day($0) } ?? .null }
}
