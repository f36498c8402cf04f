import Clauses
import Testing

@Suite struct PlaceResolutionTests {
  typealias Kind = AwardNotice.Place.Kind

  private func resolve(_ code: String, _ kind: Kind?) throws -> PlaceResolution {
    .resolve(.init(code: code, kind: kind), existing: try Reference.figures().departements)
  }

  @Test(
    arguments: [
      ("77000", .postcode, "77"), ("77288", .commune, "77"), ("20000", .postcode, "2A"), ("20167", .postcode, "2A"),
      ("20200", .postcode, "2B"), ("20620", .postcode, "2B"), ("2A004", .commune, "2A"), ("97400", .postcode, "974"),
      ("98800", .postcode, "988"), ("77300", .arrondissement, "77"), ("77112", .canton, "77"),
      ("77", .departement, "77"),
      ("2B", .departement, "2B"), ("974", .departement, "974"), ("01", .departement, "01"), ("77000", nil, "77"),
    ] as [(String, Kind?, String)])
  func `a place gives its département`(code: String, kind: Kind?, departement: String) throws {
    #expect(try resolve(code, kind).departement?.code == departement)
  }

  @Test(
    arguments: [
      (
        "77", .postcode,
        "Le lieu d’exécution « 77 » (code postal) ne désigne aucun département : à vérifier auprès de l’acheteur."
      ),
      (
        "771", .arrondissement,
        "Le lieu d’exécution « 771 » (code d’arrondissement) ne désigne aucun département : à vérifier auprès de l’acheteur."
      ),
      (
        "77000", .departement,
        "Le lieu d’exécution « 77000 » (code de département) ne désigne aucun département : à vérifier auprès de l’acheteur."
      ),
      (
        "77", nil,
        "Le lieu d’exécution « 77 » (sans type de code) ne désigne aucun département : à vérifier auprès de l’acheteur."
      ),
      ("20", .departement, "« 20 » est l’ancien code de la Corse : 2A ou 2B, à préciser."),
      ("11", .region, "Lieu d’exécution donné par région : trop large pour connaître le département."),
      ("FR", .country, "Lieu d’exécution donné par pays : trop large pour connaître le département."),
      ("98000", .postcode, "Le département « 980 » n’existe pas : lieu d’exécution à vérifier."),
      ("", .postcode, "Lieu d’exécution non publié : à demander à l’acheteur."),
    ] as [(String, Kind?, String)])
  func `a place that gives none says why`(code: String, kind: Kind?, sentence: String) throws {
    guard case .unresolved(let gap) = try resolve(code, kind) else {
      Issue.record("« \(code) » should not resolve")
      return
    }
    #expect(gap.french.plain == sentence)
  }

  @Test func `a notice without place says so`() throws {
    #expect(PlaceResolution.resolve(nil, existing: try Reference.figures().departements) == .unresolved(.missing))
  }

  @Test func `the départements are the hundred and one and the overseas territories`() throws {
    let codes = try Reference.figures().departements.keys.map(\.code)
    #expect(codes.filter { $0.count == 2 }.count == 96)
    #expect(Set(codes.filter { $0.count == 3 }).isSuperset(of: ["971", "972", "973", "974", "976"]))
    #expect(!codes.contains("20"))
  }
}
