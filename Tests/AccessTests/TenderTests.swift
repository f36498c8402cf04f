import Clauses
import Foundation
import Paperwork
import Records
import Storage
import TestSupport
import Testing

@testable import Casework

/// The wording of a consultation: begun from signed sheets, drafted by one side, sent as it is, read and compared by the other.
@Suite struct TenderTests {
  private static let buyer = "21770288000006"

  /// What a form of a wording gives: here, the hours of lot 1 alone.
  private static let read: TenderReader = { typed in
    guard let hours = Int64(typed), let day = Day(year: 2026, month: 9, day: 7) else { return nil }
    var terms = TenderTerms(
      buyer: "Ville", object: "Nettoyage", day: day,
      lots: [.init("1", .execution, hours: Hours(hundredths: hours * 100))])
    terms.contact = ["Ana Bel", "ana.bel@exemple.fr"]
    (terms.frequency, terms.penaltyHour, terms.ccag) = (.monthly, Euros(60), .suppliesServices)
    terms.publics = ["Bénéficiaire du RSA en recherche d’emploi"]
    return terms
  }

  private static func dossier(_ house: House, _ actor: Actor) async throws -> ID<PlannedDossier> {
    try await AddPlanned(
      [.object: "Nettoyage", .amount: "400 000", .cpv: "90911200", .place: "77000"], buyer: buyer, buyerName: "Ville"
    ).run(as: actor, in: house.world)
  }

  @Test(arguments: Engine.allCases)
  func `a wording is drafted, sent as it is, read by the buyer, compared with its documents, and sent anew`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let actor = try await house.enter(.facilitator, in: house.body, name: "Ana Bel")
      let clerk = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Ville", siret: Self.buyer), name: "Zoé Sow")
      let planned = try await Self.dossier(house, actor)
      func begin() async throws -> ID<Tender>? {
        try await BeginTender(planned) { seed in
          #expect(
            seed.buyer == "Ville" && seed.contact.first == "Ana Bel" && !seed.publics.isEmpty && seed.noticeDays > 0)
          return "1688"
        }.run(as: actor, in: house.world)
      }
      // Whoever wrote about the contract is told of the pieces.
      #expect(try await WriteToPlanned(planned, words: "Bonjour").run(as: clerk, in: house.world))
      let id = try #require(try await begin())
      #expect(try await begin() == id)
      func show(_ who: Actor) async throws -> ShowTender.Model? {
        try await ShowTender(id, read: Self.read).run(as: who, in: house.world)
      }
      func save(_ version: Int, _ typed: String) async throws -> Bool {
        try await SaveTender(id, version: version, typed: typed).run(as: actor, in: house.world)
      }
      func issue(_ version: Int) async throws -> Int? {
        try await IssueTender(id, version: version, read: Self.read).run(as: actor, in: house.world)
      }
      func paste(_ who: Actor, _ document: String, _ text: String, after: Int = 0) async throws -> Bool {
        try await PasteTenderText(id, document: document, text: text, versions: [document: after])
          .run(as: who, in: house.world)
      }
      let draft = try #require(try await show(actor))
      #expect(draft.mayStudy && draft.mayPaste && draft.terms?.lots.count == 1 && draft.published.count == 1)
      #expect(
        Set(draft.drafts.map(\.piece)).isSuperset(of: [.notice, .consultationRules, .particularClauses, .engagementAct])
      )
      // The pieces agree with each other, since they come from the same terms.
      #expect(draft.remarks.findings.allSatisfy { $0.level != .fault })
      // The buyer sees nothing before it is sent, and cannot compare.
      #expect(try await show(clerk) == nil)
      #expect(try await ShowPlanned(planned).run(as: clerk, in: house.world)?.tender == nil)
      #expect(try await !paste(clerk, "notice", "Lot 1"))

      // What was typed is kept, right or wrong; what is wrong is not sent.
      #expect(try await save(1, "beaucoup"))
      #expect(try await show(actor)?.drafts.isEmpty == true)
      await #expect(throws: FieldFault.self) { try await issue(2) }
      await #expect(throws: ChangedMeanwhile.self) { try await save(1, "1") }
      await #expect(throws: FieldFault.self) { try await save(2, "objet=1+85+05+78+006+084+91") }
      await #expect(throws: FieldFault.self) { try await save(2, String(repeating: "a", count: 50_000)) }
      #expect(try await save(2, "1688"))
      await #expect(throws: Forbidden.self) {
        try await SaveTender(id, version: 3, typed: "1").run(as: clerk, in: house.world)
      }
      await #expect(throws: ChangedMeanwhile.self) { try await issue(2) }
      #expect(try await issue(3) == 1)
      // Pressed twice, it is one sending.
      #expect(try await issue(3) == 1)
      let shown = try #require(try await show(clerk))
      #expect(!shown.mayStudy && shown.mayPaste && shown.issues.count == 1 && shown.issues.first?.by == "Ana Bel")
      #expect(shown.drafts == draft.drafts && shown.dossier.stage == .worded)
      #expect(try await house.letters().contains { $0.contains("Zoé") })

      // A later change is not the buyer's before it is sent.
      #expect(try await save(3, "1700"))
      #expect(try await show(clerk)?.terms?.lots.first?.hours == Hours(1_688))

      // The buyer's own act of engagement says something else, and the page says so.
      await #expect(throws: FieldFault.self) { try await paste(clerk, "preface", "Lot 1") }
      await #expect(throws: FieldFault.self) { try await paste(clerk, "engagementAct", "1 85 05 78 006 084 91") }
      #expect(
        try await paste(
          clerk, "engagementAct",
          "Lot 1 : le titulaire s’engage à réserver 1 680 heures de travail à l’insertion.\u{0}"))
      let compared = try #require(try await show(clerk))
      #expect(compared.remarks.findings.contains { $0.code == "hoursDiffer" })
      #expect(compared.pasted.first?.lots.first?.readings.contains { $0.value.contains("680") } == true)
      #expect(compared.pasted.first?.text.contains("\u{0}") == false)
      // Two people who paste the same piece do not overwrite each other.
      await #expect(throws: ChangedMeanwhile.self) { try await paste(actor, "engagementAct", "Autre") }
      #expect(try await paste(actor, "engagementAct", "  ", after: 1))
      await #expect(throws: ChangedMeanwhile.self) { try await paste(clerk, "engagementAct", "Autre", after: 1) }
      #expect(try await show(clerk)?.pasted.isEmpty == true)

      #expect(try await issue(4) == 2)
      #expect(try await show(clerk)?.terms?.lots.first?.hours == Hours(1_700))
      // Nobody else reads it.
      let stranger = try await house.enter(
        .facilitator, in: try await house.organisation(.facilitationBody, "Plaine"))
      #expect(try await show(stranger) == nil)
      #expect(try await !SaveTender(id, version: 4, typed: "1").run(as: stranger, in: house.world))
      #expect(try await !paste(stranger, "notice", "Lot 1"))
      #expect(try await house.actions().filter { $0.hasPrefix("tender-") }.count == 8)
    }
  }

  /// The checkout that these tests lie in.
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  @Test(arguments: Engine.allCases)
  func `a sending prints the same bytes whatever changes afterwards, and a draft only for those who study`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      var world = house.world
      var press = PaperPress(share: "\(Self.checkout)/.share", python: "\(Self.checkout)/.venv/bin/python")
      press.patience = 1800
      world.press = press
      let actor = try await house.enter(.facilitator, in: house.body, name: "Ana Bel")
      let clerk = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Ville", siret: Self.buyer), name: "Zoé Sow")
      let planned = try await Self.dossier(house, actor)
      let id = try #require(try await BeginTender(planned) { _ in "1688" }.run(as: actor, in: world))
      func print(
        _ who: Actor, _ number: Int?, _ piece: TenderPiece? = .notice, _ format: String = "docx"
      ) async throws -> PrintTender.Printed? {
        try await PrintTender(id, number: number, piece: piece, format: format, read: Self.read).run(as: who, in: world)
      }
      let draft = try #require(try await print(actor, nil))
      #expect(draft.name.hasSuffix("-avis.docx") && draft.bytes.starts(with: Array("PK".utf8)))
      #expect(try await print(clerk, nil) == nil)
      #expect(try await print(clerk, 1) == nil)
      #expect(try await print(actor, nil, .criterionGrid) == nil)
      #expect(try await print(actor, nil, .notice, "exe") == nil)
      #expect(try await IssueTender(id, version: 1, read: Self.read).run(as: actor, in: world) == 1)
      let first = try #require(try await print(clerk, 1))
      let whole = try #require(try await print(clerk, 1, nil, "pdf"))
      #expect(whole.name.hasSuffix(".zip") && whole.type == "application/zip")
      #expect(
        try await ChangePlanned(planned, version: 2, typed: [.object: "Autre objet", .reference: "R-2"])
          .run(as: actor, in: world))
      _ = try await SaveTender(id, version: 1, typed: "1700").run(as: actor, in: world)
      house.clock.move(minutes: 3 * 24 * 60)
      #expect(try await print(clerk, 1)?.bytes == first.bytes)
      let stranger = try await house.enter(
        .facilitator, in: try await house.organisation(.facilitationBody, "Plaine"))
      #expect(try await print(stranger, 1) == nil)
      world.press = nil
      await #expect(throws: Unprintable.self) { try await print(clerk, 1) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `hours of signed sheets are where the wording begins`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let actor = try await house.enter(.facilitator, in: house.body)
      let planned = try await Self.dossier(house, actor)
      let lot: LotReader = { _ in
        var given = Calibration.Case()
        given.amount = Euros(100_000)
        return LotInput(given, segment: "cleaning")
      }
      for (name, hours) in [("Lot 1", 686), ("Lot 2", 0)] {
        let sheet = try #require(
          try await BeginSheet(planned, lot: name) { _ in "1" }.run(as: actor, in: house.world))
        #expect(
          try await SignSheet(
            sheet, version: 1, typed: "1", method: SignSheet.ownHours, hours: Hours(700), reason: "essai", read: lot
          ).run(as: actor, in: house.world))
        #expect(
          try await ChooseHours(sheet, version: 2, hours: Hours(hours), reason: "budget").run(
            as: actor, in: house.world))
      }
      _ = try await BeginTender(planned) { seed in
        // A lot without clause has no wording.
        #expect(seed.lots.map(\.name) == ["Lot 1"] && seed.lots.first?.hours == Hours(686))
        return ""
      }.run(as: actor, in: house.world)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a body has its own wording, with its reason and versions, and goes back to the library`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let actor = try await house.enter(.facilitator, in: house.body)
      let code = "particularClauses.penalties.ccag"
      func write(_ after: Int, _ text: String, _ reason: String = "Usage de notre territoire") async throws -> Bool {
        try await WriteLocalWording(code: code, after: after, text: text, reason: reason).run(
          as: actor, in: house.world)
      }
      func line(_ who: Actor) async throws -> ShowWordings.Line? {
        let model = try await ShowWordings(code: code).run(as: who, in: house.world)
        return model.lines.first
      }
      let library = try #require(try await line(actor)).wording.value
      await #expect(throws: FieldFault.self) { try await write(0, "Notre texte.", "") }
      await #expect(throws: FieldFault.self) { try await write(0, "Notre texte {hours}.") }
      await #expect(throws: FieldFault.self) { try await write(0, "1 85 05 78 006 084 91") }
      // The library's own words are no text of one's own.
      #expect(try await write(0, WordingText.written(library.text)))
      #expect(try await line(actor)?.local == nil)
      #expect(try await write(0, "Notre texte, {penalite-heure} par heure.\r\n\r\n- un\r\n- deux"))
      await #expect(throws: ChangedMeanwhile.self) { try await write(0, "Autre.") }
      let local = try #require(try await line(actor)?.local)
      #expect(local.paragraphs == ["Notre texte, {penalite-heure} par heure.", "- un", "- deux"] && local.number == 1)
      let planned = try await Self.dossier(house, actor)
      let tender = try #require(try await BeginTender(planned) { _ in "10" }.run(as: actor, in: house.world))
      let shown = try #require(try await ShowTender(tender, read: Self.read).run(as: actor, in: house.world))
      let clause = shown.drafts.flatMap(\.clauses).first { $0.code == code }
      #expect(clause?.isLocal == true && clause?.lines.first?.hasPrefix("Notre texte, 60") == true)
      // Another body reads it beside the library, under its own.
      let stranger = try await house.enter(
        .facilitator, in: try await house.organisation(.facilitationBody, "Plaine"))
      let seen = try #require(try await line(stranger))
      #expect(seen.local == nil && seen.others.map(\.body) == ["Maison de l’emploi"])
      let clerk = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Ville", siret: Self.buyer), name: "Zoé Sow")
      #expect(try await line(clerk)?.others.isEmpty == true)
      await #expect(throws: Forbidden.self) {
        try await WriteLocalWording(code: code, after: 0, text: "a", reason: "b").run(as: clerk, in: house.world)
      }
      #expect(try await write(1, "", "La bibliothèque suffit"))
      #expect(try await line(actor)?.local?.paragraphs == nil)
      #expect(
        try await !WriteLocalWording(code: "inconnu", after: 0, text: "a", reason: "b").run(as: actor, in: house.world))
    }
  }
}
