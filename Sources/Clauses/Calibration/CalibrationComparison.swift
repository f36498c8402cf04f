extension Calibration {
  /// A case sized by every method that applies to it, side by side.
  public struct Comparison: Sendable, Equatable {
    /// A method that does not apply, and what it would need.
    public struct Excluded: Sendable, Equatable {
      /// The method.
      public let method: Method
      /// What is missing or wrong.
      public let gaps: [Gap]
    }

    /// The results, in the order of the methods, those of separate objectives included.
    public let sizings: [Sizing]
    /// The methods that do not apply.
    public let excluded: [Excluded]
    /// The spread explained.
    public let derivation: Derivation

    /// The results that count the same thing, hours of insertion, and are compared.
    public var compared: [Sizing] { sizings.filter { !$0.method.isSeparateObjective } }
    /// The results that count something else, shown beside: hours of training placements.
    public var beside: [Sizing] { sizings.filter(\.method.isSeparateObjective) }
    /// The one compared with the fewest hours; nil where no method applies.
    public var lowest: Sizing? { compared.min { $0.exactHours < $1.exactHours } }
    /// The one compared with the most hours; nil where no method applies.
    public var highest: Sizing? { compared.max { $0.exactHours < $1.exactHours } }
    /// The median of the whole hours compared; nil where no method applies.
    public var median: Hours? { Hours.median(of: compared.map(\.hours)) }
  }
}

extension Calibrator {
  /// A case by every method whose values are known or can be proposed, and why the results differ.
  public func compare(_ given: Calibration.Case) -> Calibration.Comparison {
    var sizings: [Sizing] = []
    var excluded: [Calibration.Comparison.Excluded] = []
    for method in Calibration.Method.allCases {
      do throws(Calibration.Gaps) {
        sizings.append(try size(given, by: method))
      } catch {
        excluded.append(.init(method: method, gaps: error.all))
      }
    }
    var derivation = Derivation()
    for sizing in sizings {
      let name = sizing.method.french
      derivation.step("\(name.prefix(1).uppercased())\(name.dropFirst())", gives: sizing.hours.french)
      for figure in sizing.derivation.figures { derivation.refer(to: figure) }
    }
    let result = Calibration.Comparison(sizings: sizings, excluded: excluded, derivation: derivation)
    for sizing in result.beside {
      for finding in sizing.derivation.findings where Calibration.separateFindings.contains(finding.code) {
        derivation.note(finding)
      }
    }
    guard let low = result.lowest, let high = result.highest else {
      let hasOther = !result.beside.isEmpty
      derivation.note(
        Finding(
          .warning, "noMethodApplies",
          "Aucune \(hasOther ? "autre " : "")méthode ne s’applique avec ces valeurs.",
          mend: "Donnez au moins un montant et un code CPV, ou des heures de main-d’œuvre et un taux."))
      return .init(sizings: sizings, excluded: excluded, derivation: derivation)
    }
    if result.compared.count > 1 {
      let gap = high.hours - low.hours
      derivation.note(
        Finding(
          .information, "spread",
          "De \(low.hours.french) (\(low.method.french)) à \(high.hours.french) (\(high.method.french))\(colon) "
            + "un écart de \(gap.french)."))
      for sizing in result.compared { derivation.note(explanation(of: sizing, given)) }
    }
    return .init(sizings: sizings, excluded: excluded, derivation: derivation)
  }

  /// What a method counts and leaves out, with the rate that its hours come to when that can be said.
  private func explanation(of sizing: Sizing, _ given: Calibration.Case) -> Finding {
    var sentence =
      switch sizing.method {
      case .labourShare: "Part de main-d’œuvre\(colon) suit le montant, la part, le taux et le coût retenus."
      case .labourHours: "Heures de main-d’œuvre\(colon) suit les heures annoncées, sans passer par le montant."
      case .cleaningTakeover:
        "Propreté avec reprise\(colon) compte tout le montant en main-d’œuvre, moins le personnel déjà en poste."
      case .perInvoiced: "Heures par euros facturés\(colon) suit la facturation, non le montant prévu."
      case .fullTimeEquivalent: "Équivalents temps plein\(colon) suit les postes voulus, quel que soit le montant."
      case .scale: "Barème\(colon) compte des heures de stage, un objectif à part."
      }
    if sizing.method != .labourShare,
      let answer = try? find(.init(.insertionRate, hours: sizing.exactHours), in: given, by: .labourShare),
      case .share(let rate)? = answer.value
    {
      sentence += " Ses \(sizing.exactHours.french) équivalent à un taux de \(rate.french) de la main-d’œuvre."
    }
    return Finding(.information, "spread.\(sizing.method.rawValue)", sentence)
  }
}

extension Calibration {
  /// The remarks of a separate objective that a comparison repeats.
  static let separateFindings: Set<String> = ["trainingScale", "scaleNeedsDuration"]
}

extension Hours {
  /// The middle one, or the mean of the two in the middle to the hundredth, half up; nil of none.
  static func median(of values: [Hours]) -> Hours? {
    let sorted = values.sorted()
    guard let high = sorted.dropFirst(sorted.count / 2).first else { return nil }
    guard sorted.count.isMultiple(of: 2) else { return high }
    let low = sorted[sorted.count / 2 - 1]
    return Hours(hundredths: (low.hundredths + high.hundredths + 1) / 2)
  }
}
