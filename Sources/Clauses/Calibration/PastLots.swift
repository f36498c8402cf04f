extension Calibration {
  /// A past lot of the same family, given as data.
  public struct PastLot: Sendable, Equatable {
    /// How it is called, in French.
    public let label: String
    /// Its amount before tax.
    public let amount: Euros
    /// The hours that it asked for.
    public let hours: Hours

    /// A past lot from its parts.
    public init(label: String, amount: Euros, hours: Hours) {
      self.label = label
      self.amount = amount
      self.hours = hours
    }
  }

  /// Where an effort stands among past lots.
  public struct Standing: Sendable, Equatable {
    /// Where it stands, in words.
    public enum Position: String, Sendable, CaseIterable {
      /// Under all past lots.
      case below
      /// Among them, under their median.
      case lowerHalf
      /// At their median.
      case median
      /// Among them, over their median.
      case upperHalf
      /// Over all past lots.
      case above
    }

    /// Hours for the base amount, for each past lot that counts, the lowest first.
    public let past: [(lot: PastLot, ratio: Hours)]
    /// Hours for the base amount, here.
    public let ratio: Hours
    /// The amount that the hours are brought to.
    public let base: Euros
    /// The median of past lots; nil without any.
    public let median: Hours?
    /// Where this one stands; nil without past lots.
    public let position: Position?
    /// How it was found.
    public let derivation: Derivation

    /// Whether two standings say the same.
    public static func == (a: Standing, b: Standing) -> Bool {
      a.ratio == b.ratio && a.base == b.base && a.median == b.median && a.position == b.position
        && a.derivation == b.derivation && a.past.map(\.lot) == b.past.map(\.lot)
        && a.past.map(\.ratio) == b.past.map(\.ratio)
    }
  }
}

extension Calibrator {
  /// Where an effort stands among past lots of the same family, in hours for a base amount (100 000 € by default of the
  /// figures).
  ///
  /// Lots without amount are left out, and told. Nil where this one's own amount is not positive or out of bounds.
  public func standing(
    of hours: Hours, amount: Euros, among lots: [Calibration.PastLot]
  ) -> Calibration.Standing? {
    guard let exact = exactRatio(hours, amount), let ratio = exact.hours() else { return nil }
    var derivation = Derivation()
    let base = derivation.use(historyBase)
    derivation.step(
      "Heures pour \(base.figureText)", "\(hours.french) ÷ \(amount.figureText) × \(base.figureText)",
      gives: exact.hoursText)
    let past = lots.compactMap { lot in self.ratio(lot.hours, lot.amount).map { (lot: lot, ratio: $0) } }
      .sorted { $0.ratio < $1.ratio }
    let left = lots.count - past.count
    if left > 0 {
      derivation.note(
        Finding(
          .warning, "lotsWithoutAmount",
          "\(French.count(left, "lot passé", "lots passés")) sans montant utilisable, "
            + "\(French.plural(left, "laissé", "laissés")) de côté."))
    }
    let median = Hours.median(of: past.map(\.ratio))
    guard let median, let low = past.first?.ratio, let high = past.last?.ratio else {
      derivation.note(Finding(.information, "noPastLots", "Aucun lot passé à comparer."))
      return .init(past: past, ratio: ratio, base: base, median: nil, position: nil, derivation: derivation)
    }
    let position: Calibration.Standing.Position =
      ratio < low ? .below : ratio > high ? .above : ratio < median ? .lowerHalf : ratio > median ? .upperHalf : .median
    derivation.step(
      "Lots passés", "de \(low.french) à \(high.french)", gives: "médiane \(median.french)")
    let fewer = past.count { $0.ratio < ratio }
    let among = French.count(past.count, "lot passé", "lots passés")
    derivation.note(
      Finding(
        position == .below || position == .above ? .warning : .information, "standing",
        "\(ratio.french) pour \(base.figureText)\(colon) \(position.french), médiane \(median.french)\(semicolon) "
          + "\(among), dont \(French.integer(fewer)) en dessous."))
    if past.count < derivation.use(historyMinimum) {
      derivation.note(
        Finding(
          .warning, "fewPastLots",
          "\(among) seulement\(colon) la médiane parle peu sous \(historyMinimum.french).",
          mend: "Ajoutez d’autres lots de la même famille."))
    }
    return .init(past: past, ratio: ratio, base: base, median: median, position: position, derivation: derivation)
  }

  private func ratio(_ hours: Hours, _ amount: Euros) -> Hours? { exactRatio(hours, amount)?.hours() }

  private func exactRatio(_ hours: Hours, _ amount: Euros) -> Quotient? {
    guard amount.cents > 0, amount <= Calibration.greatestAmount,
      (0...Calibration.greatestHours.hundredths).contains(
        hours.hundredths)
    else { return nil }
    return (Quotient(hours) * Quotient(historyBase.value)).divided(by: Quotient(amount))
  }
}

extension Calibration.Standing.Position {
  /// The position as users read it.
  public var french: String {
    switch self {
    case .below: "moins que tous les lots passés"
    case .lowerHalf: "dans la moitié basse"
    case .median: "à la médiane"
    case .upperHalf: "dans la moitié haute"
    case .above: "plus que tous les lots passés"
    }
  }
}
