import Casework
import Clauses

extension ContractView {
  /// What the buyer published.
  var facts: HTML {
    """
    <h2>Le \(notice.kind == .contract ? "marché" : "contrat de concession")</h2>
    \(Parts.definitions(identity + terms + declared))
    """
  }

  private var identity: [(term: String, value: HTML)] {
    [
      ("Objet", "\(notice.object)"),
      ("Acheteur", "\(buyerName)<br>\(buyerLinks)"),
      ("Numéro", "\(notice.key.number)"),
      ("Nature", "\(notice.nature?.rawValue)"),
      ("Famille d’achats", "\(spotting.family?.label)"),
      ("Code CPV", notice.cpv.map { "\($0.digits)\(when(sheet.cpvLabel) { " – \($0)" })" } ?? .empty),
      ("Lieu d’exécution", place),
    ]
  }

  private var buyerLinks: HTML {
    let siret = notice.key.buyer
    var filter = SpottingFilter()
    filter.buyer = siret.digits
    return """
      SIRET \(siret.french)\(when(!siret.hasValidKey, ", <span class=\"status is-warning\">clé incorrecte</span>"))\u{A0}· \
      <a href="\(Address.planning(.spotting(Query(filter))))">ses autres marchés</a>
      """
  }

  private var place: HTML {
    let territory: HTML = when(sheet.departement) { code in
      "<a href=\"\(Address.planning(.territory(code.code)))\">\(sheet.departementName.map { Say.name($0) } ?? "Département \(code.code)")</a>"
    }
    guard let place = notice.place else { return territory }
    let written = [place.kind.map { "\($0.rawValue.lowercased()) \(place.code)" } ?? place.code, place.name].compactMap(
      \.self)
    let text = written.joined(separator: ", ")
    return territory.isEmpty ? "\(text), département non reconnu" : "\(territory) (\(text))"
  }

  private var terms: [(term: String, value: HTML)] {
    let terms = notice.terms
    return [
      ("Notifié le", "\(notice.notified?.french)"),
      (
        "Début d’exécution",
        notice.kind == .concession ? "\(notice.start?.french)" : "à la notification, sauf clause contraire"
      ),
      ("Durée", "\(terms.durationMonths.map { French.count($0, "mois", "mois") })"),
      ("Montant", "\(terms.amount?.french)\(when(notice.amountIsCeiling, ", plafond de l’accord-cadre"))"),
      ("Forme du prix", "\(notice.priceForm.map { Say.name($0) })"),
      ("Procédure", "\(notice.procedure.map { Say.name($0) })"),
      ("Techniques d’achat", "\(French.list(techniques))"),
      ("Modalités d’exécution", "\(French.list(modalities))"),
      ("Accord-cadre d’origine", "\(notice.frameworkNumber)"),
      ("CCAG", "\(notice.generalConditions.map { Say.name($0) })"),
      ("Offres reçues", "\(notice.offersReceived.map { French.integer($0) })"),
    ].filter { !$0.1.isEmpty }
  }

  private var declared: [(term: String, value: HTML)] {
    [
      ("Considérations sociales", "\(Say.social(notice.social))"),
      ("Considérations environnementales", "\(notice.environmental.joined(separator: ", "))"),
      ("Publié le", "\(notice.published?.french)"),
      ("Source", "\(notice.source)"),
    ]
  }

  private var techniques: [String] {
    let all: [(AwardNotice.Techniques, String)] = [
      (.framework, "accord-cadre"), (.contest, "concours"), (.qualification, "système de qualification"),
      (.dynamic, "système d’acquisition dynamique"), (.catalogue, "catalogue électronique"),
      (.auction, "enchère électronique"),
    ]
    return all.filter { notice.techniques.contains($0.0) }.map(\.1)
  }

  private var modalities: [String] {
    let all: [(AwardNotice.Modalities, String)] = [
      (.tranches, "tranches"), (.orders, "bons de commande"), (.callOffs, "marchés subséquents"),
    ]
    return all.filter { notice.modalities.contains($0.0) }.map(\.1)
  }

  /// Holders, amendments, subcontracting.
  var parties: HTML { "\(holders)\(amendments)\(subcontracts)" }

  private var holders: HTML {
    guard !notice.terms.holders.isEmpty else { return "<h2>Titulaires</h2><p>Aucun titulaire publié.</p>\n" }
    let table = Table(
      caption: notice.grouping.map { "Titulaires (\($0.lowercased()))" } ?? "Titulaires",
      columns: [.text("Nom"), .text("Identifiant")], rows: notice.terms.holders.map { party($0) })
    return "<h2>Titulaires</h2>\n\(table.html)"
  }

  private func party(_ party: AwardNotice.Party) -> [HTML] {
    ["\(party.name ?? "Nom non publié")", "\(party.scheme ?? "Identifiant") \(party.identifier)"]
  }

  private var amendments: HTML {
    guard !notice.amendments.isEmpty else { return .empty }
    let rows: [[HTML]] = notice.amendments.map { change in
      let holders = change.holders.map { $0.name ?? $0.identifier }
      return [
        "\(change.notified?.french ?? "date non publiée")", "\(change.amount?.french)",
        "\(change.durationMonths.map { French.count($0, "mois", "mois") })", "\(French.list(holders))",
        "\(change.object)",
      ]
    }
    let table = Table(
      caption: "Modifications en cours d’exécution",
      columns: [
        .text("Notifiée le"), .number("Nouveau montant"), .number("Nouvelle durée"), .text("Nouveaux titulaires"),
        .text("Objet"),
      ], rows: rows)
    return "<h2>Modifications</h2>\n\(table.html)"
  }

  private var subcontracts: HTML {
    guard !notice.subcontracts.isEmpty else { return .empty }
    let rows: [[HTML]] = notice.subcontracts.map { act in
      [
        "\(act.subcontractor.map { $0.name ?? $0.identifier } ?? "non publié")", "\(act.amount?.french)",
        "\(act.durationMonths.map { French.count($0, "mois", "mois") })", "\(act.notified?.french)",
      ]
    }
    let table = Table(
      caption: "Actes de sous-traitance",
      columns: [.text("Sous-traitant"), .number("Montant HT"), .number("Durée"), .text("Notifié le")], rows: rows)
    return "<h2>Sous-traitance</h2>\n\(table.html)"
  }

  /// What changed from one publication to the next, and what was mended on reading.
  var history: HTML {
    """
    \(when(!sheet.changes.isEmpty, "<h2>Historique des publications</h2>\n<ul>\(each(sheet.changes) { change($0) })</ul>\n"))\
    \(when(!sheet.repairs.isEmpty, "<h2>Corrections à la lecture</h2>\n<ul>\(each(sheet.repairs) { "<li>\($0)</li>" })</ul>\n"))
    """
  }

  private func change(_ change: ContractSheet.Change) -> HTML {
    """
    <li>\(ParisTime.french(change.at)), fichier «\u{A0}\(change.fileName)\u{A0}»\u{202F}:\
    <ul>\(each(change.sentences) { "<li>\($0)</li>" })</ul></li>
    """
  }

  /// The record as it was published.
  var raw: HTML {
    let raw = sheet.raw
    let range = "octets \(French.integer(raw.range.lowerBound)) à \(French.integer(max(raw.range.upperBound - 1, 0)))"
    return """
      <h2>Enregistrement d’origine</h2>
      <p>Fichier «\u{A0}\(raw.fileName)\u{A0}», \(range).</p>
      \(when(raw.text) { "<details><summary>Lire l’enregistrement</summary><pre class=\"raw\" tabindex=\"0\">\($0)</pre></details>" })\
      \(when(raw.text != nil && raw.isCut, "<p class=\"source\">Seul le début est affiché.</p>"))\
      \(when(raw.text == nil, Parts.note(.warning, "<p>Le fichier n’est plus dans le dossier des fichiers importés\u{202F}: importez-le à nouveau pour le relire ici.</p>")))
      """
  }
}
