// What the company owes, how often it reports, what may be changed later.

extension FactsFinder {
  // MARK: - Penalty

  mutating func penalty(_ number: Int) {
    let segment = text.segments[number]
    let isMissed = segment.tokens.contains { index in
      let token = text.tokens[index]
      return text.isWord(index - 1, ["non"]) && ["realis", "effectu", "execut"].contains { token.begins($0) }
    }
    guard isMissed || segment.cues.contains(.penalty) else { return }
    for index in segment.tokens where text.tokens[index].kind == .number {
      guard let value = text.tokens[index].value else { continue }
      if text.isWord(index + 1, ["fois"]), segment.cues.contains(.penalty), value % Hours(1).hundredths == 0,
        let wage = text.tokens[index..<min(index + 8, segment.tokens.upperBound)].first(where: { $0.isWord(["smic"]) })
      {
        let said = "\(French.integer(value / Hours(1).hundredths)) fois le \(wage.text.uppercased()) horaire"
        add(.penalty("\(said) par heure"), number, index..<(index + 2), rank: 2)
      }
      guard text.isSign(index + 1, "€") || text.isWord(index + 1, ["euros", "euro", "eur"]) else { continue }
      var next = index + 2
      while text.isWord(next, ["ht", "ttc", "h", "t"]) || text.isSign(next, ".()") { next += 1 }
      let basis = basis(at: next, in: segment.tokens)
      guard basis != false, basis == true || isMissed else { continue }
      add(
        .penalty("\(Euros(cents: value).figureText) par heure"), number, index..<next, rank: basis == true ? 2 : 1)
    }
  }

  /// Whether an amount is for an hour; nil where what follows does not say.
  private func basis(at index: Int, in range: Range<Int>) -> Bool? {
    guard index < range.upperBound else { return nil }
    if text.isSign(index, "/") { return text.isWord(index + 1, ["h", "heure", "heures"]) }
    guard text.isWord(index, ["par", "pour", "l", "de", "x", "multiplie"]) || text.isSign(index, "×") else {
      return nil
    }
    for place in (index + 1)..<max(index + 1, min(index + 6, range.upperBound)) {
      if text.isWord(place, ["heure", "heures"]) { return true }
      if text.isWord(place, ["jour", "semaine", "mois", "document", "attestation", "releve", "manquement", "retard"]) {
        return false
      }
    }
    return text.isWord(index, ["par"]) ? false : nil
  }

  // MARK: - Reports

  private static let adjectives = [
    ("mensuel", "chaque mois"), ("bimestriel", "tous les deux mois"), ("trimestriel", "chaque trimestre"),
    ("semestriel", "chaque semestre"), ("annuel", "chaque année"),
  ]
  private static let periods = [
    "mois": "chaque mois", "trimestre": "chaque trimestre", "trimestres": "chaque trimestre",
    "semestre": "chaque semestre", "semestres": "chaque semestre", "an": "chaque année", "ans": "chaque année",
    "annee": "chaque année", "annees": "chaque année",
  ]

  mutating func frequency(_ number: Int) {
    let segment = text.segments[number]
    guard segment.cues.contains(.report), isAbout(segment), !segment.cues.contains(.payment) else { return }
    for index in segment.tokens {
      guard let said = frequency(at: index) else { continue }
      let isFirm = text.tokens[index].text.hasPrefix("annuel") || text.tokens[index].text.hasPrefix("an")
      let rank = (segment.cues.contains(.hours) ? 2 : 1) + (isFirm ? 0 : 2)
      add(.frequency(said), number, index..<(index + 1), rank: rank)
    }
  }

  private func frequency(at index: Int) -> String? {
    let token = text.tokens[index]
    guard token.kind == .word else { return nil }
    for (stem, said) in FactsFinder.adjectives where token.text.hasPrefix(stem) { return said }
    if let said = FactsFinder.periods[token.text] {
      if text.isWord(index - 1, ["chaque"]) { return said }
      if text.isWord(index - 1, ["les"]), text.isWord(index - 2, ["tous", "toutes"]) { return said }
      if token.text == "mois", text.isWord(index - 2, ["les"]), text.isWord(index - 3, ["tous"]),
        let months = text[index - 1]?.value
      {
        return months == Hours(1).hundredths * 3 ? "chaque trimestre" : nil
      }
    }
    return nil
  }

  // MARK: - Review and pooling

  mutating func reviewAndPooling(_ number: Int) {
    let segment = text.segments[number]
    guard isAbout(segment) else { return }
    for index in segment.tokens {
      let token = text.tokens[index]
      if token.begins("reexamen") || token.begins("reexamin") {
        add(.reviewClause(!isDenied(index)), number, index..<(index + 1))
      } else if token.begins("globalis") || (token.begins("mutualis") && segment.cues.contains(.hours)) {
        add(.pooling(!isDenied(index)), number, index..<(index + 1))
      }
    }
  }
}
