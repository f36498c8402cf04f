import Exchange
import Foundation

/// What came out of an import: counts by outcome and reason, with examples.
public struct ImportReport: Sendable, Codable, Equatable {
  /// A record to look at.
  public struct Example: Sendable, Codable, Equatable {
    /// The line of the file where the record begins, from 1.
    public var line: Int
    /// Its place in the file, from 1.
    public var record: Int
    /// What happened, in French.
    public var sentence: String
  }

  /// One kind of repair, refusal or change, with how often it came.
  public struct Reason: Sendable, Codable, Equatable {
    /// How often it came.
    public var count = 0
    /// The first ones, at most ``exampleLimit``.
    public var examples: [Example] = []
  }

  /// Examples kept a reason.
  public static let exampleLimit = 5

  /// The file's name.
  public var file: String
  /// The format that was recognised.
  public var format: String?
  /// Whether every record was read.
  public var whole = false
  /// Whether nothing was written.
  public var dryRun = false
  /// Whether the file had been imported before, so that nothing was left to do.
  public var alreadyImported = false
  /// Records read: new, changed, unchanged, outdated and refused add up to it.
  public var read = 0
  /// Records that the base did not hold.
  public var new = 0
  /// Records that changed one that was there.
  public var changed = 0
  /// Records that say what was there already.
  public var unchanged = 0
  /// Records older than what was there.
  public var outdated = 0
  /// Records that could not be kept.
  public var refused = 0
  /// Records stored after a repair; they are among the new, changed, unchanged or outdated.
  public var repaired = 0
  /// Records of which something is to be checked: kept as it is, read in one of several ways, or left out. A record can
  /// be repaired as well.
  public var doubtful = 0
  /// Why records were repaired, by kind of repair.
  public var repairs: [String: Reason] = [:]
  /// What is to be checked, by kind.
  public var doubts: [String: Reason] = [:]
  /// Why records were refused, by kind of refusal.
  public var refusals: [String: Reason] = [:]
  /// Records that changed one that was there, with examples.
  public var changes: Reason = Reason()
  /// What is wrong with the file as a whole, in French; nil where nothing is.
  public var fault: String?

  /// A report that counts nothing yet.
  public init(file: String) { self.file = file }

  /// Whether the file was read and nothing of it could be kept.
  public var keptNothing: Bool { read > 0 && read == refused }

  mutating func note(repairs list: [(repair: AwardRepair, sentence: String)], of record: RecordPlace) {
    var (isMended, isDoubtful) = (false, false)
    for (repair, sentence) in list {
      if repair.kind.isDoubt {
        isDoubtful = true
        doubts[repair.kind.rawValue, default: Reason()].add(sentence, record)
      } else {
        isMended = true
        repairs[repair.kind.rawValue, default: Reason()].add(sentence, record)
      }
    }
    if isMended { repaired += 1 }
    if isDoubtful { doubtful += 1 }
  }

  mutating func note(refusal: AwardRefusal, of record: RecordPlace) {
    refused += 1
    refusals[refusal.kind.rawValue, default: Reason()].add(refusal.sentence, record)
  }

  mutating func note(change: [String], of record: RecordPlace) {
    changed += 1
    changes.add(change.joined(separator: " "), record)
  }

  /// The report as one JSON text, keys sorted.
  public func json(pretty: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = pretty ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  init?(json: String) {
    guard let report = try? JSONDecoder().decode(ImportReport.self, from: Data(json.utf8)) else { return nil }
    self = report
  }

  /// Reads a report, also one that was stored before what is to be checked was counted apart.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    file = try fields.decode(String.self, forKey: .file)
    format = try fields.decodeIfPresent(String.self, forKey: .format)
    whole = try fields.decode(Bool.self, forKey: .whole)
    dryRun = try fields.decode(Bool.self, forKey: .dryRun)
    alreadyImported = try fields.decode(Bool.self, forKey: .alreadyImported)
    read = try fields.decode(Int.self, forKey: .read)
    new = try fields.decode(Int.self, forKey: .new)
    changed = try fields.decode(Int.self, forKey: .changed)
    unchanged = try fields.decode(Int.self, forKey: .unchanged)
    outdated = try fields.decode(Int.self, forKey: .outdated)
    refused = try fields.decode(Int.self, forKey: .refused)
    repaired = try fields.decode(Int.self, forKey: .repaired)
    doubtful = try fields.decodeIfPresent(Int.self, forKey: .doubtful) ?? 0
    repairs = try fields.decode([String: Reason].self, forKey: .repairs)
    doubts = try fields.decodeIfPresent([String: Reason].self, forKey: .doubts) ?? [:]
    refusals = try fields.decode([String: Reason].self, forKey: .refusals)
    changes = try fields.decode(Reason.self, forKey: .changes)
    fault = try fields.decodeIfPresent(String.self, forKey: .fault)
  }
}

extension ImportReport.Reason {
  fileprivate mutating func add(_ sentence: String, _ record: RecordPlace) {
    count += 1
    guard examples.count < ImportReport.exampleLimit else { return }
    examples.append(.init(line: record.line, record: record.ordinal, sentence: sentence))
  }
}
