public import Clauses
import Exchange
import Foundation
import Records
import Storage

/// For whom someone may send a programme, and to which facilitation body.
public struct PrepareProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  /// The preparation.
  public init() {}

  /// The page.
  public struct Model: Sendable {
    /// The buyer, where the reader is one; a facilitator says for whom.
    public let buyer: Organisation?
    /// Bodies that it may go to, at least one unless nobody covers the buyer.
    public let bodies: [Organisation]
    /// The latest programmes, the last first.
    public let latest: [ProgrammeLineOfList]
    /// The columns of the template.
    public let fields: [PlannedField]
  }

  /// A programme in the list.
  public struct ProgrammeLineOfList: Sendable {
    /// Its identifier.
    public let id: ID<PurchaseProgramme>
    /// The buyer's name.
    public let buyerName: String
    /// The name of the file.
    public let fileName: String
    /// When it came.
    public let createdAt: Moment
    /// Where it stands, in words.
    public let state: String
    /// Whether it came without an account.
    public let isPublic: Bool
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    try actor.authorise(Self.right)
    let today = world.today()
    return try await world.database.read { db in
      let own = try actor.organisation.flatMap { try Organisations.find($0, in: db) }
      let isBody = own?.kind == .facilitationBody
      let latest = try PlannedReach.of(Self.right, for: actor, on: today, in: db).programmes(limit: 20, in: db)
      return Model(
        buyer: isBody ? nil : own,
        bodies: isBody ? own.map { [$0] } ?? [] : try Self.bodies(of: own, on: today, in: db),
        latest: latest.map {
          ProgrammeLineOfList(
            id: $0.id, buyerName: $0.buyerName, fileName: $0.fileName, createdAt: $0.createdAt, state: $0.state.label,
            isPublic: $0.createdBy == nil)
        }, fields: PlannedField.allCases)
    }
  }

  /// The active bodies whose territory holds a buyer's place.
  static func bodies(of buyer: Organisation?, on today: Day, in db: any Connection) throws -> [Organisation] {
    guard let buyer else { return [] }
    return try OrganisationTerritories.bodies(
      departements: Set([buyer.departement].compactMap(\.self)), communes: [buyer.commune].compactMap(\.self),
      on: today,
      in: db)
  }
}

extension StoredProgramme.State {
  /// The words for people.
  var label: String {
    switch self {
    case .draft: "à vérifier"
    case .sent: "pris en compte"
    case .undone: "annulé"
    }
  }
}

/// Takes a purchase programme in as a draft, to be looked at before any contract comes out of it.
public struct ReceiveProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme

  /// Where the file lies, for as long as this runs.
  public var path: String
  /// The name that its sender gave it.
  public var fileName: String
  /// The sheet, where one was chosen.
  public var sheet: String?
  /// The buyer's SIRET, as typed by a facilitator.
  public var buyer: String
  /// The buyer's name, as typed by a facilitator.
  public var buyerName: String
  /// The body that it is for, as chosen by a buyer.
  public var body: ID<Organisation>?

  /// A file that was sent.
  public init(
    path: String, fileName: String, sheet: String? = nil, buyer: String = "", buyerName: String = "",
    body: ID<Organisation>? = nil
  ) {
    (self.path, self.fileName, self.sheet) = (path, fileName, sheet)
    (self.buyer, self.buyerName, self.body) = (buyer, buyerName, body)
  }

  /// Reads the file and keeps its rows; gives the draft.
  ///
  /// Throws ``FieldFault`` for the form's fields, and for a file that cannot be read or holds no row.
  public func run(as actor: Actor, in world: World) async throws -> ID<PurchaseProgramme> {
    let person = try actor.signedIn(for: Self.right)
    let (form, today, now) = (self, world.today(), world.moment)
    let (parties, known) = try await world.database.read { db in
      let parties = try ProgrammeParties.of(
        actor, buyer: form.buyer, name: form.buyerName, body: form.body, on: today, in: db)
      return (parties, try Programmes.known(of: parties.buyer, in: db))
    }
    let file = try ReadProgrammeFile(path: path, fileName: fileName, sheet: sheet, known: known)
    let programme = file.programme(ID(at: now), of: parties, by: person.account, at: now)
    let rows = file.rows
    let keys = world.access.keys
    try await world.database.write { db in
      try Programmes.insert(programme, rows: rows, in: db)
      try Trail.write(
        TrailNote(
          .programmeReceived, kind: "programme", id: programme.id.description,
          changes: [TrailChange("acheteur", nil, parties.name), TrailChange("lignes", nil, String(rows.count))]),
        as: actor, at: now, keys: keys, in: db)
    }
    return programme.id
  }
}
