public import Clauses
import Exchange
import Records
import Storage

/// Fills a demonstration with invented programmes, and with what was done about their contracts; nothing is sent to anyone.
public struct LoadPlanned: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// An invented contract.
  public struct Sample: Sendable {
    /// Its fields, as typed.
    public var typed: [PlannedField: String]
    /// Where it stands.
    public var stage: PlannedStage
    /// Why it was set aside.
    public var reason: String?
    /// How many days ago it came.
    public var daysAgo: Int
    /// What was said, the buyer first, then each in turn.
    public var messages: [String]
    /// The sheet that was signed: what was typed, what that is, and why.
    public var sheet: (typed: String, input: LotInput, reason: String)?
    /// The wording that was sent: what was typed, and what that is.
    public var tender: (@Sendable (TenderSeed) -> (typed: String, terms: TenderTerms))?

    /// A contract that has just come.
    public init(
      _ typed: [PlannedField: String], stage: PlannedStage = .received, reason: String? = nil, daysAgo: Int,
      messages: [String] = [], sheet: (typed: String, input: LotInput, reason: String)? = nil,
      tender: (@Sendable (TenderSeed) -> (typed: String, terms: TenderTerms))? = nil
    ) {
      (self.typed, self.stage, self.reason) = (typed, stage, reason)
      (self.daysAgo, self.messages, self.sheet, self.tender) = (daysAgo, messages, sheet, tender)
    }
  }

  /// The programme of one buyer.
  public struct Group: Sendable {
    /// Where the buyer and the body are.
    public var departement: DepartementCode
    /// Which of the buyers that have people, from 0.
    public var rank: Int
    /// The name of the file.
    public var file: String
    /// Its contracts.
    public var samples: [Sample]

    /// A programme from its parts.
    public init(departement: DepartementCode, rank: Int, file: String, _ samples: [Sample]) {
      (self.departement, self.rank, self.file, self.samples) = (departement, rank, file, samples)
    }
  }

  private let groups: [Group]

  /// The loading of some programmes.
  public init(_ groups: [Group]) { self.groups = groups }

  /// Writes them in one transaction; false where there are planned contracts already, or nobody to study them.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let groups = groups
    let assessment = try LotAssessment(world)
    return try await world.database.write { db in
      guard try PlannedDossiers.isEmpty(in: db) else { return false }
      let members = try Memberships.invented(in: db)
      var isLoaded = false
      for group in groups {
        func first(_ role: Role, rank: Int) throws -> (Membership, Organisation)? {
          var found: [(Membership, Organisation)] = []
          for member in members where member.role == role {
            guard let organisation = try Organisations.find(member.organisation, in: db),
              organisation.departement == group.departement, organisation.state == .active,
              !found.contains(where: { $0.1.id == organisation.id })
            else { continue }
            found.append((member, organisation))
          }
          return found.indices.contains(rank) ? found[rank] : nil
        }
        guard let (facilitator, body) = try first(.facilitator, rank: 0),
          let (clerk, buyer) = try first(.buyer, rank: group.rank), let siret = buyer.siret
        else { continue }
        try Loading(
          group: group, facilitator: facilitator, body: body.id, clerk: clerk, buyer: siret, name: buyer.name,
          assessment: assessment, world: world
        ).run(in: db)
        isLoaded = true
      }
      return isLoaded
    }
  }
}

/// The loading of one programme.
private struct Loading {
  let group: LoadPlanned.Group
  let facilitator: Membership
  let body: ID<Organisation>
  let clerk: Membership
  let buyer: SIRET
  let name: String
  let assessment: LotAssessment
  let world: World

  private func moment(_ daysAgo: Int, hours: Int64 = 0) -> Moment {
    world.moment.adding(hours: -24 * Int64(daysAgo) + hours)
  }

  func run(in db: any Connection) throws {
    let delay = try world.firstOpinionDelay()
    let cells = ProgrammeCells(departements: world.figures.departements.mapValues(\.name))
    let oldest = group.samples.map(\.daysAgo).max() ?? 0
    let programme = StoredProgramme.typed(
      ID(at: moment(oldest)), origin: group.file, body: body, buyer: buyer, buyerName: name,
      places: PlaceText.written(.inOrder), by: clerk.account, at: moment(oldest))
    let rows = try group.samples.enumerated().map { rank, sample in
      (
        number: rank + 1,
        cells: try CellText.written(PlannedField.allCases.map { WorkbookCell.text(sample.typed[$0] ?? "") })
      )
    }
    try Programmes.insert(programme, rows: rows, in: db)
    for (rank, sample) in group.samples.enumerated() {
      guard let contract = cells.line(row: rank + 1, typed: sample.typed).contract else { continue }
      let at = moment(sample.daysAgo)
      var dossier = PlannedDossier(
        id: ID(at: at.adding(minutes: Int64(rank))), body: body, buyer: buyer, buyerName: name, contract: contract,
        receivedAt: at, answerDue: delay.due(since: world.today().adding(days: -sample.daysAgo)),
        programme: programme.id)
      try PlannedDossiers.receive(
        dossier, "Reçu avec le fichier «\u{A0}\(group.file)\u{A0}», ligne \(rank + 1).", by: clerk.account, at: at,
        in: db)
      for (turn, words) in sample.messages.enumerated() {
        try PlannedDossiers.add(
          "message", words, to: dossier.id, by: turn.isMultiple(of: 2) ? clerk.account : facilitator.account,
          at: moment(sample.daysAgo, hours: Int64(turn + 1)), in: db)
      }
      if let sheet = sample.sheet { try sign(sheet, of: dossier, in: db) }
      if let tender = sample.tender { try issue(tender, of: dossier, in: db) }
      guard sample.stage != .received else { continue }
      (dossier.stage, dossier.reason, dossier.assigned) = (sample.stage, sample.reason, facilitator.id)
      guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
    }
    try Trail.write(
      TrailNote(
        .programmeTaken, kind: "programme", id: programme.id.description,
        changes: [TrailChange("nouveaux marchés", nil, String(rows.count))]), as: .machineOperator, at: world.moment,
      keys: world.access.keys, in: db)
  }

  private func issue(
    _ sample: @Sendable (TenderSeed) -> (typed: String, terms: TenderTerms), of dossier: PlannedDossier,
    in db: any Connection
  ) throws {
    let at = dossier.receivedAt.adding(hours: 48)
    let (figures, keys) = (world.figures, world.access.keys)
    let seed = try TenderSeed(dossier, by: facilitator.account, figures: figures, on: world.today(), keys, in: db)
    let (typed, terms) = sample(seed)
    let tender = Tender(id: ID(at: at), planned: dossier.id, typed: typed, createdAt: at)
    try Tenders.insert(tender, in: db)
    let drafts = try TenderDrafting(terms, figures: figures).drafts()
    try TenderIssues.insert(
      TenderIssue(
        tender: tender.id, number: 1, typed: typed, drafts: try TenderIssue.written(drafts),
        papers: try TenderPaper(
          dossier: dossier, body: seed.body, tender: tender.id, version: 1, day: seed.today, terms: terms,
          isDraft: false
        ).written(drafts),
        issuedBy: facilitator.account, issuedAt: at), in: db)
  }

  private func sign(
    _ sample: (typed: String, input: LotInput, reason: String), of dossier: PlannedDossier, in db: any Connection
  ) throws {
    let at = dossier.receivedAt.adding(hours: 6)
    var sheet = LotSheet(id: ID(at: at), planned: dossier.id, lot: "", number: 1, typed: sample.typed, createdAt: at)
    try LotSheets.insert(sheet, body: body, in: db)
    let record = try assessment.record(sample.input, of: dossier, lot: "", in: db)
    let method = Calibration.Method.labourShare.rawValue
    guard let hours = record.hours(by: method) else { return }
    _ = try sheet.sign(
      LotSheet.Choice(hours: hours, reason: sample.reason), method: method, of: sample.input, record,
      by: facilitator.account, at: at, in: db)
  }
}
