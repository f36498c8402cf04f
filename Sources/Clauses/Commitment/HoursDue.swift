/// The hours that a contract makes due by itself: a minimum or an offer, tranches, amendments.
public struct HoursDue: Sendable, Equatable {
  /// Which of the buyer's minimum and the winner's offer is due.
  public enum Basis: String, Sendable, CaseIterable {
    /// The buyer's minimum.
    case minimum
    /// What the winner offered, under a criterion.
    case offer
    /// The larger of both.
    case larger
  }

  /// A part of the contract that is due only once confirmed.
  public struct Tranche: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its hours.
    public var hours: Hours
    /// The day on which it is confirmed; nil: not confirmed.
    public var confirmedOn: Day?

    /// A tranche from its parts.
    public init(name: String, hours: Hours, confirmedOn: Day? = nil) {
      self.name = name
      self.hours = hours
      self.confirmedOn = confirmedOn
    }
  }

  /// A change of the hours due, signed on a day.
  public struct Amendment: Sendable, Equatable {
    /// The day from which it holds.
    public var day: Day
    /// The hours that it adds, or takes away where negative.
    public var hours: Hours
    /// What it is, such as « avenant nº 1 ».
    public var name: String

    /// An amendment from its parts.
    public init(name: String, day: Day, hours: Hours) {
      self.name = name
      self.day = day
      self.hours = hours
    }
  }

  /// The buyer's minimum; nil where there is none.
  public var minimum: Hours?
  /// What the winner offered; nil where nothing was.
  public var offer: Hours?
  /// Which is due.
  public var basis: Basis
  /// Conditional parts.
  public var tranches: [Tranche]
  /// Changes.
  public var amendments: [Amendment]
  /// Whether the contract is under private law (charter, developer): no article of the public code.
  public var isPrivate: Bool
  /// The insertion clause of the general conditions that the contract refers to; nil where they are not known.
  public var ccag: InsertionClause?

  /// Hours due from their parts.
  public init(
    minimum: Hours? = nil, offer: Hours? = nil, basis: Basis = .larger, tranches: [Tranche] = [],
    amendments: [Amendment] = [], isPrivate: Bool = false, ccag: InsertionClause? = nil
  ) {
    self.minimum = minimum
    self.offer = offer
    self.basis = basis
    self.tranches = tranches
    self.amendments = amendments
    self.isPrivate = isPrivate
    self.ccag = ccag
  }

  /// The hours due on a day, never negative.
  public func hours(on day: Day, into derivation: inout Derivation) -> Hours {
    var total = start(into: &derivation)
    for tranche in tranches {
      if let confirmed = tranche.confirmedOn, confirmed <= day {
        let before = total
        total = total + tranche.hours
        derivation.step(
          "Tranche «\(French.noBreak)\(tranche.name)\(French.noBreak)», affermie le \(confirmed.french)",
          before.french(adding: tranche.hours), gives: total.french)
      } else {
        derivation.note(
          Finding(
            .information, "trancheNotConfirmed",
            "La tranche «\(French.noBreak)\(tranche.name)\(French.noBreak)» n’est pas affermie au \(day.french)\(colon) "
              + "ses \(tranche.hours.french) ne sont pas dues."))
      }
    }
    let ordered = amendments.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
    for amendment in ordered.map(\.element) where amendment.day <= day {
      let before = total
      total = total + amendment.hours
      derivation.step(
        "\(amendment.name), \(amendment.day.french)", before.french(adding: amendment.hours), gives: total.french)
    }
    guard total >= Hours(0) else {
      derivation.step("Heures dues, ramenées à zéro", gives: Hours(0).french)
      derivation.note(
        Finding(
          .fault, "negativeDue", "Les modifications retirent plus d’heures que le contrat n’en prévoit.",
          mend: "Vérifiez les heures de chaque avenant."))
      return Hours(0)
    }
    return total
  }

  private func start(into derivation: inout Derivation) -> Hours {
    guard let value = basis == .minimum ? minimum : basis == .offer ? offer : [minimum, offer].compactMap(\.self).max()
    else { return Hours(0) }
    let fromOffer = basis == .offer || (basis == .larger && minimum.map { $0 < value } ?? true)
    let formula: String? =
      basis == .larger && minimum != nil && offer != nil
      ? "le plus grand de \((minimum ?? value).french) (minimum) et \((offer ?? value).french) (offre)" : nil
    derivation.step(
      fromOffer ? "Heures offertes par le titulaire" : "Minimum du donneur d’ordre", formula, gives: value.french)
    if !isPrivate { derivation.cite(fromOffer ? "R2152-7" : CommitmentArticle.clause(ccag)) }
    if let minimum, let offer, offer < minimum {
      derivation.note(
        Finding(
          .warning, "offerUnderMinimum",
          "L’offre (\(offer.french)) est sous le minimum du donneur d’ordre (\(minimum.french)).",
          mend: "Vérifiez si elle était régulière\(semicolon) "
            + "si le minimum est une condition d’exécution, c’est lui qui est dû."))
    }
    return value
  }
}

extension Hours {
  /// `500 h + 200 h` or `750 h − 650 h`.
  fileprivate func french(adding other: Hours) -> String {
    other < Hours(0) ? "\(french) \u{2212} \((Hours(0) - other).french)" : "\(french) + \(other.french)"
  }
}

/// The articles on which the hours due rest, for public contracts, in the general conditions that they refer to.
enum CommitmentArticle {
  static func clause(_ ccag: InsertionClause?) -> String { ccag?.french ?? InsertionClause.anywhere }
  static func lead(_ ccag: InsertionClause?) -> String {
    ccag?.paragraph(2) ?? "\(InsertionClause.anywhere), modalités"
  }
  static func release(_ ccag: InsertionClause?) -> [String] {
    ccag.map { [$0.paragraph(4, 4), $0.paragraph(5)] } ?? ["\(InsertionClause.anywhere), difficultés et pénalités"]
  }
}
