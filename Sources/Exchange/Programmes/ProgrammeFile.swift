import Clauses
import Foundation

/// A purchase programme as a file holds it: its sheets, its titles, its rows.
public struct ProgrammeFile: Sendable {
  /// The most rows that are taken: a territory's buyers have some hundreds each.
  public static let mostRows = 5_000
  /// The columns that a file may have; what is typed in addition stands after them.
  public static let mostColumns = 300
  /// The bytes of a list of projects in JSON, which is read whole.
  private static let mostJSON = 16 << 20
  /// What is read of somebody's workbook: far more than a programme holds, far less than what would fill memory.
  private static let limits: WorkbookLimits = {
    var limits = WorkbookLimits()
    (limits.bytes, limits.columns, limits.cells) = (64 << 20, mostColumns, 500_000)
    return limits
  }()

  /// The sheets that are shown, by name.
  public let sheets: [String]
  /// The sheet that was read.
  public let sheet: String
  /// Its rows, titles included.
  public let rows: [WorkbookRow]
  /// Cells that were made one.
  public let merged: [MergedCells]
  /// Whether rows beyond ``mostRows`` were left out.
  public let isCut: Bool

  /// Reads a file: XLSX, ODS, CSV, or the JSON of the State's portal of purchase projects (APProch).
  ///
  /// Without a name, the sheet is the first one in which titles are recognised. Throws ``WorkbookProblem`` and ``ReadingFailure``.
  public init(path: String, name: String, sheet wanted: String? = nil) throws {
    if let rows = try Self.json(path, name: name) {
      (sheets, sheet, merged) = ([name], name, [])
      self.rows = Array(rows.prefix(Self.mostRows + 1))
      isCut = rows.count > Self.mostRows + 1
      return
    }
    let reader = try WorkbookReader(path: path, name: name, limits: Self.limits)
    let shown = reader.sheets.filter { !$0.isHidden }
    guard !shown.isEmpty else {
      throw WorkbookProblem.form(name: name, "il n’a aucune feuille visible. Vérifiez que c’est le bon fichier.")
    }
    var best: (sheet: WorkbookSheet, rows: [WorkbookRow], merged: [MergedCells], isCut: Bool)?
    for candidate in wanted.flatMap({ wanted in shown.first { $0.name == wanted } }).map({ [$0] }) ?? shown {
      var rows: [WorkbookRow] = []
      var isCut = false
      let merged = try reader.rows(of: candidate) { row in
        isCut = rows.count > Self.mostRows
        if !isCut { rows.append(row) }
        return !isCut
      }
      let isFound = ProgrammeColumns.found(in: rows) != nil
      if best == nil || isFound { best = (candidate, rows, merged, isCut) }
      if isFound { break }
    }
    guard let best else { throw ReadingFailure(.empty, path: name) }
    sheets = shown.map(\.name)
    sheet = best.sheet.name
    (rows, isCut) = (best.rows, best.isCut)
    merged = best.merged
  }

  /// The rows of a JSON list of objects, with a row of titles that are their names; nil for another form.
  private static func json(_ path: String, name: String) throws -> [WorkbookRow]? {
    let file = try MappedFile.open(path, limit: limits.bytes)
    let bytes = file.bytes(0..<mostJSON)
    guard let first = bytes.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }), first == 0x5B
    else { return nil }
    let wrong = WorkbookProblem.form(
      name: name, "ce n’est pas du JSON complet, fait d’une liste de projets. Téléchargez-le de nouveau.")
    guard let list = try? JSONSerialization.jsonObject(with: withoutNaN(bytes)) as? [[String: Any]] else { throw wrong }
    let titles = PlannedField.allCases.compactMap { field in source[field].map { (field, $0) } }
    let head = WorkbookRow(number: 1, cells: titles.map { .text($0.0.label) })
    return [head]
      + list.enumerated().map { rank, project in
        WorkbookRow(number: rank + 2, cells: titles.map { cell(project, $0.1) })
      }
  }

  /// Where each field stands in a project of the portal.
  private static let source: [PlannedField: [String]] = [
    .reference: ["url"], .object: ["label"], .category: ["purchasingCategory"], .cpv: ["CPVPrimary"],
    .amount: ["marketEstimatedAmount"], .months: ["marketMaxDuration"], .place: ["departments"],
    .launch: ["publicationTargetDate"], .note: ["description"],
  ]

  private static func cell(_ project: [String: Any], _ names: [String]) -> WorkbookCell {
    for name in names {
      switch project[name] {
      case let text as String where !text.isEmpty:
        // The portal's number ends the address of a project.
        return .text(
          name == "url" ? text.split(separator: "/").last { $0.allSatisfy(\.isNumber) }.map(String.init) ?? text : text)
      case let number as NSNumber: return SheetNumber.digits(number.stringValue).map { .number($0) } ?? .empty
      case let list as [Any]:
        let words = list.compactMap { item in
          item as? String ?? (item as? [String: Any]).flatMap { $0["code"] as? String ?? $0["label"] as? String }
        }
        if !words.isEmpty { return .text(words.joined(separator: ", ")) }
      default: continue
      }
    }
    return .empty
  }

  /// The same bytes with `null` for the `NaN` that some exports write outside texts.
  private static func withoutNaN(_ bytes: [UInt8]) -> Data {
    var result = Data(capacity: bytes.count)
    var (isText, isEscaped) = (false, false)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if !isText, byte == 0x4E, bytes[place...].prefix(3).elementsEqual("NaN".utf8) {
        result.append(contentsOf: "null".utf8)
        place += 3
        continue
      }
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isText = false
        }
      } else if byte == 0x22 {
        isText = true
      }
      result.append(byte)
      place += 1
    }
    return result
  }
}
