public import Clauses
public import Storage
import Synchronization

extension AwardNotice.Key {
  /// Tells one key from another almost always: 64 bits that are the same on every machine and run.
  public var fingerprint: UInt64 {
    var hash = FNV()
    for byte in buyer.digits.utf8 { hash.add(byte) }
    for byte in number.utf8 { hash.add(byte) }
    // The last bytes hardly reach the high bits of this hash: one more turn spreads them.
    let mixed = UInt64(bitPattern: hash.value) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ (mixed >> 32)
  }
}

/// Which notices the base holds, kept in memory by an import while the index of keys is yet to be built.
///
/// It holds fingerprints and rows; a fingerprint that is met is always checked against the row's own key. About 12 to 24
/// bytes a notice.
public final class AwardKeyTable: Sendable {
  /// From so many notices on, the index is built and serves instead, so that memory stays bounded.
  public static let most = 1_500_000

  private struct Slots {
    /// The fingerprints, each in the first free place from its own on.
    var marks: [UInt64]
    /// The rows of the fingerprints; 0: a free place.
    var rows: [UInt32]
    var count = 0
    /// The greatest row that was noted.
    var last: Int64 = 0

    init(capacity: Int) {
      marks = Array(repeating: 0, count: capacity)
      rows = Array(repeating: 0, count: capacity)
    }

    mutating func add(_ mark: UInt64, _ row: UInt32) {
      if count * 4 >= rows.count * 3 { grow() }
      put(mark, row)
      count += 1
    }

    private mutating func put(_ mark: UInt64, _ row: UInt32) {
      let mask = rows.count - 1
      var place = Int(truncatingIfNeeded: mark) & mask
      while rows[place] != 0 { place = (place + 1) & mask }
      marks[place] = mark
      rows[place] = row
    }

    private mutating func grow() {
      let old = self
      marks = Array(repeating: 0, count: old.marks.count * 2)
      rows = Array(repeating: 0, count: old.rows.count * 2)
      for place in old.rows.indices where old.rows[place] != 0 { put(old.marks[place], old.rows[place]) }
    }

    /// The rows with this fingerprint: one, none, or several keys that happen to share it.
    func find(_ mark: UInt64, _ found: inout [Int64]) {
      let mask = rows.count - 1
      var place = Int(truncatingIfNeeded: mark) & mask
      while rows[place] != 0 {
        if marks[place] == mark { found.append(Int64(rows[place])) }
        place = (place + 1) & mask
      }
    }
  }

  private let slots = Mutex(Slots(capacity: 1 << 16))

  /// A table that knows of no notice yet.
  public init() {}

  /// Whether it holds as many notices as it may.
  public var isFull: Bool { slots.withLock { $0.count >= Self.most } }

  /// Notes the notices of the base that it does not know of: all of them at first, later those that another import added.
  ///
  /// Rows are numbered upwards and committed in that order.
  public func catchUp(in db: any Connection) throws {
    let last = slots.withLock { $0.last }
    guard try Awards.lastID(in: db) > last else { return }
    var found: [(id: Int64, mark: UInt64)] = []
    try db.stream("SELECT id, buyer, number FROM award WHERE id > \(last) ORDER BY id") { row in
      let key = AwardNotice.Key(buyer: try row.value(1), number: try row.value(2))
      found.append((try row.value(0), key.fingerprint))
      if found.count == 4096 {
        note(found)
        found.removeAll(keepingCapacity: true)
      }
    }
    note(found)
  }

  /// Notes notices that are committed, in the order of their rows; those it knows of already are passed over.
  public func note(_ added: [(id: Int64, mark: UInt64)]) {
    slots.withLock { slots in
      for (id, mark) in added where id > slots.last {
        slots.add(mark, UInt32(truncatingIfNeeded: id))
        slots.last = id
      }
    }
  }

  /// What is known of the notices with these keys, by key.
  public func known(_ marks: some Sequence<UInt64>, in db: any Connection) throws -> [AwardNotice.Key: Awards.Known] {
    let rows = slots.withLock { slots in
      var found: [Int64] = []
      for mark in marks { slots.find(mark, &found) }
      return found
    }
    return try Awards.known(rows: rows, in: db)
  }
}
