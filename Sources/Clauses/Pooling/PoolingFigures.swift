extension FigureKey where Value == Int {
  /// Shortest usual time over which hours are pooled, in months.
  public static var poolingLeastMonths: Self { .init("pooling.leastMonths") }
  /// Longest usual time over which hours are pooled, in months.
  public static var poolingMostMonths: Self { .init("pooling.mostMonths") }
}
