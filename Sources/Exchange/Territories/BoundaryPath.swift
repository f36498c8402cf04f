extension Boundary {
  /// Writes rings (metres, north up, without their repeated point) as a path; nil where nothing is left at this scale.
  init?(_ rings: [[BoundaryBuilder.Point]], plane: Plane) {
    let north = plane == .lambert93 ? 7_200_000.0 : 0
    var text: [UInt8] = []
    var box: Box?
    for ring in rings {
      var points: [(x: Int, y: Int)] = []
      for point in ring {
        let (x, y) = (Int((point.x / 100).rounded()), Int(((north - point.y) / 100).rounded()))
        if let last = points.last, last == (x, y) { continue }
        points.append((x, y))
      }
      while points.count > 1, let first = points.first, let last = points.last, first == last { points.removeLast() }
      guard points.count > 2, let first = points.first else { continue }
      text.append(0x4D)
      Boundary.append(first.x, to: &text, separate: false)
      Boundary.append(first.y, to: &text, separate: true)
      text.append(0x6C)
      var previous = first
      for (index, point) in points.enumerated() {
        let one = Box(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
        box = box?.union(one) ?? one
        guard index > 0 else { continue }
        Boundary.append(point.x - previous.x, to: &text, separate: index > 1)
        Boundary.append(point.y - previous.y, to: &text, separate: true)
        previous = point
      }
      text.append(0x7A)
    }
    guard let box else { return nil }
    self.init(plane: plane, path: String(decoding: text, as: UTF8.self), box: box)
  }

  // A minus sign separates by itself.
  private static func append(_ value: Int, to text: inout [UInt8], separate: Bool) {
    if separate, value >= 0 { text.append(0x20) }
    text.append(contentsOf: String(value).utf8)
  }
}
