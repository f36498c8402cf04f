import TestSupport
import Testing

@testable import Vault

@Suite struct SealedFileTests {
  private let ring = KeyRing(on: someDay)
  private let place = SealedPlace(table: "proof", column: "content", row: "4")
  private let piece = 65_536 + 17

  /// Seals by pieces of some size.
  private func sealed(_ plain: [UInt8], by step: Int = 1 << 20) -> [UInt8] {
    var sealer = FileSealer(ring, at: place)
    var result: [UInt8] = []
    for start in stride(from: 0, to: plain.count, by: step) {
      result += sealer.add(plain[start..<min(start + step, plain.count)])
    }
    return result + sealer.finish()
  }

  private func opened(
    _ bytes: [UInt8], by step: Int = 1 << 20, with ring: KeyRing? = nil, at place: SealedPlace? = nil
  ) throws(SealedError) -> [UInt8] {
    var opener = FileOpener(ring ?? self.ring, at: place ?? self.place)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: step) {
      result += try opener.add(bytes[start..<min(start + step, bytes.count)])
    }
    return result + (try opener.finish())
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
  func `a file comes back whatever its size and the pieces it is read in`(size: Int) throws {
    var dice = Dice(UInt64(size))
    let plain = dice.bytes(size)
    for step in [1 << 20, 65_536, 4_099] {
      let file = sealed(plain, by: step)
      #expect(file.count == 27 + size + 17 * (size / 65_536 + 1))
      #expect(try opened(file, by: step + 13) == plain, "size \(size), step \(step)")
    }
  }

  @Test func `a cut anywhere is noticed, between two pieces too`() {
    let file = sealed([UInt8](repeating: 1, count: 150_000))
    for length in [0, 1, 26, 27, 28, 44, 27 + piece - 1, 27 + piece, 27 + 2 * piece, file.count - 1] {
      #expect(throws: SealedError.self, "\(length) bytes") { try opened(Array(file.prefix(length))) }
    }
    #expect(throws: SealedError.truncated) { try opened(Array(file.prefix(27 + piece))) }
    #expect(throws: SealedError.truncated) { try opened([]) }
  }

  @Test func `pieces out of order, twice, missing or added are refused`() {
    let file = sealed([UInt8](repeating: 1, count: 150_000))
    let head = Array(file.prefix(27))
    let first = Array(file[27..<27 + piece])
    let second = Array(file[(27 + piece)..<(27 + 2 * piece)])
    let last = Array(file[(27 + 2 * piece)...])
    #expect(throws: Never.self) { try opened(head + first + second + last) }
    for wrong in [
      second + first + last, first + first + second + last, second + last, first + last, first + second + last + [0],
    ] {
      #expect(throws: SealedError.refused) { try opened(head + wrong) }
    }
  }

  @Test func `a flipped bit anywhere is refused`() {
    let file = sealed(Array("attestation".utf8))
    for bit in 0..<file.count * 8 {
      var bytes = file
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: SealedError.self, "bit \(bit)") { try opened(bytes) }
    }
  }

  @Test func `a file opens at its place and with its ring alone`() throws {
    let file = sealed([1, 2, 3])
    let other = SealedPlace(table: "proof", column: "content", row: "5")
    #expect(throws: SealedError.refused) { try opened(file, at: other) }
    #expect(throws: SealedError.refused) { try opened(file, with: KeyRing(on: someDay)) }
    let rotated = try #require(ring.adding(on: someDay))
    #expect(try opened(file, with: rotated) == [1, 2, 3])
  }

  @Test func `a content address depends on the bytes and the key, not on the pieces`() throws {
    func address(_ pieces: [[UInt8]], _ ring: KeyRing) -> String {
      var address = ContentAddress(ring)
      for piece in pieces { address.add(piece) }
      return address.finish()
    }
    let whole = address([[1, 2, 3]], ring)
    #expect(whole.utf8.count == 64)
    #expect(address([[1], [], [2, 3]], ring) == whole)
    #expect(address([[1, 2, 4]], ring) != whole)
    #expect(address([[1, 2, 3]], KeyRing(on: someDay)) != whole)
    #expect(address([[1, 2, 3]], try #require(ring.adding(on: someDay))) == whole)
  }
}
