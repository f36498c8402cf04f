/// The duty to provide for social or employment considerations in the performance of a contract: whether it applies,
/// whether it is met.
///
/// Articles L2112-2-1 (contracts) and L3114-2-1 (concessions) of the code of public contracts, since 22 August 2026;
/// thresholds, dates and the list of exceptions are read in ``Figures``. The duty is wider than insertion: any genuine
/// social or employment condition of performance meets it, so that "met" never means "hours are due".
public struct LegalDuty: Sendable, Equatable {
  /// What is known of the contract that is being prepared.
  public struct Case: Sendable, Equatable {
    /// Contract or concession.
    public var kind: AwardNotice.Kind
    /// Works, supplies or services; without effect for a concession.
    public var category: PurchaseCategory
    /// What kind of buyer it is; one to be specified is held to the lowest threshold.
    public var buyer: BuyerType
    /// Value of the whole need before tax, all lots and renewals together.
    public var estimatedValue: Euros
    /// The day on which the notice is sent or the consultation begins.
    public var sentOn: Day
    /// Duration in months; nil where it is not known.
    public var durationMonths: Int?
    /// Whether it is a defence or security contract.
    public var isDefence = false
    /// Whether the services are social or other specific ones, which have a threshold of their own; nil where nobody
    /// said.
    public var isSocialService: Bool?
    /// What the tender documents hold.
    public var considerations: Set<Consideration> = []
    /// The exception that the buyer relies on.
    public var exception: Exception?
    /// Why the exception applies, in the buyer's words.
    public var reason: String?

    /// A case without considerations or exception; the rest is filled in afterwards.
    public init(
      kind: AwardNotice.Kind, category: PurchaseCategory, buyer: BuyerType, estimatedValue: Euros, sentOn: Day,
      durationMonths: Int? = nil
    ) {
      self.kind = kind
      self.category = category
      self.buyer = buyer
      self.estimatedValue = estimatedValue
      self.sentOn = sentOn
      self.durationMonths = durationMonths
    }
  }

  /// What tender documents may hold; only an execution condition meets the duty by itself.
  public enum Consideration: String, Sendable, CaseIterable { case execution, criterion, reserved }

  /// How a case stands towards the duty.
  public enum Outcome: String, Sendable, CaseIterable {
    /// There is no duty.
    case notApplicable
    /// An execution condition meets it.
    case met
    /// A valid exception with its reason stands instead.
    case excepted
    /// A criterion or a reservation alone: nobody has settled whether it is equivalent.
    case toConfirm
    /// Nothing meets it.
    case notMet

    /// The state as users read it.
    public var french: String {
      switch self {
      case .notApplicable: "l’obligation ne s’applique pas"
      case .met: "obligation remplie par une condition d’exécution"
      case .excepted: "exception retenue et motivée"
      case .toConfirm: "à confirmer\(colon) équivalence non établie"
      case .notMet: "obligation non remplie"
      }
    }
  }

  /// How the case stands.
  public let outcome: Outcome
  /// The same in words that say why, where the outcome alone does not.
  let standing: String?
  /// The threshold that the value was compared with; nil for a private contract.
  public let threshold: Figure<Euros>?
  /// The article of the duty; nil for a private contract.
  public let article: String?
  /// The exceptions that the law knows for such a case, whether or not one is relied on.
  public let exceptions: [Exception]
  /// Steps, remarks, figures and articles.
  public let derivation: Derivation

  /// How the case stands and why, in French: `contrat privé, hors du code de la commande publique`.
  public var outcomeText: String { standing ?? outcome.french }

  /// Whether the duty applies.
  public var applies: Bool { outcome != .notApplicable }

  /// Whether it is met, excepted, or does not apply; what is to be confirmed is not.
  public var isCompliant: Bool {
    switch outcome {
    case .notApplicable, .met, .excepted: true
    case .toConfirm, .notMet: false
    }
  }

  /// A contract between private parties: no article of the public code, no duty, its own penalties.
  public static let privateContract: LegalDuty = {
    var derivation = Derivation()
    derivation.step("Contrat privé", gives: "aucune obligation tirée du code de la commande publique")
    derivation.note(
      Finding(
        .information, "privateContract",
        "Contrat privé\(colon) le code de la commande publique ne s’y applique pas. Les engagements d’insertion et leurs "
          + "pénalités viennent de la charte ou du contrat lui-même.",
        mend: "Vérifiez d’abord que le donneur d’ordre n’est pas soumis au code, comme le sont bien des bailleurs "
          + "sociaux et des sociétés d’économie mixte."))
    return LegalDuty(
      outcome: .notApplicable, standing: "contrat privé, hors du code de la commande publique", threshold: nil,
      article: nil, exceptions: [], derivation: derivation)
  }()
}
