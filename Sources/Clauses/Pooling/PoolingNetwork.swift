/// Hours that flow from pools to the commitments that they may reach, the most worthy commitment served first.
///
/// A **pool** gathers the hours of one area and month that may reach the same commitments: those that nobody's own
/// contract binds (`free`), and those that the supplies of a covered commitment leave over. The latter come from a
/// **surplus**: a commitment whose own supplies exceed what it misses can give away that excess, from whichever of their
/// months. A **sink** is a commitment that still misses hours.
///
/// Each sink in turn draws all it can along paths that never take anything from the sinks before it as a whole (they
/// may be served from elsewhere). The amounts that sinks can receive together form a polymatroid, so serving them in
/// order of worth is best at every level of the objective at once, whatever the distance between two worths.
/// When a sink can draw no more, no later path can touch the nodes that lead to it: they are **closed** at its worth,
/// which is what one more hour there would bring, and are never looked at again.
struct PoolingNetwork {
  /// A way of hours from one node to another and the hours that go along it.
  struct Link {
    let from: Int
    let to: Int
    /// What it can still take.
    var room: Int64
    var flow: Int64 = 0
  }

  /// Hours not drawn yet: of a pool, those without own contract; of a surplus, its excess.
  private(set) var source: [Int64]
  /// The ways: surplus to pool, with room; pool to sink, without limit of their own.
  private(set) var links: [Link] = []
  /// The place, in the order of service, of the sink that closed a node; nil while it is open.
  private(set) var closedBy: [Int?]
  private var incoming: [[Int]]
  private var outgoing: [[Int]]
  private var seen: [Int]
  private var step: [Int]
  private var queue: [Int] = []
  private var search = 0

  /// Nodes without links, with the hours that each can bring in.
  init(source: [Int64]) {
    self.source = source
    closedBy = Array(repeating: nil, count: source.count)
    incoming = Array(repeating: [], count: source.count)
    outgoing = incoming
    seen = Array(repeating: 0, count: source.count)
    step = seen
  }

  /// Adds a way that can take so many hours.
  mutating func link(_ from: Int, _ to: Int, room: Int64) {
    outgoing[from].append(links.count)
    incoming[to].append(links.count)
    links.append(Link(from: from, to: to, room: room))
  }

  /// Draws up to `demand` hours to a sink, and closes what leads to it where that is not possible.
  mutating func serve(_ sink: Int, _ demand: Int64, place: Int) {
    var rest = demand
    while rest > 0 {
      guard let start = way(to: sink) else {
        for node in queue { closedBy[node] = place }
        return
      }
      rest -= send(from: start, to: sink, atMost: rest)
    }
  }

  /// Searches backward from a sink for a node with hours left; `step` then holds the way, `queue` the nodes met.
  private mutating func way(to sink: Int) -> Int? {
    search += 1
    seen[sink] = search
    queue.removeAll(keepingCapacity: true)
    queue.append(sink)
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for index in incoming[node] where links[index].room > 0 {
        if visit(links[index].from, through: index) { return links[index].from }
      }
      // What a node sends elsewhere can be sent here instead: its flow goes back.
      for index in outgoing[node] where links[index].flow > 0 {
        if visit(links[index].to, through: index) { return links[index].to }
      }
    }
    return nil
  }

  /// Notes a node that leads on through a link; true where it has hours left.
  private mutating func visit(_ node: Int, through link: Int) -> Bool {
    guard seen[node] != search, closedBy[node] == nil else { return false }
    seen[node] = search
    step[node] = link
    queue.append(node)
    return source[node] > 0
  }

  private mutating func send(from start: Int, to sink: Int, atMost: Int64) -> Int64 {
    var amount = min(atMost, source[start])
    var node = start
    while node != sink {
      let link = links[step[node]]
      amount = min(amount, link.from == node ? link.room : link.flow)
      node = link.from == node ? link.to : link.from
    }
    source[start] -= amount
    node = start
    while node != sink {
      let index = step[node]
      let isForward = links[index].from == node
      links[index].flow += isForward ? amount : -amount
      links[index].room -= isForward ? amount : -amount
      node = isForward ? links[index].to : links[index].from
    }
    return amount
  }
}
