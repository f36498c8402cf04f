import Clauses
import Testing

@Suite struct SpottingCriteriaTests {
  private func explain(
    _ notice: AwardNotice, departement: DepartementCode? = seineEtMarne, structures: StructuresNearby? = many
  ) throws -> Spotting {
    try Reference.rules().explain(notice, departement: departement, structures: structures)
  }

  @Test(
    arguments: [
      (2, .yes, "2 mois, pour un minimum de 2 mois."),
      (
        1, .probable,
        "1 mois, sous le minimum de 2 mois : possible à la marge, si des structures peuvent intervenir vite."
      ),
      (0, .unknown, "Durée publiée de 0 mois, sans doute une erreur : à demander à l’acheteur."),
      (nil, .unknown, "Durée non publiée : à demander à l’acheteur."),
    ] as [(Int?, Verdict.Outcome, String)])
  func `two months are enough and less is told with its reason`(
    months: Int?, outcome: Verdict.Outcome, reason: String
  ) throws {
    let verdict = try explain(notice(months: months)).duration
    #expect(verdict.outcome == outcome)
    #expect(verdict.meets == (outcome == .yes))
    #expect(verdict.reason.plain == reason)
    #expect(verdict.figures.map(\.id) == ["spotting.minimumDurationMonths"])
  }

  @Test func `an amendment that lengthens the contract is told`() throws {
    let lengthened = try notice(months: 1) {
      var amendment = AwardNotice.Amendment()
      amendment.durationMonths = 4
      $0.amendments = [amendment]
    }
    let found = try explain(lengthened)
    #expect(found.duration.reason.plain == "4 mois après avenant, pour un minimum de 2 mois.")
    #expect(found.end == day(2026, 7, 14))
    #expect(
      found.endReason.plain
        == "Fin attendue le 14/07/2026 : 4 mois depuis la notification du 15/03/2026, avenants compris.")
  }

  @Test(
    arguments: [
      ("100000", .yes, "100 000 € HT, pour un repère de 100 000 €."),
      (
        "99999.99", .probable,
        "99 999,99 € HT, sous le repère de 100 000 € : une clause donnerait environ 224 h (de 133 h à 450 h) ; "
          + "la branche de la propreté déconseille une clause sous 150 h (repère établi pour la propreté seulement)."
      ),
      ("0", .unknown, "Montant publié nul : à demander à l’acheteur."),
      (nil, .unknown, "Montant non publié : à demander à l’acheteur."),
    ] as [(String?, Verdict.Outcome, String)])
  func `a hundred thousand euros are enough and less is never a bare cross`(
    euros: String?, outcome: Verdict.Outcome, reason: String
  ) throws {
    let verdict = try explain(notice(euros: euros)).amount
    #expect(verdict.outcome == outcome)
    #expect(verdict.meets == (outcome == .yes))
    #expect(verdict.outcome.sign != "✗")
    #expect(verdict.reason.plain == reason)
  }

  @Test func `a small amount without known labour share says that hours are for hand`() throws {
    let verdict = try explain(notice(cpv: "39100000", euros: "5000")).amount
    #expect(
      verdict.reason.plain
        == "5 000 € HT, sous le repère de 100 000 € : heures à estimer à la main ; "
        + "la branche de la propreté déconseille une clause sous 150 h (repère établi pour la propreté seulement).")
  }

  @Test func `a framework's amount is told to be a ceiling`() throws {
    let framework = try notice { $0.techniques = .framework }
    let found = try explain(framework)
    #expect(found.amount.outcome == .yes)
    #expect(
      found.amount.reason.plain
        == "250 000 € HT, pour un repère de 100 000 €. C’est le plafond de l’accord-cadre : "
        + "les commandes peuvent rester bien en dessous.")
    #expect(
      found.hours.reason.plain.hasSuffix("Calcul sur le plafond de l’accord-cadre : à rapporter aux commandes réelles.")
    )
  }

  @Test(
    arguments: [
      (
        "90910000", .yes, "CPV 90910000 (Nettoyage) : technicité faible, accessible à des personnes sans qualification."
      ),
      (
        "45233140", .yes,
        "CPV 45233140 (Voirie, réseaux et canalisations) : technicité moyenne, accessible à des personnes peu qualifiées."
      ),
      (
        "71240000", .no,
        "CPV 71240000 (Architecture) : technicité haute : peu de postes accessibles sans qualification ; "
          + "restent les emplois de support, l’alternance et le secteur adapté."
      ),
      (
        "39100000", .unknown,
        "Aucune technicité n’est connue pour le CPV 39100000 (Mobilier et équipement) : nature à apprécier d’après l’objet."
      ),
      (nil, .unknown, "Code CPV non publié : nature à apprécier d’après l’objet."),
    ] as [(String?, Verdict.Outcome, String)])
  func `the nature is judged by the technicity of the longest prefix`(
    cpv: String?, outcome: Verdict.Outcome, reason: String
  ) throws {
    let verdict = try explain(notice(cpv: cpv)).nature
    #expect(verdict.outcome == outcome)
    #expect(verdict.reason.plain == reason)
  }

  @Test(
    arguments: [
      ("79992000", .yes), ("79900000", .no), ("72250000", .yes), ("72200000", .no), ("98341000", .yes),
      ("90500000", .yes),
      ("65000000", .no), ("03000000", .unknown),
    ] as [(String, Verdict.Outcome)])
  func `a longer prefix overrules a shorter one`(cpv: String, outcome: Verdict.Outcome) throws {
    #expect(try explain(notice(cpv: cpv)).nature.outcome == outcome)
  }

  @Test(
    arguments: [
      (10, true, .yes, "Département 77 (Seine-et-Marne) : 10 structures d’insertion connues, pour un repère de 10."),
      (
        9, true, .unknown,
        "Département 77 (Seine-et-Marne) : 9 structures d’insertion connues, moins que le repère de 10, "
          + "dans une liste incomplète : à vérifier."
      ),
      (
        1, false, .no,
        "Département 77 (Seine-et-Marne) : 1 structure d’insertion connue, moins que le repère de 10 : "
          + "voyez l’offre des départements voisins."
      ),
    ] as [(Int, Bool, Verdict.Outcome, String)])
  func `ten structures are enough and fewer in a partial list prove nothing`(
    count: Int, partial: Bool, outcome: Verdict.Outcome, reason: String
  ) throws {
    let verdict = try explain(notice(), structures: .init(count: count, listIsPartial: partial)).people
    #expect(verdict.outcome == outcome)
    #expect(verdict.meets == (outcome == .yes))
    #expect(verdict.reason.plain == reason)
  }

  @Test func `without a list or a département people are to be checked`() throws {
    let noList = try explain(notice(), structures: nil).people
    #expect(noList.outcome == .unknown)
    #expect(
      noList.reason.plain
        == "Département 77 (Seine-et-Marne) : aucune liste de structures d’insertion n’est encore importée.")
    let region = try notice { $0.place = .init(code: "11", kind: .region) }
    let noPlace = try explain(region, departement: nil, structures: nil).people
    #expect(noPlace.outcome == .unknown)
    #expect(noPlace.reason.plain == "Lieu d’exécution donné par région : trop large pour connaître le département.")
  }

  @Test func `an end that cannot be known says why`() throws {
    let rules = try Reference.rules()
    func reason(_ notice: AwardNotice) -> String {
      rules.explain(notice, departement: nil, structures: nil).endReason.plain
    }
    #expect(try reason(notice(notified: nil)) == "Fin inconnue : la date de notification n’est pas publiée.")
    #expect(try reason(notice(months: nil)) == "Fin inconnue : la durée n’est pas publiée.")
    #expect(try reason(notice(months: 0)) == "Fin inconnue : la durée publiée est de 0 mois.")
    #expect(
      try reason(notice(months: 360))
        == "Fin attendue le 14/03/2056 : 360 mois depuis la notification du 15/03/2026 ; "
        + "une durée de 360 mois surprend, à vérifier.")
  }

  @Test func `a concession runs from the start of its performance`() throws {
    let concession = try notice(months: 60) {
      $0.kind = .concession
      $0.start = day(2026, 9, 1)
    }
    let found = try explain(concession)
    #expect(found.end == day(2031, 8, 31))
    #expect(found.endReason.plain == "Fin attendue le 31/08/2031 : 60 mois depuis le début d’exécution du 01/09/2026.")
  }

  @Test func `the buyer is to be called nine months before the end`() throws {
    let found = try explain(notice(months: 12, notified: day(2026, 12, 1)))
    #expect(found.end == day(2027, 11, 30))
    #expect(found.contactBefore == day(2027, 2, 28))
  }
}
