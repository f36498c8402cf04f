import Clauses

/// Walks a JSON file from record to record; what stands around the records is read with tolerance, each record strictly.
struct AwardJSONWalk {
  private let run: AwardRun
  private let bytes: UnsafeRawBufferPointer
  private let structure: JSONStructure
  private var mapper: AwardMapper
  private let inLines: Bool

  init(_ run: AwardRun) {
    self.run = run
    bytes = run.bytes
    structure = JSONStructure(run.bytes)
    mapper = AwardMapper(JSONReader(run.bytes))
    inLines = run.summary.format == .jsonLines
  }

  typealias Body = (AwardRecord) throws -> ReadControl

  /// Walks the whole file.
  mutating func walk(_ body: Body) throws {
    let start = structure.skipSpace(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, bytes.count)
    guard start < bytes.count else { return }
    let end: Int?
    if inLines {
      end = try sequence(from: start, body)
    } else if bytes[start] == 0x5B {
      end = try list(from: start + 1, isConcession: false, depth: 0, body)
    } else if case .record = structure.classify(start) {
      end = try record(at: start, isConcession: false, body)
    } else {
      end = try envelope(from: start + 1, depth: 0, body)
    }
    guard var end else { return }
    while true {
      let rest = structure.skipSpace(end, bytes.count)
      guard rest < bytes.count else { break }
      run.envelopeFault(JSONFault(.trailingBytes, at: rest).sentence, at: rest)
      guard let next = structure.nextRecord(after: rest - 1) else { break }
      guard let after = try list(from: next.start, isConcession: false, depth: 0, body) else { return }
      end = after
    }
    run.summary.position = bytes.count
  }

  /// Records one after another, without a list around them.
  private mutating func sequence(from start: Int, _ body: Body) throws -> Int? {
    var p = start
    while true {
      p = structure.skipSpace(p, bytes.count)
      guard p < bytes.count else { return p }
      if bytes[p] == 0x2C {
        p += 1
        continue
      }
      guard let next = try record(at: p, isConcession: false, body) else { return nil }
      p = next
    }
  }

  /// The elements of a list, from after its bracket to after its end.
  private mutating func list(from start: Int, isConcession: Bool, depth: Int, _ body: Body) throws -> Int? {
    var p = start
    var needsComma = false
    while true {
      p = structure.skipSpace(p, bytes.count)
      guard p < bytes.count else {
        run.envelopeFault(JSONFault(.truncated, at: p).sentence, at: p)
        return p
      }
      if bytes[p] == 0x5D { return p + 1 }
      if bytes[p] == 0x7D {
        // The list was not closed; what holds it is.
        run.envelopeFault(JSONFault(.expectedComma, at: p).sentence, at: p)
        return p
      }
      if bytes[p] == 0x2C {
        if !needsComma { run.envelopeFault(JSONFault(.expectedValue, at: p).sentence, at: p) }
        needsComma = false
        p += 1
        continue
      }
      if needsComma { run.envelopeFault(JSONFault(.expectedComma, at: p).sentence, at: p) }
      if bytes[p] == 0x5B, depth < 4 {
        guard let next = try list(from: p + 1, isConcession: isConcession, depth: depth + 1, body) else { return nil }
        p = next
      } else {
        guard let next = try record(at: p, isConcession: isConcession, body) else { return nil }
        p = next
      }
      needsComma = true
    }
  }

  /// The members of an object that holds lists of records, from after its brace to after its end.
  private mutating func envelope(from start: Int, depth: Int, _ body: Body) throws -> Int? {
    var p = start
    while true {
      p = structure.skipSpace(p, bytes.count)
      if p < bytes.count, bytes[p] == 0x2C { p = structure.skipSpace(p + 1, bytes.count) }
      guard p < bytes.count else {
        run.envelopeFault(JSONFault(.truncated, at: p).sentence, at: p)
        return p
      }
      if bytes[p] == 0x7D || bytes[p] == 0x5D { return p + 1 }
      do {
        guard bytes[p] == 0x22 else { throw JSONFault(.expectedKey, at: p) }
        mapper.reader.restart(at: p)
        let name = try mapper.reader.memberName()
        p = mapper.reader.position
        p = structure.skipSpace(p, bytes.count)
        guard p < bytes.count else { continue }
        let key = UnsafeRawBufferPointer(rebasing: bytes[name.start..<name.start + name.count])
        let isConcession = JSONStructure.list(key.bindMemory(to: UInt8.self))
        switch (isConcession, bytes[p]) {
        case (let isConcession?, 0x5B):
          guard let next = try list(from: p + 1, isConcession: isConcession, depth: 0, body) else { return nil }
          p = next
        case (let isConcession?, 0x7B):
          if case .record = structure.classify(p) {
            guard let next = try record(at: p, isConcession: isConcession, body) else { return nil }
            p = next
          } else if depth < 8 {
            guard let next = try envelope(from: p + 1, depth: depth + 1, body) else { return nil }
            p = next
          } else {
            fallthrough
          }
        default:
          mapper.reader.restart(at: p)
          try mapper.reader.skip()
          p = mapper.reader.position
        }
      } catch let fault as JSONFault {
        run.envelopeFault(fault.sentence, at: fault.offset)
        guard let record = structure.nextRecord(after: max(p, fault.offset) - 1) else { return bytes.count }
        guard let next = try list(from: record.start, isConcession: false, depth: 0, body) else { return nil }
        p = next
      }
    }
  }

  /// The record, or whatever stands in its place, that begins at a byte; gives where it ends, nil where the caller stops.
  private mutating func record(at start: Int, isConcession: Bool, _ body: Body) throws -> Int? {
    let isPassed = run.isPassed(start)
    mapper.reader.restart(at: start)
    do throws(JSONFault) {
      if isPassed || bytes[start] != 0x7B { try mapper.reader.skip() } else { try mapper.readRecord() }
    } catch {
      return try damaged(at: start, fault: error, isConcession: isConcession, isPassed: isPassed, body)
    }
    let range = start..<mapper.reader.position
    if isPassed {
      run.pass(range)
      return range.upperBound
    }
    guard bytes[start] == 0x7B else {
      let seen = String(decoding: bytes[range].prefix(40), as: UTF8.self)
      return try run.emit(range, .refused(AwardRefusal(.notARecord, value: seen)), body) ? range.upperBound : nil
    }
    let outcome = run.normaliser.notice(
      from: mapper.draft, base: mapper.reader.base, marks: mapper.reader.marks, isConcession: isConcession)
    return try run.emit(range, outcome, body) ? range.upperBound : nil
  }

  private mutating func damaged(
    at start: Int, fault: JSONFault, isConcession: Bool, isPassed: Bool, _ body: Body
  ) throws -> Int? {
    let end = structure.recovery(from: start, inLines: inLines)
    let range = start..<end
    if isPassed {
      run.pass(range)
      return end
    }
    if fault.kind == .badUTF8, bytes[start] == 0x7B {
      let record = UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: UInt8.self)
      if case .done(let copy, let found, let letters) = CP1252.repairedUTF8(record),
        let outcome = outcome(
          ofCopy: copy, isConcession: isConcession,
          repair: AwardRepair(.cp1252, field: "fiche", before: found, after: letters))
      {
        return try run.emit(range, outcome, body) ? end : nil
      }
    }
    let refusal = run.unreadable(fault.sentence, at: fault.offset, recordAt: start)
    return try run.emit(range, .refused(refusal), body) ? end : nil
  }

  /// What is made of a record once its bytes were read as CP1252; nil where it is damaged otherwise too.
  private mutating func outcome(ofCopy copy: [UInt8], isConcession: Bool, repair: AwardRepair) -> AwardRecord.Outcome? {
    copy.withUnsafeBytes { copied in
      let usual = mapper.reader
      defer { mapper.reader = usual }
      mapper.reader = JSONReader(copied)
      do throws(JSONFault) { try mapper.readRecord() } catch { return nil }
      let outcome = run.normaliser.notice(
        from: mapper.draft, base: mapper.reader.base, marks: mapper.reader.marks, isConcession: isConcession)
      guard case .notice(let notice, var repairs) = outcome else { return outcome }
      repairs.append(repair)
      return .notice(notice, repairs: repairs)
    }
  }
}
