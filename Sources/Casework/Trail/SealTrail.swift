import Clauses
import Records
import Storage

/// Chains the lines of the trail that are not sealed yet, in the order of time; run every few seconds by one job.
///
/// Writers do not wait for one another: a line is written in the transaction of what it tells, and sealed afterwards.
public struct SealTrail: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Lines sealed in one transaction.
  static let batch = 500

  /// How long before now a line that is not sealed may have been made: far longer than any transaction lasts.
  private static let minutes: Int64 = 30
  private let isThorough: Bool

  /// The sealing of recent lines; a thorough one, for the start of a server, looks through the whole trail.
  public init(isThorough: Bool = false) { self.isThorough = isThorough }

  /// Seals what there is; gives the number of lines.
  public func run(as actor: Actor, in world: World) async throws -> Int {
    try actor.authorise(Self.right)
    let since = isThorough ? Moment(milliseconds: 0) : world.moment.adding(minutes: -Self.minutes)
    var sealed = 0
    while true {
      try Task.checkCancellation()
      // Most of the time there is nothing to seal: only a read then.
      guard try await !world.database.read({ try TrailSeals.unsealed(since: since, limit: 1, in: $0) }).isEmpty else {
        return sealed
      }
      sealed += try await world.database.write { db in
        let entries = try TrailSeals.unsealed(since: since, limit: Self.batch, in: db)
        var (position, seal) = try TrailSeals.last(in: db) ?? (0, "")
        for entry in entries {
          position += 1
          seal = Trail.seal(of: entry, position: position, after: seal)
          try TrailSeals.insert(position: position, entry: entry.id, seal: seal, in: db)
        }
        return entries.count
      }
    }
  }
}

/// Recomputes every seal and every digest of the trail.
public struct VerifyTrail: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// A position and a seal that someone wrote down earlier, outside the base.
  public struct Anchor: Sendable, Hashable {
    /// The position.
    public let position: Int64
    /// The seal that stood there.
    public let seal: String
    /// An anchor.
    public init(position: Int64, seal: String) { (self.position, self.seal) = (position, seal) }
  }

  /// What was found wrong with one line.
  public enum Fault: Sendable, Hashable {
    /// The line that a seal names is gone.
    case missing(position: Int64)
    /// A position of the chain is missing.
    case gap(position: Int64)
    /// The line is not what was sealed, or an earlier one is not.
    case altered(position: Int64)
    /// What the line told was changed.
    case payload(position: Int64)
    /// The seal written down earlier stands no more: the chain was cut or made anew.
    case anchor(position: Int64)
  }

  /// What came of the verification.
  public struct Report: Sendable, Hashable {
    /// Lines under a right seal.
    public var sealed = 0
    /// Lines whose payload was erased, as the law asks; the chain holds without it.
    public var erased = 0
    /// Lines that wait for their seal.
    public var tail = 0
    /// The last position and seal: to write down elsewhere.
    public var head: Anchor?
    /// What is wrong, at most a hundred faults.
    public var faults: [Fault] = []
    /// Whether everything stands.
    public var isSound: Bool { faults.isEmpty }
  }

  private static let mostFaults = 100
  private let anchor: Anchor?

  /// A verification, against a seal written down earlier where there is one.
  public init(anchor: Anchor? = nil) { self.anchor = anchor }

  /// Walks the whole chain.
  public func run(as actor: Actor, in world: World) async throws -> Report {
    try actor.authorise(Self.right)
    let (keys, anchor) = (world.access.keys, anchor)
    return try await world.database.read { db in
      var report = Report()
      var previous = ""
      var position: Int64 = 0
      var isAnchored = anchor == nil
      func fault(_ fault: Fault) { if report.faults.count < Self.mostFaults { report.faults.append(fault) } }
      try TrailSeals.walk(in: db) { link in
        position += 1
        if link.position != position {
          fault(.gap(position: position))
          position = link.position
        }
        if let anchor, anchor.position == position { isAnchored = anchor.seal == link.seal }
        if let entry = link.entry {
          if Trail.seal(of: entry, position: position, after: previous) == link.seal {
            report.sealed += 1
          } else {
            fault(.altered(position: position))
          }
          if let payload = link.payload {
            let body = try Trail.body(of: payload, keys: keys, in: db)
            if body.map({ Trail.digest(salt: payload.salt, body: $0) }) != entry.digest {
              fault(.payload(position: position))
            }
          } else {
            report.erased += 1
          }
        } else {
          fault(.missing(position: position))
        }
        previous = link.seal
        report.head = Anchor(position: position, seal: link.seal)
      }
      if !isAnchored, let anchor { fault(.anchor(position: anchor.position)) }
      report.tail = try TrailSeals.tail(in: db)
      return report
    }
  }
}
