/// What practice says of one purchase segment, or of one CPV code: the tables by code first, the segment's own ranges
/// where they are silent.
public struct SegmentFigures: Sendable, Equatable {
  /// Share of labour in the price.
  public let labourShare: FigureRange<Percent>?
  /// Share of the labour that a clause asks for.
  public let insertionRate: FigureRange<Percent>?
  /// Cost of an hour of work to the employer.
  public let hourlyCost: FigureRange<Euros>?
  /// How much skill the work asks for.
  public let technicity: Figure<Technicity>?
}

/// One of the fourteen purchase segments with its CPV codes and figures.
public struct SegmentSheet: Sendable, Equatable {
  /// The segment, its jobs, possibilities and ways in.
  public let segment: Figure<PurchaseSegment>
  /// The beginnings of its CPV codes, the shortest that say it.
  public let prefixes: [String]
  /// Its figures, read for its reference code.
  public let figures: SegmentFigures
  /// The CPV code that stands for it, whose figures are proposed.
  public var reference: CPVCode? { PurchaseSegments.code(segment.value.reference) }
  /// Its entry-level jobs.
  public var jobs: [EntryJob] { segment.value.jobs.value.all.compactMap { EntryJob($0) } }
}

/// The purchase segments of a day, found by code or by CPV code.
public struct PurchaseSegments: Sendable {
  /// Every segment, in the order of the reference file.
  public let all: [SegmentSheet]
  /// The code that stands for the cleaning of premises, where the take-over formula is established; nil without it.
  public let cleaning: CPVCode?

  private let families: CPVFamilies
  private let byCode: [String: SegmentSheet]
  private let shares: CPVTable<FigureRange<Percent>>
  private let rates: CPVTable<FigureRange<Percent>>
  private let costs: CPVTable<FigureRange<Euros>>
  private let technicities: CPVTable<Figure<Technicity>>

  /// The segments with the figures of a day.
  public init(figures: Figures, on day: Day) {
    func table<Value>(_ rows: [CPVRow<FigureRange<Value>>]) -> CPVTable<FigureRange<Value>> {
      CPVTable(rows.filter { $0.content.holds(on: day) }.map { ($0.prefix, $0.content) })
    }
    let shares = table(figures.labourShares)
    let rates = table(figures.insertionRates)
    let costs = table(figures.hourlyCosts)
    let technicities = CPVTable(
      figures.technicities.filter { $0.content.holds(on: day) }.map { ($0.prefix, $0.content) })
    let families = CPVFamilies(figures: figures, on: day)
    let prefixes = Self.prefixes(families.all)
    all = figures.segments.filter { $0.holds(on: day) }
      .map { segment in
        let code = Self.code(segment.value.reference)
        return SegmentSheet(
          segment: segment, prefixes: prefixes[segment.value.code] ?? [],
          figures: SegmentFigures(
            labourShare: code.flatMap { shares[$0] } ?? segment.value.labourShare,
            insertionRate: code.flatMap { rates[$0] },
            hourlyCost: code.flatMap { costs[$0] } ?? segment.value.hourlyCost,
            technicity: code.flatMap { technicities[$0] }))
      }
    byCode = Dictionary(all.map { ($0.segment.value.code, $0) }, uniquingKeysWith: { first, _ in first })
    cleaning = byCode[Calibration.cleaningSegment].flatMap { Self.code($0.segment.value.reference) }
    (self.shares, self.rates, self.costs) = (shares, rates, costs)
    (self.technicities, self.families) = (technicities, families)
  }

  /// The segment of a code, or nil.
  public func sheet(_ code: String) -> SegmentSheet? { byCode[code] }

  /// The segment that a CPV code belongs to; nil outside the fourteen.
  public func sheet(of cpv: CPVCode) -> SegmentSheet? {
    families.family(of: cpv)?.segment.flatMap { byCode[$0] }
  }

  /// The family that a CPV code belongs to.
  public func family(of cpv: CPVCode) -> CPVFamily? { families.family(of: cpv) }

  /// The figures of a CPV code; where the tables hold none, those of its segment.
  public func figures(of cpv: CPVCode) -> SegmentFigures {
    let sheet = sheet(of: cpv)
    return SegmentFigures(
      labourShare: shares[cpv] ?? sheet?.figures.labourShare, insertionRate: rates[cpv] ?? sheet?.figures.insertionRate,
      hourlyCost: costs[cpv] ?? sheet?.figures.hourlyCost, technicity: technicities[cpv] ?? sheet?.figures.technicity)
  }

  /// The code that begins with a prefix and goes on with zeros.
  static func code(_ prefix: String) -> CPVCode? {
    CPVCode(prefix + String(repeating: "0", count: max(0, 8 - prefix.utf8.count)))
  }

  /// The families of each segment that no wider family of the same segment covers.
  private static func prefixes(_ families: [CPVFamily]) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for family in families {
      guard let segment = family.segment else { continue }
      let nearest = families.filter { family.code.hasPrefix($0.code) && $0.code != family.code }
        .max { $0.code.utf8.count < $1.code.utf8.count }
      if nearest?.segment != segment { found[segment, default: []].append(family.code) }
    }
    return found
  }
}
