/// How many inclusion structures of a département are known.
public struct StructuresNearby: Sendable, Hashable {
  /// Structures of the département in the lists imported; one SIRET under two kinds counts twice.
  public let count: Int
  /// Whether the list is known not to be whole, so that a small number proves nothing.
  public let listIsPartial: Bool

  /// A count and what it is worth.
  public init(count: Int, listIsPartial: Bool) {
    self.count = count
    self.listIsPartial = listIsPartial
  }
}
