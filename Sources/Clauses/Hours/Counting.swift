/// Raw facts under one counting policy: what is credited, and the reason of every hour that is not.
public struct Counting: Sendable, Equatable {
  /// The days of performance of the contract.
  public struct Performance: Sendable, Equatable {
    /// The first day.
    public var from: Day
    /// The last day; nil where it is not known.
    public var to: Day?

    /// From a day to another.
    public init(from: Day, to: Day?) {
      self.from = from
      self.to = to
    }
  }

  /// The entries, in the order of the facts.
  public let entries: [CountedEntry]
  /// Hours credited.
  public let credited: Hours
  /// Hours looked at.
  public let base: Hours
  /// What weights over one add.
  public let bonus: Hours
  /// The tutor's hours to be shown apart.
  public let apart: Hours
  /// Hours not credited, one a reason, in the order of the reasons.
  public let notCredited: [NotCredited]
  /// How it was reached.
  public let derivation: Derivation

  /// Counts facts.
  public init(_ facts: [CountingFact], policy: CountingPolicy, performance: Performance) {
    var derivation = Derivation()
    derivation.cite(CountingArticle.modalities(policy.ccag))
    var entries: [CountedEntry] = []
    var seen: Set<String> = []
    for (index, fact) in facts.enumerated() {
      let entry = EntryCount(fact, policy, performance).entry(place: "facts/\(index)", into: &derivation)
      entries.append(entry)
      let name =
        "\(fact.person)\u{1F}\(fact.month)\u{1F}\(fact.placement.modality.rawValue)\u{1F}\(fact.placement.start)"
      if !seen.insert(name).inserted {
        derivation.note(
          Finding(
            .warning, "declaredTwice",
            "\(fact.person), \(fact.month.french)\(colon) deux lignes pour le même contrat de travail et le même mois.",
            mend: "Vérifiez que la seconde ne répète pas la première.", place: "facts/\(index)"))
      }
      derivation.step(
        "\(entry.person), \(entry.month.french)", entry.formula, gives: "\(entry.credited.french) comptabilisées")
    }
    func sum(_ value: (CountedEntry) -> Hours) -> Hours { entries.reduce(Hours(0)) { $0 + value($1) } }
    let credited = sum(\.credited)
    let base = sum(\.base)
    let all = entries.flatMap(\.notCredited)
    let totals = NotCredited.Reason.allCases.compactMap { reason -> NotCredited? in
      let hours = all.filter { $0.reason == reason }.reduce(Hours(0)) { $0 + $1.hours }
      guard hours != Hours(0) else { return nil }
      return NotCredited(reason: reason, hours: hours, sentence: "\(hours.french)\(colon) \(reason.french)")
    }
    if entries.count > 1 {
      let terms = totals.map { "\u{2212} \($0.hours.french) (\($0.reason.french))" }
      let bonus = sum(\.bonus)
      let added = bonus == Hours(0) ? [] : ["+ \(bonus.french) (pondération)"]
      derivation.step(
        "Total", ([base.french] + terms + added).joined(separator: " "), gives: "\(credited.french) comptabilisées")
    }
    self.entries = entries
    self.credited = credited
    self.base = base
    bonus = sum(\.bonus)
    apart = sum(\.apart)
    notCredited = totals
    self.derivation = derivation
  }
}

extension CountedEntry {
  /// `140 h − 42 h (avant la décision d’éligibilité)`.
  fileprivate var formula: String? {
    var terms = [base.french] + notCredited.map { "\u{2212} \($0.hours.french) (\($0.reason.french))" }
    if bonus != Hours(0) { terms.append("+ \(bonus.french) (pondération ×\(French.thin)\(weight.frenchFactor))") }
    return terms.count > 1 ? terms.joined(separator: " ") : nil
  }
}
