public import Clauses

/// Which column of a purchase programme holds what: recognised by its title, or said by someone.
public struct ProgrammeColumns: Sendable, Hashable {
  /// The row of titles, from 1; 0 where there is none.
  public let titleRow: Int
  /// The titles, from the first column; empty where a column has none.
  public let titles: [String]
  /// The column of each field that was found, from 0.
  public var places: [PlannedField: Int]

  /// Columns that someone settled.
  public init(titleRow: Int, titles: [String], places: [PlannedField: Int]) {
    (self.titleRow, self.titles, self.places) = (titleRow, titles, places)
  }

  /// Rows among which the titles are looked for: above them stand a logo, a year, the name of a department.
  public static let searched = 30

  /// The titles among the first rows: the row where most fields are recognised, the first of equal ones.
  ///
  /// Nil where no row holds the title of an object.
  public static func found(in rows: [WorkbookRow], known: [String: PlannedField] = [:]) -> ProgrammeColumns? {
    var best: ProgrammeColumns?
    for row in rows.prefix(searched) {
      let read = ProgrammeColumns(titles: row, known: known)
      guard read.places[.object] != nil, read.places.count > best?.places.count ?? 0 else { continue }
      best = read
    }
    return best
  }

  /// The columns of a row that someone says holds the titles.
  public init(titles row: WorkbookRow, known: [String: PlannedField] = [:]) {
    let titles = row.cells.map { $0.shown.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    self.init(titleRow: row.number, titles: titles, places: Self.recognised(titles, known: known))
  }

  /// The first row that may hold titles where none is recognised: two words or more, and nothing else.
  public static func likely(in rows: [WorkbookRow], known: [String: PlannedField] = [:]) -> ProgrammeColumns? {
    let row = rows.prefix(searched).first { row in
      let filled = row.cells.filter { !$0.isBlank }
      return filled.count > 1 && filled.allSatisfy { if case .text = $0 { true } else { false } }
    }
    return row.map { ProgrammeColumns(titles: $0, known: known) }
  }

  /// What each title holds: what someone said of it before, then the very names, then names that it begins with.
  private static func recognised(_ titles: [String], known: [String: PlannedField]) -> [PlannedField: Int] {
    var places: [PlannedField: Int] = [:]
    var taken: Set<Int> = []
    func take(_ field: PlannedField, _ column: Int) {
      guard places[field] == nil, taken.insert(column).inserted else { return }
      places[field] = column
    }
    let folded = titles.map { $0.folded }
    for (column, title) in folded.enumerated() { if let field = known[title] { take(field, column) } }
    for field in PlannedField.allCases {
      for name in names[field] ?? [] {
        if let column = folded.firstIndex(of: name) { take(field, column) }
      }
    }
    for field in PlannedField.allCases where places[field] == nil {
      for name in names[field] ?? [] where name.utf8.count > 2 {
        let column = folded.indices.first { column in
          !taken.contains(column) && (folded[column] == name || folded[column].hasPrefix(name + " "))
        }
        if let column { take(field, column) }
      }
    }
    return places
  }

  /// The names that buyers give, without accents nor punctuation, the surest first.
  private static let names: [PlannedField: [String]] = [
    .reference: [
      "reference", "ref", "numero", "n", "no", "id", "identifiant", "id projet", "idprojet", "numero de projet",
      "numero de procedure", "code projet", "numero de marche", "n marche", "n projet", "reference du projet",
    ],
    .object: [
      "objet", "objet court", "objet du marche", "intitule", "intitule du marche", "libelle", "designation", "projet",
      "libelle du projet", "nom du projet", "nature du besoin", "besoin", "marche", "operation", "consultation",
      "description", "label",
    ],
    .category: [
      "categorie", "categorie travaux fournitures services", "type de marche", "type", "nature", "nature du marche",
      "type d achat", "nature de l achat", "categorie d achat", "tfs", "f s t", "purchasingcategory",
    ],
    .cpv: ["cpv", "code cpv", "code cpv principal", "cpv principal", "cpvprimary"],
    .amount: [
      "montant", "montant estime ht", "montant ht", "montant estime", "montant estimatif", "montant previsionnel",
      "montant previsionnel ht", "montant previsionnel du marche", "montant estimatif ht", "budget", "budget ht",
      "estimation", "estimation ht", "montant max", "montant maximum", "enveloppe", "valeur estimee",
      "marketestimatedamount",
    ],
    .months: [
      "duree", "duree mois", "duree en mois", "duree du marche", "duree previsionnelle", "duree marche mois",
      "duree totale",
      "marketmaxduration",
    ],
    .place: [
      "lieu d execution", "lieu", "localisation", "commune", "territoire", "departement", "adresse", "site",
      "code postal", "ville", "lieux d execution", "departments",
    ],
    .launch: [
      "lancement prevu", "lancement", "date de lancement", "date de lancement de la consultation",
      "date de publication",
      "publication", "publication prevue", "date previsionnelle de lancement", "date previsionnelle de publication",
      "mise en ligne", "date de consultation", "periode de lancement", "trimestre de lancement",
      "publicationtargetdate",
      "date aapc", "aapc", "envoi aapc",
    ],
    .start: [
      "debut prevu", "debut", "date de debut", "date de demarrage", "demarrage", "notification", "date de notification",
      "notification prevue", "date previsionnelle de notification", "debut d execution", "date de deploiement",
      "debut des travaux", "date de debut d execution",
    ],
    .lots: ["nombre de lots", "nb lots", "nb de lots", "lots", "allotissement", "nombre lots"],
    .framework: ["accord cadre oui non", "accord cadre", "ac", "forme du marche", "forme", "type de contrat"],
    .note: [
      "remarque", "remarques", "commentaire", "commentaires", "observations", "observation", "notes", "precisions",
    ],
  ]
}
