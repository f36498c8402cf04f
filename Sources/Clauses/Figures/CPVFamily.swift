/// A family of purchases: a division or a group of the CPV with the label that pages show.
public struct CPVFamily: FigureValue, Hashable {
  /// The digits that its codes begin with.
  public let code: String
  /// Its name in French.
  public let label: String
  /// The purchase segment that it belongs to, by its code; nil outside the fourteen.
  public let segment: String?

  /// A family from its parts.
  public init(code: String, label: String, segment: String?) {
    self.code = code
    self.label = label
    self.segment = segment
  }

  /// Its name.
  public var figureText: String { label }
}

/// A département or an overseas territory that has a code of a département.
public struct Departement: FigureValue, Hashable {
  /// Its code.
  public let code: DepartementCode
  /// Its name in French.
  public let name: String

  /// A département from its parts.
  public init(code: DepartementCode, name: String) {
    self.code = code
    self.name = name
  }

  /// Its name.
  public var figureText: String { name }
}

/// Families found by code, for pages and filters.
public struct CPVFamilies: Sendable {
  /// Every family, by code.
  public let all: [CPVFamily]
  private let table: CPVTable<CPVFamily>

  /// The families that hold on a day.
  public init(figures: Figures, on day: Day) {
    let rows = figures.families.filter { $0.content.holds(on: day) }
    table = CPVTable(rows.map { ($0.prefix, $0.content.value) })
    var seen: Set<String> = []
    all = rows.map(\.content.value).filter { seen.insert($0.code).inserted }.sorted { $0.code < $1.code }
  }

  /// The narrowest family that a code belongs to, or nil.
  public func family(of code: CPVCode) -> CPVFamily? { table[code] }
}
