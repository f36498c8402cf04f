/// Where the insertion clause stands in the general conditions that a contract refers to.
public struct InsertionClause: Sendable, Hashable {
  /// Which general conditions.
  public let conditions: GeneralConditions
  /// The article of the clause, such as `20.1`.
  public let number: String

  /// The clause of general conditions on a day.
  public init(_ conditions: GeneralConditions, on day: Day, figures: Figures) throws(MissingFigure) {
    self = try Self.find(in: conditions, on: day, figures: figures).clause
  }

  private init(conditions: GeneralConditions, number: String) {
    self.conditions = conditions
    self.number = number
  }

  /// The clause with the figure that gives its number.
  static func find(
    in conditions: GeneralConditions, on day: Day, figures: Figures
  ) throws(MissingFigure) -> (clause: InsertionClause, figure: Figure<Int>) {
    let figure = try figures.counts.nearest(.insertionArticle(conditions), on: day)
    return (InsertionClause(conditions: conditions, number: "\(figure.value).1"), figure)
  }

  /// How it is cited where the general conditions are not known: each gives it another number.
  static let anywhere = "CCAG de 2021, clause d’insertion sociale"

  /// `CCAG-Travaux, article 20.1`.
  public var french: String { "\(conditions.french), article \(number)" }

  /// A paragraph of the clause, such as `CCAG-Travaux, article 20.1.3`.
  public func paragraph(_ part: Int) -> String { "\(french).\(part)" }

  /// An article of a paragraph, such as `CCAG-Travaux, article 20.1.4.4`.
  public func paragraph(_ part: Int, _ article: Int) -> String { "\(paragraph(part)).\(article)" }
}
