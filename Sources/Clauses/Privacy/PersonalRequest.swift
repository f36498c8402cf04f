/// A request that someone makes about the data kept on them, and the words of its life.
///
/// Source: RGPD, chapter III; the articles themselves stand in the reference figures.
public enum PersonalRequest {
  /// What is asked.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// To know what is kept, and have a copy.
    case access
    /// To correct what is wrong.
    case rectification
    /// To erase.
    case erasure
    /// To freeze, for a time.
    case limitation
    /// To stop a processing, for reasons of one's own.
    case objection
    /// To take one's data elsewhere.
    case portability

    /// The words for people, without capital.
    public var label: String {
      switch self {
      case .access: "accès à mes données"
      case .rectification: "rectification"
      case .erasure: "effacement"
      case .limitation: "limitation"
      case .objection: "opposition"
      case .portability: "portabilité"
      }
    }

    /// The article that gives the right.
    public var article: FigureKey<LegalText> {
      switch self {
      case .access: .article("RGPD-15")
      case .rectification: .article("RGPD-16")
      case .erasure: .article("RGPD-17")
      case .limitation: .article("RGPD-18")
      case .objection: .article("RGPD-21")
      case .portability: .article("RGPD-20")
      }
    }

    /// Whether the request says nothing without a text: what to correct, or which reasons one has.
    public var needsText: Bool { self == .rectification || self == .objection }
  }

  /// Where a request stands.
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// Nobody has done anything about it yet.
    case received
    /// Someone is on it.
    case underWay = "under-way"
    /// The person has an answer.
    case answered
    /// Nothing is left to do; it is erased some months later.
    case closed

    /// The words for people.
    public var label: String {
      switch self {
      case .received: "reçue"
      case .underWay: "en cours"
      case .answered: "répondue"
      case .closed: "close"
      }
    }

    /// Whether the person still waits for an answer.
    public var isOpen: Bool { self == .received || self == .underWay }
  }

  /// What the person was answered.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// All that was asked was done.
    case accepted
    /// A part of it was.
    case partial
    /// Nothing was, for a reason.
    case refused

    /// The words for people.
    public var label: String {
      switch self {
      case .accepted: "acceptée"
      case .partial: "acceptée en partie"
      case .refused: "refusée"
      }
    }

    /// Whether the person must be told why.
    public var needsReason: Bool { self != .accepted }
  }

  /// How it was made sure that whoever asks is who they say; no document is ever kept.
  public enum IdentityProof: String, Sendable, Hashable, CaseIterable {
    /// The request was made from an account, with its own e-mail.
    case account
    /// They answered from an address that was known before.
    case knownAddress = "known-address"
    /// They were met, and are known.
    case met
    /// A document was looked at, and no copy was kept.
    case documentSeen = "document-seen"

    /// The words for people.
    public var label: String {
      switch self {
      case .account: "compte connecté, avec la même adresse"
      case .knownAddress: "réponse depuis une adresse déjà connue"
      case .met: "personne rencontrée et connue"
      case .documentSeen: "pièce d’identité montrée, sans copie"
      }
    }
  }

  /// Something done about a request.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    case received, verified, assigned, noted, extended, answered, closed

    /// The words for people.
    public var label: String {
      switch self {
      case .received: "demande reçue"
      case .verified: "identité vérifiée"
      case .assigned: "demande attribuée"
      case .noted: "note"
      case .extended: "délai prolongé"
      case .answered: "réponse donnée"
      case .closed: "demande close"
      }
    }
  }
}
