/// What inclusion structures do, in words, and which purchases they can perform, by their main activity code
/// (NAF rév. 2).
public struct Activities: Sendable, Equatable {
  /// A family of purchases with the activities that can perform it.
  public struct Family: Sendable, Equatable {
    /// A short identifier, such as `nettoyage`.
    public let id: String
    /// Its name on pages.
    public let label: String
    /// The beginnings of the CPV codes of these purchases.
    public let cpv: [String]
    /// The beginnings of the NAF codes of the structures that can perform them.
    public let naf: [String]

    /// A family from its parts.
    public init(id: String, label: String, cpv: [String], naf: [String]) {
      self.id = id
      self.label = label
      self.cpv = cpv
      self.naf = naf
    }
  }

  private let labels: [String: String]
  /// The families, in the order of pages.
  public let families: [Family]
  /// What the main activity code does not say, in French; shown wherever families are.
  public let caution: String

  /// Activities from their labels by NAF prefix and the families of purchases.
  public init(labels: [String: String], families: [Family], caution: String) {
    self.labels = labels
    self.families = families
    self.caution = caution
  }

  /// An activity in words, by the longest prefix known; nil where none is.
  public func label(ofNAF code: String) -> String? {
    let signs = code.filter { $0 != "." && $0 != " " }
    for length in stride(from: min(signs.count, 5), through: 1, by: -1) {
      if let label = labels[String(signs.prefix(length))] { return label }
    }
    return nil
  }

  /// The families that structures of an activity can perform.
  public func families(ofNAF code: String) -> [Family] {
    let signs = code.filter { $0 != "." && $0 != " " }
    return families.filter { family in family.naf.contains { signs.hasPrefix($0) } }
  }
}
