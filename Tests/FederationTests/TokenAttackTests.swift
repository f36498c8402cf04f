import Foundation
import Testing

@testable import Federation

/// Each way of passing off a false identity, one at a time: everything else is right.
@Suite struct TokenAttackTests {
  private func refused(_ fault: OpenIDError.Fault) -> OpenIDError { .token(.idToken, fault) }

  @Test func `a signature by another key of the same name is refused`() async throws {
    let error = try await failure { $0.signer = try Keys.other.get() }
    #expect(error == refused(.signature))
  }

  @Test(arguments: [0, 1]) func `a changed character of what was signed is noticed`(part: Int) async throws {
    let error = try await failure { script in
      let claims: Object = ["iss": script.issuer, "sub": "f3b2-7"]
      var parts = try Keys.rsa.get().token(claims, header: ["note": "x"]).split(separator: ".").map { String($0) }
      let plain = String(decoding: try #require(Base64URL.bytes(parts[part])), as: UTF8.self)
      parts[part] = Base64URL.text(
        Array((part == 0 ? plain.replacing("x", with: "y") : plain.replacing("7", with: "8")).utf8))
      script.idToken = parts.joined(separator: ".")
    }
    #expect(error == refused(.signature))
  }

  @Test(arguments: ["none", "None", "NONE", "nOnE", ""])
  func `an identity without a signature is refused`(name: String) async throws {
    let error = try await failure { $0.signer = TestKey.none(id: "clef-1").with(algorithm: name) }
    #expect(error == refused(.algorithm(name)))
  }

  @Test func `the provider’s public key is no shared secret`() async throws {
    for key in [try Keys.rsa.get(), Keys.ec] {
      let name = try #require((key.published["n"] ?? key.published["x"]) as? String)
      let texts = [try json(key.published), Array(name.utf8), try #require(Base64URL.bytes(name))]
      for text in texts {
        let error = try await failure { $0.signer = TestKey.shared(text, id: key.id) }
        #expect(error == refused(.algorithm("HS256")))
        // The same signature under the name of the key’s own algorithm.
        let disguised = try await failure {
          $0.signer = TestKey.shared(text, id: key.id).with(algorithm: key.algorithm)
        }
        #expect(disguised == refused(.signature))
      }
    }
  }

  @Test func `our own secret signs nothing, even when the provider publishes it as a key`() async throws {
    let shared = TestKey.shared(Array("s3cret très:long".utf8), id: "partagée")
    let error = try await failure(keys: [Keys.rsa.get(), shared]) { $0.signer = shared }
    #expect(error == refused(.algorithm("HS256")))
  }

  @Test func `a key serves its own algorithm only`() async throws {
    let error = try await failure { $0.signer = try Keys.rsa.get().with(algorithm: "ES256") }
    #expect(error == refused(.unknownKey))
    let longer = try await failure { $0.signer = try Keys.rsa.get().with(algorithm: "RS512") }
    #expect(longer == refused(.algorithm("RS512")))
    let declared = try await failure { script in
      let key = try Keys.rsa.get()
      script.keys = [
        TestKey(
          id: key.id, algorithm: key.algorithm, published: key.published.merging(["alg": "PS256"]) { $1 },
          sign: key.sign)
      ]
    }
    #expect(declared == refused(.unknownKey))
    let encrypting = try await failure { script in
      let key = try Keys.rsa.get()
      script.keys = [
        TestKey(
          id: key.id, algorithm: key.algorithm, published: key.published.merging(["use": "enc"]) { $1 }, sign: key.sign)
      ]
    }
    #expect(encrypting == refused(.unknownKey))
  }

  @Test(arguments: ["jku", "jwk", "x5u", "crit"])
  func `keys that the token itself brings are not used`(name: String) async throws {
    let error = try await failure { script in
      let foreign = try Keys.other.get().with(id: "étrangère")
      script.signer = foreign
      script.header =
        switch name {
        case "jwk": ["jwk": foreign.published]
        case "crit": ["crit": ["exp"]]
        default: [name: "http://127.0.0.1:1/jwks"]
        }
    }
    #expect(error == refused(name == "crit" ? .form : .unknownKey))
  }

  @Test func `another issuer, another audience, another sign-in are refused`() async throws {
    let cases: [([String: (any Sendable)?], OpenIDError.Fault)] = [
      (["iss": "https://autre.example"], .issuer), (["iss": nil], .form), (["iss": ""], .issuer),
      (["aud": "autre"], .audience), (["aud": nil], .form), (["aud": [String]()], .audience),
      (["aud": ["autre", "encore"]], .audience), (["aud": ["marchepied", "autre"]], .audience),
      (["aud": ["marchepied", "autre"], "azp": "autre"], .audience), (["azp": "autre"], .audience),
      (["nonce": "autre"], .nonce), (["nonce": nil], .nonce), (["nonce": ""], .nonce),
      (["sub": nil], .form), (["sub": ""], .form), (["sub": String(repeating: "x", count: 256)], .form),
      (["at_hash": "AAAAAAAAAAAAAAAAAAAAAA"], .accessToken),
    ]
    for (claims, fault) in cases {
      let error = try await failure { $0.claims = claims }
      #expect(error == refused(fault), "\(claims)")
    }
  }

  @Test func `several audiences are taken when the identity was made for us`() async throws {
    try await TestProvider.serving { provider in
      provider.change {
        $0.claims = [
          "aud": ["autre", "marchepied"], "azp": "marchepied",
          // SHA-256 of the access token, its first half, worked out by another tool.
          "at_hash": "0tj0u6Q2zBXAxw0B4obTxg",
        ]
      }
      let identity = try await withClient(settings(provider.now.issuer)) { try await $0.round(provider) }
      #expect(identity.subject == "f3b2-7")
    }
  }

  @Test func `an identity holds from a minute before its time to a minute after`() async throws {
    let now = noon.timeIntervalSince1970
    let cases: [([String: (any Sendable)?], OpenIDError.Fault?)] = [
      (["exp": now - 60], .expired), (["exp": now - 59], nil), (["exp": nil], .form), (["exp": "demain"], .form),
      (["iat": now + 61], .notYet), (["iat": now + 60], nil), (["iat": nil], .form),
      (["nbf": now + 61], .notYet), (["nbf": now + 60], nil),
    ]
    for (claims, fault) in cases {
      try await TestProvider.serving { provider in
        provider.change { $0.claims = claims }
        try await withClient(settings(provider.now.issuer)) { client in
          var found: OpenIDError?
          do { _ = try await client.round(provider) } catch let error as OpenIDError { found = error }
          #expect(found == fault.map(refused), "\(claims)")
        }
      }
    }
  }

  @Test(arguments: ["", "a", "a.b", "a.b.c", "a.b.c.d.e", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9..", "é.é.é"])
  func `a text that is no signed identity is refused`(text: String) async throws {
    let error = try await failure { $0.idToken = text }
    #expect(error == refused(.form) || error == refused(.unknownKey) || error == refused(.signature))
  }

  @Test func `one text is one token: padding and other signs of base 64 are refused`() async throws {
    let error = try await failure { script in
      let claims: Object = ["iss": script.issuer, "sub": "f3b2-7"]
      script.idToken = try Keys.rsa.get().token(claims) + "="
    }
    #expect(error == refused(.form))
  }

  @Test func `information about another person is refused, signed or not`() async throws {
    let plain = try await failure { $0.person["sub"] = "f3b2-8" }
    #expect(plain == .otherPerson)
    let absent = try await failure { $0.person["sub"] = nil }
    #expect(absent == .otherPerson)
    let signed = try await failure {
      $0.person["sub"] = "f3b2-8"
      $0.personSigner = Keys.ec
    }
    #expect(signed == .otherPerson)
  }

  @Test func `signed information is checked as the identity is`() async throws {
    let now = noon.timeIntervalSince1970
    let cases: [(Object, OpenIDError.Fault)] = [
      (["iss": "https://autre.example"], .issuer), (["aud": "autre"], .audience), (["exp": now - 3600], .expired),
      (["iat": now + 3600], .notYet), (["exp": "demain"], .form),
    ]
    for (more, fault) in cases {
      let error = try await failure {
        $0.person.merge(more) { $1 }
        $0.personSigner = Keys.ec
      }
      #expect(error == .token(.userInfo, fault), "\(more)")
    }
    let forged = try await failure { $0.personSigner = try Keys.other.get() }
    #expect(forged == .token(.userInfo, .signature))
    let unsigned = try await failure { $0.personSigner = .none(id: "clef-1") }
    #expect(unsigned == .token(.userInfo, .algorithm("none")))
  }
}
