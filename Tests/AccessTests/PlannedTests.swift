import Clauses
import Foundation
import Records
import Storage
import TestSupport
import Testing

@testable import Casework

/// From a buyer's file to contracts that a facilitator studies.
@Suite struct PlannedTests {
  private static let file = """
    Ville de Melun;;;;
    Réf;Objet du marché;Montant HT;Durée;Lieu
    A1;Nettoyage des écoles;400 000;48;77000
    A2;Entretien des espaces verts;à voir;4 ans;Melun (77)
    A3;;12;;
    A1;Nettoyage des écoles, lot 2;1;1;77
    """

  private static func withFile<T>(_ text: String, _ body: (String) async throws -> T) async throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "programme-\(UUID().uuidString).csv").path
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { unlink(path) }
    return try await body(path)
  }

  private static func send(
    _ house: House, _ actor: Actor, _ text: String, name: String = "achats.csv"
  ) async throws -> ID<PurchaseProgramme> {
    try await withFile(text) { path in
      try await ReceiveProgramme(
        path: path, fileName: name, buyer: "217 702 880 00006", buyerName: "Ville de Melun"
      ).run(as: actor, in: house.world)
    }
  }

  private static func show(
    _ house: House, _ actor: Actor, _ id: ID<PurchaseProgramme>
  ) async throws -> ShowProgramme.Model {
    try #require(try await ShowProgramme(id).run(as: actor, in: house.world))
  }

  @Test(arguments: Engine.allCases)
  func `a file becomes contracts once, a second upload changes only what changed, and an undo takes it back`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      let id = try await Self.send(house, actor, Self.file)
      var model = try await Self.show(house, actor, id)
      #expect(model.lines.map(\.effect) == [.new, .new, .faulty, .twice(row: 3)])
      #expect(model.places == [.reference: 0, .object: 1, .amount: 2, .months: 3, .place: 4])
      #expect(model.lines[1].remarks[.amount] != nil && model.lines[1].contract?.months == 48)

      // The fault is mended in place, and the double left out.
      #expect(
        try await CorrectProgramme(
          id, row: 5, typed: [.object: "Toiture", .amount: "90 k€", .cpv: "45261000"], leavesOut: false
        )
        .run(as: actor, in: house.world))
      #expect(try await CorrectProgramme(id, row: 6, typed: [:], leavesOut: true).run(as: actor, in: house.world))
      model = try await Self.show(house, actor, id)
      #expect(model.lines.map(\.effect) == [.new, .new, .new, .leftOut])
      #expect(model.lines[2].contract?.cpv == CPVCode("45261000") && model.lines[2].contract?.amount == Euros(90_000))

      await #expect(throws: ChangedMeanwhile.self) {
        try await SendProgramme(id, version: model.version - 1).run(as: actor, in: house.world)
      }
      let first = try await SendProgramme(id, version: model.version).run(as: actor, in: house.world)
      #expect(first == SendProgramme.Outcome(new: 3, changed: 0, faulty: 0))
      #expect(try await SendProgramme(id, version: model.version + 1).run(as: actor, in: house.world) == nil)
      var list = try await ListPlanned().run(as: actor, in: house.world)
      #expect(list.lines.count == 3 && list.counts[.received] == 3)

      // The same file again brings nothing; one amount changed, one change; a column that is absent erases nothing.
      let again = try await Self.send(
        house, actor, Self.file.replacing("400 000", with: "500 000").replacing("Durée", with: "Rien"))
      let second = try await Self.show(house, actor, again)
      #expect(second.lines[0].effect == .changed([.amount]) && second.lines[1].effect == .same)
      let outcome = try await SendProgramme(again, version: second.version).run(as: actor, in: house.world)
      #expect(outcome == SendProgramme.Outcome(new: 0, changed: 1, faulty: 1))
      list = try await ListPlanned(words: "ecoles").run(as: actor, in: house.world)
      #expect(list.lines.map(\.dossier.contract.amount) == [Euros(500_000)])
      #expect(list.lines[0].dossier.contract.months == 48 && list.lines[0].dossier.version == 2)

      #expect(try await UndoProgramme(again).run(as: actor, in: house.world) == .init(undone: 1, kept: 0))
      list = try await ListPlanned(words: "ecoles").run(as: actor, in: house.world)
      #expect(list.lines.map(\.dossier.contract.amount) == [Euros(400_000)])
      // Someone worked on one contract: undoing the first file keeps it.
      let worked = list.lines[0].dossier
      #expect(
        try await StudyPlanned(worked.id, version: worked.version, stage: "in-study", reason: "", follower: "").run(
          as: actor, in: house.world))
      #expect(try await UndoProgramme(id).run(as: actor, in: house.world) == .init(undone: 2, kept: 1))
      list = try await ListPlanned().run(as: actor, in: house.world)
      #expect(list.lines.map(\.dossier.id) == [worked.id])
      #expect(try await UndoProgramme(id).run(as: actor, in: house.world) == nil)
      #expect(try await house.actions().filter { $0.hasPrefix("programme-") }.count == 6)
    }
  }

  @Test(arguments: Engine.allCases)
  func `columns that someone settles are remembered for that buyer`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      let text = "Ville;de Melun\nTruc;Sous\nVoirie;10 000\n"
      let id = try await Self.send(house, actor, text)
      #expect(try await Self.show(house, actor, id).lines.map(\.effect) == [.faulty, .faulty])
      func map(_ row: String, _ places: [PlannedField: Int]) async throws -> Bool {
        try await MapProgramme(id, titleRow: row, places: places).run(as: actor, in: house.world)
      }
      for row in ["", "x", "-1", "9"] { await #expect(throws: FieldFault.self) { try await map(row, [.object: 0]) } }
      // The titles stand on another row than the first of words.
      #expect(try await map("2", [:]))
      #expect(try await Self.show(house, actor, id).titles == ["Truc", "Sous"])
      await #expect(throws: FieldFault.self) { try await map("2", [.amount: 1]) }
      await #expect(throws: FieldFault.self) { try await map("2", [.object: 1, .amount: 1]) }
      #expect(try await map("2", [.object: 0, .amount: 1]))
      let lines = try await Self.show(house, actor, id).lines
      #expect(lines.map(\.contract?.object) == ["Voirie"] && lines.map(\.contract?.amount) == [Euros(10_000)])
      // The next file of that buyer is read by them at once; another buyer's is not.
      let next = try await Self.show(house, actor, try await Self.send(house, actor, text))
      #expect(next.titleRow == 2 && next.lines.map(\.contract?.object) == ["Voirie"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `no social security number is ever kept, in whatever column or correction`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      let id = try await Self.send(
        house, actor, "Objet;Autre\nVoirie 1 85 05 78 006 084 91;185057800608491\nToiture;x 1850578006084\n")
      let stored = try await house.world.database.read { db in
        try Programmes.rows(of: id, in: db).map(\.cells).joined().filter { !$0.isWhitespace }
      }
      #expect(!stored.contains("1850578006084") && stored.contains("masqué"))
      let line = try #require(try await Self.show(house, actor, id).lines.first)
      #expect(line.remarks[.object] != nil && line.contract?.object.hasPrefix("Voirie [") == true)
      await #expect(throws: FieldFault.self) {
        try await CorrectProgramme(id, row: 3, typed: [.object: "185057800608491"], leavesOut: false)
          .run(as: actor, in: house.world)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `undoing files one after the other leaves nothing, but never takes a message away`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      func take(_ text: String) async throws -> ID<PurchaseProgramme> {
        let id = try await Self.send(house, actor, text)
        let version = try await Self.show(house, actor, id).version
        _ = try await SendProgramme(id, version: version).run(as: actor, in: house.world)
        return id
      }
      let first = try await take("Objet;Montant\nVoirie;1\nToiture;1\n")
      let second = try await take("Objet;Montant\nVoirie;2\n")
      #expect(try await UndoProgramme(second).run(as: actor, in: house.world) == .init(undone: 1, kept: 0))
      let toiture = try #require(try await ListPlanned(words: "toiture").run(as: actor, in: house.world).lines.first)
      #expect(try await WriteToPlanned(toiture.dossier.id, words: "Bonjour").run(as: actor, in: house.world))
      #expect(try await UndoProgramme(first).run(as: actor, in: house.world) == .init(undone: 1, kept: 1))
      #expect(try await ListPlanned().run(as: actor, in: house.world).lines.map(\.dossier.id) == [toiture.dossier.id])
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever leaves hands planned contracts over, and a body that is taken in keeps none for itself`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let (dossier, programme) = try await house.planned(body: house.body)
      let (secret, member) = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      let (_, heir) = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      let leaving = try await house.actor(secret)
      #expect(
        try await StudyPlanned(dossier, version: 1, stage: "in-study", reason: "", follower: "\(member)")
          .run(as: leaving, in: house.world))
      #expect(try await ListPlanned(isMine: true).run(as: leaving, in: house.world).lines.count == 1)
      _ = try await EndMembership(member, successor: heir).run(
        as: try await house.administratorStrong(), in: house.world)
      let actor = try await house.enter(.facilitator, in: house.body)
      let seen = try #require(try await ShowPlanned(dossier).run(as: actor, in: house.world))
      #expect(seen.dossier.assigned == heir && seen.followers.contains { $0.id == heir })

      let other = try await house.organisation(.facilitationBody, "Nouvelle maison")
      let newcomer = try await house.enter(.facilitator, in: other)
      #expect(try await ListPlanned().run(as: newcomer, in: house.world).lines.isEmpty)
      try await house.world.database.write { db in
        var taken = try #require(try Organisations.find(house.body, in: db))
        (taken.state, taken.mergedInto) = (.merged, other)
        _ = try Organisations.update(&taken, in: db)
      }
      #expect(try await ListPlanned().run(as: newcomer, in: house.world).lines.map(\.dossier.id) == [dossier])
      #expect(try await ShowProgramme(programme).run(as: newcomer, in: house.world) != nil)
      #expect(try await PrepareProgramme().run(as: newcomer, in: house.world).latest.map(\.id) == [programme])
    }
  }

  @Test(arguments: Engine.allCases)
  func `the first opinion is there at once, the answer is due in two working days, and lateness is told`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      let id = try await Self.send(house, actor, "Objet;CPV;Montant;Durée;Lieu\nNettoyage;90911200;400 000;48;77000\n")
      let version = try await Self.show(house, actor, id).version
      _ = try await SendProgramme(id, version: version).run(as: actor, in: house.world)
      let list = try await ListPlanned().run(as: actor, in: house.world)
      let line = try #require(list.lines.first)
      #expect(line.opinion.sheet.hours != nil && line.opinion.duty?.outcome == .notMet && line.opinion.missing.isEmpty)
      let calendar = WorkingCalendar(figures: house.world.figures)
      #expect(line.dossier.answerDue == calendar.adding(2, .working, to: house.world.today()) && !line.isLate)
      var world = house.world
      let late = line.dossier.answerDue.adding(days: 1)
      world.today = { late }
      #expect(try await ListPlanned().run(as: actor, in: world).lines.map(\.isLate) == [true])
    }
  }

  @Test(arguments: Engine.allCases)
  func `each role sees its own, two people never overwrite each other, and messages are read by both sides`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body, name: "Ana Bel")
      let id = try await Self.send(house, actor, "Objet;Lieu\nVoirie;77000\n")
      let version = try await Self.show(house, actor, id).version
      _ = try await SendProgramme(id, version: version).run(as: actor, in: house.world)
      let dossier = try #require(try await ListPlanned().run(as: actor, in: house.world).lines.first).dossier

      let buyer = try await house.organisation(.buyer, "Ville de Melun", siret: dossier.buyer.digits)
      let clerk = try await house.enter(.buyer, in: buyer, name: "Zoé Sow")
      let other = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Autre", siret: "21400192700000"))
      let coordinator = try await house.enter(
        .coordinator, in: try await house.organisation(.coordination, "Coordination"))
      #expect(try await ListPlanned().run(as: clerk, in: house.world).lines.map(\.dossier.id) == [dossier.id])
      #expect(try await ListPlanned().run(as: other, in: house.world).lines.isEmpty)
      #expect(try await ShowPlanned(dossier.id).run(as: other, in: house.world) == nil)
      #expect(try await ListPlanned().run(as: coordinator, in: house.world).lines.isEmpty)
      let seen = try #require(try await ShowPlanned(dossier.id).run(as: clerk, in: house.world))
      #expect(!seen.mayStudy && seen.followers.isEmpty)
      await #expect(throws: Forbidden.self) {
        try await StudyPlanned(dossier.id, version: 1, stage: "advised", reason: "", follower: "").run(
          as: clerk, in: house.world)
      }

      #expect(
        try await WriteToPlanned(dossier.id, words: "Bonjour,\n\n  est-ce  <b>possible</b> ?").run(
          as: clerk, in: house.world))
      #expect(try await !WriteToPlanned(dossier.id, words: "x").run(as: other, in: house.world))
      await #expect(throws: FieldFault.self) {
        try await WriteToPlanned(dossier.id, words: " \n ").run(as: clerk, in: house.world)
      }
      let study = StudyPlanned(
        dossier.id, version: dossier.version, stage: "set-aside", reason: "Trop court",
        follower: "\(try #require(actor.acting).membership)")
      #expect(try await study.run(as: actor, in: house.world))
      await #expect(throws: ChangedMeanwhile.self) { try await study.run(as: actor, in: house.world) }
      await #expect(throws: FieldFault.self) {
        try await StudyPlanned(dossier.id, version: 2, stage: "set-aside", reason: " ", follower: "").run(
          as: actor, in: house.world)
      }
      await #expect(throws: FieldFault.self) {
        try await StudyPlanned(
          dossier.id, version: 2, stage: "advised", reason: "", follower: "\(try #require(clerk.acting).membership)"
        )
        .run(as: actor, in: house.world)
      }
      let model = try #require(try await ShowPlanned(dossier.id).run(as: clerk, in: house.world))
      #expect(model.dossier.reason == "Trop court" && model.follower == "Ana Bel")
      #expect(
        model.steps.contains { $0.isMessage && $0.who == "Zoé Sow" && $0.words == "Bonjour,\nest-ce <b>possible</b> ?" }
      )
      #expect(try await ListPlanned().run(as: clerk, in: house.world).lines.isEmpty)

      await #expect(throws: FieldFaults.self) {
        try await ChangePlanned(dossier.id, version: 2, typed: [.object: "", .amount: "beaucoup"]).run(
          as: actor, in: house.world)
      }
      #expect(
        try await ChangePlanned(dossier.id, version: 2, typed: [.object: "Voirie", .amount: "12 000 €", .place: "77"])
          .run(as: actor, in: house.world))
      await #expect(throws: ChangedMeanwhile.self) {
        try await ChangePlanned(dossier.id, version: 2, typed: [.object: "Voirie"]).run(as: actor, in: house.world)
      }
    }
  }
}
