import Foundation

/// Reads somebody's spreadsheet: XLSX, ODS, or CSV, whichever its content is, whatever its name says.
///
///     let reader = try WorkbookReader(path: "achats 2027.xlsx")
///     let merged = try reader.rows(of: reader.sheets[0]) { row in print(row.number, row.cells); return true }
///
/// Rows come one by one, so that memory does not grow with them; texts that cells share are kept.
public struct WorkbookReader {
  private enum Form {
    case xlsx(XLSXReader)
    case ods(ODSReader)
    case csv
  }

  /// The sheets, in their order; a CSV file is one, named as the file.
  public let sheets: [WorkbookSheet]
  private let limits: WorkbookLimits
  private let form: Form
  private let path: String

  /// Opens a file and reads the names of its sheets.
  ///
  /// Throws ``WorkbookProblem``, or ``ReadingFailure`` for a file that cannot be opened.
  public init(path: String, name: String? = nil, limits: WorkbookLimits = WorkbookLimits()) throws {
    let title = name ?? String(path.split(separator: "/").last ?? "")
    (self.limits, self.path) = (limits, path)
    let head = try Self.head(path)
    guard !head.isEmpty else { throw ReadingFailure(.empty, path: title) }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw WorkbookProblem.form(
        name: title,
        "c’est un classeur de l’ancien format .xls, ou protégé par un mot de passe. Ouvrez-le, ôtez le mot de passe s’il y en a un, "
          + "enregistrez-le au format .xlsx, puis renvoyez-le.")
    }
    guard head.starts(with: [0x50, 0x4B]) else {
      guard !head.starts(with: Array("%PDF".utf8)) else {
        throw WorkbookProblem.form(name: title, "c’est un PDF. Demandez le tableur d’origine (.xlsx, .ods ou .csv).")
      }
      form = .csv
      sheets = [WorkbookSheet(name: title, isHidden: false, part: path, rank: 0)]
      return
    }
    let archive = try Self.archive(path)
    if archive.entries.contains(where: { $0.name == ODSReader.part }) {
      let type = try? archive.read("mimetype", limit: 1000)
      if let type, !String(decoding: type, as: UTF8.self).contains("spreadsheet") {
        throw WorkbookProblem.form(name: title, "ce n’est pas un classeur. Envoyez un fichier .xlsx, .ods ou .csv.")
      }
      let reader = try ODSReader(archive, limits: limits)
      (form, sheets) = (.ods(reader), reader.sheets)
    } else {
      let reader = try XLSXReader(archive, limits: limits)
      (form, sheets) = (.xlsx(reader), reader.sheets)
    }
    guard !sheets.isEmpty else {
      throw WorkbookProblem.form(
        name: title,
        "il ne contient aucune feuille. Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis renvoyez-le.")
    }
  }

  private static func archive(_ path: String) throws -> Archive {
    do { return try Archive(path: path) } catch { throw WorkbookProblem.archive(error) }
  }

  private static func head(_ path: String) throws -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path) else { throw ReadingFailure(.missing, path: path) }
    defer { try? file.close() }
    return Array(try file.read(upToCount: 8) ?? Data())
  }

  /// Hands the rows of a sheet over in order, those without anything left out, until `take` answers false; gives the merged
  /// cells, of which those after the row where it stopped may be missing.
  @discardableResult
  public func rows(
    of sheet: WorkbookSheet, _ take: @escaping (WorkbookRow) throws -> Bool
  ) throws -> [MergedCells] {
    switch form {
    case .csv:
      try csv(take)
      return []
    case .xlsx(let reader): return try reader.rows(of: sheet, Self.archive(path), limits: limits, take)
    case .ods(let reader): return try reader.rows(of: sheet, Self.archive(path), limits: limits, take)
    }
  }

  private func csv(_ take: @escaping (WorkbookRow) throws -> Bool) throws {
    let file = try MappedFile.open(path)
    var builder = SheetBuilder(limits: limits, take: take)
    try file.withBytes { bytes in
      var reader: CSVReader
      do {
        reader = try CSVReader(bytes)
      } catch {
        throw WorkbookProblem.form(name: sheets[0].name, "\(error)")
      }
      while try reader.next() {
        for column in 0..<reader.count {
          try builder.put(reader.value(column).map { .text($0) } ?? .empty, at: column)
        }
        guard try builder.end(row: reader.line) else { return }
      }
    }
  }
}
