extension FigureKey where Value == Int {
  /// Criteria of the second level that make someone eligible where a kind of structure employs.
  public static func secondLevelNeeded(_ kind: StructureKind) -> Self {
    .init("eligibility.secondLevel.\(kind.rawValue)")
  }
}
