import Clauses
import Foundation
import Testing

@testable import Exchange

/// OR-tools, when a Python that has it is at hand: `MARCHEPIED_PEER_PYTHON`, else the private one of the set-up.
private enum Peer {
  static let root = String(#filePath.dropLast("Tests/ExchangeTests/PoolingPeerTests.swift".count))
  static let python =
    ProcessInfo.processInfo.environment["MARCHEPIED_PEER_PYTHON"] ?? root + ".venv/bin/python"
  static let isThere: Bool = (try? run(["-c", "import ortools"], ""))?.status == 0

  /// What one level after another reaches, as the script prints it.
  struct Optimum: Decodable {
    let own: Int64
    let penalty: Int64
    let hours: Int64
    let deadlines: [Int64]
  }

  static func run(_ arguments: [String], _ input: String) throws -> (status: Int32, output: Data) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, data)
  }

  static func optimum(_ method: String, _ input: String) throws -> Optimum {
    let result = try run([root + "scripts/pooling-peer", method], input)
    try #require(result.status == 0)
    return try JSONDecoder().decode(Optimum.self, from: result.output)
  }
}

@Suite struct PoolingPeerTests {
  private func input(_ seed: UInt64, supplies: Int, commitments: Int, agreements: Bool) -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
    func month(_ place: Int) -> String { Month(index: Int32(2026 * 12 + place)).description }
    func place() -> String { #""company":"\#(roll(4) == 0 ? "D" : "C")","area":"\#(roll(4) == 0 ? "Y" : "X")""# }
    let supplyList = (0..<supplies).map { number in
      let own = roll(2) == 0 ? "" : #","own":"c\#(roll(commitments))""#
      let policy = agreements ? #","policy":"\#(roll(3) == 0 ? "paid" : "worked")""# : ""
      let hours = Hours(hundredths: Int64(roll(15_168)))
      return #"{"id":"s\#(number)",\#(place()),"month":"\#(month(roll(12)))","hours":\#(hours)\#(own)\#(policy)}"#
    }
    let commitmentList = (0..<commitments).map { number in
      let from = roll(8)
      let missing = Hours(hundredths: Int64(roll(60_000)))
      return #"{"id":"c\#(number)",\#(place()),"from":"\#(month(from))","to":"\#(month(from + roll(6)))","#
        + #""missing":\#(missing),"acceptsPooling":\#(roll(5) > 0),"penaltyPerHour":\#([0, 50, 60, 90.5][roll(4)]),"#
        + #""buyer":"B\#(roll(3))"}"#
    }
    let agreement =
      #"{"id":"g","company":"C","area":"X","from":"2026-02","to":"2027-04","policy":"worked","#
      + #""buyers":[{"buyer":"B0","consents":true},{"buyer":"B1","consents":true},{"buyer":"B2","consents":false}]}"#
    return #"{"supplies":[\#(supplyList.joined(separator: ","))],"commitments":["#
      + commitmentList.joined(separator: ",") + #"],"order":"\#(seed % 2 == 0 ? "penalty" : "deadline")""#
      + (agreements ? #","agreements":[\#(agreement)]}"# : "}")
  }

  /// The levels of our plan, deadlines one after another.
  private func ours(_ json: String) throws -> [Int64] {
    var input = try RuleInput(Array(json.utf8))
    let given = try PoolingRule.given(&input)
    let plan = PoolingPlan(given)
    #expect(plan.findings() == [])
    let coverage = plan.coverage
    let penalty = given.commitments.reduce(Int64(0)) {
      $0 + (coverage[$1.id]?.hundredths ?? 0) * $1.penaltyPerHour.cents
    }
    let deadlines = Set(given.commitments.map(\.to)).sorted().map { deadline in
      given.commitments.filter { $0.to == deadline }.reduce(Int64(0)) { $0 + (coverage[$1.id]?.hundredths ?? 0) }
    }
    return [plan.coveredByOwn.hundredths, penalty, plan.covered.hundredths] + deadlines
  }

  private func theirs(_ method: String, _ json: String) throws -> [Int64] {
    let optimum = try Peer.optimum(method, json)
    return [optimum.own, optimum.penalty, optimum.hours] + optimum.deadlines
  }

  @Test(.enabled(if: Peer.isThere, "OR-tools absent"), arguments: UInt64(0)..<24)
  func `OR-tools finds the same optimum, one level after another`(seed: UInt64) throws {
    let json = input(seed, supplies: 12, commitments: 5, agreements: seed % 3 == 0)
    #expect(try ours(json) == theirs("levels", json), "seed \(seed)")
  }

  @Test(.enabled(if: Peer.isThere, "OR-tools absent"), arguments: UInt64(0)..<12)
  func `OR-tools finds the same optimum of greater cases as a flow`(seed: UInt64) throws {
    let json = input(seed, supplies: 600, commitments: 60, agreements: false)
    #expect(try ours(json) == theirs("flow", json), "seed \(seed)")
  }
}
