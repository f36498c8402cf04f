import Casework
import Clauses

/// What the address of the list asks for: a filter, an order, a place, and what could not be understood.
///
/// A value that cannot be read is kept as typed, with its error; the filter leaves it out.
struct SpottingForm: Sendable {
  /// The fields of the address as they came.
  let query: Query
  private(set) var filter = SpottingFilter()
  private(set) var order = SpottingFilter.Order.priority
  private(set) var place: SpottingPlace?
  /// Errors by field.
  private(set) var errors: [String: String] = [:]

  init(_ query: Query) {
    self.query = query
    readWords()
    readAmounts()
    readMonths()
    readChoices()
    if let text = query["place"] { place = SpottingPlace(text) }
  }

  private mutating func readWords() {
    filter.buyer = query["acheteur"]
    filter.text = query["texte"]
    if let text = query["departement"] {
      filter.departement = DepartementCode(text)
      if filter.departement == nil {
        errors["departement"] = "«\u{A0}\(text)\u{A0}» n’est pas un département\u{202F}: choisissez-le dans la liste."
      }
    }
    if let text = query["famille"] {
      let isCode = (2...8).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      filter.cpv = isCode ? text : nil
      if !isCode { errors["famille"] = "Un code CPV se donne par ses 2 à 8 premiers chiffres, par exemple 45 ou 909." }
    }
  }

  private mutating func readAmounts() {
    filter.amountFrom = amount("montant_min")
    filter.amountTo = amount("montant_max")
    if let from = filter.amountFrom, let to = filter.amountTo, from > to {
      errors["montant_max"] = "Le montant maximal est sous le minimal\u{202F}: échangez-les."
    }
  }

  private mutating func amount(_ field: String) -> Euros? {
    guard let text = query[field] else { return nil }
    let digits = text.filter { !$0.isWhitespace && $0 != "€" }.map { $0 == "," ? "." : $0 }
    if let amount = Euros(decimal: String(digits)), amount.cents >= 0 { return amount }
    errors[field] =
      "«\u{A0}\(text)\u{A0}» n’est pas un montant\u{202F}: écrivez-le en euros, par exemple 100\u{202F}000."
    return nil
  }

  private mutating func readMonths() {
    filter.from = month("de")
    filter.to = month("a")
    if let from = filter.from, let to = filter.to, from > to {
      errors["a"] = "La fin de la période vient avant son début\u{202F}: échangez-les."
    }
  }

  /// A month as browsers send it, `2027-03`, or as people write it where the browser knows no such field, `03/2027`.
  private mutating func month(_ field: String) -> Month? {
    guard let text = query[field] else { return nil }
    if let month = Month(text) { return month }
    let parts = text.split(separator: "/")
    if parts.count == 2, let month = Month("\(parts[1])-\(parts[0].count == 1 ? "0" : "")\(parts[0])") { return month }
    errors[field] = "«\u{A0}\(text)\u{A0}» n’est pas un mois\u{202F}: écrivez-le comme 03/2027."
    return nil
  }

  private mutating func readChoices() {
    filter.kind = choice("type", ["marche": .contract, "concession": .concession])
    filter.consideration = choice(
      "consideration", ["declaree": .declared, "aucune": SpottingFilter.Consideration.none, "inconnue": .unstated])
    order = choice("tri", ["fin": .end, "montant": .amount, "priorite": .priority]) ?? .priority
    for text in query.all("critere") {
      guard let criterion = Self.criteria.first(where: { $0.text == text })?.criterion else {
        errors["critere"] = "Le critère «\u{A0}\(text)\u{A0}» n’existe pas\u{202F}: cochez-le dans la liste."
        continue
      }
      filter.criteria.insert(criterion)
    }
  }

  private mutating func choice<Value>(_ field: String, _ values: [String: Value]) -> Value? {
    guard let text = query[field] else { return nil }
    if let value = values[text] { return value }
    errors[field] = "Le choix «\u{A0}\(text)\u{A0}» n’existe pas\u{202F}: prenez-le dans la liste."
    return nil
  }

  /// The criteria as addresses write them.
  static let criteria: [(text: String, criterion: SpottingFilter.Criterion)] = [
    ("duree", .duration), ("montant", .amount), ("nature", .nature), ("publics", .people),
  ]

  /// The fields without the place, for a list that starts again.
  var queryFromStart: Query { query.removing("place") }
}

extension Query {
  /// The fields that ask for a filter, for links to the list; ``SpottingForm`` reads them back.
  init(_ filter: SpottingFilter) {
    self.init()
    add("type", filter.kind.map { $0 == .contract ? "marche" : "concession" })
    add("departement", filter.departement?.code)
    add("acheteur", filter.buyer)
    add("famille", filter.cpv)
    add("montant_min", filter.amountFrom.map { "\($0)" })
    add("montant_max", filter.amountTo.map { "\($0)" })
    add("de", filter.from?.description)
    add("a", filter.to?.description)
    add("consideration", filter.consideration.map { Query.word(for: $0) })
    for (text, criterion) in SpottingForm.criteria where filter.criteria.contains(criterion) { add("critere", text) }
    add("texte", filter.text)
  }

  private static func word(for consideration: SpottingFilter.Consideration) -> String {
    switch consideration {
    case .declared: "declaree"
    case .none: "aucune"
    case .unstated: "inconnue"
    }
  }
}
