public import Clauses

/// A line of a purchase programme: what was understood of it, and what is at fault in which cell.
public struct ProgrammeLine: Sendable, Hashable {
  /// A remark on one cell.
  public struct Remark: Sendable, Hashable {
    /// Whether the line cannot be taken without mending it; otherwise the cell is left out, or was mended.
    public let isFault: Bool
    /// What is the matter and how to mend it, in French, one sentence.
    public let sentence: String

    /// A remark.
    public init(isFault: Bool, _ sentence: String) { (self.isFault, self.sentence) = (isFault, sentence) }
  }

  /// The row's number in the sheet, from 1.
  public let row: Int
  /// What stands in the cells of the fields, as a person reads it.
  public let typed: [PlannedField: String]
  /// What was understood; nil where the line has a fault.
  public let contract: PlannedContract?
  /// The remarks by field.
  public let remarks: [PlannedField: Remark]
}

/// What a planned contract may hold, however it came.
public enum ProgrammeBounds {
  /// The longest designation, in signs.
  public static let object = 500
  /// Durations, in months.
  public static let months = 1...1200
}

/// Reads the cells of a purchase programme, typed by hand or found in a file.
public struct ProgrammeCells: Sendable {
  /// What places are départements by name; from the reference figures.
  public let departements: [String: DepartementCode]

  /// A reader that knows these départements by their folded names.
  public init(departements: [DepartementCode: String]) {
    self.departements = Dictionary(
      departements.map { ($0.value.folded, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads a row of a sheet; nil for one that is blank in every column that matters, or a total.
  public func line(_ row: WorkbookRow, _ columns: ProgrammeColumns) -> ProgrammeLine? {
    var cells: [PlannedField: WorkbookCell] = [:]
    for (field, column) in columns.places where row.cells.indices.contains(column) && !row.cells[column].isBlank {
      cells[field] = row.cells[column]
    }
    guard !cells.isEmpty else { return nil }
    let object = cells[.object]?.shown.folded ?? ""
    let isTotal = cells.values.contains {
      $0.shown.folded.hasPrefix("total") || $0.shown.folded.hasPrefix("sous total")
    }
    if object.isEmpty || isTotal,
      Set(cells.keys).isSubset(of: isTotal ? [.object, .reference, .amount, .lots] : [.amount, .lots])
    {
      return nil
    }
    return read(row.number, cells)
  }

  /// Reads what someone typed.
  public func line(row: Int, typed: [PlannedField: String]) -> ProgrammeLine {
    read(row, typed.compactMapValues { $0.isEmpty ? nil : .text($0) })
  }

  private func read(_ row: Int, _ cells: [PlannedField: WorkbookCell]) -> ProgrammeLine {
    var reading = CellReading(departements: departements)
    var contract = PlannedContract(object: "")
    for field in PlannedField.allCases {
      guard let cell = cells[field], !cell.isBlank else { continue }
      reading.read(cell, field, into: &contract)
    }
    if contract.object.isEmpty, reading.remarks[.object] == nil {
      reading.fault(.object, "Dites ce qui sera acheté\(nnbsp): c’est la seule case obligatoire.")
    }
    if contract.category == nil, let cpv = contract.cpv { contract.category = PurchaseCategory(of: cpv) }
    let isWhole = reading.remarks.values.allSatisfy { !$0.isFault }
    return ProgrammeLine(
      row: row, typed: cells.mapValues(\.shown), contract: isWhole ? contract : nil, remarks: reading.remarks)
  }
}

/// The reading of one line.
private struct CellReading {
  let departements: [String: DepartementCode]
  var remarks: [PlannedField: ProgrammeLine.Remark] = [:]

  mutating func fault(_ field: PlannedField, _ sentence: String) {
    remarks[field] = .init(isFault: true, sentence)
  }

  private mutating func leaveOut(_ field: PlannedField, _ sentence: String) {
    remarks[field] = .init(isFault: false, sentence)
  }

  mutating func read(_ cell: WorkbookCell, _ field: PlannedField, into contract: inout PlannedContract) {
    switch cell {
    case .error(let words):
      return leaveOut(field, "La formule affiche \(words)\(nnbsp): corrigez-la, ou tapez la valeur.")
    case .uncomputed:
      return leaveOut(
        field,
        "Le fichier ne contient pas le résultat de cette formule\(nnbsp): ouvrez-le, enregistrez-le, ou tapez la valeur."
      )
    default: break
    }
    let text = cell.shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: text)) { return fault(field, sentence) }
    if text.contains(NIRDetector.mask) {
      leaveOut(field, "Un numéro de sécurité sociale a été retiré de cette case\(nnbsp): il n’est jamais gardé.")
    }
    switch field {
    case .reference: contract.reference = short(text, 60, field)
    case .object: contract.object = short(text, ProgrammeBounds.object, field) ?? ""
    case .note: contract.note = short(text, 2000, field)
    case .category: contract.category = category(text)
    case .cpv: contract.cpv = cpv(text)
    case .amount: contract.amount = amount(cell, text)
    case .months: contract.months = months(text)
    case .place: (contract.place, contract.departement) = place(text)
    case .launch: contract.launch = month(cell, text, field)
    case .start: contract.start = month(cell, text, field)
    case .lots: contract.lots = lots(text)
    case .framework: contract.isFramework = framework(text)
    }
  }

  private mutating func short(_ text: String, _ longest: Int, _ field: PlannedField) -> String? {
    guard text.count > longest else { return text }
    fault(field, "Ce texte dépasse \(French.count(longest, "caractère"))\(nnbsp): raccourcissez-le.")
    return nil
  }

  private mutating func category(_ text: String) -> PurchaseCategory? {
    let folded = text.folded
    let words: [(String, PurchaseCategory)] = [
      ("travaux", .works), ("works", .works), ("t", .works), ("fourniture", .supplies), ("supplies", .supplies),
      ("f", .supplies), ("service", .services), ("services", .services), ("s", .services), ("prestation", .services),
      ("pi", .services), ("tic", .services), ("fcs", .services), ("maitrise d oeuvre", .services), ("moe", .services),
    ]
    if let found = words.first(where: { word, _ in
      folded == word || word.utf8.count > 3 && folded.hasPrefix(word)
    }) {
      return found.1
    }
    leaveOut(
      .category, "\(quoted(text)) n’est pas une catégorie connue\(nnbsp): écrivez travaux, fournitures ou services.")
    return nil
  }

  private mutating func cpv(_ text: String) -> CPVCode? {
    let digits = text.prefix { $0 != "-" }.filter { !$0.isWhitespace && $0 != "." }
    if let code = CPVCode(digits) { return code }
    // A short code names a family: zeros fill it.
    if (2...7).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let code = CPVCode(digits + String(repeating: "0", count: 8 - digits.utf8.count))
    {
      return code
    }
    leaveOut(.cpv, "\(quoted(text)) n’est pas un code CPV\(nnbsp): il a huit chiffres, comme 90911200.")
    return nil
  }

  private mutating func amount(_ cell: WorkbookCell, _ text: String) -> Euros? {
    if case .number(let digits) = cell {
      guard let amount = Euros(decimal: digits), amount.cents >= 0 else {
        leaveOut(.amount, "\(quoted(text)) n’est pas un montant\(nnbsp): écrivez-le en euros, comme 120\u{202F}000.")
        return nil
      }
      return amount.cents == 0 ? nil : amount
    }
    guard let amount = Euros(typedAmount: text) else {
      leaveOut(
        .amount,
        "\(quoted(text)) n’est pas un montant\(nnbsp): écrivez un seul nombre en euros, comme 120\u{202F}000 ou 1,2\u{A0}M€."
      )
      return nil
    }
    return amount.cents == 0 ? nil : amount
  }

  private mutating func months(_ text: String) -> Int? {
    let folded = text.folded
    if ["a definir", "nc", "non connu", "nd"].contains(folded) { return nil }
    // « 3 ans + 1 », « 12 mois reconductible 3 fois »: one number, or a sum, is understood; the rest is told.
    var total = 0
    var number: Int?
    var (repeats, sawUnit) = (0, false)
    for word in text.lowercased().replacing(",", with: ".").split(whereSeparator: { " +×x*()/".contains($0) }) {
      if let value = Double(word), value >= 0, value < 1000 {
        if let held = number, sawUnit == false { total += held }
        number = value == value.rounded() ? Int(value) : Int((value * 12).rounded())
        if value != value.rounded() { total += number ?? 0; number = nil; sawUnit = true }
      } else if word.hasPrefix("an") {
        if let held = number { total += held * 12 }
        (number, sawUnit) = (nil, true)
      } else if word.hasPrefix("mois") {
        if let held = number { total += held }
        (number, sawUnit) = (nil, true)
      } else if word.hasPrefix("fois") {
        repeats = number ?? 0
        number = nil
      } else if word.hasPrefix("jour") || word.hasPrefix("semaine") {
        leaveOut(.months, "\(quoted(text)) n’est pas une durée en mois\(nnbsp): écrivez un nombre de mois.")
        return nil
      }
    }
    if let held = number { total += sawUnit ? held * 12 : held }
    total *= repeats + 1
    guard ProgrammeBounds.months.contains(total) else {
      leaveOut(
        .months,
        "\(quoted(text)) n’est pas une durée\(nnbsp): écrivez un nombre de mois, reconductions comprises, comme 48.")
      return nil
    }
    return total
  }

  private mutating func place(_ text: String) -> (String?, DepartementCode?) {
    guard let text = short(text, 200, .place) else { return (nil, nil) }
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if word.utf8.count == 5, let code = DepartementCode(ofFiveSigns: word) { return (text, code) }
    }
    let first = text.prefix { $0.isNumber || $0.isLetter }
    if let code = DepartementCode(String(first).uppercased()) { return (text, code) }
    if text.utf8.count == 1, let code = DepartementCode("0\(text)") { return (text, code) }
    if let code = departements[text.folded] { return (text, code) }
    // « Seine-et-Marne (77) »
    if let open = text.lastIndex(of: "("),
      let code = DepartementCode(String(text[text.index(after: open)...].prefix { $0 != ")" }))
    {
      return (text, code)
    }
    return (text, nil)
  }

  private mutating func month(_ cell: WorkbookCell, _ text: String, _ field: PlannedField) -> Month? {
    switch cell {
    case .day(let day), .moment(let day, _): return day.month
    case .number(let digits):
      if digits.utf8.count == 4, let year = Int(digits) { return Month("\(year)-01") }
      if let serial = SheetNumber.date(digits, from1904: false), case .day(let day) = serial { return day.month }
    default:
      if let month = Month(typedMonth: text) { return month }
    }
    leaveOut(field, "\(quoted(text)) n’est pas une date lue ici\(nnbsp): écrivez 03/2027, 15/03/2027 ou mars 2027.")
    return nil
  }

  private mutating func lots(_ text: String) -> Int? {
    let folded = text.folded
    if ["non", "aucun", "non alloti", "unique", "marche unique"].contains(folded) { return 1 }
    let digits = text.prefix { $0.isNumber }
    if let count = Int(digits), (1...999).contains(count) { return count }
    if ["oui", "alloti"].contains(folded) { return nil }
    leaveOut(.lots, "\(quoted(text)) n’est pas un nombre de lots.")
    return nil
  }

  private mutating func framework(_ text: String) -> Bool? {
    let folded = text.folded
    if ["oui", "x", "vrai", "o", "1"].contains(folded) || folded.contains("accord cadre") || folded.hasPrefix("ac ")
      || folded == "ac"
      || folded.contains("bons de commande")
    {
      return true
    }
    if ["non", "faux", "n", "0"].contains(folded) || folded.contains("marche") { return false }
    // A procedure says nothing of it.
    if ["mapa", "ao", "aoo", "appel d offres", "procedure", "pa", "pn", "dialogue", "gre a gre"].contains(
      where: folded.hasPrefix)
    {
      return nil
    }
    leaveOut(.framework, "\(quoted(text)) ne dit pas s’il s’agit d’un accord-cadre\(nnbsp): écrivez oui ou non.")
    return nil
  }
}
