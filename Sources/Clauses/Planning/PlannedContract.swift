/// A contract that a buyer intends to let: a line of a purchase programme, before any tender document exists.
public struct PlannedContract: Sendable, Hashable {
  /// The buyer's own number for it.
  public var reference: String?
  /// What is to be bought, in the buyer's words.
  public var object: String
  /// Works, supplies or services.
  public var category: PurchaseCategory?
  /// What is bought, in the European nomenclature.
  public var cpv: CPVCode?
  /// Estimated amount before tax, renewals included.
  public var amount: Euros?
  /// Duration in months, renewals included.
  public var months: Int?
  /// Where it is to be performed, as written.
  public var place: String?
  /// The département where it is to be performed.
  public var departement: DepartementCode?
  /// When the consultation begins.
  public var launch: Month?
  /// When performance begins.
  public var start: Month?
  /// How many lots are foreseen.
  public var lots: Int?
  /// Whether it is a framework agreement.
  public var isFramework: Bool?
  /// What the buyer adds, in words.
  public var note: String?

  /// A contract of which only the object is known.
  public init(object: String) { self.object = object }
}

/// What a column of a purchase programme may hold.
public enum PlannedField: String, Sendable, Hashable, CaseIterable, Codable {
  case reference, object, category, cpv, amount, months, place, launch, start, lots, framework, note

  /// The name in French, without what explains it.
  public var name: String {
    switch self {
    case .category: "Catégorie"
    case .amount: "Montant estimé HT"
    case .months: "Durée"
    case .framework: "Accord-cadre"
    default: label
    }
  }

  /// The title of the column in the template: the name, with how it is written.
  public var label: String {
    switch self {
    case .reference: "Référence"
    case .object: "Objet"
    case .category: "Catégorie (travaux, fournitures, services)"
    case .cpv: "Code CPV"
    case .amount: "Montant estimé HT (€)"
    case .months: "Durée (mois)"
    case .place: "Lieu d’exécution"
    case .launch: "Lancement prévu"
    case .start: "Début prévu"
    case .lots: "Nombre de lots"
    case .framework: "Accord-cadre (oui, non)"
    case .note: "Remarque"
    }
  }
}
