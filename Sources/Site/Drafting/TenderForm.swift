import Casework
import Clauses

/// The fields of the wording of a consultation: read in the French way, kept as typed, each with its error.
struct TenderForm {
  private(set) var form: CalculatorForm
  /// What they say; nil where one of them is wrong.
  let terms: TenderTerms?
  /// How many lots have a field, the empty one that adds a lot left out.
  let lots: Int

  /// The most lots that one consultation has here.
  static let mostLots = 40
  private static let days = 1...365
  private static let months = 1...1200

  /// The names of the fields beside those of lots.
  static let names: Set<String> = [
    "acheteur", "objet", "lieu", "duree", "jour", "nature", "secteur", "avis", "ccag", "structure", "contact",
    "telephone", "courriel", "periodicite", "jour-releve", "penalite-heure", "penalite-piece", "mise-en-demeure",
    "reunion", "delai-piece", "ponderation", "decompte", "responsable", "globalisation", "publics",
  ]

  /// The name of a field of a lot, by its place from 0.
  static func name(_ field: String, _ lot: Int) -> String { "lot-\(lot)-\(field)" }

  /// What of a form is kept: known names only.
  static func kept(_ query: Query) -> Query {
    let lots = (0...mostLots).flatMap { lot in
      ["nom", "possibilite", "famille", "heures", "part"].map { name($0, lot) }
    }
    return query.keeping(names.union(lots))
  }

  static let possibilities = Possibility.allCases.map { ($0.rawValue, $0) }
  static let families = ReservedFamily.allCases.map { ($0.rawValue, $0) }
  static let frequencies = TenderTerms.Frequency.allCases.map { ($0.rawValue, $0) }
  static let conditions = GeneralConditions.allCases.map { ($0.rawValue, $0) }

  init(_ query: Query, publics known: [(code: String, name: String)], today: Day) {
    var form = CalculatorForm(query)
    func text(_ name: String) -> String? { query[name] }
    let count = (0..<Self.mostLots).last { lot in
      ["nom", "heures"].contains { query[Self.name($0, lot)] != nil } || query[Self.name("possibilite", lot)] != nil
    }
    lots = (count ?? -1) + 1
    form.need("acheteur", text("acheteur"), "Donnez le nom de l’acheteur.")
    form.need("objet", text("objet"), "Donnez l’objet du marché.")
    var all: [TenderTerms.Lot] = []
    for place in 0..<lots {
      guard let lot = Self.lot(place, &form) else { continue }
      if all.contains(where: { $0.name.folded == lot.name.folded }) {
        form.fault(
          Self.name("nom", place),
          lot.name.isEmpty
            ? "Nommez ce lot, par exemple 2\u{202F}: un autre vaut déjà pour le marché entier."
            : "Deux lots portent ce nom\u{202F}: nommez-les autrement, par exemple 1 et 2.")
      } else if all.contains(where: { $0.name.isEmpty }) || lot.name.isEmpty && !all.isEmpty {
        form.fault(
          Self.name("nom", place), "Le marché entier et un lot ne vont pas ensemble\u{202F}: nommez chaque lot.")
      }
      all.append(lot)
    }
    if all.isEmpty { form.fault(Self.name("possibilite", 0), "Choisissez une possibilité pour un lot au moins.") }
    var terms = TenderTerms(
      buyer: text("acheteur") ?? "", object: text("objet") ?? "", day: form.day("jour", default: today) ?? today,
      lots: all)
    terms.place = text("lieu")
    terms.months = form.whole("duree", in: Self.months)
    if text("nature") == "concession" {
      form.fault(
        "nature",
        "Les textes de la bibliothèque sont écrits pour des marchés\u{202F}: une concession demande sa propre rédaction."
      )
    }
    terms.isPrivate = text("secteur") == "prive"
    terms.hasNotice = text("avis") != "non"
    terms.ccag = form.choice("ccag", Self.conditions, default: nil)
    terms.body = text("structure")
    terms.contact = ["contact", "telephone", "courriel"].compactMap(text)
    terms.frequency = form.choice("periodicite", Self.frequencies, default: nil)
    terms.declarationDay = form.whole("jour-releve", in: 1...31)
    terms.penaltyHour = form.euros("penalite-heure")
    terms.penaltyDocument = form.euros("penalite-piece")
    terms.noticeDays = form.whole("mise-en-demeure", in: Self.days)
    terms.kickoffDays = form.whole("reunion", in: Self.days)
    terms.documentDays = form.whole("delai-piece", in: Self.days)
    terms.criterionWeight = form.percent("ponderation")
    terms.counting = text("decompte")
    terms.dataController = text("responsable")
    terms.admitsPooling = form.ticked("globalisation")
    let chosen = Set(query.all("publics"))
    terms.publics = known.filter { chosen.contains($0.code) }.map(\.name)
    self.form = form
    self.terms = form.errors.isEmpty ? terms : nil
  }

  private static func lot(_ place: Int, _ form: inout CalculatorForm) -> TenderTerms.Lot? {
    let hours = form.hours(name("heures", place))
    guard let possibility = form.choice(name("possibilite", place), possibilities, default: nil) else {
      if form.query[name("nom", place)] != nil || hours != nil, form.errors[name("possibilite", place)] == nil {
        form.fault(name("possibilite", place), "Choisissez une possibilité pour ce lot.")
      }
      return nil
    }
    if hours == Hours(0) {
      form.fault(
        name("heures", place), "Zéro heure ne s’écrit pas dans une pièce\u{202F}: retirez le lot, ou laissez vide.")
    } else if hours != nil, possibility == .criterion {
      form.fault(
        name("heures", place),
        "Un critère seul ne fixe pas d’heures\u{202F}: choisissez «\u{A0}condition d’exécution et critère\u{A0}», ou laissez vide."
      )
    }
    var lot = TenderTerms.Lot(form.query[name("nom", place)] ?? "", possibility, hours: hours)
    if let family = form.choice(name("famille", place), families, default: nil) { lot.families = [family] }
    lot.reservedShare = form.percent(name("part", place))
    return lot
  }

  /// What a wording begins with, as the form holds it.
  static let typed: @Sendable (TenderSeed) -> String = { seed in
    var query = Query()
    query.add("acheteur", seed.buyer)
    query.add("objet", seed.contract.object)
    query.add("lieu", seed.contract.place)
    query.add("duree", seed.contract.months.flatMap { months.contains($0) ? String($0) : nil })
    query.add("jour", "\(seed.contract.launch.map { max($0.first, seed.today) } ?? seed.today)")
    query.add("structure", seed.body)
    query.add("contact", seed.contact.first)
    query.add("courriel", seed.contact.dropFirst().first)
    query.add("periodicite", TenderTerms.Frequency.monthly.rawValue)
    query.add("jour-releve", String(seed.declarationDay))
    query.add("mise-en-demeure", String(seed.noticeDays))
    query.add("delai-piece", String(seed.documentDays))
    for known in seed.publics { query.add("publics", known.code) }
    let lots = seed.lots.isEmpty ? [(name: "", hours: nil)] : seed.lots.prefix(mostLots).map { $0 }
    for (place, lot) in lots.enumerated() {
      query.add(name("nom", place), lot.name)
      query.add(name("possibilite", place), Possibility.execution.rawValue)
      query.add(name("heures", place), lot.hours.map { String($0.french.filter { !$0.isWhitespace && $0 != "h" }) })
    }
    return query.text
  }

  // MARK: - Controls

  private func field(_ name: String, _ label: String, _ control: Field.Control, hint: String? = nil) -> Field {
    Field(name, label, control, value: form.shown(name), hint: hint, error: form.errors[name])
  }

  private func choice(_ name: String, _ label: String, _ options: [(String, String)], hint: String? = nil) -> Field {
    field(name, label, .choice(options.map { .init($0.0, $0.1) }), hint: hint)
  }

  /// The market itself.
  var contract: [Field] {
    [
      field("acheteur", "Acheteur", .text()), field("objet", "Objet du marché", .lines(2)),
      field("lieu", "Lieu d’exécution", .text()), field("duree", "Durée, en mois", .text(mode: "numeric")),
      field(
        "jour", "Jour de la consultation", .text(type: "date"), hint: "Les textes en vigueur ce jour-là sont employés."),
      choice("nature", "Nature", [("contract", "Marché"), ("concession", "Concession")]),
      choice("secteur", "Secteur", [("public", "Public"), ("prive", "Privé (charte, promoteur)")]),
      choice("avis", "Un avis est publié", [("oui", "Oui"), ("non", "Non")]),
      choice("ccag", "CCAG", [("", "Aucun")] + GeneralConditions.allCases.map { ($0.rawValue, $0.french) }),
    ]
  }

  /// Who facilitates.
  var facilitation: [Field] {
    [
      field("structure", "Structure", .text()), field("contact", "Facilitateur ou facilitatrice", .text()),
      field("telephone", "Téléphone", .text(type: "tel")), field("courriel", "Courriel", .text(type: "email")),
      field(
        "responsable", "Responsable du traitement des données", .text(),
        hint: "L’organisme qui répond des données des personnes."),
    ]
  }

  /// What follows the award.
  var followUp: [Field] {
    [
      choice(
        "periodicite", "Relevé d’heures",
        [("", "À fixer")] + TenderTerms.Frequency.allCases.map { ($0.rawValue, Say.capitalised($0.french)) }),
      field("jour-releve", "À remettre le (jour du mois suivant)", .text(mode: "numeric")),
      field("reunion", "Réunion de lancement, en jours après la notification", .text(mode: "numeric")),
      field("delai-piece", "Délai pour une pièce demandée, en jours ouvrés", .text(mode: "numeric")),
      field("mise-en-demeure", "Délai de la mise en demeure, en jours", .text(mode: "numeric")),
      field(
        "penalite-heure", "Pénalité pour une heure non réalisée, en euros", .text(mode: "decimal"),
        hint: "Sans montant dans les pièces, aucune pénalité ne peut être demandée."),
      field("penalite-piece", "Pénalité pour une pièce manquante, en euros", .text(mode: "decimal")),
      field(
        "ponderation", "Pondération du critère d’insertion, en\u{202F}%", .text(mode: "decimal"),
        hint: "S’il y en a un."),
      field(
        "decompte", "Heures qui comptent", .lines(2),
        hint: "Une phrase, par exemple\u{202F}: les heures travaillées et les heures de formation prévues au contrat."),
    ]
  }

  /// The fields of a lot, by its place.
  func lot(_ place: Int) -> [Field] {
    [
      field(Self.name("nom", place), "Lot", .text(), hint: place == 0 ? "Vide pour le marché entier." : nil),
      choice(
        Self.name("possibilite", place), "Possibilité",
        [("", "Pas de lot ici")] + Possibility.allCases.map { ($0.rawValue, Say.capitalised($0.french)) }),
      field(Self.name("heures", place), "Heures exigées", .text(mode: "decimal")),
      choice(
        Self.name("famille", place), "Réservé aux",
        [("", "Sans objet")] + ReservedFamily.allCases.map { ($0.rawValue, $0.french) }),
      field(Self.name("part", place), "Part minimale de bénéficiaires, en\u{202F}%", .text(mode: "decimal")),
    ]
  }

  /// Every field, for the summary of errors.
  var all: [Field] {
    contract + (0...min(lots, Self.mostLots - 1)).flatMap { lot($0) } + facilitation + followUp
  }
}
