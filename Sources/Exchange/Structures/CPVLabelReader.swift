public import Clauses

/// What one row of the list of CPV labels gave.
public enum CPVLabelRow: Sendable, Hashable {
  /// A code and its label in French.
  case label(CPVCode, String, line: Int)
  /// A row that gives no label, and how to mend it.
  case refused(TableNote)
}

/// Why a list of CPV labels cannot be read at all.
public enum CPVListProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is no CSV.
  case csv(CSVProblem)
  /// No columns with code and French label; the titles that were found.
  case noColumns(found: String)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .csv(let problem): problem.description
    case .noColumns(let found):
      "Le fichier n’a pas de colonnes «\(nnbsp)CODE\(nnbsp)» et «\(nnbsp)FR\(nnbsp)» (ou «\(nnbsp)Libellé\(nnbsp)»). "
        + "Colonnes trouvées\(nnbsp): \(found). Nommez ainsi celles du code CPV et du libellé français."
    }
  }
}

/// Reads the full list of CPV labels: CSV in UTF-8 or CP1252, columns of code (with or without its check digit) and French label, with or without titles.
///
/// A lost leading zero comes back. The last of two rows with the same code is for the caller to prefer.
public struct CPVLabelReader: ~Copyable {
  /// The charset met so far.
  public var charset: Charset { table.charset }

  private var table: CSVReader
  private let code: Int
  private let label: Int
  private var pending: Bool

  /// Opens a list over its bytes, which must outlive the reader.
  public init(_ bytes: UnsafeRawBufferPointer) throws(CPVListProblem) {
    let opened = try CPVLabelReader.opened(bytes)
    let titles = ColumnTitles(opened.texts)
    let isUntitled = opened.count > 1 && CPVLabelReader.read(titles.titles[0]) != nil
    let code = isUntitled ? 0 : titles.index(ofAny: ["code", "code cpv", "cpv", "cpv code"])
    let label =
      isUntitled
      ? 1 : titles.index(ofAny: ["fr", "libelle", "libelle fr", "label", "intitule", "designation", "description"])
    guard let code, let label else { throw .noColumns(found: titles.inWords) }
    table = opened
    (self.code, self.label, pending) = (code, label, isUntitled)
  }

  private static func opened(_ bytes: UnsafeRawBufferPointer) throws(CPVListProblem) -> CSVReader {
    do throws(CSVProblem) {
      return try CSVReader.onTitles(bytes)
    } catch {
      throw .csv(error)
    }
  }

  /// The next row that is not blank; nil at the end of the list.
  public mutating func next() throws -> CPVLabelRow? {
    if pending { pending = false } else if try !table.next() { return nil }
    let line = table.line
    guard let text = table.value(code) else {
      return .refused(TableNote(line: line, "le code CPV manque\(nnbsp): ajoutez ses huit chiffres"))
    }
    guard let cpv = CPVLabelReader.read(text) else {
      return .refused(
        TableNote(
          line: line,
          "\(quoted(text)) n’est pas un code CPV\(nnbsp): il faut huit chiffres, et s’il y a lieu un tiret et la clé"))
    }
    guard let words = table.value(label) else {
      return .refused(TableNote(line: line, "le libellé du code \(cpv) manque\(nnbsp): ajoutez-le"))
    }
    return .label(cpv, words, line: line)
  }

  private static func read(_ text: String) -> CPVCode? {
    let compact = text.filter { $0 != " " }
    if let cpv = CPVCode(compact) { return cpv }
    let number = compact.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard number.first?.utf8.count == 7 else { return nil }
    return CPVCode("0" + compact)
  }
}
