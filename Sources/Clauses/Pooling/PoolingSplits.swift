/// Fewer lines for the same result, as far as exchanges of two lines go: best effort, without proof.
///
/// Two supplies exchange part of what they give. What each commitment receives, what each supply gives and what is
/// own coverage stay the same, so the allocation stays best and its certificate valid.
struct PoolingSplits {
  /// Where hours go: to their own commitment, to another, or nowhere yet.
  private enum Target: Hashable {
    case own(Int)
    case other(Int)
    case nowhere
  }

  private struct Key: Hashable {
    let supply: Int
    let target: Target
  }

  private struct Entry {
    let key: Key
    var hundredths: Int64
  }

  /// Beyond so many lines in one part, the search would take longer than it is worth: lines stay as they are.
  private static let mostLines = 1000

  private let own: [Int?]
  private let mayReach: (Int, Int) -> Bool
  private let lines: [PoolingLine]
  private var entries: [Entry] = []
  private var index: [Key: Int] = [:]

  init(
    _ given: PoolingCase, own: [Int?], _ lines: [PoolingLine], _ supplies: [Int],
    mayReach: @escaping (Int, Int) -> Bool
  ) {
    self.own = own
    self.lines = lines
    self.mayReach = mayReach
    guard lines.count <= PoolingSplits.mostLines else { return }
    var left: [Int: Int64] = [:]
    for supply in supplies { left[supply] = given.supplies[supply].hours.hundredths }
    for line in lines {
      left[line.supply, default: 0] -= line.hundredths
      let isOwn = own[line.supply] == line.commitment
      add(Key(supply: line.supply, target: isOwn ? .own(line.commitment) : .other(line.commitment)), line.hundredths)
    }
    for supply in supplies {
      if let rest = left[supply], rest > 0 { add(Key(supply: supply, target: .nowhere), rest) }
    }
  }

  private mutating func add(_ key: Key, _ hundredths: Int64) {
    if let place = index[key] {
      entries[place].hundredths += hundredths
    } else {
      index[key] = entries.count
      entries.append(Entry(key: key, hundredths: hundredths))
    }
  }

  private func may(_ supply: Int, _ target: Target) -> Bool {
    switch target {
    case .own(let commitment): own[supply] == commitment
    case .other(let commitment): own[supply] != commitment && mayReach(supply, commitment)
    case .nowhere: true
    }
  }

  /// The lines after the exchanges that save some.
  mutating func fewer() -> [PoolingLine] {
    guard lines.count <= PoolingSplits.mostLines else { return lines }
    var isBetter = true
    while isBetter {
      isBetter = false
      for a in entries.indices where entries[a].hundredths > 0 {
        for b in entries.indices.dropFirst(a + 1) where entries[b].hundredths > 0 && exchange(a, b) {
          isBetter = true
          if entries[a].hundredths == 0 { break }
        }
      }
    }
    return entries.compactMap { entry in
      guard entry.hundredths > 0 else { return nil }
      switch entry.key.target {
      case .own(let commitment), .other(let commitment):
        return PoolingLine(supply: entry.key.supply, commitment: commitment, hundredths: entry.hundredths)
      case .nowhere: return nil
      }
    }
  }

  /// Exchanges as much as two entries allow where that saves a line.
  private mutating func exchange(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (entries[a], entries[b])
    guard first.key.supply != second.key.supply, first.key.target != second.key.target else { return false }
    let amount = min(first.hundredths, second.hundredths)
    let crossed = Key(supply: first.key.supply, target: second.key.target)
    let other = Key(supply: second.key.supply, target: first.key.target)
    var saved = 0
    if first.hundredths == amount, first.key.target != .nowhere { saved += 1 }
    if second.hundredths == amount, second.key.target != .nowhere { saved += 1 }
    for key in [crossed, other] where key.target != .nowhere && !isThere(key) { saved -= 1 }
    guard saved > 0, may(crossed.supply, crossed.target), may(other.supply, other.target) else { return false }
    entries[a].hundredths -= amount
    entries[b].hundredths -= amount
    add(crossed, amount)
    add(other, amount)
    return true
  }

  private func isThere(_ key: Key) -> Bool { index[key].map { entries[$0].hundredths > 0 } ?? false }
}
