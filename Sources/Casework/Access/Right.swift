/// What an actor must be allowed for a use case to run; who is, and how far, stands in ``Rights``.
public enum Right: String, Sendable, Hashable, CaseIterable {
  /// Open data and reference figures.
  case readPublicData
  /// Signing in, registering, following a link.
  case enter
  /// One's own account: password, second factor, sessions, for whom one acts.
  case manageOwnAccount
  /// The pages of organisations.
  case readOrganisations
  /// An organisation's own page.
  case changeOrganisation
  /// The people of an organisation: who they are, as what.
  case readMembers
  /// Inviting, changing roles, handing over, ending.
  case manageMembers
  /// Validating, refusing, suspending organisations, and giving facilitation bodies their territories.
  case decideOrganisations
  /// Merging two organisations that are one.
  case mergeOrganisations
  /// Sending a purchase programme, correcting it, taking it back.
  case sendProgramme
  /// Planned contracts with their first opinion and their thread.
  case readPlanned
  /// Studying planned contracts: stage, follower, what is known of them.
  case studyPlanned
  /// The keys of an organisation's programs.
  case manageKeys
  /// The trail: who did what.
  case readTrail
  /// The requests of people about their data.
  case treatPersonalRequests
  /// Loading, recomputing, checking: whoever holds the machine's command line.
  case operate
}

/// How far a right goes.
public enum Scope: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Not at all.
  case nothing
  /// Counts of several people or contracts, never one of them.
  case aggregate
  /// What is about oneself.
  case account
  /// The organisation for which one acts.
  case organisation
  /// The territory of that organisation.
  case territory
  /// Everything.
  case everything

  /// Whether one goes less far than another.
  public static func < (a: Scope, b: Scope) -> Bool { a.rawValue < b.rawValue }

  /// The words for people.
  public var label: String {
    switch self {
    case .nothing: "non"
    case .aggregate: "totaux seulement"
    case .account: "soi-même"
    case .organisation: "son organisation"
    case .territory: "son territoire"
    case .everything: "oui"
    }
  }
}
