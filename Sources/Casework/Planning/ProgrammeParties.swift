import Clauses
import Exchange
import Foundation
import Records
import Storage

/// Between whom a programme goes: the buyer who plans, the facilitation body that will study it.
struct ProgrammeParties: Sendable {
  let body: ID<Organisation>
  let buyer: SIRET
  let name: String

  /// A buyer speaks for itself and chooses the body; a body says for whom. Throws ``FieldFault`` for what is missing.
  static func of(
    _ actor: Actor, buyer typed: String, name typedName: String, body chosen: ID<Organisation>?, on today: Day,
    in db: any Connection
  ) throws -> ProgrammeParties {
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
      return ProgrammeParties(body: body.id, buyer: siret, name: own.name)
    }
    let (siret, name) = try buyer(typed, name: typedName, in: db)
    return ProgrammeParties(body: own.id, buyer: siret, name: name)
  }

  /// The SIRET of a buyer, as typed.
  static func siret(_ typed: String) throws(FieldFault) -> SIRET {
    if let siret = try? SIRET(typed.filter { !$0.isWhitespace }), siret.hasValidKey { return siret }
    throw FieldFault(
      "acheteur", "Ce n’est pas un SIRET\u{202F}: il a 14 chiffres, dont le dernier contrôle les autres.")
  }

  /// A buyer by its SIRET, with the name by which it is known here, else the one that was typed.
  static func buyer(
    _ typed: String, name typedName: String, in db: any Connection
  ) throws -> (siret: SIRET, name: String) {
    let siret = try siret(typed)
    guard let name = try PersonalText.optional(typedName, "nom", longest: 120) ?? knownName(siret, in: db) else {
      throw unknownName
    }
    return (siret, name)
  }

  /// The same for a stranger: what is known of the number comes first, so that nobody writes under another's name.
  static func known(
    _ typed: String, name typedName: String, in db: any Connection
  ) throws -> (siret: SIRET, name: String) {
    let (siret, typed) = (try siret(typed), try PersonalText.optional(typedName, "nom", longest: 120))
    guard let name = try knownName(siret, in: db) ?? typed else { throw unknownName }
    return (siret, name)
  }

  /// The name of a buyer that someone validated, or that published contracts.
  private static func knownName(_ siret: SIRET, in db: any Connection) throws -> String? {
    let organisation = try Organisations.find(siret, .buyer, in: db)
    return try organisation?.state == .active ? organisation?.name : Buyers.name(of: siret, in: db)
  }

  private static let unknownName = FieldFault(
    "nom", "Donnez le nom de l’acheteur\u{202F}: ce SIRET n’est pas connu ici.")
}

/// A programme's file as it was read: its rows, and the columns that were recognised.
struct ReadProgrammeFile: Sendable {
  let name: String
  let sheet: String
  let isCut: Bool
  let columns: ProgrammeColumns
  /// The rows with their cells as the base keeps them, those above the titles too: someone may say that the titles stand
  /// elsewhere.
  let rows: [(number: Int, cells: String)]

  /// Reads a file; throws ``FieldFault`` for one that cannot be read, or holds no row.
  init(path: String, fileName: String, sheet wanted: String? = nil, known: [String: PlannedField]) throws {
    let last = String(fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "fichier")
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: last)) { throw FieldFault("fichier", sentence) }
    name = String(last.prefix(120))
    let file: ProgrammeFile
    do {
      file = try ProgrammeFile(path: path, name: name, sheet: wanted)
    } catch {
      throw FieldFault("fichier", "\(error)")
    }
    guard !file.rows.isEmpty else { throw FieldFault("fichier", "Ce fichier ne contient aucune ligne.") }
    sheet = String((NIRDetector.masked(file.sheet, onlyWithKey: false) ?? file.sheet).prefix(120))
    isCut = file.isCut
    columns =
      ProgrammeColumns.found(in: file.rows, known: known) ?? ProgrammeColumns.likely(in: file.rows, known: known)
      ?? ProgrammeColumns(titleRow: 0, titles: [], places: [:])
    rows = try file.rows.map { (number: $0.number, cells: try CellText.written($0.cells)) }
  }

  /// The draft that it makes.
  func programme(
    _ id: ID<PurchaseProgramme>, of parties: ProgrammeParties, by account: ID<Account>?, at now: Moment
  ) -> StoredProgramme {
    StoredProgramme(
      id: id, body: parties.body, buyer: parties.buyer, buyerName: parties.name, fileName: name, sheet: sheet,
      titleRow: columns.titleRow, titles: (try? TitleText.written(columns.titles)) ?? "[]",
      places: PlaceText.written(columns.places), isCut: isCut, createdBy: account, createdAt: now)
  }
}
