import Casework
import Clauses

/// The list of contracts that come back, each like a piece of advice.
struct SpottingView {
  let model: SpottingPage
  let form: SpottingForm
  /// Whether the list can be taken away as a file.
  let exports: Bool

  var page: Page {
    Page(title: "Repérage", section: .spotting, lead: "Quels marchés reviennent et méritent une clause\u{202F}?") {
      """
      \(when(!form.errors.isEmpty, errorSummary(fields)))<div class="with-filters">\(filters)<section class="results" aria-label="Marchés repérés">
      \(results)</section></div>
      """
    }
  }

  private var results: HTML {
    if !form.errors.isEmpty {
      return Parts.note(.warning, "<p>Corrigez les champs signalés pour voir la liste.</p>")
    }
    guard !model.items.isEmpty else { return emptyState }
    return """
      <div class="results-head"><p><strong>\(countText)</strong>\(when(hasPeriod, periodLink))</p>\(when(exports, exportLinks))</div>
      <ol class="advice">
      \(each(model.items) { SpottingRow(item: $0, today: model.today).html })</ol>
      \(Parts.pager(label: "Pages de la liste", previous: address(model.previous), next: address(model.next)))
      """
  }

  private var countText: String {
    model.countIsCapped
      ? "Plus de \(French.count(model.count, "marché"))" : French.count(model.count, "marché")
  }

  private var hasPeriod: Bool { form.filter.from != nil || form.filter.to != nil }

  /// The same list without its period.
  private var everyDate: Address {
    let query = form.queryFromStart.removing("de").removing("a")
    return .planning(.spotting(query.fields.isEmpty ? query.setting("tri", "priorite") : query))
  }

  private var periodLink: HTML {
    """
     dans la période choisie · <a class="no-print" href="\(everyDate)">toutes les dates</a>
    """
  }

  private func address(_ place: SpottingPlace?) -> Address? {
    place.map { .planning(.spotting(form.query.setting("place", $0.description))) }
  }

  private var exportLinks: HTML {
    """
    <p class="no-print">Emporter cette liste\u{202F}: <a href="\(Address.planning(.export(.xlsx, form.queryFromStart)))">tableur \
    (XLSX)</a>, <a href="\(Address.planning(.export(.csv, form.queryFromStart)))">texte (CSV)</a></p>
    """
  }

  private var emptyState: HTML {
    if model.baseIsEmpty {
      return Parts.empty(
        title: "Aucun marché dans la base",
        """
        <p>Chargez des données essentielles de la commande publique (DECP), au format JSON, XML ou CSV\u{202F}:</p>
        <pre class="raw">marchepied import awards fichier.json</pre>
        <p>Un département suffit pour commencer.</p>
        """)
    }
    return Parts.empty(
      title: "Aucun marché ne répond à ces filtres",
      """
      <p>Élargissez la période de fin, retirez un critère, ou cherchez moins de mots.</p>
      <p><a href="\(Address.planning(.spotting(Query().setting("tri", "priorite"))))">Voir tous les marchés</a></p>
      """)
  }
}

/// One contract of the list.
struct SpottingRow {
  let item: SpottingItem
  let today: Day
  /// The level of the row's heading: 2 under the page's own title, 3 under a section.
  var level = 2

  /// Kept short, since fifty of them make a page: a line and its paragraphs end where the next begin.
  var html: HTML {
    """
    <li><h\(level)><a href="\(Address.planning(.contract(String(item.id))))">\
    \(Say.short(item.object, limit: 110))</a></h\(level)><p>\(Say.buyer(item.buyerName, item.buyer)) · \(end)\
    \(when(contact) { " · \($0)" }) · \(Say.amount(item.amount, isCeiling: item.amountIsCeiling))\
    \(when(Say.hours(low: item.cell.hoursLow, high: item.cell.hoursHigh)) { " · <b>\($0)</b>" })\(Mark.four(item.cell))\
    \(when(item.cell.recurrence == .oneOff, "<p class=\"status\">Opération ponctuelle"))\
    <p class="why">\(item.why)

    """
  }

  private var end: String {
    guard let end = item.cell.end else { return "fin inconnue" }
    return end < today ? "fin passée le\u{A0}\(end.french)" : "fin\u{A0}prévue\u{A0}\(end.french)"
  }

  /// Nothing once the contract has ended; says when the day to call has gone by.
  private var contact: String? {
    guard let day = item.contactBefore, let end = item.cell.end, end >= today else { return nil }
    let text = "à contacter avant le\u{A0}\(day.french)"
    return day <= today ? "\(text), donc dès maintenant" : text
  }
}
