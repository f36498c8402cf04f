/// A stream of numbers that is the same for the same seed on every machine (SplitMix64).
struct Seed: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of the elements.
  mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &self)] }

  /// Whether something that happens `percent` times in a hundred happens now.
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Numbers of invented establishments: right keys, in ranges that the register does not give out.
enum InventedNumber {
  /// A SIRET whose nine first digits begin with a prefix; the keys of SIREN and SIRET are right.
  static func siret(prefix: String, rank: Int) -> String {
    let middle = String(rank)
    let zeros = String(repeating: "0", count: max(0, 8 - prefix.utf8.count - middle.utf8.count))
    let siren = withKey(prefix + zeros + middle)
    return withKey(siren + "0001")
  }

  /// A number followed by its Luhn key.
  private static func withKey(_ digits: String) -> String {
    var sum = 0
    for (index, byte) in digits.utf8.reversed().enumerated() {
      let digit = Int(byte) - 0x30
      let doubled = index % 2 == 0 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return "\(digits)\((10 - sum % 10) % 10)"
  }
}
