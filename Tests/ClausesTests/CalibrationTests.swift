import Clauses
import Testing

@Suite struct CalibrationTests {
  @Test func `T1: one million of works at half labour, five percent and thirty euros gives 833 hours`() {
    let exact = Calibration.exactHours(
      amount: Euros(1_000_000), labourShare: Percent(50), rate: Percent(5), hourlyCost: Euros(30))
    let whole = Calibration.hours(
      amount: Euros(1_000_000), labourShare: Percent(50), rate: Percent(5), hourlyCost: Euros(30))
    #expect(exact == Hours(hundredths: 83_333))
    #expect(whole == Hours(833))
  }

  @Test func `T2: a million and a half at seventy percent of labour and ten percent gives 3500 hours`() {
    let labour = Calibration.hours(
      amount: Euros(1_500_000), labourShare: Percent(70), rate: Percent(100), hourlyCost: Euros(30))
    let due = Calibration.hours(
      amount: Euros(1_500_000), labourShare: Percent(70), rate: Percent(10), hourlyCost: Euros(30))
    #expect(labour == Hours(35_000))
    #expect(due == Hours(3500))
  }

  @Test(arguments: [(14, 0), (15, 1), (44, 1), (45, 2)] as [(Int, Int)])
  func `the half hour is rounded up from the exact quotient`(euros: Int, hours: Int) {
    #expect(
      Calibration.hours(amount: Euros(euros), labourShare: Percent(100), rate: Percent(100), hourlyCost: Euros(30))
        == Hours(hours))
  }

  @Test func `rounding to the hour never goes through the hundredth`() {
    // 833.4986 h is 833.50 to the hundredth and yet 833 to the hour.
    let amount = Euros(cents: 2_500_496)
    #expect(
      Calibration.exactHours(amount: amount, labourShare: Percent(100), rate: Percent(100), hourlyCost: Euros(30))
        == Hours(hundredths: 83_350))
    #expect(
      Calibration.hours(amount: amount, labourShare: Percent(100), rate: Percent(100), hourlyCost: Euros(30))
        == Hours(833))
  }

  @Test func `the greatest amounts do not overflow`() throws {
    let amount = try #require(Euros(decimal: "1000000000000000"))
    #expect(
      Calibration.hours(amount: amount, labourShare: Percent(100), rate: Percent(100), hourlyCost: Euros(100))
        == Hours(10_000_000_000_000))
    #expect(
      Calibration.hours(amount: amount, labourShare: Percent(100), rate: Percent(100), hourlyCost: Euros(cents: 1))
        == nil)
  }

  @Test func `a cost that is nothing or a negative amount gives no hours`() {
    #expect(Calibration.hours(amount: Euros(1), labourShare: Percent(1), rate: Percent(1), hourlyCost: Euros(0)) == nil)
    #expect(
      Calibration.hours(amount: Euros(-1), labourShare: Percent(1), rate: Percent(1), hourlyCost: Euros(1)) == nil)
  }
}
