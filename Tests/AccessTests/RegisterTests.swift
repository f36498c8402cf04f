import Clauses
import Records
import TestSupport
import Testing

@testable import Casework

@Suite struct RegisterTests {
  @Test(arguments: [Engine.sqlite])
  func `the register names rights that exist, figures that are known, and who holds them today`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let figures = house.world.figures
      for figure in figures.processings {
        for name in figure.value.rights { #expect(Right(rawValue: name) != nil, "\(figure.id): \(name)") }
      }
      let model = try ShowRegister().run(as: .visitor, in: house.world)
      #expect(model.lines.count == figures.processings.count && model.lines.count >= 8)
      #expect(model.lines.allSatisfy { line in line.keeping.allSatisfy { !$0.contains("{") } })
      let requests = try #require(model.lines.first { $0.processing.name == "requests" })
      #expect(requests.keeping.joined().contains("12\u{A0}mois"))
      let holders = try #require(requests.sight.first).holders
      #expect(holders.contains(Role.dataProtectionOfficer.label) && holders.contains("qui administre"))
      #expect(!holders.contains(Role.buyer.label) && !holders.contains(Role.coordinator.label))
      #expect(model.lines.last?.processing.state == .planned)
      #expect(model.rights.count == 6 && model.delays.answer == "1\u{A0}mois")
      #expect(!model.declaration.isWhole)
    }
  }

  @Test func `the file of the register says what the installation declared`() async throws {
    try await withHouse(.sqlite) { house in
      var world = house.world
      world.privacy = PrivacyDeclaration(controller: "Ville ; \"de\" Val-Fleuri", contact: "dpo@exemple.fr")
      let text = String(decoding: try ShowRegister().csv(as: .visitor, in: world), as: UTF8.self)
      #expect(text.hasPrefix("\u{FEFF}Traitement;"))
      #expect(text.contains("\"Ville ; \"\"de\"\" Val-Fleuri\"") && text.contains("dpo@exemple.fr"))
      let undeclared = String(decoding: try ShowRegister().csv(as: .visitor, in: house.world), as: UTF8.self)
      #expect(undeclared.contains("non déclaré"))
    }
  }
}
