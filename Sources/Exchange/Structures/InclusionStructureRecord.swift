public import Clauses

/// An inclusion structure as a list gives it: a pair (SIRET, kind) and what is said of it.
public struct InclusionStructureRecord: Sendable, Hashable {
  /// The establishment.
  public var siret: SIRET
  /// What it is there.
  public var kind: StructureKind
  /// The legal name; where the list has none, the kind and the SIRET.
  public var name: String
  /// The name that people know it by.
  public var tradeName: String?
  /// The activity in the NAF rév. 2, five signs such as `5621Z`.
  public var naf: String?
  /// Five digits.
  public var postcode: String?
  /// The commune's name as written in the list.
  public var communeName: String?
  /// The commune in the official geographic code.
  public var communeCode: CommuneCode?
  /// From its own column, otherwise from the commune, otherwise from the postcode.
  public var departement: DepartementCode?
  /// Millionths of a degree, WGS 84; given only with the longitude.
  public var latitude: Int32?
  /// Millionths of a degree, WGS 84; given only with the latitude.
  public var longitude: Int32?
  /// What the structure says of itself; may hold several lines.
  public var description: String?
  /// Address of its site, as written.
  public var website: String?
  /// E-mail address of the structure, as written.
  public var email: String?
  /// Telephone of the structure, as written.
  public var phone: String?
  /// Whether the list holds it for active; true where the list says nothing.
  public var isActive: Bool
  /// The line of the list, from 1.
  public var line: Int
}

/// A column that a list of structures may have.
public enum StructureColumn: String, Sendable, Hashable, CaseIterable {
  /// The SIRET; the only column without which a list cannot be read.
  case siret
  /// The kind (EI, ACI…).
  case kind
  /// The legal name.
  case name
  /// The usual name.
  case tradeName = "trade-name"
  /// The activity's NAF code.
  case naf
  /// The postcode.
  case postcode
  /// The commune's name.
  case communeName = "commune-name"
  /// The commune's official code.
  case communeCode = "commune-code"
  /// The département's code.
  case departement
  /// The latitude in degrees.
  case latitude
  /// The longitude in degrees.
  case longitude
  /// What the structure says of itself.
  case description
  /// The site's address.
  case website
  /// The e-mail address.
  case email
  /// The telephone.
  case phone
  /// Whether it is still active.
  case active

  /// The titles under which the column is known, folded, the likeliest first.
  var names: [String] {
    switch self {
    case .siret:
      [
        "siret", "et siret", "n siret", "no siret", "numero siret", "num siret", "siret etablissement",
        "siret de l etablissement", "siret structure", "siret de la structure", "siret signature",
      ]
    case .kind:
      [
        "kind", "type", "type de structure", "type structure", "type siae", "type de siae", "categorie",
        "categorie de structure", "nature", "statut siae", "dispositif",
      ]
    case .name:
      [
        "raison sociale", "et raison sociale", "denomination", "denomination sociale", "nom", "name",
        "nom de la structure", "nom structure", "nom de l etablissement", "structure", "legal name", "libelle",
      ]
    case .tradeName: ["enseigne", "nom commercial", "nom d usage", "nom usuel", "brand", "marque"]
    case .naf:
      ["naf", "code naf", "ape", "code ape", "activite principale", "code activite", "naf rev 2", "code naf ape"]
    case .postcode:
      ["code postal", "et code postal", "cp", "codepostal", "postcode", "post code", "code postal etablissement"]
    case .communeName:
      [
        "ville", "commune", "et commune libelle", "libelle commune", "nom commune", "nom de la commune", "localite",
        "city",
      ]
    case .communeCode:
      [
        "code commune", "et commune code", "code insee", "insee", "code insee commune", "code commune insee",
        "citycode",
      ]
    case .departement:
      ["departement", "et departement code", "code departement", "dept", "dep", "department", "numero departement"]
    case .latitude: ["lat", "latitude"]
    case .longitude: ["lon", "longitude", "lng", "long"]
    case .description: ["description", "presentation", "activites", "activite", "secteurs d activite", "metiers"]
    case .website: ["site internet", "site web", "site", "website", "url"]
    case .email: ["email", "e mail", "courriel", "mail", "adresse electronique", "adresse mail"]
    case .phone: ["telephone", "tel", "phone", "numero de telephone"]
    case .active: ["active", "actif", "active o n"]
    }
  }
}

/// Why a list of structures cannot be read at all.
public enum StructureListProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is no CSV.
  case csv(CSVProblem)
  /// No column bears the SIRET; the titles that were found.
  case noSIRET(found: String)
  /// No column bears the kind, and nothing else tells it; the titles that were found.
  case noKind(found: String)
  /// A declared title does not occur; the titles that were found.
  case noSuchColumn(title: String, found: String)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .csv(let problem): problem.description
    case .noSIRET(let found):
      "Aucune colonne ne porte le SIRET des structures. Colonnes trouvées\(nnbsp): \(found). "
        + "Nommez-la «\(nnbsp)SIRET\(nnbsp)» ou indiquez laquelle c’est."
    case .noKind(let found):
      "Aucune colonne ne dit le type des structures (\(StructureKind.sigles)). Colonnes trouvées\(nnbsp): \(found). "
        + "Nommez-la «\(nnbsp)Type\(nnbsp)», indiquez laquelle c’est, ou déclarez le type commun à toute la liste."
    case .noSuchColumn(let title, let found):
      "La colonne \(quoted(title)) n’existe pas dans ce fichier. Colonnes trouvées\(nnbsp): \(found)."
    }
  }
}

extension StructureKind {
  /// « EI, ACI, … ou RQ ».
  static var sigles: String { French.list(allCases.map(\.rawValue), last: "ou") }
}
