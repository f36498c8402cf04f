/// An award notice as a publisher would write it in the format of 2022, with the fields that tests vary.
public struct AwardText: Sendable {
  /// The buyer's number for it.
  public var number: String
  /// The buyer's SIRET, as written.
  public var buyer = "21770288100012"
  /// The buyer's name.
  public var buyerName: String? = "Commune de Melun"
  /// What is bought.
  public var object = "Nettoyage des locaux"
  /// The CPV code, with its key.
  public var cpv: String? = "90910000-9"
  /// The postcode of the place of performance.
  public var postcode: String? = "77000"
  /// How long it lasts.
  public var months: Int? = 24
  /// The day of notification, `yyyy-MM-dd`.
  public var notified: String? = "2025-03-01"
  /// The day of publication.
  public var published: String? = "2025-03-20"
  /// The amount, as a JSON number.
  public var euros: String? = "250000"
  /// The social considerations; nil: the field is left out.
  public var social: [String]? = ["Clause sociale"]
  /// The technique of purchase.
  public var technique = "Sans objet"
  /// Whether it is a concession.
  public var isConcession = false
  /// More members, as JSON text without the comma before.
  public var more = ""

  /// A notice of cleaning that lasts two years in Melun.
  public init(_ number: String, _ change: (inout AwardText) -> Void = { _ in }) {
    self.number = number
    change(&self)
  }

  /// The record.
  public var json: String {
    var parts = ["\"id\":\(AwardText.quoted(number))"]
    let name = buyerName.map { ",\"nom\":\(AwardText.quoted($0))" } ?? ""
    parts.append("\"\(isConcession ? "autoriteConcedante" : "acheteur")\":{\"id\":\"\(buyer)\"\(name)}")
    parts.append("\"nature\":\"\(isConcession ? "Délégation de service public" : "Marché")\"")
    parts.append("\"objet\":\(AwardText.quoted(object))")
    if let cpv, !isConcession { parts.append("\"codeCPV\":\"\(cpv)\"") }
    if let postcode { parts.append("\"lieuExecution\":{\"code\":\"\(postcode)\",\"typeCode\":\"Code postal\"}") }
    if let months { parts.append("\"dureeMois\":\(months)") }
    if let notified { parts.append("\"\(isConcession ? "dateSignature" : "dateNotification")\":\"\(notified)\"") }
    if let published { parts.append("\"datePublicationDonnees\":\"\(published)\"") }
    if let euros { parts.append("\"\(isConcession ? "valeurGlobale" : "montant")\":\(euros)") }
    if !isConcession { parts.append("\"techniques\":{\"technique\":[\"\(technique)\"]}") }
    if let social {
      let list = social.map(AwardText.quoted).joined(separator: ",")
      parts.append("\"considerationsSociales\":{\"considerationSociale\":[\(list)]}")
    }
    if !more.isEmpty { parts.append(more) }
    return "{\(parts.joined(separator: ","))}"
  }

  /// A whole file: contracts and concessions apart, one record a line, with so many blanks after each.
  public static func file(_ awards: [AwardText], blanks: Int = 0) -> String {
    let separator = "," + String(repeating: " ", count: blanks) + "\n"
    let contracts = awards.filter { !$0.isConcession }.map(\.json).joined(separator: separator)
    let concessions = awards.filter(\.isConcession).map(\.json).joined(separator: separator)
    return "{\"marches\":{\"marche\":[\n\(contracts)\n],\n\"contrat-concession\":[\n\(concessions)\n]}}\n"
  }

  /// So many invented notices that differ in everything lists filter on; the same seed gives the same ones.
  public static func invented(_ count: Int, seed: UInt64, prefix: String = "M") -> [AwardText] {
    var dice = Dice(seed)
    return (0..<count).map { index in
      AwardText("\(prefix)\(index)") { award in
        let buyer = dice.pick(buyers)
        award.buyer = buyer.siret
        award.buyerName = buyer.name
        award.isConcession = dice.chance(8)
        award.object = (0..<4).map { _ in dice.pick(words) }.joined(separator: " ") + " n° \(index % 17)"
        award.cpv = dice.chance(5) ? nil : dice.pick(codes)
        award.postcode =
          dice.chance(6) ? nil : dice.pick(["77000", "77100", "40000", "20000", "97400", "75011", "33000"])
        award.months = dice.chance(5) ? nil : dice.pick([0, 1, 2, 12, 24, 36, 48])
        award.notified = dice.chance(5) ? nil : day(2023...2026, &dice)
        award.published = dice.chance(5) ? nil : day(2023...2026, &dice)
        award.euros =
          dice.chance(5) ? nil : dice.pick(["0", "9000.5", "99999.99", "100000", "140000", "250000", "6000000"])
        award.social = dice.pick([nil, ["Clause sociale"], ["Critère social"], ["Pas de considération sociale"]])
        award.technique = dice.chance(30) ? "Accord-cadre" : "Sans objet"
      }
    }
  }

  private static let buyers: [(siret: String, name: String)] = [
    (siret: "21770288100012", name: "Commune de Melun"), ("22770001000019", "Département de l’Œuvre"),
    ("11000201100044", "Ministère de l’Écologie"), ("19770920100015", "Collège Émile-Zola"),
    ("24400029200019", "Communauté d’agglomération du Val"), ("21400192100010", "Ville d’Île-Saint-Œil"),
  ]
  private static let words = [
    "nettoyage", "école", "ÉCOLES", "œuvre", "gros-œuvre", "voirie", "d’été", "maintenance", "espaces", "verts",
    "lot 2e",
    "chauffage", "12,5", "A86", "l’hôpital", "façade", "naïveté", "R+2", "N°7", "réhabilitation",
  ]
  private static let codes = [
    "90910000-9", "45210000-2", "45233141-9", "71240000-2", "72250000-2", "30190000-7", "77310000-6", "03000000-1",
    "09000000-3",
  ]

  private static func day(_ years: ClosedRange<Int>, _ dice: inout Dice) -> String {
    let (year, month, day) = (
      Int.random(in: years, using: &dice), Int.random(in: 1...12, using: &dice), Int.random(in: 1...28, using: &dice)
    )
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
