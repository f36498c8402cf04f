import Clauses
import Foundation

@testable import Exchange

/// A file of the tests, removed when the test ends.
final class ScratchFile {
  let path: String

  init(_ bytes: some Sequence<UInt8>, suffix: String = ".json") throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)\(suffix)").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  convenience init(_ text: String, suffix: String = ".json") throws { try self.init(text.utf8, suffix: suffix) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Everything that a reading gave.
struct AwardsRead {
  var records: [AwardRecord] = []
  var summary: AwardReadSummary
  var raw: [String] = []

  var notices: [AwardNotice] {
    records.compactMap { if case .notice(let notice, _) = $0.outcome { notice } else { nil } }
  }

  var refusals: [AwardRefusal] {
    records.compactMap { if case .refused(let refusal) = $0.outcome { refusal } else { nil } }
  }

  var repairs: [AwardRepair] {
    records.flatMap { record -> [AwardRepair] in
      if case .notice(_, let repairs) = record.outcome { repairs } else { [] }
    }
  }

  /// Kind, field, before and after of each repair, the way tests compare them.
  var repairLines: [String] { repairs.map { "\($0.kind.rawValue) \($0.field): \($0.before) > \($0.after)" } }
}

func readAwards(atPath path: String, from offset: Int = 0) throws -> AwardsRead {
  let reader = try AwardReader(MappedFile.open(path))
  var records: [AwardRecord] = []
  let summary = try reader.read(from: offset) { record in
    records.append(record)
    return .proceed
  }
  let raw = records.map { String(decoding: reader.rawRecord($0.range), as: UTF8.self) }
  return AwardsRead(records: records, summary: summary, raw: raw)
}

func readAwards(_ bytes: some Sequence<UInt8>, from offset: Int = 0) throws -> AwardsRead {
  let file = try ScratchFile(bytes)
  return try readAwards(atPath: file.path, from: offset)
}

func readAwards(_ text: String, from offset: Int = 0) throws -> AwardsRead { try readAwards(text.utf8, from: offset) }

/// A record of the format of 2022 with a right key; `fields` replace or add members.
func contract(_ fields: String = "", id: String = "\"2026-17\"", buyer: String = "\"21770288300018\"") -> String {
  #"{"id":\#(id),"acheteur":{"id":\#(buyer)},"objet":"Entretien des espaces verts""#
    + (fields.isEmpty ? "}" : ",\(fields)}")
}

/// The notice and the repairs of one record with these fields.
func award(_ fields: String) throws -> (notice: AwardNotice?, repairs: [String]) {
  let read = try readAwards("[\(contract(fields))]")
  return (read.notices.first, read.repairLines)
}

func siret(_ text: String) throws -> SIRET { try SIRET(text) }

/// The folder of real files, nil where the environment does not name it.
let realData: URL? = ProcessInfo.processInfo.environment["MARCHEPIED_DATA"].map { URL(fileURLWithPath: $0) }

/// How many random cases a fuzz test plays.
let randomCount = ProcessInfo.processInfo.environment["MARCHEPIED_TEST_COUNT"].flatMap { Int($0) } ?? 2000

/// A generator that plays the same cases from the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
