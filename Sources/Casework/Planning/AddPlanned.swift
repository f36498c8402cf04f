public import Clauses
import Exchange
import Records
import Storage

/// The form of one planned contract: blank, or filled in with what is published of the contract that it renews.
public struct PreparePlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  private let award: Int64?

  /// The form; `award` is the row of a published contract.
  public init(renewing award: Int64? = nil) { self.award = award }

  /// The form.
  public struct Model: Sendable {
    /// The buyer, where the reader is one; a facilitator says for whom.
    public let buyer: Organisation?
    /// Bodies that it may go to.
    public let bodies: [Organisation]
    /// The published contract that it renews.
    public let renewed: Renewed?
  }

  /// What is published of a contract that ends.
  public struct Renewed: Sendable {
    /// Its row.
    public let award: Int64
    /// Its buyer.
    public let buyer: SIRET
    /// Its buyer's name, where it is known.
    public let buyerName: String?
    /// Its buyer's number.
    public let number: String
    /// What the form proposes.
    public let proposed: PlannedContract
  }

  /// Reads the form; nil for a published contract that is not known, or is another buyer's than the reader.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (award, today) = (award, world.today())
    let departements = world.figures.departements
    return try await world.database.read { db -> Model? in
      let own = try actor.organisation.flatMap { try Organisations.find($0, in: db) }
      let isBody = own?.kind == .facilitationBody
      var renewed: Renewed?
      if let award {
        guard let stored = try Awards.find(award, in: db), isBody || stored.notice.key.buyer == own?.siret else {
          return nil
        }
        let notice = stored.notice
        renewed = Renewed(
          award: award, buyer: notice.key.buyer,
          buyerName: try notice.buyerName ?? Buyers.name(of: notice.key.buyer, in: db), number: notice.key.number,
          proposed: PlannedContract(renewing: notice, in: stored.departement.flatMap { departements[$0] }))
      }
      return Model(
        buyer: isBody ? nil : own,
        bodies: isBody
          ? own.map { [$0] } ?? [] : try PrepareProgramme.bodies(of: own, on: today, in: db), renewed: renewed)
    }
  }
}

/// Plans one contract that someone typed, or that renews a published one; it lives then like a line of a programme.
public struct AddPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme

  /// What was typed in each field.
  public var typed: [PlannedField: String]
  /// The buyer's SIRET, as typed by a facilitator.
  public var buyer: String
  /// The buyer's name, as typed by a facilitator.
  public var buyerName: String
  /// The body that it is for, as chosen by a buyer.
  public var body: ID<Organisation>?
  /// The row of the published contract that it renews.
  public var award: Int64?

  /// A contract to plan.
  public init(
    _ typed: [PlannedField: String], buyer: String = "", buyerName: String = "", body: ID<Organisation>? = nil,
    renewing award: Int64? = nil
  ) {
    (self.typed, self.buyer, self.buyerName, self.body, self.award) = (typed, buyer, buyerName, body, award)
  }

  /// Writes it, and gives it; throws ``FieldFaults``.
  public func run(as actor: Actor, in world: World) async throws -> ID<PlannedDossier> {
    let person = try actor.signedIn(for: Self.right)
    let line = ProgrammeCells(departements: world.figures.departements.mapValues(\.name)).line(row: 1, typed: typed)
    // Typed by hand, every remark is to be mended: nothing is left out in silence.
    let faults = line.remarks.map { FieldFault($0.key.rawValue, $0.value.sentence) }
    let (form, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    let due = try world.firstOpinionDelay().due(since: today)
    return try await world.database.write { db in
      let parties: ProgrammeParties
      do {
        parties = try ProgrammeParties.of(
          actor, buyer: form.buyer, name: form.buyerName, body: form.body, on: today, in: db)
      } catch let fault as FieldFault {
        throw FieldFaults(faults + [fault])
      }
      guard faults.isEmpty, let contract = line.contract else { throw FieldFaults(faults) }
      let key = PlannedDossier.key(of: contract)
      let bodies = try Organisations.family(of: parties.body, in: db)
      if try PlannedDossiers.keyed(bodies: bodies, buyer: parties.buyer, in: db)[key] != nil {
        throw FieldFaults([.alreadyPlanned(contract)])
      }
      let renewed = try form.renewed(by: parties, in: db)
      let programme = StoredProgramme.typed(
        ID(at: now), origin: renewed == nil ? "saisie à la main" : "renouvellement repéré", body: parties.body,
        buyer: parties.buyer, buyerName: parties.name, places: PlaceText.written(.inOrder), by: person.account, at: now)
      let cells = PlannedField.allCases.map { WorkbookCell.text(line.typed[$0] ?? "") }
      try Programmes.insert(programme, rows: [(1, try CellText.written(cells))], in: db)
      var dossier = PlannedDossier(
        id: ID(at: now), body: parties.body, buyer: parties.buyer, buyerName: parties.name, contract: contract,
        receivedAt: now, answerDue: due, programme: programme.id)
      dossier.renews = renewed
      try PlannedDossiers.receive(
        dossier,
        renewed.map { "Prévu d’après le repérage\u{202F}: renouvellement du marché nº\u{A0}\($0)." }
          ?? "Saisi à la main.",
        by: person.account, at: now, in: db)
      try Trail.write(
        TrailNote(
          .plannedAdded, kind: "planned", id: dossier.id.description,
          changes: [TrailChange("acheteur", nil, parties.name), TrailChange("objet", nil, contract.object)]),
        as: actor, at: now, keys: keys, in: db)
      return dossier.id
    }
  }

  /// The number of the published contract; throws where it is another buyer's, or is followed already.
  private func renewed(by parties: ProgrammeParties, in db: any Connection) throws -> String? {
    guard let award else { return nil }
    guard let key = try Awards.find(award, in: db)?.notice.key, key.buyer == parties.buyer else {
      throw FieldFaults([
        FieldFault("acheteur", "Le marché publié est celui d’un autre acheteur\u{202F}: gardez son SIRET.")
      ])
    }
    let bodies = try Organisations.family(of: parties.body, in: db)
    guard try !PlannedDossiers.renewing(key.number, of: key.buyer, in: db).contains(where: { bodies.contains($0.body) })
    else {
      throw FieldFaults([
        FieldFault("object", "Le renouvellement de ce marché est déjà dans la programmation\u{202F}: cherchez-le là.")
      ])
    }
    return key.number
  }
}

extension FieldFault {
  /// Another contract of the buyer is known by the same reference, or the same object.
  static func alreadyPlanned(_ contract: PlannedContract) -> FieldFault {
    contract.reference == nil
      ? FieldFault(
        "object",
        "Un autre marché de cet acheteur porte déjà cette désignation\u{202F}: précisez-la, ou corrigez l’autre.")
      : FieldFault("reference", "Un autre marché de cet acheteur porte déjà cette référence.")
  }
}

extension [PlannedField: Int] {
  /// Each field in a column of its own, as lines typed here are kept.
  static var inOrder: [PlannedField: Int] {
    Dictionary(uniqueKeysWithValues: PlannedField.allCases.enumerated().map { ($1, $0) })
  }
}

extension PlannedContract {
  /// What changes towards another, in one sentence for the thread.
  func told(to other: PlannedContract) -> String {
    differences(to: other).map {
      "\($0.field.label)\u{202F}: \($0.before ?? "non renseigné") → \($0.after ?? "non renseigné")"
    }
    .joined(separator: "\u{202F}; ")
  }

  /// What a published contract lets expect of the one that renews it: the same object, amount and duration, beginning when
  /// it ends.
  ///
  /// `departement` is where it is performed. An estimate to be corrected with the buyer, never a fact.
  init(renewing notice: AwardNotice, in departement: Clauses.Departement?) {
    self.init(object: String(notice.object.prefix(ProgrammeBounds.object)))
    cpv = notice.cpv
    category = notice.cpv.map { PurchaseCategory(of: $0) }
    amount = notice.amountInForce.flatMap { $0.cents > 0 ? $0 : nil }
    months = notice.durationInForce.flatMap { ProgrammeBounds.months.contains($0) ? $0 : nil }
    place = departement.map { "\($0.name) (\($0.code.code))" }
    self.departement = departement?.code
    start = notice.expectedEnd?.adding(days: 1).month
    isFramework = notice.amountIsCeiling ? true : nil
  }
}
