import Testing

@testable import Vault

@Suite struct SecretTests {
  @Test func `a token is read back from its text, and from nothing else`() throws {
    let secret = Secret()
    let text = secret.text
    #expect(text.utf8.count == 43)
    #expect(try #require(Secret(text)).digest == secret.digest)
    for other in ["", text + "A", String(text.dropLast()), text + "=", " " + text, String(text.dropLast()) + "+"] {
      #expect(Secret(other) == nil)
    }
  }

  @Test func `two texts never stand for one token`() {
    // The last sign holds four bits only: of 64 signs, 16 end a token.
    let zeros = String(repeating: "A", count: 42)
    let ends = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    #expect(ends.filter { Secret(zeros + String($0)) != nil }.count == 16)
  }

  @Test func `its digest is SHA-256 of its bytes, and matches it alone`() throws {
    let secret = try #require(Secret(String(repeating: "A", count: 43)))
    // SHA-256 of 32 zero bytes.
    #expect(secret.digest.text == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
    let stored = try #require(SecretDigest(secret.digest.text))
    #expect(stored.matches(secret))
    #expect(!stored.matches(Secret()))
    #expect(SecretDigest("66") == nil)
    #expect(SecretDigest(secret.digest.text.uppercased()) == nil)
  }

  @Test func `nothing that prints a value shows a secret`() throws {
    struct Session { let secret: Secret }
    let secret = Secret()
    let password = Password("correct horse battery staple")
    let totp = TOTP()
    let code = try #require(RecoveryCode.list().first)
    let ring = KeyRing(on: someDay)
    let values: [any Redacted] = [secret, password, totp, code, ring, ring.active, ring.active.master]
    for value in values {
      var dumped = ""
      dump(value, to: &dumped)
      #expect("\(value)" == "secret" && String(reflecting: value) == "secret")
      #expect(Mirror(reflecting: value).children.isEmpty)
      #expect(!dumped.contains("horse") && !dumped.contains("bytes"))
    }
    #expect(!"\(Session(secret: secret))".contains(secret.text))
    #expect(!"\([secret])\(Optional(secret) as Any)".contains(secret.text))
  }

  @Test func `tokens are not repeated`() { #expect(Set((0..<500).map { _ in Secret().digest }).count == 500) }
}
