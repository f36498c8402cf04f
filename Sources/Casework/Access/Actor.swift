public import Clauses
import Records

/// Who asks.
public struct Actor: Sendable, Hashable {
  /// What is known of them.
  public enum Identity: Sendable, Hashable {
    /// Someone on the web whom the program does not know.
    case visitor
    /// Whoever runs commands on the machine itself.
    case machineOperator
    /// Someone who signed in.
    case person(Person)
    /// A program of an organisation, by its key.
    case key(Key)
  }

  /// Someone who signed in.
  public struct Person: Sendable, Hashable {
    /// Their account.
    public let account: ID<Account>
    /// Their session, which they may end.
    public let session: ID<OpenSession>
    /// For whom they act; nil where they belong to no organisation yet.
    public let acting: Acting?
    /// Whether a second factor was given.
    public let isStrong: Bool

    /// A person from what the session tells.
    public init(account: ID<Account>, session: ID<OpenSession>, acting: Acting?, isStrong: Bool) {
      (self.account, self.session, self.acting, self.isStrong) = (account, session, acting, isStrong)
    }
  }

  /// The organisation for which someone acts.
  public struct Acting: Sendable, Hashable {
    /// The membership.
    public let membership: ID<Membership>
    /// The organisation.
    public let organisation: ID<Organisation>
    /// As what.
    public let role: Role
    /// Whether they look after the organisation.
    public let isAdministrator: Bool
    /// Whether the organisation was validated; one that waits prepares, and sees nobody's data.
    public let isValidated: Bool

    /// A role in an organisation.
    public init(
      membership: ID<Membership>, organisation: ID<Organisation>, role: Role, isAdministrator: Bool, isValidated: Bool
    ) {
      (self.membership, self.organisation, self.role) = (membership, organisation, role)
      (self.isAdministrator, self.isValidated) = (isAdministrator, isValidated)
    }
  }

  /// A program that sends a key.
  public struct Key: Sendable, Hashable {
    /// The key.
    public let id: ID<APIKey>
    /// For whom it reads.
    public let organisation: ID<Organisation>
    /// As what.
    public let role: Role
    /// What it opens beside what anyone may read.
    public let permissions: Set<KeyPermission>
    /// Whether the organisation works.
    public let isValidated: Bool

    /// A program from what its key tells.
    public init(
      id: ID<APIKey>, organisation: ID<Organisation>, role: Role, permissions: Set<KeyPermission>, isValidated: Bool
    ) {
      (self.id, self.organisation, self.role) = (id, organisation, role)
      (self.permissions, self.isValidated) = (permissions, isValidated)
    }
  }

  /// What is known of them.
  public let identity: Identity
  /// The number of the request, for the trail and the logs.
  public var request: String?

  /// An actor.
  public init(_ identity: Identity, request: String? = nil) { (self.identity, self.request) = (identity, request) }

  /// Someone on the web whom the program does not know.
  public static let visitor = Actor(.visitor)
  /// Whoever runs commands on the machine itself.
  public static let machineOperator = Actor(.machineOperator)

  /// Who signed in; nil for anyone else.
  public var person: Person? { if case .person(let person) = identity { person } else { nil } }
  /// For whom they act.
  public var acting: Acting? { person?.acting }
  /// The program's key; nil for anyone else.
  public var key: Key? { if case .key(let key) = identity { key } else { nil } }
  /// The organisation for which they act, a person or a program.
  var organisation: ID<Organisation>? { acting?.organisation ?? key?.organisation }

  /// How far a right goes for this actor.
  public func scope(of right: Right) -> Scope { Rights.scope(of: right, for: self) }

  /// Whether this actor holds a right, however far it goes.
  public func may(_ right: Right) -> Bool { scope(of: right) != .nothing }

  /// Stops a use case, or a route, that the actor may not run.
  public func authorise(_ right: Right) throws(Forbidden) {
    guard may(right) else { throw Forbidden(reason: Rights.refusal(of: right, for: self)) }
  }

  /// The account of whoever signed in; stops a use case that needs one.
  func signedIn(for right: Right) throws(Forbidden) -> Person {
    try authorise(right)
    guard let person else { throw Forbidden(reason: .signIn) }
    return person
  }
}

/// The refusal of a use case that the actor may not run.
public struct Forbidden: Error, Equatable, CustomStringConvertible {
  /// What is missing.
  public enum Reason: Sendable, Equatable {
    /// To sign in.
    case signIn
    /// A second factor.
    case secondFactor
    /// The validation of the organisation.
    case validation
    /// A role.
    case role
    /// A permission of the key.
    case permission
  }

  /// What is missing.
  public let reason: Reason

  /// What to tell the user.
  public var description: String {
    switch reason {
    case .signIn: "Cette page demande de se connecter."
    case .secondFactor: "Cette page demande la double authentification."
    case .validation: "Votre organisation attend d’être validée."
    case .role: "Cette action n’est pas ouverte à votre compte."
    case .permission: "Cette clé d’accès n’ouvre pas cette information."
    }
  }

  /// What to do, in French.
  public var remedy: String {
    switch reason {
    case .signIn: "Connectez-vous, puis revenez à cette page."
    case .secondFactor:
      "Activez-la dans «\u{A0}Mon compte\u{A0}»\u{202F}: votre rôle donne accès à des données sensibles."
    case .validation: "Vous pouvez préparer votre fiche\u{202F}; le reste s’ouvrira après la validation."
    case .role: "Demandez-la à la personne qui administre votre organisation."
    case .permission: "Créez une clé qui porte cette permission, sur la fiche de votre organisation."
    }
  }
}
