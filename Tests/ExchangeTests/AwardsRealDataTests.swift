import Clauses
import Exchange
import Foundation
import Testing

/// Reads real files of award data, where the environment names their folder; nothing of them is kept here but counts.
@Suite(.enabled(if: realData != nil, "MARCHEPIED_DATA is not set"))
struct AwardsRealDataTests {
  private func read(_ path: String) throws -> AwardsRead {
    try readAwards(atPath: #require(realData).appendingPathComponent(path).path)
  }

  private func files(_ folder: String) throws -> [String] {
    let root = try #require(realData).appendingPathComponent(folder)
    return try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
      .filter { $0.hasSuffix(".json") || $0.hasSuffix(".xml") || $0.hasSuffix(".csv") }
      .map { "\(folder)/\($0)" }
  }

  @Test(arguments: [
    ("decp/2019/data.gouv.fr_aife.json", 4508, 1, 4259), ("decp/2019/data.gouv.fr_pes.json", 1148, 0, 1140),
  ])
  func `the contracts of two files are counted as elsewhere`(path: String, rows: Int, refused: Int, keys: Int) throws {
    let read = try read(path)
    let isConcession = read.raw.map { $0.contains("\"Contrat de concession\"") }
    #expect(isConcession.count { !$0 } == rows)
    var contractKeys: Set<AwardNotice.Key> = []
    var contractRefusals: [AwardRefusal.Kind] = []
    for (record, concession) in zip(read.records, isConcession) where !concession {
      switch record.outcome {
      case .notice(let notice, _): contractKeys.insert(notice.key)
      case .refused(let refusal): contractRefusals.append(refusal.kind)
      }
    }
    #expect(contractKeys.count == keys)
    #expect(contractRefusals == [AwardRefusal.Kind](repeating: .noBuyer, count: refused))
    for (record, concession) in zip(read.records, isConcession) {
      guard case .notice(let notice, _) = record.outcome else { continue }
      #expect((notice.kind == .concession) == concession)
    }
  }

  @Test func `every file of award data is read without a fault around its records`() throws {
    for path in try files("decp/2019") + files("decp/2022") + files("schemas/decp/exemples_2019")
      + files("schemas/decp/exemples_2022")
    {
      let read = try read(path)
      #expect(read.summary.fault == nil, "\(path)")
      #expect(read.summary.records > 0, "\(path)")
      if !path.hasSuffix("aife.json") { #expect(read.refusals == [], "\(path)") }
      #expect(!read.repairs.contains { $0.kind == .extraKey }, "\(path)")
    }
  }

  /// What stands in a JSON file, read by Foundation.
  private struct Official: Decodable {
    struct Buyer: Decodable { var id: String }
    struct Place: Decodable { var code: String? }
    struct Row: Decodable {
      var id: String
      var acheteur: Buyer
      var objet: String
      var montant: Double
      var dureeMois: Int
      var codeCPV: String
      var dateNotification: String
      var lieuExecution: Place
    }
    struct Lists: Decodable { var marche: [Row] }
    var marches: Lists
  }

  @Test func `fields are those that Foundation's decoder finds`() throws {
    for path in try files("decp/2022") where path.contains("demat") || path.contains("demantis") {
      let data = try Data(contentsOf: #require(realData).appendingPathComponent(path))
      let rows = try JSONDecoder().decode(Official.self, from: data).marches.marche
      let notices = try read(path).notices.filter { $0.kind == .contract }
      #expect(rows.count == notices.count)
      for (row, notice) in zip(rows, notices) {
        #expect(notice.key.number == row.id && notice.key.buyer.digits == row.acheteur.id)
        #expect(notice.amount?.cents == Int64((row.montant * 100).rounded()))
        #expect(notice.durationMonths == row.dureeMois)
        #expect(notice.cpv?.digits == row.codeCPV)
        #expect(notice.notified?.description == row.dateNotification)
        #expect(notice.place?.code == row.lieuExecution.code)
        if !row.objet.unicodeScalars.contains(where: { (0x80...0x9F).contains($0.value) || $0 == "&" }) {
          #expect(notice.object == row.objet.trimmingCharacters(in: .whitespacesAndNewlines))
        }
      }
    }
  }

  @Test func `records that broke other programs give a clear report`() throws {
    #expect(try files("decp/odd").count == 11)
    let nested = try read("decp/odd/eclaireur_marche_nested.json")
    #expect(nested.refusals.map(\.kind) == [.badBuyer, .badBuyer])
    #expect(nested.refusals.map(\.value) == ["a_01", "a_02"])

    let lists = try read("decp/odd/decp_test_2019.json")
    #expect(lists.notices.count == 2)
    #expect(lists.repairs.map(\.kind) == [.nestedList, .nestedList, .sentinel])
    #expect(lists.notices[0].key.buyer.digits == "21500222100012")
    #expect(lists.notices[1].durationMonths == nil)
    #expect(lists.notices[1].terms.holders.count == 2)

    let negative = try read("decp/odd/anomalies_montantNegatif.json")
    #expect(negative.notices.first?.amount == nil)
    #expect(negative.repairs.contains { $0.kind == .negativeAmount && $0.before == "-1.00" })
    let zero = try read("decp/odd/anomalies_dureeMois0.json")
    #expect(zero.notices.first?.durationMonths == 0)
    #expect(zero.repairs.contains { $0.kind == .zeroDuration })
    #expect(try read("decp/odd/anomalies_idIdent.json").repairs.map(\.kind) == [.holderIsBuyer])

    let twins = try read("decp/odd/boutalex_marche.xml")
    #expect(twins.notices.count == 2)
    #expect(Set(twins.notices.map(\.key)).count == 1)
    #expect(twins.notices[0] == twins.notices[1])
    let before = try read("decp/odd/boutalex_test_before2024.xml")
    #expect(before.notices.first?.amendments.first?.amount == Euros(cents: 12_345_787))
    #expect(before.notices.first?.subcontracts.first?.amount == Euros(cents: 2_346_587))
    let empty = try read("decp/odd/boutalex_test_tri.xml")
    #expect(empty.notices.first?.social == .unstated)
    #expect(empty.notices.first?.offersReceived == nil)
    #expect(empty.repairs == [])
    let after = try read("decp/odd/boutalex_test_after2024.json")
    let retained = try read("decp/odd/boutalex_test_retain.json")
    #expect(after.notices == retained.notices)
    #expect(after.repairs.map(\.kind) == [.siretKey])
    let refusedElsewhere = try read("decp/odd/mauvais_marches_sample_json.json")
    #expect(refusedElsewhere.notices.count == 5)
    #expect(refusedElsewhere.refusals == [])
    #expect(refusedElsewhere.notices[0].amendments.map(\.number) == ["0", "2"])
  }

  @Test func `the two shapes of a table are read`() throws {
    let flat = try read("decp/2022/decp_augmente_valides_2022_test.csv")
    #expect(flat.summary.format == .csv)
    #expect(flat.records.count == flat.notices.count)
    #expect(flat.repairs.contains { $0.kind == .exportPrefix && $0.field == "id" })
    #expect(flat.notices.contains { $0.environmental.count == 2 })
    #expect(flat.notices.allSatisfy { $0.holders.count == 1 && $0.amendments.isEmpty && $0.subcontracts.isEmpty })
    let tabular = try read("schemas/decp/tabular_exemple-valide.csv")
    #expect(tabular.notices.map(\.holders.count) == [2, 2])
    #expect(tabular.notices[0].amount == Euros(cents: 2_180_010))
  }

  @Test func `a list of other things is refused element by element`() throws {
    let read = try read("approch/approch_projets_nan_raw.json")
    #expect(read.notices == [])
    #expect(Set(read.refusals.map(\.kind)) == [.notARecord, .unreadable])
    #expect(read.summary.fault == nil)
  }
}
