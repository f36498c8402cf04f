import Casework
import Clauses

/// Invented purchase programmes: contracts just come, one that is late, some advised, one set aside.
enum InventedPlanned {
  static let all: [LoadPlanned.Group] = [
    group(
      "77", 0, "programmation-2027.xlsx",
      [
        .init(
          line(
            "2027-01", "Nettoyage des écoles et des équipements sportifs", "90910000", "420 000", 48, "77000", "04/2027"
          ),
          stage: .advised, daysAgo: 12,
          messages: [
            "Bonjour, ce marché remplace celui qui se termine cet été. Une clause vous semble-t-elle possible\u{202F}?",
            "Bonjour, oui\u{202F}: trois structures du secteur peuvent intervenir. La fiche propose un volume d’heures.",
          ],
          sheet: (
            "cpv=90910000&montant=420000&duree=48&arrondi=1",
            input("90910000", 420_000, 48, "cleaning"),
            "Trois structures peuvent intervenir dès l’été, dont une spécialisée dans les écoles."
          )),
        .init(
          line("2027-02", "Entretien des espaces verts, secteur nord", "77310000", "260 000", 36, "77100", "02/2027"),
          stage: .inStudy, daysAgo: 1, messages: ["Le secteur sera peut-être divisé en deux lots."]),
        .init(
          line("2027-03", "Réfection de la toiture de la médiathèque", "45261000", "310 000", 8, "77000", "06/2027"),
          daysAgo: 6),
        .init(
          line("2027-04", "Fourniture de carburant", "09130000", "90 000", 24, "77000", ""), stage: .setAside,
          reason: "Fourniture sans main-d’œuvre sur place\u{202F}: une clause n’aurait pas de sens.", daysAgo: 12),
        .init(
          line("2027-05", "Restauration scolaire et portage de repas", "55523100", "1 850 000", 48, "77000", "09/2027"),
          daysAgo: 0),
      ]),
    group(
      "77", 1, "achats-prevus.csv",
      [
        .init(
          line("A-12", "Travaux de voirie à bons de commande", "45233141", "2 400 000", 48, "77000", "03/2027"),
          stage: .worded, daysAgo: 30,
          messages: ["Les articles sont bien reçus, merci. Nous publions le mois prochain."], tender: tender),
        .init(
          line("A-13", "Gardiennage des bâtiments publics", "79710000", "180 000", 24, "77000", "05/2027"), daysAgo: 2),
      ]),
    group(
      "40", 0, "programmation-2027.ods",
      [
        .init(
          line("L-1", "Collecte des encombrants en porte à porte", "90511000", "540 000", 36, "40000", "04/2027"),
          stage: .inStudy, daysAgo: 3),
        .init(
          line("L-2", "Débroussaillement des pistes forestières", "77312000", "120 000", 12, "40000", "01/2027"),
          daysAgo: 1),
      ]),
  ]

  /// A framework of roadworks with one lot for everyone and one for inclusion structures.
  private static let tender: @Sendable (TenderSeed) -> (typed: String, terms: TenderTerms) = { seed in
    var small = TenderTerms.Lot("2", .reserved, hours: Hours(600))
    (small.families, small.reservedShare) = ([.inclusion], Percent(50))
    var terms = TenderTerms(
      buyer: seed.buyer, object: seed.contract.object, day: seed.today,
      lots: [.init("1", .execution, hours: Hours(1_512)), small])
    (terms.place, terms.months, terms.ccag, terms.body) = (seed.contract.place, seed.contract.months, .works, seed.body)
    (terms.contact, terms.publics) = (seed.contact, seed.publics.map(\.name))
    (terms.frequency, terms.declarationDay) = (.monthly, seed.declarationDay)
    (terms.noticeDays, terms.documentDays, terms.kickoffDays) = (seed.noticeDays, seed.documentDays, 15)
    (terms.penaltyHour, terms.penaltyDocument) = (Euros(60), Euros(50))
    terms.counting = "les heures travaillées et les heures de formation prévues au contrat de travail"
    terms.dataController = seed.buyer
    var fields: [(String, String?)] = []
    func add(_ name: String, _ value: String?) { fields.append((name, value)) }
    add("acheteur", seed.buyer)
    add("objet", terms.object)
    add("lieu", terms.place)
    add("duree", terms.months.map(String.init))
    add("jour", "\(terms.day)")
    add("ccag", terms.ccag?.rawValue)
    add("structure", seed.body)
    add("contact", seed.contact.first)
    add("courriel", seed.contact.last)
    add("periodicite", terms.frequency?.rawValue)
    add("jour-releve", String(seed.declarationDay))
    add("mise-en-demeure", String(seed.noticeDays))
    add("delai-piece", String(seed.documentDays))
    add("reunion", "15")
    add("penalite-heure", "60")
    add("penalite-piece", "50")
    add("decompte", terms.counting)
    add("responsable", seed.buyer)
    add("lot-0-nom", "1")
    add("lot-0-possibilite", Possibility.execution.rawValue)
    add("lot-0-heures", "1512")
    add("lot-1-nom", "2")
    add("lot-1-possibilite", Possibility.reserved.rawValue)
    add("lot-1-heures", "600")
    add("lot-1-famille", ReservedFamily.inclusion.rawValue)
    add("lot-1-part", "50")
    for known in seed.publics { add("publics", known.code) }
    let typed = fields.compactMap { name, value in value.map { "\(name)=\($0.replacing(" ", with: "+"))" } }
    return (typed.joined(separator: "&"), terms)
  }

  private static func line(
    _ reference: String, _ object: String, _ cpv: String, _ amount: String, _ months: Int, _ place: String,
    _ launch: String
  ) -> [PlannedField: String] {
    [
      .reference: reference, .object: object, .cpv: cpv, .amount: amount, .months: String(months), .place: place,
      .launch: launch,
    ]
  }

  private static func input(_ cpv: String, _ euros: Int64, _ months: Int, _ segment: String) -> LotInput {
    var given = Calibration.Case()
    (given.cpv, given.amount, given.months) = (CPVCode(cpv), Euros(cents: euros * 100), months)
    return LotInput(given, segment: segment)
  }

  private static func group(
    _ departement: String, _ rank: Int, _ file: String, _ samples: [LoadPlanned.Sample]
  ) -> LoadPlanned.Group {
    guard let code = DepartementCode(departement) else {
      preconditionFailure("an invented département is not one: \(departement)")
    }
    return .init(departement: code, rank: rank, file: file, samples)
  }
}
