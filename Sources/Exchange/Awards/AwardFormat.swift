import Clauses

/// The formats of award data, found from the content and never from the file's name.
public enum AwardFormat: String, Sendable, CaseIterable {
  /// One JSON document: a list, or an object that holds lists, or a single record.
  case json
  /// One JSON record after another, usually one a line.
  case jsonLines
  /// XML, 2022 or 2019.
  case xml
  /// A flat table with the columns of the consolidated exports.
  case csv

  /// The format's name for users.
  public var label: String {
    switch self {
    case .json: "JSON"
    case .jsonLines: "JSON par lignes"
    case .xml: "XML"
    case .csv: "CSV"
    }
  }

  init(of bytes: UnsafeRawBufferPointer, path: String) throws(ReadingFailure) {
    let s = French.thin
    func unknown(_ detail: String) -> ReadingFailure { ReadingFailure(.unknownFormat, path: path, detail: detail) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw unknown("il est en UTF-16, enregistrez-le en UTF-8.")
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw unknown("c’est une archive ZIP ou un classeur, décompressez-la ou enregistrez-le en CSV.")
    }
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
    guard start < bytes.count else { throw ReadingFailure(.empty, path: path) }
    switch bytes[start] {
    case 0x5B: self = .json
    case 0x7B:
      switch JSONStructure(bytes).classify(start) {
      case .envelope: self = .json
      case .record: self = JSONStructure(bytes).isFollowedByObject(start) ? .jsonLines : .json
      case .neither(let keys):
        let list = keys.prefix(6).map { "«\(s)\($0)\(s)»" }
        throw unknown(
          list.isEmpty
            ? "c’est un objet JSON sans aucun champ."
            : "c’est un objet JSON dont les champs (\(list.joined(separator: ", "))) ne sont pas ceux d’une fiche de marché."
        )
      }
    case 0x3C:
      guard XMLStructure(bytes).hasRecord else {
        throw unknown("c’est du XML, mais sans élément «\(s)marche\(s)» ni «\(s)contrat-concession\(s)».")
      }
      self = .xml
    default:
      guard AwardCSVWalk.recognises(bytes) else {
        let head = bytes[start..<min(start + 40, bytes.count)].prefix { $0 != 0x0A && $0 != 0x0D }
        throw unknown("il commence par «\(s)\(String(decoding: head, as: UTF8.self))\(s)».")
      }
      self = .csv
    }
  }
}
