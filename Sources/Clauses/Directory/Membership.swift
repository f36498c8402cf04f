/// Someone’s account; what it holds is told to whoever may see it only.
public enum Account {}
/// A session of an account.
public enum OpenSession {}
/// A link that serves once.
public enum SentLink {}
/// What a provider of identities calls a person, tied to an account.
public enum TiedIdentity {}
/// A line of the trail.
public enum TrailLine {}

/// What someone is in an organisation, and for how long.
public struct Membership: Sendable, Hashable {
  /// Its identifier.
  public let id: ID<Membership>
  /// Whose.
  public let account: ID<Account>
  /// Where.
  public var organisation: ID<Organisation>
  /// As what.
  public var role: Role
  /// Whether this person also looks after the organisation's page and members.
  public var isAdministrator: Bool
  /// A facilitator's missions, in words.
  public var missions: String?
  /// A facilitator's share of a full time, in percent.
  public var timeShare: Int?
  /// A facilitator's skills, in words.
  public var skills: String?
  /// Who employs the facilitator, where it is not the organisation.
  public var employer: String?
  /// Since when.
  public let startedAt: Moment
  /// Until when; nil while it lasts.
  public var endedAt: Moment?
  /// Who took the portfolio over.
  public var successor: ID<Membership>?
  /// Grows with each change.
  public var version: Int

  /// A new membership.
  public init(
    id: ID<Membership>, account: ID<Account>, organisation: ID<Organisation>, role: Role, isAdministrator: Bool,
    startedAt: Moment
  ) {
    (self.id, self.account, self.organisation, self.role) = (id, account, organisation, role)
    (self.isAdministrator, self.startedAt, version) = (isAdministrator, startedAt, 1)
  }
}

/// How someone proved who they are.
public enum SignInMethod: String, Sendable, Hashable {
  /// With a password.
  case password
  /// By a link sent by e-mail.
  case link
  /// Through an identity provider.
  case federation
  /// By choosing a name, in a demonstration only.
  case demonstration

  /// The words for people.
  public var label: String {
    switch self {
    case .password: "mot de passe"
    case .link: "lien reçu par courriel"
    case .federation: "fournisseur d’identité"
    case .demonstration: "démonstration"
    }
  }
}
