/// A wording of the library: an article of one piece, used where a lot calls for it, with what to watch beside it.
///
/// Its text is a list of paragraphs. One that begins with `- ` is an item of a list; one that is `{tableau:lots}`,
/// `{tableau:engagement}`, `{tableau:grille}` or `{liste:publics}` stands for what the dossier holds; in any other, a
/// ``WordingVariable`` in braces is replaced. Signs are in French, since facilitators write them.
public struct Wording: FigureValue, Hashable {
  /// What must hold of the consultation for the wording to be used.
  public enum Condition: String, Sendable, Hashable, CaseIterable {
    /// Hours are due.
    case hours
    /// Pooling is admitted.
    case pooling
    /// The contract refers to general conditions.
    case ccag
    /// It refers to none.
    case noCCAG
    /// Several lots have a clause.
    case severalLots
    /// One lot, or the whole contract, has a clause.
    case oneLot
  }

  /// Whose contracts it is written for.
  public enum Sector: String, Sendable, Hashable, CaseIterable { case `public`, `private` }

  /// Whether someone of the law has read it.
  public enum Review: Sendable, Hashable {
    /// Nobody has.
    case proposed
    /// Who, and on which day.
    case reviewed(by: String, on: Day)

    /// `modèle proposé` or `relu par … le 21/11/2026`.
    public var french: String {
      switch self {
      case .proposed: "modèle proposé"
      case .reviewed(let who, let day): "relu par \(who) le \(day.french)"
      }
    }
  }

  /// A line of a scoring grid.
  public struct GridLine: Sendable, Hashable {
    /// What is judged.
    public let criterion: String
    /// Its share of the criterion.
    public let share: Percent
    /// What is looked at.
    public let looksAt: String

    /// A line from its parts.
    public init(criterion: String, share: Percent, looksAt: String) {
      (self.criterion, self.share, self.looksAt) = (criterion, share, looksAt)
    }
  }

  /// Its stable name, such as `particularClauses.penalties`.
  public var code: String
  /// The heading of the article.
  public var title: String
  /// The piece that it belongs to.
  public var piece: TenderPiece
  /// Its place in the piece; wordings of the same place are variants of each other.
  public var rank: Int
  /// The possibilities that call for it.
  public var possibilities: Set<Possibility>
  /// For reserved lots, the families that call for it; empty for all.
  public var families: Set<ReservedFamily> = []
  /// Whose contracts it is for.
  public var sectors: Set<Sector> = [.public]
  /// What must hold besides.
  public var conditions: Set<Condition> = []
  /// Its paragraphs.
  public var text: [String]
  /// The scoring grid that `{tableau:grille}` stands for.
  public var grid: [GridLine] = []
  /// What the buyer and the facilitator should watch.
  public var vigilance: [String] = []
  /// The articles of law that it rests on.
  public var articles: [String] = []
  /// Grows when its text changes.
  public var version: Int
  /// Whether someone of the law has read it.
  public var review: Review = .proposed

  /// A wording; the rest is filled in afterwards.
  public init(
    code: String, title: String, piece: TenderPiece, rank: Int, possibilities: Set<Possibility>, text: [String],
    version: Int
  ) {
    (self.code, self.title, self.piece, self.rank) = (code, title, piece, rank)
    (self.possibilities, self.text, self.version) = (possibilities, text, version)
  }

  /// Version, paragraphs, notes and what calls for it: whatever changes a document.
  public var figureText: String {
    let calls = [
      possibilities.map(\.rawValue).sorted(), families.map(\.rawValue).sorted(), sectors.map(\.rawValue).sorted(),
      conditions.map(\.rawValue).sorted(), grid.map { "\($0.criterion) \($0.share.french) \($0.looksAt)" },
    ]
    .joined()
    return ([title, piece.rawValue, "\(rank)", "\(version)"] + calls + text + vigilance + articles)
      .joined(separator: "\n")
  }

  /// Whether the text puts something of the dossier in, by its sign: `heures`, `tableau:lots`.
  public func uses(_ sign: String) -> Bool { text.contains { $0.contains("{\(sign)}") } }

  /// What stands in braces in some paragraphs and means nothing, as it is written; brackets left open included.
  public static func unknownSigns(in text: [String]) -> [String] {
    let known = Set(WordingVariable.allCases.map { "{\($0.rawValue)}" })
    var unknown: [String] = []
    for paragraph in text where WordingBlock(rawValue: paragraph) == nil {
      for part in parts(of: paragraph) where part.first == "{" || part.contains("}") {
        if !known.contains(part) { unknown.append(part) }
      }
    }
    return unknown
  }

  /// A paragraph cut into plain text and signs in braces, which keep their braces.
  static func parts(of paragraph: String) -> [String] {
    var parts: [String] = []
    var rest = paragraph[...]
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(String(rest[..<open])) }
      guard let close = rest[open...].firstIndex(of: "}") else {
        parts.append(String(rest[open...]))
        return parts
      }
      parts.append(String(rest[open...close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(String(rest)) }
    return parts
  }
}

/// A whole paragraph of a wording that stands for a table or a list.
public enum WordingBlock: String, Sendable, Hashable, CaseIterable {
  /// The lots with their possibility and hours.
  case lots = "{tableau:lots}"
  /// What the company fills in, lot by lot.
  case commitment = "{tableau:engagement}"
  /// How the criterion is scored.
  case grid = "{tableau:grille}"
  /// The people whom the clause is for.
  case publics = "{liste:publics}"
  /// The articles of the code, a line for the lots that rest on the same ones.
  case articles = "{liste:articles}"

  /// What it is, for people.
  public var french: String {
    switch self {
    case .lots: "tableau des lots, avec leur possibilité et leurs heures"
    case .commitment: "tableau que l’entreprise remplit"
    case .grid: "grille de notation du critère"
    case .publics: "liste des publics éligibles"
    case .articles: "liste des articles du code, pour chaque lot"
    }
  }
}

/// What a wording takes from the dossier, by its name in braces.
public enum WordingVariable: String, Sendable, Hashable, CaseIterable {
  case buyer = "acheteur"
  case object = "objet"
  case place = "lieu"
  case months = "duree"
  case lots
  case hours = "heures"
  case body = "structure"
  case contact
  case ccagArticle = "article-ccag"
  case articles
  case frequency = "periodicite"
  case declarationDay = "jour-releve"
  case penaltyHour = "penalite-heure"
  case penaltyDocument = "penalite-piece"
  case noticeDays = "mise-en-demeure"
  case kickoffDays = "reunion"
  case documentDays = "delai-piece"
  case criterionWeight = "ponderation"
  case reservedFor = "reserve-a"
  case reservedShare = "part-reservee"
  case counting = "decompte"
  case dataController = "responsable-donnees"

  /// What it is, for people; also what a gap in a document asks for.
  public var french: String {
    switch self {
    case .buyer: "nom de l’acheteur"
    case .object: "objet du marché"
    case .place: "lieu d’exécution"
    case .months: "durée du marché"
    case .lots: "lots concernés"
    case .hours: "nombre d’heures"
    case .body: "structure qui facilite la clause"
    case .contact: "nom, téléphone et courriel du facilitateur ou de la facilitatrice"
    case .ccagArticle: "article du CCAG"
    case .articles: "articles du code"
    case .frequency: "périodicité des relevés d’heures"
    case .declarationDay: "jour de remise des relevés"
    case .penaltyHour: "pénalité pour une heure non réalisée"
    case .penaltyDocument: "pénalité pour un document non remis"
    case .noticeDays: "délai laissé par la mise en demeure"
    case .kickoffDays: "délai de la réunion de lancement"
    case .documentDays: "délai pour remettre un document demandé"
    case .criterionWeight: "pondération du critère d’insertion"
    case .reservedFor: "à qui le lot est réservé"
    case .reservedShare: "part minimale de bénéficiaires"
    case .counting: "heures qui comptent"
    case .dataController: "responsable du traitement des données"
    }
  }
}
