/// Hides the small numbers of a table of persons, and enough others that none can be worked out again.
///
/// A count of 1 to the limit less one is hidden, in the table and in its margins; hours are hidden wherever their count
/// is. Then further numbers are hidden (complementary suppression) until no hidden one has a single possible value for
/// a reader who knows every number shown, the whole total, and that a zero is always shown. Where that cannot be, and
/// where the whole table counts fewer persons than the limit, every number is hidden, zeros included. What a contract
/// owes and received is no statistic on persons: it is never masked; nor is anything for the facilitator or for the
/// national file.
public struct Secrecy: Sendable, Equatable {
  /// Who reads the table.
  public enum Audience: String, Sendable, CaseIterable {
    /// Sees everything, for she follows the persons.
    case facilitator
    /// The file of the national consolidation, which must hold true figures.
    case national
    case coordination, buyer, company, `public`

    /// Whether small numbers are hidden from it.
    public var isMasked: Bool { self != .facilitator && self != .national }

    /// The reader in words, with article.
    public var french: String {
      switch self {
      case .facilitator: "le facilitateur"
      case .national: "le fichier de la consolidation nationale"
      case .coordination: "la coordination"
      case .buyer: "l’acheteur"
      case .company: "l’entreprise"
      case .public: "le public"
      }
    }
  }

  /// What the numbers tell of.
  public enum Subject: String, Sendable, CaseIterable {
    /// Persons broken down by their attributes.
    case persons
    /// The performance of a contract: hours due, credited, missing.
    case performance
  }

  /// A number of the table: shown, or hidden with its hours.
  public struct Cell: Sendable, Equatable {
    /// The persons; nil where hidden.
    public let count: Int?
    /// The hours; nil where hidden, or where the table has none.
    public let hours: Hours?

    /// Whether it is hidden.
    public var isHidden: Bool { count == nil }
    /// What is shown in its place.
    public static let hiddenText = "masqué"
  }

  /// The cells, row by row.
  public let cells: [[Cell]]
  /// The total of each row.
  public let rowTotals: [Cell]
  /// The total of each column; one where the table has a single dimension.
  public let columnTotals: [Cell]
  /// The total of the table.
  public let total: Cell
  /// How it was reached.
  public let derivation: Derivation

  /// How many cells of the body are hidden.
  public var hiddenCells: Int { cells.joined().count(where: \.isHidden) }

  /// The table as an audience may see it; throws where the limit is missing from the figures.
  ///
  /// `earlier` is what was shown before of the same table: what it hid stays hidden.
  public static func applied(
    to table: CrossTable, for audience: Audience, subject: Subject = .persons, after earlier: Secrecy? = nil,
    on day: Day, figures: Figures
  ) throws(MissingFigure) -> Secrecy {
    let limit = try figures.counts.nearest(.secrecyMinimum, on: day)
    var derivation = Derivation()
    guard audience.isMasked, subject == .persons else {
      let why =
        subject == .performance
        ? "L’exécution d’un contrat n’est pas une statistique sur des personnes"
        : "Tout est montré pour \(audience.french)"
      derivation.step(why, gives: "rien n’est masqué")
      return Secrecy(table, hiding: .init(), derivation)
    }
    let pattern = SecrecySearch(
      table, limit: derivation.use(limit), keeping: earlier?.pattern ?? .init()
    ).pattern()
    let shown = Secrecy(table, hiding: pattern, derivation)
    derivation.step(
      "Nombres de 1 à \(French.integer(limit.value - 1)) personnes",
      gives: pattern.isEmpty ? "aucun, rien n’est masqué" : "masqués, avec leurs heures")
    if shown.hiddenCells > 0 {
      derivation.note(
        Finding(
          .information, "masked",
          "\(French.count(shown.hiddenCells, "case masquée", "cases masquées")) sur "
            + "\(French.integer(table.rows * table.columns))\(French.thin): les petits effectifs, et ceux qui "
            + "permettraient de les retrouver par différence."))
    }
    return Secrecy(table, hiding: pattern, derivation)
  }

  /// What is hidden.
  private var pattern: SecrecyPattern {
    var pattern = SecrecyPattern()
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() where cell.isHidden { pattern.hide(.cell(row, column)) }
    }
    for (row, cell) in rowTotals.enumerated() where cell.isHidden { pattern.hide(.row(row)) }
    for (column, cell) in columnTotals.enumerated() where cell.isHidden { pattern.hide(.column(column)) }
    return pattern
  }

  private init(_ table: CrossTable, hiding pattern: SecrecyPattern, _ derivation: Derivation) {
    func cell(_ count: Int, _ hours: Hours?, _ place: SecrecyPattern.Place) -> Cell {
      pattern.contains(place) ? Cell(count: nil, hours: nil) : Cell(count: count, hours: hours)
    }
    cells = (0..<table.rows).map { row in
      (0..<table.columns).map { cell(table.counts[row][$0], table.hours?[row][$0], .cell(row, $0)) }
    }
    rowTotals = (0..<table.rows).map { cell(table.rowCount($0), table.rowHours($0), .row($0)) }
    columnTotals = (0..<table.columns).map { cell(table.columnCount($0), table.columnHours($0), .column($0)) }
    total = cell(table.count, table.allHours, .total)
    self.derivation = derivation
  }
}

extension FigureKey where Value == Int {
  /// The number of persons from which a count is shown.
  public static var secrecyMinimum: Self { .init("secrecy.minimum") }
}
