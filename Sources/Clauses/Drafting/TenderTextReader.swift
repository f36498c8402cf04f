/// Reads what a tender document says of the insertion clause from the text that a buyer pasted, lot by lot.
///
/// Nothing is guessed in silence: every value comes with the words that it was read from, and a second value for the
/// same thing is told beside the one that is kept. Of a range of hours the lower end is kept: it is what the company owes.
/// Three figures after a comma (« 1,688 ») are not read, since nobody can tell thousands from thousandths.
public struct TenderTextReader: Sendable {
  /// How many signs of a text are read, counted in Unicode scalars; what follows is left out.
  public static let mostSigns = 200_000
  /// The longest extract, in Unicode scalars.
  public static let longestExtract = 160

  /// Something that a document may say of a lot.
  public enum Field: String, Sendable, CaseIterable {
    case hours, contact, publics, possibility, articles, ccagClause, criterionWeight, penalty, frequency, reviewClause
    case pooling

    /// The thing as users read it.
    public var french: String {
      switch self {
      case .hours: "heures d’insertion"
      case .contact: "contact du facilitateur"
      case .publics: "publics éligibles"
      case .possibility: "possibilité retenue"
      case .articles: "articles cités"
      case .ccagClause: "article du CCAG"
      case .criterionWeight: "pondération du critère"
      case .penalty: "pénalité par heure non réalisée"
      case .frequency: "périodicité des relevés"
      case .reviewClause: "clause de réexamen"
      case .pooling: "globalisation"
      }
    }
  }

  /// A value understood, with the words that it was read from.
  public struct Reading: Sendable, Equatable {
    /// What was understood.
    public let field: Field
    /// The value in French.
    public let value: String
    /// The words around it, on one line.
    public let extract: String
    /// Where it begins in the text given, counted in Unicode scalars.
    public let offset: Int
    /// Whether the mention holds it; otherwise it contradicts a value that is surer or that came first.
    public let isKept: Bool
  }

  /// What a document says of one lot.
  public struct LotReading: Sendable, Equatable {
    /// The lot, as it was named to the reader.
    public let lot: String
    /// The values to compare with the other documents.
    public let mention: TenderDossier.Mention
    /// Where each value was read, in the order of the text.
    public let readings: [Reading]
    /// What was not found.
    public var missing: [Field] {
      let found = Set(readings.map(\.field))
      return Field.allCases.filter { !found.contains($0) }
    }
  }

  private let lots: [String]
  private let names: TenderLots.Names
  private let publics: PublicsFinder
  private let law: TenderLaw

  /// A reader for a contract: its lots (none, "" or "unique" where it has no lots), the publics to recognise by name, and
  /// the figures that say which articles found which possibility on the day of the consultation.
  public init(lots: [String], publics: [String] = [], figures: Figures, on day: Day) {
    self.lots = lots.isEmpty ? [""] : lots
    names = TenderLots.Names(self.lots)
    self.publics = PublicsFinder(publics)
    law = TenderLaw(figures: figures, on: day)
  }

  /// The mentions of the lots of which something was read; a lot of which the text says nothing has none.
  public func mentions(
    of document: TenderDossier.Document, in text: String
  ) -> [(lot: String, mention: TenderDossier.Mention)] {
    read(document, in: text).filter { !$0.readings.isEmpty }.map { ($0.lot, $0.mention) }
  }

  /// What a document says of every lot, with the words that it was read from.
  public func read(_ document: TenderDossier.Document, in text: String) -> [LotReading] {
    let read = TenderText(text, limit: Self.mostSigns)
    let places = TenderLots(read, names: names)
    var finder = FactsFinder(text: read, lots: places, law: law)
    finder.run()
    let hours = HoursFinder(text: read, lots: places, hasSeveralLots: lots.count > 1).all()
    let facts =
      finder.facts + publics.facts(read, places)
      + hours.map { found in
        TenderFact(
          value: .hours(Hours(hundredths: found.value), upTo: found.upper.map { Hours(hundredths: $0) }),
          scope: found.scope, rank: found.rank, tokens: found.tokens)
      }
    let wording = read.unwrapped
    var described = Described(text: read)
    return lots.enumerated().map { place, name in
      var sheet = TenderLotSheet(document)
      sheet.take(facts.filter { $0.scope.holds(place) })
      if !wording.isEmpty { sheet.mention.wording = wording }
      return LotReading(lot: name, mention: sheet.mention, readings: sheet.readings { described.reading($0, $1) })
    }
  }

  /// Extracts, each made once for all the lots.
  private struct Described {
    let text: TenderText
    private var extracts: [Range<Int>: String] = [:]

    init(text: TenderText) { self.text = text }

    mutating func reading(_ fact: TenderFact, _ isKept: Bool) -> Reading {
      let extract = extracts[fact.tokens] ?? text.extract(around: fact.tokens, longest: longestExtract)
      extracts[fact.tokens] = extract
      return Reading(
        field: fact.value.field, value: fact.value.french, extract: extract, offset: text.place(of: fact.tokens),
        isKept: isKept)
    }
  }
}
