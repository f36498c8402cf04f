extension FactsFinder {
  /// E-mail addresses and telephone numbers beside words that tell a facilitator or a contact for insertion; an address
  /// is kept before a number.
  mutating func contacts(_ number: Int) {
    let segment = text.segments[number]
    let isNamed = segment.cues.contains(.facilitator)
    let rank: Int
    if isNamed || segment.isNearFacilitator {
      rank = isNamed ? 4 : 3
    } else if segment.cues.contains(.insertion) {
      rank = 2
    } else if segment.cues.contains(.contact) {
      rank = 1
    } else {
      return
    }
    guard isNamed || !segment.cues.contains(.other) else { return }
    var last = -1
    for index in segment.tokens where index > last {
      if text.tokens[index].isSign("@"), let (address, end) = address(around: index, in: segment.tokens) {
        add(contact: address, number, index..<end, rank: rank + 10)
        last = end - 1
      } else if let (phone, end) = phone(at: index, in: segment.tokens) {
        add(contact: phone, number, index..<end, rank: rank)
        last = end - 1
      }
    }
  }

  private mutating func add(contact: String, _ segment: Int, _ tokens: Range<Int>, rank: Int) {
    let scope = lots.scope(at: tokens.lowerBound, of: segment)
    facts.append(TenderFact(value: .contact(contact), scope: scope, rank: rank, tokens: tokens))
  }

  /// The address around an arobase: the tokens that touch one another.
  private func address(around index: Int, in range: Range<Int>) -> (text: String, end: Int)? {
    let longest = 0xFE
    var (first, end) = (index, index + 1)
    while first > range.lowerBound, text.tokens[first].gap == .none, isPart(first - 1),
      text.tokens[index].start - text.tokens[first - 1].start < longest
    {
      first -= 1
    }
    while end < range.upperBound, text.tokens[end].gap == .none, isPart(end),
      text.tokens[end].end - text.tokens[index].start < longest
    {
      end += 1
    }
    while end > index + 1, text.tokens[end - 1].kind == .sign { end -= 1 }
    while first < index, text.tokens[first].kind == .sign { first += 1 }
    let signs = text.signs[text.tokens[first].start..<text.tokens[end - 1].end]
    let address = EmailAddress(String(String.UnicodeScalarView(signs)))
    return address.map { ($0.text, end) }
  }

  private func isPart(_ index: Int) -> Bool {
    let token = text.tokens[index]
    return token.kind != .sign || token.isSign(".-_+")
  }

  /// A French number, by pairs or not, with or without the prefix of the country.
  private func phone(at index: Int, in range: Range<Int>) -> (text: String, end: Int)? {
    guard isStart(index) else { return nil }
    var digits = ""
    var end = index
    let isAbroad = text.isSign(end, "+")
    if isAbroad { end += 1 }
    while end < range.upperBound, national(digits, isAbroad) == nil {
      let token = text.tokens[end]
      if token.kind == .number, !token.isSpelled, token.gap < .line || end == index {
        digits += token.text.filter(\.isNumber)
        guard digits.dropFirst(9 + 4).isEmpty else { return nil }
      } else if !token.isSign(".-()") {
        return nil
      }
      end += 1
    }
    guard let found = national(digits, isAbroad) else { return nil }
    let signs = Array(found)
    let pairs = stride(from: 0, to: signs.count, by: 2).map { String(signs[$0..<($0 + 2)]) }
    return (pairs.joined(separator: French.noBreak), end)
  }

  /// The ten figures of a number as it is dialled in France; nil where there are fewer or more.
  private func national(_ digits: String, _ isAbroad: Bool) -> String? {
    var own = digits[...]
    if isAbroad {
      guard digits.hasPrefix("33") else { return nil }
      own = own.dropFirst(2)
      if own.first == "0" { own = own.dropFirst() }
    } else {
      guard own.first == "0" else { return nil }
      own = own.dropFirst()
    }
    return own.dropFirst(8).count == 1 && own.first != "0" ? "0" + own : nil
  }

  private func isStart(_ index: Int) -> Bool {
    let token = text.tokens[index]
    if token.isSign("+") { return text[index + 1]?.kind == .number }
    return token.kind == .number && token.text.hasPrefix("0") && !token.isSpelled
  }
}
