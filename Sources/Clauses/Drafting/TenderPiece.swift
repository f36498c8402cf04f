/// A piece of the consultation that wordings are written for, in the order of a file sent to a buyer.
public enum TenderPiece: String, Sendable, Hashable, CaseIterable, Codable {
  /// Notice of the contract (AAPC).
  case notice
  /// Rules of the consultation (RC).
  case consultationRules
  /// How the insertion criterion is scored, an annex of the rules.
  case criterionGrid
  /// Particular administrative clauses (CCAP).
  case particularClauses
  /// Act of engagement (AE).
  case engagementAct
  /// What the company commits itself to, an annex of the act of engagement.
  case insertionAnnex

  /// The piece as users read it.
  public var french: String {
    switch self {
    case .notice: "Avis de marché"
    case .consultationRules: "Règlement de la consultation"
    case .criterionGrid: "Annexe au règlement\(colon) grille du critère d’insertion"
    case .particularClauses: "Cahier des clauses administratives particulières"
    case .engagementAct: "Acte d’engagement"
    case .insertionAnnex: "Annexe à l’acte d’engagement\(colon) engagement d’insertion"
    }
  }

  /// Its heading; contracts between private parties have other names for some.
  public func title(isPrivate: Bool) -> String {
    guard isPrivate else { return french }
    switch self {
    case .consultationRules: return "Règles de la consultation"
    case .particularClauses: return "Clauses d’insertion du contrat"
    default: return french
    }
  }

  /// Its short name, for tables and names of files: `CCAP`.
  public var short: String {
    switch self {
    case .notice: "Avis"
    case .consultationRules: "RC"
    case .criterionGrid: "Grille"
    case .particularClauses: "CCAP"
    case .engagementAct: "AE"
    case .insertionAnnex: "Annexe AE"
    }
  }

  /// The document that it belongs to, among the four that must agree.
  public var document: TenderDossier.Document {
    switch self {
    case .notice: .notice
    case .consultationRules, .criterionGrid: .consultationRules
    case .particularClauses: .particularClauses
    case .engagementAct, .insertionAnnex: .engagementAct
    }
  }
}
