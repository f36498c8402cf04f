import Clauses
import Demonstration
import Exchange
import Foundation

/// A file of as many distinct records as wanted, made by repeating some under new numbers.
struct RepeatedRecords {
  /// A record cut around its number.
  private struct Template {
    let before, number, after: ArraySlice<UInt8>
  }

  private var templates: [Template] = []
  private var keys: Set<AwardNotice.Key> = []
  /// Where the records come from, in words.
  let source: String

  /// How many different records are repeated.
  var count: Int { templates.count }

  /// Records of real files where a folder of them is given, else of the demonstration.
  init(data: String?, in folder: String) throws {
    if let data {
      source = "fiches publiées (JSON de 2022 et de 2019), répétées sous de nouveaux numéros"
      for year in ["2022", "2019", "2019/pes_files"] {
        let place = "\(data)/decp/\(year)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        for name in names.sorted() where name.hasSuffix(".json") { try take("\(place)/\(name)") }
      }
    } else {
      source = "marchés inventés de la démonstration, répétés sous de nouveaux numéros"
      let path = "\(folder)/invented.json"
      let day = Day(year: 2026, month: 11, day: 21) ?? Day(number: 0)
      try InventedAwards.json(count: 10_000, seed: 2026, around: day).write(to: URL(filePath: path))
      try take(path)
    }
    guard !templates.isEmpty else { throw NothingToRepeat(folder: data ?? folder) }
  }

  private mutating func take(_ path: String) throws {
    let reader = try AwardReader(try MappedFile.open(path))
    guard reader.format == .json || reader.format == .jsonLines else { return }
    var found: [(Range<Int>, AwardNotice.Key)] = []
    _ = try reader.read { record in
      // A buyer read from the record's unique identifier would be lost with the number that ends it.
      if case .notice(let notice, let repairs) = record.outcome, notice.kind == .contract,
        !repairs.contains(where: { $0.kind == .buyerFromUID })
      {
        found.append((record.range, notice.key))
      }
      return .proceed
    }
    for (range, key) in found where keys.insert(key).inserted {
      let bytes = reader.rawRecord(range)
      if let number = RepeatedRecords.number(in: bytes) {
        templates.append(
          Template(
            before: bytes[..<number.lowerBound], number: bytes[number].dropFirst().dropLast(),
            after: bytes[number.upperBound...]))
      }
    }
  }

  /// Writes so many records as one JSON list; gives the bytes written.
  func write(_ wanted: Int, to path: String) throws -> Int {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? handle.close() }
    var (buffer, bytes) = ([UInt8]("[".utf8), 0)
    for index in 0..<wanted {
      let template = templates[index % templates.count]
      if index > 0 { buffer += [0x2C, 0x0A] }
      buffer += template.before
      buffer.append(0x22)
      buffer += template.number
      buffer += Array("-\(index / templates.count)\"".utf8)
      buffer += template.after
      if buffer.count > 1 << 20 {
        try handle.write(contentsOf: buffer)
        bytes += buffer.count
        buffer.removeAll(keepingCapacity: true)
      }
    }
    buffer += Array("]\n".utf8)
    try handle.write(contentsOf: buffer)
    return bytes + buffer.count
  }

  /// Where the record's own number stands (the member `id` of its outermost object), quotes included.
  private static func number(in bytes: [UInt8]) -> Range<Int>? {
    var (depth, place) = (0, 0)
    while place < bytes.count {
      switch bytes[place] {
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      case 0x22:
        let end = stringEnd(in: bytes, from: place)
        guard depth == 1, Array(bytes[place..<end]) == Array("\"id\"".utf8) else {
          place = end
          continue
        }
        var start = end
        while start < bytes.count, bytes[start] == 0x3A || bytes[start] <= 0x20 { start += 1 }
        guard start < bytes.count else { return nil }
        // A bare number would not be the same number with letters after it.
        guard bytes[start] == 0x22 else { return nil }
        return start..<stringEnd(in: bytes, from: start)
      default: break
      }
      place += 1
    }
    return nil
  }

  /// The byte after the string that begins here.
  private static func stringEnd(in bytes: [UInt8], from start: Int) -> Int {
    var place = start + 1
    while place < bytes.count, bytes[place] != 0x22 { place += bytes[place] == 0x5C ? 2 : 1 }
    return min(place + 1, bytes.count)
  }

  /// A folder without any record.
  struct NothingToRepeat: Error, CustomStringConvertible {
    let folder: String
    var description: String {
      "Aucune fiche à répéter dans «\u{202F}\(folder)\u{202F}»\u{202F}: indiquez par MARCHEPIED_DATA un dossier qui contient decp/2022."
    }
  }
}
