import Clauses

/// Finds the elements `marche` and `contrat-concession` of an XML file, damaged or not.
struct XMLStructure {
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  struct Record {
    let start: Int
    let isConcession: Bool
  }

  /// Whether a record begins within the first million bytes.
  var hasRecord: Bool { nextRecord(from: 0, to: min(bytes.count, 1 << 20)) != nil }

  /// The next opening tag of a record.
  func nextRecord(from start: Int, to end: Int) -> Record? {
    var p = start
    while let tag = nextTag(from: p, to: end) {
      if let isConcession = recordName(tag + 1, end) { return Record(start: tag, isConcession: isConcession) }
      p = tag + 1
    }
    return nil
  }

  /// After the tag that closes a record, or nil with the place where its bytes must be cut: before the next record or at the end.
  func recordEnd(of record: Record) -> (end: Int, isClosed: Bool) {
    var p = record.start + 1
    while p < bytes.count, bytes[p] != 0x3E { p += 1 }
    if p < bytes.count, bytes[p - 1] == 0x2F { return (p + 1, true) }
    while let tag = nextTag(from: p, to: bytes.count) {
      if tag + 1 < bytes.count, bytes[tag + 1] == 0x2F, recordName(tag + 2, bytes.count) == record.isConcession {
        var end = tag
        while end < bytes.count, bytes[end] != 0x3E { end += 1 }
        return (min(end + 1, bytes.count), end < bytes.count)
      }
      if recordName(tag + 1, bytes.count) != nil {
        var end = tag
        while end > record.start, bytes[end - 1] <= 0x20 { end -= 1 }
        return (end, false)
      }
      p = tag + 1
    }
    return (bytes.count, false)
  }

  /// The charset that the declaration names, in lower case.
  var declaredCharset: String {
    guard let tag = after("encoding=", 0, min(bytes.count, 200)), tag < bytes.count else { return "" }
    return String(decoding: bytes[(tag + 1)...].prefix { $0 != bytes[tag] && $0 > 0x20 }.prefix(20), as: UTF8.self)
      .lowercased()
  }

  /// Whether the last tag of the file closes its root.
  func isClosed(after position: Int) -> Bool {
    guard let tag = nextTag(from: position, to: bytes.count) else { return false }
    return tag + 1 < bytes.count && bytes[tag + 1] == 0x2F
  }

  /// The next tag that is neither comment, instruction nor character data.
  private func nextTag(from start: Int, to end: Int) -> Int? {
    var p = start
    while p < end {
      guard bytes[p] == 0x3C else {
        p += 1
        continue
      }
      if matches("<!--", p, end) {
        p = after("-->", p + 4, end) ?? end
      } else if matches("<![CDATA[", p, end) {
        p = after("]]>", p + 9, end) ?? end
      } else if matches("<?", p, end) {
        p = after("?>", p + 2, end) ?? end
      } else {
        return p
      }
    }
    return nil
  }

  private func recordName(_ start: Int, _ end: Int) -> Bool? {
    var low = start
    var high = start
    while high < end, high - start < 40, bytes[high] > 0x20, bytes[high] != 0x3E, bytes[high] != 0x2F {
      if bytes[high] == 0x3A { low = high + 1 }
      high += 1
    }
    if high - low == 6, matches("marche", low, end) { return false }
    return high - low == 18 && matches("contrat-concession", low, end) ? true : nil
  }

  private func matches(_ sign: StaticString, _ p: Int, _ end: Int) -> Bool {
    guard p + sign.utf8CodeUnitCount <= end else { return false }
    return sign.withUTF8Buffer { bytes[p..<p + $0.count].elementsEqual($0) }
  }

  private func after(_ sign: StaticString, _ start: Int, _ end: Int) -> Int? {
    var p = start
    while p < end {
      if matches(sign, p, end) { return p + sign.utf8CodeUnitCount }
      p += 1
    }
    return nil
  }
}

/// Walks an XML file from record to record.
struct AwardXMLWalk {
  private let run: AwardRun
  private let bytes: UnsafeRawBufferPointer
  private let structure: XMLStructure
  private let isCP1252: Bool

  init(_ run: AwardRun) {
    self.run = run
    bytes = run.bytes
    structure = XMLStructure(run.bytes)
    isCP1252 = ["iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "latin1"].contains(structure.declaredCharset)
    run.normaliser.isUntyped = true
  }

  func walk(_ body: (AwardRecord) throws -> ReadControl) throws {
    var json: [UInt8] = []
    var next = structure.nextRecord(from: 0, to: bytes.count)
    let isLone = next.map { isRoot($0.start) } ?? false
    var p = 0
    while let record = next {
      let (end, isClosed) = structure.recordEnd(of: record)
      let range = record.start..<max(end, record.start + 1)
      p = range.upperBound
      if run.isPassed(record.start) {
        run.pass(range)
      } else {
        let outcome = outcome(of: range, isClosed: isClosed, isConcession: record.isConcession, &json)
        guard try run.emit(range, outcome, body) else { return }
      }
      next = structure.nextRecord(from: p, to: bytes.count)
    }
    if !isLone, !structure.isClosed(after: p) {
      run.envelopeFault(XMLFault(kind: .truncated, offset: p).sentence, at: p)
    }
    run.summary.position = bytes.count
  }

  /// Whether nothing but declarations stands before.
  private func isRoot(_ start: Int) -> Bool {
    var p = 0
    while p < start {
      if bytes[p] == 0x3C, p + 1 < start, bytes[p + 1] != 0x3F, bytes[p + 1] != 0x21 { return false }
      p += 1
    }
    return true
  }

  private func outcome(
    of range: Range<Int>, isClosed: Bool, isConcession: Bool, _ json: inout [UInt8]
  ) -> AwardRecord.Outcome {
    guard isClosed else {
      return .refused(
        run.unreadable(
          XMLFault(kind: .truncated, offset: range.lowerBound).sentence, at: range.lowerBound,
          recordAt: range.lowerBound))
    }
    let element = UnsafeRawBufferPointer(rebasing: bytes[range]).bindMemory(to: UInt8.self)
    var copy: [UInt8]?
    var repair: AwardRepair?
    switch isCP1252 ? .needless : CP1252.repairedUTF8(element) {
    case .needless: copy = isCP1252 ? CP1252.decoded(element) : nil
    case .done(let bytes, let found, let letters):
      copy = bytes
      repair = AwardRepair(.cp1252, field: "fiche", before: found, after: letters)
    case .impossible(at: let place):
      let place = range.lowerBound + place
      return .refused(
        run.unreadable(JSONFault(.badUTF8, at: place).sentence, at: place, recordAt: range.lowerBound))
    }
    json.removeAll(keepingCapacity: true)
    do throws(XMLFault) {
      if let copy {
        try copy.withUnsafeBufferPointer { copied throws(XMLFault) in try XMLTranslator.translate(copied, into: &json) }
      } else {
        try XMLTranslator.translate(element, into: &json)
      }
    } catch {
      return .refused(
        run.unreadable(error.sentence, at: range.lowerBound + error.offset, recordAt: range.lowerBound))
    }
    return run.outcome(
      ofJSON: json, isConcession: isConcession, at: range.lowerBound, repair: repair)
  }
}

extension AwardRun {
  /// What is made of a record that was turned into JSON.
  func outcome(ofJSON json: [UInt8], isConcession: Bool, at start: Int, repair: AwardRepair?) -> AwardRecord.Outcome {
    json.withUnsafeBytes { copied in
      var mapper = AwardMapper(JSONReader(copied))
      do throws(JSONFault) {
        try mapper.readRecord()
      } catch {
        return .refused(unreadable(error.sentence, at: start, recordAt: start))
      }
      let outcome = normaliser.notice(
        from: mapper.draft, base: mapper.reader.base, marks: mapper.reader.marks, isConcession: isConcession)
      guard let repair, case .notice(let notice, var repairs) = outcome else { return outcome }
      repairs.append(repair)
      return .notice(notice, repairs: repairs)
    }
  }
}
