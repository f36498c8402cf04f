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
            id: $0.id, buyerName: $0.buyerName, fileName: $0.fileName, createdAt: $0.createdAt, state: $0.state.label)
        }, fields: PlannedField.allCases)
    }
  }

  /// The active bodies whose territory holds a buyer's place.
  static func bodies(of buyer: Organisation?, on today: Day, in db: any Connection) throws -> [Organisation] {
    guard let buyer else { return [] }
    return try OrganisationTerritories.bodies(
      departement: buyer.departement, commune: buyer.commune, on: today, in: db)
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
    let today = world.today()
    let parties = try await parties(of: actor, on: today, in: world)
    let name = String(fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "fichier")
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: name)) { throw FieldFault("fichier", sentence) }
    let file: ProgrammeFile
    do {
      file = try ProgrammeFile(path: path, name: String(name.prefix(120)), sheet: sheet)
    } catch {
      throw FieldFault("fichier", "\(error)")
    }
    guard !file.rows.isEmpty else { throw FieldFault("fichier", "Ce fichier ne contient aucune ligne.") }
    let now = world.moment
    let known = try await world.database.read { try Programmes.known(of: parties.buyer, in: $0) }
    let columns =
      ProgrammeColumns.found(in: file.rows, known: known) ?? ProgrammeColumns.likely(in: file.rows, known: known)
      ?? ProgrammeColumns(titleRow: 0, titles: [], places: [:])
    // Rows above the titles are kept too: someone may say that the titles stand elsewhere.
    let rows = try file.rows.map { (number: $0.number, cells: try CellText.written($0.cells)) }
    let programme = StoredProgramme(
      id: ID(at: now), body: parties.body, buyer: parties.buyer, buyerName: parties.name,
      fileName: String(name.prefix(120)), sheet: file.sheet, titleRow: columns.titleRow,
      titles: try TitleText.written(columns.titles),
      places: PlaceText.written(columns.places), isCut: file.isCut, createdBy: person.account, createdAt: now)
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

  private struct Parties: Sendable {
    let body: ID<Organisation>
    let buyer: SIRET
    let name: String
  }

  private func parties(of actor: Actor, on today: Day, in world: World) async throws -> Parties {
    let (typed, chosen, typedName) = (buyer, body, buyerName)
    return try await world.database.read { db -> Parties in
      guard let own = try actor.organisation.flatMap({ try Organisations.find($0, in: db) }) else {
        throw Forbidden(reason: .role)
      }
      guard own.kind == .facilitationBody else {
        guard let siret = own.siret else {
          throw FieldFault("acheteur", "La fiche de votre organisation n’a pas de SIRET\u{202F}: complétez-la d’abord.")
        }
        let bodies = try PrepareProgramme.bodies(of: own, on: today, in: db)
        guard let body = bodies.first(where: { $0.id == chosen }) ?? (bodies.count == 1 ? bodies.first : nil) else {
          throw FieldFault("structure", "Choisissez la structure qui étudiera ces marchés.")
        }
        return Parties(body: body.id, buyer: siret, name: own.name)
      }
      let digits = typed.filter { !$0.isWhitespace }
      guard let siret = try? SIRET(digits), siret.hasValidKey else {
        throw FieldFault(
          "acheteur", "Ce n’est pas un SIRET\u{202F}: il a 14 chiffres, dont le dernier contrôle les autres.")
      }
      let known = try Organisations.find(siret, .buyer, in: db)?.name ?? Buyers.name(of: siret, in: db)
      let name = try PersonalText.optional(typedName, "nom", longest: 120) ?? known
      guard let name else {
        throw FieldFault("nom", "Donnez le nom de l’acheteur\u{202F}: ce SIRET n’est pas connu ici.")
      }
      return Parties(body: own.id, buyer: siret, name: name)
    }
  }
}
