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

  static func table(_ structures: [Structures.Entry], activities: Activities) -> [InclusionOffer] {
    let lenders = counts(structures.filter { $0.kind.contribution == .lendsPeople })
    return activities.families.map { family in
      let performers = counts(
        structures.filter { structure in
          guard structure.kind.contribution == .performs, let naf = structure.naf else { return false }
          return activities.families(ofNAF: naf).contains(family)
        })
      return InclusionOffer(
        family: family.label, cpv: family.cpv, performers: performers, lenders: lenders,
        missing: missing(performers: performers, lenders: lenders))
    }
  }

  private static func counts(_ structures: [Structures.Entry]) -> [KindCount] {
    let groups = Dictionary(grouping: structures, by: \.kind)
    return StructureKind.allCases.compactMap { kind in
      groups[kind].map { KindCount(kind: kind, count: $0.count) }
    }
  }

  private static func missing(performers: [KindCount], lenders: [KindCount]) -> String? {
    switch (performers.isEmpty, lenders.isEmpty) {
    case (true, true):
      "Ni structure pour réaliser, ni structure pour mettre à disposition dans les listes importées\u{202F}: "
        + "élargissez aux départements voisins."
    case (true, false):
      "Aucune structure connue ne réalise cette prestation\u{202F}: passez par la mise à disposition de personnel."
    case (false, true):
      "Aucune structure connue ne met de personnel à disposition\u{202F}: "
        + "passez par la sous-traitance ou l’embauche directe."
    case (false, false): nil
    }
  }
}
