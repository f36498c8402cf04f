/// The name of a reference figure, with the type of its value.
public struct FigureKey<Value: FigureValue>: Sendable, Hashable {
  /// The figure's stable name.
  public let id: String
  /// The key of the figure so named.
  public init(_ id: String) { self.id = id }
}

/// Reference figures of one type, found by name and day.
public struct FigureTable<Value: FigureValue>: Sendable, Equatable {
  /// Every figure, the layers above first, each layer in its own order.
  public let all: [Figure<Value>]
  private let byID: [String: [Figure<Value>]]

  /// A table; where several figures of one name hold on a day, the first one wins.
  public init(_ figures: [Figure<Value>]) {
    all = figures
    byID = Dictionary(grouping: figures, by: \.id)
  }

  /// The figure that holds on a day, or nil.
  public subscript(key: FigureKey<Value>, on day: Day) -> Figure<Value>? {
    byID[key.id]?.first { $0.holds(on: day) }
  }

  /// The figure that holds on a day.
  ///
  /// Throws where none does: the sentence says which file to complete.
  public func figure(_ key: FigureKey<Value>, on day: Day) throws(MissingFigure) -> Figure<Value> {
    guard let figure = self[key, on: day] else { throw MissingFigure(id: key.id, day: day) }
    return figure
  }

  /// The figure that holds on a day or, past the last known one, the one that held last before it; before the first
  /// known one, the first.
  ///
  /// For what is published for two years at a time and must still be compared with afterwards.
  public func nearest(_ key: FigureKey<Value>, on day: Day) throws(MissingFigure) -> Figure<Value> {
    if let figure = self[key, on: day] { return figure }
    let known = byID[key.id] ?? []
    let past = known.filter { figure in figure.to.map { $0 < day } ?? false }
      .max { ($0.to ?? day) < ($1.to ?? day) }
    let coming = known.filter { figure in figure.from.map { $0 > day } ?? false }
      .min { ($0.from ?? day) < ($1.from ?? day) }
    guard let figure = past ?? coming else { throw MissingFigure(id: key.id, day: day) }
    return figure
  }
}

/// A reference figure that a rule needs and that no file gives for the day.
public struct MissingFigure: Error, Equatable, CustomStringConvertible {
  /// The figure's name.
  public let id: String
  /// The day for which it was asked.
  public let day: Day

  /// What is missing and how to mend it, in French.
  public var description: String {
    "La donnée de référence «\(French.noBreak)\(id)\(French.noBreak)» manque pour le \(day.french)\(French.thin): "
      + "ajoutez-la, avec ses dates, sa source et son statut, dans un fichier du dossier des données de référence."
  }
}
