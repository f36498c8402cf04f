/// The general conditions (CCAG) of 2021 that a contract may refer to; the social insertion clause bears another number
/// in each.
public enum GeneralConditions: String, Sendable, CaseIterable {
  case works, suppliesServices, intellectual, ict, projectManagement, industrial

  /// `CCAG-Travaux`.
  public var french: String {
    switch self {
    case .works: "CCAG-Travaux"
    case .suppliesServices: "CCAG-FCS"
    case .intellectual: "CCAG-PI"
    case .ict: "CCAG-TIC"
    case .projectManagement: "CCAG-MOE"
    case .industrial: "CCAG-MI"
    }
  }

  /// An article of the insertion clause, `CCAG-Travaux, article 20.1.4.5` for `4.5`.
  public func article(_ part: String, on day: Day, figures: Figures) throws(MissingFigure) -> String {
    let number = try figures.counts.nearest(.insertionArticle(self), on: day).value
    return "\(french), article \(number).1.\(part)"
  }
}

extension FigureKey where Value == Int {
  /// The article under which general conditions place the insertion clause: 20 for 20.1.
  public static func insertionArticle(_ conditions: GeneralConditions) -> Self {
    .init("ccag.insertionArticle.\(conditions.rawValue)")
  }
}

/// The articles of the insertion clause that monitoring and enforcement rest on.
///
/// All are nil for a contract that does not refer to a CCAG: its own papers are then the only ground.
public struct InsertionArticles: Sendable, Equatable {
  /// Documents that the holder gives in the course of performance.
  public var documents: String?
  /// Difficulties, suspension, cancellation.
  public var difficulties: String?
  /// Yearly and final reports.
  public var reports: String?
  /// Notice, penalties, excused hours.
  public var penalties: String?

  /// The articles of the general conditions that a contract refers to.
  public init(_ conditions: GeneralConditions?, on day: Day, figures: Figures) throws(MissingFigure) {
    guard let conditions else { return }
    documents = try conditions.article("4.3", on: day, figures: figures)
    difficulties = try conditions.article("4.4", on: day, figures: figures)
    reports = try conditions.article("4.5", on: day, figures: figures)
    penalties = try conditions.article("5", on: day, figures: figures)
  }
}
