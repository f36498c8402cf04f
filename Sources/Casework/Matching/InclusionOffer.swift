public import Clauses
import Records

/// Who could perform a family of purchases in a territory, or lend people for it.
public struct InclusionOffer: Sendable, Equatable {
  /// How many structures of a kind.
  public struct KindCount: Sendable, Equatable {
    /// What they are (EI, ACI…).
    public var kind: StructureKind
    /// Structures of this kind, never 0 in an offer.
    public var count: Int
    /// A count from its parts.
    public init(kind: StructureKind, count: Int) {
      self.kind = kind
      self.count = count
    }
  }

  /// The family's name.
  public var family: String
  /// The beginnings of its CPV codes.
  public var cpv: [String]
  /// Structures whose activity is in the family, by kind.
  public var performers: [KindCount]
  /// Structures that lend people, whatever the family, by kind.
  public var lenders: [KindCount]
  /// What is missing, in French; nil where nothing is.
  public var missing: String?

  /// An offer from its parts; views' tests build it by hand.
  public init(family: String, cpv: [String], performers: [KindCount], lenders: [KindCount], missing: String?) {
    self.family = family
    self.cpv = cpv
    self.performers = performers
    self.lenders = lenders
    self.missing = missing
  }

  /// A line a family, then one for the structures whose main activity says no trade.
  static func table(
    _ structures: [Structures.Entry], activities: Activities, listsAreComplete: Bool
  ) -> [InclusionOffer] {
    let lenders = counts(structures.filter { $0.kind.contribution == .lendsPeople })
    let performers = structures.filter { $0.kind.contribution == .performs }
    let vague = counts(performers.filter { $0.naf.map { activities.families(ofNAF: $0).isEmpty } ?? true })
    var table = activities.families.map { family in
      let able = counts(performers.filter { $0.naf.map { activities.families(ofNAF: $0).contains(family) } ?? false })
      return InclusionOffer(
        family: family.label, cpv: family.cpv, performers: able, lenders: lenders,
        missing: missing(able, lenders, vague: vague, listsAreComplete: listsAreComplete))
    }
    if !vague.isEmpty {
      table.append(
        InclusionOffer(
          family: "Métier non précisé par les listes", cpv: [], performers: vague, lenders: [],
          missing: "À appeler\u{202F}: leur activité principale ne dit pas ce qu’elles savent réaliser."))
    }
    return table
  }

  private static func counts(_ structures: [Structures.Entry]) -> [KindCount] {
    let groups = Dictionary(grouping: structures, by: \.kind)
    return StructureKind.allCases.compactMap { kind in
      groups[kind].map { KindCount(kind: kind, count: $0.count) }
    }
  }

  private static func missing(
    _ performers: [KindCount], _ lenders: [KindCount], vague: [KindCount], listsAreComplete: Bool
  ) -> String? {
    var gaps: [String] = []
    if performers.isEmpty {
      gaps.append(
        vague.isEmpty
          ? "aucune structure connue ne réalise cette prestation"
          : "aucune structure connue sous ce métier, à demander à celles dont le métier n’est pas précisé")
    }
    if lenders.isEmpty { gaps.append("aucune structure connue ne met de personnel à disposition") }
    guard let first = gaps.first else { return nil }
    let sentence = gaps.count == 1 ? first : "\(first)\u{202F}; \(gaps[1])"
    return listsAreComplete
      ? "\(sentence.prefix(1).uppercased())\(sentence.dropFirst())." : "À vérifier\u{202F}: \(sentence)."
  }
}
