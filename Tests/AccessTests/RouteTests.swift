import Clauses
import Demonstration
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework
@testable import Site

/// Every route for every kind of sender, on what is theirs and on what is not.
@Suite struct RouteTests {
  /// A sender: a visitor, a role, an administrator, an organisation that waits, a session without second factor.
  struct Sender: Sendable {
    let name: String
    let secret: Secret?
    let actor: Actor
    let organisation: ID<Organisation>?
    let member: ID<Membership>?
  }

  private static func site(_ world: World) -> Site {
    Site(world: world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
  }

  /// One sender of each kind, each in an organisation of their own.
  private static func senders(_ house: House) async throws -> [Sender] {
    var senders = [Sender(name: "visitor", secret: nil, actor: .visitor, organisation: nil, member: nil)]
    let kinds: [(Role, OrganisationKind)] = [
      (.facilitator, .facilitationBody), (.coordinator, .coordination), (.buyer, .buyer), (.company, .company),
      (.structure, .structure(.aci)), (.prescriber, .prescriber), (.participant, .facilitationBody),
      (.dataProtectionOfficer, .facilitationBody),
    ]
    for (role, kind) in kinds {
      for (administers, isStrong, state) in [
        (false, true, OrganisationState.active), (true, true, .active), (true, true, .waiting), (true, false, .active),
      ] {
        let name = "\(role.rawValue) \(administers ? "admin" : "") \(isStrong ? "" : "weak") \(state.rawValue)"
        let organisation = try await house.organisation(kind, name, state: state)
        let (secret, member) = try await house.session(
          role, in: organisation, administers: administers, isStrong: isStrong)
        senders.append(
          Sender(
            name: name, secret: secret, actor: try await house.actor(secret), organisation: organisation,
            member: member))
      }
    }
    return senders
  }

  /// A request in the base.
  private static func request(_ house: House, departement: String?) async throws -> ID<PersonalRequest> {
    let (now, today, keys) = (house.world.moment, house.world.today(), house.world.access.keys)
    let email = try #require(EmailAddress("x@exemple.fr"))
    return try await house.world.database.write { db in
      var request = StoredPersonalRequest(
        id: ID(at: now), reference: RequestReference.new(), kind: .access,
        departement: departement.flatMap { DepartementCode($0) }, account: nil, receivedOn: today,
        dueOn: today.adding(months: 1), receivedAt: now)
      request.seal(Requester(name: "Mariam Keïta", email: email, text: ""), keys: keys)
      try PersonalRequests.insert(request, in: db)
      return request.id
    }
  }

  /// The path of a route with identifiers in place; nil for a template that this test does not know.
  private static func path(
    _ template: String, organisation: String, member: String, planned: String, programme: String, request: String,
    sheet: String, tender: String
  ) -> String? {
    if template.hasPrefix("/donnees-personnelles/demandes/{id}") { return template.replacing("{id}", with: request) }
    if template.hasPrefix("/redactions/{id}") { return template.replacing("{id}", with: tender) }
    if template.hasPrefix("/fiches/{id}") { return template.replacing("{id}", with: sheet) }
    if template.hasPrefix("/marches-prevus/{id}") { return template.replacing("{id}", with: planned) }
    if template.hasPrefix("/programmes/{id}") { return template.replacing("{id}", with: programme) }
    if template.hasPrefix("/organisations/{id}") || template.hasPrefix("/api/v1/organisations/{id}") {
      return template.replacing("{id}", with: organisation)
    }
    if template.hasPrefix("/membres/{id}") { return template.replacing("{id}", with: member) }
    let known = [
      "/reperage/marches/{id}": "/reperage/marches/1", "/territoires/{code}": "/territoires/77",
      "/structures/{id}": "/structures/1", "/api/v1/rules/{name}": "/api/v1/rules/duty",
      "/assets/{name}": "/assets/x.css", "/redaction/{code}": "/redaction/notice.contact",
      "/invitation/{secret}": "/invitation/x",
      "/mise-en-service/{secret}": "/mise-en-service/x", "/connexion/lien/{secret}": "/connexion/lien/x",
      "/connexion/nouveau-mot-de-passe/{secret}": "/connexion/nouveau-mot-de-passe/x",
    ]
    return template.contains("{") ? known[template] : template
  }

  /// What only a session with a second factor may do with it.
  private static let ofSecondFactor: Set<String> = ["/compte/codes-de-secours", "/compte/double-authentification-fin"]

  /// Whether a right, as far as it goes for this sender, reaches another organisation of the same département.
  private static func reaches(_ right: Right, _ sender: Sender) -> Bool {
    sender.actor.scope(of: right) == .everything
  }

  @Test(arguments: Engine.allCases)
  func `every route answers each role by the table of rights, on its own data and on others'`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let house = house.with(FakeProvider())
      let site = Self.site(house.world)
      let readers = try await Self.senders(house)
      // Out of everyone's territory: a company of another département, with its member.
      let foreign = try await house.organisation(.company, "Ailleurs", departement: "40")
      let elsewhere = try await house.organisation(.facilitationBody, "Autre structure", departement: "40")
      let (foreignPlanned, foreignProgramme) = try await house.planned(body: elsewhere)
      let foreignSheet = try await house.sheet(of: foreignPlanned, body: elsewhere)
      let foreignTender = try await house.tender(of: foreignPlanned)
      let (_, foreignMember) = try await house.session(.company, in: foreign, administers: true, isStrong: true)
      // A request that everyone who treats them sees, and one of a département that is none of theirs.
      let ownRequest = try await Self.request(house, departement: nil)
      let foreignRequest = try await Self.request(house, departement: "40")
      let app = Application(router: site.router())
      let count = try await app.test(.router) { client -> Int in
        var walked = 0
        for entry in site.routeTable.entries {
          // A form may end a session, a membership or an account: each has senders of its own.
          let senders = entry.method == .get ? readers : try await Self.senders(house)
          for sender in senders {
            let isStrong = sender.actor.person?.isStrong ?? true
            let isAllowed = sender.actor.may(entry.right) && (isStrong || !Self.ofSecondFactor.contains(entry.template))
            for isOwn in entry.template.contains("{id}") && !entry.template.hasPrefix("/reperage")
              && !entry.template.hasPrefix("/structures") ? [true, false] : [true]
            {
              let path = try #require(
                Self.path(
                  entry.template, organisation: "\(isOwn ? sender.organisation ?? foreign : foreign)",
                  member: "\(isOwn ? sender.member ?? foreignMember : foreignMember)",
                  planned: isOwn ? "\(ID<PlannedDossier>(at: house.world.moment))" : "\(foreignPlanned)",
                  programme: isOwn ? "\(ID<PurchaseProgramme>(at: house.world.moment))" : "\(foreignProgramme)",
                  request: "\(isOwn ? ownRequest : foreignRequest)",
                  sheet: isOwn ? "\(ID<LotSheet>(at: house.world.moment))" : "\(foreignSheet)",
                  tender: isOwn ? "\(ID<Tender>(at: house.world.moment))" : "\(foreignTender)"),
                "the test does not know \(entry.template)")
              let status = try await Self.status(client, entry.method, path, sender)
              let what = "\(entry.method) \(path) as \(sender.name): \(status.code)"
              walked += 1
              if path.hasPrefix("/api/"), entry.right != .readPublicData {
                // Programs have keys: no session opens anything there.
                #expect(status == .unauthorized, "\(what)")
              } else if !isAllowed {
                let asksToSignIn = sender.secret == nil && entry.method == .get && status == .seeOther
                #expect(status == .forbidden || asksToSignIn, "\(what)")
              } else if !isOwn, !Self.reaches(entry.right, sender) {
                #expect(status == .notFound || status == .badRequest, "\(what)")
              } else {
                #expect(status != .forbidden && status.code < 500, "\(what)")
              }
            }
          }
        }
        return walked
      }
      #expect(count > 1000)
    }
  }

  /// Sends a form with its mark and no field, or reads a page.
  private static func status(
    _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String, _ sender: Sender
  ) async throws -> HTTPResponse.Status {
    var headers: HTTPFields = [:]
    let secret = sender.secret ?? Secret()
    headers[.cookie] = sender.secret == nil ? "marchepied-form=\(secret.text)" : "marchepied=\(secret.text)"
    var body: ByteBuffer?
    if method != .get {
      let isAPI = path.hasPrefix("/api/")
      headers[.contentType] = isAPI ? "application/json" : "application/x-www-form-urlencoded"
      body = ByteBuffer(
        string: isAPI
          ? "{}" : "jeton=\(FormToken(secret).masked)&genre=departement&code=77&debut=21/11/2026&decision=valider")
    }
    return try await client.execute(uri: path, method: method, headers: headers, body: body) { $0.status }
  }

  @Test func `a form without its mark, or from another site, changes nothing`() async throws {
    try await withHouse(.sqlite) { house in
      let (secret, _) = try await house.session(.facilitator, in: house.body, administers: true, isStrong: true)
      let app = Application(router: Self.site(house.world).router())
      func send(_ fields: [HTTPField.Name: String], _ body: String) async throws -> HTTPResponse.Status {
        try await app.test(.router) { client in
          var headers: HTTPFields = [
            .cookie: "marchepied=\(secret.text)", .contentType: "application/x-www-form-urlencoded",
          ]
          for (name, value) in fields { headers[name] = value }
          return try await client.execute(
            uri: "/compte/identite", method: .post, headers: headers, body: ByteBuffer(string: body)
          ) { $0.status }
        }
      }
      let mark = FormToken(secret).masked
      let body = "prenom=Zoé&nom=Sow&jeton="
      #expect(try await send([:], body) == .forbidden)
      #expect(try await send([:], body + FormToken(Secret()).masked) == .forbidden)
      #expect(try await send([.secFetchSite: "cross-site"], body + mark) == .forbidden)
      #expect(try await send([.secFetchSite: "same-site"], body + mark) == .forbidden)
      #expect(try await send([.origin: "https://ailleurs.example"], body + mark) == .forbidden)
      #expect(try await send([.contentType: "text/plain"], body + mark) == .unsupportedMediaType)
      #expect(try await !house.actions().contains("account-changed"))
      #expect(try await send([.secFetchSite: "same-origin"], body + mark) == .ok)
      #expect(try await house.actions().contains("account-changed"))
    }
  }

  @Test func `nobody learns who has an account, nor goes back to another site`() async throws {
    try await withHouse(.sqlite) { house in
      let app = Application(router: Self.site(house.world).router())
      func signIn(_ email: String, _ password: String, next: String) async throws -> (
        HTTPResponse.Status, String?, String
      ) {
        let secret = Secret()
        return try await app.test(.router) { client in
          let body = "courriel=\(email)&motdepasse=\(password)&suite=\(next)&jeton=\(FormToken(secret).masked)"
          return try await client.execute(
            uri: "/connexion", method: .post,
            headers: [
              .cookie: "marchepied-form=\(secret.text)", .contentType: "application/x-www-form-urlencoded",
            ], body: ByteBuffer(string: body)
          ) { response in
            let text = String(buffer: response.body)
            return (
              response.status, response.headers[.location],
              text.replacing(/[0-9a-f]{64}/, with: "").replacing(email, with: "")
            )
          }
        }
      }
      let known = try await signIn(House.email, "faux", next: "/")
      let unknown = try await signIn("personne@exemple.fr", "faux", next: "/")
      #expect(known.0 == unknown.0 && known.2 == unknown.2)
      let password = "Trois+chevaux,+deux+%C3%A2nes+et+1+mulet"
      for (next, location) in [
        ("/organisations", "/organisations"), ("//ailleurs.example", "/"), ("https://ailleurs.example", "/"),
        ("/%5Cailleurs.example", "/"), ("/a%0d%0ab", "/"),
      ] {
        let answer = try await signIn(House.email, password, next: next)
        #expect(answer.0 == .seeOther && answer.1 == location, "\(next)")
      }
    }
  }

  @Test func `cookies are out of reach of scripts and of other sites, and bound to the host behind TLS`() async throws {
    try await withHouse(.sqlite) { house in
      for isSecure in [false, true] {
        var settings = Site.Settings()
        settings.isSecure = isSecure
        let site = Site(settings: settings, world: house.world, assets: .none, metrics: PrometheusMetrics()) {
          Health([])
        }
        try await Application(router: site.router()).test(.router) { client in
          try await client.execute(uri: "/connexion", method: .get) { response in
            let cookie = response.headers[.setCookie] ?? ""
            #expect(cookie.hasPrefix(isSecure ? "__Host-marchepied-form=" : "marchepied-form="))
            #expect(cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("; Secure") == isSecure)
            #expect((response.headers[.strictTransportSecurity] != nil) == isSecure)
          }
          try await client.execute(uri: "/calculettes", method: .get) { #expect($0.headers[.setCookie] == nil) }
        }
      }
    }
  }

  @Test func `whoever tries too many passwords waits, whatever the address they come from`() async throws {
    let throttle = SignInThrottle()
    var refused = 0
    for rank in 0..<12 {
      do {
        try throttle.take("192.0.2.\(rank)", account: "claire@exemple.fr")
      } catch {
        refused += 1
        #expect(error.status == .tooManyRequests && error.headers[.retryAfter] != nil)
      }
    }
    #expect(refused == 6)
  }
}
