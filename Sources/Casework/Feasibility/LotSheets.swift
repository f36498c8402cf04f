public import Clauses
import Records
import Storage
import Vault

/// Begins the sheet of a lot of a planned contract, or a new version of one that was signed.
public struct BeginSheet: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  /// The most lots of one contract that have a sheet.
  static let mostLots = 100

  private let planned: ID<PlannedDossier>
  private let lot: String
  private let typed: @Sendable (PlannedContract) -> String

  /// The sheet of a lot, by its name; empty for the whole contract. `typed` fills the form in from what is planned.
  public init(
    _ planned: ID<PlannedDossier>, lot: String, typed: @escaping @Sendable (PlannedContract) -> String
  ) {
    (self.planned, self.lot, self.typed) = (planned, lot, typed)
  }

  /// Gives the draft of that lot, the one that is there already or a new one; nil for a contract that is not the reader's.
  ///
  /// Throws ``FieldFault`` for a name that cannot be taken.
  public func run(as actor: Actor, in world: World) async throws -> ID<LotSheet>? {
    _ = try actor.signedIn(for: Self.right)
    let name = try PersonalText.optional(lot, "lot", longest: 120) ?? ""
    let (planned, typed, today, now, keys) = (planned, typed, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db -> ID<LotSheet>? in
      guard let dossier = try PlannedDossiers.find(planned, in: db),
        try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
      else { return nil }
      let all = try LotSheets.all(of: planned, in: db)
      let last = all.first { $0.lot.folded == name.folded }
      if let last, last.state == .draft { return last.id }
      guard last != nil || Set(all.map(\.lot)).count < Self.mostLots else {
        throw FieldFault(
          "lot", "Ce marché a déjà \(French.count(Self.mostLots, "fiche")) de lots\u{202F}: regroupez-en.")
      }
      let sheet = LotSheet(
        id: ID(at: now), planned: planned, lot: last?.lot ?? name, number: (last?.number ?? 0) + 1,
        typed: last?.typed ?? typed(dossier.contract), createdAt: now)
      try LotSheets.insert(sheet, body: dossier.body, in: db)
      try Trail.write(
        TrailNote(.sheetBegun, kind: "planned", id: planned.description, changes: [sheet.named]), as: actor, at: now,
        keys: keys, in: db)
      return sheet.id
    }
  }
}

extension LotSheet {
  /// Freezes it with what it says and proposes, tells the thread, and gives the words told; throws ``ChangedMeanwhile``.
  mutating func sign(
    _ proposal: Choice, method: String?, of input: LotInput, _ record: LotRecord, by signer: ID<Account>,
    at moment: Moment, in db: any Connection
  ) throws -> String {
    (self.proposal, self.method, self.record) = (proposal, method, record)
    (segment, amount) = (input.segment, input.given.amount)
    (state, signedBy, signedAt) = (.signed, signer, moment)
    guard try LotSheets.update(&self, in: db) else { throw ChangedMeanwhile() }
    let words =
      "Fiche signée\u{202F}: \(title). Proposition\u{202F}: \(proposal.hours.french)."
      + (proposal.reason.isEmpty ? "" : "\n\(proposal.reason)")
    try PlannedDossiers.add("sheet", words, to: planned, by: signer, at: moment, in: db)
    return words
  }

  /// Which one it is, for the trail.
  var named: TrailChange { TrailChange("fiche", nil, title) }

  /// `Lot 1, version 2`.
  public var title: String {
    "\(lot.isEmpty ? "Marché entier" : lot), version \(French.integer(number))"
  }
}

/// The sheets of a planned contract in a list.
public struct SheetLine: Sendable {
  /// The sheet.
  public let sheet: LotSheet
  /// Whether a later version of the same lot is signed.
  public let isReplaced: Bool

  /// The sheets that a reader sees: drafts are for those who study.
  static func all(of planned: ID<PlannedDossier>, mayStudy: Bool, in db: any Connection) throws -> [SheetLine] {
    var signed: Set<String> = []
    return try LotSheets.all(of: planned, in: db).compactMap { sheet in
      let isReplaced = signed.contains(sheet.lot)
      if sheet.state == .signed { signed.insert(sheet.lot) }
      return mayStudy || sheet.state == .signed ? SheetLine(sheet: sheet, isReplaced: isReplaced) : nil
    }
  }
}

/// One sheet: what was typed, what the rules say, what was proposed and chosen.
public struct ShowSheet: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned
  private let id: ID<LotSheet>
  private let read: LotReader

  /// The page of a sheet.
  public init(_ id: ID<LotSheet>, read: @escaping LotReader) { (self.id, self.read) = (id, read) }

  /// The page.
  public struct Model: Sendable {
    /// The sheet.
    public let sheet: LotSheet
    /// The planned contract.
    public let dossier: PlannedDossier
    /// What the rules say: what was signed, else today's; nil where a field is wrong.
    public let record: LotRecord?
    /// The purchase segments to choose from.
    public let segments: [SegmentSheet]
    /// Who signed it; nil where nobody did, or where their account is gone.
    public let signer: String?
    /// Whether the reader may change and sign it.
    public let mayStudy: Bool
    /// Whether the reader may say what the buyer retains.
    public let mayChoose: Bool
    /// Whether a later version of the same lot is signed.
    public let isReplaced: Bool
    /// The body that made it.
    public let body: String
  }

  /// Reads it; nil for one that the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, read, today, keys) = (id, read, world.today(), world.access.keys)
    let assessment = try LotAssessment(world)
    return try await world.database.read { db -> Model? in
      guard let (sheet, dossier, mayStudy) = try SheetGate.sheet(id, for: actor, on: today, in: db) else { return nil }
      var record = sheet.record
      if record == nil, let input = read(sheet.typed) {
        record = try assessment.record(input, of: dossier, lot: sheet.lot, in: db)
      }
      if !mayStudy { record = record?.seen(by: dossier.buyer) }
      let signer = try sheet.signedBy.flatMap { try Accounts.find($0, in: db) }.flatMap {
        $0.state == .active ? $0 : nil
      }
      let lines = try SheetLine.all(of: dossier.id, mayStudy: mayStudy, in: db)
      return Model(
        sheet: sheet, dossier: dossier, record: record, segments: assessment.segments,
        signer: try signer?.identity(keys).name, mayStudy: mayStudy,
        mayChoose: try sheet.state == .signed
          && PlannedReach.of(.sendProgramme, for: actor, on: today, in: db)
            .holds(body: dossier.body, buyer: dossier.buyer, in: db),
        isReplaced: lines.first { $0.sheet.id == id }?.isReplaced ?? false,
        body: try Organisations.find(dossier.body, in: db)?.name ?? "")
    }
  }
}

/// Who may see and change a sheet.
enum SheetGate {
  /// A sheet with its contract and whether the actor studies it; nil for one that the actor may not see.
  static func sheet(
    _ id: ID<LotSheet>, for actor: Actor, on today: Day, in db: any Connection
  ) throws -> (LotSheet, PlannedDossier, mayStudy: Bool)? {
    guard let sheet = try LotSheets.find(id, in: db), let dossier = try PlannedDossiers.find(sheet.planned, in: db),
      try PlannedReach.of(.readPlanned, for: actor, on: today, in: db)
        .holds(body: dossier.body, buyer: dossier.buyer, in: db)
    else { return nil }
    let mayStudy = try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
    return mayStudy || sheet.state == .signed ? (sheet, dossier, mayStudy) : nil
  }

  /// A draft at the version that was read; nil for one that is not the actor's, or was signed.
  static func draft(
    _ id: ID<LotSheet>, version: Int, for actor: Actor, on today: Day, in db: any Connection
  ) throws -> (LotSheet, PlannedDossier)? {
    guard let (sheet, dossier, mayStudy) = try sheet(id, for: actor, on: today, in: db), mayStudy, sheet.state == .draft
    else { return nil }
    guard sheet.version == version else { throw ChangedMeanwhile() }
    return (sheet, dossier)
  }
}

/// Keeps what was typed in a draft, right or wrong: nothing of it is lost.
public struct SaveSheet: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  /// The longest text of a form, in bytes.
  static let longest = 8_000

  private let id: ID<LotSheet>
  private let version: Int
  private let typed: String

  /// What was typed, as the version that was read.
  public init(_ id: ID<LotSheet>, version: Int, typed: String) {
    (self.id, self.version, self.typed) = (id, version, typed)
  }

  /// Writes it; false for a sheet that is not the reader's, or was signed. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    _ = try actor.signedIn(for: Self.right)
    try TypedForm.check(typed, longest: Self.longest, field: "montant")
    let (id, version, typed, today, now, keys) = (id, version, typed, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let (draft, dossier) = try SheetGate.draft(id, version: version, for: actor, on: today, in: db) else {
        return false
      }
      var sheet = draft
      guard sheet.typed != typed else { return true }
      sheet.typed = typed
      guard try LotSheets.update(&sheet, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(.sheetSaved, kind: "planned", id: dossier.id.description, changes: [sheet.named]), as: actor, at: now,
        keys: keys, in: db)
      return true
    }
  }
}

/// Takes a draft away.
public struct RemoveSheet: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  private let id: ID<LotSheet>
  private let version: Int

  /// The removal of the version that was read.
  public init(_ id: ID<LotSheet>, version: Int) { (self.id, self.version) = (id, version) }

  /// Gives the planned contract; nil for a sheet that is not the reader's, or was signed. Throws ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> ID<PlannedDossier>? {
    _ = try actor.signedIn(for: Self.right)
    let (id, version, today, now, keys) = (id, version, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let (sheet, dossier) = try SheetGate.draft(id, version: version, for: actor, on: today, in: db) else {
        return nil
      }
      guard try LotSheets.remove(id, version: version, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(.sheetRemoved, kind: "planned", id: dossier.id.description, changes: [sheet.named]), as: actor,
        at: now, keys: keys, in: db)
      return dossier.id
    }
  }
}

/// Signs a draft: what it says is kept as it is on that day, and the buyer reads it.
public struct SignSheet: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  /// What stands for hours that no method gives.
  public static let ownHours = "autre"

  private let id: ID<LotSheet>
  private let version: Int
  private let typed: String
  private let method: String
  private let hours: Hours?
  private let reason: String
  private let read: LotReader

  /// A signature under the hours of a method, or under hours of one's own with the reason; `typed` is what the form shows.
  public init(
    _ id: ID<LotSheet>, version: Int, typed: String, method: String, hours: Hours?, reason: String,
    read: @escaping LotReader
  ) {
    (self.id, self.version, self.typed, self.method) = (id, version, typed, method)
    (self.hours, self.reason, self.read) = (hours, reason, read)
  }

  /// Writes it; false for a sheet that is not the reader's, or was signed. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let why = try PersonalText.paragraphs(reason, "raison", longest: 1000) ?? ""
    try TypedForm.check(typed, longest: SaveSheet.longest, field: "montant")
    let (signature, today, now, access) = (self, world.today(), world.moment, world.access)
    let assessment = try LotAssessment(world)
    return try await world.database.write { db in
      guard
        let (draft, dossier) = try SheetGate.draft(
          signature.id, version: signature.version, for: actor, on: today, in: db)
      else { return false }
      var sheet = draft
      sheet.typed = signature.typed
      guard let input = signature.read(sheet.typed) else {
        throw FieldFault("methode", "Corrigez d’abord les champs signalés de la fiche.")
      }
      let record = try assessment.record(input, of: dossier, lot: sheet.lot, in: db)
      let proposal = LotSheet.Choice(hours: try signature.proposed(by: record, why), reason: why)
      let words = try sheet.sign(
        proposal, method: signature.method == Self.ownHours ? nil : signature.method, of: input, record,
        by: person.account, at: now, in: db)
      try PlannedLetter.tell(dossier, words, as: actor, at: now, in: access, in: db)
      try Trail.write(
        TrailNote(
          .sheetSigned, kind: "planned", id: dossier.id.description,
          changes: [sheet.named, TrailChange("heures proposées", nil, sheet.proposal?.hours.french)]), as: actor,
        at: now, keys: access.keys, in: db)
      return true
    }
  }

  private func proposed(by record: LotRecord, _ why: String) throws(FieldFault) -> Hours {
    guard method == Self.ownHours else {
      guard let hours = record.hours(by: method) else {
        throw FieldFault("methode", "Choisissez une méthode qui donne des heures, ou vos propres heures.")
      }
      return hours
    }
    guard let hours, hours.hundredths > 0 else {
      throw FieldFault("heures-proposees", "Donnez un nombre d’heures, par exemple 700.")
    }
    guard !why.isEmpty else {
      throw FieldFault(
        "raison", "Dites pourquoi ces heures diffèrent de celles des méthodes\u{202F}: l’acheteur le lira.")
    }
    return hours
  }
}

/// Notes what the buyer retains of a signed sheet: hours and why.
public struct ChooseHours: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  private let id: ID<LotSheet>
  private let version: Int
  private let hours: Hours?
  private let reason: String

  /// A choice, as the version that was read.
  public init(_ id: ID<LotSheet>, version: Int, hours: Hours?, reason: String) {
    (self.id, self.version, self.hours, self.reason) = (id, version, hours, reason)
  }

  /// Writes it; false for a sheet that is not the reader's, or was not signed. Throws ``FieldFault`` and
  /// ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    guard let hours, hours.hundredths >= 0 else {
      throw FieldFault("heures-retenues", "Donnez un nombre d’heures, 0 si aucune clause n’est retenue.")
    }
    let why = try PersonalText.paragraphs(reason, "motif-choix", longest: 1000) ?? ""
    let (choosing, today, now, access) = (self, world.today(), world.moment, world.access)
    return try await world.database.write { db in
      guard let (signed, dossier, mayStudy) = try SheetGate.sheet(choosing.id, for: actor, on: today, in: db),
        signed.state == .signed,
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: dossier.body, buyer: dossier.buyer, in: db)
      else { return false }
      var sheet = signed
      let isReplaced = try LotSheets.all(of: dossier.id, in: db).contains {
        $0.lot == signed.lot && $0.number > signed.number && $0.state == .signed
      }
      guard sheet.version == choosing.version, !isReplaced else { throw ChangedMeanwhile() }
      guard hours == sheet.proposal?.hours || !why.isEmpty else {
        throw FieldFault("motif-choix", "Dites pourquoi ces heures diffèrent de la proposition.")
      }
      let before = sheet.choice
      (sheet.choice, sheet.chosenAt) = (LotSheet.Choice(hours: hours, reason: why), now)
      guard sheet.choice != before else { return true }
      guard try LotSheets.update(&sheet, in: db) else { throw ChangedMeanwhile() }
      let whose = mayStudy ? "Choix de l’acheteur, noté par la structure" : "Choix de l’acheteur"
      let words =
        "\(whose)\u{202F}: \(hours.french) pour «\u{A0}\(sheet.title)\u{A0}»." + (why.isEmpty ? "" : "\n\(why)")
      try PlannedDossiers.add("sheet", words, to: dossier.id, by: person.account, at: now, in: db)
      try PlannedLetter.tell(dossier, words, as: actor, at: now, in: access, in: db)
      try Trail.write(
        TrailNote(
          .sheetChosen, kind: "planned", id: dossier.id.description,
          changes: [sheet.named, TrailChange("heures retenues", before?.hours.french, hours.french)]), as: actor,
        at: now, keys: access.keys, in: db)
      return true
    }
  }
}
