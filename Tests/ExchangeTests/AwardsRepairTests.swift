import Clauses
import Exchange
import Testing

@Test func `lost leading zeros are put back in codes`() throws {
  let buyer = try readAwards("[\(contract(buyer: "\"1770288300012\""))]")
  #expect(buyer.notices.first?.key.buyer.digits == "01770288300012")
  #expect(buyer.repairLines.contains("leadingZeros acheteur.id: 1770288300012 > 01770288300012"))
  let forestry = try award(#""codeCPV":"3451000""#)
  #expect(forestry.notice?.cpv?.digits == "03451000")
  #expect(forestry.repairs == ["leadingZeros codeCPV: 3451000 > 03451000"])
  let fuel = try award(#""codeCPV":"9310000-5""#)
  #expect(fuel.notice?.cpv?.digits == "09310000")
  let postcode = try award(#""lieuExecution":{"code":"1411","typeCode":"Code postal"}"#)
  #expect(postcode.notice?.place?.code == "01411")
  #expect(postcode.repairs == ["leadingZeros lieuExecution.code: 1411 > 01411"])
  for kind in ["Code commune", "Code arrondissement", "Code canton"] {
    #expect(try award(#""lieuExecution":{"code":"1411","typeCode":"\#(kind)"}"#).notice?.place?.code == "01411")
  }
  let departement = try award(#""lieuExecution":{"code":"3","typeCode":"Code département"}"#)
  #expect(departement.notice?.place?.code == "03")
}

@Test func `codes that have lost nothing are left as written`() throws {
  for (code, kind) in [
    ("0902", "Code commune"), ("775000", "Code postal"), ("078", "Code département"), ("974", "Code département"),
    ("FR", "Code pays"), ("2A", "Code département"), ("INO", "Code postal"), ("11", "Code région"),
  ] {
    let (notice, repairs) = try award(#""lieuExecution":{"code":"\#(code)","typeCode":"\#(kind)"}"#)
    #expect(notice?.place?.code == code)
    #expect(repairs == [])
  }
}

@Test(arguments: ["031210005", "4543100-7", "1110000", "0", "batiment"])
func `a code that is no CPV code is left out`(code: String) throws {
  let (notice, repairs) = try award(#""codeCPV":"\#(code)""#)
  #expect(notice?.cpv == nil)
  #expect(repairs == ["unusableCode codeCPV: \(code) > "])
}

@Test(arguments: [
  ("2019-03-19+01:00", "timeZone"), ("2018-11-29-04:00", "timeZone"), ("2019-03-19T10:00:00Z", "timeZone"),
  ("2019-03-19 00:00:00", "timeZone"), ("0218-10-29", "impossibleYear"), ("0018-10-29", "impossibleYear"),
  ("2019-1-1", "dateForm"), ("01/02/2019", "dateForm"), ("20190102", "dateForm"),
])
func `odd dates are mended and told`(text: String, kind: String) throws {
  let (notice, repairs) = try award(#""dateNotification":"\#(text)""#)
  let day = try #require(notice?.notified)
  #expect(repairs == ["\(kind) dateNotification: \(text) > \(day)"])
  #expect(
    [Day("2019-03-19"), Day("2018-11-29"), Day("2018-10-29"), Day("2019-01-01"), Day("2019-02-01"), Day("2019-01-02")]
      .contains(day))
}

@Test func `a year and a zone are mended together`() throws {
  let (notice, repairs) = try award(#""dateNotification":"0219-03-19+01:00""#)
  #expect(notice?.notified == Day("2019-03-19"))
  #expect(repairs.map { $0.prefix { $0 != " " } } == ["timeZone", "impossibleYear"])
}

@Test(arguments: ["2019-02-30", "2019-13-01", "1066-10-14", "3018-01-01", "0300-01-01", "bientôt", "2019-03", "1/2/19"])
func `a date that cannot be is left out`(text: String) throws {
  let (notice, repairs) = try award(#""dateNotification":"\#(text)""#)
  #expect(notice?.notified == nil)
  #expect(repairs == ["impossibleDate dateNotification: \(text) > "])
}

@Test func `words of lists are known in any case and without accents`() throws {
  #expect(try award(#""nature":"ACCORD-CADRE""#).notice?.nature == .framework)
  #expect(try award(#""nature":"marche subsequent""#).notice?.nature == .callOff)
  let (notice, repairs) = try award(#""lieuExecution":{"code":"93160","typeCode":"CODE POSTAL"}"#)
  #expect(notice?.place?.kind == .postcode)
  #expect(repairs == ["upperCase lieuExecution.typeCode: CODE POSTAL > Code postal"])
  let social = try award(#""considerationsSociales":["CLAUSE SOCIALE","marché reservé"]"#)
  #expect(social.notice?.social == [.clause, .reserved])
  #expect(social.repairs.count == 2)
  let concession = try readAwards(
    #"[{"id":"1","autoriteConcedante":{"id":"21770288300018"},"nature":"CONCESSION DE TRAVAUX","objet":"x"}]"#)
  #expect(concession.notices.first?.kind == .concession)
  #expect(concession.notices.first?.nature == .worksConcession)
}

@Test func `words of no list are left out and told`() throws {
  let nature = try award(#""nature":"MAPA""#)
  #expect(nature.notice?.nature == nil)
  #expect(nature.repairs == ["unknownValue nature: MAPA > "])
  let social = try award(#""considerationsSociales":{"considerationSociale":["Sans objet"]}"#)
  #expect(social.notice?.social == .unstated)
  #expect(social.repairs == ["unknownValue considerationsSociales: Sans objet > "])
  #expect(try award(#""nature":"March\ufffd""#).notice?.nature == nil)
  #expect(try award(#""techniques":{"technique":["Sans objet"]}"#).repairs == [])
  #expect(
    try award(#""considerationsSociales":["Pas de considération sociale"]"#).notice?.social
      == AwardNotice.SocialConsiderations.none)
}

@Test func `numbers given as texts are read exactly`() throws {
  let amount = try award(#""montant":"7789456.56""#)
  #expect(amount.notice?.amount == Euros(cents: 778_945_656))
  #expect(amount.repairs == ["numberAsString montant: 7789456.56 > 7789456.56"])
  #expect(try award(#""montant":"1 234 567,89 €""#).notice?.amount == Euros(cents: 123_456_789))
  #expect(try award(#""dureeMois":"12""#).notice?.durationMonths == 12)
  #expect(try award(#""montant":1.5e3"#).notice?.amount == Euros(1500))
  #expect(try award(#""montant":99999999999.99"#).notice?.amount == Euros(cents: 9_999_999_999_999))
  #expect(try award(#""montant":0"#).notice?.amount == Euros(0))
}

@Test func `numbers that cannot be used are left out`() throws {
  for (fields, repair) in [
    (#""montant":-1"#, "negativeAmount montant: -1.00 > "), (#""montant":"cher""#, "unusableNumber montant: cher > "),
    (#""montant":true"#, "unusableNumber montant: true > "), (#""montant":1e300"#, "unusableNumber montant: 1e300 > "),
    (#""dureeMois":-3"#, "unusableNumber dureeMois: -3.00 > "),
    (#""dureeMois":100000"#, "unusableNumber dureeMois: 100000.00 > "),
    (#""offresRecues":2.5"#, "unusableNumber offresRecues: 2.50 > "),
    (#""montant":{"valeur":3}"#, #"unknownValue montant: {"valeur":3} > "#),
  ] {
    let (notice, repairs) = try award(fields)
    #expect(notice?.amount == nil && notice?.durationMonths == nil && notice?.offersReceived == nil)
    #expect(repairs == [repair])
  }
}

@Test func `months are rounded up and zero is kept`() throws {
  let part = try award(#""dureeMois":1.5"#)
  #expect(part.notice?.durationMonths == 2)
  #expect(part.repairs == ["rounded dureeMois: 1.50 > 2"])
  #expect(try award(#""dureeMois":12.0"#).repairs == [])
  let zero = try award(#""dureeMois":0"#)
  #expect(zero.notice?.durationMonths == 0)
  #expect(zero.repairs == ["zeroDuration dureeMois: 0 > "])
}

@Test func `texts given as numbers are read`() throws {
  let read = try readAwards(
    "[\(contract(#""codeCPV":45000000,"lieuExecution":{"code":77000,"typeCode":"Code postal"}"#, id: "2026017", buyer: "21770288300018"))]"
  )
  let notice = try #require(read.notices.first)
  #expect(notice.key.number == "2026017")
  #expect(notice.key.buyer.digits == "21770288300018")
  #expect(notice.cpv?.digits == "45000000")
  #expect(notice.place?.code == "77000")
  #expect(read.repairs.map(\.kind) == [.textAsNumber, .textAsNumber, .textAsNumber, .textAsNumber])
}

@Test func `an unknown key is told once per file`() throws {
  let read = try readAwards(
    "[\(contract(#""humeur":"bonne","lieuExecution":{"code":"77","altitude":3}"#)),\(contract(#""humeur":{"a":[1]}"#, id: "\"2\""))]"
  )
  #expect(read.notices.count == 2)
  #expect(read.repairLines == ["extraKey humeur:  > ", "extraKey lieuExecution.altitude:  > "])
}

@Test func `control characters are read as the letters of CP1252`() throws {
  let (notice, repairs) = try award(#""procedure":"l\u0092\u009cuvre""#)
  #expect(notice?.procedure == "l’œuvre")
  #expect(repairs == ["cp1252 procedure: l\u{92}\u{9C}uvre > l’œuvre"])
}

@Test func `a record in CP1252 is read as such and its neighbours as UTF-8`() throws {
  let bytes =
    Array("[\(contract(id: "\"1\"")),".utf8)
    + Array(contract(id: "\"2\"").utf8).map { $0 == UInt8(ascii: "v") ? 0x92 : $0 }
    + Array(",\(contract(#""procedure":"Procédure adaptée""#, id: "\"3\""))]".utf8)
  let read = try readAwards(bytes)
  #expect(read.notices.map(\.key.number) == ["1", "2", "3"])
  #expect(read.notices[1].object == "Entretien des espaces ’erts")
  #expect(read.notices[2].procedure == "Procédure adaptée")
  #expect(read.repairLines == ["cp1252 fiche: 92 > ’"])
}

@Test func `a byte that no encoding explains refuses its record and keeps its neighbours`() throws {
  let bytes =
    Array("[\(contract(id: "\"1\"")),".utf8)
    + Array(contract(id: "\"2\"").utf8).map { $0 == UInt8(ascii: "v") ? 0x81 : $0 }
    + Array(",\(contract(id: "\"3\""))]".utf8)
  let read = try readAwards(bytes)
  #expect(read.notices.map(\.key.number) == ["1", "3"] && read.repairs.isEmpty)
  #expect(read.refusals.count == 1)
}

@Test func `accents coded twice are turned back only where there is no doubt`() throws {
  let (notice, repairs) = try award(#""procedure":"ProcÃ©dure Ã  adapter""#)
  #expect(notice?.procedure == "Procédure Ã  adapter")
  #expect(repairs.count == 1)
  #expect(try award(#""procedure":"SÃO PAULO""#).repairs == [])
  #expect(try award(#""procedure":"village â\u0080\u0093 rue été""#).notice?.procedure == "village – rue été")
}

@Test func `lost letters are told and never guessed`() throws {
  let (notice, repairs) = try award("\"lieuExecution\":{\"code\":\"69\",\"nom\":\"Rh\u{FFFD}ne\"}")
  #expect(notice?.place?.name == "Rh\u{FFFD}ne")
  #expect(repairs == ["lostLetters lieuExecution.nom: Rh\u{FFFD}ne > Rh\u{FFFD}ne"])
}

@Test func `entities of HTML are read`() throws {
  let (notice, repairs) = try award(#""procedure":"D&#8217;appel &amp; co R&D &inconnu;""#)
  #expect(notice?.procedure == "D’appel & co R&D &inconnu;")
  #expect(repairs.map { $0.prefix { $0 != " " } } == ["htmlEntities"])
}

@Test func `signs that no database stores are removed`() throws {
  let (notice, repairs) = try award(#""procedure":"a\u0000b""#)
  #expect(notice?.procedure == "ab")
  #expect(repairs.map { $0.prefix { $0 != " " } } == ["controlCharacters"])
}

@Test func `the mark INX and the fillers of exports are taken away`() throws {
  let read = try readAwards("[\(contract(#""dureeMois":"NC","montant":"CDL","formePrix":"MQ""#, id: "\"INX 2 4\""))]")
  #expect(read.notices.first?.key.number == "2 4")
  #expect(
    read.repairLines == [
      "exportPrefix id: INX 2 4 > 2 4", "sentinel dureeMois, formePrix, montant: NC, MQ, CDL > ",
    ])
}

@Test func `a SIRET with a wrong key is kept and told`() throws {
  let read = try readAwards("[\(contract(buyer: "\"21770288300016\""))]")
  #expect(read.notices.first?.key.buyer.digits == "21770288300016")
  #expect(read.repairLines == ["siretKey acheteur.id: 21770288300016 > 21770288300016"])
}

@Test func `an awardee that is the buyer is told`() throws {
  let (notice, repairs) = try award(#""titulaires":[{"id":"21770288300018"}]"#)
  #expect(notice?.holders.count == 1)
  #expect(repairs == ["holderIsBuyer titulaires: 21770288300018 > "])
}

@Test func `a missing buyer is read from the unique identifier when that is sure`() throws {
  let read = try readAwards(
    #"[{"id":"N7","uid":"21770288300018N7","objet":"x"},{"id":"N8","uid":"21770288300018N7","objet":"x"}]"#)
  #expect(read.notices.map(\.key.buyer.digits) == ["21770288300018"])
  #expect(read.repairLines == ["buyerFromUID acheteur.id: 21770288300018N7 > 21770288300018"])
  #expect(read.refusals.map(\.kind) == [.noBuyer])
}

@Test func `lists inside lists are flattened`() throws {
  let (notice, repairs) = try award(
    #""titulaires":[{"id":"1"}],"modifications":[{"modification":{"id":1,"titulaires":[[[{"id":"2"},{"id":"3"}]]]}}]"#)
  #expect(notice?.amendments.first?.holders.map(\.identifier) == ["2", "3"])
  #expect(repairs == ["nestedList titulaires:  > "])
}

@Test func `a social security number that a buyer published is taken away, told, and never repeated`() throws {
  let (notice, repairs) = try award(#""objet":"Dossier de M. Petit, 1 85 05 78 006 084 91, salle 3""#)
  #expect(notice?.object == "Dossier de M. Petit, [numéro masqué], salle 3")
  #expect(repairs == ["socialSecurityNumber objet:  > "])
  let other = try award(#""objet":"Marché 21770288300018, tél. 01 23 45 67 89 et 1 85 05 78 006 084 92""#)
  #expect(other.notice?.object.contains("masqué") == false && other.repairs.isEmpty)
}

@Test(arguments: AwardRepair.Kind.allCases)
func `every repair is told in French`(kind: AwardRepair.Kind) {
  let sentence = AwardRepair(kind, field: "montant", before: "avant", after: "après").sentence
  #expect(sentence.hasPrefix("montant\u{202F}: "))
  #expect(sentence.hasSuffix("."))
}

@Test func `what a repair quotes is kept short without cutting a letter`() {
  let repair = AwardRepair(.lostLetters, field: "objet", before: String(repeating: "é", count: 200))
  #expect(repair.before == String(repeating: "é", count: 58) + "…")
}

@Test func `what was mended for certain is told apart from what is to be checked`() throws {
  #expect(AwardRepair.Kind.leadingZeros.isDoubt == false && AwardRepair.Kind.cp1252.isDoubt == false)
  for kind in [AwardRepair.Kind.impossibleYear, .zeroDuration, .siretKey, .lostLetters, .unusableCode] {
    #expect(kind.isDoubt)
  }
  let year = AwardRepair(.impossibleYear, field: "dateNotification", before: "0204-05-01", after: "2004-05-01")
  #expect(year.sentence.hasSuffix("à vérifier."))
}

@Test func `a repair that changes no sign says what it changed`() {
  let number = AwardRepair(.numberAsString, field: "dureeMois", before: "1", after: "1")
  #expect(number.sentence.contains("entre guillemets") && number.sentence.contains("lu comme un nombre"))
  let text = AwardRepair(.textAsNumber, field: "id", before: "7", after: "7")
  #expect(text.sentence.contains("sans guillemets") && text.sentence.contains("lu comme un texte"))
  let comma = AwardRepair(.numberAsString, field: "montant", before: "1 000", after: "1000")
  #expect(comma.sentence.contains("1 000") && comma.sentence.contains("1000"))
}
