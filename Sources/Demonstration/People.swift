import Casework
import Clauses

/// The invented organisations and people of the demonstration: one account at least for every role, and what a territory
/// has of unfinished business (an organisation that waits, one that is suspended).
enum InventedPeople {
  private static let givenNames = [
    "Camille", "Nadia", "Thomas", "Fatou", "Élodie", "Mehdi", "Sophie", "Karim", "Juliette", "Antoine", "Aïcha",
    "Mathieu", "Inès", "Laurent", "Chloé", "Bakary", "Hélène", "Yanis", "Claire", "Olivier", "Leïla", "Florian",
    "Manon", "Stéphane", "Awa", "Benoît", "Lucie", "Farid", "Margaux", "Rémi",
  ]
  private static let surnames = [
    "Lefèvre", "Benali", "Garcia", "Diallo", "Moreau", "Da Silva", "Rousseau", "Cissé", "Lambert", "Nguyen",
    "Fontaine", "Haddad", "Mercier", "Traoré", "Girard", "Lopes", "Bonnet", "Kaya", "François", "Legrand", "Étienne",
    "Perrin", "Marchand", "Sow", "Dupuis", "Renard", "Brunet", "Schmitt", "Colin", "Vidal",
  ]
  private static let trades = [
    ("Bâtiment", "4120A"), ("Travaux publics", "4211Z"), ("Nettoyage", "8121Z"), ("Espaces verts", "8130Z"),
    ("Peinture", "4334Z"), ("Électricité", "4321A"), ("Restauration", "5629B"), ("Transports", "4939A"),
  ]
  private static let firms = ["Du Parc", "Trois Rivières", "Horizon Nord", "Val de l’Orme", "Grand Large"]

  static func groups(seed: UInt64) -> [LoadAccounts.Group] {
    var maker = Maker(seed: Seed(seed &+ 77))
    var groups: [LoadAccounts.Group] = []
    for (rank, territory) in Territory.all.enumerated() {
      let town = territory.towns[0]
      groups.append(body(rank, territory, &maker))
      for (place, buyer) in territory.buyers.enumerated() {
        groups.append(
          .init(
            kind: .buyer, siret: maker.siret(prefix: buyer.prefix), name: buyer.name,
            postcode: territory.towns[place % territory.towns.count].postcode,
            people: place < 4 ? [maker.person(.buyer, isAdministrator: place % 2 == 0)] : []))
      }
      for (place, trade) in trades.enumerated() {
        let name = "\(trade.0) \(maker.seed.pick(firms)) \(town.name)"
        groups.append(
          .init(
            kind: .company, siret: maker.siret(prefix: "9998"), name: name,
            postcode: territory.towns[place % territory.towns.count].postcode,
            state: place == 6 ? .waiting : place == 7 ? .suspended : .active,
            reason: place == 7 ? "Relevés d’heures non transmis depuis trois mois." : nil,
            people: [maker.person(.company, isAdministrator: true)]))
      }
      groups += partners(territory, &maker)
    }
    groups.append(
      .init(
        kind: .coordination, siret: nil, name: "Coordination témoin des clauses sociales", postcode: "77000",
        covers: Territory.all.map(\.code),
        people: [maker.person(.coordinator, isAdministrator: true), maker.person(.coordinator, isAdministrator: false)])
    )
    return groups
  }

  private static func body(_ rank: Int, _ territory: Territory, _ maker: inout Maker) -> LoadAccounts.Group {
    let name = rank == 0 ? "Maison de l’emploi témoin de Seine-et-Marne" : "PLIE témoin des Landes"
    var people = [
      maker.person(
        .facilitator, isAdministrator: true, missions: "Direction, relations avec les grands donneurs d’ordre",
        share: 50),
      maker.person(
        .facilitator, isAdministrator: false, missions: "Repérage, rédaction, suivi des chantiers", share: 100),
      maker.person(.dataProtectionOfficer, isAdministrator: false),
      maker.person(.participant, isAdministrator: false),
    ]
    if rank == 0 {
      people.insert(
        maker.person(.facilitator, isAdministrator: false, missions: "Suivi des entreprises, globalisation", share: 80),
        at: 2)
    }
    return .init(
      kind: .facilitationBody, siret: maker.siret(prefix: "9996"), name: name,
      postcode: territory.towns[0].postcode, covers: [territory.code], people: people)
  }

  private static func partners(_ territory: Territory, _ maker: inout Maker) -> [LoadAccounts.Group] {
    let town = territory.towns[1]
    return [
      .init(
        kind: .structure(.aci), siret: maker.siret(prefix: "9997"), name: "Chantier d’insertion témoin de \(town.name)",
        postcode: town.postcode, people: [maker.person(.structure, isAdministrator: true)]),
      .init(
        kind: .structure(.etti), siret: maker.siret(prefix: "9997"), name: "Intérim d’insertion témoin de \(town.name)",
        postcode: town.postcode,
        people: [maker.person(.structure, isAdministrator: false), maker.person(.structure, isAdministrator: true)]),
      .init(
        kind: .prescriber, siret: maker.siret(prefix: "9995"), name: "Mission locale témoin de \(town.name)",
        postcode: town.postcode, people: [maker.person(.prescriber, isAdministrator: true)]),
      .init(
        kind: .prescriber, siret: maker.siret(prefix: "9995"), name: "Service d’insertion témoin du \(territory.code)",
        postcode: territory.towns[0].postcode,
        people: [maker.person(.prescriber, isAdministrator: false), maker.person(.prescriber, isAdministrator: true)]),
    ]
  }

  /// Draws people and numbers, none twice.
  private struct Maker {
    var seed: Seed
    private var count = 0
    private var numbers = 4000

    init(seed: Seed) { self.seed = seed }

    mutating func person(
      _ role: Role, isAdministrator: Bool, missions: String? = nil, share: Int? = nil
    ) -> LoadAccounts.Person {
      let given = seed.pick(InventedPeople.givenNames)
      let surname = seed.pick(InventedPeople.surnames)
      count += 1
      let local = "\(given) \(surname)".folded.split(separator: " ").joined(separator: ".")
      // The domain is reserved for examples (RFC 2606): no mail ever reaches anyone.
      guard let email = EmailAddress("\(local).\(count)@demonstration.example") else {
        preconditionFailure("an invented address is not one: \(local)")
      }
      return .init(
        Identity(givenName: given, surname: surname, email: email), role, isAdministrator: isAdministrator,
        missions: missions, timeShare: share)
    }

    mutating func siret(prefix: String) -> SIRET? {
      numbers += 1
      return try? SIRET(InventedNumber.siret(prefix: prefix, rank: numbers))
    }
  }
}
