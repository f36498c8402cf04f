/// The exits as an audience may see them: classes counted under statistical secrecy, people left out where it is masked.
///
/// The four classes that count are one table whose total is the base. A count of dynamic exits, or a rate, would give the
/// rest back: they are shown only where every number that they rest on is. Exits withdrawn stand outside that table and
/// are hidden by their own size; nobody is told how many exits there are in all.
public struct ShownExits: Sendable, Equatable {
  /// The number of a class: shown or hidden.
  public struct ClassCount: Sendable, Equatable {
    /// The class.
    public let kind: Exit.Class
    /// How many; nil where hidden.
    public let count: Int?
  }

  /// The exits one by one; none for an audience that small numbers are hidden from.
  public let exits: [Exits.Classed]
  /// Whether single exits are left out.
  public let isMasked: Bool
  /// Every class.
  public let counts: [ClassCount]
  /// Those that count in the rate; nil where hidden.
  public let base: Int?
  /// Those that are dynamic; nil where hidden.
  public let dynamic: Int?
  /// The rate; nil where nobody counts, or where it is hidden.
  public let rate: Percent?
  /// How it was reached, without a word on single people where they are left out.
  public let derivation: Derivation
}

extension Exits {
  /// The exits for an audience; throws where the limit is missing from the figures.
  public func shown(
    to audience: Secrecy.Audience, on day: Day, figures: Figures
  ) throws(MissingFigure) -> ShownExits {
    let kinds = Exit.Class.allCases
    guard audience.isMasked else {
      return ShownExits(
        exits: all, isMasked: false, counts: kinds.map { .init(kind: $0, count: count($0)) }, base: base,
        dynamic: dynamic, rate: rate, derivation: derivation)
    }
    let counted = kinds.filter { $0 != .withdrawn }
    var shown: [Exit.Class: Int] = [:]
    var base: Int?
    var rules = Derivation()
    if let table = CrossTable(counts: counted.map { [count($0)] }) {
      let secrecy = try Secrecy.applied(to: table, for: audience, on: day, figures: figures)
      for (kind, row) in zip(counted, secrecy.cells) { shown[kind] = row[0].count }
      base = secrecy.total.count
      rules.append(secrecy.derivation)
    }
    let least = try figures.counts.nearest(.secrecyMinimum, on: day).value
    let isSmall = { (number: Int) in number > 0 && number < least }
    // A small number of dynamic exits is the base less the others: those are hidden with it.
    let others = counted.filter { !$0.isDynamic }
    if isSmall(dynamic) { for kind in others { shown[kind] = nil } }
    if !isSmall(count(.withdrawn)) { shown[.withdrawn] = count(.withdrawn) }
    let showsDynamic = base != nil && others.allSatisfy { shown[$0] != nil }
    return ShownExits(
      exits: [], isMasked: true, counts: kinds.map { .init(kind: $0, count: shown[$0]) }, base: base,
      dynamic: showsDynamic ? dynamic : nil, rate: showsDynamic ? rate : nil,
      derivation: derivation(for: audience, shown, base, showsDynamic: showsDynamic, after: rules))
  }

  /// The steps with what may be shown, and no remark that names someone.
  private func derivation(
    for audience: Secrecy.Audience, _ shown: [Exit.Class: Int], _ base: Int?, showsDynamic: Bool,
    after rules: Derivation
  ) -> Derivation {
    var result = Derivation()
    for figure in derivation.figures { result.refer(to: figure) }
    result.append(rules)
    for kind in Exit.Class.allCases {
      result.step(
        kind.french.prefix(1).uppercased() + kind.french.dropFirst(),
        gives: shown[kind].map { French.integer($0) } ?? Secrecy.Cell.hiddenText)
    }
    let total = base.map { French.integer($0) } ?? Secrecy.Cell.hiddenText
    let text = showsDynamic ? rate?.french ?? "pas de taux, aucune sortie ne compte" : Secrecy.Cell.hiddenText
    result.step(
      "Sorties dynamiques",
      showsDynamic ? "\(French.integer(dynamic)) sur \(total), hors sorties retirées du calcul" : nil, gives: text)
    result.note(
      Finding(
        .information, "exitsNotListed",
        "Les sorties ne sont pas montrées une à une pour \(audience.french)\(French.thin): seuls le sont les nombres "
          + "assez grands pour ne désigner personne."))
    return result
  }
}
