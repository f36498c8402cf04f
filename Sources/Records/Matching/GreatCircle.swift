import Foundation

/// Distances as the crow flies on a sphere of 6,371 km.
enum GreatCircle {
  private static func radians(_ microdegrees: Int) -> Double { Double(microdegrees) / 1_000_000 * .pi / 180 }

  /// The cosine of a latitude in millionths of a degree.
  static func cosine(_ latitude: Int) -> Double { cos(radians(latitude)) }

  /// Metres between two points (latitude, longitude) in millionths of a degree.
  static func metres(from a: (Int, Int), to b: (Int, Int)) -> Int {
    let (north, east) = (radians(b.0 - a.0), radians(b.1 - a.1))
    let half = sin(north / 2) * sin(north / 2) + cosine(a.0) * cosine(b.0) * sin(east / 2) * sin(east / 2)
    return Int((2 * 6_371_000 * asin(min(1, half.squareRoot()))).rounded())
  }
}
