import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct PersonalRequestTests {
  private static func draft(
    _ kind: PersonalRequest.Kind = .access, email: String = "mariam@exemple.fr", departement: String = "77",
    text: String = "J’ai travaillé sur\nle chantier de l’école."
  ) -> PersonalRequestDraft {
    .init(kind: kind.rawValue, name: "Mariam Keïta", email: email, departement: departement, text: text)
  }

  /// The only request of a reference, and someone who treats requests.
  private func filed(
    _ house: House, _ draft: PersonalRequestDraft = Self.draft()
  ) async throws -> (id: ID<PersonalRequest>, officer: Actor, receipt: FilePersonalRequest.Receipt) {
    let receipt = try await FilePersonalRequest(draft).run(as: .visitor, in: house.world)
    let officer = try await house.enter(.dataProtectionOfficer, in: house.body, name: "Inès Colin")
    let list = try await ListPersonalRequests(words: receipt.reference).run(as: officer, in: house.world)
    return (try #require(list.lines.first).id, officer, receipt)
  }

  /// The texts of the letters that wait.
  private func letters(_ house: House) async throws -> [String] {
    let keys = house.world.access.keys
    return try await house.world.database.read { db in
      var texts: [String] = []
      try db.forEach("SELECT id, letter FROM mail WHERE letter IS NOT NULL ORDER BY created_at, id") { row in
        let id: String = try row.value(0)
        let text = try keys.openText(try Sealed(text: try row.value(1)), at: Outbox.place(id))
        texts.append(text.replacing("\\/", with: "/"))
      }
      return texts
    }
  }

  /// How many requests wait, and how many past their last day.
  private func counts(_ world: World) async throws -> [Int] {
    let counts = try await CountLateRequests().run(as: .machineOperator, in: world)
    return [counts.open, counts.late]
  }

  /// Everything that the tables of requests hold, as text.
  private func rows(_ house: House) async throws -> String {
    try await house.world.database.read { db in
      var text = ""
      for table in ["SELECT * FROM personal_request", "SELECT * FROM personal_request_step"] as [SQL] {
        try db.forEach(table) { row in
          text += try (0..<row.count).map { "\(try row.value(at: $0))" }.joined(separator: "|") + "\n"
        }
      }
      return text
    }
  }

  @Test(arguments: Engine.allCases)
  func `a request is taken in, acknowledged, treated, answered, closed and erased`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let (id, officer, receipt) = try await filed(house)
      #expect(receipt.due == Day("2026-12-21") && receipt.reference.hasPrefix("DP-"))
      // A page loaded again sends nothing twice.
      let again = try await FilePersonalRequest(Self.draft()).run(as: .visitor, in: house.world)
      #expect(again.reference == receipt.reference)
      let receipts = try await letters(house)
      #expect(receipts.count == 1 && receipts[0].contains(receipt.reference) && receipts[0].contains("21/12/2026"))
      #expect(!receipts[0].contains("Mariam") && !receipts[0].contains("chantier"))
      let stored = try await rows(house)
      #expect(!stored.contains("Mariam") && !stored.contains("mariam@") && stored.contains(receipt.reference))
      func treat(_ step: TreatPersonalRequest.Step, _ version: Int) async throws {
        house.clock.move(seconds: 1)
        #expect(try await TreatPersonalRequest(id, step, version: version).run(as: officer, in: house.world))
      }
      // An answer that gives something asks for the identity first.
      let early = await #expect(throws: FieldFault.self) { try await treat(.answer(.accepted, text: "Oui"), 1) }
      #expect(early?.field == "reponse" && early?.description.contains("identité") == true)
      try await treat(.assign(nil), 1)
      try await treat(.verify(.met, note: "Venue\u{202F}: à  la permanence."), 2)
      try await treat(.note("Dossier demandé."), 3)
      try await treat(.answer(.partial, text: "Voici vos données.\nLes notes n’y sont pas."), 4)
      try await treat(.close, 5)
      await #expect(throws: FieldFault.self) { try await treat(.note("Encore"), 6) }
      let page = try #require(try await ShowPersonalRequest(id).run(as: officer, in: house.world))
      #expect(page.state == .closed && page.outcome == .partial && page.assignee == "Inès Colin")
      #expect(page.requester.text == "J’ai travaillé sur\nle chantier de l’école." && page.identity == .met)
      #expect(page.steps.map(\.kind) == [.received, .assigned, .verified, .noted, .answered, .closed])
      #expect(page.steps[2].note == "Venue\u{202F}: à la permanence." && page.steps[0].who == nil)
      let answer = try #require(try await letters(house).last)
      #expect(answer.contains("Les notes") && answer.contains("CNIL") && !answer.contains("permanence"))
      let actions = try await house.actions()
      for action in ["received", "assigned", "verified", "noted", "answered", "closed"] {
        #expect(actions.contains("request-\(action)"), "\(action)")
      }
      // The trail tells nothing of who asks.
      let told = try await house.world.database.read { db in
        try db.scalars(String.self, "SELECT body FROM trail_payload").joined()
      }
      #expect(told.contains(receipt.reference) && !told.contains("Mariam") && !told.contains("permanence"))
      var later = house.world
      later.today = { Day(year: 2027, month: 11, day: 20) ?? TestWorld.today }
      later.now = { "2027-11-20T09:00:00.000Z" }
      #expect(try await SweepPersonalRequests().run(as: .machineOperator, in: later) == 0)
      later.now = { "2027-11-23T09:00:00.000Z" }
      #expect(try await SweepPersonalRequests().run(as: .machineOperator, in: later) == 1)
      #expect(try await rows(house).isEmpty)
      #expect(try await house.actions().contains("request-erased"))
    }
  }

  @Test(arguments: Engine.allCases)
  func `the delay is extended once, in time, for a reason that the person is told`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let (id, officer, _) = try await filed(house)
      func extend(_ reason: String, _ version: Int, in world: World) async throws -> FieldFault? {
        do {
          #expect(
            try await TreatPersonalRequest(id, .extend(reason: reason), version: version).run(as: officer, in: world))
          return nil
        } catch let fault as FieldFault {
          return fault
        }
      }
      #expect(try await extend(" \n ", 1, in: house.world)?.field == "motif-prolongation")
      var late = house.world
      late.today = { Day(year: 2026, month: 12, day: 22) ?? TestWorld.today }
      #expect(try await extend("Complexe", 1, in: late)?.description.contains("passé") == true)
      let list = try await ListPersonalRequests().run(as: officer, in: late)
      #expect(list.late == 1 && list.lines.first?.clock.standing == .late(days: 1))
      #expect(try await counts(late) == [1, 1])
      #expect(try await extend("Le dossier est chez l’autorité de gestion.", 1, in: house.world) == nil)
      let page = try #require(try await ShowPersonalRequest(id).run(as: officer, in: house.world))
      #expect(page.clock.due == Day("2027-02-21") && !page.mayExtend && page.isExtended)
      #expect(try await letters(house).contains { $0.contains("autorité de gestion") })
      #expect(try await extend("Encore", 2, in: house.world)?.description.contains("une fois") == true)
      #expect(try await counts(late) == [1, 0])
    }
  }

  @Test(arguments: Engine.allCases)
  func `two people never overwrite each other silently`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let (id, officer, _) = try await filed(house)
      func note(_ text: String) async throws {
        _ = try await TreatPersonalRequest(id, .note(text), version: 1).run(as: officer, in: house.world)
      }
      try await note("Premier")
      await #expect(throws: ChangedMeanwhile.self) { try await note("Second") }
      let page = try #require(try await ShowPersonalRequest(id).run(as: officer, in: house.world))
      #expect(page.steps.compactMap(\.note) == ["Premier"] && page.version == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func `only those of the territory treat a request, and one that nobody covers is everyone's`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let (id, officer, _) = try await filed(house)
      let far = try await house.organisation(.facilitationBody, "PLIE des Landes", departement: "40")
      let today = house.world.today()
      try await house.world.database.write { db in
        try OrganisationTerritories.insert(.init(kind: .departement, code: "40", first: today), of: far, in: db)
      }
      let stranger = try await house.enter(.dataProtectionOfficer, in: far)
      #expect(try await ShowPersonalRequest(id).run(as: stranger, in: house.world) == nil)
      #expect(try await !TreatPersonalRequest(id, .note("x"), version: 1).run(as: stranger, in: house.world))
      #expect(try await ListPersonalRequests().run(as: stranger, in: house.world).total == 0)
      _ = try await FilePersonalRequest(Self.draft(.portability, departement: "75")).run(as: .visitor, in: house.world)
      #expect(try await ListPersonalRequests().run(as: stranger, in: house.world).total == 1)
      #expect(try await ListPersonalRequests().run(as: officer, in: house.world).total == 2)
      #expect(try await ListPersonalRequests().run(as: house.administratorStrong(), in: house.world).total == 2)
      let found = try await ListPersonalRequests(words: "MARIAM@exemple.fr").run(as: officer, in: house.world)
      #expect(found.total == 2)
      for role in [Role.facilitator, .coordinator, .buyer, .participant] {
        let other = try await house.enter(role, in: house.body)
        await #expect(throws: Forbidden.self, "\(role)") {
          _ = try await ListPersonalRequests().run(as: other, in: house.world)
        }
      }
      // A request is given to someone of one's own organisation who treats them, and to nobody else.
      let colleague = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      let foreign = try #require(stranger.acting?.membership)
      for member in [colleague.member, foreign] {
        await #expect(throws: FieldFault.self) {
          _ = try await TreatPersonalRequest(id, .assign(member), version: 1).run(as: officer, in: house.world)
        }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `nobody learns whether an address is known, wrong fields are told and nothing is written`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      func fault(_ draft: PersonalRequestDraft) async throws -> String? {
        do {
          _ = try await FilePersonalRequest(draft).run(as: .visitor, in: house.world)
          return nil
        } catch let fault as FieldFault {
          return fault.field
        }
      }
      var draft = Self.draft()
      draft.kind = "tout"
      #expect(try await fault(draft) == "objet")
      #expect(try await fault(Self.draft(email: "mariam@")) == "courriel")
      #expect(try await fault(Self.draft(departement: "999")) == "departement")
      #expect(try await fault(Self.draft(.rectification, text: " \n ")) == "texte")
      #expect(try await fault(Self.draft(text: "Mon numéro : 1 85 05 78 006\n084 91")) == "texte")
      #expect(try await fault(Self.draft(text: "SIRET 732 829 320 00074, tél. 01 23 45 67 89")) == nil)
      draft = Self.draft()
      draft.name = "185057800608491"
      #expect(try await fault(draft) == "nom")
      #expect(try await house.world.database.read { try PersonalRequests.count(in: $0) } == 1)
      // A known address and an unknown one are answered alike; without the account, it is not linked.
      let known = try await FilePersonalRequest(Self.draft(email: House.email)).run(as: .visitor, in: house.world)
      #expect(known.due == Day("2026-12-21"))
      let own = try await FilePersonalRequest(Self.draft(.portability, email: House.email)).run(
        as: house.administrator, in: house.world)
      let officer = try await house.enter(.dataProtectionOfficer, in: house.body)
      let lines = try await ListPersonalRequests(words: House.email).run(as: officer, in: house.world).lines
      #expect(Set(lines.map(\.reference)) == [known.reference, own.reference])
      for line in lines {
        let page = try #require(try await ShowPersonalRequest(line.id).run(as: officer, in: house.world))
        #expect(page.hasAccount == (line.reference == own.reference))
        #expect((page.identity == .account) == page.hasAccount)
      }
      let account = try await ShowOwnAccount().run(as: house.administrator, in: house.world)
      #expect(Set(account.requests.map(\.reference)) == [known.reference, own.reference])
      #expect(try await ExportOwnData().run(as: house.administrator, in: house.world).contains(own.reference))
    }
  }

  @Test func `a file is not named by a social security number, a moment in its name is no such number`() throws {
    let fault = #expect(throws: NIRInFileName.self) {
      try FileNames.refuseNIR(in: "suivi 1 85 05 78 006 084 91.csv")
    }
    #expect(fault?.description.contains("085") == false)
    try FileNames.refuseNIR(in: "export-1701234567890.json")
    try FileNames.refuseNIR(in: "structures 21770288300018.csv")
  }

  @Test func `a reference is read however it is typed, and nothing else is`() {
    let reference = RequestReference.new()
    #expect(RequestReference.read(reference) == reference)
    #expect(RequestReference.read(reference.lowercased().replacing("-", with: " ")) == reference)
    for wrong in ["", "DP-", "DP-7K3M-2QT0", "XX-7K3M-2QTB", "DP-7K3M-2QTBB"] {
      #expect(RequestReference.read(wrong) == nil, "\(wrong)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `the demonstration has requests, of which one is late, and sends nothing`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      _ = try await LoadAccounts(InventedGroups.groups).run(as: .machineOperator, in: world)
      let email = try #require(EmailAddress("a@demonstration.example"))
      let sample = LoadPersonalRequests.Sample(
        .access, Requester(name: "A B", email: email, text: ""), departement: nil, daysAgo: 41,
        steps: [(40, .assign(nil)), (20, .extend(reason: "Long")), (1, .note("Bientôt"))])
      #expect(try await LoadPersonalRequests([sample]).run(as: .machineOperator, in: world))
      #expect(try await !LoadPersonalRequests([sample]).run(as: .machineOperator, in: world))
      #expect(try await world.database.read { try $0.scalar(Int.self, "SELECT COUNT(*) FROM mail") } == 0)
      #expect(try await counts(world) == [1, 0])
    }
  }
}

/// One invented organisation with its data protection officer.
private enum InventedGroups {
  static let groups: [LoadAccounts.Group] = {
    guard let email = EmailAddress("o@demonstration.example") else { return [] }
    return [
      .init(
        kind: .facilitationBody, siret: nil, name: "Maison témoin", postcode: "77000", covers: ["77"],
        people: [
          .init(
            Identity(givenName: "Odile", surname: "Martin", email: email), .dataProtectionOfficer,
            isAdministrator: false)
        ])
    ]
  }()
}

extension House {
  /// The administrator of the body with a second factor.
  func administratorStrong() async throws -> Actor {
    try await enter(.facilitator, in: body, administers: true)
  }
}
