/// A reference figure: a value that law, practice or a choice gives for a time, with where it comes from and how sure
/// it is.
public struct Figure<Value: FigureValue>: Sendable, Equatable {
  /// Its stable name, such as `threshold.works`.
  public let id: String
  /// What it is, in French.
  public let label: String
  /// The value itself.
  public let value: Value
  /// What it counts, in French (`mois`, `structures`); nil where the value says it itself.
  public let unit: String?
  /// The first day on which it holds; nil: always did.
  public let from: Day?
  /// The last day on which it holds; nil: no end is known.
  public let to: Day?
  /// Where it was read, in French.
  public let source: String
  /// How sure it is.
  public let status: FigureStatus
  /// What a reader should know besides, in French.
  public let note: String?

  /// A figure from its parts.
  public init(
    id: String, label: String, value: Value, unit: String? = nil, from: Day? = nil, to: Day? = nil, source: String,
    status: FigureStatus, note: String? = nil
  ) {
    self.id = id
    self.label = label
    self.value = value
    self.unit = unit
    self.from = from
    self.to = to
    self.source = source
    self.status = status
    self.note = note
  }

  /// Whether it holds on a day.
  public func holds(on day: Day) -> Bool {
    if let from, day < from { return false }
    if let to, day > to { return false }
    return true
  }

  /// The value in French with its unit, `5 404 000 €` or `2 mois`.
  public var french: String {
    guard let unit else { return value.figureText }
    return "\(value.figureText)\(French.noBreak)\(unit)"
  }

  /// The figure as a page shows it beside a result.
  public var reference: FigureReference {
    FigureReference(
      id: id, label: label, value: french, from: from, to: to, source: source, status: status, note: note)
  }
}

/// What a reference figure may hold.
public protocol FigureValue: Sendable, Equatable {
  /// The value in French, without unit; also what the digest of the figures reads.
  var figureText: String { get }
}

extension Euros: FigureValue {
  /// `5 404 000 €`, with cents only where there are some.
  public var figureText: String { cents % 100 == 0 ? frenchWhole : french }
}

extension Percent: FigureValue {
  /// `5 %`.
  public var figureText: String { french }
}

extension Hours: FigureValue {
  /// `150 h`.
  public var figureText: String { french }
}

extension Day: FigureValue {
  /// `22/08/2026`.
  public var figureText: String { french }
}

extension Int: FigureValue {
  /// `1 607`.
  public var figureText: String { French.integer(self) }
}

/// Words that a rule looks for in a text.
public struct Words: FigureValue {
  /// The words or phrases, as a person writes them.
  public let all: [String]
  /// A list of words.
  public init(_ all: [String]) { self.all = all }
  /// `« entretien », « maintenance »`.
  public var figureText: String {
    French.list(all.map { "«\(French.noBreak)\($0)\(French.noBreak)»" }, last: "ou")
  }
}

/// How sure a reference figure is; what is not verified is a default that a user may change.
public enum FigureStatus: String, Sendable, CaseIterable {
  /// Read in the source named.
  case verified
  /// Computed or inferred from a verified fact.
  case derived
  /// Usual in the field, not read again in a source.
  case memory
  /// Looked for and not found, or sources disagree.
  case open

  /// The status as users read it.
  public var french: String {
    switch self {
    case .verified: "vérifié"
    case .derived: "déduit"
    case .memory: "usage courant, à confirmer localement"
    case .open: "question ouverte"
    }
  }
}

/// A figure as a result names it: value in French, source and status.
public struct FigureReference: Sendable, Hashable {
  /// The figure's stable name.
  public let id: String
  /// What it is, in French.
  public let label: String
  /// The value with its unit, in French.
  public let value: String
  /// The first day on which it holds.
  public let from: Day?
  /// The last day on which it holds.
  public let to: Day?
  /// Where it was read.
  public let source: String
  /// How sure it is.
  public let status: FigureStatus
  /// What a reader should know besides.
  public let note: String?
}
