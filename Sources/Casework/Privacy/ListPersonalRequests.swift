public import Clauses
import Records
import Storage
import Vault

/// The requests to treat, by deadline.
public struct ListPersonalRequests: Sendable {
  /// What one must be allowed.
  public static let right = Right.treatPersonalRequests
  /// Lines a page.
  public static let pageSize = 50

  /// Which requests.
  public enum Which: String, Sendable, CaseIterable {
    /// Those that wait for an answer.
    case open = "a-traiter"
    /// Those answered, to close.
    case answered = "repondues"
    /// Those that are over.
    case closed = "closes"

    /// The words for people.
    public var label: String {
      switch self {
      case .open: "À traiter"
      case .answered: "Répondues, à clore"
      case .closed: "Closes"
      }
    }

    var states: [PersonalRequest.State] {
      switch self {
      case .open: PersonalRequest.State.allCases.filter(\.isOpen)
      case .answered: [.answered]
      case .closed: [.closed]
      }
    }
  }

  /// Which ones.
  public var which: Which
  /// An e-mail or a reference, as typed.
  public var words: String
  /// The page, from 0.
  public var page: Int

  /// A list.
  public init(_ which: Which = .open, words: String = "", page: Int = 0) {
    (self.which, self.words, self.page) = (which, words, page)
  }

  /// One line.
  public struct Line: Sendable {
    /// Its identifier.
    public let id: ID<PersonalRequest>
    /// What it is called by.
    public let reference: String
    /// What is asked.
    public let kind: PersonalRequest.Kind
    /// Who asks.
    public let name: String
    /// Where it stands.
    public let state: PersonalRequest.State
    /// When it came.
    public let receivedOn: Day
    /// The last day for an answer, and how far it is.
    public let clock: PersonalRequestClock
    /// Who is on it.
    public let assignee: String?
    /// What was answered.
    public let outcome: PersonalRequest.Outcome?
  }

  /// The list.
  public struct Model: Sendable {
    /// The lines of the page.
    public let lines: [Line]
    /// How many there are in all.
    public let total: Int
    /// How many wait past their last day.
    public let late: Int
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    try actor.authorise(Self.right)
    let (list, today, keys, figures) = (self, world.today(), world.access.keys, world.figures)
    return try await world.database.read { db in
      guard var filter = try RequestReach.of(actor, on: today, in: db).filter else {
        return Model(lines: [], total: 0, late: 0)
      }
      let late = try PersonalRequests.late(filter, before: today, in: db)
      filter.states = list.which.states
      if !list.words.isEmpty {
        // What someone looks for may be in any state.
        filter.states = PersonalRequest.State.allCases
        if let email = EmailAddress(list.words) {
          filter.emailIndexes = EmailIndex.all(email, keys)
        } else {
          filter.reference = RequestReference.read(list.words) ?? list.words
        }
      }
      let (rows, total) = try PersonalRequests.list(
        filter, offset: list.page * Self.pageSize, limit: Self.pageSize, in: db)
      let people = try Accounts.find(all: Set(rows.compactMap(\.assignee)), in: db)
      let lines = try rows.map { row in
        Line(
          id: row.id, reference: row.reference, kind: row.kind, name: try row.requester(keys).name, state: row.state,
          receivedOn: row.receivedOn,
          clock: try PersonalRequestClock.read(
            receivedOn: row.receivedOn, isExtended: row.isExtended, on: today, figures: figures),
          assignee: try row.assignee.flatMap { try people[$0]?.identity(keys).name }, outcome: row.outcome)
      }
      return Model(lines: lines, total: total, late: late)
    }
  }
}

/// How many requests wait past their last day, for whoever watches the machine.
public struct CountLateRequests: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// The count.
  public init() {}

  /// Those that wait in all, and those past their last day.
  public func run(as actor: Actor, in world: World) async throws -> (open: Int, late: Int) {
    try actor.authorise(Self.right)
    let today = world.today()
    return try await world.database.read { db in
      var filter = PersonalRequests.Filter()
      filter.states = PersonalRequest.State.allCases.filter(\.isOpen)
      return (
        try PersonalRequests.list(filter, offset: 0, limit: 1, in: db).total,
        try PersonalRequests.late(filter, before: today, in: db)
      )
    }
  }
}
