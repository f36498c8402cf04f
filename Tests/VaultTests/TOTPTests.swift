import Foundation
import TestSupport
import Testing

@testable import Vault

private let oracle = "/usr/bin/oathtool"

@Suite struct TOTPTests {
  /// `12345678901234567890`, the secret of both RFCs.
  private let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  @Test(
    arguments: zip(
      Int64(0)..<10,
      ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]))
  func `the codes are those of RFC 4226, appendix D`(counter: Int64, code: String) throws {
    #expect(try #require(TOTP(base32: secret)).code(step: counter, digits: 6) == code)
  }

  @Test(
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func `the codes are those of RFC 6238, appendix B`(seconds: Int64, code: String) throws {
    let totp = try #require(TOTP(base32: secret))
    #expect(totp.code(step: TOTP.step(at: seconds), digits: 8) == code)
    #expect(totp.code(at: seconds) == code.suffix(6))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: oracle), "oathtool is not installed"))
  func `oathtool finds the same codes`() throws {
    for seed in UInt64(0)..<12 {
      var dice = Dice(seed)
      let totp = TOTP()
      let seconds = Int64.random(in: 0...4_000_000_000, using: &dice)
      let process = Process()
      process.executableURL = URL(filePath: oracle)
      process.arguments = ["--totp", "--base32", "--now", "1970-01-01 00:00:00 UTC + \(seconds) seconds", totp.base32]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let code = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(
        code.trimmingCharacters(in: .whitespacesAndNewlines) == totp.code(at: seconds), "seed \(seed), \(seconds)")
    }
  }

  @Test func `a code serves one step before and after, and not further`() throws {
    let totp = try #require(TOTP(base32: secret))
    let now: Int64 = 1_800_000_000
    let step = TOTP.step(at: now)
    for shift in Int64(-3)...3 {
      let found = totp.match(totp.code(at: now + shift * 30), at: now, after: nil)
      #expect(found == (abs(shift) <= 1 ? step + shift : nil), "shift \(shift)")
    }
    #expect(totp.match("123 456", at: now, after: nil) == nil)
    let code = totp.code(at: now)
    #expect(totp.match("\(code.prefix(3)) \(code.suffix(3))", at: now, after: nil) == step)
    for typed in ["", String(code.dropLast()), code + "0"] { #expect(totp.match(typed, at: now, after: nil) == nil) }
  }

  @Test func `a code does not serve twice, nor one before the last`() throws {
    let totp = try #require(TOTP(base32: secret))
    let now: Int64 = 1_800_000_000
    let step = try #require(totp.match(totp.code(at: now), at: now, after: nil))
    #expect(totp.match(totp.code(at: now), at: now, after: step) == nil)
    #expect(totp.match(totp.code(at: now - 30), at: now, after: step) == nil)
    #expect(totp.match(totp.code(at: now + 30), at: now + 5, after: step) == step + 1)
  }

  @Test func `base 32 follows RFC 4648, section 10`() {
    let pairs = [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
      ("foobar", "MZXW6YTBOI"),
    ]
    for (plain, text) in pairs {
      #expect(Base32.text(Array(plain.utf8)) == text)
      #expect(Base32.bytes(text) == Array(plain.utf8))
    }
    #expect(Base32.bytes("mzxw 6===") == Array("foo".utf8))
    for wrong in ["M", "MZ1Q", "MZ0Q", "MZXWé", "MZ", "MZXQAA"] { #expect(Base32.bytes(wrong) == nil, "\(wrong)") }
    for seed in UInt64(0)..<200 {
      var dice = Dice(seed)
      let bytes = dice.bytes(.random(in: 0...40, using: &dice))
      #expect(Base32.bytes(Base32.text(bytes)) == bytes, "seed \(seed)")
    }
  }

  @Test func `the address for authenticators holds all they need`() throws {
    let uri = try #require(TOTP(base32: secret)).uri(issuer: "Marchepied 77", account: "zoé@melun.fr")
    #expect(
      uri == "otpauth://totp/Marchepied%2077:zo%C3%A9%40melun.fr?secret=\(secret)&issuer=Marchepied%2077&algorithm=SHA1"
        + "&digits=6&period=30")
  }

  @Test func `a short secret is refused`() { #expect(TOTP(base32: "GEZDGNBVGY3TQOJQ") == nil) }
}

@Suite struct RecoveryCodeTests {
  private let ring = KeyRing(on: someDay)

  @Test func `ten codes, all different, without signs that are taken for others`() {
    let codes = RecoveryCode.list().map(\.text)
    #expect(codes.count == 10 && Set(codes).count == 10)
    #expect(codes.allSatisfy { $0.count == 19 && !$0.contains { "ILOU".contains($0) } })
  }

  @Test func `a code is found however it is typed, for its account only`() throws {
    let codes = RecoveryCode.list()
    let hashes = codes.map { $0.hash(for: "ana", with: ring) }
    for (code, hash) in zip(codes, hashes) {
      let typed = code.text.lowercased().replacing("0", with: "o").replacing("1", with: "l").replacing("-", with: " ")
      #expect(try #require(RecoveryCode(typed: typed)).match(among: hashes, for: "ana", with: ring) == hash)
      #expect(code.match(among: hashes, for: "bob", with: ring) == nil)
      #expect(code.match(among: hashes.filter { $0 != hash }, for: "ana", with: ring) == nil)
      #expect(code.match(among: hashes, for: "ana", with: KeyRing(on: someDay)) == nil)
    }
  }

  @Test func `a rotation leaves them good`() throws {
    let code = try #require(RecoveryCode.list().first)
    let hash = code.hash(for: "ana", with: ring)
    let rotated = try #require(ring.adding(on: someDay))
    #expect(code.match(among: [hash], for: "ana", with: rotated) == hash)
  }

  @Test(arguments: ["", "7K3M-2QTB-90XY", "7K3M-2QTB-90XY-ABCDE", "7K3M-2QTB-90XY-ABC!", "7K3M-2QTB-90XY-ABCU"])
  func `what is no code is refused`(typed: String) { #expect(RecoveryCode(typed: typed) == nil) }
}
