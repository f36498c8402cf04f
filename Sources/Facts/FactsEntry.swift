internal import Clauses

/// One entry of a file of figures, read field by field; what nobody reads is a mistake in the file.
struct FactsEntry {
  let file: String
  let list: String
  private(set) var name: String
  private let fields: [String: FactsNode]
  private var known: Set<String> = []

  /// The entry at a place of a list; it is named by its first identifying field.
  init(_ node: FactsNode, file: String, list: String, index: Int) throws(FactsError) {
    self.file = file
    self.list = list
    name = "\(list) nº\u{A0}\(index + 1)"
    guard case .object(let fields) = node else {
      throw FactsError(file: file, entry: name, advice: "une entrée s’écrit entre accolades, avec ses champs.")
    }
    self.fields = fields
    for key in ["id", "prefix", "code"] {
      if case .text(let text)? = fields[key] {
        name = "\(list) «\u{A0}\(text)\u{A0}»"
        break
      }
    }
  }

  /// An entry nested in another one, such as the low value of a range.
  private init(_ node: FactsNode, of parent: FactsEntry, field: String) throws(FactsError) {
    file = parent.file
    list = parent.list
    name = "\(parent.name), \(field)"
    guard case .object(let fields) = node else {
      throw FactsError(
        file: file, entry: name,
        advice: "s’écrit entre accolades, avec «\u{A0}value\u{A0}», «\u{A0}source\u{A0}», «\u{A0}status\u{A0}».")
    }
    self.fields = fields
  }

  func fault(_ field: String?, _ advice: String) -> FactsError {
    FactsError(file: file, entry: name, field: field, advice: advice)
  }

  /// A text that must be there and not empty.
  mutating func text(_ field: String) throws(FactsError) -> String {
    guard let text = try optionalText(field), !text.isEmpty else {
      throw fault(field, "il manque\u{202F}; ajoutez-le, entre guillemets.")
    }
    return text
  }

  /// A text that may be missing.
  mutating func optionalText(_ field: String) throws(FactsError) -> String? {
    known.insert(field)
    switch fields[field] {
    case nil: return nil
    case .text(let text): return text
    default: throw fault(field, "un texte entre guillemets est attendu.")
    }
  }

  /// A whole number, written as a number.
  mutating func whole(_ field: String) throws(FactsError) -> Int {
    known.insert(field)
    guard case .number(let number)? = fields[field] else {
      throw fault(field, "un nombre entier sans guillemets est attendu, par exemple 12.")
    }
    return number
  }

  /// A decimal number, written as a whole number or, to stay exact, as text with a point.
  mutating func decimal(_ field: String) throws(FactsError) -> String {
    known.insert(field)
    switch fields[field] {
    case .number(let number): return String(number)
    case .text(let text): return text
    default:
      throw fault(
        field, "un nombre est attendu\u{202F}: entier (30) ou décimal entre guillemets, avec un point (\"12.02\").")
    }
  }

  /// A list of texts that must not be empty.
  mutating func texts(_ field: String) throws(FactsError) -> [String] {
    known.insert(field)
    guard case .list(let items)? = fields[field], !items.isEmpty else {
      throw fault(field, "une liste de textes est attendue, par exemple [\"entretien\", \"maintenance\"].")
    }
    var texts: [String] = []
    for item in items {
      guard case .text(let text) = item, !text.isEmpty else {
        throw fault(field, "chaque élément de la liste est un texte entre guillemets.")
      }
      texts.append(text)
    }
    return texts
  }

  /// A list of texts that may be missing.
  mutating func optionalTexts(_ field: String) throws(FactsError) -> [String] {
    known.insert(field)
    return fields[field] == nil ? [] : try texts(field)
  }

  /// A day that may be missing, written `2026-08-22`.
  mutating func day(_ field: String) throws(FactsError) -> Day? {
    guard let text = try optionalText(field) else { return nil }
    guard let day = Day(text) else {
      throw fault(
        field, "«\u{A0}\(text)\u{A0}» n’est pas un jour\u{202F}; écrivez-le année-mois-jour, par exemple 2026-08-22.")
    }
    return day
  }

  /// The first digits of CPV codes, in the field `prefix` or another one.
  mutating func prefix(_ field: String = "prefix") throws(FactsError) -> String {
    let prefix = try text(field)
    guard (1...8).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw fault(
        field,
        "«\u{A0}\(prefix)\u{A0}» n’est pas le début d’un code CPV\u{202F}: de un à huit chiffres, entre guillemets.")
    }
    return prefix
  }

  /// Whether a field is there.
  func has(_ field: String) -> Bool { fields[field] != nil }
  /// Entries nested in this one, in a list that may be missing.
  mutating func entries(_ field: String) throws(FactsError) -> [FactsEntry] {
    known.insert(field)
    guard let node = fields[field] else { return [] }
    guard case .list(let items) = node else { throw fault(field, "une liste d’entrées entre crochets est attendue.") }
    var entries: [FactsEntry] = []
    for (index, item) in items.enumerated() {
      entries.append(try FactsEntry(item, of: self, field: "\(field) nº\u{A0}\(index + 1)"))
    }
    return entries
  }

  /// A whole number that may be missing.
  mutating func optionalWhole(_ field: String) throws(FactsError) -> Int? {
    known.insert(field)
    return fields[field] == nil ? nil : try whole(field)
  }

  /// An entry nested in this one.
  mutating func nested(_ field: String) throws(FactsError) -> FactsEntry {
    known.insert(field)
    guard let node = fields[field] else {
      throw fault(
        field,
        ["low", "usual", "high"].contains(field)
          ? "il manque\u{202F}; une fourchette a trois valeurs, "
            + "«\u{A0}low\u{A0}», «\u{A0}usual\u{A0}» et «\u{A0}high\u{A0}»."
          : "il manque\u{202F}; ajoutez-le, entre accolades."
      )
    }
    return try FactsEntry(node, of: self, field: field)
  }

  /// The figure that the entry describes, with its value; refuses fields that nobody knows.
  mutating func figure<Value>(id: String, label: String, value: Value) throws(FactsError) -> Figure<Value> {
    let unit = try optionalText("unit")
    let from = try day("from")
    let to = try day("to")
    if let from, let to, to < from {
      throw fault("to", "le dernier jour (\(to.french)) vient avant le premier (\(from.french)).")
    }
    let source = try text("source")
    let written = try text("status")
    guard let status = FigureStatus(rawValue: written) else {
      let all = FigureStatus.allCases.map { "«\u{A0}\($0.rawValue)\u{A0}»" }
      throw fault(
        "status", "«\u{A0}\(written)\u{A0}» n’est pas un statut\u{202F}; choisissez \(French.list(all, last: "ou")).")
    }
    let note = try optionalText("note")
    try refuseOthers()
    return Figure(
      id: id, label: label, value: value, unit: unit, from: from, to: to, source: source, status: status, note: note)
  }

  /// Refuses fields that nobody asked for: most are misspelt.
  func refuseOthers() throws(FactsError) {
    if let unknown = fields.keys.sorted().first(where: { !known.contains($0) }) {
      let all = known.sorted().joined(separator: ", ")
      throw fault(unknown, "ce champ n’existe pas ici\u{202F}; champs connus\u{202F}: \(all).")
    }
  }
}
