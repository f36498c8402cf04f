public import Clauses
import Records
import Storage

/// Gives a facilitation body or a coordination a territory from a day on.
public struct AddTerritory: Sendable {
  /// What one must be allowed.
  public static let right = Right.decideOrganisations

  /// The organisation.
  public var organisation: ID<Organisation>
  /// What the code names.
  public var kind: OrganisationTerritory.Kind
  /// INSEE code of a commune, SIREN of a group of communes, or code of a département.
  public var code: String
  /// The first day.
  public var first: Day

  /// A territory to add.
  public init(_ organisation: ID<Organisation>, kind: OrganisationTerritory.Kind, code: String, first: Day) {
    (self.organisation, self.kind, self.code, self.first) = (organisation, kind, code, first)
  }

  /// Adds it; false for an organisation that is not the reader's to decide on. Throws ``FieldFault``.
  ///
  /// Nobody gives their own organisation anything, nor gives what their own territory does not hold wholly; the operator
  /// of the machine may.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (given, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    let code = given.code.filter { !$0.isWhitespace }.uppercased()
    return try await world.database.write { db in
      guard let organisation = try Reach.organisation(given.organisation, Self.right, for: actor, on: today, in: db),
        try !DecideOrganisation.isOwn(given.organisation, of: actor, in: db)
      else { return false }
      guard [.facilitationBody, .coordination].contains(organisation.kind) else {
        throw FieldFault("code", "Seules les structures porteuses et les coordinations ont un territoire.")
      }
      guard try Territories.exists(given.kind.rawValue, code, in: db) else {
        throw FieldFault("code", "Aucun territoire connu ne porte ce code. Vérifiez-le et le genre choisi.")
      }
      guard try Reach.of(Self.right, for: actor, on: today, in: db).holds(given.kind, code, in: db) else {
        throw FieldFault(
          "code", "Ce territoire dépasse le vôtre\u{202F}: demandez-le à la personne qui exploite Marchepied.")
      }
      try OrganisationTerritories.insert(
        .init(kind: given.kind, code: code, first: given.first), of: organisation.id, in: db)
      try Trail.write(
        TrailNote(
          .territoryAdded, organisation: organisation.id,
          changes: [TrailChange(given.kind.label, nil, "\(code), depuis le \(given.first.french)")]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Ends a territory today.
public struct EndTerritory: Sendable {
  /// What one must be allowed.
  public static let right = Right.decideOrganisations
  private let organisation: ID<Organisation>
  private let kind: OrganisationTerritory.Kind
  private let code: String

  /// The end of a territory.
  public init(_ organisation: ID<Organisation>, kind: OrganisationTerritory.Kind, code: String) {
    (self.organisation, self.kind, self.code) = (organisation, kind, code)
  }

  /// Ends it; false for an organisation that is not the reader's to decide on.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (id, kind, code, today, now, keys) = (organisation, kind, code, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard try Reach.organisation(id, Self.right, for: actor, on: today, in: db) != nil,
        try !DecideOrganisation.isOwn(id, of: actor, in: db),
        try OrganisationTerritories.end(kind, code, of: id, before: today, in: db)
      else { return false }
      try Trail.write(
        TrailNote(
          .territoryEnded, organisation: id, changes: [TrailChange(kind.label, code, "retiré le \(today.french)")]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

extension OrganisationTerritory.Kind {
  /// The word for people.
  public var label: String {
    switch self {
    case .commune: "commune"
    case .epci: "intercommunalité"
    case .departement: "département"
    }
  }
}
