/// One of the fourteen purchase segments in which clauses are placed, with what practice says of it.
///
/// What the tables by CPV code already say (share of labour, rate, hourly cost, technicity) is read there; the ranges
/// here stand in only where those tables are silent.
public struct PurchaseSegment: FigureValue {
  /// Its stable code.
  public let code: String
  /// Its name in French.
  public let label: String
  /// The beginning of the CPV codes that speak for the segment in the tables by CPV code.
  public let reference: String
  /// Entry-level jobs: a code of the national directory of jobs (ROME) and its name.
  public let jobs: Figure<Words>
  /// How a clause is usually brought into such purchases: codes of the legal possibilities, the most usual first.
  public let possibilities: Figure<Words>
  /// Where people can begin, in French sentences without a full stop; of use above all where technicity is high.
  public let waysIn: Figure<Words>
  /// Share of labour where the tables by CPV code hold none.
  public let labourShare: FigureRange<Percent>?
  /// Cost of an hour where the tables by CPV code hold none.
  public let hourlyCost: FigureRange<Euros>?

  /// A segment from its parts.
  public init(
    code: String, label: String, reference: String, jobs: Figure<Words>, possibilities: Figure<Words>,
    waysIn: Figure<Words>, labourShare: FigureRange<Percent>? = nil, hourlyCost: FigureRange<Euros>? = nil
  ) {
    self.code = code
    self.label = label
    self.reference = reference
    self.jobs = jobs
    self.possibilities = possibilities
    self.waysIn = waysIn
    self.labourShare = labourShare
    self.hourlyCost = hourlyCost
  }

  /// Its name.
  public var figureText: String { label }
}

/// An entry-level job: its code in the national directory of jobs (ROME) and its name.
public struct EntryJob: Sendable, Hashable {
  /// One letter and four digits.
  public let rome: String
  /// Its name in French.
  public let name: String

  /// Reads `K2204 Nettoyage de locaux`; nil where the text does not begin with a code and a space.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count > 6, (0x41...0x4E).contains(bytes[0]), bytes[5] == 0x20,
      bytes[1...4].allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    rome = String(decoding: bytes[0..<5], as: UTF8.self)
    name = String(decoding: bytes[6...], as: UTF8.self)
  }
}

/// A rung of a published scale: so many hours for amounts under a bound.
public struct ScaleRung: FigureValue, Hashable {
  /// The amount under which it holds, itself left out; nil on the highest rung.
  public let under: Euros?
  /// The hours asked for.
  public let hours: Hours
  /// The duration that a contract needs for it, in months; nil where the scale asks for none.
  public let minimumMonths: Int?

  /// A rung from its parts.
  public init(under: Euros?, hours: Hours, minimumMonths: Int? = nil) {
    self.under = under
    self.hours = hours
    self.minimumMonths = minimumMonths
  }

  /// `moins de 100 000 € : 150 h`.
  public var figureText: String {
    let bound = under.map { "moins de \($0.figureText)" } ?? "au-delà"
    let months = minimumMonths.map { " (contrat de \($0)\(French.noBreak)mois ou plus)" } ?? ""
    return "\(bound)\(French.thin): \(hours.french)\(months)"
  }
}
