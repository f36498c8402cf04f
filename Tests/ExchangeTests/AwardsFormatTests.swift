import Clauses
import Exchange
import Testing

private let full = #"""
  {"marches": {"marche": [{
    "id": "2026-17", "acheteur": {"id": "21770288300018", "nom": "Ville de Melun"}, "nature": "Marché",
    "objet": "Nettoyage des écoles \"Jules-Ferry\"", "codeCPV": "90911200-8", "procedure": "Procédure adaptée",
    "techniques": {"technique": ["Accord-cadre", "Catalogue électronique"]},
    "modalitesExecution": {"modaliteExecution": ["Bons de commande"]}, "idAccordCadre": "AC-9",
    "lieuExecution": {"code": "77000", "typeCode": "Code postal", "nom": "Melun"}, "dureeMois": 24,
    "dateNotification": "2026-01-15", "datePublicationDonnees": "2026-02-01", "montant": 180000.555,
    "titulaires": [{"titulaire": {"id": "38103128500491", "typeIdentifiant": "SIRET"}},
                   {"titulaire": {"id": "BE0123456789", "typeIdentifiant": "TVA"}}],
    "typeGroupementOperateurs": "Conjoint", "ccag": "Fournitures courantes et services", "formePrix": "Mixte",
    "offresRecues": 4, "marcheInnovant": false, "typesPrix": {"typePrix": ["Définitif ferme"]},
    "considerationsSociales": {"considerationSociale": ["Clause sociale", "Critère social"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
    "modifications": [
      {"modification": {"id": 2, "dateNotificationModification": "2026-09-01", "montant": 200000,
        "titulaires": [{"titulaire": {"id": "38103128500574", "typeIdentifiant": "SIRET"}}]}},
      {"modification": {"id": 3, "objetModification": "sans date", "dureeMois": 30}},
      {"modification": {"id": 1, "dateNotificationModification": "2026-05-01", "dureeMois": 26, "montant": 190000,
        "datePublicationDonneesModification": "2026-05-20"}}],
    "actesSousTraitance": [{"acteSousTraitance": {"id": 7, "sousTraitant": {"id": "38103128500000", "typeIdentifiant": "SIRET"},
      "dureeMois": 12, "dateNotification": "2026-03-01", "montant": 15000, "variationPrix": "Ferme",
      "datePublicationDonnees": "2026-03-02"}}],
    "modificationsActesSousTraitance": [
      {"modificationActeSousTraitance": {"id": 7, "montant": 18000, "dateNotificationModificationSousTraitance": "2026-07-01"}},
      {"modificationActeSousTraitance": {"id": 7, "montant": 16000, "dureeMois": 14,
        "dateNotificationModificationSousTraitance": "2026-06-01"}}]
  }], "contrat-concession": [{
    "id": "C1", "autoriteConcedante": {"id": "21770288300018", "nom": "Ville de Melun"},
    "nature": "Délégation de service public", "objet": "Restauration scolaire", "procedure": "Procédure négociée ouverte",
    "dureeMois": 60, "dateSignature": "2025-06-01", "dateDebutExecution": "2025-09-01",
    "datePublicationDonnees": "2025-06-15", "valeurGlobale": 7500000, "montantSubventionPublique": 0,
    "donneesExecution": [], "concessionnaires": [{"concessionnaire": {"id": "38103128500491", "typeIdentifiant": "SIRET"}}],
    "considerationsSociales": {"considerationSociale": ["Concession réservée"]},
    "modifications": [{"modification": {"id": 1, "dateSignatureModification": "2026-01-01", "valeurGlobale": 8000000}}]
  }]}}
  """#

@Test func `a contract of the format of 2022 gives all its fields`() throws {
  let read = try readAwards(full)
  #expect(read.summary.format == .json)
  #expect(read.summary.records == 2)
  #expect(read.repairs == [])
  let notice = try #require(read.notices.first)
  #expect(notice.key == AwardNotice.Key(buyer: try siret("21770288300018"), number: "2026-17"))
  #expect(notice.kind == .contract)
  #expect(notice.buyerName == "Ville de Melun")
  #expect(notice.object == "Nettoyage des écoles \"Jules-Ferry\"")
  #expect(notice.nature == .contract)
  #expect(notice.cpv?.digits == "90911200")
  #expect(notice.procedure == "Procédure adaptée")
  #expect(notice.techniques == [.framework, .catalogue])
  #expect(notice.modalities == .orders)
  #expect(notice.frameworkNumber == "AC-9")
  #expect(notice.place == AwardNotice.Place(code: "77000", kind: .postcode, name: "Melun"))
  #expect(notice.durationMonths == 24)
  #expect(notice.notified == Day("2026-01-15"))
  #expect(notice.published == Day("2026-02-01"))
  #expect(notice.amount == Euros(cents: 18_000_056))
  #expect(notice.holders.map(\.identifier) == ["38103128500491", "BE0123456789"])
  #expect(notice.holders.map(\.scheme) == ["SIRET", "TVA"])
  #expect(notice.grouping == "Conjoint")
  #expect(notice.generalConditions == "Fournitures courantes et services")
  #expect(notice.priceForm == "Mixte")
  #expect(notice.offersReceived == 4)
  #expect(notice.social == [.clause, .criterion])
  #expect(notice.environmental == ["Clause environnementale"])
}

@Test func `amendments come in the order of their notification and undated ones last`() throws {
  let notice = try #require(try readAwards(full).notices.first)
  #expect(notice.amendments.map(\.number) == ["1", "2", "3"])
  #expect(notice.amendments[0].published == Day("2026-05-20"))
  #expect(notice.amendments[2].object == "sans date")
  #expect(notice.terms.amount == Euros(200_000))
  #expect(notice.terms.durationMonths == 30)
  #expect(notice.terms.holders.map(\.identifier) == ["38103128500574"])
}

@Test func `acts of subcontracting stand at their latest state`() throws {
  let notice = try #require(try readAwards(full).notices.first)
  #expect(notice.subcontracts.count == 1)
  let act = try #require(notice.subcontracts.first)
  #expect(act.number == "7")
  #expect(act.subcontractor?.identifier == "38103128500000")
  #expect(act.amount == Euros(18_000))
  #expect(act.durationMonths == 14)
  #expect(act.notified == Day("2026-03-01"))
}

@Test func `a change without its act is kept as an act`() throws {
  let (notice, _) = try award(
    #""modificationsActesSousTraitance":[{"modificationActeSousTraitance":{"id":9,"montant":500}}]"#)
  #expect(notice?.subcontracts.map(\.number) == ["9"])
  #expect(notice?.subcontracts.first?.amount == Euros(500))
}

@Test func `a concession has its own dates, value and holders`() throws {
  let notice = try #require(try readAwards(full).notices.last)
  #expect(notice.kind == .concession)
  #expect(notice.buyerName == "Ville de Melun")
  #expect(notice.nature == .publicServiceDelegation)
  #expect(notice.notified == Day("2025-06-01"))
  #expect(notice.start == Day("2025-09-01"))
  #expect(notice.amount == Euros(7_500_000))
  #expect(notice.holders.map(\.identifier) == ["38103128500491"])
  #expect(notice.social == .reserved)
  #expect(notice.amendments.first?.notified == Day("2026-01-01"))
  #expect(notice.terms.amount == Euros(8_000_000))
}

private let of2019 = #"""
  {"id":"2018-5","uid":"217702883000182018-5","uuid":"x","source":"essai","_type":"Marché",
   "acheteur":{"id":"21770288300018","nom":"Ville de Melun"},"nature":"Marché subséquent","objet":"Taille de haies",
   "codeCPV":"77342000","procedure":"Appel d'offres ouvert","lieuExecution":{"code":"77","typeCode":"Code département","nom":"Melun"},
   "dureeMois":12,"dateNotification":"2018-11-02","datePublicationDonnees":"2018-12-01","montant":90000,"formePrix":"Ferme",
   "titulaires":[{"typeIdentifiant":"SIRET","id":"38103128500491","denominationSociale":"Les Haies"}],
   "modifications":[{"objetModification":"Prolongation","dateNotificationModification":"2019-08-01","dureeMois":18}]}
  """#

@Test(arguments: [
  "[\(of2019)]", "{\"marches\":[\(of2019)]}", "{\"$schema\":\"…\",\"marches\":[\(of2019)]}", of2019,
  "{\"records\":[\(of2019)],\"total\":1}", "{\"records\":[{\"recordid\":\"r\",\"fields\":\(of2019)}]}",
  "{\"marches\":{\"marche\":\(of2019)}}", "[{\"marche\":\(of2019)}]", "\u{FEFF}{\"marches\":[\(of2019)]}",
])
func `the format of 2019 is read in every wrapping`(file: String) throws {
  let read = try readAwards(file)
  #expect(read.summary.format == .json)
  #expect(read.summary.fault == nil)
  let notice = try #require(read.notices.first)
  #expect(read.records.count == 1)
  #expect(notice.key.number == "2018-5")
  #expect(notice.nature == .callOff)
  #expect(notice.buyerName == "Ville de Melun")
  #expect(notice.holders == [AwardNotice.Party(identifier: "38103128500491", scheme: "SIRET", name: "Les Haies")])
  #expect(notice.place == AwardNotice.Place(code: "77", kind: .departement, name: "Melun"))
  #expect(notice.social == .unstated)
  #expect(notice.source == "essai")
  #expect(notice.terms.durationMonths == 18)
  #expect(notice.amendments.first?.object == "Prolongation")
}

@Test func `one record a line is read, whatever the line ends`() throws {
  let line = of2019.replacing("\n", with: "")
  let other = line.replacing("2018-5", with: "2018-6")
  let read = try readAwards("\(line)\r\n\(other)\n")
  #expect(read.summary.format == .jsonLines)
  #expect(read.notices.map(\.key.number) == ["2018-5", "2018-6"])
  #expect(read.records.map(\.line) == [1, 2])
}

@Test func `the flat JSON of the portals is read`() throws {
  let read = try readAwards(
    #"""
    {"records":[{"id":"F1","acheteur_id":"21770288300018","nature":"Marché","objet":"Voirie","codecpv":"45233140-2",
     "titulaire_id_1":"38103128500491","titulaire_typeidentifiant_1":"SIRET","titulaire_id_2":"CDL","titulaire_typeidentifiant_2":"CDL",
     "dureemois":12,"datenotification":"2026-01-02","montant":1000.5,"offresrecues":"3","lieuexecution_code":"77",
     "lieuexecution_typecode":"Code département","considerationssociales":"Clause sociale, Critère social",
     "considerationsenvironnementales":"Clause environnementale, Critère environnemental",
     "modalitesexecution":"Marchés subséquents, Bons de commande","techniques":"Sans objet",
     "idmodification":"1","montantmodification":"1200","datenotificationmodificationmodification":"2026-05-01",
     "idtitulairemodification":"38103128500574","typeidentifianttitulairemodification":"SIRET",
     "idactesoustraitance":"4","montantactesoustraitance":"300","idsoustraitant":"38103128500000","typeidentifiantsoustraitant":"SIRET",
     "idmodificationactesoustraitance":"4","montantmodificationactesoustraitance":"350"}]}
    """#)
  let notice = try #require(read.notices.first)
  #expect(notice.holders.map(\.identifier) == ["38103128500491"])
  #expect(notice.social == [.clause, .criterion])
  #expect(notice.environmental == ["Clause environnementale", "Critère environnemental"])
  #expect(notice.modalities == [.callOffs, .orders])
  #expect(notice.techniques == [])
  #expect(notice.offersReceived == 3)
  #expect(notice.terms.amount == Euros(1200))
  #expect(notice.terms.holders.map(\.identifier) == ["38103128500574"])
  #expect(notice.subcontracts.first?.subcontractor?.identifier == "38103128500000")
  #expect(notice.subcontracts.first?.amount == Euros(350))
  #expect(read.repairs.contains { $0.kind == .numberAsString && $0.field == "offresRecues" && $0.after == "3" })
  #expect(read.repairs.contains { $0.kind == .sentinel && $0.field.hasPrefix("titulaire_2") && $0.before == "CDL" })
}

@Test func `the flat table of the portals is read`() throws {
  let read = try readAwards(
    "\u{FEFF}titulaire_id_1;titulaire_typeIdentifiant_1;titulaire_id_2;id;nature;objet;codeCPV;dureeMois;dateNotification;"
      + "montant;offresRecues;acheteur.id;lieuExecution.code;lieuExecution.typeCode;considerationsSociales;techniques\r\n"
      + "38103128500491;SIRET;CDL;INX 24 1;Marché;\"Voirie ; lot 1\nsuite\";45233140-2;12;2024-12-05;45155,5;5;21770288300018;"
      + "83;Code département;['Clause sociale', 'Critère social'];['Accord-cadre']\r\n"
      + "38103128500574;SIRET;CDL;N2;Marché;Autre;45233140-2;MQ;2024-12-06;1 234.50;MQ;a_01;83;Code département;CDL;CDL\r\n"
  )
  #expect(read.summary.format == .csv)
  #expect(read.records.count == 2)
  let notice = try #require(read.notices.first)
  #expect(notice.key.number == "24 1")
  #expect(notice.object == "Voirie ; lot 1\nsuite")
  #expect(notice.amount == Euros(cents: 4_515_550))
  #expect(notice.social == [.clause, .criterion])
  #expect(notice.techniques == .framework)
  #expect(notice.offersReceived == 5)
  #expect(read.repairs.contains(AwardRepair(.exportPrefix, field: "id", before: "INX 24 1", after: "24 1")))
  #expect(!read.repairs.contains { $0.kind == .numberAsString })
  #expect(read.refusals.map(\.kind) == [.badBuyer])
  #expect(read.records.map(\.line) == [2, 4])
  #expect(read.raw[1].hasPrefix("38103128500574;SIRET;CDL;N2;"))
}

@Test func `rows that differ only by their holder are one contract`() throws {
  let read = try readAwards(
    "id,acheteur_id,objet,titulaire_id,titulaire_typeIdentifiant,titulaire_denominationSociale\n"
      + "A,21770288300018,Affiches,38103128500491,SIRET,Un\nA,21770288300018,Affiches,38103128500574,SIRET,Deux\n"
      + "B,21770288300018,Affiches,38103128500491,SIRET,Un\n")
  #expect(read.notices.map(\.key.number) == ["A", "B"])
  #expect(read.notices[0].holders.map(\.name) == ["Un", "Deux"])
  #expect(read.raw[0].hasSuffix("SIRET,Deux"))
}

@Test(arguments: [
  ("hello\nworld", "commence par"), ("{\"a\":1}", "«\u{202F}a\u{202F}»"), ("{}", "sans aucun champ"),
  ("<html><body/></html>", "contrat-concession"), ("PK\u{3}\u{4}xx", "ZIP"), ("a;b;c\n1;2;3\n", "a;b;c"),
  ("   \n", "vide"),
])
func `another content is refused with what was seen and what is read`(content: String, detail: String) throws {
  let file = try ScratchFile(content)
  let mapped = try MappedFile.open(file.path)
  let failure = #expect(throws: ReadingFailure.self) { try AwardReader(mapped) }
  #expect(failure?.description.contains(detail) == true, "\(failure?.description ?? "")")
  #expect(failure?.description.contains(file.path) == true)
}

@Test func `UTF-16 is refused with the way out`() throws {
  let file = try ScratchFile([0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00])
  let mapped = try MappedFile.open(file.path)
  let failure = #expect(throws: ReadingFailure.self) { try AwardReader(mapped) }
  #expect(failure?.description.contains("enregistrez-le en UTF-8") == true)
}
