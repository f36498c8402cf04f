extension FigureKey where Value == Int {
  /// Months during which a decision of eligibility waits for the hire.
  public static var decisionMonths: Self { .init("eligibility.decisionMonths") }
  /// Months counted from the first day of a contract, when nothing narrower is known.
  public static var countingMonths: Self { .init("eligibility.countingMonths") }
  /// Months counted from the first day of an open-ended contract where the contract says so.
  public static var countingMonthsLong: Self { .init("eligibility.countingMonths.longOpenEnded") }
  /// Months counted from the first day of a contract, for a public, a modality or both; an optional figure, for
  /// territories to set.
  public static func countingMonths(category: String?, modality: Modality?) -> Self {
    let parts = ["eligibility.countingMonths", category, modality?.rawValue]
    return .init(parts.compactMap(\.self).joined(separator: "."))
  }
  /// Most months of suspension over one window.
  public static var suspensionMonths: Self { .init("eligibility.suspensionMonths") }
  /// Criteria of the second level that make someone eligible where a kind of structure employs.
  public static func secondLevelNeeded(_ kind: StructureKind) -> Self {
    .init("eligibility.secondLevel.\(kind.rawValue)")
  }
}
