#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The projection of metropolitan France (EPSG:2154), a conformal cone on the ellipsoid GRS 80.
///
/// Source of the algorithm and constants: IGN, note technique NT/G 71 (Alg0001, Alg0003).
enum Lambert93 {
  private static let exponent = 0.725_607_765_053_267_0
  private static let constant = 11_754_255.426_096
  private static let falseEast = 700_000.0
  private static let poleNorth = 12_655_612.049_876
  private static let eccentricity = 0.081_819_191_042_815_79
  private static let meridian = 3.0

  /// East and north in metres, from degrees.
  static func project(longitude: Double, latitude: Double) -> (east: Double, north: Double) {
    let phi = latitude * .pi / 180
    let sine = eccentricity * sin(phi)
    let isometric = log(tan(.pi / 4 + phi / 2) * pow((1 - sine) / (1 + sine), eccentricity / 2))
    let radius = constant * exp(-exponent * isometric)
    let angle = exponent * (longitude - meridian) * .pi / 180
    return (falseEast + radius * sin(angle), poleNorth - radius * cos(angle))
  }
}

/// A plane for an overseas territory: the sphere unrolled at its mean latitude.
enum LocalPlane {
  private static let radius = 6_371_008.8

  /// East and north in metres along the sphere from (0, 0), lengths east-west true at `mean` degrees of latitude.
  static func project(longitude: Double, latitude: Double, mean: Double) -> (east: Double, north: Double) {
    (radius * longitude * .pi / 180 * cos(mean * .pi / 180), radius * latitude * .pi / 180)
  }
}
