import Foundation
import Testing

@testable import Federation

@Suite struct KeyRotationTests {
  @Test func `a new key is found by reading the keys again`() async throws {
    let new = TestKey.ec("clef-2")
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        #expect(provider.asked.count["/jwks"] == 1)
        provider.change {
          $0.keys = [new]
          $0.signer = new
        }
        _ = try await client.round(provider)
        #expect(provider.asked.count["/jwks"] == 2)
        // What was signed with the key that is gone is gone too.
        provider.change { $0.signer = nil }
        await #expect(throws: OpenIDError.token(.idToken, .unknownKey)) { try await client.round(provider) }
        #expect(provider.asked.count["/jwks"] == 2)
      }
    }
  }

  @Test func `unknown names make the keys be read again once a minute at most`() async throws {
    let new = TestKey.ec("clef-2")
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        provider.change { $0.signer = new }
        for seconds in 0..<3 {
          await #expect(throws: OpenIDError.token(.idToken, .unknownKey)) {
            try await client.round(provider, at: noon.addingTimeInterval(Double(seconds)))
          }
        }
        #expect(provider.asked.count["/jwks"] == 2)
        provider.change { $0.keys.append(new) }
        await #expect(throws: OpenIDError.token(.idToken, .unknownKey)) {
          try await client.round(provider, at: noon.addingTimeInterval(59))
        }
        let found = try await client.round(provider, at: noon.addingTimeInterval(60))
        #expect(found.subject == "f3b2-7")
        #expect(provider.asked.count["/jwks"] == 3)
      }
    }
  }

  @Test func `the description and the keys are read again after an hour, not before`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        for (seconds, reads) in [(0.0, 1), (3599, 1), (3600, 2), (3601, 2)] {
          try await client.check(at: noon.addingTimeInterval(seconds))
          #expect(provider.asked.count == ["/.well-known/openid-configuration": reads, "/jwks": reads])
        }
        // A clock that goes back does not make an old description eternal.
        try await client.check(at: noon.addingTimeInterval(-3600))
        #expect(provider.asked.count["/jwks"] == 3)
      }
    }
  }

  @Test func `a key that was withdrawn is no longer believed after an hour`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        provider.change { $0.keys = [Keys.ec] }
        let later = noon.addingTimeInterval(3600)
        provider.change { $0.claims = ["exp": later.timeIntervalSince1970 + 60] }
        await #expect(throws: OpenIDError.token(.idToken, .unknownKey)) { try await client.round(provider, at: later) }
      }
    }
  }

  @Test func `people who arrive together make one reading`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<20 { group.addTask { try await client.check(at: noon) } }
          try await group.waitForAll()
        }
        #expect(provider.asked.count == ["/.well-known/openid-configuration": 1, "/jwks": 1])
      }
    }
  }

  @Test func `a failed reading is not remembered`() async throws {
    try await TestProvider.serving { provider in
      let wrong = TestProvider.Answer.text(503, type: "text/plain", "")
      provider.change { $0.answers["/.well-known/openid-configuration"] = wrong }
      try await withClient(settings(provider.now.issuer)) { client in
        await #expect(throws: OpenIDError.status(.discovery, 503)) { try await client.begin(at: noon) }
        provider.change { $0.answers = ["/jwks": wrong] }
        await #expect(throws: OpenIDError.status(.keys, 503)) { try await client.round(provider) }
        provider.change { $0.answers = [:] }
        let found = try await client.round(provider)
        #expect(found.subject == "f3b2-7")
      }
    }
  }

  @Test func `keys that cannot be used do not hide those that can`() async throws {
    let odd: [Object] = [
      ["kty": "RSA", "kid": "clef-1", "n": "AQAB", "e": "AQAB"], ["kty": 7, "kid": "clef-1"], [:],
      ["kty": "EC", "crv": "P-256", "kid": "clef-ec", "x": "AA", "y": "AA"],
      ["kty": "EC", "crv": "P-521", "kid": "clef-1", "x": "AA", "y": "AA"],
      ["kty": "OKP", "kid": "clef-1", "crv": "Ed25519"],
    ]
    let keys = odd.map { TestKey(id: nil, algorithm: "", published: $0) { _ in [] } }
    try await TestProvider.serving(keys: keys + [Keys.rsa.get(), Keys.ec]) { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        provider.change { $0.signer = Keys.ec }
        let found = try await client.round(provider)
        #expect(found.subject == "f3b2-7")
      }
    }
  }

  @Test func `a token without the name of its key is taken only where one key of its kind is published`() async throws {
    let nameless = TestKey.ec(nil)
    try await TestProvider.serving(keys: [nameless, Keys.rsa.get()]) { provider in
      provider.change { $0.signer = nameless }
      try await withClient(settings(provider.now.issuer)) { client in
        let found = try await client.round(provider)
        #expect(found.subject == "f3b2-7")
      }
    }
    let error = try await failure(keys: [nameless, Keys.ec]) { $0.signer = nameless }
    #expect(error == .token(.idToken, .unknownKey))
  }
}
