/// An organisation and what is known of it.
public struct Organisation: Sendable, Hashable {
  /// Its identifier.
  public let id: ID<Organisation>
  /// What it does in a clause.
  public var kind: OrganisationKind
  /// Its establishment; nil for what has no SIRET, such as a coordination carried by another body.
  public var siret: SIRET?
  /// Its name.
  public var name: String
  /// The activity code of the register (NAF), as published.
  public var naf: String?
  /// Number and street.
  public var address: String?
  /// Its postcode.
  public var postcode: String?
  /// The INSEE code of its commune.
  public var commune: String?
  /// The département, from its commune.
  public var departement: DepartementCode?
  /// Where it stands.
  public var state: OrganisationState
  /// Why it was refused or suspended.
  public var reason: String?
  /// The organisation that took it in.
  public var mergedInto: ID<Organisation>?
  /// When it was registered.
  public let createdAt: Moment
  /// When its state was last decided.
  public var decidedAt: Moment?
  /// Grows with each change.
  public var version: Int

  /// A new organisation.
  public init(
    id: ID<Organisation>, kind: OrganisationKind, siret: SIRET?, name: String, state: OrganisationState,
    createdAt: Moment
  ) {
    (self.id, self.kind, self.siret, self.name, self.state) = (id, kind, siret, name, state)
    (self.createdAt, version) = (createdAt, 1)
  }
}

/// Where a facilitation body or a coordination works, and since when.
public struct OrganisationTerritory: Sendable, Hashable {
  /// What the code names.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A commune, by its INSEE code.
    case commune
    /// A group of communes, by its SIREN.
    case epci
    /// A département.
    case departement
  }

  /// What the code names.
  public let kind: Kind
  /// The code.
  public let code: String
  /// The first day.
  public let first: Day
  /// The last day; nil while it lasts.
  public let last: Day?

  /// A territory.
  public init(kind: Kind, code: String, first: Day, last: Day? = nil) {
    (self.kind, self.code, self.first, self.last) = (kind, code, first, last)
  }
}

/// A merger of two pages of one organisation, kept so that it can be undone.
public struct OrganisationMerge: Sendable {
  /// Its identifier.
  public let id: ID<OrganisationMerge>
  /// The organisation that stays.
  public let kept: ID<Organisation>
  /// The one that was taken in.
  public let taken: ID<Organisation>
  /// When.
  public let mergedAt: Moment
  /// The memberships that moved, and the state that the one taken in had: `state membership membership …`.
  public let moved: String
  /// When it was undone.
  public var undoneAt: Moment?

  /// A new merger.
  public init(
    id: ID<OrganisationMerge>, kept: ID<Organisation>, taken: ID<Organisation>, mergedAt: Moment, moved: String
  ) {
    (self.id, self.kept, self.taken, self.mergedAt, self.moved) = (id, kept, taken, mergedAt, moved)
  }
}
