import Clauses
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

/// The keys of programs, and what they open.
@Suite struct KeyTests {
  private static func make(
    _ house: House, _ actor: Actor, _ organisation: ID<Organisation>, permissions: [String] = [], days: String = "90"
  ) async throws -> String? {
    try await MakeKey(organisation, name: "Tableau de bord", permissions: permissions, days: days)
      .run(as: actor, in: house.world)
  }

  @Test(arguments: Engine.allCases)
  func `a key opens until it is revoked or expires, and only its digest is stored`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body, administers: true)
      let text = try #require(try await Self.make(house, actor, house.body, permissions: ["organisations"]))
      let reader = try #require(RecogniseKey(text))
      let answer = try await reader.run(in: house.world)
      #expect(answer.key.usedAt == nil && answer.organisation == "Maison de l’emploi")
      #expect(answer.identity == Actor(answer.identity).identity && Actor(answer.identity).may(.readOrganisations))
      #expect(!Actor(answer.identity).may(.readMembers) && !Actor(answer.identity).may(.readTrail))
      #expect(try await reader.run(in: house.world).key.usedAt != nil)

      let stored = try await house.world.database.read { try $0.scalars(String.self, "SELECT digest FROM api_key") }
      #expect(stored.count == 1 && !text.contains(stored[0]) && !stored[0].contains(text.suffix(20)))

      let list = try #require(try await ListKeys(house.body).run(as: actor, in: house.world))
      #expect(list.lines.map(\.serves) == [true] && list.lines[0].maker == "Nadia Benali")
      #expect(text.hasSuffix(list.lines[0].key.hint))
      #expect(try await RevokeKey(answer.key.id, of: house.body).run(as: actor, in: house.world))
      #expect(try await !RevokeKey(answer.key.id, of: house.body).run(as: actor, in: house.world))
      await #expect(throws: RecogniseKey.Refusal.revoked) { try await reader.run(in: house.world) }

      let short = try #require(try await Self.make(house, actor, house.body, days: "1"))
      let second = try #require(RecogniseKey(short))
      house.clock.move(minutes: 24 * 60 - 1)
      _ = try await second.run(in: house.world)
      house.clock.move(minutes: 2)
      await #expect(throws: RecogniseKey.Refusal.expired) { try await second.run(in: house.world) }
      let unknown = try #require(RecogniseKey(KeyText.written(Secret())))
      await #expect(throws: RecogniseKey.Refusal.unknown) { try await unknown.run(in: house.world) }
      #expect(RecogniseKey("marchepied_") == nil && RecogniseKey(Secret().text) == nil)
      let told = try await house.actions().filter { $0.hasPrefix("key-") }
      #expect(told.sorted() == ["key-made", "key-made", "key-revoked"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `nobody makes a key for another organisation, nor one that opens more than their role`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let company = try await house.organisation(.company, "Bâti Sud")
      let boss = try await house.enter(.company, in: company, administers: true, isStrong: false)
      let member = try await house.enter(.company, in: company)
      #expect(try await Self.make(house, boss, house.body) == nil)
      await #expect(throws: Forbidden.self) { try await Self.make(house, member, company) }
      for (permissions, days) in [(["tout"], "90"), ([], "0"), ([], "366"), ([], "90.5"), ([], "")] {
        await #expect(throws: FieldFault.self) {
          try await Self.make(house, boss, company, permissions: permissions, days: days)
        }
      }
      let waiting = try await house.organisation(.buyer, "Ville", state: .waiting)
      let clerk = try await house.enter(.buyer, in: waiting, administers: true)
      await #expect(throws: Forbidden.self) { try await Self.make(house, clerk, waiting) }
      for _ in 0..<MakeKey.mostServing { #expect(try await Self.make(house, boss, company) != nil) }
      await #expect(throws: FieldFault.self) { try await Self.make(house, boss, company) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `the keys of whoever leaves, changes role or stops administering are revoked`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let company = try await house.organisation(.company, "Bâti Sud")
      let (_, first) = try await house.session(.company, in: company, administers: true, isStrong: true)
      let boss = try await house.enter(.company, in: company, administers: true)
      for rank in 0..<2 {
        let (secret, member) = try await house.session(.company, in: company, administers: true, isStrong: true)
        let maker = try await house.actor(secret)
        let text = try #require(try await Self.make(house, maker, company))
        if rank == 0 {
          _ = try await EndMembership(member, successor: first).run(as: boss, in: house.world)
        } else {
          _ = try await ChangeMember(
            member, role: "company", isAdministrator: false, missions: "", timeShare: "", skills: "", employer: ""
          ).run(as: boss, in: house.world)
        }
        let reader = try #require(RecogniseKey(text))
        await #expect(throws: RecogniseKey.Refusal.revoked) { try await reader.run(in: house.world) }
      }
    }
  }

  // MARK: Over HTTP

  private struct Answer {
    let status: HTTPResponse.Status
    let text: String
    let challenge: String?
  }

  private static func ask(
    _ client: any TestClientProtocol, _ path: String, key: String?, method: HTTPRequest.Method = .get
  ) async throws -> Answer {
    var headers: HTTPFields = [:]
    headers[.authorization] = key.map { "Bearer \($0)" }
    var body: ByteBuffer?
    if method != .get {
      headers[.contentType] = "application/json"
      body = ByteBuffer(string: "{}")
    }
    return try await client.execute(uri: path, method: method, headers: headers, body: body) {
      Answer(status: $0.status, text: String(buffer: $0.body), challenge: $0.headers[.wwwAuthenticate])
    }
  }

  @Test(arguments: Engine.allCases)
  func `every operation answers each role's key by the table of rights, on its own data and on others'`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let site = Site(world: house.world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
      let foreign = try await house.organisation(.company, "Ailleurs", departement: "40")
      let roles: [(Role, OrganisationKind)] = [
        (.facilitator, .facilitationBody), (.coordinator, .coordination), (.buyer, .buyer), (.company, .company),
        (.structure, .structure(.aci)), (.prescriber, .prescriber), (.dataProtectionOfficer, .facilitationBody),
      ]
      let entries = site.routeTable.entries.filter { $0.template.hasPrefix("/api/v1/") }
      #expect(entries.count > 7)
      try await Application(router: site.router()).test(.router) { client in
        for (role, kind) in roles {
          for wanted in [[], KeyPermission.allCases] {
            let own = try await house.organisation(kind, "Chez \(role.rawValue) \(wanted.count)")
            let actor = try await house.enter(role, in: own, administers: true)
            let given = wanted.filter { actor.may($0.right) }
            let key = try #require(try await Self.make(house, actor, own, permissions: given.map(\.rawValue)))
            for entry in entries {
              for id in entry.template.contains("{id}") ? [own, foreign] : [own] {
                let path = entry.template.replacing("{id}", with: "\(id)").replacing("{name}", with: "duty")
                let answer = try await Self.ask(client, path, key: key, method: entry.method)
                let what = "\(entry.method) \(path) as \(role.rawValue) \(given): \(answer.status.code)"
                let isOpen =
                  entry.right == .readPublicData || given.contains { $0.right == entry.right }
                if !isOpen {
                  #expect(answer.status == .forbidden, "\(what)")
                } else if id == foreign, actor.scope(of: entry.right) != .everything {
                  #expect(answer.status == .notFound, "\(what)")
                } else {
                  #expect([.ok, .unprocessableContent].contains(answer.status), "\(what)")
                }
              }
            }
          }
        }
      }
    }
  }

  @Test func `a wrong key is told, an organisation that is suspended opens no more, and no page takes a key`()
    async throws
  {
    try await withHouse(.sqlite) { house in
      let site = Site(world: house.world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
      let company = try await house.organisation(.company, "Bâti Sud")
      let boss = try await house.enter(.company, in: company, administers: true)
      let key = try #require(try await Self.make(house, boss, company, permissions: ["organisations"]))
      try await Application(router: site.router()).test(.router) { client in
        let none = try await Self.ask(client, "/api/v1/key", key: nil)
        #expect(none.status == .unauthorized && none.challenge == "Bearer")
        let wrong = try await Self.ask(client, "/api/v1/rules", key: "marchepied_faux")
        #expect(wrong.status == .unauthorized && wrong.challenge?.contains("invalid_token") == true)
        #expect(!wrong.text.contains("faux"))
        #expect(try await Self.ask(client, "/api/v1/organisations/\(company)", key: key).status == .ok)
        #expect(try await Self.ask(client, "/organisations/\(company)", key: key).status == .seeOther)
        try await house.world.database.write { db in
          var organisation = try #require(try Organisations.find(company, in: db))
          organisation.state = .suspended
          _ = try Organisations.update(&organisation, in: db)
        }
        let stopped = try await Self.ask(client, "/api/v1/organisations/\(company)", key: key)
        #expect(stopped.status == .forbidden)
      }
    }
  }

  @Test func `parameters that are unknown, given twice or of another form are refused with the place`() async throws {
    try await withHouse(.sqlite) { house in
      let site = Site(world: house.world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
      try await Application(router: site.router()).test(.router) { client in
        for query in [
          "departements=77", "departement=20", "departement=77&departement=77", "from=2027-13", "from=03/2027",
          "amountFrom=-1", "amountFrom=1e3", "amountFrom=007", "cpv=4", "cpv=45a", "order=prix", "kind=", "cursor=1",
          "criteria=duration&criteria=tout", "text=%00", "text=\(String(repeating: "a", count: 201))",
        ] {
          let answer = try await Self.ask(client, "/api/v1/contracts?\(query)", key: nil)
          #expect(answer.status == .badRequest, "\(query)")
          #expect(answer.text.contains("\"detail\""), "\(query)")
        }
        for query in ["", "?departement=2A", "?criteria=duration&criteria=people", "?text=&buyer=%20", "?to=2027-03"] {
          #expect(try await Self.ask(client, "/api/v1/contracts\(query)", key: nil).status == .ok, "\(query)")
        }
      }
    }
  }

  @Test func `the description tells every operation and nothing else`() async throws {
    try await withHouse(.sqlite) { house in
      let site = Site(world: house.world, assets: .none, metrics: PrometheusMetrics()) { Health([]) }
      let told = try await Application(router: site.router()).test(.router) { client in
        try await Self.ask(client, "/api/v1/openapi.json", key: nil).text
      }
      let routes = site.routeTable.entries.filter { $0.template.hasPrefix("/api/v1/") }
      for entry in routes { #expect(told.contains("\"\(entry.template)\""), "\(entry.template)") }
      #expect(told.split(separator: "operationId").count - 1 == routes.count)
      #expect(told.hasPrefix("{\"components\"") && told.contains("\"openapi\":\"3.1.0\""))
    }
  }
}
