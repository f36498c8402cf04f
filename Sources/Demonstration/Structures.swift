import Clauses
public import Foundation

/// The invented inclusion structures, as a CSV list, so that the demonstration enters by the same door as real lists.
public enum InventedStructures {
  private static let activities = [
    ("81.21Z", "Propreté"), ("81.30Z", "Jardins"), ("43.34Z", "Peinture"), ("43.99C", "Maçonnerie"),
    ("38.11Z", "Recyclage"),
    ("56.21Z", "Traiteur"), ("96.01A", "Blanchisserie"), ("18.12Z", "Imprimerie"), ("01.13Z", "Maraîchage"),
    ("49.39A", "Mobilité"),
  ]
  private static let names = [
    "Coup de Pouce", "L’Élan", "Le Tremplin", "La Passerelle", "Horizon", "Pas à Pas", "Le Levier", "L’Escale",
  ]

  /// The CSV text of forty structures, twenty-four in the first département and sixteen in the second.
  public static func csv(seed: UInt64) -> Data {
    var seed = Seed(seed)
    var text = "siret;type;raison_sociale;enseigne;naf;code_postal;ville;lat;lon;description\n"
    for rank in 0..<40 {
      let territory = Territory.all[rank < 24 ? 0 : 1]
      let town = territory.towns[rank % territory.towns.count]
      let kind = kinds[rank % kinds.count]
      let (naf, word) = kind.contribution == .lendsPeople ? ("78.20Z", "Intérim") : activities[rank % activities.count]
      let name = "\(word) \(seed.pick(names)) \(town.name)"
      let siret = InventedNumber.siret(prefix: "9997", rank: rank + 1)
      text += "\(siret);\(kind.rawValue);\(name.uppercased());\(name);\(naf);\(town.postcode);\(town.name);"
      text += "\(degrees(town.latitude + Int.random(in: -9000...9000, using: &seed)));"
      text +=
        "\(degrees(town.longitude + Int.random(in: -9000...9000, using: &seed)));"
        + "Structure inventée pour la démonstration\n"
    }
    return Data(text.utf8)
  }

  private static let kinds: [StructureKind] = [.ei, .aci, .etti, .ai, .ea, .aci, .ei, .esat, .geiq, .aci]

  private static func degrees(_ micro: Int) -> String {
    let sign = micro < 0 ? "-" : ""
    let rest = String(micro.magnitude % 1_000_000)
    return "\(sign)\(micro.magnitude / 1_000_000).\(String(repeating: "0", count: 6 - rest.count))\(rest)"
  }
}
