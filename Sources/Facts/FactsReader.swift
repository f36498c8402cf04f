internal import Clauses

/// Turns one file of figures into lists.
struct FactsReader {
  let file: String
  /// The lists that a file may hold.
  private static let lists = [
    "amounts", "articles", "choices", "counts", "days", "departements", "families", "holidays", "hourlyCosts",
    "hours", "insertionRates", "labourShares", "noticeFields", "percents", "possibilities", "processings",
    "publications", "publics", "reservations", "scaleRungs", "segments", "technicities", "wordings", "words",
  ]

  private(set) var contents = Figures.Contents()

  init(file: String, json: [UInt8]) throws(FactsError) {
    self.file = file
    let root: FactsNode
    do {
      root = try FactsParser.parse(json)
    } catch {
      throw FactsError(
        file: file,
        advice: "le fichier n’est pas du JSON lisible, ligne \(error.line)\u{202F}: \(error.what)\u{202F}; "
          + "vérifiez virgules, guillemets et accolades.")
    }
    guard case .object(let lists) = root else {
      throw FactsError(
        file: file, advice: "le fichier doit être un objet JSON dont chaque champ est une liste d’entrées.")
    }
    if let unknown = lists.keys.sorted().first(where: { !Self.lists.contains($0) }) {
      let known = Self.lists.joined(separator: ", ")
      throw FactsError(
        file: file, entry: unknown, advice: "cette liste n’existe pas\u{202F}; listes connues\u{202F}: \(known).")
    }
    for (list, node) in lists.sorted(by: { $0.key < $1.key }) {
      guard case .list(let items) = node else {
        throw FactsError(file: file, entry: list, advice: "une liste d’entrées entre crochets est attendue.")
      }
      for (index, item) in items.enumerated() {
        var entry = try FactsEntry(item, file: file, list: list, index: index)
        try read(&entry, of: list)
      }
    }
  }

  private mutating func read(_ entry: inout FactsEntry, of list: String) throws(FactsError) {
    switch list {
    case "amounts": contents.amounts.append(try named(&entry, Self.euros))
    case "choices": contents.choices.append(try named(&entry, Self.choice))
    case "counts": contents.counts.append(try named(&entry) { entry throws(FactsError) in try entry.whole("value") })
    case "days": contents.days.append(try named(&entry, Self.day))
    case "hours": contents.hours.append(try named(&entry, Self.hours))
    case "percents": contents.percents.append(try named(&entry, Self.percent))
    case "publics": contents.publics.append(try Self.criterion(&entry))
    case "words":
      contents.words.append(try named(&entry) { entry throws(FactsError) in Words(try entry.texts("value")) })
    case "technicities": contents.technicities.append(try technicity(&entry))
    case "families": contents.families.append(try family(&entry))
    case "labourShares": contents.labourShares.append(try range(&entry, "labourShare", Self.percent))
    case "insertionRates": contents.insertionRates.append(try range(&entry, "insertionRate", Self.percent))
    case "hourlyCosts": contents.hourlyCosts.append(try range(&entry, "hourlyCost", Self.euros))
    case "segments": contents.segments.append(try segment(&entry))
    case "scaleRungs": contents.scaleRungs.append(try named(&entry, Self.rung))
    case "departements": contents.departements.append(try departement(&entry))
    case "holidays": contents.holidays.append(try holiday(&entry))
    case "articles": contents.articles.append(try Self.article(&entry))
    case "possibilities": contents.possibilities.append(try Self.possibility(&entry))
    case "reservations": contents.reservations.append(try Self.reservation(&entry))
    case "publications": contents.publications.append(try Self.publication(&entry))
    case "noticeFields": contents.noticeFields.append(try Self.noticeField(&entry))
    case "wordings": contents.wordings.append(try Self.wording(&entry))
    case "processings": contents.processings.append(try Self.processing(&entry))
    default: break
    }
  }

  private func named<Value>(
    _ entry: inout FactsEntry, _ value: (inout FactsEntry) throws(FactsError) -> Value
  ) throws(FactsError) -> Figure<Value> {
    try entry.figure(id: try entry.text("id"), label: try entry.text("label"), value: try value(&entry))
  }

  private func technicity(_ entry: inout FactsEntry) throws(FactsError) -> CPVRow<Figure<Technicity>> {
    let prefix = try entry.prefix()
    let written = try entry.text("value")
    guard let value = Technicity(rawValue: written) else {
      throw entry.fault(
        "value",
        "«\u{A0}\(written)\u{A0}» n’est pas une technicité\u{202F}; "
          + "écrivez «\u{A0}low\u{A0}», «\u{A0}medium\u{A0}» ou «\u{A0}high\u{A0}»."
      )
    }
    let label = "Technicité des CPV commençant par \(prefix)"
    return CPVRow(prefix: prefix, content: try entry.figure(id: "technicity.\(prefix)", label: label, value: value))
  }

  private func family(_ entry: inout FactsEntry) throws(FactsError) -> CPVRow<Figure<CPVFamily>> {
    let prefix = try entry.prefix()
    let label = try entry.text("label")
    let value = CPVFamily(code: prefix, label: label, segment: try entry.optionalText("segment"))
    return CPVRow(prefix: prefix, content: try entry.figure(id: "family.\(prefix)", label: label, value: value))
  }

  private func segment(_ entry: inout FactsEntry) throws(FactsError) -> Figure<PurchaseSegment> {
    let code = try entry.text("code")
    let label = try entry.text("label")
    func words(_ field: String, _ what: String) throws(FactsError) -> Figure<Words> {
      var nested = try entry.nested(field)
      let value = Words(try nested.texts("value"))
      return try nested.figure(id: "segment.\(code).\(field)", label: "\(label), \(what)", value: value)
    }
    let jobs = try words("jobs", "métiers accessibles")
    if let unread = jobs.value.all.first(where: { EntryJob($0) == nil }) {
      throw entry.fault(
        "jobs",
        "«\u{A0}\(unread)\u{A0}» ne commence pas par un code ROME\u{202F}; "
          + "écrivez par exemple «\u{A0}K2204 Nettoyage de locaux\u{A0}».")
    }
    let segment = PurchaseSegment(
      code: code, label: label, reference: try entry.prefix("reference"), jobs: jobs,
      possibilities: try words("possibilities", "possibilités usuelles"),
      waysIn: try words("waysIn", "portes d’entrée"),
      labourShare: try optionalThree(&entry, "labourShare", code, "\(label), part de main-d’œuvre", Self.percent),
      hourlyCost: try optionalThree(&entry, "hourlyCost", code, "\(label), coût horaire chargé", Self.euros))
    return try entry.figure(id: "segment.\(code)", label: label, value: segment)
  }

  /// Three values in a nested object of a segment, or nil where the object is not there.
  private func optionalThree<Value: Comparable>(
    _ entry: inout FactsEntry, _ field: String, _ code: String, _ label: String,
    _ value: (inout FactsEntry) throws(FactsError) -> Value
  ) throws(FactsError) -> FigureRange<Value>? {
    guard entry.has(field) else { return nil }
    var nested = try entry.nested(field)
    let range = try three(&nested, id: "segment.\(code).\(field)", label: label, value)
    try nested.refuseOthers()
    return range
  }

  private static func rung(_ entry: inout FactsEntry) throws(FactsError) -> ScaleRung {
    let hours = try Self.hours(&entry)
    let under = entry.has("under") ? try Self.euros(&entry, "under") : nil
    let months = entry.has("minimumMonths") ? try entry.whole("minimumMonths") : nil
    return ScaleRung(under: under, hours: hours, minimumMonths: months)
  }

  private func departement(_ entry: inout FactsEntry) throws(FactsError) -> Figure<Departement> {
    let written = try entry.text("code")
    guard let code = DepartementCode(written) else {
      throw entry.fault(
        "code", "«\u{A0}\(written)\u{A0}» n’a pas la forme d’un code de département (01 à 95, 2A, 2B, 971 à 988).")
    }
    let name = try entry.text("label")
    return try entry.figure(id: "departement.\(written)", label: name, value: Departement(code: code, name: name))
  }

  private func holiday(_ entry: inout FactsEntry) throws(FactsError) -> Figure<Holiday> {
    let id = try entry.text("id")
    let label = try entry.text("label")
    let written = try entry.text("value")
    guard let rule = Holiday.rule(written) else {
      throw entry.fault(
        "value",
        "«\u{A0}\(written)\u{A0}» n’est pas un jour férié\u{202F}; écrivez mois-jour (\"07-14\") "
          + "ou l’écart à Pâques (\"easter+39\").")
    }
    var areas: [HolidayArea] = []
    for text in try entry.optionalTexts("areas") {
      guard let area = HolidayArea(rawValue: text) else {
        let all = HolidayArea.allCases.map { "«\u{A0}\($0.rawValue)\u{A0}»" }
        throw entry.fault(
          "areas",
          "«\u{A0}\(text)\u{A0}» n’est pas un territoire connu\u{202F}; choisissez \(French.list(all, last: "ou")).")
      }
      areas.append(area)
    }
    return try entry.figure(id: id, label: label, value: Holiday(name: label, rule: rule, areas: areas))
  }

  private func range<Value: Comparable>(
    _ entry: inout FactsEntry, _ kind: String, _ value: (inout FactsEntry) throws(FactsError) -> Value
  ) throws(FactsError) -> CPVRow<FigureRange<Value>> {
    let prefix = try entry.prefix()
    let label = try entry.text("label")
    let range = try three(&entry, id: "\(kind).\(prefix)", label: label, value)
    try entry.refuseOthers()
    return CPVRow(prefix: prefix, content: range)
  }

  /// The low, usual and high values of an entry, in growing order.
  private func three<Value: Comparable>(
    _ entry: inout FactsEntry, id: String, label: String, _ value: (inout FactsEntry) throws(FactsError) -> Value
  ) throws(FactsError) -> FigureRange<Value> {
    var figures: [Figure<Value>] = []
    for (field, word) in [("low", "bas"), ("usual", "usuel"), ("high", "haut")] {
      var nested = try entry.nested(field)
      let number = try value(&nested)
      figures.append(try nested.figure(id: "\(id).\(field)", label: "\(label) (\(word))", value: number))
    }
    guard figures[0].value <= figures[1].value, figures[1].value <= figures[2].value else {
      throw entry.fault(
        nil,
        "les trois valeurs doivent aller en croissant\u{202F}: "
          + "«\u{A0}low\u{A0}», «\u{A0}usual\u{A0}», «\u{A0}high\u{A0}»."
      )
    }
    return FigureRange(low: figures[0], usual: figures[1], high: figures[2])
  }

  private static func choice(_ entry: inout FactsEntry) throws(FactsError) -> Choice {
    Choice(code: try entry.text("value"), text: try entry.text("text"))
  }

  private static func euros(_ entry: inout FactsEntry) throws(FactsError) -> Euros { try euros(&entry, "value") }

  private static func euros(_ entry: inout FactsEntry, _ field: String) throws(FactsError) -> Euros {
    let text = try entry.decimal(field)
    guard let value = Euros(decimal: text), value.cents >= 0 else {
      throw entry.fault(
        field,
        "«\u{A0}\(text)\u{A0}» n’est pas un montant\u{202F}; écrivez des euros, par exemple 216000 ou \"12.02\".")
    }
    return value
  }

  private static func percent(_ entry: inout FactsEntry) throws(FactsError) -> Percent {
    let text = try entry.decimal("value")
    guard let value = Percent(decimal: text) else {
      throw entry.fault(
        "value", "«\u{A0}\(text)\u{A0}» n’est pas un pourcentage de 0 à 100, par exemple 50 ou \"22.5\".")
    }
    return value
  }

  private static func hours(_ entry: inout FactsEntry) throws(FactsError) -> Hours {
    let text = try entry.decimal("value")
    guard let value = Hours(decimal: text), value.hundredths >= 0 else {
      throw entry.fault("value", "«\u{A0}\(text)\u{A0}» n’est pas un nombre d’heures, par exemple 150 ou \"151.67\".")
    }
    return value
  }

  private static func day(_ entry: inout FactsEntry) throws(FactsError) -> Day {
    guard let day = try entry.day("value") else {
      throw entry.fault("value", "il manque\u{202F}; écrivez un jour, par exemple \"2026-08-22\".")
    }
    return day
  }
}
