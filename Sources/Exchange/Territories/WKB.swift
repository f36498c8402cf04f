/// Shapes in the "well-known binary" form, written in hexadecimal as PostGIS exports them (little-endian, longitude then latitude).
struct WKB {
  private let hex: UnsafeRawBufferPointer
  private var position = 0

  init(_ hex: UnsafeRawBufferPointer) { self.hex = hex }

  /// The point of a POINT; nil for anything else.
  static func point(_ hex: UnsafeRawBufferPointer) -> (longitude: Double, latitude: Double)? {
    var reader = WKB(hex)
    guard reader.header() == 1, let x = reader.double(), let y = reader.double() else { return nil }
    return (x, y)
  }

  /// Calls back for each ring of a MULTIPOLYGON or POLYGON with its points, the last repeating the first, and whether it is a hole; false where the bytes are no such shape.
  static func rings(
    _ hex: UnsafeRawBufferPointer, _ body: ([(longitude: Double, latitude: Double)], _ isHole: Bool) -> Void
  ) -> Bool {
    var reader = WKB(hex)
    switch reader.header() {
    case 3: return reader.polygon(body)
    case 6:
      guard let count = reader.word() else { return false }
      for _ in 0..<count {
        guard reader.header() == 3, reader.polygon(body) else { return false }
      }
      return true
    default: return false
    }
  }

  private mutating func polygon(_ body: ([(longitude: Double, latitude: Double)], _ isHole: Bool) -> Void) -> Bool {
    guard let rings = word() else { return false }
    for ring in 0..<rings {
      // Each point takes 32 digits: a count beyond what is left is a lie.
      guard let count = word(), count <= (hex.count - position) / 32 else { return false }
      var points: [(longitude: Double, latitude: Double)] = []
      points.reserveCapacity(count)
      for _ in 0..<count {
        guard let x = double(), let y = double(), abs(x) <= 180, abs(y) <= 90 else { return false }
        points.append((x, y))
      }
      body(points, ring > 0)
    }
    return true
  }

  // The kind of shape, a reference system passed over; nil where big-endian.
  private mutating func header() -> Int? {
    guard byte() == 1, let kind = word() else { return nil }
    if kind & 0x2000_0000 != 0 { guard word() != nil else { return nil } }
    return kind & 0xFF
  }

  private mutating func word() -> Int? {
    var value = 0
    for shift in 0..<4 {
      guard let byte = byte() else { return nil }
      value |= Int(byte) << (8 * shift)
    }
    return value
  }

  private mutating func double() -> Double? {
    var bits: UInt64 = 0
    for shift in 0..<8 {
      guard let byte = byte() else { return nil }
      bits |= UInt64(byte) << (8 * UInt64(shift))
    }
    let value = Double(bitPattern: bits)
    return value.isFinite ? value : nil
  }

  private mutating func byte() -> UInt8? {
    guard position + 1 < hex.count, let high = WKB.digit(hex[position]), let low = WKB.digit(hex[position + 1]) else {
      return nil
    }
    position += 2
    return high << 4 | low
  }

  private static func digit(_ sign: UInt8) -> UInt8? {
    switch sign {
    case 0x30...0x39: sign - 0x30
    case 0x41...0x46: sign - 0x37
    case 0x61...0x66: sign - 0x57
    default: nil
    }
  }
}
