/// Hours that go from a supply to a commitment, by their places in the case.
struct PoolingLine: Hashable {
  let supply: Int
  let commitment: Int
  var hundredths: Int64
}

/// One part of a case as a network of pools, surpluses and sinks, and back: from flows to supplies by name.
struct PoolingSharing {
  /// Supplies that have the same own commitment and the same pool; either may be missing.
  private struct Group {
    let own: Int?
    let pool: Int?
    /// The greatest first, so that few lines are needed.
    var supplies: [Int]
    var hundredths: Int64
    /// The way to the pool, for the groups of a surplus.
    var link: Int?
  }

  private struct GroupKey: Hashable {
    let own: Int?
    let pool: Int?
  }

  private let given: PoolingCase
  private let commitments: [Int]
  private let ownOf: [Int?]
  private let doors: PoolingDoors
  private var groups: [Group] = []
  private var pools: [PoolingDoors.Key] = []
  private var poolOfSupply: [Int: Int] = [:]
  /// The hours of the own supplies of each commitment.
  private var ownHours: [Int: Int64] = [:]
  private var nodes: [Int: Int] = [:]

  init(_ solver: PoolingSolver, _ doors: PoolingDoors, _ supplies: [Int], _ commitments: [Int]) {
    given = solver.given
    ownOf = solver.own
    self.commitments = commitments
    self.doors = doors
    var poolNumbers: [PoolingDoors.Key: Int] = [:]
    var groupNumbers: [GroupKey: Int] = [:]
    for supply in supplies {
      let hundredths = given.supplies[supply].hours.hundredths
      let own = ownOf[supply]
      if let own { ownHours[own, default: 0] += hundredths }
      var pool: Int?
      if let key = doors.key(given.supplies[supply]) {
        let number = poolNumbers[key] ?? pools.count
        if number == pools.count {
          poolNumbers[key] = number
          pools.append(key)
        }
        poolOfSupply[supply] = number
        pool = number
      }
      let key = GroupKey(own: own, pool: pool)
      let number = groupNumbers[key] ?? groups.count
      if number == groups.count {
        groupNumbers[key] = number
        groups.append(Group(own: own, pool: pool, supplies: [], hundredths: 0))
      }
      groups[number].supplies.append(supply)
      groups[number].hundredths += hundredths
    }
    for (place, commitment) in commitments.enumerated() { nodes[commitment] = pools.count + place }
  }

  /// What a commitment still misses once its own supplies are spent; nil where they hold more than it misses.
  func demand(of commitment: Int) -> Int64? {
    let rest = given.commitments[commitment].missing.hundredths - (ownHours[commitment] ?? 0)
    return rest < 0 ? nil : rest
  }

  /// The node of a commitment: a sink, or a surplus where ``demand(of:)`` is nil.
  func node(of commitment: Int) -> Int { nodes[commitment] ?? 0 }

  /// The node of a supply's pool.
  func pool(of supply: Int) -> Int? { poolOfSupply[supply] }

  /// Pools first, then commitments, with what flows in and the ways between them.
  mutating func network() -> PoolingNetwork {
    var source = Array(repeating: Int64(0), count: pools.count + commitments.count)
    for group in groups where group.own == nil {
      if let pool = group.pool { source[pool] += group.hundredths }
    }
    for commitment in commitments where demand(of: commitment) == nil {
      source[node(of: commitment)] = (ownHours[commitment] ?? 0) - given.commitments[commitment].missing.hundredths
    }
    var network = PoolingNetwork(source: source)
    for index in groups.indices {
      guard let own = groups[index].own, let pool = groups[index].pool, demand(of: own) == nil else { continue }
      groups[index].link = network.links.count
      network.link(node(of: own), pool, room: groups[index].hundredths)
    }
    for commitment in commitments where (demand(of: commitment) ?? 0) > 0 {
      for (pool, key) in pools.enumerated() where doors.leads(key, to: commitment) {
        network.link(pool, node(of: commitment), room: .max)
      }
    }
    return network
  }

  /// The allocation that a served network says, supply by supply.
  func lines(_ network: PoolingNetwork) -> [PoolingLine] {
    var lines: [PoolingLine] = []
    var needs: [Int: Int64] = [:]
    for commitment in commitments {
      needs[commitment] = min(given.commitments[commitment].missing.hundredths, ownHours[commitment] ?? 0)
    }
    var pooled = Array(repeating: [(supply: Int, hundredths: Int64)](), count: pools.count)
    let free = drawnFreely(network)
    // Hours that may go nowhere else serve their own commitment first.
    for group in groups.filter({ $0.link == nil }) + groups.filter({ $0.link != nil }) {
      var toPool =
        group.link.map { network.links[$0].flow } ?? (group.own == nil ? group.pool.map { free[$0] } ?? 0 : 0)
      var toOwn: Int64 = 0
      if let own = group.own {
        toOwn = min(needs[own] ?? 0, group.hundredths - toPool)
        needs[own, default: 0] -= toOwn
      }
      for supply in group.supplies.sorted(by: isGreater) {
        var rest = given.supplies[supply].hours.hundredths
        let part = min(rest, toOwn)
        if let own = group.own, part > 0 {
          lines.append(PoolingLine(supply: supply, commitment: own, hundredths: part))
          toOwn -= part
          rest -= part
        }
        let share = min(rest, toPool)
        if let pool = group.pool, share > 0 {
          pooled[pool].append((supply, share))
          toPool -= share
        }
      }
    }
    deal(pooled, network, &lines)
    var splits = PoolingSplits(given, own: ownOf, lines, groups.flatMap(\.supplies)) { supply, commitment in
      guard let pool = poolOfSupply[supply] else { return false }
      return doors.leads(pools[pool], to: commitment)
    }
    return splits.fewer()
  }

  /// The hours without own contract that each pool gives.
  private func drawnFreely(_ network: PoolingNetwork) -> [Int64] {
    var free = Array(repeating: Int64(0), count: pools.count)
    for group in groups where group.own == nil {
      if let pool = group.pool { free[pool] += group.hundredths }
    }
    for pool in pools.indices { free[pool] -= network.source[pool] }
    return free
  }

  /// Deals the hours of each pool out to the commitments that draw from it, the greatest to the greatest.
  private func deal(
    _ pooled: [[(supply: Int, hundredths: Int64)]], _ network: PoolingNetwork, _ lines: inout [PoolingLine]
  ) {
    var drawn = Array(repeating: [(commitment: Int, hundredths: Int64)](), count: pools.count)
    for link in network.links where link.flow > 0 && link.from < pools.count {
      drawn[link.from].append((commitments[link.to - pools.count], link.flow))
    }
    for pool in pools.indices {
      let parts = pooled[pool].sorted { a, b in
        a.hundredths != b.hundredths
          ? a.hundredths > b.hundredths : given.supplies[a.supply].id < given.supplies[b.supply].id
      }
      var next = 0
      var left = parts.first?.hundredths ?? 0
      for draw in drawn[pool].sorted(by: { $0.hundredths > $1.hundredths }) {
        var need = draw.hundredths
        while need > 0, next < parts.count {
          let amount = min(need, left)
          lines.append(PoolingLine(supply: parts[next].supply, commitment: draw.commitment, hundredths: amount))
          need -= amount
          left -= amount
          if left == 0 {
            next += 1
            left = next < parts.count ? parts[next].hundredths : 0
          }
        }
      }
    }
  }

  private func isGreater(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (given.supplies[a], given.supplies[b])
    return a.hours != b.hours ? a.hours > b.hours : a.id < b.id
  }
}
