public import Clauses
public import Foundation

/// The invented award notices, in the published format of 2022, so that the demonstration enters by the same door as real data.
public enum InventedAwards {
  /// How many of the notices are concessions.
  private static let concessionCount = 6

  /// The JSON text of so many notices that come back around a day; the same seed and day give the same text.
  public static func json(count: Int, seed: UInt64, around day: Day) throws -> Data {
    var seed = Seed(seed)
    var contracts: [Contract] = []
    for index in 0..<(count - concessionCount) { contracts.append(contract(index, day, &seed)) }
    let concessions = (0..<concessionCount).map { concession($0, day, &seed) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(Package(marches: .init(marche: contracts, concessions: concessions)))
  }

  private static func contract(_ index: Int, _ today: Day, _ seed: inout Seed) -> Contract {
    let territory = seed.chance(60) ? Territory.all[0] : Territory.all[1]
    let town = seed.pick(territory.towns)
    let buyer = seed.pick(territory.buyers)
    let purchase = choose(&seed)
    let isFramework = seed.chance(purchase.framework)
    // Most end in the two years that come; some ended not long ago. None was notified in the future.
    let wanted = today.adding(days: Int.random(in: -150...780, using: &seed))
    let lastNotified = today.adding(days: -60)
    let fitting = purchase.months.filter { wanted.adding(months: -$0) <= lastNotified }
    let months = fitting.isEmpty ? purchase.months.max() ?? 12 : seed.pick(fitting)
    let notified = min(wanted.adding(months: -months), lastNotified)
    let amount = amount(purchase.thousands, &seed)
    var contract = Contract(
      id: "\(notified.parts.year)DEMO\(pad(index + 1))", buyer: InventedNumber.siret(prefix: buyer.prefix, rank: 1),
      name: buyer.name, object: seed.pick(purchase.objects).replacing("{lieu}", with: town.name), cpv: purchase.cpv,
      place: seed.chance(80) ? (town.postcode, "Code postal") : (territory.code, "Code département"), months: months,
      notified: notified, published: notified.adding(days: Int.random(in: 4...50, using: &seed)), amount: amount,
      ccag: purchase.ccag)
    contract.techniques = .init(technique: [isFramework ? "Accord-cadre" : "Sans objet"])
    contract.modalitesExecution = .init(
      modaliteExecution: [isFramework ? (seed.chance(70) ? "Bons de commande" : "Marchés subséquents") : "Sans objet"])
    contract.considerationsSociales = .init(considerationSociale: considerations(purchase.social, &seed))
    contract.procedure = amount > 221_000 ? "Appel d'offres ouvert" : "Procédure adaptée"
    contract.offresRecues = Int.random(in: 1...9, using: &seed)
    contract.titulaires = holders(&seed)
    if seed.chance(12) { contract.modifications = [.init(amendment(of: contract, notified: notified, &seed))] }
    return contract
  }

  private static func concession(_ index: Int, _ today: Day, _ seed: inout Seed) -> Concession {
    let territory = Territory.all[index % 2]
    let buyer = seed.pick(territory.buyers)
    let months = seed.pick([60, 96, 120])
    let signed = today.adding(days: Int.random(in: 30...700, using: &seed)).adding(months: -months)
    return Concession(
      id: "CONC\(pad(index + 1))",
      autoriteConcedante: .init(id: InventedNumber.siret(prefix: buyer.prefix, rank: 1), nom: buyer.name),
      nature: "Délégation de service public",
      objet: seed.pick(["Exploitation du centre aquatique", "Gestion des crèches", "Exploitation du réseau de bus"])
        + " de \(seed.pick(territory.towns).name)", procedure: "Procédure négociée ouverte", dureeMois: months,
      dateSignature: signed.description, datePublicationDonnees: signed.adding(days: 20).description,
      dateDebutExecution: signed.adding(days: 30).description, valeurGlobale: amount(900...9000, &seed),
      concessionnaires: [
        .init(
          concessionnaire: .init(typeIdentifiant: "SIRET", id: InventedNumber.siret(prefix: "9998", rank: index + 1)))
      ],
      considerationsSociales: .init(considerationSociale: considerations(40, &seed)))
  }

  private static func choose(_ seed: inout Seed) -> Purchase {
    let total = Purchase.all.reduce(0) { $0 + $1.weight }
    var rest = Int.random(in: 0..<total, using: &seed)
    for purchase in Purchase.all {
      rest -= purchase.weight
      if rest < 0 { return purchase }
    }
    return Purchase.all[0]
  }

  /// An amount that is more often small than great.
  private static func amount(_ thousands: ClosedRange<Int>, _ seed: inout Seed) -> Int {
    let span = Double(thousands.upperBound - thousands.lowerBound)
    let draw = Double.random(in: 0...1, using: &seed)
    return (thousands.lowerBound + Int(span * draw * draw)) * 1000 + Int.random(in: 0..<1000, using: &seed)
  }

  private static func considerations(_ percent: Int, _ seed: inout Seed) -> [String] {
    guard seed.chance(percent) else { return ["Pas de considération sociale"] }
    return seed.pick([
      ["Clause sociale"], ["Clause sociale"], ["Clause sociale", "Critère social"], ["Critère social"],
      ["Marché réservé"],
    ])
  }

  private static func holders(_ seed: inout Seed) -> [Contract.Holder] {
    (0..<(seed.chance(15) ? 2 : 1)).map { _ in
      let rank = Int.random(in: 1...120, using: &seed)
      return .init(
        titulaire: .init(typeIdentifiant: "SIRET", id: InventedNumber.siret(prefix: "9999", rank: rank)))
    }
  }

  private static func amendment(of contract: Contract, notified: Day, _ seed: inout Seed) -> Contract.Amendment {
    let day = notified.adding(months: max(1, contract.dureeMois / 2))
    return .init(
      id: 1, dateNotificationModification: day.description,
      datePublicationDonneesModification: day.adding(days: 12).description,
      montant: contract.montant + contract.montant / Int.random(in: 8...20, using: &seed),
      dureeMois: contract.dureeMois + (seed.chance(40) ? 3 : 0))
  }

  private static func pad(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
  }
}
