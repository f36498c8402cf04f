/// Which possibilities published values of `considerationSociale` speak of.
public struct PublishedValues: Sendable, Equatable {
  /// The possibilities that together publish just these values, the most specific ones only; empty where the values
  /// say that there is none, or do not say.
  public let possibilities: [Possibility]
  /// Whether the documents of a reserved contract fix hours as well.
  public let reservedWithHours: Bool
  /// Remarks and figures.
  public let derivation: Derivation

  /// Reads the values of one contract or concession; throws where the tables are missing from the figures.
  ///
  /// The format itself lets the value "none" stand beside others: here that is a fault.
  public static func read(
    _ values: [String], kind: AwardNotice.Kind, figures: Figures, on day: Day
  ) throws(MissingFigure) -> PublishedValues {
    var review = Review(figures: figures, day: day)
    let known = review.use(try figures.words.nearest(.decpValues(kind), on: day)).all
    let none = review.use(try figures.words.nearest(.decpNone, on: day)).all
    check(values, known: known, none: none, kind, &review)
    let said = Set(values).intersection(known).subtracting(none)
    let terms = figures.publications.all.filter { $0.holds(on: day) && $0.value.kind == kind }
    var found: [Possibility: Set<String>] = [:]
    var withHours = false
    for figure in terms {
      let term = figure.value
      guard let possibility = term.possibility, possibility != .insertionService else { continue }
      let isWhole = said.isSuperset(of: term.decp) && !term.decp.isEmpty
      guard isWhole else { continue }
      review.use(figure)
      let isWithHours = term.decpWithHours != term.decp && said.isSuperset(of: term.decpWithHours)
      if isWithHours { withHours = true }
      found[possibility, default: []].formUnion(isWithHours ? term.decpWithHours : term.decp)
    }
    let possibilities = Possibility.allCases.filter { possibility in
      guard let own = found[possibility] else { return false }
      return !found.contains { $0.key != possibility && $0.value.isStrictSuperset(of: own) }
    }
    if said == Set(terms.first { $0.value.possibility == .execution }?.value.decp ?? []) {
      review.information(
        "insertionServicePossible",
        "La même valeur se publie aussi, faute de code, pour un marché dont l’objet est l’insertion.")
    }
    review.step(
      "Possibilités", gives: possibilities.isEmpty ? "aucune" : French.list(possibilities.map(\.french)))
    return PublishedValues(
      possibilities: possibilities, reservedWithHours: withHours, derivation: review.derivation)
  }

  private static func check(
    _ values: [String], known: [String], none: [String], _ kind: AwardNotice.Kind, _ review: inout Review
  ) {
    let quoted = { (text: String) in "«\(French.noBreak)\(text)\(French.noBreak)»" }
    if values.isEmpty {
      review.fault(
        "valueMissing", "Aucune valeur n’est donnée\(colon) le format en demande au moins une.",
        mend: "Sans considération sociale, publiez \(French.list(none.map(quoted), last: "ou")).")
    }
    var seen: Set<String> = []
    for value in values {
      if !seen.insert(value).inserted {
        review.fault("valueTwice", "La valeur \(quoted(value)) est donnée deux fois.", mend: "N’en gardez qu’une.")
      } else if !known.contains(value) {
        review.fault(
          "valueUnknown",
          "La valeur \(quoted(value)) n’existe pas pour \(kind == .concession ? "une concession" : "un marché").",
          mend: "Choisissez parmi \(French.list(known.map(quoted), last: "ou")).")
      }
    }
    if !seen.isDisjoint(with: none), seen.count > 1 {
      review.fault(
        "noneWithOthers", "\(French.list(none.map(quoted))) ne va jamais avec une autre valeur.",
        mend: "Retirez-la, ou retirez les autres.")
    }
  }
}
