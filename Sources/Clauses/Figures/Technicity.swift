/// How much skill the work asks for, as the feasibility of a clause sees it.
public enum Technicity: String, FigureValue, CaseIterable {
  case low, medium, high

  /// The technicity as users read it.
  public var french: String {
    switch self {
    case .low: "faible"
    case .medium: "moyenne"
    case .high: "haute"
    }
  }

  /// The technicity as users read it.
  public var figureText: String { french }
}
