public import Clauses

/// What one row of a list of structures gave.
public enum StructureRow: Sendable, Hashable {
  /// A structure, with what was mended or is doubtful.
  case structure(InclusionStructureRecord, notes: [TableNote])
  /// A row that cannot be a structure, and how to mend it.
  case refused(TableNote)
}

/// Reads a list of SIAE, GEIQ, EA or ESAT, a CSV file whose columns are recognised by their titles or declared.
///
/// A row whose words hold a social security number is refused, and the number is not repeated.
/// Lost zeros come back in postcodes, commune codes and SIRET (there only when the key proves it); a wrong SIRET key is a note, never a refusal; a row
/// without SIRET or with an unknown kind is refused, and costs no other. A pair (SIRET, kind) seen before is given again, with a note.
public struct StructureReader: ~Copyable {
  /// Where each column was found, by its title.
  public let columns: [StructureColumn: String]
  /// The kind of the rows that have none: the caller's, or ESAT where the list is recognised as the national list of ESAT.
  public let defaultKind: StructureKind?
  /// The charset met so far.
  public var charset: Charset { table.charset }
  /// The sign between two fields.
  public var separator: CSVSeparator { table.separator }

  private var table: CSVReader
  private let places: [StructureColumn: Int]
  private var seen: [SeenStructure: Int] = [:]

  /// Opens a list over its bytes, which must outlive the reader; `columns` names titles for columns that would not be recognised.
  public init(
    _ bytes: UnsafeRawBufferPointer, columns declared: [StructureColumn: String] = [:],
    defaultKind: StructureKind? = nil
  ) throws(StructureListProblem) {
    let opened = try StructureReader.opened(bytes)
    let titles = ColumnTitles(opened.texts)
    var places: [StructureColumn: Int] = [:]
    for column in StructureColumn.allCases {
      if let title = declared[column] {
        guard let index = titles.index(titled: title) else {
          throw .noSuchColumn(title: title, found: titles.inWords)
        }
        places[column] = index
      } else if let index = titles.index(ofAny: column.names) {
        places[column] = index
      }
    }
    guard let siret = places[.siret] else { throw .noSIRET(found: titles.inWords) }
    let kind =
      defaultKind
      ?? (places[.kind] == nil ? StructureReader.esatList(bytes, titles, name: places[.name], siret: siret) : nil)
    guard places[.kind] != nil || kind != nil else { throw .noKind(found: titles.inWords) }
    table = opened
    self.places = places
    self.defaultKind = kind
    columns = places.mapValues { titles.titles[$0] }
  }

  private static func opened(_ bytes: UnsafeRawBufferPointer) throws(StructureListProblem) -> CSVReader {
    do throws(CSVProblem) {
      return try CSVReader.onTitles(bytes)
    } catch {
      throw .csv(error)
    }
  }

  /// The next row that is not blank; nil at the end of the list.
  public mutating func next() throws -> StructureRow? {
    guard try table.next() else { return nil }
    let line = table.line
    var notes: [TableNote] = []
    if let defect = table.defect {
      guard case .ragged(let expected, let found) = defect, found < expected, table.value(places[.siret]) != nil else {
        return .refused(TableNote(line: line, defect.description))
      }
      // Short rows are read with what they have.
      notes.append(TableNote(line: line, defect.description))
    }
    let siret: SIRET
    switch readSIRET(line, &notes) {
    case .success(let value): siret = value
    case .failure(let refusal): return .refused(refusal.note)
    }
    let kind: StructureKind
    switch readKind(line) {
    case .success(let value): kind = value
    case .failure(let refusal): return .refused(refusal.note)
    }
    for column in [StructureColumn.name, .tradeName, .description] where holdsNIR(column) {
      return .refused(
        note(
          line, column,
          "ce texte contient un numéro de sécurité sociale, ou ce qui y ressemble\(nnbsp): retirez-le de la liste"))
    }
    if !siret.hasValidKey {
      notes.append(
        note(line, .siret, "la clé du SIRET \(siret.french) est fausse\(nnbsp): vérifiez-le auprès de la structure"))
    }
    if let first = seen.updateValue(line, forKey: SeenStructure(siret: siret, kind: kind)) {
      notes.append(
        note(
          line, .siret,
          "cette structure (même SIRET, même type) est déjà donnée ligne \(first)\(nnbsp): supprimez l’une des deux"))
    }
    return .structure(record(siret, kind, line, &notes), notes: notes)
  }

  /// Whether a text that people write freely holds what is never stored.
  private func holdsNIR(_ column: StructureColumn) -> Bool {
    table.value(places[column]).map { NIRDetector.isFound(in: $0) } ?? false
  }

  private struct SeenStructure: Hashable {
    let siret: SIRET
    let kind: StructureKind
  }

  private struct RefusedRow: Error {
    let note: TableNote
  }

  private func note(_ line: Int, _ column: StructureColumn, _ sentence: String) -> TableNote {
    TableNote(line: line, column: columns[column], sentence)
  }

  private func readSIRET(_ line: Int, _ notes: inout [TableNote]) -> Result<SIRET, RefusedRow> {
    func refuse(_ sentence: String) -> Result<SIRET, RefusedRow> {
      .failure(RefusedRow(note: note(line, .siret, sentence)))
    }
    guard let text = table.value(places[.siret]) else {
      return refuse("le SIRET manque\(nnbsp): ajoutez les 14 chiffres de l’établissement")
    }
    if SpreadsheetDamage.isScientific(text) {
      return refuse(
        "\(quoted(text)) a perdu des chiffres dans un tableur\(nnbsp): reprenez le SIRET d’origine dans une colonne au format texte"
      )
    }
    let compact = String(decoding: text.utf8.filter { $0 < 0x80 && $0 != 0x20 }, as: UTF8.self)
    if let siret = try? SIRET(compact) { return .success(siret) }
    if let (digits, _) = SpreadsheetDamage.digits(compact, count: 14), let siret = try? SIRET(digits), siret.hasValidKey
    {
      notes.append(
        note(
          line, .siret, "le SIRET \(quoted(text)) a été complété en \(siret.french) (zéro perdu, la clé le confirme)"))
      return .success(siret)
    }
    return refuse("\(quoted(text)) n’est pas un SIRET\(nnbsp): il faut 14 chiffres")
  }

  private func readKind(_ line: Int) -> Result<StructureKind, RefusedRow> {
    guard let text = table.value(places[.kind]) else {
      if let defaultKind { return .success(defaultKind) }
      return .failure(
        RefusedRow(note: note(line, .kind, "le type de structure manque\(nnbsp): indiquez \(StructureKind.sigles)")))
    }
    guard let kind = StructureKind(recognising: text) else {
      let sentence = "\(quoted(text)) n’est pas un type de structure connu\(nnbsp): indiquez \(StructureKind.sigles)"
      return .failure(RefusedRow(note: note(line, .kind, sentence)))
    }
    return .success(kind)
  }

  private func record(
    _ siret: SIRET, _ kind: StructureKind, _ line: Int, _ notes: inout [TableNote]
  ) -> InclusionStructureRecord {
    let tradeName = table.value(places[.tradeName])
    var name = table.value(places[.name]) ?? tradeName
    if name == nil, places[.name] != nil {
      notes.append(note(line, .name, "le nom manque\(nnbsp): ajoutez la raison sociale"))
    }
    name = name ?? "\(kind.rawValue) \(siret.french)"
    let communeCode = readCommuneCode(line, &notes)
    let postcode = readPostcode(line, &notes)
    let point = readPoint(line, &notes)
    return InclusionStructureRecord(
      siret: siret, kind: kind, name: name ?? "", tradeName: tradeName, naf: readNAF(line, &notes), postcode: postcode,
      communeName: table.value(places[.communeName]), communeCode: communeCode,
      departement: readDepartement(line, &notes) ?? communeCode?.departement
        ?? postcode.flatMap { DepartementCode(ofFiveSigns: $0) },
      latitude: point?.latitude, longitude: point?.longitude, description: table.value(places[.description]),
      website: table.value(places[.website]), email: table.value(places[.email]), phone: table.value(places[.phone]),
      isActive: readActive(), line: line)
  }

  private func readNAF(_ line: Int, _ notes: inout [TableNote]) -> String? {
    guard let text = table.value(places[.naf]) else { return nil }
    let code = String(decoding: text.uppercased().utf8.filter { $0 != 0x2E && $0 != 0x20 }, as: UTF8.self)
    let bytes = Array(code.utf8)
    guard bytes.count == 5, bytes.dropLast().allSatisfy({ (0x30...0x39).contains($0) }),
      (0x41...0x5A).contains(bytes[4])
    else {
      notes.append(
        note(
          line, .naf,
          "\(quoted(text)) n’est pas un code NAF et a été laissé de côté\(nnbsp): il faut quatre chiffres et une lettre"
        ))
      return nil
    }
    return code
  }

  private func readPostcode(_ line: Int, _ notes: inout [TableNote]) -> String? {
    guard let text = table.value(places[.postcode]) else { return nil }
    guard let (digits, repaired) = SpreadsheetDamage.digits(text, count: 5) else {
      notes.append(
        note(
          line, .postcode,
          "\(quoted(text)) n’est pas un code postal et a été laissé de côté\(nnbsp): il faut cinq chiffres"))
      return nil
    }
    if repaired {
      notes.append(note(line, .postcode, "le code postal \(quoted(text)) a été complété en \(digits) (zéro perdu)"))
    }
    return digits
  }

  private func readCommuneCode(_ line: Int, _ notes: inout [TableNote]) -> CommuneCode? {
    guard let text = table.value(places[.communeCode]) else { return nil }
    if let code = CommuneCode(text.uppercased()) { return code }
    if let (digits, _) = SpreadsheetDamage.digits(text, count: 5), let code = CommuneCode(digits) {
      notes.append(
        note(line, .communeCode, "le code de commune \(quoted(text)) a été complété en \(digits) (zéro perdu)"))
      return code
    }
    notes.append(
      note(
        line, .communeCode,
        "\(quoted(text)) n’est pas un code de commune et a été laissé de côté\(nnbsp): il faut les cinq signes du code officiel géographique"
      ))
    return nil
  }

  private func readDepartement(_ line: Int, _ notes: inout [TableNote]) -> DepartementCode? {
    guard let text = table.value(places[.departement]) else { return nil }
    if let code = DepartementCode(text.uppercased()) { return code }
    if let (digits, _) = SpreadsheetDamage.digits(text, count: 2), let code = DepartementCode(digits) {
      notes.append(note(line, .departement, "le département \(quoted(text)) a été complété en \(digits) (zéro perdu)"))
      return code
    }
    notes.append(
      note(
        line, .departement,
        "\(quoted(text)) n’est pas un code de département et a été laissé de côté\(nnbsp): écrivez 01 à 95, 2A, 2B ou 971 à 988"
      ))
    return nil
  }

  private func readPoint(_ line: Int, _ notes: inout [TableNote]) -> (latitude: Int32, longitude: Int32)? {
    let (north, east) = (table.value(places[.latitude]), table.value(places[.longitude]))
    guard north != nil || east != nil else { return nil }
    guard let latitude = north.flatMap({ SpreadsheetDamage.microdegrees($0, bound: 90) }),
      let longitude = east.flatMap({ SpreadsheetDamage.microdegrees($0, bound: 180) }), latitude != 0 || longitude != 0
    else {
      notes.append(
        note(
          line, north == nil ? .longitude : .latitude,
          "la position (\(north ?? "vide"), \(east ?? "vide")) n’est pas lisible et a été laissée de côté\(nnbsp): écrivez latitude et longitude en degrés"
        ))
      return nil
    }
    return (latitude, longitude)
  }

  private func readActive() -> Bool {
    guard let text = table.value(places[.active]) else { return true }
    return !["false", "faux", "non", "n", "no", "0", "inactive", "inactif"].contains(text.folded)
  }

  // The national list of ESAT has no kind: its titles are those of the register of medico-social establishments, and most names say ESAT.
  private static func esatList(
    _ bytes: UnsafeRawBufferPointer, _ titles: ColumnTitles, name: Int?, siret: Int
  ) -> StructureKind? {
    guard titles.titles[siret].folded == "et siret", let name, var table = try? CSVReader.onTitles(bytes) else {
      return nil
    }
    var (rows, named) = (0, 0)
    while rows < 200, (try? table.next()) == true {
      rows += 1
      if let text = table.value(name), text.folded.split(separator: " ").contains("esat") { named += 1 }
    }
    return named * 2 > rows ? .esat : nil
  }
}
