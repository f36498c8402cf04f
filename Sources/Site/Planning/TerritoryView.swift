import Casework
import Clauses

/// What a département has to renew, and who could do it.
struct TerritoryView {
  let sheet: TerritorySheet

  var page: Page {
    Page(
      title: "\(Say.name(sheet.name)) (\(sheet.code.code))", section: .territories,
      crumbs: [.init("Territoires", .planning(.territories))],
      lead:
        "Marchés qui se terminent de \(sheet.from.french) à \(sheet.to.french), et qui pourrait y faire travailler des personnes."
    ) {
      sheet.renewals == 0 ? "\(nothing)\(offer)" : "\(head)\(months)\(families)\(considerations)\(buyers)\(offer)"
    }
  }

  /// The list of this territory and window, narrowed.
  private func list(_ change: (inout SpottingFilter) -> Void = { _ in }) -> Address {
    var filter = SpottingFilter()
    filter.departement = sheet.code
    filter.from = sheet.from
    filter.to = sheet.to
    change(&filter)
    return .planning(.spotting(Query(filter)))
  }

  private var nothing: HTML {
    guard sheet.known > 0 else {
      return Parts.empty(
        title: "Aucun marché connu dans ce département",
        """
        <p>Chargez les données essentielles de ses acheteurs (JSON, XML ou CSV, même compressées)\u{202F}:</p>
        <pre class="raw">marchepied import awards fichier.json</pre>
        """)
    }
    var everywhere = SpottingFilter()
    everywhere.departement = sheet.code
    return Parts.empty(
      title: "Aucun marché connu ne se termine dans cette période",
      """
      <p>Importez les données d’autres acheteurs du département (<code>marchepied import awards fichier.json</code>), ou regardez \
      <a href="\(Address.planning(.spotting(Query(everywhere))))">tous ses marchés, sans période</a>.</p>
      """)
  }

  private var head: HTML {
    """
    \(Parts.keyFigures([
      ("marchés qui se terminent", French.integer(sheet.renewals)),
      ("reviennent et réunissent les quatre critères", French.integer(sheet.promising)),
      ("reviennent, au-dessus des seuils de l’obligation", French.integer(sheet.aboveThreshold)),
      ("structures d’insertion connues", French.integer(sheet.structureCount)),
    ]))\(when(sheet.oneOff > 0, oneOff))<p><a class="btn btn-primary" href="\(list())">Voir ces marchés</a></p>

    """
  }

  /// Where works done once are counted, and where they are not.
  private var oneOff: HTML {
    let counted =
      sheet.oneOff == 1
      ? "est une opération ponctuelle\u{202F}: des travaux qui ne reviennent pas en principe. Elle est comptée"
      : "sont des opérations ponctuelles\u{202F}: des travaux qui ne reviennent pas en principe. Elles sont comptées"
    return """
      <p class="source">Parmi les marchés qui se terminent, \(French.integer(sheet.oneOff)) \(counted) par mois et par famille, \
      mais pas dans les nombres de marchés qui reviennent, ni dans les critères et l’obligation des acheteurs.</p>

      """
  }

  private var months: HTML {
    let bars = sheet.months.map { line in
      Chart.Bar(
        Self.initial(line.month), longLabel: line.month.french,
        sublabel: hasYear(line.month) ? String(line.month.index / 12) : nil,
        value: line.count,
        address: list {
          $0.from = line.month
          $0.to = line.month
        })
    }
    return """
      <h2>Fins de marchés par mois</h2>
      \(Chart.columns(
        id: "mois", title: "Marchés dont la fin est prévue, par mois", unit: "marchés",
        heads: ("Mois de fin prévue", "Marchés"), bars: bars))
      """
  }

  /// Whether the year stands under a month: under January, and under the first month unless January comes next.
  private func hasYear(_ month: Month) -> Bool {
    month.index % 12 == 0 || month == sheet.from && month.index % 12 < 11
  }

  /// The first letter of the month: twenty-four of them stand in a row.
  private static func initial(_ month: Month) -> String { month.french.prefix(1).uppercased() }

  private var families: HTML {
    let shown = sheet.families.sorted { $0.count > $1.count }
    let bars = shown.prefix(12).map { line in
      Chart.Bar(
        Say.short(line.label, limit: 46), longLabel: line.label, value: line.count,
        address: line.division.isEmpty ? nil : list { $0.cpv = line.division })
    }
    let rest = shown.dropFirst(12)
    return """
      <h2>Familles d’achats</h2>
      \(Chart.bars(
        id: "familles", title: "Marchés qui se terminent, par famille", unit: "marchés", heads: ("Famille", "Marchés"),
        bars: Array(bars)))\
      \(when(!rest.isEmpty, "<p class=\"source\">Et \(French.count(rest.reduce(0) { $0 + $1.count }, "marché")) dans \(French.count(rest.count, "autre famille", "autres familles")).</p>"))
      """
  }

  private var considerations: HTML {
    """
    <h2>Considérations sociales déclarées</h2>
    <p>Sur tous les marchés connus du département.</p>
    \(Chart.share(
      id: "considerations", title: "Marchés selon ce qu’ils déclarent", unit: "marchés", heads: ("Déclaration", "Marchés"),
      parts: [
        .init("considération sociale déclarée", value: sheet.declared), .init("aucune", value: sheet.declaredNone),
        .init("non renseigné", value: sheet.unstated),
      ]))
    """
  }

  private var buyers: HTML {
    guard !sheet.buyers.isEmpty else { return .empty }
    let rows: [[HTML]] = sheet.buyers.map { line in
      let address = list { $0.buyer = line.buyer.digits }
      return [
        "<a href=\"\(address)\">\(Say.buyer(line.name, line.buyer))</a>", "\(French.integer(line.count))",
        "\(French.integer(line.promising))", "\(French.integer(line.duty))",
        "\(when(line.hasEnded, "passée, "))\(line.soonest.french)",
      ]
    }
    let table = Table(
      caption: "Acheteurs à appeler en premier",
      columns: [
        .text("Acheteur"), .number("Marchés qui se terminent"), .number("Reviennent, quatre critères réunis"),
        .number("Reviennent, obligation probable"), .number("Prochaine fin"),
      ], rows: rows)
    return "<h2>Qui appeler d’abord</h2>\n\(table.html)"
  }

  private var offer: HTML {
    var filter = StructureFilter()
    filter.departement = sheet.code
    let link = Address.matching(.structures(Query(filter)))
    guard sheet.structureCount > 0 else {
      return """
        <h2>Qui pourrait réaliser, ou mettre des personnes à disposition</h2>
        \(Parts.empty(
          title: "Aucune structure d’insertion connue dans ce département",
          "<p>Chargez une liste de SIAE, GEIQ, EA ou ESAT\u{202F}: <code>marchepied import structures liste.csv</code>.</p>"))
        """
    }
    let table = Table(
      caption: "Structures par famille d’achats",
      columns: [.text("Famille"), .text("Peuvent réaliser"), .text("Mettent à disposition"), .text("Ce qui manque")],
      rows: sheet.offer.map { line in
        ["\(line.family)", Self.kinds(line.performers), Self.kinds(line.lenders), "\(line.missing ?? "rien")"]
      })
    return """
      <h2>Qui pourrait réaliser, ou mettre des personnes à disposition</h2>
      \(when(!sheet.structureListsAreComplete, "<p class=\"source\">Les listes importées sont connues comme partielles\u{202F}: une absence est à vérifier.</p>"))
      \(when(!sheet.offerCaution.isEmpty, "<p class=\"source\">\(sheet.offerCaution)</p>"))\
      \(table.html)<p><a href="\(link)">Voir les structures du département</a></p>
      """
  }

  private static func kinds(_ kinds: [InclusionOffer.KindCount]) -> HTML {
    guard !kinds.isEmpty else { return "aucune connue" }
    return each(kinds, separator: ", ") {
      "<abbr title=\"\($0.kind.label)\">\($0.kind.rawValue)</abbr>\u{A0}\($0.count)"
    }
  }
}
