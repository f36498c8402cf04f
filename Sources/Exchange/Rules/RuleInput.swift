public import Clauses

/// The input of a rule, read field by field; every fault is kept with its place, so that all are told at once.
///
/// A field that is asked for and missing or wrong gives nil and a fault; one that is absent and optional gives nil and
/// none. Call ``close()`` when all fields were asked for: those that nobody asked for are misspelt, and told.
public struct RuleInput {
  /// What was found wrong, shared by an input and its nested ones.
  private final class Faults {
    private(set) var all: [RuleFault] = []

    var isFull: Bool { all.count >= RuleFaults.most }
    func add(_ place: @autoclosure () -> String, _ sentence: @autoclosure () -> String) {
      if !isFull { all.append(RuleFault(place(), sentence())) }
    }
  }

  /// The greatest amount and the greatest number of hours that are read: the sum of the longest list of them still
  /// holds in 64 bits.
  private static let greatest = (euros: Euros(1_000_000_000_000), hours: Hours(1_000_000_000))
  /// The longest list of objects, where a field allows no fewer.
  private static let longestList = 50_000

  private let fields: [String: RuleNode]
  private let pointer: String
  private var known: Set<String> = []
  private let faults: Faults

  /// Reads a document; it must be an object.
  public init(_ bytes: [UInt8]) throws(RuleFaults) {
    guard case .object(let fields) = try RuleNode.parse(bytes) else {
      throw RuleFaults([RuleFault("", "Un objet est attendu, entre accolades.")])
    }
    self.init(fields, "", Faults())
  }

  private init(_ fields: [String: RuleNode], _ pointer: String, _ faults: Faults) {
    self.fields = fields
    self.pointer = pointer
    self.faults = faults
  }

  /// Notes a fault at a field, or at this object where no field is named.
  public func fault(_ field: String? = nil, _ sentence: String) {
    faults.add(field.map { "\(pointer)/\(RuleNode.escaped($0))" } ?? pointer, sentence)
  }

  /// Whether a field is there and not null.
  public func has(_ field: String) -> Bool {
    switch fields[field] {
    case nil, .null?: false
    default: true
    }
  }

  /// Notes the fields that nobody asked for.
  public func close() {
    guard !faults.isFull else { return }
    let strange = fields.keys.filter { !known.contains($0) }
    guard !strange.isEmpty else { return }
    let all = known.sorted().joined(separator: ", ")
    for name in strange.sorted().prefix(RuleFaults.most) {
      fault(name, "Ce champ n’existe pas ici\(French.thin): champs connus\(French.thin): \(all).")
    }
  }

  /// Throws what was found wrong here and in the nested objects; call it at the end, on the outermost input.
  public func check() throws(RuleFaults) {
    guard faults.all.isEmpty else { throw RuleFaults(faults.all) }
  }

  /// The value wanted, or the one fault that explains its absence, for a caller that has to go on without it.
  public func unwrap<Value>(_ value: Value?) throws(RuleFaults) -> Value {
    guard let value else {
      throw RuleFaults(faults.all.isEmpty ? [RuleFault(pointer, "Une valeur manque.")] : faults.all)
    }
    return value
  }

  // MARK: - Values

  private mutating func node(_ field: String, _ what: String, required: Bool) -> RuleNode? {
    known.insert(field)
    switch fields[field] {
    case nil, .null?:
      if required { fault(field, "Ce champ manque\(French.thin): \(what) est attendu.") }
      return nil
    case .some(let node): return node
    }
  }

  private mutating func read<Value>(
    _ field: String, _ what: String, required: Bool, _ value: (RuleNode) -> Value?
  ) -> Value? {
    guard let node = node(field, what, required: required) else { return nil }
    guard let value = value(node) else {
      fault(field, "\(what.prefix(1).uppercased())\(what.dropFirst()) est attendu, pas \(node.french).")
      return nil
    }
    return value
  }

  private static func decimal(_ node: RuleNode) -> String? {
    switch node {
    // An exponent (1e3) is a machine's way of writing: nobody types one here, and it would hide digits.
    case .number(let text) where !text.utf8.contains { $0 | 0x20 == 0x65 }: text
    case .text(let text) where text.utf8.first.map { (0x30...0x39).contains($0) || $0 == 0x2D } ?? false: text
    default: nil
    }
  }

  /// A text that is not blank, at most `most` characters long, without a social security number unless the rule looks
  /// for one.
  public mutating func text(
    _ field: String, required: Bool = true, most: Int = 10_000, mayHoldNIR: Bool = false
  ) -> String? {
    guard
      let text = read(
        field, "un texte entre guillemets", required: required,
        { node -> String? in
          guard case .text(let text) = node else { return nil }
          return text
        })
    else { return nil }
    if required, text.allSatisfy(\.isWhitespace) {
      fault(field, "Ce texte est vide\(French.thin): remplissez-le.")
      return nil
    }
    guard text.utf8.count <= most * 4, text.count <= most else {
      fault(field, "Ce texte est trop long\(French.thin): \(French.integer(most)) caractères au plus.")
      return nil
    }
    guard mayHoldNIR || !NIRDetector.isFound(in: text) else {
      fault(field, NIRDetector.sentence)
      return nil
    }
    return text
  }

  /// `true` or `false`.
  public mutating func flag(_ field: String, required: Bool = true) -> Bool? {
    read(field, "un oui ou non (true ou false)", required: required) { node in
      guard case .flag(let value) = node else { return nil }
      return value
    }
  }

  /// A whole number within bounds.
  public mutating func whole(
    _ field: String, required: Bool = true, in bounds: ClosedRange<Int> = 0...1_000_000_000
  ) -> Int? {
    guard
      let value = read(
        field, "un nombre entier", required: required,
        { node -> Int? in
          guard let text = RuleInput.decimal(node) else { return nil }
          return Int(text)
        })
    else { return nil }
    guard bounds.contains(value) else {
      fault(
        field,
        "Ce nombre doit aller de \(French.integer(bounds.lowerBound)) à \(French.integer(bounds.upperBound)).")
      return nil
    }
    return value
  }

  /// An amount of euros, not negative unless allowed, with at most two decimals, as a number or as a text with a point.
  public mutating func euros(_ field: String, required: Bool = true, negative: Bool = false) -> Euros? {
    let value = exact(field, "un montant en euros (1234.50)", required, negative, places: 2, { Euros(decimal: $0) }) {
      $0.cents < 0
    }
    guard let value, value.cents.magnitude > Self.greatest.euros.cents.magnitude else { return value }
    fault(field, "Ce montant dépasse \(Self.greatest.euros.frenchWhole)\(French.thin): vérifiez-le.")
    return nil
  }

  /// A number of hours, not negative unless allowed, with at most two decimals.
  public mutating func hours(_ field: String, required: Bool = true, negative: Bool = false) -> Hours? {
    let value = exact(field, "un nombre d’heures (151.67)", required, negative, places: 2, { Hours(decimal: $0) }) {
      $0.hundredths < 0
    }
    guard let value, value.hundredths.magnitude > Self.greatest.hours.hundredths.magnitude else { return value }
    fault(field, "Ce nombre d’heures dépasse \(Self.greatest.hours.french)\(French.thin): vérifiez-le.")
    return nil
  }

  /// A share of the whole from 0 to 1, with at most four decimals: `0.05` is 5 %.
  public mutating func share(_ field: String, required: Bool = true) -> Percent? {
    let what = "une part de 0 à 1 (0.05 pour 5\(French.thin)%)"
    let read: Hours? = exact(field, what, required, false, places: 4, { Hours(decimal: $0 + "e2") }) {
      $0.hundredths < 0
    }
    guard let hundredths = read?.hundredths else { return nil }
    guard hundredths <= 10_000 else {
      fault(field, "Une part va de 0 à 1\(French.thin): écrivez 0.05 pour 5\(French.thin)%.")
      return nil
    }
    return Percent(basisPoints: Int(hundredths))
  }

  /// A number that is not negative, exactly, with at most four decimals: a factor, a number of posts.
  public mutating func number(_ field: String, required: Bool = true) -> Quotient? {
    let read = exact(field, "un nombre", required, false, places: 4, { Hours(decimal: $0 + "e2") }) {
      $0.hundredths < 0
    }
    return read.flatMap { Quotient(Int128($0.hundredths), over: 10_000) }
  }

  private mutating func exact<Value>(
    _ field: String, _ what: String, _ required: Bool, _ negative: Bool, places: Int, _ make: (String) -> Value?,
    _ isNegative: (Value) -> Bool
  ) -> Value? {
    guard let node = node(field, what, required: required) else { return nil }
    guard let text = RuleInput.decimal(node), let value = make(text) else {
      fault(field, "\(what.prefix(1).uppercased())\(what.dropFirst()) est attendu, pas \(node.french).")
      return nil
    }
    if let point = text.firstIndex(of: ".") {
      var decimals = text[text.index(after: point)...]
      while decimals.hasSuffix("0") { decimals = decimals.dropLast() }
      guard decimals.count <= places else {
        fault(field, "\(French.integer(places)) décimales au plus\(French.thin): arrondissez \(text).")
        return nil
      }
    }
    guard negative || !isNegative(value) else {
      fault(field, "Cette valeur ne peut pas être négative.")
      return nil
    }
    return value
  }

  /// A day, `yyyy-MM-dd`.
  public mutating func day(_ field: String, required: Bool = true) -> Day? {
    let day: Day? = read(field, "un jour année-mois-jour (2026-11-21)", required: required) { node in
      guard case .text(let text) = node else { return nil }
      return Day(text)
    }
    guard let day, !Day.typedYears.contains(day.parts.year) else { return day }
    faultOfYear(field)
    return nil
  }

  /// A month, `yyyy-MM`.
  public mutating func month(_ field: String, required: Bool = true) -> Month? {
    let month: Month? = read(field, "un mois année-mois (2026-11)", required: required) { node in
      guard case .text(let text) = node else { return nil }
      return Month(text)
    }
    guard let month, !Day.typedYears.contains(month.first.parts.year) else { return month }
    faultOfYear(field)
    return nil
  }

  private func faultOfYear(_ field: String) {
    fault(
      field,
      "L’année doit aller de \(Day.typedYears.lowerBound) à \(Day.typedYears.upperBound)\(French.thin): vérifiez-la.")
  }

  /// A CPV code.
  public mutating func cpv(_ field: String, required: Bool = true) -> CPVCode? {
    read(field, "un code CPV de huit chiffres", required: required) { node in
      guard case .text(let text) = node else { return nil }
      return CPVCode(text)
    }
  }

  /// One of the words that an enumeration knows.
  public mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ field: String, _ type: Choice.Type = Choice.self, required: Bool = true
  ) -> Choice? where Choice.RawValue == String {
    guard let node = node(field, "un mot de la liste", required: required) else { return nil }
    guard case .text(let text) = node, let choice = Choice(rawValue: text) else {
      fault(field, RuleInput.words(of: Choice.self, not: node))
      return nil
    }
    return choice
  }

  /// Some of the words that an enumeration knows, in the order given; an absent field is an empty list.
  public mutating func choices<Choice: RawRepresentable & CaseIterable>(
    _ field: String, _ type: Choice.Type = Choice.self
  ) -> [Choice] where Choice.RawValue == String {
    var result: [Choice] = []
    for (index, node) in list(field, required: false).enumerated() {
      if case .text(let text) = node, let choice = Choice(rawValue: text) {
        result.append(choice)
      } else {
        faults.add("\(pointer)/\(field)/\(index)", RuleInput.words(of: Choice.self, not: node))
      }
    }
    return result
  }

  private static func words<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type, not node: RuleNode
  ) -> String where Choice.RawValue == String {
    let all = Choice.allCases.map { "«\u{A0}\($0.rawValue)\u{A0}»" }
    return "Un mot de la liste est attendu, pas \(node.french)\(French.thin): \(French.list(Array(all), last: "ou"))."
  }

  /// A list of texts; an absent field is an empty list.
  public mutating func texts(_ field: String, required: Bool = false) -> [String] {
    var result: [String] = []
    for (index, node) in list(field, required: required).enumerated() {
      if case .text(let text) = node {
        result.append(text)
      } else {
        faults.add("\(pointer)/\(field)/\(index)", "Un texte entre guillemets est attendu, pas \(node.french).")
      }
    }
    return result
  }

  /// A list of days; an absent field is an empty list.
  public mutating func days(_ field: String) -> [Day] {
    var result: [Day] = []
    for (index, node) in list(field, required: false).enumerated() {
      if case .text(let text) = node, let day = Day(text), Day.typedYears.contains(day.parts.year) {
        result.append(day)
      } else {
        faults.add("\(pointer)/\(field)/\(index)", "Un jour année-mois-jour est attendu, pas \(node.french).")
      }
    }
    return result
  }

  private mutating func list(_ field: String, required: Bool, most: Int = longestList) -> [RuleNode] {
    let items: [RuleNode] =
      read(field, "une liste entre crochets", required: required) { node in
        guard case .list(let items) = node else { return nil }
        return items
      } ?? []
    guard items.count <= most else {
      fault(field, "Cette liste est trop longue\(French.thin): \(French.integer(most)) éléments au plus.")
      return []
    }
    return items
  }

  /// A nested object; its fields are closed after `body`.
  public mutating func object<Value>(
    _ field: String, required: Bool = true, _ body: (inout RuleInput) -> Value?
  ) -> Value? {
    let fields: [String: RuleNode]? = read(field, "un objet entre accolades", required: required) { node in
      guard case .object(let fields) = node else { return nil }
      return fields
    }
    guard let fields else { return nil }
    var nested = RuleInput(fields, "\(pointer)/\(RuleNode.escaped(field))", faults)
    let value = body(&nested)
    nested.close()
    return value
  }

  /// A list of objects, at most `most`; those that `body` gives nil for are left out, their faults noted.
  public mutating func objects<Value>(
    _ field: String, required: Bool = true, most: Int? = nil, _ body: (inout RuleInput) -> Value?
  ) -> [Value] {
    let items = list(field, required: required, most: most ?? Self.longestList)
    var result: [Value] = []
    for (index, node) in items.enumerated() {
      let place = "\(pointer)/\(RuleNode.escaped(field))/\(index)"
      guard case .object(let fields) = node else {
        faults.add(place, "Un objet entre accolades est attendu, pas \(node.french).")
        continue
      }
      var nested = RuleInput(fields, place, faults)
      if let value = body(&nested) { result.append(value) }
      nested.close()
    }
    return result
  }
}
