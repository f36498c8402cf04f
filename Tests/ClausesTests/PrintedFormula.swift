import Clauses

/// A formula as a step prints it, read again and computed: what a user with a calculator would find.
///
/// Numbers are French (`1 092,65`), with their unit; words are left aside, remarks in parentheses too. A number that the
/// text says to be rounded stands for all those that round to it.
struct PrintedFormula {
  /// All the values that a printed number may stand for.
  struct Range {
    var low: Double
    var high: Double

    static func + (a: Range, b: Range) -> Range { Range(low: a.low + b.low, high: a.high + b.high) }
    static func - (a: Range, b: Range) -> Range { Range(low: a.low - b.high, high: a.high - b.low) }
    static func * (a: Range, b: Range) -> Range { corners(a, b, *) }
    static func / (a: Range, b: Range) -> Range { corners(a, b, /) }

    private static func corners(_ a: Range, _ b: Range, _ combine: (Double, Double) -> Double) -> Range {
      let all = [combine(a.low, b.low), combine(a.low, b.high), combine(a.high, b.low), combine(a.high, b.high)]
      return Range(low: all.min() ?? 0, high: all.max() ?? 0)
    }
  }

  /// What is wrong with a computed step, or nil; a step that computes nothing is right.
  static func fault(in step: Derivation.Step) -> String? {
    guard step.isComputed, let formula = step.formula else { return nil }
    var reader = PrintedFormula(formula)
    guard let computed = reader.sum(), reader.place == reader.tokens.count else { return "unread: \(step.sentence)" }
    var result = PrintedFormula(step.result)
    guard let shown = result.sum() else { return "no result: \(step.sentence)" }
    var least = shown.low
    var most = shown.high
    let said = step.sentence.lowercased()
    if said.contains("tranches entières") { most += 1 }
    if step.result.contains("environ") { (least, most) = (least - 0.5, most + 0.5) }
    if step.result.contains("moins d’") { least = 0 }
    let slack = 1e-11 * max(1, abs(computed.high), abs(computed.low))
    guard computed.high >= least - slack, computed.low <= most + slack else {
      return "\(step.sentence) where \(computed.low)…\(computed.high) comes out"
    }
    return nil
  }

  private enum Token: Equatable {
    case number(Double, halfUnit: Double)
    case sign(Character)
  }

  private var tokens: [Token] = []
  private var place = 0

  private init(_ text: String) {
    // A rounded number is marked by one sign, so that the words may go.
    var rest = Array(text.plain.replacing(" (arrondi)", with: "~"))[...]
    while let next = rest.first {
      if next.isNumber {
        tokens.append(Self.number(&rest))
      } else if next == "(", let end = Self.remark(rest) {
        rest = rest[(end + 1)...]
      } else {
        if next == "," { break }
        if "+−×÷/()".contains(next) { tokens.append(.sign(next)) }
        rest = rest.dropFirst()
      }
    }
  }

  private static func number(_ rest: inout ArraySlice<Character>) -> Token {
    var digits = ""
    while let next = rest.first {
      let follows = rest.dropFirst().first?.isNumber ?? false
      if next.isNumber {
        digits.append(next)
      } else if next == ",", follows {
        digits.append(".")
      } else if next != " " || !follows {
        break
      }
      rest = rest.dropFirst()
    }
    var value = Double(digits) ?? .nan
    var half = 0.005
    // The unit, a percentage and the mark of rounding.
    let tail = rest.prefix { !"+−×÷/(),".contains($0) && !$0.isNumber }
    if tail.contains("%") { (value, half) = (value / 100, half / 100) }
    return .number(value, halfUnit: tail.contains("~") ? half : 0)
  }

  /// The end of a remark in parentheses; nil where they hold a part of the formula.
  private static func remark(_ rest: ArraySlice<Character>) -> Int? {
    guard let end = rest.firstIndex(of: ")") else { return nil }
    let words = rest[rest.startIndex..<end].split { !$0.isLetter && $0 != "’" }.map { String($0) }
    return words.contains { !["h", "mois"].contains($0) } ? end : nil
  }

  private func peek() -> Token? { place < tokens.count ? tokens[place] : nil }

  private mutating func takes(_ sign: Character) -> Bool {
    guard peek() == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func sum() -> Range? {
    guard var total = product() else { return nil }
    while true {
      if takes("+") {
        guard let next = product() else { return nil }
        total = total + next
      } else if takes("−") {
        guard let next = product() else { return nil }
        total = total - next
      } else {
        return total
      }
    }
  }

  private mutating func product() -> Range? {
    guard var total = factor() else { return nil }
    while true {
      if takes("×") {
        guard let next = factor() else { return nil }
        total = total * next
      } else if takes("÷") || takes("/") {
        guard let next = factor(), next.low > 0 || next.high < 0 else { return nil }
        total = total / next
      } else {
        return total
      }
    }
  }

  private mutating func factor() -> Range? {
    if takes("+") { return factor() }
    if takes("−") { return factor().map { Range(low: 0, high: 0) - $0 } }
    if takes("(") {
      guard let inner = sum(), takes(")") else { return nil }
      return inner
    }
    guard case .number(let value, let half)? = peek() else { return nil }
    place += 1
    return Range(low: value - half, high: value + half)
  }
}
