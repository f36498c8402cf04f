import Casework
import Clauses
import Records
import Storage
import TestSupport
import Testing

@Suite struct StateBuyerTests {
  private let school = "19771357900018"

  private func duty(_ number: String, in world: World) async throws -> DutyEstimate.Outcome? {
    try await items(in: world).first { $0.object == number }?.cell.duty
  }

  private func award(_ number: String, of buyer: String) -> AwardText {
    AwardText(number) {
      $0.buyer = buyer
      $0.object = number
      $0.euros = "150000"
      $0.notified = "2025-09-01"
    }
  }

  @Test(arguments: Engine.allCases)
  func `a stated type decides the threshold at once, for later imports too, until it is taken back`(
    engine: Engine
  ) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load([award("lycée", of: school), award("mairie", of: "21770288100012")], in: world, place)
      #expect(try await duty("lycée", in: world) == .dependsOnBuyer)
      #expect(try await duty("mairie", in: world) == .below)

      let stated = try await StateBuyer(number: "197 713 579", type: .centralState)
        .run(as: .machineOperator, in: world)
      #expect(stated.judged == 1)
      #expect(try await duty("lycée", in: world) == .likely)
      _ = try await load([award("collège", of: "19771357900026")], as: "suite.json", in: world, place)
      #expect(try await duty("collège", in: world) == .likely)

      // What is said of one establishment wins over what is said of its legal unit.
      _ = try await StateBuyer(number: "19771357900026", type: .otherAuthority).run(as: .machineOperator, in: world)
      #expect(try await duty("collège", in: world) == .below)
      #expect(try await duty("lycée", in: world) == .likely)
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
      #expect(try await RecomputeSpotting().run(as: .machineOperator, in: world) == 0)
      #expect(
        try await ListStatedBuyers().run(as: .visitor, in: world).map(\.number) == ["197713579", "19771357900026"])

      let id = try #require(try await items(in: world).first { $0.object == "lycée" }?.id)
      let sheet = try #require(try await ShowContract(id: id).run(as: .visitor, in: world))
      #expect(sheet.spotting.duty.buyerIsStated && sheet.spotting.duty.buyer == .centralState)

      _ = try await StateBuyer(number: "197713579", type: nil).run(as: .machineOperator, in: world)
      #expect(try await duty("lycée", in: world) == .dependsOnBuyer)
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a number that is no SIRET and no SIREN changes nothing`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load([award("lycée", of: school)], in: world, place)
      for wrong in ["", "1977", "1977135790001X", "197713579000181"] {
        await #expect(throws: NoSuchNumber.self) {
          try await StateBuyer(number: wrong, type: .centralState).run(as: .machineOperator, in: world)
        }
      }
      #expect(try await ListStatedBuyers().run(as: .visitor, in: world).isEmpty)
      #expect(try await duty("lycée", in: world) == .dependsOnBuyer)
    }
  }
}
