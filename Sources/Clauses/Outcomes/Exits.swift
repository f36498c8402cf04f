/// The exits of a lot, a territory or a year: their classes, the rate of dynamic ones, when to ask for news.
///
/// Source: classes of exits of insertion through economic activity. Those withdrawn are left out of the base.
public struct Exits: Sendable, Equatable {
  /// A day on which to ask a person for news.
  public struct FollowUp: Sendable, Equatable {
    /// How many months after the exit.
    public let months: Int
    /// The day; in a month without that date, its last day.
    public let day: Day
    /// Whether it has come.
    public let isDue: Bool
  }

  /// An exit with its class.
  public struct Classed: Sendable, Equatable {
    /// The exit.
    public let exit: Exit
    /// Its class.
    public let kind: Exit.Class
    /// Why, in French.
    public let reason: String
    /// When to ask for news; none for those withdrawn.
    public let followUps: [FollowUp]
  }

  /// The exits, in the order given.
  public let all: [Classed]
  /// Those that count in the rate.
  public let base: Int
  /// Those that are dynamic.
  public let dynamic: Int
  /// The rate; nil where nobody counts.
  public let rate: Percent?
  /// How it was reached.
  public let derivation: Derivation

  /// How many exits of a class.
  public func count(_ kind: Exit.Class) -> Int { all.count { $0.kind == kind } }

  /// Classes exits; `today` tells which news are due. Throws where a figure is missing.
  public static func classed(
    _ exits: [Exit], policy: ExitPolicy = ExitPolicy(), on today: Day, figures: Figures
  ) throws(MissingFigure) -> Exits {
    var derivation = Derivation()
    var limit = policy.durableMonths
    var follow: [Int] = []
    for key in [FigureKey<Int>.exitFollowUpFirst, .exitFollowUpSecond, .exitFollowUpThird] {
      follow.append(derivation.use(try figures.counts.nearest(key, on: today)))
    }
    if limit == nil { limit = derivation.use(try figures.counts.nearest(.exitDurableMonths, on: today)) }
    let months = limit ?? 0
    var all: [Classed] = []
    for exit in exits {
      let (kind, reason) = classify(exit, months, policy, &derivation)
      var followUps: [FollowUp] = []
      for step in follow where kind != .withdrawn {
        let day = exit.day.adding(months: step)
        followUps.append(FollowUp(months: step, day: day, isDue: day <= today))
      }
      all.append(Classed(exit: exit, kind: kind, reason: reason, followUps: followUps))
    }
    let base = all.count { $0.kind != .withdrawn }
    let dynamic = all.count { $0.kind.isDynamic }
    let rate = Quotient(Int128(dynamic), over: Int128(base))?.percent()
    for kind in Exit.Class.allCases {
      derivation.step(capitalised(kind.french), gives: French.integer(all.count { $0.kind == kind }))
    }
    derivation.step(
      "Sorties dynamiques", "\(French.integer(dynamic)) sur \(French.integer(base)), hors sorties retirées du calcul",
      gives: rate?.french ?? "pas de taux, aucune sortie ne compte")
    return Exits(all: all, base: base, dynamic: dynamic, rate: rate, derivation: derivation)
  }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static func classify(
    _ exit: Exit, _ limit: Int, _ policy: ExitPolicy, _ derivation: inout Derivation
  ) -> (Exit.Class, String) {
    let name = capitalised(exit.kind.french)
    switch exit.kind {
    case .openEnded, .publicService, .business: return (.durable, "\(name)\(French.thin): emploi durable.")
    case .subsidised: return (.transition, "\(name)\(French.thin): emploi de transition.")
    case .training, .otherStructure: return (.positive, "\(name)\(French.thin): sortie positive.")
    case .unemployed, .inactive, .unknown: return (.other, "\(name)\(French.thin): autre sortie.")
    case .withdrawn: return (.withdrawn, "Sortie retirée du calcul du taux.")
    case .fixedTerm, .temporary:
      let span = "\(French.integer(limit)) mois"
      switch exit.duration(against: limit) {
      case nil:
        derivation.note(
          Finding(
            .warning, "durationMissing",
            "La durée du contrat (\(exit.kind.french)) n’est pas indiquée\(French.thin): la sortie est classée en "
              + "emploi de transition.", mend: "Indiquez sa durée en mois, ou son dernier jour.", place: exit.id))
        return (.transition, "\(name) de durée inconnue\(French.thin): emploi de transition.")
      case 0?:
        derivation.note(
          Finding(
            .information, "durationAtLimit",
            "Un contrat de \(span) exactement est classé ici en "
              + (policy.equalIsDurable ? "emploi durable" : "emploi de transition")
              + "\(French.thin): les textes disent «\(French.noBreak)plus\(French.noBreak)» et "
              + "«\(French.noBreak)moins\(French.noBreak)», le choix vous appartient.", place: exit.id))
        return policy.equalIsDurable
          ? (.durable, "\(name) de \(span)\(French.thin): emploi durable.")
          : (.transition, "\(name) de \(span)\(French.thin): emploi de transition.")
      case 1?: return (.durable, "\(name) de plus de \(span)\(French.thin): emploi durable.")
      default: return (.transition, "\(name) de moins de \(span)\(French.thin): emploi de transition.")
      }
    }
  }
}

extension FigureKey where Value == Int {
  /// Months from which the contract that follows is durable.
  public static var exitDurableMonths: Self { .init("exit.durableMonths") }
  /// Months after the exit at which news are asked for first.
  public static var exitFollowUpFirst: Self { .init("exit.followUp.first") }
  /// Months after the exit at which news are asked for again.
  public static var exitFollowUpSecond: Self { .init("exit.followUp.second") }
  /// Months after the exit at which news are asked for last.
  public static var exitFollowUpThird: Self { .init("exit.followUp.third") }
}
