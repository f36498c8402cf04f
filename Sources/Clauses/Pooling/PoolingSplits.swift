/// Fewer lines for the same result, as far as exchanges of two lines go: best effort, without proof.
///
/// Two supplies exchange part of what they give. What each commitment receives, what each supply gives and what is
/// own coverage stay the same, so the allocation stays best and its certificate valid.
struct PoolingSplits {
  /// So many hours of a supply that go somewhere, or nowhere yet.
  private struct Entry {
    /// The place of the supply in `supplies`.
    let supply: Int
    let target: Int
    var hundredths: Int64
  }

  /// The target of hours that serve nobody; those of commitment *c* are 2*c* for its own hours and 2*c* + 1 for others.
  private static let nowhere = -1
  /// Beyond so many lines in one part, the search would take longer than it is worth: lines stay as they are.
  private static let mostLines = 1000

  private let own: [Int?]
  private let supplies: [Int]
  private let mayReach: (Int, Int) -> Bool
  private let lines: [PoolingLine]
  private var entries: [Entry] = []
  /// The places of each supply's entries: few, so that looking through them beats a dictionary.
  private var entriesOf: [[Int]]

  init(
    _ given: PoolingCase, own: [Int?], _ lines: [PoolingLine], _ supplies: [Int],
    mayReach: @escaping (Int, Int) -> Bool
  ) {
    self.own = own
    self.lines = lines
    self.supplies = supplies
    self.mayReach = mayReach
    entriesOf = []
    guard lines.count <= PoolingSplits.mostLines else { return }
    entriesOf = Array(repeating: [], count: supplies.count)
    var left = supplies.map { given.supplies[$0].hours.hundredths }
    let places = Dictionary(uniqueKeysWithValues: zip(supplies, supplies.indices))
    for line in lines {
      guard let supply = places[line.supply] else { continue }
      left[supply] -= line.hundredths
      add(supply, 2 * line.commitment + (own[line.supply] == line.commitment ? 0 : 1), line.hundredths)
    }
    for (supply, rest) in left.enumerated() where rest > 0 { add(supply, PoolingSplits.nowhere, rest) }
  }

  private mutating func add(_ supply: Int, _ target: Int, _ hundredths: Int64) {
    if let place = entriesOf[supply].first(where: { entries[$0].target == target }) {
      entries[place].hundredths += hundredths
    } else {
      entriesOf[supply].append(entries.count)
      entries.append(Entry(supply: supply, target: target, hundredths: hundredths))
    }
  }

  private func may(_ supply: Int, _ target: Int) -> Bool {
    guard target != PoolingSplits.nowhere else { return true }
    let isOwn = own[supplies[supply]] == target / 2
    return target % 2 == 0 ? isOwn : !isOwn && mayReach(supplies[supply], target / 2)
  }

  /// The lines after the exchanges that save some.
  mutating func fewer() -> [PoolingLine] {
    guard lines.count <= PoolingSplits.mostLines else { return lines }
    var isBetter = true
    while isBetter {
      isBetter = false
      for a in entries.indices where entries[a].hundredths > 0 {
        for b in entries.indices.dropFirst(a + 1) where exchange(a, b) { isBetter = true }
      }
    }
    return entries.compactMap { entry in
      guard entry.hundredths > 0, entry.target != PoolingSplits.nowhere else { return nil }
      return PoolingLine(
        supply: supplies[entry.supply], commitment: entry.target / 2, hundredths: entry.hundredths)
    }
  }

  /// Exchanges as much as two entries allow where that saves a line.
  private mutating func exchange(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (entries[a], entries[b])
    let amount = min(first.hundredths, second.hundredths)
    guard amount > 0, first.supply != second.supply, first.target != second.target else { return false }
    var saved = 0
    if first.hundredths == amount, first.target != PoolingSplits.nowhere { saved += 1 }
    if second.hundredths == amount, second.target != PoolingSplits.nowhere { saved += 1 }
    if saved > 0, !isThere(first.supply, second.target) { saved -= 1 }
    if saved > 0, !isThere(second.supply, first.target) { saved -= 1 }
    guard saved > 0, may(first.supply, second.target), may(second.supply, first.target) else { return false }
    entries[a].hundredths -= amount
    entries[b].hundredths -= amount
    add(first.supply, second.target, amount)
    add(second.supply, first.target, amount)
    return true
  }

  /// Whether hours may go there without a new line.
  private func isThere(_ supply: Int, _ target: Int) -> Bool {
    target == PoolingSplits.nowhere
      || entriesOf[supply].contains { entries[$0].target == target && entries[$0].hundredths > 0 }
  }
}
