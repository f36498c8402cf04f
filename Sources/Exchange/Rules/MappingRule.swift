internal import Clauses

/// What a mapping asks about: a possibility, or none at all.
private enum MappedPossibility: String, CaseIterable {
  case execution, criterion, executionAndCriterion, reserved, insertionService, none
}

extension Rule {
  /// A possibility as published codes, and published codes as possibilities.
  public static let mapping = Rule(
    name: "mapping",
    summary:
      "Donne les valeurs à publier (DECP, avis européen) pour une possibilité, ou les possibilités que disent des valeurs publiées.",
    fields: [
      (
        "possibility",
        "execution, criterion, executionAndCriterion, reserved, insertionService ou none\(French.thin); ou bien «\(French.noBreak)decp\(French.noBreak)»"
      ),
      (
        "decp",
        "valeurs publiées de considerationSociale, à lire\(French.thin); ou bien «\(French.noBreak)possibility\(French.noBreak)»"
      ),
      ("kind", "contract (marché) ou concession, marché si absent"),
      ("day", "jour de la publication\(French.thin); aujourd’hui s’il manque"),
      ("families", "bénéficiaires d’une réservation\(French.thin): adapted, inclusion, prison, socialEconomy"),
      ("withHours", "vrai si les pièces d’un contrat réservé fixent aussi des heures"),
      ("noticeSubtype", "sous-type de l’avis européen (16, 17…), pour savoir quels champs sont requis"),
    ],
    example: """
      {"possibility":"executionAndCriterion","kind":"contract","day":"2026-11-21","noticeSubtype":"16"}
      """
  ) { input, context throws(RuleFaults) in
    let isReverse = input.has("decp")
    let values = input.texts("decp")
    let possibility = input.choice("possibility", MappedPossibility.self, required: !isReverse)
    let kind = input.choice("kind", AwardNotice.Kind.self, required: false) ?? .contract
    let day = input.day("day", required: false) ?? context.today
    let families = input.choices("families", ReservedFamily.self)
    let withHours = input.flag("withHours", required: false) ?? false
    let subtype = input.text("noticeSubtype", required: false)
    if isReverse, possibility != nil {
      input.fault("decp", "Donnez une possibilité ou des valeurs publiées, pas les deux.")
    }
    let asked = isReverse ? nil : Possibility(rawValue: try input.unwrap(possibility).rawValue)
    do throws(MissingFigure) {
      guard !isReverse else {
        return published(try PublishedValues.read(values, kind: kind, figures: context.figures, on: day))
      }
      var request = PublicationRequest(asked, kind: kind, day: day)
      request.families = Set(families)
      request.hasHours = withHours
      request.subtype = subtype
      return codes(try request.codes(figures: context.figures))
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }

  private static func published(_ values: PublishedValues) -> RuleJSON {
    .object(
      [
        ("valid", .flag(values.derivation.isFree)),
        ("possibilities", .list(values.possibilities.map { .text($0.rawValue) })),
        ("labels", .list(values.possibilities.map { .text($0.french) })),
        ("reservedWithHours", .flag(values.reservedWithHours)),
      ] + values.derivation.fields)
  }

  private static func codes(_ codes: PublicationCodes) -> RuleJSON {
    let entries = codes.entries.map { entry in
      RuleJSON.object([
        ("field", .text(entry.field)), ("label", .text(entry.label)),
        ("values", .list(entry.values.map { .text($0) })), ("required", .flag(entry.presence == .required)),
        ("presence", .text(entry.presence.rawValue)), ("rule", .text(entry.rule)),
      ])
    }
    return .object(
      [
        ("valid", .flag(codes.derivation.isFree)),
        (
          "decp",
          .object([
            ("considerationsSociales", .object([("considerationSociale", .list(codes.decp.map { .text($0) }))]))
          ])
        ),
        ("eForms", .list(entries)),
      ] + codes.derivation.fields)
  }
}
