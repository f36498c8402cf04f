import Clauses
import Testing

@testable import Exchange

private func json(_ xml: String) throws -> String {
  var json: [UInt8] = []
  try Array(xml.utf8).withUnsafeBufferPointer { try XMLTranslator.translate($0, into: &json) }
  return String(decoding: json, as: UTF8.self)
}

private func fault(_ xml: String) -> XMLFault.Kind? {
  do {
    _ = try json(xml)
    return nil
  } catch {
    return (error as? XMLFault)?.kind
  }
}

@Test func `elements become members, repeated ones repeated keys`() throws {
  let xml =
    "<m a='>'><id>1 &amp; 2</id><t><x/><x> </x><x>é&#233;&#x1F600;</x></t><!-- <id> --><o><![CDATA[a<b]]> c</o></m>"
  #expect(try json(xml) == #"{"id":"1 & 2","t":{"x":null,"x":null,"x":"éé😀"},"o":"a<b c"}"#)
  #expect(try json("<n:m xmlns:n='u'><n:id>x</n:id></n:m>") == #"{"id":"x"}"#)
  #expect(try json("<m><t>a \"q\" \\ \n b</t></m>") == #"{"t":"a \"q\" \\ \u000a b"}"#)
  #expect(try json("<m/>") == "{}")
}

@Test func `damaged elements are refused`() {
  #expect(fault("<m><id>1</m>") == .mismatchedTag)
  #expect(fault("<m><id>1</id>") == .truncated)
  #expect(fault("<m><id>&eacute;</id></m>") == .unknownEntity)
  #expect(fault("<m><id>a & b</id></m>") == .unknownEntity)
  #expect(fault("<m><id <x></id></m>") == .badTag)
  #expect(fault(String(repeating: "<m>", count: 200)) == .tooDeep)
}

private let contracts = """
  <?xml version="1.0" encoding="UTF-8"?>
  <!-- <marche> dans un commentaire -->
  <marches>
    <marche>
      <id>X1</id><acheteur><id>21770288300018</id><nom>Ville</nom></acheteur><nature>Marché</nature>
      <objet>Tonte &amp; taille</objet><codeCPV>77313000-7</codeCPV><dureeMois>48</dureeMois><montant>575000.10</montant>
      <considerationsSociales><considerationSociale>Clause sociale</considerationSociale>
        <considerationSociale>Critère social</considerationSociale></considerationsSociales>
      <techniques>
      </techniques>
      <lieuExecution><code>75000</code><typeCode>Code postal</typeCode></lieuExecution>
      <titulaires><titulaire><id>1</id></titulaire><titulaire><id>2</id><typeIdentifiant>TVA</typeIdentifiant></titulaire></titulaires>
      <modifications><modification><id>1</id><montant>600000</montant></modification><modification><id>2</id>
        <dureeMois>50</dureeMois></modification></modifications>
      <actesSousTraitance><acteSousTraitance><id>1</id><sousTraitant><id>214356</id></sousTraitant><montant>12.5</montant>
        </acteSousTraitance></actesSousTraitance>
    </marche>
    <contrat-concession>
      <id>C1</id><autoriteConcedante><id>21770288300018</id></autoriteConcedante><nature>Concession de travaux</nature>
      <objet>Viaduc</objet><dateSignature>2024-04-02</dateSignature><valeurGlobale>10.3</valeurGlobale>
      <concessionnaires><concessionnaire><id>3</id></concessionnaire></concessionnaires>
    </contrat-concession>
  </marches>
  """

@Test func `contracts and concessions in XML are read like those in JSON`() throws {
  let read = try readAwards(contracts)
  #expect(read.summary.format == .xml)
  #expect(read.summary.fault == nil)
  #expect(read.repairs == [])
  #expect(read.notices.map(\.kind) == [.contract, .concession])
  let contract = try #require(read.notices.first)
  #expect(contract.object == "Tonte & taille")
  #expect(contract.amount == Euros(cents: 57_500_010))
  #expect(contract.social == [.clause, .criterion])
  #expect(contract.holders.map(\.identifier) == ["1", "2"])
  #expect(contract.amendments.count == 2)
  #expect(contract.terms.amount == Euros(600_000))
  #expect(contract.terms.durationMonths == 50)
  #expect(contract.subcontracts.first?.amount == Euros(cents: 1250))
  #expect(contract.place?.kind == .postcode)
  #expect(read.notices[1].amount == Euros(cents: 1030))
  #expect(read.records.map(\.line) == [4, 18])
  #expect(read.raw[0].hasPrefix("<marche>") && read.raw[0].hasSuffix("</marche>"))
}

@Test func `a damaged record in XML costs no other`() throws {
  let damaged = contracts.replacing("<nom>Ville</nom>", with: "<nom>Ville & Cie</nom>")
  let read = try readAwards(damaged)
  #expect(read.notices.map(\.key.number) == ["C1"])
  #expect(read.refusals.map(\.kind) == [.unreadable])
  #expect(read.refusals.first?.place.hasPrefix("ligne 5, colonne") == true)
  let unclosed = try readAwards(contracts.replacing("</marche>", with: ""))
  #expect(unclosed.notices.map(\.key.number) == ["C1"])
  #expect(unclosed.refusals.map(\.kind) == [.unreadable])
}

@Test func `a truncated XML file gives what it holds and says that it is cut`() throws {
  let cut = String(contracts.prefix { $0 != "V" || true }.dropLast(140))
  let read = try readAwards(cut)
  #expect(read.notices.map(\.key.number) == ["X1"])
  #expect(read.refusals.map(\.kind) == [.unreadable])
  #expect(read.summary.fault?.kind == .badEnvelope)
}

@Test func `a lone record in XML is its own root`() throws {
  let read = try readAwards(
    "<?xml version='1.0'?>\n<marche><id>1</id><acheteur><id>21770288300018</id></acheteur></marche>\n")
  #expect(read.notices.count == 1)
  #expect(read.summary.fault == nil)
}

@Test func `the declared charset of an XML file is obeyed without a word and a wrong byte repaired with one`() throws {
  func file(_ charset: String) -> [UInt8] {
    Array(
      "<?xml version=\"1.0\" encoding=\"\(charset)\"?><marches><marche><id>1</id><acheteur><id>21770288300018</id></acheteur><objet>R"
        .utf8)
      + [0xE9] + Array("novation</objet></marche></marches>".utf8)
  }
  let declared = try readAwards(file("ISO-8859-1"))
  #expect(declared.notices.first?.object == "Rénovation")
  #expect(declared.repairs == [])
  let wrong = try readAwards(file("UTF-8"))
  #expect(wrong.notices.first?.object == "Rénovation")
  #expect(wrong.repairs.map(\.kind) == [.cp1252])
}
