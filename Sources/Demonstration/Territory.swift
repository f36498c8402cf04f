/// The two départements of the demonstration: real places, invented people and buyers.
struct Territory: Sendable {
  /// A commune with its postcode and its centre in millionths of a degree.
  struct Town: Sendable {
    let name, postcode: String
    let latitude, longitude: Int
  }

  let code: String
  let towns: [Town]
  /// Invented buyers: name and the prefix of their number (1: State, otherwise not).
  let buyers: [(name: String, prefix: String)]

  static let all = [seineEtMarne, landes]

  private static let seineEtMarne = Territory(
    code: "77",
    towns: [
      Town(name: "Melun", postcode: "77000", latitude: 48_539_900, longitude: 2_660_800),
      Town(name: "Meaux", postcode: "77100", latitude: 48_958_200, longitude: 2_877_700),
      Town(name: "Chelles", postcode: "77500", latitude: 48_881_100, longitude: 2_592_700),
      Town(name: "Fontainebleau", postcode: "77300", latitude: 48_404_700, longitude: 2_701_600),
      Town(name: "Provins", postcode: "77160", latitude: 48_559_600, longitude: 3_299_300),
      Town(name: "Coulommiers", postcode: "77120", latitude: 48_814_400, longitude: 3_083_300),
      Town(name: "Montereau-Fault-Yonne", postcode: "77130", latitude: 48_385_200, longitude: 2_951_100),
    ],
    buyers: [
      ("Commune de Val-Fleuri", "2199"), ("Communauté d’agglomération des Trois-Ponts", "2009"),
      ("Département témoin de l’Est", "2299"), ("Office public de l’habitat Les Tilleuls", "2799"),
      ("Syndicat des eaux du Grand-Morin imaginaire", "2599"), ("Centre hospitalier de la Brie témoin", "2699"),
      ("Collège Paul-Inventé", "1977"), ("Direction interrégionale témoin des bâtiments de l’État", "1109"),
      ("Commune de Saint-Exemple-sur-Seine", "2198"),
    ])

  private static let landes = Territory(
    code: "40",
    towns: [
      Town(name: "Mont-de-Marsan", postcode: "40000", latitude: 43_890_600, longitude: -500_900),
      Town(name: "Dax", postcode: "40100", latitude: 43_707_200, longitude: -1_053_600),
      Town(name: "Tarnos", postcode: "40220", latitude: 43_540_600, longitude: -1_461_700),
      Town(name: "Biscarrosse", postcode: "40600", latitude: 44_394_400, longitude: -1_163_900),
      Town(name: "Saint-Paul-lès-Dax", postcode: "40990", latitude: 43_727_800, longitude: -1_052_200),
      Town(name: "Hagetmau", postcode: "40700", latitude: 43_656_400, longitude: -592_200),
    ],
    buyers: [
      ("Commune de Pignada-les-Bains", "2197"), ("Communauté de communes du Marensin imaginaire", "2008"),
      ("Département témoin du Sud-Ouest", "2298"), ("Syndicat mixte des Déchets de la Lande témoin", "2598"),
      ("Office de l’habitat Les Arènes", "2798"), ("Parc régional de démonstration", "2597"),
      ("Préfecture témoin du Sud-Ouest", "1108"),
    ])
}
