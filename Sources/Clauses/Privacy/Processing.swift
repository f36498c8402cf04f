/// A processing of personal data as the public register tells it; what rights give stands in the table of rights, only
/// their names stand here.
public struct Processing: FigureValue {
  /// Whether it takes place today.
  public enum State: String, Sendable, CaseIterable {
    /// It does.
    case running
    /// The program does not do it yet: nothing is kept.
    case planned
  }

  /// Its stable name.
  public let name: String
  /// On whom.
  public let people: String
  /// What for.
  public let purpose: String
  /// What allows it.
  public let basis: String
  /// What is kept.
  public let data: [String]
  /// The names of the rights that let someone see or change it.
  public let rights: [String]
  /// Who receives it outside of these rights.
  public let recipients: [String]
  /// How long, with figures by their names in braces: `{privacy.request.keptMonths}`.
  public let keeping: [String]
  /// What protects it.
  public let measures: [String]
  /// Whether it takes place today.
  public let state: State

  /// A processing from its parts.
  public init(
    name: String, people: String, purpose: String, basis: String, data: [String], rights: [String],
    recipients: [String], keeping: [String], measures: [String], state: State
  ) {
    (self.name, self.people, self.purpose, self.basis) = (name, people, purpose, basis)
    (self.data, self.rights, self.recipients) = (data, rights, recipients)
    (self.keeping, self.measures, self.state) = (keeping, measures, state)
  }

  /// Everything that it says, so that the digest of the figures sees any change.
  public var figureText: String {
    ([state.rawValue, people, purpose, basis] + data + rights + recipients + keeping + measures).joined(separator: " ")
  }

  /// How long, with the figures of a day in their places, and where each was read; throws where one is missing.
  public func keeping(
    on day: Day, figures: Figures
  ) throws(MissingFigure) -> (sentences: [String], figures: [FigureReference]) {
    var sentences: [String] = []
    var used: [FigureReference] = []
    for text in keeping {
      var sentence = ""
      for (place, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
        guard place > 0, let end = part.firstIndex(of: "}") else {
          sentence += part
          continue
        }
        let figure = try figures.counts.nearest(FigureKey<Int>(String(part[..<end])), on: day)
        if !used.contains(figure.reference) { used.append(figure.reference) }
        sentence += figure.french
        sentence += part[part.index(after: end)...]
      }
      sentences.append(sentence)
    }
    return (sentences, used)
  }
}
