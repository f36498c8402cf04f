/// Kinds of purchases that the invented buyers make.
struct Purchase: Sendable {
  /// What is bought; `{lieu}` stands for a place.
  let objects: [String]
  let cpv: String
  /// Amounts in thousands of euros.
  let thousands: ClosedRange<Int>
  /// Durations in months.
  let months: [Int]
  /// How many times in a hundred it is a framework agreement, and bears a social consideration.
  let framework, social: Int
  /// How often it comes among the others.
  let weight: Int
  let ccag: String

  static let all = [
    Purchase(
      objects: [
        "Entretien des espaces verts de {lieu}", "Tonte, taille et désherbage des espaces verts, secteur de {lieu}",
        "Entretien des accotements et fossés autour de {lieu}",
      ], cpv: "77310000-6", thousands: 60...900, months: [12, 24, 36, 48], framework: 60, social: 45, weight: 14,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: [
        "Nettoyage des bâtiments communaux de {lieu}", "Nettoyage des locaux et de la vitrerie, {lieu}",
        "Propreté des groupes scolaires de {lieu}",
      ], cpv: "90910000-9", thousands: 40...1500, months: [12, 24, 36, 48], framework: 45, social: 40, weight: 14,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: [
        "Réhabilitation du groupe scolaire de {lieu} — lot gros œuvre",
        "Construction d’une médiathèque à {lieu} — lot 2",
        "Rénovation énergétique de logements à {lieu}", "Extension de la maison de santé de {lieu} — lot peinture",
      ], cpv: "45210000-2", thousands: 90...6500, months: [6, 9, 12, 14, 18, 24], framework: 6, social: 30, weight: 18,
      ccag: "Travaux"),
    Purchase(
      objects: [
        "Travaux d’entretien et de réparation de la voirie, {lieu}", "Marché à bons de commande de voirie, {lieu}",
      ],
      cpv: "45233141-9", thousands: 150...4000, months: [12, 24, 36, 48], framework: 85, social: 35, weight: 9,
      ccag: "Travaux"),
    Purchase(
      objects: ["Collecte des déchets ménagers, secteur de {lieu}", "Gestion des déchèteries autour de {lieu}"],
      cpv: "90511000-2", thousands: 300...7500, months: [36, 48, 60, 72], framework: 20, social: 40, weight: 6,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Restauration scolaire et portage de repas, {lieu}", "Fourniture de repas en liaison froide, {lieu}"],
      cpv: "55523100-3", thousands: 120...3000, months: [12, 24, 36, 48], framework: 50, social: 20, weight: 6,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Gardiennage et sécurité des sites de {lieu}", "Surveillance des bâtiments publics de {lieu}"],
      cpv: "79710000-4", thousands: 50...900, months: [12, 24, 36], framework: 50, social: 15, weight: 6,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Blanchisserie et location de linge pour {lieu}"], cpv: "98310000-9", thousands: 40...600,
      months: [24, 36, 48], framework: 40, social: 30, weight: 3, ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Impression et mise sous pli du magazine de {lieu}"], cpv: "79823000-9", thousands: 20...200,
      months: [12, 24, 36], framework: 60, social: 25, weight: 4, ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Transport d’élèves en situation de handicap, {lieu}", "Transport à la demande autour de {lieu}"],
      cpv: "60130000-8", thousands: 80...1800, months: [12, 24, 36, 48], framework: 55, social: 15, weight: 5,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: [
        "Maîtrise d’œuvre pour la restructuration de la mairie de {lieu}", "Étude de programmation urbaine de {lieu}",
      ],
      cpv: "71240000-2", thousands: 30...700, months: [8, 12, 24, 36], framework: 8, social: 4, weight: 6,
      ccag: "Maitrise d'œuvre"),
    Purchase(
      objects: ["Maintenance informatique et support aux agents, {lieu}"], cpv: "72250000-2", thousands: 30...900,
      months: [12, 24, 36, 48], framework: 60, social: 3, weight: 5,
      ccag: "Techniques de l’information et de la communication"),
    Purchase(
      objects: ["Fourniture de matériel de bureau pour {lieu}", "Fourniture de denrées alimentaires, {lieu}"],
      cpv: "30190000-7", thousands: 20...500, months: [12, 24, 36, 48], framework: 75, social: 3, weight: 6,
      ccag: "Fournitures courantes et services"),
    Purchase(
      objects: ["Entretien et maintenance des installations de chauffage, {lieu}"], cpv: "50720000-8",
      thousands: 60...1600, months: [24, 36, 48, 60], framework: 30, social: 15, weight: 5,
      ccag: "Fournitures courantes et services"),
  ]
}
