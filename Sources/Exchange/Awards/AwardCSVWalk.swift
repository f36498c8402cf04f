import Clauses

/// Walks a flat table of award data row by row; rows that differ only by their holder are one record.
struct AwardCSVWalk {
  private let run: AwardRun

  init(_ run: AwardRun) {
    self.run = run
    run.normaliser.isUntyped = true
  }

  /// Whether the first line names columns of award data.
  static func recognises(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(1 << 16))
    let titles: [String]
    do {
      var reader = try CSVReader(head)
      titles = try reader.next() ? reader.texts : []
    } catch {
      return false
    }
    let keys = Set(titles.map(key))
    return keys.contains(.id) && (keys.contains(.buyerId) || keys.contains(.authorityId) || keys.contains(.buyer))
  }

  private static func key(_ title: String) -> AwardKey {
    var title = title
    return title.withUTF8 { AwardKey.of($0) }
  }

  /// A row under way: what it says of the contract, and of its holder where the table has one holder a row.
  private struct Group {
    var range: Range<Int>
    var core: [UInt8]
    var holders: [[UInt8]]
  }

  func walk(_ body: (AwardRecord) throws -> ReadControl) throws {
    var reader = try CSVReader(run.bytes)
    guard try reader.next() else { return }
    let titles = reader.texts
    let names = titles.map { title in
      var name: [UInt8] = []
      JSONWriting.append(title.utf8, to: &name)
      name.append(0x3A)
      return name
    }
    let isHolder = titles.map { title in AwardCSVWalk.holderPart(title) }
    var waiting: Group?
    while try reader.next() {
      let range = reader.bytes
      guard reader.defect == nil || reader.count == titles.count else {
        if let group = waiting, try !emit(group, body) { return }
        waiting = nil
        let refusal = run.unreadable(
          reader.defect.map { sentence(of: $0) } ?? "", at: range.lowerBound, recordAt: range.lowerBound)
        if run.isPassed(range.lowerBound) {
          run.pass(range)
        } else if try !run.emit(range, .refused(refusal), body) {
          return
        }
        continue
      }
      let group = group(of: reader, names, isHolder)
      if var same = waiting, !group.holders.isEmpty, same.core == group.core {
        same.range = same.range.lowerBound..<range.upperBound
        same.holders.append(contentsOf: group.holders)
        waiting = same
      } else {
        if let done = waiting, try !emit(done, body) { return }
        waiting = group
      }
    }
    if let group = waiting, try !emit(group, body) { return }
    run.summary.position = run.bytes.count
  }

  private func group(of reader: borrowing CSVReader, _ names: [[UInt8]], _ isHolder: [String?]) -> Group {
    var core: [UInt8] = [0x7B]
    var holder: [UInt8] = []
    for field in names.indices where !reader.isEmpty(field) {
      let text = reader.text(field)
      if let part = isHolder[field] {
        holder.append(holder.isEmpty ? 0x7B : 0x2C)
        JSONWriting.append(part.utf8, to: &holder)
        holder.append(0x3A)
        JSONWriting.append(text.utf8, to: &holder)
      } else {
        if core.count > 1 { core.append(0x2C) }
        core.append(contentsOf: names[field])
        JSONWriting.append(text.utf8, to: &core)
      }
    }
    if !holder.isEmpty { holder.append(0x7D) }
    return Group(range: reader.bytes, core: core, holders: holder.isEmpty ? [] : [holder])
  }

  private func emit(_ group: Group, _ body: (AwardRecord) throws -> ReadControl) throws -> Bool {
    if run.isPassed(group.range.lowerBound) {
      run.pass(group.range)
      return true
    }
    var json = group.core
    if !group.holders.isEmpty {
      if json.count > 1 { json.append(0x2C) }
      json.append(contentsOf: "\"titulaires\":[".utf8)
      json.append(contentsOf: group.holders.joined(separator: [0x2C]))
      json.append(0x5D)
    }
    json.append(0x7D)
    let outcome = run.outcome(ofJSON: json, isConcession: false, at: group.range.lowerBound, repair: nil)
    return try run.emit(group.range, outcome, body)
  }

  private func sentence(of defect: CSVDefect) -> String {
    let text = defect.description
    return "\(text.prefix(1).uppercased())\(text.dropFirst())."
  }

  /// What a column of a table with one holder a row says of the holder; nil for the other columns.
  private static func holderPart(_ title: String) -> String? {
    switch title.lowercased() {
    case "titulaire_id", "titulaire.id": "id"
    case "titulaire_typeidentifiant", "titulaire.typeidentifiant": "typeIdentifiant"
    case "titulaire_denominationsociale", "titulaire.denominationsociale", "titulaire_nom": "denominationSociale"
    default: nil
    }
  }
}
