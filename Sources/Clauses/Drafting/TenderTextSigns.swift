extension TenderText {
  /// The text without what only lays it out: control and format signs dropped, every end of line and every space as
  /// one kind, ligatures spelled out, words joined again that a hyphen cuts at the end of a line.
  static func clean(_ text: String, limit: Int) -> (signs: [Unicode.Scalar], places: [Int]) {
    var cleaner = Cleaner()
    for (place, sign) in text.unicodeScalars.prefix(limit).enumerated() { cleaner.take(sign, at: place) }
    return (cleaner.signs, cleaner.places)
  }

  private struct Cleaner {
    var signs: [Unicode.Scalar] = []
    var places: [Int] = []
    private var before: Unicode.Scalar = " "
    /// Whether a soft hyphen waits for the end of its line.
    private var isCut = false

    private static let ligatures: [Unicode.Scalar: String] = [
      "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl",
    ]

    mutating func take(_ sign: Unicode.Scalar, at place: Int) {
      defer { before = sign }
      switch sign {
      case "\n" where before == "\r": return
      case "\r", "\n", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
        if isCut { return isCut = false }
        if !joinsCutWord() { put("\n", place) }
      case "\u{AD}": isCut = true
      case "\t": put(sign, place)
      case "\u{2010}", "\u{2011}": put("-", place)
      case "\u{2BC}": put("’", place)
      default: takeOther(sign, at: place)
      }
    }

    private mutating func takeOther(_ sign: Unicode.Scalar, at place: Int) {
      if let letters = Cleaner.ligatures[sign] {
        for letter in letters.unicodeScalars { put(letter, place) }
        return
      }
      if sign.isASCII {
        // From the space to the last sign that is printed.
        if (0x20...0x7E).contains(sign.value) { put(sign, place) }
        return
      }
      switch sign.properties.generalCategory {
      case .spaceSeparator: put(" ", place)
      case .control, .format, .surrogate: break
      case .privateUse, .unassigned: put("•", place)
      default: put(sign, place)
      }
    }

    private mutating func put(_ sign: Unicode.Scalar, _ place: Int) {
      if sign != " " { isCut = false }
      signs.append(sign)
      places.append(place)
    }

    /// Drops the hyphen at the end of a line in the middle of a word; the parts of a number in words keep theirs.
    private mutating func joinsCutWord() -> Bool {
      guard signs.last == "-" else { return false }
      var word: [Unicode.Scalar] = []
      for sign in signs.dropLast().suffix(Numerals.longest + 1).reversed() {
        guard sign.properties.isAlphabetic else { break }
        word.append(sign)
      }
      let letters = String(String.UnicodeScalarView(word.reversed()))
      guard word.first?.properties.isLowercase ?? false, !Numerals.isNumeral(letters.folded) else { return false }
      signs.removeLast()
      places.removeLast()
      return true
    }
  }

  // MARK: - Tokens

  /// The words, numbers and signs, in order.
  static func tokens(of signs: [Unicode.Scalar]) -> [Token] {
    var scanner = Scanner(signs: signs)
    scanner.run()
    return Numerals.joined(scanner.tokens)
  }

  private struct Scanner {
    let signs: [Unicode.Scalar]
    var tokens: [Token] = []
    private var index = 0
    private var label = Label.none

    /// Whether a number to come is the number of a lot or of an article, after which a space groups no figures.
    private enum Label { case none, one, several }

    private static let labels: Set<String> = [
      "lot", "article", "art", "n", "no", "nº", "numero", "page", "annexe", "phase", "tranche",
    ]

    init(signs: [Unicode.Scalar]) { self.signs = signs }

    mutating func run() {
      while true {
        let gap = skipSpace()
        guard index < signs.count else { return }
        let start = index
        if isDigit(index) {
          number(gap)
        } else if isLetter(index) {
          while index < signs.count, isLetter(index) || isMark(index) { index += 1 }
          let text = String(String.UnicodeScalarView(signs[start..<index])).folded
          add(.word, text, start, gap, isCapital: signs[start].properties.isUppercase)
          follow(word: text)
        } else {
          index += 1
          add(.sign, String(Character(signs[start])), start, gap)
          if !"°.".unicodeScalars.contains(signs[start]) { label = .none }
        }
      }
    }

    private mutating func follow(word: String) {
      switch word {
      case "lots", "articles": label = .several
      case "et", "a": if label == .one { label = .none }
      default: label = Scanner.labels.contains(word) ? (label == .several ? .several : .one) : .none
      }
    }

    private mutating func add(
      _ kind: Token.Kind, _ text: String, _ start: Int, _ gap: Gap, value: Int64? = nil, isCapital: Bool = false
    ) {
      tokens.append(
        Token(kind: kind, text: text, value: value, start: start, end: index, gap: gap, isCapital: isCapital))
    }

    private func isDigit(_ index: Int) -> Bool { index < signs.count && ("0"..."9").contains(signs[index]) }
    private func isLetter(_ index: Int) -> Bool { signs[index].properties.isAlphabetic }
    private func isMark(_ index: Int) -> Bool { signs[index].properties.generalCategory == .nonspacingMark }
    private func isSign(_ index: Int, _ sign: Unicode.Scalar) -> Bool { index < signs.count && signs[index] == sign }

    private mutating func skipSpace() -> Gap {
      var gap = Gap.none
      let start = index
      loop: while index < signs.count {
        switch signs[index] {
        case " ":
          let isWide = index > start + 1 && signs[index - 1] == " " && signs[index - 2] == " "
          gap = max(gap, isWide ? .cell : .space)
        case "\t": gap = max(gap, .cell)
        case "'", "’", "‘": gap = max(gap, .space)
        case "\n": gap = gap >= .line ? .blank : .line
        default: break loop
        }
        index += 1
      }
      return gap
    }

    private func digits(from start: Int) -> Int {
      var end = start
      while isDigit(end) { end += 1 }
      return end
    }

    /// A number: figures grouped by three, then a part after the comma; or parts after points, such as `20.1.4`.
    private mutating func number(_ gap: Gap) {
      let start = index
      var end = digits(from: start)
      var whole = Array(signs[start..<end])
      var point: Unicode.Scalar?
      if signs[start..<end].dropFirst(3).isEmpty, signs[start] != "0" {
        while let next = group(after: end, point: &point) {
          whole += signs[next..<(next + 3)]
          end = next + 3
        }
      }
      let digitsText = String(String.UnicodeScalarView(whole))
      var text = digitsText
      var value = Decimal2.read(digitsText)
      if isSign(end, "."), isDigit(end + 1), point == nil {
        // Points between numbers: an article, a day or a decimal.
        var isOnePoint = true
        while isSign(end, "."), isDigit(end + 1) {
          let next = digits(from: end + 1)
          text += "." + String(String.UnicodeScalarView(signs[(end + 1)..<next]))
          isOnePoint = end == whole.count + start
          end = next
        }
        let isDecimal = isOnePoint && text.drop { $0 != "." }.dropFirst(3).isEmpty
        value = isDecimal ? Decimal2.read(text) : nil
      } else if isSign(end, ","), isDigit(end + 1) {
        let next = digits(from: end + 1)
        let decimals = String(String.UnicodeScalarView(signs[(end + 1)..<next]))
        // Three figures after a comma are thousands or thousandths: nobody can tell.
        value = decimals.dropFirst(2).isEmpty ? Decimal2.read("\(digitsText).\(decimals)") : nil
        text += "." + decimals
        end = next
      }
      index = end
      add(.number, text, start, gap, value: value)
      if label == .one { label = .none }
    }

    /// Where the next three figures of a number begin; nil where the number ends.
    private func group(after end: Int, point: inout Unicode.Scalar?) -> Int? {
      var next = end
      if isSign(end, ".") {
        guard point == nil || point == "." else { return nil }
        next += 1
      } else {
        guard point != ".", label == .none else { return nil }
        if isSign(next, " ") { next += 1 }
        if isSign(next, "\n") { next += 1 }
        if next > end, signs[next - 1] == "\n", isSign(next, " ") { next += 1 }
      }
      guard next > end, digits(from: next) == next + 3 else { return nil }
      if isSign(end, ".") { point = "." } else { point = " " }
      return next
    }
  }
}
