/// Makes simplified outlines of groups of communes that fit together like tiles.
///
/// The shapes of neighbours share their edges point for point. An edge that two communes of one group share is inside the group and vanishes; what is left is
/// cut where the neighbour changes, and each such piece is simplified once, always from the same end, so that both sides keep the same line.
struct BoundaryBuilder {
  /// A point of the plane, in metres, north up.
  struct Point: Hashable {
    var x: Double
    var y: Double
  }

  private var points: [Point] = []
  private var known: [UInt64: Int32] = [:]
  private var ringStarts: [Int32] = []
  private var ringUnits: [Int32] = []
  private var vertices: [Int32] = []

  /// Adds a ring of the unit (a commune's number), given in degrees, the last point repeating the first, whichever way it turns.
  mutating func add(
    _ ring: [(longitude: Double, latitude: Double)], isHole: Bool, unit: Int, project: (Double, Double) -> Point
  ) {
    guard ring.count > 3 else { return }
    let turn = BoundaryBuilder.area(ring.dropLast().map { Point(x: $0.longitude, y: $0.latitude) })
    let ring = (turn < 0) == isHole ? ring : ring.reversed()
    ringStarts.append(Int32(vertices.count))
    ringUnits.append(Int32(unit))
    for (longitude, latitude) in ring {
      let key =
        UInt64(UInt32(bitPattern: Int32((longitude * 1e7).rounded()))) << 32
        | UInt64(UInt32(bitPattern: Int32((latitude * 1e7).rounded())))
      if let vertex = known[key] {
        if vertices.last != vertex || vertices.count == ringStarts.last.map({ Int($0) }) { vertices.append(vertex) }
      } else {
        let vertex = Int32(points.count)
        points.append(project(longitude, latitude))
        known[key] = vertex
        vertices.append(vertex)
      }
    }
  }

  /// The simplified rings of each group: `group` gives the group of each unit (nil to leave it out), `tolerance` and the result are in metres.
  ///
  /// Rings smaller than `least` square metres are left out, save the greatest of the group; so are holes that no other group fills (units without shape).
  func outlines(group: [Int32?], groups: Int, tolerance: Double, least: Double) -> [[[Point]]] {
    var edges = borders(group)
    edges.sort { ($0.group, $0.from, $0.to) < ($1.group, $1.from, $1.to) }
    var result = Array(repeating: [[Point]](), count: groups)
    var low = 0
    while low < edges.count {
      var high = low
      while high < edges.count, edges[high].group == edges[low].group { high += 1 }
      result[Int(edges[low].group)] = rings(edges[low..<high], tolerance: tolerance, least: least)
      low = high
    }
    return result
  }

  private struct Edge {
    var from: Int32
    var to: Int32
    var group: Int32
    /// The group on the other side; −1 for none.
    var beyond: Int32

    var key: UInt64 { UInt64(UInt32(min(from, to))) << 32 | UInt64(UInt32(max(from, to))) }
  }

  // The edges that separate a group from another or from nothing.
  private func borders(_ group: [Int32?]) -> [Edge] {
    var edges: [Edge] = []
    edges.reserveCapacity(vertices.count)
    for (index, start) in ringStarts.enumerated() {
      guard let owner = group[Int(ringUnits[index])] else { continue }
      let end = index + 1 < ringStarts.count ? Int(ringStarts[index + 1]) : vertices.count
      for k in Int(start)..<(end - 1) where vertices[k] != vertices[k + 1] {
        edges.append(Edge(from: vertices[k], to: vertices[k + 1], group: owner, beyond: -1))
      }
    }
    edges.sort { $0.key < $1.key }
    var kept: [Edge] = []
    var low = 0
    while low < edges.count {
      var high = low + 1
      while high < edges.count, edges[high].key == edges[low].key { high += 1 }
      defer { low = high }
      guard high - low == 2 else {
        if high - low == 1 { kept.append(edges[low]) }
        continue
      }
      var (a, b) = (edges[low], edges[low + 1])
      guard a.group != b.group else { continue }
      (a.beyond, b.beyond) = (b.group, a.group)
      kept.append(a)
      kept.append(b)
    }
    return kept
  }

  // Chains a group's border edges (sorted by start) into rings and simplifies them.
  private func rings(_ edges: ArraySlice<Edge>, tolerance: Double, least: Double) -> [[Point]] {
    var used = Array(repeating: false, count: edges.count)
    var rings: [(points: [Point], area: Double)] = []
    for first in edges.indices where !used[first - edges.startIndex] {
      var chain: [Edge] = []
      var current: Int? = first
      while let index = current {
        used[index - edges.startIndex] = true
        chain.append(edges[index])
        current = edges[index].to == edges[first].from ? nil : successor(of: edges[index], in: edges, used)
      }
      guard chain.count > 2, chain[chain.count - 1].to == chain[0].from else { continue }
      let ring = simplified(chain, tolerance)
      let area = BoundaryBuilder.area(ring)
      // Outer rings turn left; a hole that no group fills is a unit without shape.
      if area < 0, chain.allSatisfy({ $0.beyond < 0 }) { continue }
      rings.append((ring, area))
    }
    let greatest = rings.map(\.area).max() ?? 0
    return rings.filter { $0.points.count > 2 && (abs($0.area) >= least || $0.area == greatest) }.map(\.points)
  }

  private func successor(of edge: Edge, in edges: ArraySlice<Edge>, _ used: [Bool]) -> Int? {
    var (low, high) = (edges.startIndex, edges.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle].from < edge.to { low = middle + 1 } else { high = middle }
    }
    while low < edges.endIndex, edges[low].from == edge.to {
      if !used[low - edges.startIndex] { return low }
      low += 1
    }
    return nil
  }

  // The ring without its repeated point, each piece between two changes of neighbour simplified on its own.
  private func simplified(_ chain: [Edge], _ tolerance: Double) -> [Point] {
    let count = chain.count
    let nodes = chain.indices.filter { chain[$0].beyond != chain[($0 + count - 1) % count].beyond }
    let start = nodes.first ?? chain.indices.min { chain[$0].from < chain[$1].from } ?? 0
    var ring: [Int32] = []
    var piece: [Int32] = [chain[start].from]
    for step in 0..<count {
      let edge = chain[(start + step) % count]
      piece.append(edge.to)
      let next = chain[(start + step + 1) % count]
      guard step == count - 1 || next.beyond != edge.beyond else { continue }
      ring += thinned(piece, tolerance).dropLast()
      piece = [edge.to]
    }
    return ring.map { points[Int($0)] }
  }

  // The same line whichever side asks: from the end with the lesser number; a closed line is cut at its farthest point.
  private func thinned(_ piece: [Int32], _ tolerance: Double) -> [Int32] {
    guard piece.count > 2, let first = piece.first, let last = piece.last else { return piece }
    if first == last {
      let origin = points[Int(first)]
      var far = (index: 1, distance: -1.0)
      for index in 1..<(piece.count - 1) {
        let distance = BoundaryBuilder.square(origin, points[Int(piece[index])])
        if distance > far.distance || (distance == far.distance && piece[index] < piece[far.index]) {
          far = (index, distance)
        }
      }
      return thinned(Array(piece[...far.index]), tolerance).dropLast() + thinned(Array(piece[far.index...]), tolerance)
    }
    return first < last ? kept(piece, tolerance) : kept(piece.reversed(), tolerance).reversed()
  }

  // Douglas and Peucker, without recursion.
  private func kept(_ line: [Int32], _ tolerance: Double) -> [Int32] {
    var keep = Array(repeating: false, count: line.count)
    keep[0] = true
    keep[line.count - 1] = true
    var spans = [(0, line.count - 1)]
    while let (low, high) = spans.popLast() {
      guard high - low > 1 else { continue }
      let (a, b) = (points[Int(line[low])], points[Int(line[high])])
      var far = (index: low, distance: tolerance * tolerance)
      for index in (low + 1)..<high {
        let distance = BoundaryBuilder.square(points[Int(line[index])], from: a, to: b)
        if distance > far.distance { far = (index, distance) }
      }
      guard far.index > low else { continue }
      keep[far.index] = true
      spans.append((low, far.index))
      spans.append((far.index, high))
    }
    return line.indices.compactMap { keep[$0] ? line[$0] : nil }
  }

  private static func square(_ a: Point, _ b: Point) -> Double { (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) }

  // The square of the distance from a point to a segment.
  private static func square(_ p: Point, from a: Point, to b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    guard length > 0 else { return square(p, a) }
    let t = min(max(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0), 1)
    return square(p, Point(x: a.x + t * dx, y: a.y + t * dy))
  }

  /// The area of a ring without its repeated point, in square metres, positive where it turns left.
  static func area(_ ring: [Point]) -> Double {
    guard let last = ring.last else { return 0 }
    var sum = 0.0
    var previous = last
    for point in ring {
      sum += previous.x * point.y - point.x * previous.y
      previous = point
    }
    return sum / 2
  }
}
