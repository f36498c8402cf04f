internal import Clauses

extension Rule {
  /// Whether the four tender documents agree.
  public static let consistency = Rule(
    name: "consistency",
    summary:
      "Relit ce que disent de la clause l’avis, le règlement de la consultation, le CCAP et l’acte d’engagement.",
    fields: [
      ("kind", "contract (marché) ou concession, marché si absent"),
      ("day", "jour d’envoi de l’avis ou de début de la consultation\(French.thin); aujourd’hui s’il manque"),
      ("private", "vrai pour un contrat privé"),
      ("notice", "faux si aucun avis n’est publié"),
      ("commune", "nom de la commune du contrat, facultatif\(French.thin): pour reconnaître le nom de ses habitants"),
      (
        "criteria",
        "critères d’attribution\(French.thin): kind (price, cost, environment, social, other), label, weight (de 0 à 1), "
          + "scope (contract ou company)"
      ),
      (
        "lots",
        "lots portant une clause\(French.thin): lot, possibility, hours, families, reservedShare, ccag, pooling et les autres "
          + "champs de «\(French.noBreak)possibility\(French.noBreak)», puis documents"
      ),
      (
        "lots/documents",
        "ce que dit chaque pièce\(French.thin): document (notice, consultationRules, particularClauses, engagementAct), hours, "
          + "contact, publics, possibility, articles, ccagClause, criterionWeight, penalty, frequency, reviewClause, "
          + "pooling, localResidents, wording"
      ),
    ],
    example: """
      {"kind":"contract","day":"2026-09-07","lots":[{"lot":"1","possibility":"execution","hours":1688,"ccag":"works",
       "documents":[
        {"document":"notice","possibility":"execution","hours":1688},
        {"document":"consultationRules","possibility":"execution","hours":1688},
        {"document":"particularClauses","possibility":"execution","hours":1688,"contact":"facilitatrice@mde.example",
         "publics":["Demandeurs d’emploi de longue durée"],"articles":["L2112-2"],"ccagClause":"20.1",
         "penalty":"60 € par heure non réalisée","frequency":"trimestrielle","reviewClause":true},
        {"document":"engagementAct","possibility":"execution","hours":1680}]}]}
      """
  ) { input, context throws(RuleFaults) in
    let kind = input.choice("kind", AwardNotice.Kind.self, required: false) ?? .contract
    let day = input.day("day", required: false) ?? context.today
    let isPrivate = input.flag("private", required: false) ?? false
    let hasNotice = input.flag("notice", required: false) ?? true
    let commune = input.text("commune", required: false, most: 200)
    let criteria: [TenderDossier.Criterion] = input.objects("criteria", required: false, most: 200) { item in
      let kind = item.choice("kind", TenderDossier.Criterion.Kind.self)
      let label = item.text("label", required: false)
      let weight = item.share("weight", required: false)
      let scope = item.choice("scope", CriterionScope.self, required: false)
      return kind.map { TenderDossier.Criterion($0, label: label, weight: weight, scope: scope) }
    }
    let lots: [TenderDossier.Lot] = input.objects("lots", most: 1_000) { lot(&$0, kind: kind, day: day) }
    var dossier = TenderDossier(kind: kind, day: day, lots: lots)
    dossier.isPrivate = isPrivate
    dossier.hasNotice = hasNotice
    dossier.commune = commune
    dossier.criteria = criteria
    do throws(MissingFigure) {
      let derivation = try dossier.consistency(figures: context.figures)
      let levels = derivation.findings.map(\.level)
      return .object(
        [
          ("consistent", .flag(derivation.isFree)),
          ("faults", .whole(levels.count { $0 == .fault })), ("warnings", .whole(levels.count { $0 == .warning })),
        ] + derivation.fields)
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }

  private static func lot(_ input: inout RuleInput, kind: AwardNotice.Kind, day: Day) -> TenderDossier.Lot? {
    let name = input.text("lot", most: 200)
    let possibility = input.choice("possibility", Possibility.self)
    let choice = possibilityChoice(&input, possibility ?? .execution, kind: kind, day: day)
    let pooling = input.flag("pooling", required: false) ?? false
    let mentions = input.objects("documents", required: false, most: 50) { mention(&$0) }
    guard let name, possibility != nil else { return nil }
    var lot = TenderDossier.Lot(name, choice: choice, mentions: mentions)
    lot.expectsPooling = pooling
    return lot
  }

  private static func mention(_ input: inout RuleInput) -> TenderDossier.Mention? {
    let document = input.choice("document", TenderDossier.Document.self)
    var mention = TenderDossier.Mention(document ?? .notice)
    mention.hours = input.hours("hours", required: false)
    mention.contact = input.text("contact", required: false)
    mention.publics = input.texts("publics")
    mention.possibility = input.choice("possibility", Possibility.self, required: false)
    mention.articles = input.texts("articles")
    mention.ccagClause = input.text("ccagClause", required: false)
    mention.criterionWeight = input.share("criterionWeight", required: false)
    mention.penalty = input.text("penalty", required: false)
    mention.frequency = input.text("frequency", required: false)
    mention.hasReviewClause = input.flag("reviewClause", required: false)
    mention.foreseesPooling = input.flag("pooling", required: false)
    mention.asksForLocalResidents = input.flag("localResidents", required: false) ?? false
    mention.wording = input.text("wording", required: false)
    return document == nil ? nil : mention
  }
}
