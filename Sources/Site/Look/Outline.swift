/// An outline as the base keeps it: `x y width height|` and an SVG path of `M x y`, relative `l dx dy…` and `z`, in whole numbers.
struct Outline: Equatable {
  private struct Point: Equatable {
    var x: Int
    var y: Int
  }

  private let rings: [[Point]]

  private init(rings: [[Point]]) { self.rings = rings }

  /// Reads an outline, with or without its box; nil where no ring can be read.
  init?(_ stored: String) {
    let path = stored.split(separator: "|", omittingEmptySubsequences: false).last ?? ""
    var rings: [[Point]] = []
    for text in path.utf8.split(separator: UInt8(ascii: "z")) {
      guard let ring = Self.ring(text), ring.count > 2 else { continue }
      rings.append(ring)
    }
    guard !rings.isEmpty else { return nil }
    self.init(rings: rings)
  }

  /// The corners of `M x y l dx dy dx dy…`; nil for anything else.
  private static func ring(_ text: Substring.UTF8View) -> [Point]? {
    guard let start = text.firstIndex(of: UInt8(ascii: "M")) else { return nil }
    var numbers: [Int] = []
    var number = 0
    var sign = 1
    var digits = 0
    for byte in text[text.index(after: start)...] {
      switch byte {
      case 0x30...0x39:
        guard digits < 9 else { return nil }
        number = number * 10 + Int(byte - 0x30)
        digits += 1
      case 0x20, 0x2C, 0x2D, 0x6C:
        if digits > 0 { numbers.append(sign * number) }
        (number, sign, digits) = (0, byte == 0x2D ? -1 : 1, 0)
      default: return nil
      }
    }
    if digits > 0 { numbers.append(sign * number) }
    guard numbers.count >= 2, numbers.count % 2 == 0 else { return nil }
    var point = Point(x: 0, y: 0)
    return stride(from: 0, to: numbers.count, by: 2).map { index in
      point = Point(x: point.x + numbers[index], y: point.y + numbers[index + 1])
      return point
    }
  }

  /// The same outline on a grid that is `step` times coarser, in units of that grid; neighbours still fit together.
  ///
  /// Rings that shrink to less than a triangle are left out; nil where none remains.
  func coarse(by step: Int) -> Outline? {
    func down(_ value: Int) -> Int { (value >= 0 ? value + step / 2 : value - step / 2) / step }
    let shrunk = rings.map { ring in
      var corners: [Point] = []
      for point in ring {
        let corner = Point(x: down(point.x), y: down(point.y))
        if corners.last != corner { corners.append(corner) }
      }
      if corners.count > 1, corners.first == corners.last { corners.removeLast() }
      return corners
    }
    let kept = shrunk.filter { $0.count > 2 }
    return kept.isEmpty ? nil : Outline(rings: kept)
  }

  /// The SVG path.
  var path: String {
    var text = ""
    for ring in rings {
      guard var last = ring.first else { continue }
      text += "M\(last.x) \(last.y)l"
      var isFirst = true
      for point in ring.dropFirst() {
        let (dx, dy) = (point.x - last.x, point.y - last.y)
        text += "\(isFirst || dx < 0 ? "" : " ")\(dx)\(dy < 0 ? "" : " ")\(dy)"
        isFirst = false
        last = point
      }
      text += "z"
    }
    return text
  }

  /// The box that holds every outline, with a small margin; nil where there is no corner.
  static func box(of outlines: [Outline]) -> (x: Int, y: Int, width: Int, height: Int)? {
    let points = outlines.lazy.flatMap { $0.rings.joined() }
    guard let first = points.first(where: { _ in true }) else { return nil }
    var (least, most) = (first, first)
    for point in points {
      least = Point(x: min(least.x, point.x), y: min(least.y, point.y))
      most = Point(x: max(most.x, point.x), y: max(most.y, point.y))
    }
    let margin = max(most.x - least.x, most.y - least.y) / 50 + 1
    return (least.x - margin, least.y - margin, most.x - least.x + 2 * margin, most.y - least.y + 2 * margin)
  }
}
