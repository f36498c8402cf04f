import Clauses
import Testing

@Suite struct PublicationMappingTests {
  private func codes(
    _ possibility: Possibility?, _ kind: AwardNotice.Kind = .contract,
    _ change: (inout PublicationRequest) -> Void = { _ in }
  ) throws -> PublicationCodes {
    var request = PublicationRequest(possibility, kind: kind, day: Reference.today)
    change(&request)
    return try request.codes(figures: Reference.figures())
  }

  private func read(_ values: [String], _ kind: AwardNotice.Kind = .contract) throws -> PublishedValues {
    try PublishedValues.read(values, kind: kind, figures: Reference.figures(), on: Reference.today)
  }

  private func values(_ codes: PublicationCodes, _ field: String) -> [String] {
    codes.entries.first { $0.field == field }?.values ?? ["absent"]
  }

  private func presence(_ codes: PublicationCodes, _ field: String) -> PublicationCodes.Presence? {
    codes.entries.first { $0.field == field }?.presence
  }

  @Test func `a clause and a criterion are published as two values`() throws {
    let codes = try codes(.executionAndCriterion)
    #expect(codes.decp == ["Clause sociale", "Critère social"])
    #expect(values(codes, "BT-06-Lot") == ["soc-obj"])
    #expect(values(codes, "BT-775-Lot") == ["opp"])
    #expect(values(codes, "BT-71-Lot") == ["none"])
    #expect(try self.codes(.execution).decp == ["Clause sociale"])
    #expect(try self.codes(.criterion).decp == ["Critère social"])
  }

  @Test func `a reservation is published with its own word and with a clause when it fixes hours`() throws {
    let reserved = try codes(.reserved) { $0.families = [.inclusion] }
    #expect(reserved.decp == ["Marché réservé"])
    #expect(values(reserved, "BT-71-Lot") == ["res-ws"])
    #expect(values(reserved, "BT-736-Lot") == ["no"])
    let hours = try codes(.reserved) {
      $0.families = [.adapted]
      $0.hasHours = true
    }
    #expect(hours.decp == ["Clause sociale", "Marché réservé"])
    #expect(values(hours, "BT-736-Lot") == ["yes"])
    #expect(try codes(.reserved, .concession) { $0.families = [.prison] }.decp == ["Concession réservée"])
    let social = try codes(.reserved) { $0.families = [.socialEconomy] }
    #expect(values(social, "BT-71-Lot") == ["res-pub-ser"])
    #expect(values(social, "BT-775-Lot") == ["opp", "other"])
    let both = try codes(.reserved) { $0.families = [.adapted, .inclusion] }
    #expect(values(both, "BT-71-Lot") == ["res-ws"])
  }

  @Test func `a reservation without beneficiaries and one that concessions do not know are refused`() throws {
    #expect(try !codes(.reserved).derivation.isFree)
    let social = try codes(.reserved, .concession) { $0.families = [.socialEconomy] }
    #expect(social.derivation.findings.map(\.code) == ["socialEconomyConcession"])
  }

  @Test func `no consideration has its own value and no description`() throws {
    let codes = try codes(nil)
    #expect(codes.decp == ["Pas de considération sociale"])
    #expect(values(codes, "BT-06-Lot") == ["none"])
    #expect(presence(codes, "BT-777-Lot") == .forbidden && presence(codes, "BT-775-Lot") == .forbidden)
    #expect(values(codes, "BT-777-Lot").isEmpty)
  }

  @Test func `the subtype of the notice says which fields are required`() throws {
    func codes(_ subtype: String?) throws -> PublicationCodes { try self.codes(.execution) { $0.subtype = subtype } }
    let contract = try codes("16")
    #expect(presence(contract, "BT-71-Lot") == .required && presence(contract, "BT-777-Lot") == .required)
    #expect(presence(contract, "BT-06-Lot") == .allowed && presence(contract, "BT-70-Lot") == .allowed)
    #expect(presence(try codes("17"), "BT-70-Lot") == .required)
    let planning = try codes("4")
    #expect(presence(planning, "BT-06-Lot") == .forbidden && values(planning, "BT-06-Lot").isEmpty)
    #expect(presence(planning, "BT-777-Lot") == .forbidden && presence(planning, "BT-71-Lot") == .allowed)
    for (subtype, expected) in [
      ("6", PublicationCodes.Presence.allowed), ("7", .required), ("22", .required), ("23", .allowed),
    ] {
      #expect(presence(try codes(subtype), "BT-71-Lot") == expected)
    }
    #expect(presence(try codes(nil), "BT-71-Lot") == .dependsOnNotice)
    #expect(presence(try codes(nil), "BT-777-Lot") == .required)
    #expect(try codes("99").derivation.findings.map(\.code) == ["subtypeUnknown"])
    #expect(try codes("16").derivation.findings.isEmpty)
  }

  @Test func `buying insertion itself has no code of its own`() throws {
    let codes = try codes(.insertionService)
    #expect(codes.decp == ["Clause sociale"])
    #expect(codes.derivation.findings.map(\.code) == ["noCodeForInsertionService"])
    #expect(codes.derivation.figures.contains { $0.status == .open })
  }

  @Test func `every value written belongs to the list of its field`() throws {
    let figures = try Reference.figures()
    for figure in figures.publications.all {
      for (code, values) in figure.value.fields {
        let field = try #require(figures.noticeFields.all.first { $0.value.code == code }, "\(code)")
        for value in values { #expect(field.value.values.contains(value), "\(figure.id) \(code)") }
      }
      let known = try figures.words.figure(.decpValues(figure.value.kind), on: Reference.today)
      for value in figure.value.decp + figure.value.decpWithHours { #expect(known.value.all.contains(value)) }
    }
  }

  @Test(arguments: [
    (["Clause sociale"], [Possibility.execution]), (["Critère social"], [.criterion]),
    (["Critère social", "Clause sociale"], [.executionAndCriterion]), (["Marché réservé"], [.reserved]),
    (["Marché réservé", "Critère social"], [.criterion, .reserved]), (["Pas de considération sociale"], []),
    (["Marché réservé", "Clause sociale", "Critère social"], [.executionAndCriterion, .reserved]),
  ])
  func `published values speak of the most specific possibilities`(values: [String], possibilities: [Possibility])
    throws
  {
    let read = try read(values)
    #expect(read.possibilities == possibilities)
    #expect(read.derivation.isFree)
  }

  @Test func `a reservation with a clause is one reserved contract with hours`() throws {
    let read = try read(["Marché réservé", "Clause sociale"])
    #expect(read.possibilities == [.reserved] && read.reservedWithHours)
    #expect(try !self.read(["Marché réservé"]).reservedWithHours)
  }

  @Test func `what the format lets pass is refused here`() throws {
    func codes(_ values: [String], _ kind: AwardNotice.Kind = .contract) throws -> [String] {
      try read(values, kind).derivation.findings.filter { $0.level == .fault }.map(\.code)
    }
    #expect(try codes(["Pas de considération sociale", "Clause sociale"]) == ["noneWithOthers"])
    #expect(try codes([]) == ["valueMissing"])
    #expect(try codes(["Clause sociale", "Clause sociale"]) == ["valueTwice"])
    #expect(try codes(["Marché réservé"], .concession) == ["valueUnknown"])
    #expect(try codes(["Concession réservée"]) == ["valueUnknown"])
    #expect(try codes(["Concession réservée"], .concession).isEmpty)
  }

  @Test(arguments: [Possibility.execution, .criterion, .executionAndCriterion, .reserved], AwardNotice.Kind.allCases)
  func `what is published is read back`(possibility: Possibility, kind: AwardNotice.Kind) throws {
    for family in ReservedFamily.allCases where family != .socialEconomy || kind == .contract {
      for hours in [false, true] {
        let codes = try codes(possibility, kind) {
          $0.families = possibility == .reserved ? [family] : []
          $0.hasHours = hours
        }
        let back = try read(codes.decp, kind)
        #expect(back.possibilities == [possibility])
        #expect(back.reservedWithHours == (possibility == .reserved && hours))
      }
    }
  }

  @Test func `a lone clause may also be bought insertion`() throws {
    #expect(try read(["Clause sociale"]).derivation.findings.map(\.code) == ["insertionServicePossible"])
    #expect(try read(["Critère social"]).derivation.findings.isEmpty)
  }
}
