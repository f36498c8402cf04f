import Clauses
import Records
import Storage
import TestSupport
import Testing

@testable import Casework

/// Feasibility and calibration sheets: drafted, signed once and for all, chosen by the buyer, replaced by a version.
@Suite struct SheetTests {
  private static let buyer = "21770288000006"

  /// What a form of the hours calculator gives: here, the amount alone, in euros.
  private static let read: LotReader = { typed in
    guard let euros = Int64(typed) else { return nil }
    var given = Calibration.Case()
    (given.amount, given.cpv, given.months) = (Euros(cents: euros * 100), CPVCode("90911200"), 48)
    return LotInput(given, segment: "cleaning")
  }

  private static func dossier(_ house: House, _ actor: Actor, _ object: String = "Nettoyage") async throws
    -> ID<PlannedDossier>
  {
    try await AddPlanned(
      [.object: object, .amount: "400 000", .cpv: "90911200", .place: "77000"], buyer: buyer, buyerName: "Ville"
    ).run(as: actor, in: house.world)
  }

  private static func begin(_ house: House, _ actor: Actor, _ id: ID<PlannedDossier>, lot: String = "") async throws
    -> ID<LotSheet>
  {
    try #require(
      try await BeginSheet(id, lot: lot) { "\(($0.amount?.cents ?? 0) / 100)" }.run(as: actor, in: house.world))
  }

  private static func show(_ house: House, _ actor: Actor, _ id: ID<LotSheet>) async throws -> ShowSheet.Model? {
    try await ShowSheet(id, read: read).run(as: actor, in: house.world)
  }

  @Test(arguments: Engine.allCases)
  func `a sheet is drafted by one side, signed once, read by the other, chosen, and replaced by a version`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let actor = try await house.enter(.facilitator, in: house.body, name: "Ana Bel")
      let clerk = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Ville", siret: Self.buyer), name: "Zoé Sow")
      let planned = try await Self.dossier(house, actor)
      let id = try await Self.begin(house, actor, planned)
      // The same lot has one draft.
      #expect(try await Self.begin(house, actor, planned) == id)
      let draft = try #require(try await Self.show(house, actor, id))
      let record = try #require(draft.record)
      #expect(draft.sheet.typed == "400000" && draft.mayStudy && !draft.mayChoose)
      #expect(record.criteria.count == 4 && record.duty.contains("prévoyez") && record.comparables.isEmpty)
      let usual = try #require(record.hours(by: "labourShare"))
      #expect(usual.hundredths > 0 && !record.figures.isEmpty)
      // The buyer sees no draft.
      #expect(try await Self.show(house, clerk, id) == nil)
      #expect(try await ShowPlanned(planned).run(as: clerk, in: house.world)?.sheets.isEmpty == true)

      var typed = "beaucoup"
      func sign(_ version: Int, _ method: String, _ hours: Hours? = nil, _ reason: String = "") async throws -> Bool {
        try await SignSheet(
          id, version: version, typed: typed, method: method, hours: hours, reason: reason, read: Self.read
        ).run(as: actor, in: house.world)
      }
      // What was typed is kept, right or wrong, and what is wrong cannot be signed.
      #expect(try await SaveSheet(id, version: 1, typed: "beaucoup").run(as: actor, in: house.world))
      #expect(try await Self.show(house, actor, id)?.record == nil)
      await #expect(throws: FieldFault.self) { try await sign(2, "labourShare") }
      await #expect(throws: ChangedMeanwhile.self) {
        try await SaveSheet(id, version: 1, typed: "1").run(as: actor, in: house.world)
      }
      await #expect(throws: FieldFault.self) {
        try await SaveSheet(id, version: 2, typed: "montant=1+85+05+78+006+084+91").run(as: actor, in: house.world)
      }
      typed = "800000"
      #expect(try await SaveSheet(id, version: 2, typed: "700000").run(as: actor, in: house.world))
      await #expect(throws: FieldFault.self) { try await sign(3, "hasard") }
      await #expect(throws: FieldFault.self) { try await sign(3, SignSheet.ownHours, nil, "parce que") }
      await #expect(throws: FieldFault.self) { try await sign(3, SignSheet.ownHours, Hours(900)) }
      await #expect(throws: FieldFault.self) { try await sign(3, "labourShare", nil, "1 85 05 78 006 084 91") }
      await #expect(throws: Forbidden.self) {
        try await SignSheet(id, version: 3, typed: "1", method: "labourShare", hours: nil, reason: "", read: Self.read)
          .run(as: clerk, in: house.world)
      }
      #expect(try await sign(3, "labourShare", nil, "Deux structures prêtes."))
      #expect(try await !sign(4, "labourShare"))
      #expect(try await !SaveSheet(id, version: 4, typed: "1").run(as: actor, in: house.world))
      #expect(try await RemoveSheet(id, version: 4).run(as: actor, in: house.world) == nil)

      let read = try #require(try await Self.show(house, clerk, id))
      #expect(read.record?.hours(by: "labourShare") == read.sheet.proposal?.hours)
      #expect(read.signer == "Ana Bel" && read.mayChoose && !read.mayStudy)
      func choose(_ version: Int, _ hours: Hours?, _ reason: String = "") async throws -> Bool {
        try await ChooseHours(id, version: version, hours: hours, reason: reason).run(as: clerk, in: house.world)
      }
      await #expect(throws: FieldFault.self) { try await choose(4, nil) }
      await #expect(throws: FieldFault.self) { try await choose(4, Hours(700)) }
      await #expect(throws: ChangedMeanwhile.self) { try await choose(3, Hours(700), "budget") }
      #expect(try await choose(4, Hours(700), "Le budget a baissé."))
      let thread = try #require(try await ShowPlanned(planned).run(as: clerk, in: house.world))
      #expect(thread.steps.map(\.words).joined().contains("Le budget a baissé.") && thread.sheets.count == 1)

      // A new version begins with what the last one was typed with, and replaces it once it is signed.
      let next = try await Self.begin(house, actor, planned)
      #expect(try await Self.show(house, actor, next)?.sheet.typed == "800000")
      #expect(try await Self.show(house, actor, id)?.isReplaced == false)
      #expect(
        try await SignSheet(
          next, version: 1, typed: "800000", method: "labourShare", hours: nil, reason: "", read: Self.read
        )
        .run(as: actor, in: house.world))
      await #expect(throws: ChangedMeanwhile.self) { try await choose(5, Hours(600), "trop tard") }
      let old = try #require(try await Self.show(house, clerk, id))
      #expect(old.isReplaced && old.sheet.number == 1 && old.record == read.record)
      #expect(try await house.actions().filter { $0.hasPrefix("sheet-") }.count == 7)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a lot is compared with those that the body signed before, and with nobody else's`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      let other = try await house.organisation(.facilitationBody, "Plaine")
      let stranger = try await house.enter(.facilitator, in: other)
      func sign(_ by: Actor, _ object: String, _ euros: Int, _ hours: Int) async throws {
        let sheet = try await Self.begin(house, by, try await Self.dossier(house, by, object))
        _ = try await SaveSheet(sheet, version: 1, typed: "\(euros)").run(as: by, in: house.world)
        #expect(
          try await SignSheet(
            sheet, version: 2, typed: "\(euros)", method: SignSheet.ownHours, hours: Hours(hours), reason: "essai",
            read: Self.read
          ).run(as: by, in: house.world))
      }
      try await sign(actor, "Écoles", 100_000, 300)
      try await sign(actor, "Mairie", 200_000, 400)
      try await sign(stranger, "Ailleurs", 100_000, 9000)
      let sheet = try await Self.begin(house, actor, try await Self.dossier(house, actor), lot: "Lot 1")
      let record = try #require(try await Self.show(house, actor, sheet)?.record)
      #expect(Set(record.comparables.map(\.name)) == ["Écoles", "Mairie"])
      #expect(record.standing.contains { $0.contains("lots passés") })
      // What other buyers plan is not for this one to read.
      let seen = record.seen(by: try SIRET("21400192700000"))
      #expect(seen.comparables.isEmpty && seen.standing.isEmpty && !seen.methods.isEmpty)
      #expect(record.seen(by: try SIRET(Self.buyer)) == record)
      // Nobody of another body sees any of it.
      #expect(try await Self.show(house, stranger, sheet) == nil)
      #expect(
        try await BeginSheet(try await Self.dossier(house, actor, "x"), lot: "") { _ in "1" }.run(
          as: stranger, in: house.world) == nil)
    }
  }

  @Test func `what the buyer retains counts before what is proposed`() {
    var sheet = LotSheet(
      id: ID(at: Moment(milliseconds: 1)), planned: ID(at: Moment(milliseconds: 2)), lot: "Lot é", number: 2,
      typed: "a=b", createdAt: Moment(milliseconds: 3))
    #expect(sheet.title == "Lot é, version 2" && sheet.hours == nil)
    sheet.proposal = .init(hours: Hours(10), reason: "")
    #expect(sheet.hours == Hours(10))
    sheet.choice = .init(hours: Hours(7), reason: "")
    #expect(sheet.hours == Hours(7))
  }
}

extension House {
  /// The wording of a planned contract, that nobody sent yet.
  func tender(of planned: ID<PlannedDossier>) async throws -> ID<Tender> {
    let now = world.moment
    return try await world.database.write { db in
      let tender = Tender(id: ID(at: now), planned: planned, typed: "", createdAt: now)
      try Tenders.insert(tender, in: db)
      return tender.id
    }
  }

  /// A signed sheet of a planned contract, with nothing in it.
  func sheet(of planned: ID<PlannedDossier>, body: ID<Organisation>) async throws -> ID<LotSheet> {
    let now = world.moment
    return try await world.database.write { db in
      var sheet = LotSheet(id: ID(at: now), planned: planned, lot: "", number: 1, typed: "", createdAt: now)
      try LotSheets.insert(sheet, body: body, in: db)
      (sheet.state, sheet.signedAt) = (.signed, now)
      _ = try LotSheets.update(&sheet, in: db)
      return sheet.id
    }
  }
}
