/// Finds French social security numbers (NIR) in free text, so that they are refused and never stored.
///
/// Its use is reserved to the cases of décret 2019-341. A NIR has thirteen signs (sex, year, month, place, order), the
/// place of Corsica written 2A or 2B, then a key of two digits: 97 minus the rest of the division by 97. Groups may be
/// parted by spaces, ends of lines, dots, dashes, low lines, also those that do not break. With a right key any grouping is
/// found; without key, only an unbroken number or the usual groups, for thirteen digits may be something else. With a wrong
/// key, most often mistyped, an unbroken number or the usual groups of a man's or a woman's number are refused too: what is
/// refused in vain is typed again without harm, what is stored cannot be unread. A SIRET, a telephone number or a valid IBAN
/// is left alone. No answer ever holds the number itself.
public enum NIRDetector {
  /// Where a number stands in a text.
  public struct Match: Sendable, Equatable {
    /// From its first sign to its last, what parts its groups included.
    public let range: Range<String.Index>
    /// How many characters come before it.
    public let offset: Int
    /// How many characters it takes.
    public let length: Int
    /// Whether its key was written, and is right.
    public let hasKey: Bool
    /// Whether a key was written, and is wrong: it only looks like such a number.
    public let isDoubtful: Bool
  }

  /// What to tell the person who typed it, in French.
  public static let sentence =
    "Ce texte contient un numéro de sécurité sociale\(French.thin): il ne peut pas être enregistré. Retirez-le\(French.thin); "
    + "le nom et la date de naissance suffisent."

  /// What to tell where every number found only looks like one, in French.
  public static let doubtfulSentence =
    "Ce texte contient un nombre qui ressemble à un numéro de sécurité sociale, avec une clé fausse\(French.thin): il ne "
    + "peut pas être enregistré. Retirez-le\(French.thin); si c’est un autre numéro, écrivez-le avec ses propres espaces."

  /// What to tell of what was found; nil where nothing was.
  public static func sentence(for matches: [Match]) -> String? {
    guard !matches.isEmpty else { return nil }
    return matches.allSatisfy(\.isDoubtful) ? doubtfulSentence : sentence
  }

  /// Whether a text holds such a number.
  public static func isFound(in text: String) -> Bool { !matches(in: text).isEmpty }

  /// What stands where a number was taken away.
  public static let mask = "[numéro masqué]"

  /// The text with every number whose key is right taken away, or with every one that is found; nil where there is none.
  ///
  /// For what others have published, which is not refused, and for files whose other lines are worth taking. A text with
  /// fewer digits than such a number is not read.
  public static func masked(_ text: String, onlyWithKey: Bool = true) -> String? {
    // Thirteen digits without key; two fewer where Corsica is written 2A and the key is missing.
    guard text.utf8.count(where: { (0x30...0x39).contains($0) }) >= (onlyWithKey ? 14 : 12) else { return nil }
    let found = matches(in: text).filter { !onlyWithKey || $0.hasKey }
    guard !found.isEmpty else { return nil }
    var result = text
    for match in found.reversed() { result.replaceSubrange(match.range, with: mask) }
    return result
  }

  /// Every such number in a text, in order, none over another.
  public static func matches(in text: String) -> [Match] {
    let scan = NIRScan(text)
    var matches: [Match] = []
    var (place, offset) = (text.startIndex, 0)
    for found in scan.found() {
      offset += text.distance(from: place, to: found.range.lowerBound)
      place = found.range.lowerBound
      matches.append(
        Match(
          range: found.range, offset: offset,
          length: text.distance(from: found.range.lowerBound, to: found.range.upperBound),
          hasKey: found.kind == .keyed, isDoubtful: found.kind == .wrongKey))
    }
    return matches
  }
}

/// One reading of a text for numbers.
private struct NIRScan {
  /// Signs that follow one another without anything between: digits, and A or B after a 2 (10 and 11).
  struct Token {
    var signs: [UInt8] = []
    var start: Int
    var end: Int
    /// Whether a letter touches it.
    var isGlued = false
    /// Whether a line ends before it.
    var beginsLine = false
  }

  private let scalars: [Unicode.Scalar]
  private let places: [String.Index]
  private var runs: [[Token]] = []
  private var accounts: [Range<Int>] = []

  init(_ text: String) {
    let view = text.unicodeScalars
    scalars = Array(view)
    places = Array(view.indices) + [text.endIndex]
    read()
    accounts = bankAccounts()
  }

  // MARK: - Reading

  private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x30...0x39: UInt8(scalar.value - 0x30)
    case ..<0x80: nil
    default: scalar.properties.numericType == .decimal ? scalar.properties.numericValue.map { UInt8($0) } : nil
    }
  }

  /// Spaces, ends of lines, dots, dashes, and marks without width.
  private static func parts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0x2028, 0x2029, 0x2D, 0x2E, 0x5F, 0xA0, 0xAD, 0xB7, 0x2000...0x200D, 0x2010...0x2015,
      0x2022, 0x202F, 0x2060,
      0x2212, 0x3000,
      0xFEFF:
      true
    default: false
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  private mutating func read() {
    var run: [Token] = []
    var gap = 0
    var index = 0
    var hasLine = false
    while index < scalars.count {
      let scalar = scalars[index]
      if NIRScan.digit(scalar) != nil {
        if gap > 3 { close(&run) }
        gap = 0
        var token = token(from: index)
        token.beginsLine = hasLine
        hasLine = false
        run.append(token)
        index = token.end
        continue
      }
      if NIRScan.parts(scalar) {
        gap += 1
        hasLine = hasLine || Character(scalar).isNewline
      } else {
        close(&run)
        gap = 0
      }
      index += 1
    }
    close(&run)
  }

  private mutating func close(_ run: inout [Token]) {
    if !run.isEmpty { runs.append(run) }
    run = []
  }

  private func token(from start: Int) -> Token {
    var token = Token(start: start, end: start)
    token.isGlued = start > 0 && NIRScan.isLetter(scalars[start - 1])
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if let digit = NIRScan.digit(scalar) {
        token.signs.append(digit)
      } else if token.signs.last == 2, let letter = NIRScan.corsica(scalar) {
        token.signs.append(letter)
      } else {
        token.isGlued = token.isGlued || NIRScan.isLetter(scalar)
        break
      }
      index += 1
    }
    token.end = index
    return token
  }

  private static func corsica(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x41, 0x61: 10
    case 0x42, 0x62: 11
    default: nil
    }
  }

  // MARK: - Candidates

  /// What tells a number: its key, its groups without key, or its groups before a wrong key.
  enum Kind { case keyed, bare, wrongKey }

  func found() -> [(range: Range<String.Index>, kind: Kind)] {
    var result: [(Range<String.Index>, Kind)] = []
    for run in runs {
      var first = 0
      while first < run.count {
        for kind in [Kind.keyed, .wrongKey, .bare] {
          guard let last = match(in: run, from: first, as: kind) else { continue }
          result.append((places[run[first].start]..<places[run[last].end], kind))
          first = last
          break
        }
        first += 1
      }
    }
    return result
  }

  /// The last token of a number of a kind that begins with a token.
  private func match(in run: [Token], from first: Int, as kind: Kind) -> Int? {
    let wanted = kind == .bare ? 13 : 15
    var signs: [UInt8] = []
    var cuts: [Int] = []
    for last in first..<run.count {
      signs += run[last].signs
      if signs.count > wanted { return nil }
      if signs.count == wanted {
        let tokens = run[first...last]
        let isWhole = tokens.count == run.count
        return accepts(signs, cuts, tokens, isWhole: isWhole, as: kind) ? last : nil
      }
      cuts.append(signs.count)
    }
    return nil
  }

  private func accepts(
    _ signs: [UInt8], _ cuts: [Int], _ tokens: ArraySlice<Token>, isWhole: Bool, as kind: Kind
  ) -> Bool {
    guard NIRScan.isPlausible(signs, as: kind) else { return false }
    let isUsual = cuts.allSatisfy { [1, 3, 5, 7, 10, 13].contains($0) }
    if let start = tokens.first?.start, let end = tokens.last?.end,
      accounts.contains(where: { $0.lowerBound < end && start < $0.upperBound })
    {
      return false
    }
    let isLong = isUsual && cuts.count >= 4
    switch kind {
    case .keyed:
      // Columns of postcodes or of amounts have a right key by chance: only one cut, or the usual ones, pass lines.
      let passesLines = tokens.dropFirst().contains(where: \.beginsLine)
      if passesLines, cuts.count > 1, !isLong { return false }
    case .bare:
      if tokens.contains(where: \.isGlued) { return false }
      return cuts.isEmpty || (isUsual && (isWhole || cuts.count >= 3))
    case .wrongKey:
      if tokens.contains(where: \.isGlued) { return false }
      return cuts.isEmpty || cuts == [13] || isLong
    }
    if isUsual { return true }
    let lengths = tokens.map(\.signs.count)
    let isRegister = lengths.starts(with: [3, 3, 3, 5]) || lengths.starts(with: [9, 5])
    if isRegister || tokens.first?.signs == [3, 3] { return false }
    return isWhole || lengths.dropLast().allSatisfy { $0 == lengths[0] && $0 != 2 }
  }

  /// Whether the signs can be those of a NIR: sex, month, place and order that exist, and the key where it must be right.
  private static func isPlausible(_ signs: [UInt8], as kind: Kind) -> Bool {
    let hasKey = kind == .keyed
    // With a wrong key only the numbers of every day, lest too much else be refused.
    guard (kind == .wrongKey ? [1, 2] : [1, 2, 3, 4, 7, 8]).contains(signs[0]) else { return false }
    let letter = signs[6]
    for (index, sign) in signs.enumerated() where sign > 9 { guard index == 6, signs[5] == 2 else { return false } }
    let month = Int(signs[3]) * 10 + Int(signs[4])
    // Months past December tell that the act of birth is incomplete; without key they would catch too much else.
    switch month {
    case 1...12, 20: break
    case 21...42, 50...99: guard hasKey else { return false }
    default: return false
    }
    let isOverseas = signs[5] == 9 && (letter == 7 || letter == 8)
    if signs[5] == 0, letter == 0 { return false }
    let commune = signs[isOverseas ? 8...9 : 7...9]
    guard commune.contains(where: { $0 != 0 }), signs[10...12].contains(where: { $0 != 0 }) else { return false }
    guard hasKey else { return true }
    var number = signs[0...12].reduce(Int64(0)) { $0 * 10 + Int64($1 > 9 ? 0 : $1) }
    if letter == 10 { number -= 1_000_000 }
    if letter == 11 { number -= 2_000_000 }
    return 97 - number % 97 == Int64(signs[13]) * 10 + Int64(signs[14])
  }

  // MARK: - Bank accounts

  /// Where valid IBANs stand: two letters, two digits, then letters and digits in groups, the whole 1 modulo 97.
  private func bankAccounts() -> [Range<Int>] {
    var result: [Range<Int>] = []
    var index = 0
    while index + 4 <= scalars.count {
      if let end = bankAccount(from: index) {
        result.append(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    return result
  }

  private func bankAccount(from start: Int) -> Int? {
    guard start == 0 || !isAlphanumeric(scalars[start - 1]) else { return nil }
    var values: [Int] = []
    var end: Int?
    var index = start
    while index < scalars.count, values.count < 35 {
      let scalar = scalars[index]
      guard let value = NIRScan.accountValue(scalar) else {
        guard NIRScan.parts(scalar), index + 1 < scalars.count else { break }
        index += 1
        continue
      }
      guard values.count < 4 ? (values.count < 2) == (value > 9) : true else { return nil }
      values.append(value)
      index += 1
      if values.count >= 15, index == scalars.count || !isAlphanumeric(scalars[index]), NIRScan.isAccount(values) {
        end = index
      }
    }
    return end
  }

  private func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    NIRScan.digit(scalar) != nil || NIRScan.isLetter(scalar)
  }

  private static func accountValue(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30
    case 0x41...0x5A: Int(scalar.value) - 0x41 + 10
    case 0x61...0x7A: Int(scalar.value) - 0x61 + 10
    default: nil
    }
  }

  private static func isAccount(_ values: [Int]) -> Bool {
    (values.dropFirst(4) + values.prefix(4)).reduce(0) { ($0 * ($1 > 9 ? 100 : 10) + $1) % 97 } == 1
  }
}
