import Casework
import Clauses

/// One contract, with every reason spelled out.
struct ContractView {
  let sheet: ContractSheet
  /// Whether the reader may plan its renewal.
  var mayPlan = false

  var notice: AwardNotice { sheet.notice }
  var spotting: Spotting { sheet.spotting }
  var buyerName: String { Say.buyer(sheet.buyerName, notice.key.buyer) }

  var page: Page {
    Page(
      title: Say.short(notice.object, limit: 160), section: .spotting,
      crumbs: [.init("Repérage", .planning(.spotting(Query())))], lead: "\(buyerName)"
    ) {
      """
      \(head)\(renewal)\(criteria)\(duty)\(hours)\(facts)\(parties)\(history)\(raw)
      """
    }
  }

  private var head: HTML {
    let hours = Say.hours(low: spotting.cell.hoursLow, high: spotting.cell.hoursHigh)
    let figures = [
      ("fin prévue", spotting.end?.french ?? "inconnue"),
      ("à contacter avant le", spotting.contactBefore?.french ?? "–"),
      ("montant HT", Say.amount(notice.terms.amount, isCeiling: notice.amountIsCeiling)),
      ("heures d’insertion possibles", hours ?? "non estimées"),
    ]
    return """
      \(Parts.keyFigures(figures))\
      \(when(spotting.recurrence.french) { Parts.note(.warning, "<p>\($0) À garder comme raison d’appeler l’acheteur.</p>") })\
      <p>\(spotting.priority.sentence)</p>
      <p>\(spotting.endReason)</p>
      \(when(window) { "<p>Fenêtre de renouvellement\u{202F}: \($0).</p>" })

      """
  }

  /// What is planned to renew it, or how to plan it.
  private var renewal: HTML {
    guard sheet.renewals.isEmpty else {
      return each(sheet.renewals) { dossier in
        """
        <p>Renouvellement suivi\u{202F}: <a href="\(Address.planning(.planned(dossier.id.description)))">\(Say.short(dossier.contract.object, limit: 100))</a> \
        (\(dossier.stage.label))</p>

        """
      }
    }
    guard mayPlan else { return .empty }
    let address = Address.planning(.newPlanned(Query().setting("depuis", String(sheet.id))))
    return
      "<p class=\"actions no-print\"><a class=\"btn btn-primary\" href=\"\(address)\">Suivre ce renouvellement</a></p>\n"
  }

  private var window: String? {
    guard let today = sheet.today else { return nil }
    return spotting.window?.french(on: today)
  }

  private var criteria: HTML {
    """
    <h2>Les quatre critères de faisabilité</h2>
    <p class="source">Ils conseillent\u{202F}: rien n’est écarté ni refusé sur ces seuls signes.</p>
    <div class="criteria">\(each(spotting.criteria) { criterion($0.name, $0.verdict) })</div>
    """
  }

  private func criterion(_ name: String, _ verdict: Verdict) -> HTML {
    """
    <section class="criterion"><h3>\(Mark.sign(verdict.outcome)) \(name)\u{202F}: \(verdict.outcome.french)</h3>
    <p>\(verdict.reason)</p>\(FigureSources.disclosure(verdict.figures))</section>

    """
  }

  private var duty: HTML {
    let duty = spotting.duty
    let buyer = "\(duty.buyer.french) (\(duty.buyerIsStated ? "précisé" : "estimé d’après le SIRET"))"
    return """
      <h2>Obligation légale au renouvellement</h2>
      <p>\(Parts.status(duty.outcome == .likely ? .warning : .neutral, Say.capitalised(duty.outcome.french)))</p>
      <p>\(duty.reason)</p>
      \(Parts.definitions([("Article", "\(duty.article)"), ("Type d’acheteur", "\(buyer)")]))\
      \(FigureSources.disclosure(duty.figures))
      """
  }

  private var hours: HTML {
    let estimate = spotting.hours
    return """
      <h2>Heures d’insertion possibles</h2>
      <p>\(estimate.reason)</p>
      \(when(estimate.range) { range($0) })\(when(calculation) { calculationLink($0) })
      """
  }

  /// The hours calculator with what the notice says; nil where it does not say enough.
  private var calculation: Query? {
    guard notice.kind == .contract, let cpv = notice.cpv, let amount = notice.terms.amount, amount.cents > 0 else {
      return nil
    }
    var query = Query()
    query.add("cpv", cpv.digits)
    query.add("montant", HoursForm.typed(amount))
    query.add("duree", notice.terms.durationMonths.flatMap { HoursForm.months.contains($0) ? String($0) : nil })
    return query
  }

  private func calculationLink(_ query: Query) -> HTML {
    let address = Calculator.hours.address(query)
    return "<p class=\"no-print\"><a href=\"\(address)\">Calculer les heures avec vos propres chiffres</a></p>\n"
  }

  private func range(_ range: HoursRange) -> HTML {
    let table = Table(
      caption: "Le calcul", columns: [.text("Hypothèse"), .number("Heures"), .text("Formule")],
      rows: [
        ["basse", "\(range.low.french)", "\(Say.breakable(range.lowFormula))"],
        ["courante", "<strong>\(range.usual.french)</strong>", "\(Say.breakable(range.formula))"],
        ["haute", "\(range.high.french)", "\(Say.breakable(range.highFormula))"],
      ])
    return "\(table.html)\(FigureSources.disclosure(range.figures))"
  }
}

/// The reference figures behind a statement, each with its source and its standing.
enum FigureSources {
  static func disclosure(_ figures: [FigureReference]) -> HTML {
    guard !figures.isEmpty else { return .empty }
    let rows: [[HTML]] = figures.map { figure in
      [
        "\(figure.label)", "\(figure.value)", "\(dates(figure))",
        "\(figure.source)\(when(figure.note) { "<br><span class=\"source\">\($0)</span>" })", "\(figure.status.french)",
      ]
    }
    let table = Table(
      caption: "Chiffres utilisés",
      columns: [.text("Chiffre"), .number("Valeur"), .text("Validité"), .text("Source"), .text("Statut")], rows: rows)
    return "<details><summary>D’où viennent ces chiffres\u{202F}?</summary>\(table.html)</details>\n"
  }

  private static func dates(_ figure: FigureReference) -> String {
    switch (figure.from, figure.to) {
    case (let from?, let to?): "du \(from.french) au \(to.french)"
    case (let from?, nil): "depuis le \(from.french)"
    case (nil, let to?): "jusqu’au \(to.french)"
    case (nil, nil): "sans date"
    }
  }
}
