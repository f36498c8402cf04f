import Clauses
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing
import Vault

@testable import Casework
@testable import Site

/// The pages of a provider of identities, as a browser goes through them.
@Suite struct ProviderPagesTests {
  private struct Answer {
    let status: HTTPResponse.Status
    let text: String
    let headers: HTTPFields

    /// The secret that a cookie of ours carries.
    func cookie(_ name: String) -> Secret? {
      headers[values: .setCookie].compactMap { $0.wholeMatch(of: /([a-z-]+)=([A-Za-z0-9_-]{43});.*/) }
        .first { $0.1 == name }.flatMap { Secret(String($0.2)) }
    }
  }

  private func site(_ world: World) -> some ApplicationProtocol {
    let site = Site(world: world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
    return Application(router: site.router())
  }

  private func get(_ world: World, _ path: String, cookies: [String: Secret] = [:]) async throws -> Answer {
    try await ask(world, .get, path, cookies, nil)
  }

  private func post(
    _ world: World, _ path: String, _ body: String = "", cookies: [String: Secret] = [:]
  ) async throws -> Answer {
    var cookies = cookies
    let mark = cookies["marchepied"] ?? cookies["marchepied-form"] ?? Secret()
    if cookies["marchepied"] == nil { cookies["marchepied-form"] = mark }
    return try await ask(world, .post, path, cookies, "\(body)&jeton=\(FormToken(mark).masked)")
  }

  private func ask(
    _ world: World, _ method: HTTPRequest.Method, _ path: String, _ cookies: [String: Secret], _ body: String?
  ) async throws -> Answer {
    try await site(world).test(.router) { client in
      var headers: HTTPFields = [:]
      headers[.cookie] = cookies.map { "\($0.key)=\($0.value.text)" }.joined(separator: "; ")
      if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
      return try await client.execute(
        uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
      ) { Answer(status: $0.status, text: String(buffer: $0.body), headers: $0.headers) }
    }
  }

  /// Leaves for the provider and gives its page's address and the secret of the browser.
  private func leave(_ world: World, next: String) async throws -> (address: String, browser: Secret) {
    let answer = try await post(world, "/connexion/fournisseur", "suite=\(PercentCode.encode(next))")
    #expect(answer.status == .ok && answer.text.contains("Continuer vers ProConnect d’essai"))
    let refresh = try #require(answer.headers[.refresh])
    #expect(refresh.hasPrefix("0; url=https://fournisseur.example/authorize?state="))
    return (String(refresh.dropFirst("0; url=".count)), try #require(answer.cookie("marchepied-fournisseur")))
  }

  private func path(back address: String) -> String {
    "/connexion/fournisseur/retour?code=c-1&\(address.split(separator: "?").last ?? "")"
  }

  @Test func `without a provider there is no button, and its addresses lead nowhere`() async throws {
    try await withHouse(.sqlite) { house in
      let door = try await get(house.world, "/connexion")
      #expect(!door.text.contains("Se connecter avec"))
      for path in ["/connexion/fournisseur/retour", "/connexion/fournisseur/fin"] {
        #expect(try await get(house.world, path).status == .notFound)
      }
      let departure = try await post(house.world, "/connexion/fournisseur")
      #expect(departure.status == .notFound)
    }
  }

  @Test func `a browser leaves, comes back signed in, goes where it was going and nowhere else`() async throws {
    try await withHouse(.sqlite) { house in
      let house = house.with(FakeProvider())
      #expect(try await get(house.world, "/connexion").text.contains("Se connecter avec ProConnect d’essai"))
      try await house.tie(as: house.administrator)
      for (next, location) in [
        ("/organisations", "/organisations"), ("//ailleurs.example", "/"), ("https://ailleurs.example", "/"),
        ("/\\ailleurs.example", "/"),
      ] {
        let (address, browser) = try await leave(house.world, next: next)
        let answer = try await get(house.world, path(back: address), cookies: ["marchepied-fournisseur": browser])
        #expect(answer.status == .seeOther && answer.headers[.location] == location, "\(next)")
        let session = try #require(answer.cookie("marchepied"))
        #expect(try await house.actor(session).person?.account == house.administrator.person?.account)
      }
    }
  }

  @Test func `an unknown identity is told what to do, and is tied once its owner has signed in`() async throws {
    try await withHouse(.sqlite) { house in
      let house = house.with(FakeProvider())
      let (address, browser) = try await leave(house.world, next: "/")
      let cookies = ["marchepied-fournisseur": browser]
      let told = try await get(house.world, path(back: address), cookies: cookies)
      #expect(told.status == .ok && told.headers[values: .setCookie].isEmpty)
      for words in [
        "n’ouvre encore aucun compte", "zoe.martin@ville.example", "/connexion?suite=%2Fcompte%2Ffournisseur",
      ] {
        #expect(told.text.contains(words), "\(words)")
      }
      // The address with its code is nowhere in the page: nobody comes back to it.
      #expect(!told.text.contains("c-1"))
      let (session, _) = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      let signed = cookies.merging(["marchepied": session]) { $1 }
      let page = try await get(house.world, "/compte/fournisseur", cookies: signed)
      #expect(page.status == .ok && page.text.contains("zoe.martin@ville.example"))
      #expect(try await get(house.world, "/compte", cookies: signed).text.contains("attend d’être reliée"))
      let done = try await post(house.world, "/compte/fournisseur", cookies: signed)
      #expect(done.status == .seeOther && done.headers[.location] == "/compte")
      let account = try await get(house.world, "/compte", cookies: signed)
      #expect(account.text.contains("Détacher zoe.martin@ville.example"))
      // Nothing waits any more.
      #expect(try await get(house.world, "/compte/fournisseur", cookies: signed).headers[.location] == "/compte")
      #expect(try await post(house.world, "/compte/fournisseur", cookies: signed).status == .notFound)
      let identity = try #require(account.text.firstMatch(of: /name="identite" value="([0-9a-f-]{36})"/))
      let last = try await post(house.world, "/compte/fournisseur-fin", "identite=\(identity.1)", cookies: signed)
      #expect(last.status == .unprocessableContent && last.text.contains("seul moyen d’entrer"))
    }
  }

  @Test func `a provider that fails gives a calm page, and what happened there is not in it`() async throws {
    try await withHouse(.sqlite) { house in
      let provider = FakeProvider()
      let house = house.with(provider)
      for (kind, status) in [
        (ProviderFailure.Kind.declined, HTTPResponse.Status.badRequest), (.late, .badRequest),
        (.unavailable, .serviceUnavailable), (.untrusted, .badGateway),
      ] {
        let (address, browser) = try await leave(house.world, next: "/")
        provider.change { $0.failure = ProviderFailure(kind, "détail pour les journaux") }
        let answer = try await get(house.world, path(back: address), cookies: ["marchepied-fournisseur": browser])
        #expect(answer.status == status && answer.text.contains("n’a pas abouti"), "\(kind)")
        #expect(!answer.text.contains("détail pour les journaux") && !answer.text.contains("c-1"))
        #expect(answer.text.contains("demande ") == (kind == .untrusted))
        let again = try await post(house.world, "/connexion/fournisseur")
        #expect(again.status == status)
        provider.change { $0.failure = nil }
      }
      #expect(try await get(house.world, "/connexion/fournisseur/retour").status == .badRequest)
    }
  }

  @Test func `signing out goes on to the provider's own page for whoever came through it`() async throws {
    try await withHouse(.sqlite) { house in
      let house = house.with(FakeProvider())
      try await house.tie(as: house.administrator)
      let (address, browser) = try await leave(house.world, next: "/")
      let cookies = ["marchepied-fournisseur": browser]
      let session = try #require(
        try await get(house.world, path(back: address), cookies: cookies).cookie("marchepied"))
      let left = try await post(house.world, "/deconnexion", cookies: cookies.merging(["marchepied": session]) { $1 })
      #expect(left.status == .ok && left.text.contains("Vous êtes déconnecté de Marchepied"))
      #expect(left.headers[.refresh] == "0; url=https://fournisseur.example/end?id_token_hint=jeton-de-agent-1")
      #expect(!left.text.contains("Claire Moreau") && left.headers[values: .setCookie].count == 2)
      let (plain, _) = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      #expect(try await post(house.world, "/deconnexion", cookies: ["marchepied": plain]).status == .seeOther)
      #expect(try await get(house.world, "/connexion/fournisseur/fin").text.contains("Vous êtes déconnecté"))
    }
  }

  @Test func `whoever forgot their password is answered the same, known or not`() async throws {
    try await withHouse(.sqlite) { house in
      #expect(try await get(house.world, "/connexion").text.contains("/connexion/mot-de-passe-oublie"))
      var answers: [String] = []
      for email in [House.email, "personne@exemple.fr"] {
        let answer = try await post(house.world, "/connexion/mot-de-passe-oublie", "courriel=\(email)")
        #expect(answer.status == .ok)
        answers.append(answer.text)
      }
      #expect(answers[0] == answers[1])
      let wrong = try await post(house.world, "/connexion/mot-de-passe-oublie", "courriel=claire@")
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"claire@\""))
      let sent = try #require(try await house.letters().last?.firstMatch(of: /passe[\\\/]+([A-Za-z0-9_-]{43})/))
      let path = "/connexion/nouveau-mot-de-passe/\(sent.1)"
      // Opened as often as one likes, by scanners too.
      for _ in 0..<3 { #expect(try await get(house.world, path).status == .ok) }
      let weak = try await post(house.world, path, "nouveau=court")
      #expect(weak.status == .unprocessableContent && !weak.text.contains("value=\"court\""))
      let done = try await post(house.world, path, "nouveau=Sept+mots+bien+rang%C3%A9s+sur+la+table")
      #expect(done.status == .seeOther && done.headers[.location] == "/compte")
      #expect(try await house.actor(try #require(done.cookie("marchepied"))) != .visitor)
      #expect(try await get(house.world, path).status == .notFound)
      #expect(try await post(house.world, path, "nouveau=Sept+mots+bien+rang%C3%A9s+sur+la+table").status == .notFound)
    }
  }
}
