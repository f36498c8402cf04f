import Clauses
import Exchange
import Records
import Storage

/// Reads the full list of CPV labels into the base.
public struct ImportCPVLabels: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The file to read.
  public var path: String

  /// An import of a list.
  public init(path: String) { self.path = path }

  /// Imports the list and says what came out.
  public func run(as actor: Actor, in world: World) async throws -> TableReport {
    try actor.authorise(Self.right)
    let file = try MappedFile.open(path, spool: try world.files.temporaryFolder())
    var report = TableReport(file: path)
    var labels: [(code: CPVCode, label: String)] = []
    try file.withBytes { bytes throws in
      var reader = try CPVLabelReader(bytes)
      while let row = try reader.next() {
        report.read += 1
        switch row {
        case .label(let code, let label, line: _): labels.append((code, label))
        case .refused(let note): report.refuse(note)
        }
      }
    }
    let lines = labels
    report.new = try await world.database.write { try CPVLabels.save(lines, in: $0) }
    report.known = lines.count - report.new
    return report
  }
}
