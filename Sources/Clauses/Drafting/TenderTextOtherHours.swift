// Hours that are something else: opening hours, delays, weekly hours, training.

extension HoursFinder {
  private static let rates: Set<String> = [
    "semaine", "jour", "mois", "an", "annee", "salarie", "personne", "agent", "poste", "trimestre", "semestre",
  ]
  private static let otherStems = [
    "hebdo", "journalier", "quotidien", "mensuel", "annuel", "ouvre", "ouvrable", "suivant", "consecuti", "calendaire",
    "supplementaire", "manquant", "complementaire",
  ]
  private static let otherKinds: Set<String> = [
    "formation", "cours", "enseignement", "retard", "delai", "astreinte", "nuit", "garde", "ouverture", "fermeture",
    "intervention", "preavis", "pause", "fonctionnement", "reunion", "location", "repos", "tutorat", "attente",
  ]

  /// Whether a number of hours is no obligation of insertion.
  func isOther(_ index: Int, unit: Int, in range: Range<Int>, isFirst: Bool) -> Bool {
    isClock(index, unit: unit, in: range) || isOtherAfter(unit, in: range)
      || isOtherBefore(index, in: range, isFirst: isFirst)
  }

  private func isOtherAfter(_ unit: Int, in range: Range<Int>) -> Bool {
    guard unit + 1 < range.upperBound else { return false }
    if text.isSign(unit + 1, "/") || text.isWord(unit + 1, ["avant", "apres", "non"]) { return true }
    if text.isWord(unit + 1, ["sur"]), let value = text[unit + 2]?.value, value == text[unit - 1]?.value { return true }
    if text.isWord(unit + 1, ["a"]), text.isWord(unit + 2, ["compter", "partir"]) { return true }
    for place in (unit + 1)..<min(unit + 5, range.upperBound) {
      let token = text.tokens[place]
      if token.kind == .sign, !token.isSign("-") { return false }
      if token.kind == .number { return false }
      let isOf = text.isWord(place - 1, ["de", "d"]) && place == unit + 2
      if isOf, token.isWord(HoursFinder.otherKinds) { return true }
      if HoursFinder.otherStems.contains(where: { token.begins($0) }) { return true }
      if token.isWord(HoursFinder.rates), text.isWord(place - 1, ["par", "chaque"]) { return true }
      if text.isWord(place - 1, ["non"]), ["realis", "effectu", "execut"].contains(where: { token.begins($0) }) {
        return true
      }
    }
    return false
  }

  private func isOtherBefore(_ index: Int, in range: Range<Int>, isFirst: Bool) -> Bool {
    let before = text.tokens[max(range.lowerBound, index - 4)..<index]
    for (distance, token) in before.reversed().enumerated() {
      if token.kind == .sign, !token.isSign("-(") { return false }
      if token.kind == .number { return false }
      if token.isWord(["delai", "delais", "base", "legale"]) { return true }
      if token.isWord(["sous"]), distance < 1 { return true }
      if token.isWord(["dans", "toutes", "tous"]), distance == 1, text.isWord(index - 1, ["les", "un"]) {
        return true
      }
      if token.isWord(["dont"]), !isFirst { return true }
    }
    return false
  }

  /// « 8 h 30 », « de 8 h à 17 h », « le 12 mars à 12 heures ».
  func isClock(_ index: Int, unit: Int, in range: Range<Int>) -> Bool {
    let tokens = text.tokens
    guard tokens[index].isShort, unit == index + 1 else { return false }
    let next = unit + 1
    if next < range.upperBound, tokens[next].isShort, tokens[next].gap <= .space, tokens[unit].text == "h",
      !tokens[next].text.dropFirst().isEmpty
    {
      return true
    }
    if isLinked(next, in: range), tokens[next + 1].isShort, text.isWord(next + 2, HoursFinder.unitWords) {
      return true
    }
    guard index - 3 >= range.lowerBound, text.isWord(index - 1, ["a", "et", "avant", "vers", "des"]) else {
      return false
    }
    if text.isWord(index - 2, HoursFinder.unitWords), tokens[index - 3].isShort { return true }
    if text.isWord(index - 3, HoursFinder.unitWords), tokens[index - 2].isShort { return true }
    return tokens[max(range.lowerBound, index - 5)..<index].contains { token in
      token.isWord(["jour", "offres", "matin", "midi"]) || French.months.contains { token.text == $0.folded }
    }
  }

  private func isLinked(_ index: Int, in range: Range<Int>) -> Bool {
    index + 2 < range.upperBound && (text.isWord(index, ["a", "et"]) || text.isSign(index, "-–/"))
  }
}
