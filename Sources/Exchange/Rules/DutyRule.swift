internal import Clauses

extension Rule {
  /// The legal duty to provide for social considerations.
  public static let duty = Rule(
    name: "duty",
    summary:
      "Dit si l’obligation de considérations sociales s’applique à un marché ou à une concession, et si elle est remplie.",
    fields: [
      ("kind", "contract (marché) ou concession"),
      ("category", "works (travaux), supplies (fournitures) ou services\(French.thin); inutile pour une concession"),
      (
        "buyerType",
        "central (État), other (autre pouvoir adjudicateur), entity (entité adjudicatrice) ou toBeSpecified\(French.thin); "
          + "inutile pour une concession"
      ),
      ("estimatedValue", "valeur HT de toute l’opération, lots et reconductions compris, en euros"),
      ("sentOn", "jour d’envoi de l’avis ou de début de la consultation\(French.thin); aujourd’hui s’il manque"),
      ("durationMonths", "durée en mois, facultative sauf pour l’exception des travaux courts"),
      ("defence", "vrai pour un marché de défense ou de sécurité, facultatif"),
      ("socialServices", "vrai pour des services sociaux ou spécifiques, facultatif"),
      ("considerations", "ce que contient le contrat\(French.thin): execution, criterion, reserved"),
      (
        "exception",
        "immediateSolution, insufficientLink, competitionOrDifficulty ou worksUnderSixMonths, facultative"
      ),
      ("reason", "motif écrit de l’exception"),
      (
        "private",
        "vrai pour un contrat privé, hors du code de la commande publique\(French.thin); le reste est alors inutile"
      ),
    ],
    example: """
      {"kind":"contract","category":"works","buyerType":"other","estimatedValue":5404000,"sentOn":"2026-09-01",
       "durationMonths":5,"defence":false,"considerations":["execution"]}
      """
  ) { input, context throws(RuleFaults) in
    let isPrivate = input.flag("private", required: false) ?? false
    let kind = input.choice("kind", AwardNotice.Kind.self, required: !isPrivate)
    let isConcession = kind == .concession
    let category = input.choice("category", PurchaseCategory.self, required: !isPrivate && !isConcession)
    let buyer = input.choice("buyerType", BuyerType.self, required: !isPrivate && !isConcession)
    let value = input.euros("estimatedValue", required: !isPrivate)
    let sentOn = input.day("sentOn", required: false) ?? context.today
    let months = input.whole("durationMonths", required: false)
    let isDefence = input.flag("defence", required: false) ?? false
    let isSocial = input.flag("socialServices", required: false)
    let considerations = input.choices("considerations", LegalDuty.Consideration.self)
    let exception = input.choice("exception", LegalDuty.Exception.self, required: false)
    let reason = input.text("reason", required: false)
    guard !isPrivate else { return answer(.privateContract) }
    var given = LegalDuty.Case(
      kind: try input.unwrap(kind), category: try input.unwrap(isConcession ? category ?? .services : category),
      buyer: try input.unwrap(isConcession ? buyer ?? .otherAuthority : buyer),
      estimatedValue: try input.unwrap(value), sentOn: sentOn, durationMonths: months)
    given.isDefence = isDefence
    given.isSocialService = isSocial
    given.considerations = Set(considerations)
    given.exception = exception
    given.reason = reason
    do throws(MissingFigure) {
      return answer(try LegalDuty.assess(given, figures: context.figures))
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }

  private static func answer(_ duty: LegalDuty) -> RuleJSON {
    .object(
      [
        ("applies", .flag(duty.applies)), ("compliant", .flag(duty.isCompliant)),
        ("outcome", .text(duty.outcome.rawValue)), ("outcomeText", .text(duty.outcomeText)),
        ("threshold", duty.threshold.map { amount($0.value) } ?? .null),
        ("article", duty.article.map { .text($0) } ?? .null),
        (
          "exceptions",
          .list(
            duty.exceptions.map {
              .object([
                ("code", .text($0.rawValue)), ("label", .text($0.french)), ("evidence", .text($0.evidence)),
              ])
            })
        ),
      ] + duty.derivation.fields)
  }

  /// Euros without cents where there are none.
  private static func amount(_ value: Euros) -> RuleJSON {
    value.cents % 100 == 0 ? .whole(value.cents / 100) : .euros(value)
  }
}
