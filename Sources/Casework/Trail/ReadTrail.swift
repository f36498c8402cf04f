public import Clauses
import Records
import Storage
import Vault

/// Who did what: to oneself, in one's organisation, to a thing of it.
public struct ReadTrail: Sendable {
  /// What one must be allowed.
  public static let right = Right.readTrail
  /// Lines a page.
  public static let pageSize = 50

  /// Which lines.
  public enum Question: Sendable, Hashable {
    /// What I did, and what was done to my account.
    case mine
    /// What was done for an organisation, or to it.
    case organisation(ID<Organisation>)
  }

  /// Which lines.
  public var question: Question
  /// Before this line; nil for the last ones.
  public var before: ID<TrailLine>?

  /// A reading.
  public init(_ question: Question, before: ID<TrailLine>? = nil) { (self.question, self.before) = (question, before) }

  /// One line as people read it.
  public struct Line: Sendable {
    /// Its identifier.
    public let id: ID<TrailLine>
    /// When.
    public let at: Moment
    /// What was done, in French.
    public let action: String
    /// Who did it, in words; nil for the machine or someone unknown.
    public let who: String?
    /// As member of which organisation.
    public let organisation: String?
    /// To what, in words.
    public let subject: String
    /// Which fields changed; nil where it was erased.
    public let changes: [TrailChange]?
    /// Why, where a reason was given.
    public let reason: String?
  }

  /// The page.
  public struct Model: Sendable {
    /// The organisation that the page is about; nil for one's own lines.
    public let organisation: Organisation?
    /// The lines, the newest first.
    public let lines: [Line]
    /// Where the next page begins.
    public let next: ID<TrailLine>?
  }

  /// Reads the page; nil for an organisation whose trail the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    let person = try actor.signedIn(for: Self.right)
    let (question, before, today, keys) = (question, before, world.today(), world.access.keys)
    return try await world.database.read { db -> Model? in
      var filter = TrailEntries.Filter()
      filter.before = before
      var organisation: Organisation?
      switch question {
      case .mine: filter.account = person.account
      case .organisation(let id):
        guard let found = try Reach.organisation(id, Self.right, for: actor, on: today, in: db)
        else { return nil }
        // What members did with their own accounts, or for other organisations, is not this one's to read.
        filter.organisation = id
        filter.leavesOut = ["account"]
        organisation = found
      }
      let entries = try TrailEntries.list(filter, limit: Self.pageSize + 1, in: db)
      let shown = Array(entries.prefix(Self.pageSize))
      let words = try Words(of: shown, keys: keys, in: db)
      let payloads = Dictionary(
        uniqueKeysWithValues: try TrailEntries.payloads(of: shown.map(\.id), in: db).map { ($0.entry, $0) })
      let lines = try shown.map { entry in
        Line(
          id: entry.id, at: entry.at, action: TrailAction(rawValue: entry.action)?.label ?? entry.action,
          who: entry.account.map { words.names[$0] ?? "compte anonymisé" },
          organisation: entry.organisation.flatMap { words.organisations[$0] },
          subject: words.subject(entry),
          changes: try payloads[entry.id].flatMap {
            try Trail.changes(of: $0, keys: keys, in: db)
          }, reason: entry.reason)
      }
      return Model(
        organisation: organisation, lines: lines, next: entries.count > Self.pageSize ? shown.last?.id : nil)
    }
  }

  /// Names of the people and organisations that lines speak of.
  private struct Words {
    var names: [ID<Account>: String] = [:]
    var organisations: [ID<Organisation>: String] = [:]

    init(of entries: [TrailEntry], keys: KeyRing, in db: any Connection) throws {
      let accounts =
        entries.compactMap(\.account)
        + entries.filter { $0.subjectKind == "account" }.compactMap { ID<Account>($0.subject) }
      names = try Accounts.find(all: Set(accounts), in: db).mapValues { try $0.identity(keys).name }
      let ids =
        entries.compactMap(\.organisation)
        + entries.filter { $0.subjectKind == "organisation" }.compactMap { ID<Organisation>($0.subject) }
      organisations = try Organisations.names(of: Set(ids), in: db)
    }

    func subject(_ entry: TrailEntry) -> String {
      switch entry.subjectKind {
      case "account": ID<Account>(entry.subject).flatMap { names[$0] } ?? "compte anonymisé"
      case "organisation": ID<Organisation>(entry.subject).flatMap { organisations[$0] } ?? "organisation"
      case "personal-request": "demande sur des données personnelles"
      case "buyer": "acheteur \(entry.subject)"
      default: entry.subject
      }
    }
  }
}
