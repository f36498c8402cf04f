internal import Clauses

extension Rule {
  /// What a possibility asks for.
  public static let possibility = Rule(
    name: "possibility",
    summary: "Dit ce que demande l’une des cinq possibilités, si des heures sont dues, et ce qui l’empêche.",
    fields: [
      ("possibility", "execution, criterion, executionAndCriterion, reserved ou insertionService"),
      ("kind", "contract (marché) ou concession, marché si absent"),
      ("day", "jour d’envoi de l’avis ou de début de la consultation\(French.thin); aujourd’hui s’il manque"),
      ("families", "bénéficiaires d’une réservation\(French.thin): adapted, inclusion, prison, socialEconomy"),
      ("reservedShare", "part de travailleurs concernés demandée, de 0 à 1"),
      ("statedInNotice", "vrai si la réservation est annoncée dans l’avis"),
      ("durationMonths", "durée en mois"),
      ("socialServices", "vrai si l’objet est fait de services sociaux ou spécifiques"),
      (
        "previousAward",
        "dernier jour où le même opérateur a reçu ce contrat au titre de l’économie sociale et solidaire"
      ),
      ("hours", "heures fixées par l’acheteur"),
      ("criterionWeight", "pondération annoncée du critère, de 0 à 1"),
      ("criterionScope", "contract (les personnes de ce contrat) ou company (la politique générale de l’entreprise)"),
      ("ccag", "works, suppliesServices, intellectual, ict, projectManagement ou industrial"),
      ("private", "vrai pour un contrat privé"),
    ],
    example: """
      {"possibility":"reserved","families":["inclusion"],"reservedShare":0.5,"statedInNotice":true,"hours":192,
       "day":"2026-09-07","ccag":"works"}
      """
  ) { input, context throws(RuleFaults) in
    let possibility = input.choice("possibility", Possibility.self)
    let kind = input.choice("kind", AwardNotice.Kind.self, required: false) ?? .contract
    let day = input.day("day", required: false) ?? context.today
    let read = possibilityChoice(&input, possibility ?? .execution, kind: kind, day: day)
    _ = try input.unwrap(possibility)
    do throws(MissingFigure) {
      let advice = try read.advice(figures: context.figures)
      return .object(
        [
          ("possibility", .text(read.possibility.rawValue)), ("label", .text(read.possibility.french)),
          ("allowed", .flag(advice.isAllowed)), ("hoursDue", .flag(advice.areHoursDue)),
          ("hoursBasis", .text(advice.hours.rawValue)), ("hoursBasisText", .text(advice.hours.french)),
          ("requirements", .list(advice.requirements.map { .text($0) })),
          ("ownArticles", .list(advice.articles.map { .text($0) })),
          ("ccagClause", advice.ccag.map { .text($0.number) } ?? .null),
        ] + advice.derivation.fields)
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }

  /// The fields that a choice has in `possibility` and in a lot of `consistency`.
  static func possibilityChoice(
    _ input: inout RuleInput, _ possibility: Possibility, kind: AwardNotice.Kind, day: Day
  ) -> PossibilityChoice {
    var choice = PossibilityChoice(possibility, kind: kind, day: day)
    choice.isPrivate = input.flag("private", required: false) ?? false
    choice.families = Set(input.choices("families", ReservedFamily.self))
    choice.reservedShare = input.share("reservedShare", required: false)
    choice.isStatedInNotice = input.flag("statedInNotice", required: false)
    choice.durationMonths = input.whole("durationMonths", required: false)
    choice.isSocialService = input.flag("socialServices", required: false)
    choice.previousAward = input.day("previousAward", required: false)
    choice.hours = input.hours("hours", required: false)
    choice.criterionWeight = input.share("criterionWeight", required: false)
    choice.criterionScope = input.choice("criterionScope", CriterionScope.self, required: false)
    choice.ccag = input.choice("ccag", GeneralConditions.self, required: false)
    return choice
  }
}
