import Clauses
import Testing

@Suite struct CodeTests {
  @Test(arguments: ["01", "19", "21", "2A", "2B", "95", "971", "976", "988"])
  func `a code of a département is read`(code: String) { #expect(DepartementCode(code)?.code == code) }

  @Test(arguments: [
    "", "0", "00", "1", "20", "96", "+1", "-1", "2C", "2a", "A1", "970", "989", "+97", "97+", "0770", "٧٧",
  ])
  func `what has not the form of a département is not read`(code: String) { #expect(DepartementCode(code) == nil) }

  @Test(arguments: [
    ("77000", "77"), ("01000", "01"), ("20000", "2A"), ("20137", "2A"), ("20200", "2B"), ("20600", "2B"),
    ("2A004", "2A"),
    ("2B033", "2B"), ("97110", "971"), ("97600", "976"), ("98800", "988"),
  ])
  func `five signs give their département`(code: String, departement: String) {
    #expect(DepartementCode(ofFiveSigns: code)?.code == departement)
  }

  @Test(arguments: ["", "7700", "770000", "77A00", "20abc", "971ab", "97000", "99000", "96000", "00100", "20 00"])
  func `other signs give none`(code: String) { #expect(DepartementCode(ofFiveSigns: code) == nil) }

  @Test func `a commune lies in its département`() {
    #expect(CommuneCode("77288")?.departement?.code == "77")
    #expect(CommuneCode("2A004")?.departement?.code == "2A")
    #expect(CommuneCode("97411")?.departement?.code == "974")
    #expect(CommuneCode("20004") == nil)
    #expect(CommuneCode("7728") == nil)
    #expect(CommuneCode("77A88") == nil)
  }

  @Test func `a CPV code is read with or without its key`() {
    #expect(CPVCode("45000000")?.digits == "45000000")
    #expect(CPVCode("45000000-7")?.digits == "45000000")
    #expect(CPVCode("45000000-7")?.division == "45")
    for text in ["", "4500000", "450000000", "45000000-", "45000000-x", "45000000 7", "4500000O"] {
      #expect(CPVCode(text) == nil)
    }
  }

  @Test func `a SIRET is read with its spaces, those that do not break included`() throws {
    let siret = try SIRET("217 702 881 00012")
    #expect(siret.digits == "21770288100012")
    #expect(siret.siren == "217702881")
    #expect(siret.french == "217\u{A0}702\u{A0}881\u{A0}00012")
    #expect(try SIRET(siret.french) == siret)
    #expect(try SIRET("217\u{202F}702\u{202F}881\u{202F}00012") == siret)
  }

  @Test(arguments: ["", "2177028810001", "217702881000123", "2177028810001X", "21770288100012é"])
  func `what is no SIRET is refused in French`(text: String) {
    let error = #expect(throws: SIRET.Malformed.self) { try SIRET(text) }
    #expect(error?.description.plain == "« \(text) » n’est pas un SIRET : il faut 14 chiffres.")
  }

  @Test func `the key of a SIRET is Luhn's, with the exception of La Poste`() throws {
    #expect(try SIRET("73282932000074").hasValidKey)
    #expect(try !SIRET("73282932000075").hasValidKey)
    #expect(try SIRET("35600000000048").hasValidKey)
    #expect(try SIRET("35600000049837").hasValidKey)
    #expect(try !SIRET("35600000049838").hasValidKey)
  }

  @Test(arguments: [
    ("Écoles", "ecoles"), ("CŒUR d’été", "coeur d ete"), ("  l'Œuvre -- n°3 ", "l oeuvre n 3"), ("", ""), ("…", ""),
    ("e\u{301}cole", "ecole"), ("Straße Łódź", "strasse lodz"), ("\u{FFFD}coles", "coles"), ("Привет", "привет"),
  ])
  func `search sees words without case, accents or signs`(text: String, folded: String) {
    #expect(text.folded == folded)
  }

  @Test func `folding twice changes nothing`() {
    for text in ["Entretien des Espaces Verts – lot nº 2", "A\u{202F}%\tb", "İstanbul", "ǅ Ω ﬁ"] {
      #expect(text.folded.folded == text.folded)
    }
  }
}
