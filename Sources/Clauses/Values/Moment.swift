/// A moment in universal time, in whole milliseconds since 1 January 1970.
public struct Moment: Sendable, Hashable, Comparable {
  /// Milliseconds since 1 January 1970, 00:00 UTC.
  public let milliseconds: Int64

  /// A moment from its count of milliseconds.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Reads exactly `2026-11-21T09:30:00.000Z`; nil for anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A, bytes[19] == 0x2E,
      bytes[23] == 0x5A, let day = Day(text.prefix(10)), let hour = Int(text.utf8Slice(11, 2)),
      let minute = Int(text.utf8Slice(14, 2)), let second = Int(text.utf8Slice(17, 2)),
      let thousandths = Int(text.utf8Slice(20, 3)), (0..<24).contains(hour), (0..<60).contains(minute),
      (0..<60).contains(second), (0..<1000).contains(thousandths)
    else { return nil }
    milliseconds =
      Int64(day.number) * Moment.day + Int64(hour * 3_600_000 + minute * 60_000 + second * 1000 + thousandths)
  }

  private static let day: Int64 = 86_400_000

  /// The moment some seconds later, or earlier where they are negative.
  public func adding(seconds: Int64) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }

  /// The moment some minutes later.
  public func adding(minutes: Int64) -> Moment { adding(seconds: minutes * 60) }

  /// The moment some hours later.
  public func adding(hours: Int64) -> Moment { adding(seconds: hours * 3600) }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

  /// The day in universal time.
  public var universalDay: Day {
    let days = milliseconds >= 0 ? milliseconds / Moment.day : (milliseconds - Moment.day + 1) / Moment.day
    return Day(number: Int32(clamping: days))
  }

  /// Whether one comes before the other.
  public static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }
}

extension Moment: CustomStringConvertible {
  /// `2026-11-21T09:30:00.000Z`.
  public var description: String {
    let day = universalDay
    let rest = Int(milliseconds - Int64(day.number) * Moment.day)
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60)
    let (second, thousandth) = (rest / 1000 % 60, rest % 1000)
    return "\(day)T\(French.padded(hour, 2)):\(French.padded(minute, 2)):\(French.padded(second, 2))."
      + "\(French.padded(thousandth, 3))Z"
  }
}

extension String {
  fileprivate func utf8Slice(_ start: Int, _ count: Int) -> Substring {
    let from = utf8.index(startIndex, offsetBy: start)
    return self[from..<utf8.index(from, offsetBy: count)]
  }
}
