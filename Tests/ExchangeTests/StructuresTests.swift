import Clauses
import Foundation
import Testing

@testable import Exchange

private struct ReadList {
  var structures: [InclusionStructureRecord] = []
  var notes: [TableNote] = []
  var refusals: [TableNote] = []
  var notedRows = 0
}

private func read(
  _ bytes: [UInt8], columns: [StructureColumn: String] = [:], defaultKind: StructureKind? = nil
) throws -> ReadList {
  try bytes.withUnsafeBytes { raw in
    var reader = try StructureReader(raw, columns: columns, defaultKind: defaultKind)
    var list = ReadList()
    while let row = try reader.next() {
      switch row {
      case .structure(let record, let notes):
        list.structures.append(record)
        list.notes += notes
        if !notes.isEmpty { list.notedRows += 1 }
      case .refused(let note): list.refusals.append(note)
      }
    }
    return list
  }
}

private func read(
  _ text: String, columns: [StructureColumn: String] = [:], defaultKind: StructureKind? = nil
) throws -> ReadList {
  try read(Array(text.utf8), columns: columns, defaultKind: defaultKind)
}

private let dataFolder = ProcessInfo.processInfo.environment["MARCHEPIED_DATA"]

@Suite struct StructuresTests {
  @Test func `a list in French with semicolons is recognised by its titles`() throws {
    let list = try read(
      """
      N° SIRET;Type de structure;Raison sociale;Enseigne;Code NAF;Code Postal;Ville;Longitude;Latitude;Actif
      732 829 320 00074;Entreprises d’insertion;LES JARDINS DU LAC;Le Lac;81.30Z;01000;Bourg-en-Bresse;5,2251;46.2056999;oui
      73282932000074;aci;LES JARDINS DU LAC;;;01000;;;;Non

      """)
    #expect(list.refusals.isEmpty)
    #expect(list.notes.isEmpty)
    try #require(list.structures.count == 2)
    let first = list.structures[0]
    #expect(first.siret.digits == "73282932000074")
    #expect(first.kind == .ei)
    #expect(first.tradeName == "Le Lac")
    #expect(first.naf == "8130Z")
    #expect(first.departement?.code == "01")
    #expect(first.latitude == 46_205_700)
    #expect(first.longitude == 5_225_100)
    #expect(first.isActive)
    #expect(list.structures[1].kind == .aci)
    #expect(!list.structures[1].isActive)
    #expect(list.structures[1].line == 3)
  }

  @Test func `a row whose words hold a social security number is refused, and the number is not repeated`() throws {
    let list = try read(
      """
      siret,kind,nom,description
      73282932000074,EI,A,Contact : 1 85 05 78 006 084 91
      73282932000074,EI,B,"SIRET 732 829 320 00074, tél. 01 23 45 67 89"
      185057800608491,EI,C,
      """)
    #expect(list.structures.map(\.name) == ["B"])
    #expect(list.refusals.map(\.line) == [2, 4] && list.refusals[0].column == "description")
    #expect(!list.refusals.map(\.description).joined().contains("085"))
    #expect(list.refusals.allSatisfy { $0.description.contains("sécurité sociale") })
  }

  @Test func `zeros that a spreadsheet lost come back and are told`() throws {
    let list = try read(
      """
      siret,kind,nom,code postal,code commune,departement
      73282932000074,EI,A,1150,1047,1
      2500001600015,EI,B,2A004,2A004,2a
      """)
    #expect(list.structures.first?.postcode == "01150")
    #expect(list.structures.first?.communeCode?.code == "01047")
    #expect(list.structures.first?.departement?.code == "01")
    #expect(list.notes.filter { $0.line == 2 }.map(\.column) == ["code commune", "code postal", "departement"])
  }

  @Test func `a SIRET of thirteen digits is completed only where the key proves it`() throws {
    let list = try read("siret,kind,nom\n5480012200019,EI,Prouvé\n5480012200010,EI,Sans preuve\n")
    #expect(list.structures.map(\.siret.digits) == ["05480012200019"])
    #expect(list.notes.map(\.line) == [2])
    #expect(list.refusals.map(\.line) == [3])
  }

  @Test func `a wrong SIRET key is a note and never a refusal`() throws {
    let list = try read("siret,kind,nom\n73282932000075,EI,A\n")
    #expect(list.structures.count == 1)
    #expect(list.notes.count == 1)
    #expect(
      try #require(list.notes.first).description.hasPrefix("Ligne 2, colonne «\u{202F}siret\u{202F}»\u{202F}: la clé"))
  }

  @Test func `a bad row is refused with line, cause and remedy, and costs no other`() throws {
    let list = try read(
      """
      siret,kind,nom
      73282932000074,EI,A
      73282932000074,SARL,B
      7.32829E+13,EI,C
      ,EI,D
      abc,EI,E
      73282932000074,,F
      73282932000074,ACI,"G
      73282932000074,GEIQ,H
      """)
    #expect(list.structures.map(\.name) == ["A", "H"])
    #expect(list.refusals.map(\.line) == [3, 4, 5, 6, 7, 8])
    #expect(list.refusals[0].description.contains("«\u{202F}SARL\u{202F}» n’est pas un type de structure connu"))
    #expect(list.refusals[1].description.contains("a perdu des chiffres dans un tableur"))
  }

  @Test func `one SIRET may be two structures, but the same pair twice is told`() throws {
    let list = try read("siret,kind,nom\n73282932000074,EI,A\n73282932000074,ACI,A\n73282932000074,EI,A\n")
    #expect(list.structures.count == 3)
    #expect(list.notes.map(\.line) == [4])
    #expect(try #require(list.notes.first).sentence.contains("ligne 2"))
  }

  @Test func `declared titles win over recognised ones, and an unknown title is refused`() throws {
    let text = "siret,code,type,nom\n73282932000074,AI,Principal,A\n"
    #expect(try read(text, columns: [.kind: "CODE"]).structures.map(\.kind) == [.ai])
    #expect(throws: StructureListProblem.self) { try read(text, columns: [.kind: "Nature"]) }
  }

  @Test func `a list without kind needs a declared one`() throws {
    let text = "siret,nom\n73282932000074,A\n"
    #expect(try read(text, defaultKind: .ea).structures.map(\.kind) == [.ea])
    let problem = #expect(throws: StructureListProblem.self) { try read(text) }
    #expect(try #require(problem).description.contains("déclarez le type commun"))
  }

  @Test func `a list without SIRET is refused with the titles found`() throws {
    let problem = #expect(throws: StructureListProblem.self) { try read("nom,ville\nA,B\n") }
    #expect(try #require(problem).description.contains("«\u{202F}nom\u{202F}» et «\u{202F}ville\u{202F}»"))
  }

  @Test func `the national list of ESAT is recognised by its titles and names`() throws {
    let text =
      "ET-N°FINESS,ET-Raison sociale,ET-Type,ET-SIRET,ET-Code Postal\n1,ESAT LES PINS,Principal,73282932000074,1150\n"
    #expect(try read(text).structures.map(\.kind) == [.esat])
    #expect(throws: StructureListProblem.self) { try read(text.replacingOccurrences(of: "ESAT", with: "IME")) }
  }

  @Test(arguments: StructureKind.allCases)
  func `every kind is recognised by its sigle and its name`(kind: StructureKind) {
    #expect(StructureKind(recognising: kind.rawValue.lowercased()) == kind)
    #expect(StructureKind(recognising: kind.label) == kind)
    #expect(StructureKind(recognising: kind.pluralLabel.uppercased()) == kind)
    #expect(kind.performs != kind.lendsPeople)
  }

  @Test(.enabled(if: dataFolder != nil)) func `the real list of 3,853 structures is read whole`() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(dataFolder ?? "")/structures/siae_lemarche_3853.csv")))
    let list = try read(bytes)
    #expect(list.structures.count == 3853)
    #expect(list.refusals.isEmpty)
    #expect(Set(list.structures.map { "\($0.siret)\($0.kind)" }).count == 3853)
    #expect(list.structures.allSatisfy { $0.departement != nil })
    #expect(list.structures.count { $0.latitude == nil } == 33)
    #expect(list.structures.count { $0.naf == nil } == 71)
    #expect(list.notes.allSatisfy { $0.sentence.hasPrefix("la clé du SIRET") })
    #expect(list.notedRows == list.structures.count { !$0.siret.hasValidKey })
  }

  @Test(.enabled(if: dataFolder != nil)) func `the real list of 1,504 ESAT gives a value or a refusal for each row`()
    throws
  {
    let bytes = [UInt8](
      try Data(contentsOf: URL(filePath: "\(dataFolder ?? "")/structures/esat_liste_officielle_1504.csv")))
    let list = try read(bytes)
    #expect(list.structures.count + list.refusals.count == 1504)
    #expect(list.refusals.count { $0.sentence.hasPrefix("le SIRET manque") } == 78)
    #expect(list.refusals.count <= 80)
    #expect(list.structures.allSatisfy { $0.kind == .esat && $0.departement != nil })
    #expect(list.structures.contains { $0.postcode == "01150" })
  }
}
