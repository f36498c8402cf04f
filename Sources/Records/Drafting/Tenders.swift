public import Clauses
public import Storage

extension Tender: RowDecodable {
  static let columns: SQL = "id, planned, typed, created_at, version"

  /// Reads the columns of ``Tenders``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), planned: try row.value(1), typed: try row.value(2), createdAt: try row.value(3))
    version = try row.value(4)
  }
}

/// Pieces as they were sent to a buyer: they do not change any more.
public struct TenderIssue: Sendable, RowDecodable {
  /// The wording.
  public let tender: ID<Tender>
  /// Which sending, from 1.
  public let number: Int
  /// What was typed then.
  public let typed: String
  /// The pieces, as JSON of ``TenderDraft``.
  public let drafts: String
  /// The pieces ready to be printed, as JSON.
  public let papers: String
  /// Who sent them.
  public let issuedBy: ID<Account>
  /// When.
  public let issuedAt: Moment

  /// A sending from its parts.
  public init(
    tender: ID<Tender>, number: Int, typed: String, drafts: String, papers: String, issuedBy: ID<Account>,
    issuedAt: Moment
  ) {
    (self.tender, self.number, self.typed) = (tender, number, typed)
    (self.drafts, self.papers) = (drafts, papers)
    (self.issuedBy, self.issuedAt) = (issuedBy, issuedAt)
  }

  static let columns: SQL = "tender, number, typed, drafts, papers, issued_by, issued_at"

  /// Reads the columns of ``TenderIssues``.
  public init(row: Row) throws {
    self.init(
      tender: try row.value(0), number: try row.value(1), typed: try row.value(2), drafts: try row.value(3),
      papers: try row.value(4), issuedBy: try row.value(5), issuedAt: try row.value(6))
  }
}

/// What a buyer's own document says, as pasted.
public struct TenderText: Sendable, RowDecodable {
  /// Which document, by its name.
  public let document: String
  /// The text.
  public let text: String
  /// Grows with each change, from 1.
  public let version: Int

  static let columns: SQL = "document, text, version"

  /// Reads the columns of ``TenderTexts``.
  public init(row: Row) throws {
    (document, text, version) = (try row.value(0), try row.value(1), try row.value(2))
  }
}

/// The table of wordings of consultations.
public enum Tenders {
  /// One by its identifier.
  public static func find(_ id: ID<Tender>, in db: any Connection) throws -> Tender? {
    try db.first(Tender.self, "SELECT \(Tender.columns) FROM tender WHERE id = \(id)")
  }

  /// That of a planned contract.
  public static func find(of planned: ID<PlannedDossier>, in db: any Connection) throws -> Tender? {
    try db.first(Tender.self, "SELECT \(Tender.columns) FROM tender WHERE planned = \(planned)")
  }

  /// Adds one.
  public static func insert(_ tender: Tender, in db: any Connection) throws {
    let t = tender
    try db.execute(
      """
      INSERT INTO tender (\(Tender.columns))
      VALUES (\(t.id), \(t.planned), \(t.typed), \(t.createdAt), \(t.version))
      """)
  }

  /// Writes what was typed in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ tender: inout Tender, in db: any Connection) throws -> Bool {
    let t = tender
    let count = try db.execute(
      "UPDATE tender SET typed = \(t.typed), version = \(t.version + 1) WHERE id = \(t.id) AND version = \(t.version)")
    if count == 1 { tender.version += 1 }
    return count == 1
  }
}

/// The table of pieces that were sent.
public enum TenderIssues {
  /// Those of a wording, the last first.
  public static func all(of tender: ID<Tender>, in db: any Connection) throws -> [TenderIssue] {
    try db.all(
      TenderIssue.self,
      "SELECT \(TenderIssue.columns) FROM tender_issue WHERE tender = \(tender) ORDER BY number DESC")
  }

  /// One by its number.
  public static func find(_ number: Int, of tender: ID<Tender>, in db: any Connection) throws -> TenderIssue? {
    try db.first(
      TenderIssue.self,
      "SELECT \(TenderIssue.columns) FROM tender_issue WHERE tender = \(tender) AND number = \(number)")
  }

  /// Adds one.
  public static func insert(_ issue: TenderIssue, in db: any Connection) throws {
    let i = issue
    try db.execute(
      """
      INSERT INTO tender_issue (\(TenderIssue.columns))
      VALUES (\(i.tender), \(i.number), \(i.typed), \(i.drafts), \(i.papers), \(i.issuedBy), \(i.issuedAt))
      """)
  }
}

/// The table of documents that buyers pasted back.
public enum TenderTexts {
  /// Those of a wording.
  public static func all(of tender: ID<Tender>, in db: any Connection) throws -> [TenderText] {
    try db.all(
      TenderText.self, "SELECT \(TenderText.columns) FROM tender_text WHERE tender = \(tender) ORDER BY document")
  }

  /// Writes one in place of the version that was read, 0 for none; false where someone changed it meanwhile.
  public static func put(
    _ text: String, document: String, of tender: ID<Tender>, after version: Int, by account: ID<Account>,
    at moment: Moment, in db: any Connection
  ) throws -> Bool {
    guard version > 0 else {
      return try db.execute(
        """
        INSERT INTO tender_text (tender, document, text, changed_by, changed_at, version)
        VALUES (\(tender), \(document), \(text), \(account), \(moment), 1) ON CONFLICT (tender, document) DO NOTHING
        """) == 1
    }
    return try db.execute(
      """
      UPDATE tender_text SET text = \(text), changed_by = \(account), changed_at = \(moment), version = \(version + 1)
      WHERE tender = \(tender) AND document = \(document) AND version = \(version)
      """) == 1
  }
}
