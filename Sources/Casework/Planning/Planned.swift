public import Clauses
import Exchange
import Records
import Storage
import Vault

/// Within how long a first opinion is given.
struct FirstOpinionDelay: Sendable {
  private let days: Int
  private let calendar: WorkingCalendar

  /// The day on which it is due for a contract that came on a day.
  func due(since day: Day) -> Day { calendar.adding(days, .working, to: day) }

  fileprivate init(_ world: World) throws {
    days = try world.figures.counts.figure(.firstOpinionDays, on: world.today()).value
    calendar = WorkingCalendar(figures: world.figures)
  }
}

extension World {
  /// Within how long a first opinion is given, by today's figures.
  func firstOpinionDelay() throws -> FirstOpinionDelay { try FirstOpinionDelay(self) }
}

extension FigureKey where Value == Int {
  /// Working days for a first opinion on a planned contract.
  static var firstOpinionDays: Self { .init("programme.firstOpinionDays") }
  /// Days for which a draft that nobody takes is kept.
  static var draftKeptDays: Self { .init("programme.draftKeptDays") }
  /// Months for which whoever sent a programme without an account is known.
  static var senderKeptMonths: Self { .init("programme.senderKeptMonths") }
  /// Drafts that came without an account and may wait for one body.
  static var mostWaiting: Self { .init("programme.mostWaiting") }
}

extension PlannedDossiers {
  /// Adds a contract that its programme brings, with the first line of its thread.
  static func receive(
    _ dossier: PlannedDossier, _ origin: String, by account: ID<Account>?, at now: Moment, in db: any Connection
  ) throws {
    try insert(dossier, in: db)
    try keep(nil, of: dossier.id, version: 1, programme: dossier.programme, in: db)
    try add("received", origin, to: dossier.id, by: account, at: now, in: db)
  }
}

/// The planned contracts that someone follows, the first due first.
public struct ListPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned
  /// Lines a page.
  public static let pageSize = 50

  /// One stage only; nil: all that are not over.
  public var stage: PlannedStage?
  /// Words to be found.
  public var words: String?
  /// Only those that the reader follows.
  public var isMine: Bool
  /// The page, from 0.
  public var page: Int

  /// A list.
  public init(stage: PlannedStage? = nil, words: String? = nil, isMine: Bool = false, page: Int = 0) {
    (self.stage, self.words, self.isMine, self.page) = (stage, words, isMine, page)
  }

  /// One line.
  public struct Line: Sendable {
    /// The dossier.
    public let dossier: PlannedDossier
    /// What can be told of it already.
    public let opinion: FirstOpinion
    /// Who follows it.
    public let follower: String?
    /// Whether its first opinion is late.
    public let isLate: Bool
  }

  /// The page.
  public struct Model: Sendable {
    /// The lines.
    public let lines: [Line]
    /// How many there are at each stage.
    public let counts: [PlannedStage: Int]
    /// Whether a page follows.
    public let hasNext: Bool
    /// Whether the reader may send a programme.
    public let maySend: Bool
    /// Programmes that came without an account and that the reader is to look at.
    public let waiting: Int
    /// Today.
    public let today: Day
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    try actor.authorise(Self.right)
    let (list, today, keys) = (self, world.today(), world.access.keys)
    let opinions = try Opinions(world)
    return try await world.database.read { db -> Model in
      guard var filter = try PlannedReach.of(Self.right, for: actor, on: today, in: db).filter else {
        return Model(
          lines: [], counts: [:], hasNext: false, maySend: actor.may(.sendProgramme), waiting: 0, today: today)
      }
      filter.words = list.words
      if list.isMine { filter.assigned = actor.acting?.membership }
      let counts = try PlannedDossiers.counts(filter, in: db)
      filter.stage = list.stage
      let found = try PlannedDossiers.list(
        filter, offset: list.page * Self.pageSize, limit: Self.pageSize + 1, in: db)
      let basis = try opinions.basis(in: db)
      let names = try Followers(found.compactMap(\.assigned), keys: keys, in: db)
      return Model(
        lines: try found.prefix(Self.pageSize).map { dossier in
          Line(
            dossier: dossier, opinion: try opinions.opinion(on: dossier.contract, of: dossier.buyer, basis),
            follower: names[dossier.assigned],
            isLate: dossier.stage.awaitsOpinion && dossier.answerDue < today)
        }, counts: counts, hasNext: found.count > Self.pageSize, maySend: actor.may(.sendProgramme),
        waiting: try actor.may(.studyPlanned)
          ? Programmes.waitingWithoutAccount(for: filter.bodies ?? [], in: db) : 0, today: today)
    }
  }
}

/// What first opinions are worked out from.
struct Opinions: Sendable {
  private let rules: FeasibilityRules
  private let version: String
  private let today: Day

  init(_ world: World) throws {
    let spotting = try world.rules()
    rules = try FeasibilityRules(spotting)
    version = spotting.version
    today = world.today()
  }

  func basis(in db: any Connection) throws -> Spottings.Basis {
    try SpottingBasis.read(figuresVersion: version, in: db)
  }

  func opinion(on contract: PlannedContract, of buyer: SIRET, _ basis: Spottings.Basis) throws -> FirstOpinion {
    try rules.opinion(
      on: contract, buyer: basis.type(of: buyer) ?? BuyerType.estimated(from: buyer),
      structures: basis.structures(contract.departement), sentOn: today)
  }
}

/// The names of those who follow dossiers.
struct Followers {
  private var names: [ID<Membership>: String] = [:]

  init(_ members: [ID<Membership>], keys: KeyRing, in db: any Connection) throws {
    let memberships = try Memberships.find(all: Set(members), in: db)
    let accounts = try Accounts.find(all: Set(memberships.map(\.account)), in: db)
    for membership in memberships {
      names[membership.id] = try accounts[membership.account]?.identity(keys).name
    }
  }

  subscript(_ member: ID<Membership>?) -> String? { member.flatMap { names[$0] } }
}

/// One planned contract: what is known, the first opinion, the thread.
public struct ShowPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned
  private let id: ID<PlannedDossier>

  /// The page of a planned contract.
  public init(_ id: ID<PlannedDossier>) { self.id = id }

  /// A step of the thread.
  public struct Step: Sendable {
    /// When.
    public let at: Moment
    /// Who; nil for the program itself, or for an account that was erased.
    public let who: String?
    /// Whether it is something that someone wrote to the others.
    public let isMessage: Bool
    /// What was said or done.
    public let words: String
  }

  /// The page.
  public struct Model: Sendable {
    /// The dossier.
    public let dossier: PlannedDossier
    /// What can be told of it.
    public let opinion: FirstOpinion
    /// The name of its département.
    public let departement: String?
    /// Who follows it.
    public let follower: String?
    /// Who may follow it, for a reader who may say so.
    public let followers: [(id: ID<Membership>, name: String)]
    /// The thread, the oldest first.
    public let steps: [Step]
    /// Whether the reader may study it: stage, follower, fields.
    public let mayStudy: Bool
    /// Whether the first opinion is late.
    public let isLate: Bool
    /// The sheets of its lots that the reader may see.
    public let sheets: [SheetLine]
    /// The wording of its consultation, where there is one that the reader may see.
    public let tender: ID<Tender>?
  }

  /// Reads it; nil for one that the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, today, keys) = (id, world.today(), world.access.keys)
    let opinions = try Opinions(world)
    let departements = world.figures.departements
    return try await world.database.read { db -> Model? in
      guard let dossier = try PlannedDossiers.find(id, in: db),
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: dossier.body, buyer: dossier.buyer, in: db)
      else { return nil }
      let mayStudy = try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
      let steps = try PlannedDossiers.steps(of: id, in: db)
      let accounts = try Accounts.find(all: Set(steps.compactMap(\.account)), in: db)
      let facilitators =
        try mayStudy
        ? Memberships.all(of: actor.organisation ?? dossier.body, in: db).filter {
          $0.role == .facilitator && $0.endedAt == nil
        } : []
      let members = facilitators.map(\.id) + [dossier.assigned].compactMap(\.self)
      let names = try Followers(members, keys: keys, in: db)
      return Model(
        dossier: dossier,
        opinion: try opinions.opinion(
          on: dossier.contract, of: dossier.buyer, try opinions.basis(in: db)),
        departement: dossier.contract.departement.flatMap { departements[$0]?.name }, follower: names[dossier.assigned],
        followers: facilitators.compactMap { member in names[member.id].map { (member.id, $0) } },
        steps: try steps.map { step in
          let account = step.account.flatMap { accounts[$0] }.flatMap { $0.state == .active ? $0 : nil }
          return Step(
            at: step.at, who: try account?.identity(keys).name, isMessage: step.kind == "message", words: step.words)
        }, mayStudy: mayStudy, isLate: dossier.stage.awaitsOpinion && dossier.answerDue < today,
        sheets: try SheetLine.all(of: id, mayStudy: mayStudy, in: db),
        tender: try Tenders.find(of: id, in: db).flatMap { tender in
          try mayStudy || !TenderIssues.all(of: tender.id, in: db).isEmpty ? tender.id : nil
        })
    }
  }
}

/// Who may work on a planned contract.
enum PlannedGate {
  static func mayStudy(
    _ dossier: PlannedDossier, _ actor: Actor, on today: Day, in db: any Connection
  ) throws -> Bool {
    try PlannedReach.of(.studyPlanned, for: actor, on: today, in: db)
      .holds(body: dossier.body, buyer: dossier.buyer, in: db)
  }
}

/// Moves a planned contract to another stage, or gives it to someone.
public struct StudyPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned

  /// The dossier.
  public var id: ID<PlannedDossier>
  /// The version that was read.
  public var version: Int
  /// The stage, by its name.
  public var stage: String
  /// Why, asked for a contract that is set aside.
  public var reason: String
  /// Who follows it, by their membership; empty for nobody.
  public var follower: String

  /// A decision.
  public init(_ id: ID<PlannedDossier>, version: Int, stage: String, reason: String, follower: String) {
    (self.id, self.version, self.stage) = (id, version, stage)
    (self.reason, self.follower) = (reason, follower)
  }

  /// Writes it; false for one that the reader may not study. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    guard let stage = PlannedStage(rawValue: stage) else {
      throw FieldFault("etape", "Choisissez une étape de la liste.")
    }
    let why = try PersonalText.optional(reason, "motif", longest: 500)
    guard stage != .setAside || why != nil else {
      throw FieldFault("motif", "Dites pourquoi le marché est écarté\u{202F}: l’acheteur lira ce motif.")
    }
    let (study, today, now, access) = (self, world.today(), world.moment, world.access)
    let keys = access.keys
    return try await world.database.write { db in
      guard var dossier = try PlannedDossiers.find(study.id, in: db),
        try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
      else { return false }
      let before = dossier
      guard dossier.version == study.version else { throw ChangedMeanwhile() }
      dossier.stage = stage
      dossier.reason = stage == .setAside ? why : nil
      dossier.assigned = try study.follower(among: actor.organisation ?? dossier.body, in: db)
      guard dossier != before else { return true }
      guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
      let names = try Followers([dossier.assigned, before.assigned].compactMap(\.self), keys: keys, in: db)
      var told: [String] = []
      if before.stage != stage { told.append("Étape\u{202F}: \(before.stage.label) → \(stage.label).") }
      if let why, stage == .setAside { told.append("Motif\u{202F}: \(why)") }
      if before.assigned != dossier.assigned {
        told.append("Suivi par\u{202F}: \(names[dossier.assigned] ?? "personne").")
      }
      try PlannedDossiers.add("stage", told.joined(separator: " "), to: study.id, by: person.account, at: now, in: db)
      if before.stage != stage {
        try PlannedLetter.tell(dossier, told.joined(separator: "\n"), as: actor, at: now, in: access, in: db)
      }
      try Trail.write(
        TrailNote(
          .plannedStudied, kind: "planned", id: study.id.description,
          changes: [
            TrailChange("étape", before.stage.label, stage.label), TrailChange("motif", before.reason, dossier.reason),
            TrailChange("suivi", before.assigned?.description, dossier.assigned?.description),
          ].filter { $0.before != $0.after }), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }

  private func follower(among body: ID<Organisation>, in db: any Connection) throws -> ID<Membership>? {
    guard !follower.isEmpty else { return nil }
    guard let id = ID<Membership>(follower), let member = try Memberships.find(id, in: db),
      member.organisation == body, member.endedAt == nil, member.role == .facilitator
    else { throw FieldFault("suivi", "Choisissez une personne de la structure.") }
    return id
  }
}

/// Corrects what is known of a planned contract.
public struct ChangePlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned

  /// The dossier.
  public var id: ID<PlannedDossier>
  /// The version that was read.
  public var version: Int
  /// What was typed in each field.
  public var typed: [PlannedField: String]

  /// A correction.
  public init(_ id: ID<PlannedDossier>, version: Int, typed: [PlannedField: String]) {
    (self.id, self.version, self.typed) = (id, version, typed)
  }

  /// Writes it; false for one that the reader may not study. Throws ``FieldFaults`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let cells = ProgrammeCells(departements: world.figures.departements.mapValues(\.name))
    let line = cells.line(row: 0, typed: typed)
    // Typed by hand, every remark is to be mended: nothing is left out in silence.
    let faults = line.remarks.map { FieldFault($0.key.rawValue, $0.value.sentence) }
    guard faults.isEmpty, let contract = line.contract else { throw FieldFaults(faults) }
    let (id, version, today, now, keys) = (id, version, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard var dossier = try PlannedDossiers.find(id, in: db),
        try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
      else { return false }
      guard dossier.version == version else { throw ChangedMeanwhile() }
      let before = dossier.contract
      dossier.contract = contract
      let changes = before.differences(to: contract)
      guard !changes.isEmpty || before.departement != contract.departement else { return true }
      let key = PlannedDossier.key(of: contract)
      let bodies = try Organisations.family(of: dossier.body, in: db)
      if let other = try PlannedDossiers.keyed(bodies: bodies, buyer: dossier.buyer, in: db)[key], other.id != id {
        throw FieldFaults([.alreadyPlanned(contract)])
      }
      guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
      try PlannedDossiers.add(
        "changed", before.told(to: contract), to: id, by: person.account, at: now, in: db)
      try Trail.write(
        TrailNote(
          .plannedChanged, kind: "planned", id: id.description,
          changes: changes.map { TrailChange($0.field.label, $0.before, $0.after) }),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Writes a message in the thread of a planned contract: the body and the buyer both read it.
public struct WriteToPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned

  /// The dossier.
  public var id: ID<PlannedDossier>
  /// What is said.
  public var words: String

  /// A message.
  public init(_ id: ID<PlannedDossier>, words: String) { (self.id, self.words) = (id, words) }

  /// Writes it; false for a dossier that the reader may not see. Throws ``FieldFault``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let lines = words.split(whereSeparator: \.isNewline).map { $0.split(separator: " ").joined(separator: " ") }
    let text = lines.filter { !$0.isEmpty }.joined(separator: "\n")
    guard !text.isEmpty else { throw FieldFault("message", "Écrivez votre message.") }
    guard text.count <= 4000 else {
      throw FieldFault("message", "Ce message est trop long\u{202F}: 4\u{202F}000 caractères au plus.")
    }
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: text)) { throw FieldFault("message", sentence) }
    let (id, today, now, access) = (id, world.today(), world.moment, world.access)
    let keys = access.keys
    return try await world.database.write { db in
      guard let dossier = try PlannedDossiers.find(id, in: db),
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: dossier.body, buyer: dossier.buyer, in: db)
      else { return false }
      try PlannedDossiers.add("message", text, to: id, by: person.account, at: now, in: db)
      try PlannedLetter.tell(dossier, text, as: actor, at: now, in: access, in: db)
      try Trail.write(
        TrailNote(.plannedMessage, kind: "planned", id: id.description), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// What is wrong with several fields of a form; nothing was written.
public struct FieldFaults: Error, Sendable, CustomStringConvertible {
  /// The faults, one a field.
  public let all: [FieldFault]
  /// Some faults.
  public init(_ all: [FieldFault]) { self.all = all }
  /// One line a fault.
  public var description: String { all.map(\.description).joined(separator: "\n") }
}
