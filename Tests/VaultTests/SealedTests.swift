import TestSupport
import Testing

@testable import Vault

@Suite struct SealedTests {
  private let ring = KeyRing(on: someDay)
  private let place = SealedPlace(table: "person", column: "surname", row: "17")

  @Test func `what was sealed for a place opens there`() throws {
    for plain in ["", "Dupont", "Ngũgĩ 🧗", String(repeating: "é", count: 5000)] {
      let sealed = ring.seal(plain, at: place)
      #expect(try ring.openText(sealed, at: place) == plain)
      #expect(try ring.openText(Sealed(sealed.bytes), at: place) == plain)
      #expect(try ring.openText(Sealed(text: sealed.text), at: place) == plain)
      #expect(!sealed.needsResealing(by: ring))
    }
    #expect(ring.seal("Dupont", at: place) != ring.seal("Dupont", at: place))
  }

  @Test(arguments: [
    SealedPlace(table: "persons", column: "surname", row: "17"),
    SealedPlace(table: "person", column: "name", row: "17"),
    SealedPlace(table: "person", column: "surname", row: "18"),
    SealedPlace(table: "personsurname", column: "", row: "17"),
    SealedPlace(table: "person", column: "surname1", row: "7"),
    SealedPlace(table: "surname", column: "person", row: "17"),
  ])
  func `it opens nowhere else`(other: SealedPlace) {
    let sealed = ring.seal("Dupont", at: place)
    #expect(throws: SealedError.refused) { try ring.open(sealed, at: other) }
  }

  @Test func `every flipped bit and every cut is refused`() {
    let sealed = ring.seal("Léa", at: place)
    for bit in 0..<sealed.bytes.count * 8 {
      var bytes = sealed.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: SealedError.self, "bit \(bit)") { try ring.open(Sealed(bytes), at: place) }
    }
    for length in 0..<sealed.bytes.count {
      #expect(throws: SealedError.self, "\(length) bytes") {
        try ring.open(Sealed(Array(sealed.bytes.prefix(length))), at: place)
      }
    }
    #expect(throws: SealedError.refused) { try ring.open(Sealed(sealed.bytes + [0]), at: place) }
  }

  @Test func `another ring says which key it lacks, or refuses`() throws {
    let rotated = try #require(ring.adding(on: someDay))
    let sealed = rotated.seal("Dupont", at: place)
    #expect(throws: SealedError.unknownKey(2)) { try ring.open(sealed, at: place) }
    #expect(throws: SealedError.refused) { try KeyRing(on: someDay).open(ring.seal("Dupont", at: place), at: place) }
    // The number of the key is authenticated too.
    var bytes = ring.seal("Dupont", at: place).bytes
    bytes[2] = 2
    #expect(throws: SealedError.refused) { try rotated.open(Sealed(bytes), at: place) }
  }

  @Test func `a value of another version, or no value at all, is malformed`() {
    var bytes = ring.seal("Dupont", at: place).bytes
    bytes[0] = 2
    #expect(throws: SealedError.malformed) { try Sealed(bytes) }
    #expect(throws: SealedError.malformed) { try Sealed([]) }
    #expect(throws: SealedError.malformed) { try Sealed(text: "Dupont") }
    #expect(throws: SealedError.malformed) { try ring.openText(ring.seal([0xFF], at: place), at: place) }
  }

  @Test func `random bytes, places and keys come back`() throws {
    for seed in UInt64(0)..<300 {
      var dice = Dice(seed)
      func word() -> String { String(decoding: dice.bytes(.random(in: 0...12, using: &dice)), as: UTF8.self) }
      let plain = dice.bytes(.random(in: 0...400, using: &dice))
      let place = SealedPlace(table: word(), column: word(), row: word())
      #expect(try ring.open(Sealed(text: ring.seal(plain, at: place).text), at: place) == plain, "seed \(seed)")
    }
  }
}
