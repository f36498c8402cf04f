import Clauses
import Exchange
import Foundation
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

/// What comes in without a file of one's own: contracts typed one by one, renewals of published ones, and what people
/// send without an account.
@Suite struct SubmissionTests {
  private static let buyer = "21770288000006"

  private static func faults(_ work: () async throws -> Void) async throws -> [String] {
    do {
      try await work()
      return []
    } catch let faults as FieldFaults {
      return faults.all.map(\.field).sorted()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a contract typed by hand says all its faults at once, comes in once, and can be taken back`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let actor = try await house.enter(.facilitator, in: house.body)
      func add(_ typed: [PlannedField: String], _ buyer: String = Self.buyer, _ name: String = "Ville") async throws
        -> ID<PlannedDossier>
      {
        try await AddPlanned(typed, buyer: buyer, buyerName: name).run(as: actor, in: house.world)
      }
      #expect(
        try await Self.faults { _ = try await add([.amount: "beaucoup"], "12") } == ["acheteur", "amount", "object"])
      #expect(try await Self.faults { _ = try await add([.object: "x"], Self.buyer, "") } == ["nom"])
      let id = try await add([.object: "Nettoyage", .amount: "120 000", .place: "Melun (77)", .months: "2 ans"])
      let shown = try #require(try await ShowPlanned(id).run(as: actor, in: house.world))
      #expect(shown.dossier.contract.amount == Euros(120_000) && shown.dossier.contract.months == 24)
      #expect(shown.dossier.contract.departement?.code == "77" && shown.steps.map(\.words) == ["Saisi à la main."])
      #expect(try await Self.faults { _ = try await add([.object: "NETTOYAGE"]) } == ["object"])
      #expect(try await Self.faults { _ = try await add([.object: "a", .note: "1 85 05 78 006 084 91"]) } == ["note"])
      let latest = try await PrepareProgramme().run(as: actor, in: house.world).latest
      #expect(latest.map(\.fileName) == ["saisie à la main"])
      #expect(
        try await UndoProgramme(shown.dossier.programme).run(as: actor, in: house.world) == .init(undone: 1, kept: 0))
      #expect(try await ShowPlanned(id).run(as: actor, in: house.world) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a published contract that ends fills in the form of its renewal, once, and for its own buyer`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let path = FileManager.default.temporaryDirectory.appending(path: "m-\(UUID().uuidString).json").path
      defer { unlink(path) }
      try Data(
        AwardText.file([
          AwardText("N1") {
            $0.buyer = Self.buyer
            $0.published = "2025-03-20"
          }
        ]).utf8
      ).write(to: URL(filePath: path))
      _ = try await ImportAwards(path: path, name: "m.json").run(as: .machineOperator, in: house.world) { _ in }
      let award = try #require(
        try await house.world.database.read { try $0.scalar(Int64.self, "SELECT id FROM award") })
      let actor = try await house.enter(.facilitator, in: house.body)
      let form = try #require(try await PreparePlanned(renewing: award).run(as: actor, in: house.world)?.renewed)
      #expect(form.buyer.digits == Self.buyer && form.buyerName == "Commune de Melun")
      #expect(form.proposed.start == Month("2027-03") && form.proposed.months == 24)
      #expect(form.proposed.amount == Euros(250_000) && form.proposed.category == .services)
      var typed: [PlannedField: String] = [:]
      for field in PlannedField.allCases { typed[field] = form.proposed.shown(field) }
      func add(_ buyer: String) async throws -> ID<PlannedDossier> {
        try await AddPlanned(typed, buyer: buyer, buyerName: "Ville", renewing: award).run(as: actor, in: house.world)
      }
      #expect(try await Self.faults { _ = try await add("21400192700000") } == ["acheteur"])
      let id = try await add(Self.buyer)
      #expect(try await ShowPlanned(id).run(as: actor, in: house.world)?.dossier.renews == "N1")
      let sheet = try #require(try await ShowContract(id: award).run(as: actor, in: house.world))
      #expect(sheet.renewals.map(\.id) == [id])
      #expect(try await ShowContract(id: award).run(as: .visitor, in: house.world)?.renewals.isEmpty == true)
      typed[.object] = "Autre"
      #expect(try await Self.faults { _ = try await add(Self.buyer) } == ["object"])
      // Another buyer reads nothing of it, and cannot follow it.
      let other = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Autre", siret: "21400192700000"))
      #expect(try await PreparePlanned(renewing: award).run(as: other, in: house.world) == nil)
      #expect(try await ShowContract(id: award).run(as: other, in: house.world)?.renewals.isEmpty == true)
    }
  }

  private static func submission(_ email: String = "zoe@mairie.fr") -> ProgrammeSubmission {
    var submission = ProgrammeSubmission(
      name: "Zoé Sow", email: email, phone: "01 23 45 67 89", buyer: "217 702 880 00006", buyerName: "Ville de Melun",
      postcode: "77000", body: nil)
    submission.typed = [.object: "Nettoyage des écoles", .amount: "400 000", .cpv: "90911200", .place: "77000"]
    return submission
  }

  @Test(arguments: Engine.allCases)
  func `anyone sends a programme, reads a first opinion, and nothing comes of it before the body looks`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let receipt = try await SubmitProgramme(Self.submission()).run(as: .visitor, in: house.world)
      #expect(receipt.reference.hasPrefix("PA-") && receipt.understood == 1 && receipt.faulty == 0)
      #expect(receipt.opinions.first?.opinion.sheet.hours != nil && receipt.body == "Maison de l’emploi")
      // The same page loaded again is the same sending.
      house.clock.move(minutes: 1)
      let again = try await SubmitProgramme(Self.submission()).run(as: .visitor, in: house.world)
      #expect(again.reference == receipt.reference)
      // One for the sender, one for Claire who studies for the body.
      #expect(try await house.letters().count == 2)

      let actor = try await house.enter(.facilitator, in: house.body)
      #expect(try await ListPlanned().run(as: actor, in: house.world).lines.isEmpty)
      let draft = try #require(try await PrepareProgramme().run(as: actor, in: house.world).latest.first)
      #expect(draft.isPublic && draft.state == "à vérifier")
      let shown = try #require(try await ShowProgramme(draft.id).run(as: actor, in: house.world))
      let sender = try #require(shown.sender)
      #expect(sender.person.name == "Zoé Sow" && sender.reference == receipt.reference)
      // A buyer of the same number takes part in the contract, but does not read who sent it.
      let clerk = try await house.enter(
        .buyer, in: try await house.organisation(.buyer, "Ville de Melun", siret: Self.buyer))
      #expect(try await ShowProgramme(draft.id).run(as: clerk, in: house.world)?.sender == nil)
      // Three days later the answer is late already: it counts from the sending.
      house.clock.move(minutes: 3 * 24 * 60)
      #expect(try await SendProgramme(draft.id, version: shown.version).run(as: actor, in: house.world)?.new == 1)
      let dossier = try #require(try await ListPlanned().run(as: actor, in: house.world).lines.first).dossier
      #expect(dossier.answerDue == receipt.due)

      // The sender, who has no account, reads what is answered in a letter.
      #expect(try await WriteToPlanned(dossier.id, words: "Bonjour, parlons-en.").run(as: actor, in: house.world))
      let letter = try #require(try await house.letters().last)
      #expect(letter.contains("Bonjour, parlons-en.") && letter.contains(receipt.reference))
      #expect(try await ForgetSender(draft.id).run(as: actor, in: house.world))
      #expect(try await ShowProgramme(draft.id).run(as: actor, in: house.world)?.sender == nil)
      let count = try await house.letters().count
      #expect(try await WriteToPlanned(dossier.id, words: "Encore.").run(as: actor, in: house.world))
      #expect(try await house.letters().count == count)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a submission says all that is wrong, keeps nothing then, and asks which body where several cover the place`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      var wrong = ProgrammeSubmission(
        name: "", email: "zoe", phone: "appelez-moi", buyer: "1", buyerName: "", postcode: "77000", body: nil)
      #expect(
        try await Self.faults { _ = try await SubmitProgramme(wrong).run(as: .visitor, in: house.world) }
          == ["acheteur", "courriel", "fichier", "prenom-nom", "telephone"])
      wrong = Self.submission()
      wrong.postcode = "75011"
      #expect(
        try await Self.faults { _ = try await SubmitProgramme(wrong).run(as: .visitor, in: house.world) }
          == ["code-postal"])
      try await house.cover("77")
      let other = try await house.organisation(.facilitationBody, "Plaine")
      try await house.cover("77", by: other)
      #expect(
        try await Self.faults {
          _ = try await SubmitProgramme(Self.submission()).run(as: .visitor, in: house.world)
        } == ["structure"])
      #expect(
        try await SubmitProgramme.bodies(postcode: "77000", as: .visitor, in: house.world).map(\.name)
          == ["Maison de l’emploi", "Plaine"])
      wrong = Self.submission()
      (wrong.body, wrong.buyer) = (other, "1")
      #expect(
        try await Self.faults { _ = try await SubmitProgramme(wrong).run(as: .visitor, in: house.world) }
          == ["acheteur"])
      wrong.buyer = Self.buyer
      wrong.typed[.amount] = "beaucoup"
      #expect(
        try await Self.faults { _ = try await SubmitProgramme(wrong).run(as: .visitor, in: house.world) }
          == ["amount"])
      #expect(try await house.letters().isEmpty)
      wrong.typed[.amount] = "1"
      #expect(try await SubmitProgramme(wrong).run(as: .visitor, in: house.world).body == "Plaine")
    }
  }

  @Test(arguments: Engine.allCases)
  func `a postcode finds the body of a commune or of its group of communes, and no neighbour's`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let (mont, dax) = (try #require(CommuneCode("40192")), try #require(CommuneCode("40088")))
      let plie = try await house.organisation(.facilitationBody, "PLIE")
      let group = try await house.organisation(.facilitationBody, "Agglomération")
      let today = house.world.today()
      try await house.world.database.write { db in
        let departement = try #require(DepartementCode("40"))
        try Records.Territories.save([Records.Territories.Region(code: "75", name: "Nouvelle-Aquitaine")], in: db)
        try Records.Territories.save(
          [
            Records.Territories.Departement(
              code: departement, name: "Landes", region: "75", outline: "0 0 1 1|M0")
          ],
          in: db)
        try Records.Territories.save([Records.Territories.Grouping(siren: "247700057", name: "CA", kind: nil)], in: db)
        func commune(_ code: CommuneCode, _ name: String, _ grouping: String?, _ postcode: String)
          -> Records.Territories.Commune
        {
          Records.Territories.Commune(
            code: code, name: name, departement: "40", grouping: grouping, postcodes: [postcode], population: nil,
            latitude: nil, longitude: nil)
        }
        try Records.Territories.save(
          [commune(mont, "Mont-de-Marsan", nil, "40000"), commune(dax, "Dax", "247700057", "40100")], in: db)
        try OrganisationTerritories.insert(.init(kind: .commune, code: "40192", first: today), of: plie, in: db)
        try OrganisationTerritories.insert(.init(kind: .epci, code: "247700057", first: today), of: group, in: db)
      }
      func body(_ postcode: String) async throws -> String {
        var submission = Self.submission("\(postcode.filter { !$0.isWhitespace })@mairie.fr")
        submission.postcode = postcode
        return try await SubmitProgramme(submission).run(as: .visitor, in: house.world).body
      }
      #expect(try await body("40 000") == "PLIE")
      #expect(try await body("40100") == "Agglomération")
      for wrong in ["40200", "4000", "deux-sept", "99999"] {
        #expect(try await Self.faults { _ = try await body(wrong) } == ["code-postal"])
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `drafts that nobody takes and senders of long ago are swept, and a rotation seals senders anew`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      _ = try await SubmitProgramme(Self.submission()).run(as: .visitor, in: house.world)
      var world = house.world
      world.access.keys = try #require(world.access.keys.adding(on: world.today()))
      #expect(try await RotateSealedColumns().run(as: .machineOperator, in: world).senders == 1)
      #expect(try await RotateSealedColumns().run(as: .machineOperator, in: world) == .init())
      let actor = try await house.enter(.facilitator, in: house.body)
      let draft = try #require(try await PrepareProgramme().run(as: actor, in: world).latest.first)
      let shown = try #require(try await ShowProgramme(draft.id).run(as: actor, in: world))
      #expect(shown.sender?.person.email.text == "zoe@mairie.fr")
      _ = try await SendProgramme(draft.id, version: shown.version).run(as: actor, in: world)
      _ = try await SubmitProgramme(Self.submission("leo@mairie.fr")).run(as: .visitor, in: world)
      func sweep() async throws -> [Int] {
        let swept = try await SweepProgrammes().run(as: .machineOperator, in: world)
        return [swept.drafts, swept.senders]
      }
      house.clock.move(minutes: 89 * 24 * 60)
      #expect(try await sweep() == [0, 0])
      house.clock.move(minutes: 3 * 24 * 60)
      #expect(try await sweep() == [1, 0])
      house.clock.move(minutes: 300 * 24 * 60)
      #expect(try await sweep() == [0, 1])
      #expect(try await PrepareProgramme().run(as: actor, in: world).latest.map(\.id) == [draft.id])
    }
  }

  @Test(arguments: Engine.allCases)
  func `each side is told of what the other says, without the words, and nobody of what they said themselves`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await house.cover("77")
      let buyer = try await house.organisation(.buyer, "Ville de Melun", siret: Self.buyer)
      let clerk = try await house.enter(.buyer, in: buyer, name: "Zoé Sow")
      let id = try await AddPlanned([.object: "Voirie"]).run(as: clerk, in: house.world)
      let (secret, member) = try await house.session(.facilitator, in: house.body, administers: false, isStrong: true)
      let follower = try await house.actor(secret)
      let other = try await house.enter(.facilitator, in: house.body, name: "Ana Bel")
      let start = try await house.letters().count
      // Nobody follows it yet: the facilitators are told. Claire, who set the body up, is one of them.
      #expect(try await WriteToPlanned(id, words: "Un mot secret").run(as: clerk, in: house.world))
      let told = try await house.letters().dropFirst(start)
      #expect(told.count >= 2 && !told.contains { $0.contains("secret") })
      #expect(
        try await StudyPlanned(id, version: 1, stage: "in-study", reason: "", follower: "\(member)")
          .run(as: follower, in: house.world))
      let afterStage = try await house.letters()
      #expect(afterStage.count == start + told.count + 1 && afterStage.contains { $0.contains("Zoé") })
      house.clock.move(seconds: 1)
      #expect(try await WriteToPlanned(id, words: "Merci").run(as: clerk, in: house.world))
      #expect(try await house.letters().count == afterStage.count + 1)
      house.clock.move(seconds: 1)
      #expect(try await WriteToPlanned(id, words: "Je réponds").run(as: other, in: house.world))
      #expect(try await house.letters().count == afterStage.count + 2)
    }
  }
}

extension House {
  /// Gives a body a département as its territory.
  func cover(_ code: String, by body: ID<Organisation>? = nil) async throws {
    let (body, today) = (body ?? self.body, world.today())
    try await world.database.write {
      try OrganisationTerritories.insert(.init(kind: .departement, code: code, first: today), of: body, in: $0)
    }
  }
}
