import Clauses
import Testing

@Suite struct TenderTextReaderTests {
  typealias Document = TenderDossier.Document
  typealias Mention = TenderDossier.Mention
  typealias Field = TenderTextReader.Field

  private static let publics = [
    "Demandeur d’emploi de longue durée, plus de douze mois sans activité ou en activité réduite",
    "Bénéficiaire du RSA", "Travailleur handicapé", "Jeune de moins de 26 ans", "Personne de plus de 50 ans",
  ]

  private func reader(_ lots: [String] = [""]) throws -> TenderTextReader {
    TenderTextReader(
      lots: lots, publics: Self.publics, figures: try Reference.figures(), on: day(2026, 9, 7))
  }

  private func read(_ text: String, _ document: Document = .particularClauses) throws -> Mention {
    try reader().mentions(of: document, in: text).first?.mention ?? Mention(document)
  }

  /// The hours of each known lot, `1: 1688, 3: 686`.
  private func hours(_ text: String, _ lots: [String]) throws -> [String] {
    try reader(lots).mentions(of: .notice, in: text).compactMap { lot, mention in
      mention.hours.map { "\(lot): \(Int($0.hundredths / 100))" }
    }
  }

  // MARK: - Hours

  @Test(arguments: [
    ("Le titulaire réserve 1 688 heures à l’insertion.", 168_800),
    ("Le titulaire réserve 1\u{202F}688 heures à l’insertion.", 168_800),
    ("Le titulaire réserve 1\u{A0}688\u{A0}h d'insertion.", 168_800),
    ("1688 h", 168_800),
    ("1688h d’insertion", 168_800),
    ("1.688 heures", 168_800),
    ("1\n688 heures", 168_800),
    ("Le marché comporte un minimum de 1\r\n688 heures d’insertion.", 168_800),
    ("un minimum de 686 heures d’insertion", 68_600),
    ("mille six cent quatre-vingt-huit heures", 168_800),
    ("mille six cent quatre-\nvingt-huit heures d’insertion", 168_800),
    ("MILLE SIX CENT QUATRE VINGT HUIT HEURES D’INSERTION", 168_800),
    ("mille six cent quatre-vingt-huit (1 688) heures d’insertion", 168_800),
    ("1 688 (mille six cent quatre-vingt-huit) heures d’insertion", 168_800),
    ("1 688 heures (mille six cent quatre-vingt-huit heures)", 168_800),
    ("Nombre d’heures d’insertion : 1 688", 168_800),
    ("Nombre d’heures d’insertion\u{202F}:\n1 688", 168_800),
    ("Heures d’insertion à réaliser : 686 (minimum)", 68_600),
    ("Le volume d’heures d’insertion est fixé à 686.", 68_600),
    ("1 012,80 heures d’insertion", 101_280),
    ("675.2 h d’insertion", 67_520),
    ("1 688 HEURES D’INSER-\nTION", 168_800),
    ("1 688 heures d’inser\u{AD}\ntion", 168_800),
    ("12 345 678 heures d’insertion", 1_234_567_800),
    ("soixante et onze heures d’insertion", 7_100),
    ("quatre-vingt-dix-sept heures d’insertion", 9_700),
    ("nonante-neuf heures d’insertion", 9_900),
    ("deux mille heures d’insertion", 200_000),
    ("L’insertion : 1 688 heures dont 200 heures de formation.", 168_800),
    ("Les 35 heures hebdomadaires ne s’appliquent pas : 1 688 heures d’insertion.", 168_800),
    ("Le chantier ouvre de 8 h à 17 h. Le titulaire réalise 686 heures d’insertion.", 68_600),
    ("Une pénalité de 60 € par heure non réalisée, sur les 686 heures d’insertion.", 68_600),
    ("entre 500 et 700 heures d’insertion", 50_000),
    ("de 500 à 700 heures d’insertion", 50_000),
    ("entre 500 heures et 700 heures d’insertion", 50_000),
    ("au moins une heure d’insertion", 100),
    ("1 688 heures sur 24 mois, pour l’insertion", 168_800),
    ("0 heure d’insertion", 0),
  ])
  func `hours are read however they are written`(text: String, hundredths: Int64) throws {
    #expect(try read(text).hours == Hours(hundredths: hundredths), "\(text)")
  }

  @Test(arguments: [
    "Le site est ouvert de 8 h à 17 h.", "Le site est ouvert de 8 heures à 17 heures 30.", "de 8h30 à 12h00",
    "Les offres sont remises le 12 mars 2026 à 12 heures.", "La durée du travail est de 35 heures hebdomadaires.",
    "35 h par semaine", "35 heures/semaine", "Le titulaire répond dans les 48 heures.",
    "Le titulaire répond dans un délai de 48 heures.", "sous 48 h", "48 heures après la demande",
    "Une astreinte est assurée 24 heures sur 24.", "24 h/24 et 7 j/7", "60 € par heure non réalisée",
    "une pénalité de 60 euros HT par heure", "Chaque salarié suit 14 heures de formation.", "1 607 heures par an",
    "10 heures non réalisées", "Chaque heure d’insertion est déclarée.", "toutes les 24 heures",
    "1,688 heures d’insertion", "150 heures supplémentaires", "99999999999999999999999 heures d’insertion",
  ])
  func `hours that are something else are left`(text: String) throws {
    #expect(try read(text).hours == nil, "\(text)")
    #expect(try read("Clause sociale d’insertion.\n\(text)").hours == nil, "\(text)")
  }

  @Test func `hours near the word insertion win over others`() throws {
    let text = "Le nettoyage occupe 300 heures.\n\nArticle 8 - Insertion\nLe titulaire réalise 686 heures d’insertion."
    #expect(try read(text).hours == Hours(686))
    #expect(try read("Le nettoyage occupe 300 heures.").hours == Hours(300))
  }

  @Test func `a second figure for the same lot is told beside the first`() throws {
    let text = "Lot 1 : 1 688 heures d’insertion.\nRappel pour le lot 1 : 1 680 heures d’insertion."
    let lot = try #require(try reader(["1"]).read(.engagementAct, in: text).first)
    #expect(lot.mention.hours == Hours(1688))
    #expect(lot.readings.filter { $0.field == .hours }.map(\.value.plain) == ["1 688 h", "1 680 h"])
    #expect(lot.readings.filter { $0.field == .hours }.map(\.isKept) == [true, false])
  }

  @Test func `of a range the lower end is kept and the upper one told`() throws {
    let lot = try #require(try reader().read(.notice, in: "entre 500 et 700 heures d’insertion").first)
    #expect(lot.readings.first?.value.plain == "500 h, au moins, et jusqu’à 700 h")
  }

  // MARK: - Lots

  @Test(arguments: [
    ("Lot 1 : 1 688 heures\nLot 3 : 686 heures", ["1: 1688", "3: 686"]),
    ("lot n° 1 : 1 688 heures ; lot n°3 : 686 heures", ["1: 1688", "3: 686"]),
    ("LOT N°01 – 1 688 HEURES\r\nLOT N°03 – 686 HEURES", ["1: 1688", "3: 686"]),
    ("Lots 1 et 3 : 1 688 heures et 686 heures respectivement", ["1: 1688", "3: 686"]),
    ("lots 1 et 3 : respectivement 1 688 et 686 heures d’insertion", ["1: 1688", "3: 686"]),
    ("Respectivement 1 688 et 686 heures pour les lots 1 et 3.", ["1: 1688", "3: 686"]),
    ("1 688 heures pour le lot 1 et 1 012 heures pour le lot 3", ["1: 1688", "3: 1012"]),
    ("1 688 heures d’insertion (lot 1), 686 heures d’insertion (lot 3)", ["1: 1688", "3: 686"]),
    ("Lots 1 et 3 : 500 heures chacun", ["1: 500", "3: 500"]),
    ("Lots 1 à 3 : 500 heures chacun", ["1: 500", "3: 500"]),
    ("Chaque lot comporte 500 heures d’insertion.", ["1: 500", "3: 500", "4: 500"]),
    ("Lots 1, 3 et 4 : 100, 200 et 300 heures", ["1: 100", "3: 200", "4: 300"]),
    ("Lots 1, 3 et 4 : 100 et 200 heures", []),
    ("Lot 1 \t Gros œuvre \t 1 688\nLot 3 \t Peinture \t 686", ["1: 1688", "3: 686"]),
    ("Lot\tIntitulé\tHeures d’insertion\n1\tGros œuvre\t1 688\n3\tPeinture\t686", ["1: 1688", "3: 686"]),
    ("Lot\tMontant\tHeures\tDélai\nLot 1\t450 000\t1 688\t12\nLot 3\t90 000\t686\t6", ["1: 1688", "3: 686"]),
    ("| Lot 1 | Gros œuvre | 1 688 h |\n| Lot 3 | Peinture | 686 h |", ["1: 1688", "3: 686"]),
    ("Lot 1    Gros œuvre    1 688 h\nLot 3    Peinture    686 h", ["1: 1688", "3: 686"]),
    ("Lot\tMontant HT\nLot 1\t450 000\nLot 3\t90 000", []),
    (
      "Lot 1 – Gros œuvre\nLe titulaire réalise 1 688 heures d’insertion.\n\nLot 3 – Peinture\n"
        + "Le titulaire réalise 686 heures d’insertion.", ["1: 1688", "3: 686"]
    ),
    (
      "Le titulaire réalise 500 heures d’insertion.\n\nLot 3 – Peinture\nIl y réalise 686 heures d’insertion.",
      ["1: 500", "3: 686", "4: 500"]
    ),
    ("Lot 2 : 900 heures d’insertion\nLot 3 : 686 heures d’insertion", ["3: 686"]),
    ("Le marché compte 2 566 heures d’insertion au total : 1 688 heures pour le lot 1.", ["1: 1688"]),
    ("Au total, 2 566 heures d’insertion.", []),
    ("Pour le lot 1 et pour le lot 3, 1 688 et 686 heures d’insertion.", ["1: 1688", "3: 686"]),
    (
      "Le titulaire du lot 1 réserve 1 688 heures d’insertion, celui du lot 3 en réserve 686 heures.",
      ["1: 1688", "3: 686"]
    ),
    ("• Lot 1 : 1 688 heures\n• Lot 3 : 686 heures\nLes relevés sont remis.", ["1: 1688", "3: 686"]),
    ("Le nombre d’heures est de :\n- 1 688 h pour le lot 1\n- 686 h pour le lot 3", ["1: 1688", "3: 686"]),
    ("Lot 1\nGros œuvre\n1 688 heures\nLot 3\nPeinture\n686 heures", ["1: 1688", "3: 686"]),
    ("Le lot\n1 comporte 1 688 heures, le lot\n3 comporte 686 heures.", ["1: 1688", "3: 686"]),
    ("Lot 1\u{A0}: 1\u{202F}688\u{A0}heures.\rLot 3\u{A0}: 686\u{A0}heures.", ["1: 1688", "3: 686"]),
  ])
  func `hours go to their lots`(text: String, expected: [String]) throws {
    #expect(try hours(text, ["1", "3", "4"]) == expected, "\(text)")
  }

  @Test func `lots are known by letter, by suffix and by name`() throws {
    #expect(try hours("Lot A : 100 heures. Lot B : 200 heures.", ["A", "B"]) == ["A: 100", "B: 200"])
    #expect(try hours("Le lot a pour objet 100 heures d’insertion.", ["A", "B"]) == ["A: 100", "B: 100"])
    #expect(try hours("Lot 1 bis : 100 heures. Lot 1 : 200 heures.", ["1", "1 bis"]) == ["1: 200", "1 bis: 100"])
    #expect(try hours("Lot gros œuvre : 100 heures", ["Lot 1 – Gros œuvre", "2"]) == ["Lot 1 – Gros œuvre: 100"])
    #expect(try hours("Lot 01 : 100 heures", ["Lot n° 1"]) == ["Lot n° 1: 100"])
  }

  @Test(arguments: [[], [""], ["unique"], ["Lot unique"]])
  func `a contract without lots takes everything`(lots: [String]) throws {
    let mentions = try reader(lots).mentions(of: .notice, in: "Lot unique : 686 heures d’insertion")
    #expect(mentions.map(\.lot) == [lots.first ?? ""])
    #expect(mentions.first?.mention.hours == Hours(686))
  }

  @Test func `a list of the lots at the head is no heading`() throws {
    let text = """
      Le marché est alloti :
      - Lot 1 : Gros œuvre
      - Lot 3 : Peinture
      - Lot 4 : Nettoyage

      Article 5 – Insertion
      La clause d’insertion est une condition d’exécution (article L. 2112-2 du code de la commande publique).
      """
    let mentions = try reader(["1", "3", "4"]).mentions(of: .particularClauses, in: text)
    #expect(mentions.map(\.lot) == ["1", "3", "4"])
    #expect(mentions.allSatisfy { $0.mention.possibility == .execution && $0.mention.articles == ["L2112-2"] })
  }

  @Test func `two lots interleaved keep their own values`() throws {
    let text = """
      Clause d’insertion. Lot 1 : 1 688 heures d’insertion, pénalité de 60 € par heure non réalisée.
      Lot 3 : 686 heures d’insertion, pénalité de 50 € par heure non réalisée.
      Lot 1 : relevés d’heures trimestriels. Lot 3 : relevés d’heures mensuels.
      """
    let mentions = try reader(["1", "3"]).mentions(of: .particularClauses, in: text).map(\.mention)
    #expect(mentions.map(\.hours) == [Hours(1688), Hours(686)])
    #expect(mentions.map(\.penalty?.plain) == ["60 € par heure", "50 € par heure"])
    #expect(mentions.map(\.frequency) == ["chaque trimestre", "chaque mois"])
  }

  // MARK: - Contact

  @Test(arguments: [
    ("Facilitateur : Mme Martin, insertion@exemple.fr, 01 60 00 00 00", "insertion@exemple.fr"),
    ("Le facilitateur des clauses sociales est la Maison de l’emploi\nTél. : 01.60.00.00.01", "01 60 00 00 01"),
    ("Facilitatrice (tél. +33 1 60 00 00 02).", "01 60 00 00 02"),
    ("Facilitatrice (tél. +33 (0)1 60 00 00 02).", "01 60 00 00 02"),
    ("Facilitateur : 0160000003", "01 60 00 00 03"),
    (
      "Clause d’insertion : Jean-Paul.DUPONT_2@clauses.exemple-ville.fr.", "Jean-Paul.DUPONT_2@clauses.exemple-ville.fr"
    ),
    ("Contact : accueil@exemple.fr\nFacilitateur : clauses@exemple.fr", "clauses@exemple.fr"),
    ("Greffe du tribunal administratif : greffe@exemple.fr, tél. 01 60 00 00 04", nil),
    ("Facilitateur : à préciser @ la mairie", nil),
    ("Le facilitateur traite 0 800 heures", nil),
  ])
  func `the contact is the address, else the telephone, of the facilitator`(text: String, contact: String?) throws {
    #expect(try read(text).contact?.plain == contact, "\(text)")
  }

  // MARK: - Law

  @Test(arguments: [
    ("l’article L.2112-2 du code de la commande publique", ["L2112-2"]),
    ("l'article L. 2112-2", ["L2112-2"]),
    ("articles L2112-2 et L2112-2-1", ["L2112-2", "L2112-2-1"]),
    ("ARTICLE L. 2113-13 ET R. 2113-7", ["L2113-13", "R2113-7"]),
    ("article L 2112\u{2011}2 du CCP", ["L2112-2"]),
    ("article L. 2112-\n2", ["L2112-2"]),
    ("articles L. 2113-12 à L. 2113-14 du code de la commande publique", ["L2113-12", "L2113-14"]),
    ("article L. 5132-4 du code du travail", []),
    ("article L. 2112-2 du code de la commande publique et article L. 5213-13 du code du travail", ["L2112-2"]),
    ("article L. 2112-4 ; article L. 2112-4", ["L2112-4"]),
    ("lot L 12-3", []),
  ])
  func `articles are cited as the figures write them`(text: String, articles: [String]) throws {
    #expect(try read(text).articles == articles, "\(text)")
  }

  @Test(arguments: [
    ("La clause d’insertion suit l’article 20.1 du CCAG-Travaux.", "20.1"),
    ("Conformément au CCAG-FCS (article 16.1.3), l’insertion est obligatoire.", "16.1.3"),
    ("article 16.1 du cahier des clauses administratives générales", "16.1"),
    ("Les pénalités de retard suivent l’article 19.2 du CCAG-Travaux.", nil),
    ("L’article 7.3 du présent document décrit l’insertion.", nil),
  ])
  func `the clause of the general conditions is read`(text: String, clause: String?) throws {
    #expect(try read(text).ccagClause == clause, "\(text)")
  }

  @Test(arguments: [
    ("La clause d’insertion est une condition d’exécution du marché.", Possibility.execution),
    ("La clause sociale se fonde sur l’article L. 2112-2.", .execution),
    ("Critère d’attribution n° 3 : performance en insertion, 10 %", .criterion),
    (
      "L’insertion est une condition d’exécution. Elle est aussi un critère d’attribution d’insertion.",
      .executionAndCriterion
    ),
    ("Marché réservé en application de l’article L. 2113-13.", .reserved),
    ("Ce lot est réservé aux structures d’insertion par l’activité économique.", .reserved),
    ("Marché réservé : non. La clause d’insertion est une condition d’exécution.", .execution),
    ("Le présent marché de services d’insertion a pour objet l’accompagnement.", .insertionService),
    ("Les conditions d’exécution du chantier sont difficiles.", nil),
    ("Le prix est le critère d’attribution.", nil),
  ])
  func `the possibility is read`(text: String, possibility: Possibility?) throws {
    #expect(try read(text).possibility == possibility, "\(text)")
  }

  @Test func `a reserved lot stands beside lots under a condition`() throws {
    let text = "L’insertion est une condition d’exécution. Le lot n° 4 est réservé (article L. 2113-13)."
    let mentions = try reader(["1", "4"]).mentions(of: .notice, in: text)
    #expect(mentions.map(\.mention.possibility) == [.execution, .reserved])
  }

  // MARK: - Criterion, penalty, reports

  @Test(arguments: [
    ("Le critère insertion est pondéré à 10 %.", 1000),
    ("Critère insertion : 12,5\u{202F}%", 1250),
    ("Critères : prix 60 %, valeur technique 30 %, insertion 10 %.", 1000),
    ("Critères d’attribution\nPrix : 60 %\nInsertion sociale : 10 %", 1000),
    ("Le critère d’insertion est noté sur 10 points sur 100.", 1000),
    ("Critère insertion professionnelle : dix pour cent", 1000),
    ("15 % pour le critère d’insertion", 1500),
    ("Critère insertion : 5 points sur 50", 1000),
    ("Le critère insertion est pondéré à 150 %.", nil),
    ("L’insertion représente 5 % des heures.", nil),
    ("Le critère prix est pondéré à 60 %.", nil),
  ])
  func `the weight of the criterion is read`(text: String, points: Int?) throws {
    #expect(try read(text).criterionWeight?.basisPoints == points, "\(text)")
  }

  @Test(arguments: [
    ("60 € par heure non réalisée", "60 € par heure"),
    ("une pénalité de 60 euros HT par heure", "60 € par heure"),
    ("pénalité de 60,00 € H.T. par heure d’insertion non effectuée", "60 € par heure"),
    ("PÉNALITÉ : SOIXANTE EUROS PAR HEURE D’INSERTION", "60 € par heure"),
    ("pénalité de 62,50 €/h d’insertion", "62,50 € par heure"),
    ("Une pénalité égale à 2 fois le SMIC horaire par heure non réalisée", "2 fois le SMIC horaire par heure"),
    ("Pour chaque heure non réalisée, le titulaire doit 60 €.", "60 € par heure"),
    ("une pénalité de 100 € par jour de retard dans la remise des heures", nil),
    ("Le prix est de 60 € par heure.", nil),
  ])
  func `the penalty is written in one way`(text: String, penalty: String?) throws {
    #expect(try read(text).penalty?.plain == penalty, "\(text)")
  }

  @Test(arguments: [
    ("Les relevés d’heures sont transmis mensuellement.", "chaque mois"),
    ("Le titulaire remet chaque mois le relevé d’heures d’insertion.", "chaque mois"),
    ("Un relevé trimestriel des heures d’insertion", "chaque trimestre"),
    ("Un état des heures est remis tous les trois mois.", "chaque trimestre"),
    ("Un bilan semestriel de l’insertion", "chaque semestre"),
    ("Un bilan annuel de l’insertion", "chaque année"),
    ("Un bilan annuel de l’insertion et des relevés d’heures trimestriels", "chaque trimestre"),
    ("Les acomptes sont versés mensuellement selon les heures déclarées.", nil),
  ])
  func `the frequency of reports is read`(text: String, frequency: String?) throws {
    #expect(try read(text).frequency == frequency, "\(text)")
  }

  @Test func `publics are read in the list that opens with their words`() throws {
    let text = """
      Le chantier accueille des travailleurs handicapés.
      Les publics éligibles sont :
      - les demandeurs d'emploi de longue durée ;
      - les bénéficiaires du RSA\u{A0};
      - les jeunes de moins de 26 ans sans diplôme.
      """
    #expect(try read("Insertion.\n" + text).publics == [Self.publics[0], Self.publics[1], Self.publics[3]])
    #expect(try read("Les travailleurs handicapés sont accueillis.").publics.isEmpty)
    let line = "Personnes concernées : bénéficiaires du RSA, personnes de plus de 50 ans."
    #expect(try read(line).publics == [Self.publics[1], Self.publics[4]])
  }

  @Test(arguments: [
    ("Une clause de réexamen permet d’ajuster les heures d’insertion.", true),
    ("Les heures sont réexaminées si le montant change.", true),
    ("L’effort d’insertion peut changer selon l’article R. 2194-1.", true),
    ("Aucune clause de réexamen des heures n’est prévue.", false),
    ("Les prix font l’objet d’un réexamen.", nil),
  ])
  func `the review clause is one for the hours`(text: String, holds: Bool?) throws {
    #expect(try read(text).hasReviewClause == holds, "\(text)")
  }

  @Test(arguments: [
    ("La globalisation des heures d’insertion est possible avec l’accord de l’acheteur.", true),
    ("Les heures peuvent être mutualisées entre plusieurs marchés.", true),
    ("La globalisation des heures n’est pas admise.", false),
    ("La globalisation des heures n’est pas interdite.", true),
    ("La globalisation des heures est exclue.", false),
    ("Toute globalisation des heures est interdite.", false),
    ("Les heures sont réalisées sans globalisation.", false),
    ("Le coût global compte les heures d’insertion.", nil),
  ])
  func `pooling is allowed or excluded`(text: String, foreseen: Bool?) throws {
    #expect(try read(text).foreseesPooling == foreseen, "\(text)")
  }

  // MARK: - What a person sees

  @Test func `every value comes with the words that it was read from`() throws {
    let text = "\u{FEFF}Préambule.\r\n\r\nLot 1 : 1\u{202F}688 heures d’inser\u{AD}\r\ntion.\r\n"
    let lot = try #require(try reader(["1"]).read(.notice, in: text).first)
    let reading = try #require(lot.readings.first)
    #expect(reading.field == .hours && reading.value.plain == "1 688 h" && reading.isKept)
    #expect(reading.extract == "Lot 1 : 1 688 heures d’insertion.")
    #expect(Array(text.unicodeScalars)[reading.offset...].starts(with: "1\u{202F}688".unicodeScalars))
    #expect(lot.missing == Field.allCases.filter { $0 != .hours })
    #expect(Field.allCases.allSatisfy { !$0.french.isEmpty })
  }

  @Test func `extracts are short and cut between words`() throws {
    let filler = String(repeating: "mot ", count: 100)
    let lot = try #require(try reader().read(.notice, in: filler + "686 heures d’insertion " + filler).first)
    let extract = try #require(lot.readings.first?.extract)
    #expect(extract.unicodeScalars.count <= TenderTextReader.longestExtract)
    #expect(extract.hasPrefix("…mot ") && extract.hasSuffix(" mot…") && extract.contains("686 heures d’insertion"))
  }

  @Test func `the wording is the text, its broken lines joined`() throws {
    let text = "L’insertion concerne les\nhabitants\nde Melun : 686 heures.\u{0}"
    let mention = try read(text)
    #expect(mention.wording == "L’insertion concerne les habitants de Melun : 686 heures.")
    #expect(mention.asksForLocalResidents == false)
  }

  @Test func `a lot of which nothing is said has no mention and lacks everything`() throws {
    let reader = try reader(["1", "3"])
    #expect(reader.mentions(of: .notice, in: "Lot 1 : 686 heures d’insertion").map(\.lot) == ["1"])
    #expect(reader.read(.notice, in: "Lot 1 : 686 heures d’insertion").map(\.missing.count) == [10, 11])
  }

  // MARK: - Hostile texts

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "", " ", "\n\r\n\r", "1", "1 2 3 4 5 6", "€", "@", "@@@@", "lot", "lots", "L.", "article", "-", "\u{AD}",
      "👩‍🚒🔥 1️⃣ heures", "\u{0}\u{1}\u{7F}", "\u{202E}686", "\u{301}\u{301}", "lots 1, , et", "mille", "cent cent cent",
      "e\u{301}e\u{301}", "heures heures", "…", "% % %", "lot 1 lot", "+", "+33", "0", "1.", "1,", "quatre", "et",
    ])
  func `no text makes the reader stop`(text: String) throws {
    let known = try reader(["1", "3"])
    for document in Document.allCases { _ = known.read(document, in: text) }
    #expect(
      known.mentions(of: .notice, in: text + "\n\nLot 3 : 686 heures d’insertion").last?.mention.hours == Hours(686))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "lot 1 ", "lots 1, 3, ", "9", "1.", "a@", "lot 1 : 1 heure, ", "L2112-2 ", "🔥", "\n", "lot 1\t1\n",
      "01 60 00 00 00 facilitateur ", "publics éligibles : RSA, ",
    ])
  func `two hundred thousand signs of anything are read in a moment`(piece: String) throws {
    let count = TenderTextReader.mostSigns / piece.unicodeScalars.count + 1
    let known = try reader(["1", "3", "4"])
    let started = ContinuousClock.now
    let read = known.read(.notice, in: String(repeating: piece, count: count))
    #expect(read.count == 3)
    let spent = ContinuousClock.now - started
    #expect(spent < .seconds(20), "\(spent)")
  }

  @Test func `what passes the limit is not read`() throws {
    let filler = String(repeating: "a", count: TenderTextReader.mostSigns)
    #expect(try reader().mentions(of: .notice, in: filler + " 686 heures d’insertion").isEmpty)
  }

  @Test func `texts cut anywhere and shuffled stop nothing`() throws {
    let known = try reader(["1", "3"])
    let text = Array(
      "Lots 1 et 3 : 1 688 et 686 heures d’insertion, critère 10 %, 60 € par heure, L. 2112-2, a@b.fr, 01 60 00 00 00\t|\n"
        .unicodeScalars)
    var generator = SystemRandomNumberGenerator()
    for end in text.indices { _ = known.read(.notice, in: String(String.UnicodeScalarView(text[..<end]))) }
    for start in text.indices { _ = known.read(.notice, in: String(String.UnicodeScalarView(text[start...]))) }
    for _ in 0..<200 {
      _ = known.read(.notice, in: String(String.UnicodeScalarView(text.shuffled(using: &generator))))
    }
  }

  // MARK: - Properties

  /// A number in French words, written apart from the reader.
  private func words(_ number: Int) -> String {
    let small = [
      "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
      "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ]
    let tens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"]
    switch number {
    case ..<20: return small[number]
    case ..<70:
      let unit = number % 10
      return tens[number / 10] + (unit == 0 ? "" : unit == 1 ? " et un" : "-\(small[unit])")
    case ..<80: return number == 71 ? "soixante et onze" : "soixante-\(small[number - 60])"
    case ..<100: return number == 80 ? "quatre-vingts" : "quatre-vingt-\(small[number - 80])"
    case ..<1000:
      let rest = number % 100
      let head = number < 200 ? "cent" : "\(small[number / 100]) cent\(rest == 0 ? "s" : "")"
      return rest == 0 ? head : "\(head) \(words(rest))"
    default:
      let rest = number % 1000
      let head = number < 2000 ? "mille" : "\(words(number / 1000)) mille"
      return rest == 0 ? head : "\(head) \(words(rest))"
    }
  }

  @Test func `the same hours are read in five ways of writing`() throws {
    let known = try reader(["1", "3"])
    for hours in stride(from: 1, through: 20_000, by: 37) {
      let grouped = French.integer(hours)
      let ways = [
        "Lot 1 : \(hours) heures d’insertion.",
        "Le titulaire du lot n° 1 réalise un minimum de \(grouped)\u{A0}h d’insertion.",
        "Lot 1 : \(grouped.replacing("\u{202F}", with: ".")) heures d’insertion",
        "LOT 1 : AU MOINS \(words(hours).uppercased()) HEURE\(hours < 2 ? "" : "S") D’INSERTION",
        "Insertion\nLot\tHeures\nLot 1\t\(grouped.replacing("\u{202F}", with: " "))",
      ]
      for way in ways {
        let read = known.mentions(of: .notice, in: way)
        #expect(read.map(\.lot) == ["1"] && read.first?.mention.hours == Hours(hours), "\(way)")
      }
    }
  }

  // MARK: - The story

  private static let story: [(document: Document, text: String)] = [
    (
      .notice,
      """
      Conditions particulières d’exécution : clause sociale d’insertion, articles L. 2112-2 et L. 2112-2-1 du code de la
      commande publique. Lot 1 : 1 688 heures. Lot 3 : 686 heures.
      Le lot n° 4 est réservé aux structures d’insertion par l’activité économique (articles L. 2113-13 et R. 2113-7),
      avec 192 heures d’insertion.
      """
    ),
    (
      .consultationRules,
      """
      ARTICLE 4 – CLAUSE D’INSERTION
      Lot\tIntitulé\tHeures d’insertion
      Lot 1\tGros œuvre\t1\u{202F}688
      Lot 3\tPeinture\t686
      Lot 4\tNettoyage\t192
      """
    ),
    (
      .particularClauses,
      """
      Article 8 – Insertion sociale
      Conformément à l’article 20.1 du CCAG-Travaux, les titulaires des lots 1, 3 et 4 réservent respectivement un minimum
      de 1.688, 686 et 192 heures à l’insertion.
      La clause est une condition d’exécution (article L.2112-2). Le lot 4 est réservé en application des articles
      L2113-13 et R2113-7.
      Les publics éligibles sont les bénéficiaires du RSA et les travailleurs handicapés.
      Facilitateur : clauses@exemple.fr. Le relevé d’heures est remis chaque trimestre.
      Une pénalité de 60 € HT par heure d’insertion non réalisée est appliquée.
      Une clause de réexamen permet d’ajuster les heures (article R. 2194-1). La globalisation des heures est admise.
      """
    ),
    (
      .engagementAct,
      """
      Le titulaire s’engage à réaliser les heures d’insertion suivantes :
      - lot 1 : mille six cent quatre-vingts (1 680) heures ;
      - lot 3 : 686 h ;
      - lot 4 : 192 h.
      """
    ),
  ]

  @Test func `story step 3: the four documents are read and the act of engagement is found wrong`() throws {
    let names = ["1", "3", "4"]
    let known = try reader(names)
    let mentions = Self.story.flatMap { known.mentions(of: $0.document, in: $0.text) }
    let decided = ["1": 1688, "3": 686, "4": 192]
    let lots = names.map { name in
      var choice = PossibilityChoice(name == "4" ? .reserved : .execution, day: day(2026, 9, 7))
      choice.hours = decided[name].map { Hours($0) }
      choice.ccag = .works
      if name == "4" {
        choice.families = [.inclusion]
        choice.reservedShare = Percent(50)
      }
      return TenderDossier.Lot(name, choice: choice, mentions: mentions.filter { $0.lot == name }.map(\.mention))
    }
    #expect(lots.map(\.mentions.count) == [4, 4, 4])
    #expect(lots.map { $0.mentions.map(\.hours) }[0] == [1688, 1688, 1688, 1680].map { Hours($0) })
    #expect(lots.map { $0.mentions.map(\.hours) }[1] == Array(repeating: Hours(686), count: 4))
    #expect(lots.map { $0.mentions.map(\.hours) }[2] == Array(repeating: Hours(192), count: 4))
    let dossier = TenderDossier(day: day(2026, 9, 7), lots: lots)
    let found = try dossier.consistency(figures: Reference.figures()).findings
    let different = found.filter { $0.code == "hoursDiffer" }
    #expect(different.map(\.place) == ["lot 1, acte d’engagement"])
    #expect(found.map(\.code) == ["hoursDiffer"])
    let clauses = try #require(lots.first?.mentions.first { $0.document == .particularClauses })
    #expect(clauses.contact == "clauses@exemple.fr" && clauses.ccagClause == "20.1")
    #expect(clauses.penalty?.plain == "60 € par heure" && clauses.frequency == "chaque trimestre")
    #expect(clauses.hasReviewClause == true && clauses.foreseesPooling == true && clauses.publics.count == 2)
  }
}
