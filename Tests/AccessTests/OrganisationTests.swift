import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct OrganisationTests {
  private static let draft = OrganisationDraft(
    kind: "company", siret: "39911111100014", name: "Bâtiment du Parc", postcode: "77100")
  private static func person(_ email: String = "karim@exemple.fr") -> PersonDraft {
    PersonDraft(
      givenName: "Karim", surname: "Haddad", email: email, password: Password("Une phrase de sept mots bien longue ici")
    )
  }

  private func register(
    _ house: House, _ draft: OrganisationDraft = draft, _ person: PersonDraft? = person(), as actor: Actor = .visitor
  ) async throws -> RegisterOrganisation.Outcome {
    try await RegisterOrganisation(organisation: draft, person: person, device: "essai").run(as: actor, in: house.world)
  }

  /// The administrator of the house with a second factor.
  private func strong(_ house: House) async throws -> Actor {
    try await house.enter(.facilitator, in: house.body, administers: true)
  }

  @Test(arguments: Engine.allCases)
  func `who registers prepares the page and sees nobody until someone of the territory validates`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      guard case .registered(let id, let secret?) = try await register(house) else {
        Issue.record("not registered")
        return
      }
      let inert = try await house.actor(secret)
      #expect(inert.acting?.isValidated == false)
      #expect(!inert.may(.decideOrganisations) && !inert.may(.mergeOrganisations))
      #expect(try await ShowOrganisation(house.body).run(as: inert, in: house.world) == nil)
      #expect(try await ListOrganisations().run(as: inert, in: house.world).lines.map(\.id) == [id])
      var draft = Self.draft
      draft.address = "3 rue des Lilas"
      #expect(try await ChangeOrganisation(id, draft: draft, version: 1).run(as: inert, in: house.world))

      // Nobody invites anyone before that.
      await #expect(throws: FieldFault.self) {
        _ = try await InviteMember(id, email: "x@exemple.fr", role: "company", isAdministrator: false)
          .run(as: inert, in: house.world)
      }
      // Without a second factor the facilitator decides nothing.
      await #expect(throws: Forbidden.self) {
        try await DecideOrganisation(id, .validate, reason: "").run(as: house.administrator, in: house.world)
      }
      let facilitator = try await strong(house)
      #expect(try await ListOrganisations().run(as: facilitator, in: house.world).waiting == 1)
      await #expect(throws: FieldFault.self) {
        try await DecideOrganisation(id, .refuse, reason: " ").run(as: facilitator, in: house.world)
      }
      #expect(try await DecideOrganisation(id, .refuse, reason: "SIRET fermé").run(as: facilitator, in: house.world))
      // Correcting the page asks again.
      draft.address = "4 rue des Lilas"
      #expect(try await ChangeOrganisation(id, draft: draft, version: 3).run(as: inert, in: house.world))
      let again = try await ShowOrganisation(id).run(as: facilitator, in: house.world)
      #expect(again?.organisation.state == .waiting && again?.organisation.reason == nil)
      #expect(try await DecideOrganisation(id, .validate, reason: "").run(as: facilitator, in: house.world))
      #expect(try await house.actor(secret).acting?.isValidated == true)
    }
  }

  @Test(arguments: Engine.allCases)
  func `an organisation out of the territory answers as one that is not there`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let far = try await house.organisation(.company, "Entreprise des Landes", departement: "40", state: .waiting)
      let facilitator = try await strong(house)
      #expect(try await !DecideOrganisation(far, .validate, reason: "").run(as: facilitator, in: house.world))
      #expect(try await !DecideOrganisation(house.body, .suspend, reason: "x").run(as: facilitator, in: house.world))
      let buyer = try await house.organisation(.buyer, "Commune")
      let member = try await house.enter(.buyer, in: buyer, administers: true)
      #expect(try await ShowOrganisation(far).run(as: member, in: house.world) == nil)
      #expect(try await ListMembers(house.body).run(as: member, in: house.world) == nil)
      #expect(try await ReadTrail(.organisation(house.body)).run(as: member, in: house.world) == nil)
      #expect(try await !ChangeOrganisation(house.body, draft: Self.draft, version: 1).run(as: member, in: house.world))
      let link = try await InviteMember(house.body, email: "x@exemple.fr", role: "facilitator", isAdministrator: true)
        .run(as: member, in: house.world)
      #expect(link == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `wrong fields are told one by one and nothing is written`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      func fault(
        _ change: (inout OrganisationDraft, inout PersonDraft) -> Void
      ) async throws -> String? {
        var (draft, person) = (Self.draft, Self.person())
        change(&draft, &person)
        do {
          _ = try await register(house, draft, person)
          return nil
        } catch let fault as FieldFault {
          return fault.field
        }
      }
      #expect(try await fault { draft, _ in draft.kind = "x" } == "sorte")
      #expect(try await fault { draft, _ in draft.siret = "123" } == "siret")
      #expect(try await fault { draft, _ in draft.name = "  " } == "nomorganisation")
      #expect(try await fault { draft, _ in draft.postcode = "7A000" } == "codepostal")
      #expect(try await fault { draft, _ in draft.postcode = "" } == "codepostal")
      #expect(try await fault { draft, _ in draft.naf = "12" } == "naf")
      #expect(try await fault { _, person in person.email = "karim@" } == "courriel")
      #expect(try await fault { _, person in person.surname = "" } == "nom")
      #expect(try await fault { _, person in person.email = House.email } == "courriel")
      #expect(try await fault { draft, _ in draft.address = "1 85 05 78 006 084 91 rue" } == "adresse")
      #expect(try await house.world.database.read { try Organisations.count(in: $0) } == 1)
      #expect(try await house.world.database.read { try Accounts.count(in: $0) } == 1)
      _ = try await register(house)
      guard case .known("Bâtiment du Parc") = try await register(house, Self.draft, Self.person("b@exemple.fr")) else {
        Issue.record("registered twice")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an invitation serves once, for its address, and the organisation always keeps an administrator`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let facilitator = try await strong(house)
      let invitation = InviteMember(
        house.body, email: "thomas@exemple.fr", role: "facilitator", isAdministrator: false)
      let secret = try #require(try await invitation.run(as: facilitator, in: house.world))
      let model = try #require(try await ReadInvitation(secret).run(as: .visitor, in: house.world))
      #expect(model.organisation == "Maison de l’emploi" && !model.hasAccount)
      func accept(_ password: String, as actor: Actor = .visitor) async throws -> AcceptInvitation.Outcome {
        try await AcceptInvitation(
          secret: secret, givenName: "Thomas", surname: "Garcia", password: Password(password), device: "essai"
        ).run(as: actor, in: house.world)
      }
      await #expect(throws: FieldFault.self) { _ = try await accept("court") }
      guard case .otherPerson = try await accept("", as: facilitator) else {
        Issue.record("someone else took it")
        return
      }
      guard case .joined(let session?) = try await accept("Une phrase de sept mots bien longue ici") else {
        Issue.record("not joined")
        return
      }
      #expect(try await house.actor(session).acting?.organisation == house.body)
      guard case .ended = try await accept("Une phrase de sept mots bien longue ici") else {
        Issue.record("served twice")
        return
      }
      let late = try #require(try await invitation.run(as: facilitator, in: house.world))
      house.clock.move(minutes: try house.world.accessTerms().invitationDays * 24 * 60 + 1)
      #expect(try await ReadInvitation(late).run(as: .visitor, in: house.world) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a member who leaves loses the session at once, and the last administrator cannot`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let buyer = try await house.organisation(.buyer, "Commune")
      let first = try await house.enter(.buyer, in: buyer, administers: true)
      let second = try await house.enter(.buyer, in: buyer, name: "Awa Sow")
      let (mine, theirs) = (
        try #require(first.acting?.membership), try #require(second.acting?.membership)
      )
      await #expect(throws: FieldFault.self) {
        _ = try await EndMembership(mine, successor: theirs).run(as: first, in: house.world)
      }
      await #expect(throws: FieldFault.self) {
        _ = try await ChangeMember(mine, role: "buyer", isAdministrator: false).run(as: first, in: house.world)
      }
      await #expect(throws: Forbidden.self) {
        _ = try await EndMembership(mine, successor: nil).run(as: second, in: house.world)
      }
      #expect(try await EndMembership(theirs, successor: mine).run(as: first, in: house.world) == buyer)
      let sessions = try await house.world.database.read {
        try $0.scalar(Int.self, "SELECT COUNT(*) FROM session WHERE membership = \(theirs)")
      }
      #expect(sessions == 0)
      let page = try #require(try await ListMembers(buyer).run(as: first, in: house.world))
      #expect(page.past.map(\.identity.name) == ["Awa Sow"] && page.present.count == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a merger shows what it would do, does it, and can be undone`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let kept = try await house.organisation(.company, "Bâtiment du Parc", siret: "39911111100014")
      let taken = try await house.organisation(.company, "BATIMENT DU PARC", siret: "39911111100022")
      _ = try await house.enter(.company, in: kept, administers: true)
      let moving = try await house.enter(.company, in: taken, administers: true, name: "Awa Sow")
      let facilitator = try await strong(house)
      let merger = MergeOrganisations(kept: kept, taken: taken)
      let preview = try #require(try await merger.preview(as: facilitator, in: house.world))
      #expect(preview.moving == 1 && preview.inBoth == 0 && preview.obstacle == nil)
      let far = try await house.organisation(.company, "Ailleurs", departement: "40")
      #expect(try await MergeOrganisations(kept: kept, taken: far).preview(as: facilitator, in: house.world) == nil)
      let buyer = try await house.organisation(.buyer, "Commune")
      await #expect(throws: FieldFault.self) {
        _ = try await MergeOrganisations(kept: kept, taken: buyer).run(as: facilitator, in: house.world)
      }
      // Nor another firm, nor one's own: that would take the other over.
      let other = try await house.organisation(.company, "Autre", siret: "39922222200014")
      await #expect(throws: FieldFault.self) {
        _ = try await MergeOrganisations(kept: kept, taken: other).run(as: facilitator, in: house.world)
      }
      let own = try await house.organisation(.company, "À moi", siret: "39911111100048")
      let mine = Membership(
        id: ID(at: house.world.moment), account: try #require(facilitator.person?.account), organisation: own,
        role: .company, isAdministrator: true, startedAt: house.world.moment)
      try await house.world.database.write { try Memberships.insert(mine, in: $0) }
      await #expect(throws: FieldFault.self) {
        _ = try await MergeOrganisations(kept: kept, taken: own).run(as: facilitator, in: house.world)
      }
      #expect(try await !DecideOrganisation(own, .suspend, reason: "x").run(as: facilitator, in: house.world))
      #expect(try await merger.run(as: facilitator, in: house.world))
      let membership = try #require(moving.acting?.membership)
      func place() async throws -> ID<Organisation>? {
        try await house.world.database.read { try Memberships.find(membership, in: $0)?.organisation }
      }
      #expect(try await place() == kept)
      let moved = try await house.world.database.read { try Memberships.find(membership, in: $0) }
      #expect(moved?.isAdministrator == false)
      let page = try #require(try await ShowOrganisation(kept).run(as: facilitator, in: house.world))
      let id = try #require(page.mergers.first?.merger.id)
      #expect(try await UndoMerger(id).run(as: facilitator, in: house.world) == kept)
      #expect(try await UndoMerger(id).run(as: facilitator, in: house.world) == nil)
      #expect(try await place() == taken)
      #expect(
        try await ShowOrganisation(taken).run(as: facilitator, in: house.world)?.organisation.state == .active)
    }
  }

  @Test(arguments: Engine.allCases)
  func `nobody gives themselves a territory, nor gives what goes beyond their own`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await house.world.database.write { db in
        for code in ["77", "40"] {
          try db.execute("INSERT INTO departement (code, name, region) VALUES (\(code), '', '')")
        }
        try db.execute("INSERT INTO epci (siren, name) VALUES ('247700000', '')")
        for (code, departement) in [("77288", "77"), ("40088", "40")] {
          try db.execute(
            """
            INSERT INTO commune (code, name, departement, epci, words) VALUES (\(code), '', \(departement), '247700000', '')
            """)
        }
      }
      let facilitator = try await strong(house)
      let other = try await house.organisation(.facilitationBody, "PLIE")
      let today = house.world.today()
      func give(_ kind: OrganisationTerritory.Kind, _ code: String, to id: ID<Organisation>) async throws -> Bool {
        try await AddTerritory(id, kind: kind, code: code, first: today).run(as: facilitator, in: house.world)
      }
      #expect(try await !give(.departement, "40", to: house.body))
      #expect(try await !give(.departement, "77", to: house.body))
      for (kind, code) in [
        (.departement, "40"), (.commune, "40088"), (.epci, "247700000"), (.commune, "99999"),
      ] as [(OrganisationTerritory.Kind, String)] {
        await #expect(throws: FieldFault.self, "\(code)") { _ = try await give(kind, code, to: other) }
      }
      #expect(try await give(.commune, "77288", to: other))
      // One commune is no département: the other body sees what lies in it, and nothing beside.
      let theirs = try await house.enter(.facilitator, in: other, administers: true)
      let inside = try await house.organisation(.company, "Dedans", state: .waiting)
      let beside = try await house.organisation(.company, "À côté", state: .waiting)
      try await house.world.database.write {
        try $0.execute("UPDATE organisation SET commune = '77288' WHERE id = \(inside)")
      }
      #expect(try await !DecideOrganisation(beside, .validate, reason: "").run(as: theirs, in: house.world))
      #expect(try await ListOrganisations().run(as: theirs, in: house.world).waiting == 1)
      #expect(try await EndTerritory(other, kind: .commune, code: "77288").run(as: facilitator, in: house.world))
      #expect(try await !EndTerritory(other, kind: .commune, code: "77288").run(as: facilitator, in: house.world))
      #expect(try await ListOrganisations().run(as: theirs, in: house.world).waiting == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a validated organisation that becomes another is validated again`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let company = try await house.organisation(.company, "Bâtiment", siret: "39911111100014")
      let member = try await house.enter(.company, in: company, administers: true)
      var draft = OrganisationDraft(siret: "39911111100014", name: "Bâtiment du Parc", postcode: "77100")
      #expect(try await ChangeOrganisation(company, draft: draft, version: 1).run(as: member, in: house.world))
      func state() async throws -> OrganisationState? {
        try await house.world.database.read { try Organisations.find(company, in: $0)?.state }
      }
      #expect(try await state() == .active)
      draft.siret = "39922222200014"
      #expect(try await ChangeOrganisation(company, draft: draft, version: 2).run(as: member, in: house.world))
      #expect(try await state() == .waiting)
    }
  }

  @Test(arguments: Engine.allCases)
  func `people in insertion are shown to those who accompany them only`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      _ = try await house.enter(.participant, in: house.body, name: "Leïla Kaya")
      let coordination = try await house.organisation(.coordination, "Coordination")
      try await house.world.database.write {
        try OrganisationTerritories.insert(
          .init(kind: .departement, code: "77", first: house.world.today()), of: coordination, in: $0)
      }
      let coordinator = try await house.enter(.coordinator, in: coordination, name: "Inès Colin")
      let facilitator = try await house.enter(.facilitator, in: house.body)
      func names(_ actor: Actor) async throws -> [String] {
        try await ListMembers(house.body).run(as: actor, in: house.world)?.present.map(\.identity.name) ?? []
      }
      #expect(try await names(facilitator).contains("Leïla Kaya"))
      let seen = try await names(coordinator)
      #expect(!seen.isEmpty && !seen.contains("Leïla Kaya"))
    }
  }

  @Test(arguments: Engine.allCases)
  func `two changes of one page at once: the second is told, and loses nothing of the first`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let buyer = try await house.organisation(.buyer, "Commune", siret: "39911111100014")
      let member = try await house.enter(.buyer, in: buyer, administers: true)
      var draft = OrganisationDraft(siret: "39911111100014", name: "Commune de Val-Fleuri", postcode: "77000")
      #expect(try await ChangeOrganisation(buyer, draft: draft, version: 1).run(as: member, in: house.world))
      draft.name = "Autre nom"
      await #expect(throws: ChangedMeanwhile.self) {
        _ = try await ChangeOrganisation(buyer, draft: draft, version: 1).run(as: member, in: house.world)
      }
      let page = try await ShowOrganisation(buyer).run(as: member, in: house.world)
      #expect(page?.organisation.name == "Commune de Val-Fleuri")
    }
  }
}
