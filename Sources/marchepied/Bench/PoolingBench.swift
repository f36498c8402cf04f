import Clauses
import Foundation

/// The time of the best allocation of hours, from a seed: a regional batch, and the same size in one company.
enum PoolingBench {
  /// What is allocated.
  enum Shape: String, CaseIterable {
    /// 20,000 supplies and 1,000 commitments of 100 companies in 10 areas.
    case region
    /// The same size, all of one company and area.
    case company
    /// One company with 30 lots and 24 months of a few people.
    case real
  }

  /// The figures of one shape.
  struct Figures: Encodable, Sendable {
    let supplies: Int
    let commitments: Int
    let lines: Int
    let coveredHours: Int
    let solveMilliseconds: Double
    let verifyMilliseconds: Double
    /// Of OR-tools on the same case, solver alone; nil where it is not installed.
    var peerMilliseconds: Double?
  }

  /// A certificate that does not prove its plan.
  struct Unproved: Error, CustomStringConvertible {
    let shape: Shape
    var description: String { "Le certificat de la répartition «\u{A0}\(shape.rawValue)\u{A0}» ne prouve rien." }
  }

  /// An invented case, the same for the same seed.
  static func sample(_ shape: Shape, seed: UInt64 = 1) throws -> PoolingCase {
    var dice = Dice(state: seed)
    let (supplies, commitments, companies, areas) =
      switch shape {
      case .region: (20_000, 1000, 100, 10)
      case .company: (20_000, 1000, 1, 1)
      case .real: (96, 30, 1, 1)
      }
    let start = 2026 * 12
    let commitmentList = (0..<commitments).map { number in
      let from = start + dice.roll(24)
      return PoolingCommitment(
        id: "c\(number)", company: "e\(number % companies)", area: "b\(number % areas)",
        from: Month(index: Int32(from)), to: Month(index: Int32(from + 3 + dice.roll(33))),
        missing: Hours(hundredths: Int64(dice.roll(shape == .real ? 90_000 : 400_000))),
        acceptsPooling: dice.roll(5) > 0, penaltyPerHour: Euros([0, 30, 60, 60, 90, 200][dice.roll(6)]))
    }
    let supplyList = (0..<supplies).map { number in
      let company = dice.roll(companies)
      // A commitment of the same company, for two supplies out of three.
      let own = company + companies * dice.roll(commitments / companies)
      return PoolingSupply(
        id: "s\(number)", company: "e\(company)", area: "b\(company % areas)",
        month: Month(index: Int32(start + dice.roll(36))), hours: Hours(hundredths: Int64(1 + dice.roll(15_167))),
        own: dice.roll(3) > 0 ? "c\(own)" : nil)
    }
    return try PoolingCase(supplies: supplyList, commitments: commitmentList)
  }

  /// Solves and checks a shape a few times; the middle time of each.
  static func measure(_ shape: Shape, runs: Int = 5) throws -> Figures {
    let given = try sample(shape)
    let clock = ContinuousClock()
    var plan = PoolingPlan(given)
    var solves: [Duration] = []
    var checks: [Duration] = []
    for _ in 0..<runs {
      solves.append(clock.measure { plan = PoolingPlan(given) })
      var isProved = false
      checks.append(clock.measure { isProved = plan.findings().isEmpty })
      guard isProved else { throw Unproved(shape: shape) }
    }
    return Figures(
      supplies: given.supplies.count, commitments: given.commitments.count, lines: plan.allocations.count,
      coveredHours: Int(plan.covered.hundredths / 100), solveMilliseconds: milliseconds(solves),
      verifyMilliseconds: milliseconds(checks))
  }

  /// Every shape, with the time of OR-tools on the same case where it is installed.
  static func all(in folder: String, say: (String) -> Void) throws -> [String: Figures] {
    var found: [String: Figures] = [:]
    for shape in Shape.allCases {
      var figures = try measure(shape)
      let path = "\(folder)/pooling-\(shape.rawValue).json"
      try Data(json(try sample(shape)).utf8).write(to: URL(filePath: path))
      do {
        let text = try BenchProcess.run(
          "/bin/sh", ["-c", "exec \"$0\" scripts/pooling-peer flow < \"$1\"", BenchProcess.python, path])
        figures.peerMilliseconds = try JSONDecoder().decode(Peer.self, from: Data(text.utf8)).milliseconds
      } catch {
        say("\(error)")
      }
      found[shape.rawValue] = figures
    }
    return found
  }

  private struct Peer: Decodable {
    let milliseconds: Double
  }

  /// The case as the rule reads it, for `scripts/pooling-peer flow`.
  static func json(_ given: PoolingCase) -> String {
    let supplies = given.supplies.map { supply in
      #"{"id":"\#(supply.id)","company":"\#(supply.company)","area":"\#(supply.area)","month":"\#(supply.month)","#
        + #""hours":\#(supply.hours)\#(supply.own.map { #","own":"\#($0)""# } ?? "")}"#
    }
    let commitments = given.commitments.map { commitment in
      #"{"id":"\#(commitment.id)","company":"\#(commitment.company)","area":"\#(commitment.area)","#
        + #""from":"\#(commitment.from)","to":"\#(commitment.to)","missing":\#(commitment.missing),"#
        + #""acceptsPooling":\#(commitment.acceptsPooling),"penaltyPerHour":\#(commitment.penaltyPerHour)}"#
    }
    return #"{"supplies":[\#(supplies.joined(separator: ","))],"commitments":[\#(commitments.joined(separator: ","))]}"#
  }

  private static func milliseconds(_ durations: [Duration]) -> Double {
    let middle = durations.sorted()[durations.count / 2]
    return Double((middle / .microseconds(1)).rounded()) / 1000
  }

  /// SplitMix64: the same case on every machine.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(sides))
    }
  }
}
