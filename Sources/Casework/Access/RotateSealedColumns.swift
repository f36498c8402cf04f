import Clauses
import Records
import Storage
import Vault

/// Seals anew, with the active key, every column that an older key sealed, blind indexes included; goes on where it
/// stopped.
///
/// Each batch is complete in itself: a row is wholly under one key or the other, and a search asks with both.
public struct RotateSealedColumns: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Rows changed in one transaction.
  static let batch = 200

  /// The rotation.
  public init() {}

  /// What came of it.
  public struct Report: Sendable, Equatable {
    /// Accounts sealed anew.
    public var accounts = 0
    /// Keys of single persons sealed anew.
    public var persons = 0
    /// Invitations that wait, sealed anew.
    public var invitations = 0
    /// Requests about data and what was noted of them, sealed anew.
    public var requests = 0
    /// Identities of providers sealed anew.
    public var identities = 0
    /// Senders of programmes sealed anew.
    public var senders = 0
  }

  /// Seals what is left and notes the fingerprint of the active key; `progress` is told after each batch.
  public func run(
    as actor: Actor, in world: World, progress: (Report) -> Void = { _ in }
  ) async throws -> Report {
    try actor.authorise(Self.right)
    let keys = world.access.keys
    var report = Report()
    while true {
      try Task.checkCancellation()
      let count = try await world.database.write { try Self.accounts(keys, in: $0) }
      if count == 0 { break }
      report.accounts += count
      progress(report)
    }
    var last = ""
    while true {
      try Task.checkCancellation()
      let place = last
      let (next, count) = try await world.database.write { try Self.persons(after: place, keys, in: $0) }
      report.persons += count
      guard let next else { break }
      last = next
      progress(report)
    }
    while true {
      try Task.checkCancellation()
      let count = try await world.database.write { try Self.requests(keys, in: $0) }
      if count == 0 { break }
      report.requests += count
      progress(report)
    }
    while true {
      try Task.checkCancellation()
      let count = try await world.database.write { try Self.senders(keys, in: $0) }
      if count == 0 { break }
      report.senders += count
      progress(report)
    }
    last = ""
    while true {
      try Task.checkCancellation()
      let place = last
      let (next, count) = try await world.database.write { try Self.identities(after: place, keys, in: $0) }
      report.identities += count
      guard let next else { break }
      last = next
      progress(report)
    }
    report.invitations = try await world.database.write { try Self.invitations(keys, in: $0) }
    let (done, now) = (report, world.moment)
    try await world.database.write { db in
      try InstallationNotes.set(InstallationNotes.keyFingerprint, keys.active.fingerprint, in: db)
      guard done != Report() else { return }
      try Trail.write(
        TrailNote(
          .keysRotated, kind: "key", id: keys.active.fingerprint,
          changes: [TrailChange("comptes", nil, String(done.accounts))]), as: actor, at: now, keys: keys, in: db)
    }
    return report
  }

  private static func accounts(_ keys: KeyRing, in db: any Connection) throws -> Int {
    let accounts = try Accounts.sealed(byOtherThan: Int(keys.active.id), limit: batch, in: db)
    for var account in accounts {
      let factor = try account.secondFactor(keys)
      account.seal(try account.identity(keys), keys: keys)
      if let factor { account.seal(factor, keys: keys) }
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
    }
    return accounts.count
  }

  private static func persons(
    after last: String, _ keys: KeyRing, in db: any Connection
  ) throws -> (next: String?, count: Int) {
    let rows = try SubjectKeys.list(after: last, limit: batch, in: db)
    var count = 0
    for row in rows {
      let sealed = try Sealed(text: row.sealed)
      guard sealed.needsResealing(by: keys) else { continue }
      let place = Trail.keyPlace(row.person)
      let key = try PersonKey(opening: sealed, at: place, with: keys)
      try SubjectKeys.save(row.person, key.sealed(at: place, with: keys).text, in: db)
      count += 1
    }
    return (rows.last?.person, count)
  }

  /// Requests, then what was noted of them.
  private static func requests(_ keys: KeyRing, in db: any Connection) throws -> Int {
    let key = Int(keys.active.id)
    let requests = try PersonalRequests.sealed(byOtherThan: key, limit: batch, in: db)
    for var request in requests {
      request.seal(try request.requester(keys), keys: keys)
      guard try PersonalRequests.update(request, in: db) else { throw ChangedMeanwhile() }
    }
    guard requests.isEmpty else { return requests.count }
    let steps = try PersonalRequests.stepsSealed(byOtherThan: key, limit: batch, in: db)
    for var step in steps {
      try step.reseal(keys)
      try PersonalRequests.reseal(step, in: db)
    }
    return steps.count
  }

  private static func senders(_ keys: KeyRing, in db: any Connection) throws -> Int {
    let senders = try ProgrammeSenders.sealed(byOtherThan: Int(keys.active.id), limit: batch, in: db)
    for var sender in senders {
      sender.seal(try sender.sender(keys), keys: keys)
      try ProgrammeSenders.reseal(sender, in: db)
    }
    return senders.count
  }

  private static func identities(
    after last: String, _ keys: KeyRing, in db: any Connection
  ) throws -> (next: String?, count: Int) {
    let rows = try ProviderIdentities.list(after: last, limit: batch, in: db)
    var count = 0
    for var row in rows {
      guard try Sealed(text: row.shown).needsResealing(by: keys) else { continue }
      row.seal(shown: try row.text(keys), keys: keys)
      try ProviderIdentities.update(row, in: db)
      count += 1
    }
    return (rows.last?.id.description, count)
  }

  private static func invitations(_ keys: KeyRing, in db: any Connection) throws -> Int {
    var count = 0
    for link in try AccessLinks.addressed(in: db) {
      guard let email = link.email, try Sealed(text: email).needsResealing(by: keys),
        let address = try link.address(keys)
      else { continue }
      try AccessLinks.reseal(
        link, email: keys.seal(address.text, at: AccessLink.place(link.digest)).text,
        index: EmailIndex.active(address, keys), in: db)
      count += 1
    }
    return count
  }
}
