/// The published award of a contract or concession, repaired and typed: what the "données essentielles" say of it.
///
/// Fields follow the French orders of 22 December 2022 on the essential data of public contracts and of concessions;
/// the format of 2019 is read into the same value. Values are those of the first publication; ``terms`` applies the
/// amendments.
public struct AwardNotice: Sendable, Equatable {
  /// Who bought, and under which number: what makes two records the same contract.
  public struct Key: Sendable, Hashable {
    /// The buyer's establishment.
    public let buyer: SIRET
    /// The buyer's own number for the contract, 1 to 60 characters.
    public let number: String
    /// A key from its two parts.
    public init(buyer: SIRET, number: String) {
      self.buyer = buyer
      self.number = number
    }
  }

  /// Contract or concession: they have different thresholds, exceptions and fields.
  public enum Kind: String, Sendable, CaseIterable { case contract, concession }

  /// Which record this is.
  public var key: Key
  /// Contract or concession.
  public var kind: Kind
  /// The buyer's name, where the record gives one (the format of 2019 does, that of 2022 does not).
  public var buyerName: String?
  /// What is bought, in the buyer's words; U+FFFD marks letters that the publisher lost.
  public var object: String
  /// The nature of the contract in the publisher's list.
  public var nature: Nature?
  /// The main code of what is bought.
  public var cpv: CPVCode?
  /// The procedure, as written.
  public var procedure: String?
  /// How it is bought (framework, contest…).
  public var techniques: Techniques
  /// How it is performed (order forms, call-offs, tranches).
  public var modalities: Modalities
  /// The framework agreement that a call-off belongs to, by the buyer's number.
  public var frameworkNumber: String?
  /// Where it is performed.
  public var place: Place?
  /// How long it lasts, in months, as first published; 0 is a real value of the wild and is kept.
  public var durationMonths: Int?
  /// Day of notification; for a concession, of signature.
  public var notified: Day?
  /// Day from which a concession is performed.
  public var start: Day?
  /// Day on which the data were published; the later publication of a key wins.
  public var published: Day?
  /// Amount before tax, or the ceiling of a framework; a concession's overall value.
  public var amount: Euros?
  /// Who holds the contract, in the order of the record.
  public var holders: [Party]
  /// Form of the group of companies, as written.
  public var grouping: String?
  /// Social considerations declared.
  public var social: SocialConsiderations
  /// Environmental considerations declared, as written.
  public var environmental: [String]
  /// The general conditions (CCAG) it refers to, as written.
  public var generalConditions: String?
  /// Form of the price, as written.
  public var priceForm: String?
  /// How many offers came.
  public var offersReceived: Int?
  /// Changes of amount, duration or holders, in the order of their notification.
  public var amendments: [Amendment]
  /// Acts of subcontracting, amended ones at their latest state.
  public var subcontracts: [Subcontract]
  /// Who published the record, where it says so.
  public var source: String?

  /// A notice that says nothing beyond its key, kind and object; the rest is filled in afterwards.
  public init(key: Key, kind: Kind, object: String) {
    self.key = key
    self.kind = kind
    self.object = object
    techniques = []
    modalities = []
    holders = []
    social = .unstated
    environmental = []
    amendments = []
    subcontracts = []
  }
}

extension AwardNotice {
  /// The nature of a contract or concession in the publishers' lists of 2019 and 2022.
  public enum Nature: String, Sendable, CaseIterable {
    case contract = "Marché"
    case partnership = "Marché de partenariat"
    case defence = "Marché de défense ou de sécurité"
    case framework = "Accord-cadre"
    case callOff = "Marché subséquent"
    case worksConcession = "Concession de travaux"
    case serviceConcession = "Concession de service"
    case publicServiceConcession = "Concession de service public"
    case publicServiceDelegation = "Délégation de service public"
  }

  /// Techniques of purchase.
  public struct Techniques: OptionSet, Sendable, Hashable {
    /// One bit a technique.
    public let rawValue: Int
    /// A set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Accord-cadre.
    public static let framework = Techniques(rawValue: 1)
    /// Concours.
    public static let contest = Techniques(rawValue: 2)
    /// Système de qualification.
    public static let qualification = Techniques(rawValue: 4)
    /// Système d’acquisition dynamique.
    public static let dynamic = Techniques(rawValue: 8)
    /// Catalogue électronique.
    public static let catalogue = Techniques(rawValue: 16)
    /// Enchère électronique.
    public static let auction = Techniques(rawValue: 32)
  }

  /// Ways of performing.
  public struct Modalities: OptionSet, Sendable, Hashable {
    /// One bit a way.
    public let rawValue: Int
    /// A set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Tranches.
    public static let tranches = Modalities(rawValue: 1)
    /// Bons de commande.
    public static let orders = Modalities(rawValue: 2)
    /// Marchés subséquents.
    public static let callOffs = Modalities(rawValue: 4)
  }

  /// What the publisher says of social considerations.
  public struct SocialConsiderations: OptionSet, Sendable, Hashable {
    /// One bit a consideration; 0 says that the record does not speak of them.
    public let rawValue: Int
    /// A set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// The record does not say (format of 2019, empty or unusable field).
    public static let unstated: SocialConsiderations = []
    /// « Pas de considération sociale ».
    public static let none = SocialConsiderations(rawValue: 1)
    /// « Clause sociale ».
    public static let clause = SocialConsiderations(rawValue: 2)
    /// « Critère social ».
    public static let criterion = SocialConsiderations(rawValue: 4)
    /// « Marché réservé » or « Concession réservée ».
    public static let reserved = SocialConsiderations(rawValue: 8)

    /// Whether at least one consideration is declared.
    public var isPositive: Bool { !isDisjoint(with: [.clause, .criterion, .reserved]) }
  }

  /// The place of performance, as published.
  public struct Place: Sendable, Hashable {
    /// The kinds of code in the publishers' list.
    public enum Kind: String, Sendable, CaseIterable {
      case postcode = "Code postal"
      case commune = "Code commune"
      case arrondissement = "Code arrondissement"
      case canton = "Code canton"
      case departement = "Code département"
      case region = "Code région"
      case country = "Code pays"
    }
    /// The code, lost zeros restored.
    public var code: String
    /// What the code is one of; nil where the record does not say.
    public var kind: Kind?
    /// The name, where the record gives one.
    public var name: String?
    /// A place from its parts.
    public init(code: String, kind: Kind?, name: String? = nil) {
      self.code = code
      self.kind = kind
      self.name = name
    }
  }

  /// A company: holder or subcontractor.
  public struct Party: Sendable, Hashable {
    /// Its identifier, as written (a SIRET most of the time, not always a right one).
    public var identifier: String
    /// What the identifier is one of: SIRET, TVA, TAHITI, RIDET, FRWF, IREP, HORS-UE; nil where the record does not
    /// say.
    public var scheme: String?
    /// Its name, where the record gives one.
    public var name: String?
    /// A company from its parts.
    public init(identifier: String, scheme: String?, name: String? = nil) {
      self.identifier = identifier
      self.scheme = scheme
      self.name = name
    }
  }

  /// A change during performance.
  public struct Amendment: Sendable, Hashable {
    /// Its number in the record.
    public var number: String?
    /// Day of its notification (for a concession, of its signature).
    public var notified: Day?
    /// Day of its publication.
    public var published: Day?
    /// What changes, in the buyer's words (format of 2019).
    public var object: String?
    /// The new duration in months, where it changes.
    public var durationMonths: Int?
    /// The new amount, where it changes.
    public var amount: Euros?
    /// The new holders, where they change.
    public var holders: [Party]
    /// An amendment that changes nothing yet.
    public init() { holders = [] }
  }

  /// An act of subcontracting.
  public struct Subcontract: Sendable, Hashable {
    /// Its number in the record.
    public var number: String?
    /// Who performs.
    public var subcontractor: Party?
    /// Its duration in months.
    public var durationMonths: Int?
    /// Day of its notification.
    public var notified: Day?
    /// Its amount before tax.
    public var amount: Euros?
    /// An act that says nothing yet.
    public init() {}
  }

  /// What holds today: the first publication with its amendments applied.
  public struct Terms: Sendable, Equatable {
    /// Amount in force.
    public var amount: Euros?
    /// Duration in force, in months.
    public var durationMonths: Int?
    /// Holders in force.
    public var holders: [Party]
  }

  /// Amount, duration and holders once every amendment is applied, in the order of notification (undated ones keep
  /// their place in the record, after the dated).
  public var terms: Terms {
    var terms = Terms(amount: amount, durationMonths: durationMonths, holders: holders)
    for amendment in amendments {
      if let amount = amendment.amount { terms.amount = amount }
      if let months = amendment.durationMonths { terms.durationMonths = months }
      if !amendment.holders.isEmpty { terms.holders = amendment.holders }
    }
    return terms
  }

  /// Whether the amount is the ceiling of a framework agreement: such amounts repeat from record to record and are
  /// never added up.
  public var amountIsCeiling: Bool { nature == .framework || techniques.contains(.framework) }
}
