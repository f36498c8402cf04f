public import Clauses

/// One record of a file of award data: what was made of it, and where its bytes are.
public struct AwardRecord: Sendable {
  /// The bytes of the raw record, counted in the decompressed file; ``MappedFile`` gives them back.
  public let range: Range<Int>
  /// The line where it begins, counted from 1.
  public let line: Int
  /// Its number in the file, counted from 1, refused records included.
  public let ordinal: Int
  /// What was made of it.
  public let outcome: Outcome

  /// A notice ready to be stored, or the reason why there is none.
  public enum Outcome: Sendable {
    /// The notice, and what had to be repaired or could not be used.
    case notice(AwardNotice, repairs: [AwardRepair])
    /// Nothing can be stored of this record; the others of the file are not touched.
    case refused(AwardRefusal)
  }
}

/// Whether reading goes on after a record.
public enum ReadControl: Sendable {
  /// Read the next record.
  case proceed
  /// Stop here; ``AwardReadSummary/position`` says where to resume.
  case stop
}

/// What one reading of a file came to.
public struct AwardReadSummary: Sendable, Equatable {
  /// The format found.
  public let format: AwardFormat
  /// Records handed over, from the offset asked for.
  public internal(set) var records = 0
  /// Of these, how many gave a notice.
  public internal(set) var notices = 0
  /// Of these, how many were refused.
  public internal(set) var refused = 0
  /// Where reading stopped: every record before this byte was handed over.
  public internal(set) var position = 0
  /// Whether the caller stopped it before the end.
  public internal(set) var wasStopped = false
  /// What is wrong around the records: a list that is never closed, something after the end; the records themselves were read.
  public internal(set) var fault: AwardRefusal?

  init(format: AwardFormat) { self.format = format }
}
