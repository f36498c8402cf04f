/// Finds the hours of insertion of a text, and leaves those that are something else: opening hours, delays, weekly hours.
struct HoursFinder {
  /// Hours found, with the lots that they are for.
  struct Found {
    var value: Int64
    var tokens: Range<Int>
    var scope: TenderLots.Scope
    /// How sure it is that they are hours of insertion: 0 to 3.
    var rank: Int
    /// The other end of a range such as « entre 500 et 700 heures », of which the lower end is kept.
    var upper: Int64?
  }

  /// A number of hours in a segment.
  private struct Candidate {
    var value: Int64
    var upper: Int64?
    var tokens: Range<Int>
    var rank: Int
  }

  let text: TenderText
  let lots: TenderLots
  /// Whether several lots are known, so that a total is no lot's.
  let hasSeveralLots: Bool

  static let unitWords: Set<String> = ["h", "hr", "hrs", "heure", "heures"]

  func all() -> [Found] {
    var found: [Found] = []
    var table = Table()
    for (number, segment) in text.segments.enumerated() {
      table.follow(segment, number: number, text: text)
      var candidates = candidates(in: segment)
      if candidates.isEmpty, segment.hasCells, let cell = bareCell(of: number, table: table) { candidates = [cell] }
      guard !candidates.isEmpty else { continue }
      found += assigned(candidates, segment: number)
    }
    return found
  }

  // MARK: - To lots

  private func assigned(_ candidates: [Candidate], segment: Int) -> [Found] {
    let groups = lots.groups[segment]
    let cues = text.segments[segment].cues
    guard let first = groups.first, let start = candidates.first?.tokens.lowerBound else {
      let scope = lots.headings[segment]
      if hasSeveralLots, scope == .all, cues.contains(.total) { return [] }
      return candidates.map { found($0, scope) }
    }
    var result: [Found] = []
    let isAfter = start < first.tokens.lowerBound
    var next = 0
    for (place, group) in groups.enumerated() {
      // The numbers before a group, or between it and the next one.
      let end =
        isAfter
        ? group.tokens.lowerBound : place + 1 < groups.count ? groups[place + 1].tokens.lowerBound : Int.max
      let from = next
      while next < candidates.count, candidates[next].tokens.lowerBound < end { next += 1 }
      let own = candidates[from..<next]
      if group.isAll, hasSeveralLots, cues.contains(.total) { continue }
      // Before a single lot the nearest number is its own: « 2 566 heures dont 1 688 heures pour le lot 1 ».
      result += shared(isAfter && group.lots.count == 1 ? own.suffix(1) : own, by: group)
    }
    return result
  }

  /// As many numbers as lots go to them in order; one number goes to each; other counts tell nothing of several lots.
  private func shared(_ candidates: ArraySlice<Candidate>, by group: TenderLots.Group) -> [Found] {
    if group.isAll || group.lots.count == 1 || candidates.count == 1 {
      return candidates.map { found($0, group.scope) }
    }
    guard candidates.count == group.lots.count else { return [] }
    return zip(candidates, group.lots).compactMap { candidate, lot in lot.map { found(candidate, .some([$0])) } }
  }

  private func found(_ candidate: Candidate, _ scope: TenderLots.Scope) -> Found {
    Found(
      value: candidate.value, tokens: candidate.tokens, scope: scope, rank: candidate.rank, upper: candidate.upper)
  }

  // MARK: - Numbers with their unit

  private func candidates(in segment: TenderText.Segment) -> [Candidate] {
    var found: [Candidate] = []
    let range = segment.tokens
    var index = range.lowerBound
    while index < range.upperBound {
      defer { index += 1 }
      guard let value = quantity(at: index, in: range) else { continue }
      guard let unit = unit(after: index, in: range) ?? sharedUnit(after: index, in: range)
      else {
        if isAnnounced(index, in: range) { found.append(candidate(value, index, index + 1, segment)) }
        continue
      }
      guard !isOther(index, unit: unit, in: range, isFirst: found.isEmpty) else { continue }
      // The same number again, in words or in brackets.
      if let last = found.last, last.value == value, (0...2).contains(index - last.tokens.upperBound) { continue }
      if let last = found.indices.last, isUpperEnd(index, of: found[last].tokens, in: range) {
        found[last].upper = value
        continue
      }
      found.append(candidate(value, index, unit + 1, segment))
    }
    return found
  }

  private func candidate(_ value: Int64, _ start: Int, _ end: Int, _ segment: TenderText.Segment) -> Candidate {
    let after = text.tokens[min(end, segment.tokens.upperBound)..<min(end + 4, segment.tokens.upperBound)]
    let isTold = after.contains { $0.begins("insertion") }
    let near = segment.cues.contains(.insertion) ? 2 : segment.isNearInsertion ? 1 : 0
    return Candidate(value: value, tokens: start..<end, rank: isTold ? near + 1 : near)
  }

  /// The number at a token; « une heure » only where someone must do it.
  private func quantity(at index: Int, in range: Range<Int>) -> Int64? {
    let token = text.tokens[index]
    if token.kind == .number {
      // The minutes of « 8 h 30 ».
      let isMinutes = token.isShort && text.isWord(index - 1, ["h"]) && text[index - 2]?.isShort ?? false
      return isMinutes ? nil : token.value
    }
    guard token.isWord(["un", "une"]), text.isWord(index + 1, ["heure"]), index > range.lowerBound else { return nil }
    let before = text.tokens[max(range.lowerBound, index - 3)..<index]
    let isDue = before.contains {
      $0.isWord(["minimum", "moins", "soit"]) || $0.begins("reserv") || $0.begins("realis")
    }
    return isDue || text.isSign(index - 1, ":") ? Hours(1).hundredths : nil
  }

  /// Where the unit of a number stands: next to it, or past a bracket that says the number again.
  private func unit(after index: Int, in range: Range<Int>) -> Int? {
    var next = index + 1
    if next + 1 < range.upperBound, text.isSign(next, "("), text.tokens[next + 1].kind == .number {
      next += 2
      if next < range.upperBound, text.isSign(next, ")") { next += 1 }
    } else if next < range.upperBound, text.isSign(next, ")") {
      next += 1
    }
    guard next < range.upperBound, text.tokens[next].gap < .blank, text.isWord(next, HoursFinder.unitWords) else {
      return nil
    }
    return next
  }

  /// The unit that numbers share: « 1 688 et 686 heures », « de 500 à 700 heures ».
  private func sharedUnit(after index: Int, in range: Range<Int>) -> Int? {
    var next = index + 1
    for _ in 0...8 {
      guard next < range.upperBound, text.isSign(next, ",/;-–") || text.isWord(next, ["et", "puis", "ou", "a"]) else {
        return nil
      }
      next += 1
      if next < range.upperBound, text.isSign(next - 1, ","), text.isWord(next, ["et", "puis"]) { next += 1 }
      guard next < range.upperBound, text.tokens[next].kind == .number, !isLot(next) else { return nil }
      if let unit = unit(after: next, in: range) {
        return isLot(index) || isClock(next, unit: unit, in: range) ? nil : unit
      }
      next += 1
    }
    return nil
  }

  /// Whether a number is part of the name of a lot.
  private func isLot(_ index: Int) -> Bool {
    text.isWord(index - 1, ["lot", "lots", "article", "articles", "n", "no", "nº", "numero"])
      || text.isSign(index - 1, "°№") || lots.isName(index)
  }

  /// « Nombre d’heures d’insertion : 1 688 »: the unit stands before the number.
  private func isAnnounced(_ index: Int, in range: Range<Int>) -> Bool {
    guard index > range.lowerBound, !isLot(index) else { return false }
    let isAfterColon = text.isSign(index - 1, ":=") || text.isWord(index - 1, ["minimum"])
    guard isAfterColon || text.isWord(index - 1, ["a", "de", "est"]) else { return false }
    if let next = text[index + 1], index + 1 < range.upperBound {
      guard next.gap >= .cell || next.isSign(".;,)(") || next.isWord(["pour", "au", "sur", "et"]) else { return false }
    }
    for place in stride(from: index - 1, through: max(range.lowerBound, index - 10), by: -1) {
      let token = text.tokens[place]
      if token.kind == .number, !isLot(place) { return false }
      guard token.isWord(["heures", "heure", "horaire"]) else { continue }
      let before = text.tokens[max(range.lowerBound, place - 3)..<place]
      let isCounted = before.contains { $0.isWord(["nombre", "volume", "quantite", "total", "quota", "nb"]) }
      return isCounted || (isAfterColon && !text.isWord(place - 1, ["par", "l", "de", "a", "aux"]))
    }
    return false
  }

  /// Whether a number ends a range that another begins: « entre 500 et 700 heures », « de 500 à 700 heures ».
  private func isUpperEnd(_ index: Int, of first: Range<Int>, in range: Range<Int>) -> Bool {
    let start = first.lowerBound
    let isBetween = start > range.lowerBound && text.isWord(start - 1, ["entre"]) && text.isWord(index - 1, ["et"])
    let isFromTo = text.isWord(index - 1, ["a"]) || text.isSign(index - 1, "-–")
    return (isBetween || isFromTo) && (1...4).contains(index - start)
  }
}

// MARK: - Tables

extension HoursFinder {
  /// The table that a row belongs to.
  private struct Table {
    /// Where the column of hours is, counted from the first cell; nil where the head names none.
    var column: Int?
    /// Whether a row names the columns.
    var hasHead = false
    /// Whether what stands just above speaks of hours or insertion, or nothing stands above.
    var isAnnounced = false
    private var isOpen = false

    mutating func follow(_ segment: TenderText.Segment, number: Int, text: TenderText) {
      guard segment.hasCells else { return isOpen = false }
      guard !isOpen else { return }
      self = Table()
      isOpen = true
      let above = number > 0 ? text.segments[number - 1] : nil
      isAnnounced = above.map { !$0.cues.isDisjoint(with: [.hours, .insertion]) } ?? true
      guard !segment.tokens.contains(where: { text.tokens[$0].kind == .number }) else { return }
      hasHead = true
      column = HoursFinder.cells(of: segment, text).lastIndex { cell in
        cell.contains { text.tokens[$0].begins("heure") || text.isWord($0, ["h"]) }
      }
    }
  }

  /// The cells of a row, as ranges of tokens.
  private static func cells(of segment: TenderText.Segment, _ text: TenderText) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = segment.tokens.lowerBound
    for index in segment.tokens.dropFirst() where text.tokens[index].gap == .cell || text.isSign(index, "|") {
      if index > start { cells.append(start..<index) }
      start = text.isSign(index, "|") ? index + 1 : index
    }
    if start < segment.tokens.upperBound { cells.append(start..<segment.tokens.upperBound) }
    return cells
  }

  /// The hours of a row that names a lot and gives a number without unit, under a column of hours or, where no row names
  /// the columns, as the only number.
  private func bareCell(of number: Int, table: Table) -> Candidate? {
    let segment = text.segments[number]
    guard table.hasHead ? table.column != nil : table.isAnnounced else { return nil }
    guard lots.groups[number].count == 1, let group = lots.groups[number].first else { return nil }
    let cells = HoursFinder.cells(of: segment, text)
    let numbers = cells.filter { cell in
      guard let first = cell.first, cell.count == 1 else { return false }
      return text.tokens[first].kind == .number && text.tokens[first].value != nil
        && !group.tokens.contains(first)
    }
    let chosen: Range<Int>?
    if let column = table.column {
      chosen = cells.indices.contains(column) && numbers.contains(cells[column]) ? cells[column] : nil
    } else {
      chosen = numbers.count == 1 ? numbers.first : nil
    }
    guard let chosen, let value = text.tokens[chosen.lowerBound].value else { return nil }
    return candidate(value, chosen.lowerBound, chosen.upperBound, segment)
  }
}
