/// What one connection has worked out from the base, kept as long as the base stays the same.
///
/// It is emptied as soon as another state of the base is seen, whoever changed it: this process, another one, or a tool.
struct Keepsakes {
  /// The most that is kept, in bytes as those who keep it count them.
  static let room = 2 << 20

  private struct Entry {
    let value: any Sendable
    let bytes: Int
    var used: Int
  }

  private var state = ""
  private var entries: [SQL: Entry] = [:]
  private var bytes = 0
  private var clock = 0

  /// Nothing yet.
  init() {}

  /// What was kept under a question in this state of the base, nil where nothing was.
  mutating func value<T: Sendable>(_ question: SQL, as type: T.Type, in state: String) -> T? {
    guard state == self.state, let value = entries[question]?.value as? T else { return nil }
    clock += 1
    entries[question]?.used = clock
    return value
  }

  /// Keeps an answer, in the place of those unused for longest.
  mutating func keep(_ value: some Sendable, bytes size: Int, for question: SQL, in state: String) {
    if state != self.state {
      self = Keepsakes()
      self.state = state
    }
    // The question is held beside the answer.
    let size = size + question.template.count + question.binds.count * 48 + 128
    guard size <= Self.room else { return }
    clock += 1
    if let old = entries.updateValue(Entry(value: value, bytes: size, used: clock), forKey: question) {
      bytes -= old.bytes
    }
    bytes += size
    if bytes > Self.room { makeRoom() }
  }

  /// Forgets the older half of what was used.
  private mutating func makeRoom() {
    let middle = entries.values.map(\.used).sorted()[entries.count / 2]
    entries = entries.filter { $0.value.used >= middle }
    bytes = entries.values.reduce(0) { $0 + $1.bytes }
    // One answer may be as large as all the room; the last one always stays.
    guard bytes > Self.room, let last = entries.max(by: { $0.value.used < $1.value.used }) else { return }
    entries = [last.key: last.value]
    bytes = last.value.bytes
  }
}
