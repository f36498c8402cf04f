public import Clauses
import Foundation
import Records
import Storage
import Vault

/// Reads the fields of the form of a wording; nil where one of them is wrong.
public typealias TenderReader = @Sendable (_ typed: String) -> TenderTerms?

/// What the wording of a consultation begins with.
public struct TenderSeed: Sendable {
  /// The planned contract.
  public let contract: PlannedContract
  /// The buyer's name.
  public let buyer: String
  /// The facilitation body.
  public let body: String
  /// The name and e-mail of whoever begins it.
  public let contact: [String]
  /// The lots whose sheets were signed, with the hours that hold.
  public let lots: [(name: String, hours: Hours?)]
  /// The codes of the people whom the clause may be for.
  public let publics: [(code: String, name: String)]
  /// Days that a formal notice leaves, unless something else is said.
  public let noticeDays: Int
  /// Working days to give a document that is asked for, unless something else is said.
  public let documentDays: Int
  /// The day of the next month by which hours are declared, unless something else is said.
  public let declarationDay: Int
  /// Today.
  public let today: Day
}

extension TenderSeed {
  init(
    _ dossier: PlannedDossier, by account: ID<Account>, figures: Figures, on today: Day, _ keys: KeyRing,
    in db: any Connection
  ) throws {
    contract = dossier.contract
    buyer = dossier.buyerName
    body = try Organisations.find(Organisations.surviving(dossier.body, in: db), in: db)?.name ?? ""
    contact = try Accounts.find(account, in: db)?.identity(keys).lines ?? []
    lots = try SheetLine.all(of: dossier.id, mayStudy: true, in: db)
      .filter { $0.sheet.state == .signed && !$0.isReplaced && $0.sheet.hours?.hundredths != 0 }
      .map { ($0.sheet.lot, $0.sheet.hours) }
    publics = TenderPublics.all(figures, on: today)
    noticeDays = try figures.counts.nearest(.noticeDelayDays, on: today).value
    documentDays = try figures.counts.nearest(.deadlineRequestWorkingDays, on: today).value
    declarationDay = try figures.counts.nearest(.deadlineDayOfNextMonth, on: today).value
    self.today = today
  }
}

extension Identity {
  /// Name and e-mail, as a document gives a contact.
  fileprivate var lines: [String] { [name, email.text] }
}

/// The people whom clauses may be for on a day, as the list of the general conditions names them.
public enum TenderPublics {
  /// Their codes and names, in the order of the list.
  public static func all(_ figures: Figures, on day: Day) -> [(code: String, name: String)] {
    var seen: Set<String> = []
    return figures.contents.publics.filter { $0.holds(on: day) && $0.value.list == .ccag }
      .map { ($0.value.code, $0.value.label) }.filter { seen.insert($0.0).inserted }
  }
}

/// Begins the wording of the consultation of a planned contract.
public struct BeginTender: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  private let planned: ID<PlannedDossier>
  private let typed: @Sendable (TenderSeed) -> String

  /// The wording of a planned contract; `typed` fills the form in from what is known.
  public init(_ planned: ID<PlannedDossier>, typed: @escaping @Sendable (TenderSeed) -> String) {
    (self.planned, self.typed) = (planned, typed)
  }

  /// Gives the wording, the one that is there already or a new one; nil for a contract that is not the reader's.
  public func run(as actor: Actor, in world: World) async throws -> ID<Tender>? {
    let person = try actor.signedIn(for: Self.right)
    let (planned, typed, today, now, keys) = (planned, typed, world.today(), world.moment, world.access.keys)
    let figures = world.figures
    return try await world.database.write { db -> ID<Tender>? in
      guard let dossier = try PlannedDossiers.find(planned, in: db),
        try PlannedGate.mayStudy(dossier, actor, on: today, in: db)
      else { return nil }
      if let tender = try Tenders.find(of: planned, in: db) { return tender.id }
      let seed = try TenderSeed(dossier, by: person.account, figures: figures, on: today, keys, in: db)
      let tender = Tender(id: ID(at: now), planned: planned, typed: typed(seed), createdAt: now)
      try Tenders.insert(tender, in: db)
      try Trail.write(
        TrailNote(.tenderBegun, kind: "planned", id: planned.description), as: actor, at: now, keys: keys, in: db)
      return tender.id
    }
  }
}

/// One wording: what was typed, the pieces, what does not agree, what was sent.
public struct ShowTender: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned
  private let id: ID<Tender>
  private let read: TenderReader

  /// The page of a wording.
  public init(_ id: ID<Tender>, read: @escaping TenderReader) { (self.id, self.read) = (id, read) }

  /// A document that the buyer pasted, with what was read in it.
  public struct Pasted: Sendable {
    /// Which document.
    public let document: TenderDossier.Document
    /// Its text.
    public let text: String
    /// What was read of each lot, and from which words.
    public let lots: [TenderTextReader.LotReading]
  }

  /// What is to be published of a lot.
  public struct Published: Sendable {
    /// The lot's name.
    public let lot: String
    /// The codes.
    public let codes: PublicationCodes
  }

  /// A sending.
  public struct Issue: Sendable {
    /// Which, from 1.
    public let number: Int
    /// When.
    public let at: Moment
    /// Who sent it; nil where their account is gone.
    public let by: String?
  }

  /// The page.
  public struct Model: Sendable {
    /// The wording; what was typed is that of the last sending for a reader who does not study.
    public let tender: Tender
    /// The planned contract.
    public let dossier: PlannedDossier
    /// What the form says; nil where a field is wrong.
    public let terms: TenderTerms?
    /// The pieces: today's, or those of the last sending for a reader who does not study.
    public let drafts: [TenderDraft]
    /// What does not agree, and what the law forbids; with the buyer's own documents where some were pasted.
    public let remarks: Derivation
    /// The documents that the buyer pasted.
    public let pasted: [Pasted]
    /// What to publish, lot by lot.
    public let published: [Published]
    /// What was sent, the last first.
    public let issues: [Issue]
    /// Whether the reader may change and send it.
    public let mayStudy: Bool
    /// Whether it changed since it was last sent.
    public let isChanged: Bool
    /// The version of each pasted document, by its name; one that was taken away still counts.
    public let pastedVersions: [String: Int]
    /// Whether the reader may paste documents.
    public let mayPaste: Bool
    /// The people whom the clause may be for, by code.
    public let publics: [(code: String, name: String)]
  }

  /// Reads it; nil for one that the reader may not see, or that nobody sent yet to a reader who does not study.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, read, today, keys, figures) = (id, read, world.today(), world.access.keys, world.figures)
    return try await world.database.read { db -> Model? in
      guard let (found, dossier, mayStudy) = try TenderGate.tender(id, for: actor, on: today, in: db) else {
        return nil
      }
      var tender = found
      let issues = try TenderIssues.all(of: id, in: db)
      if !mayStudy {
        guard let last = issues.first else { return nil }
        tender.typed = last.typed
      }
      let terms = read(tender.typed)
      var drafts: [TenderDraft] = []
      if mayStudy, let terms {
        drafts = try TenderDrafting(
          terms, figures: figures, local: LocalWordings.texts(of: dossier.body, in: db)
        ).drafts()
      } else if let last = issues.first, !mayStudy {
        drafts = try last.pieces
      }
      let names = (terms?.lots ?? []).map(\.name)
      let publics = TenderPublics.all(figures, on: terms?.day ?? today)
      let reader = TenderTextReader(
        lots: names, publics: publics.map(\.name), figures: figures, on: terms?.day ?? today)
      var mentions: [TenderDossier.Document: [String: TenderDossier.Mention]] = [:]
      let texts = try TenderTexts.all(of: id, in: db)
      let pasted = texts.filter { !$0.text.isEmpty }.compactMap { text -> Pasted? in
        guard let document = TenderDossier.Document(rawValue: text.document) else { return nil }
        let lots = reader.read(document, in: text.text)
        // A lot of which nothing was read is not mentioned there.
        mentions[document] = Dictionary(
          lots.filter { !$0.readings.isEmpty }.map { ($0.lot, $0.mention) }, uniquingKeysWith: { first, _ in first })
        return Pasted(document: document, text: text.text, lots: lots)
      }
      let accounts = try Accounts.find(all: Set(issues.map(\.issuedBy)), in: db)
      return Model(
        tender: tender, dossier: dossier, terms: terms, drafts: drafts,
        remarks: try terms?.dossier(saidBy: drafts, pasted: mentions, figures: figures).consistency(figures: figures)
          ?? Derivation(),
        pasted: pasted, published: try terms.map { try Self.published($0, figures) } ?? [],
        issues: try issues.map { issue in
          let account = accounts[issue.issuedBy].flatMap { $0.state == .active ? $0 : nil }
          return Issue(number: issue.number, at: issue.issuedAt, by: try account?.identity(keys).name)
        }, mayStudy: mayStudy, isChanged: issues.first.map { $0.typed != found.typed } ?? false,
        pastedVersions: Dictionary(
          texts.map { ($0.document, $0.version) }, uniquingKeysWith: { first, _ in first }),
        mayPaste: try TenderGate.mayPaste(dossier, actor, on: today, in: db),
        publics: publics)
    }
  }

  private static func published(_ terms: TenderTerms, _ figures: Figures) throws(MissingFigure) -> [Published] {
    guard !terms.isPrivate else { return [] }
    var all: [Published] = []
    for lot in terms.lots {
      var request = PublicationRequest(lot.possibility, kind: terms.kind, day: terms.day)
      (request.families, request.hasHours) = (lot.families, (lot.hours?.hundredths ?? 0) > 0)
      all.append(Published(lot: lot.name, codes: try request.codes(figures: figures)))
    }
    return all
  }
}

extension TenderIssue {
  /// Pieces as they are stored; the same ones always give the same text.
  static func written(_ drafts: [TenderDraft]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(drafts), as: UTF8.self)
  }

  /// The pieces as they were sent.
  var pieces: [TenderDraft] {
    get throws { try JSONDecoder().decode([TenderDraft].self, from: Data(drafts.utf8)) }
  }
}

/// Who may see and change the wording of a consultation.
enum TenderGate {
  /// A wording with its contract and whether the actor studies it; nil for one that the actor may not see.
  static func tender(
    _ id: ID<Tender>, for actor: Actor, on today: Day, in db: any Connection
  ) throws -> (Tender, PlannedDossier, mayStudy: Bool)? {
    guard let tender = try Tenders.find(id, in: db), let dossier = try PlannedDossiers.find(tender.planned, in: db),
      try PlannedReach.of(.readPlanned, for: actor, on: today, in: db)
        .holds(body: dossier.body, buyer: dossier.buyer, in: db)
    else { return nil }
    return (tender, dossier, try PlannedGate.mayStudy(dossier, actor, on: today, in: db))
  }

  /// Whether an actor takes part in it from one side or the other.
  static func mayPaste(
    _ dossier: PlannedDossier, _ actor: Actor, on today: Day, in db: any Connection
  ) throws -> Bool {
    try PlannedReach.of(.sendProgramme, for: actor, on: today, in: db)
      .holds(body: dossier.body, buyer: dossier.buyer, in: db)
  }
}

/// Keeps what was typed of a wording, right or wrong: nothing of it is lost.
public struct SaveTender: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  /// The longest text of a form, in bytes.
  static let longest = 40_000

  private let id: ID<Tender>
  private let version: Int
  private let typed: String

  /// What was typed, as the version that was read.
  public init(_ id: ID<Tender>, version: Int, typed: String) {
    (self.id, self.version, self.typed) = (id, version, typed)
  }

  /// Writes it; false for a wording that is not the reader's. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    _ = try actor.signedIn(for: Self.right)
    try TypedForm.check(typed, longest: Self.longest, field: "objet")
    let (id, version, typed, today, now, keys) = (id, version, typed, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let (found, dossier, mayStudy) = try TenderGate.tender(id, for: actor, on: today, in: db), mayStudy else {
        return false
      }
      var tender = found
      guard tender.version == version else { throw ChangedMeanwhile() }
      guard tender.typed != typed else { return true }
      tender.typed = typed
      guard try Tenders.update(&tender, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(.tenderSaved, kind: "planned", id: dossier.id.description), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Sends the pieces to the buyer: they are frozen as they are, and the contract moves on.
public struct IssueTender: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  private let id: ID<Tender>
  private let version: Int
  private let read: TenderReader

  /// The sending of the version that was read.
  public init(_ id: ID<Tender>, version: Int, read: @escaping TenderReader) {
    (self.id, self.version, self.read) = (id, version, read)
  }

  /// Gives the number of the sending; nil for a wording that is not the reader's. Throws ``FieldFault`` where the form has
  /// a fault, and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Int? {
    let person = try actor.signedIn(for: Self.right)
    let (issuing, today, now, access, figures) = (self, world.today(), world.moment, world.access, world.figures)
    return try await world.database.write { db -> Int? in
      guard let (tender, found, mayStudy) = try TenderGate.tender(issuing.id, for: actor, on: today, in: db), mayStudy
      else { return nil }
      guard tender.version == issuing.version else { throw ChangedMeanwhile() }
      guard let terms = issuing.read(tender.typed) else {
        throw FieldFault("envoyer", "Corrigez d’abord les champs signalés.")
      }
      let drafts = try TenderDrafting(
        terms, figures: figures, local: LocalWordings.texts(of: found.body, in: db)
      ).drafts()
      guard !drafts.isEmpty else { throw FieldFault("envoyer", "Aucune pièce à envoyer\u{202F}: ajoutez un lot.") }
      let last = try TenderIssues.all(of: tender.id, in: db).first
      let written = try TenderIssue.written(drafts)
      // The same button pressed twice is one sending.
      if let last, last.drafts == written { return last.number }
      let number = (last?.number ?? 0) + 1
      let body = try Organisations.find(Organisations.surviving(found.body, in: db), in: db)?.name ?? ""
      let paper = TenderPaper(
        dossier: found, body: body, tender: tender.id, version: number, day: today, terms: terms, isDraft: false)
      try TenderIssues.insert(
        TenderIssue(
          tender: tender.id, number: number, typed: tender.typed, drafts: written, papers: try paper.written(drafts),
          issuedBy: person.account, issuedAt: now), in: db)
      var dossier = found
      if [.received, .inStudy, .advised].contains(dossier.stage) {
        dossier.stage = .worded
        guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
      }
      let gaps = Set(drafts.flatMap(\.gaps)).count
      let words =
        "Pièces de la consultation, envoi \(French.integer(number))\u{202F}: \(French.list(drafts.map(\.piece.short)))."
        + (gaps == 0 ? "" : " \(French.count(gaps, "point")) à compléter.")
      try PlannedDossiers.add("tender", words, to: dossier.id, by: person.account, at: now, in: db)
      try PlannedLetter.tell(dossier, words, as: actor, at: now, in: access, in: db)
      try Trail.write(
        TrailNote(
          .tenderIssued, kind: "planned", id: dossier.id.description,
          changes: [TrailChange("envoi", nil, String(number))]), as: actor, at: now, keys: access.keys, in: db)
      return number
    }
  }
}

/// Compares the buyer's own document with what was agreed: its text is pasted, and read.
public struct PasteTenderText: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  /// The longest text, in signs: the clause and what surrounds it.
  public static let longest = 60_000

  private let id: ID<Tender>
  private let document: String
  private let text: String
  private let versions: [String: Int]

  /// The text of a document, by its name; an empty one takes it away. `versions` are those that were read, by document.
  public init(_ id: ID<Tender>, document: String, text: String, versions: [String: Int]) {
    (self.id, self.document, self.text, self.versions) = (id, document, text, versions)
  }

  /// Writes it; false for a wording that the reader may not see. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    guard let document = TenderDossier.Document(rawValue: document) else {
      throw FieldFault("document", "Choisissez la pièce que vous collez.")
    }
    guard text.count <= Self.longest else {
      throw FieldFault(
        "texte",
        "Ce texte dépasse \(French.integer(Self.longest)) signes\u{202F}: collez la partie qui parle de la clause."
      )
    }
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: text)) { throw FieldFault("texte", sentence) }
    // What breaks a line or a page breaks a line here; other control characters are dropped.
    let written = String(
      String.UnicodeScalarView(
        text.unicodeScalars.compactMap { sign in
          if sign == "\t" || sign.value >= 32 && sign != "\u{7F}" { return sign }
          return "\n\r\u{0B}\u{0C}".unicodeScalars.contains(sign) ? "\n" : nil
        }))
    let (id, after) = (id, versions[document.rawValue] ?? 0)
    let (today, now, keys) = (world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let (tender, dossier, mayStudy) = try TenderGate.tender(id, for: actor, on: today, in: db),
        try TenderGate.mayPaste(dossier, actor, on: today, in: db),
        try mayStudy || !TenderIssues.all(of: id, in: db).isEmpty
      else { return false }
      // An empty text stays as a version: whoever read the one before cannot bring it back unseen.
      let kept = written.allSatisfy(\.isWhitespace) ? "" : written
      guard
        try TenderTexts.put(
          kept, document: document.rawValue, of: tender.id, after: after, by: person.account, at: now, in: db)
      else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          .tenderPasted, kind: "planned", id: dossier.id.description,
          changes: [TrailChange("pièce", nil, document.bare)]), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}
