/// Finds the bounds of one row's fields in a buffer; holds no pointer and decides nothing about letters.
struct CSVScanner {
  struct Bounds {
    var start: Int
    var end: Int
    /// Whether the field holds doubled or closing quotes to undo.
    var unquote: Bool
  }

  struct Outcome {
    /// After the row's last byte, before its line end.
    var end: Int
    /// Where the next row begins.
    var next: Int
    /// The line ends passed.
    var lines: Int
    /// Whether the row holds a byte outside ASCII.
    var accented: Bool
    var defect: CSVDefect?
  }

  private(set) var fields: [Bounds] = []
  private let separator: UInt8

  init(separator: UInt8) {
    self.separator = separator
    fields.reserveCapacity(64)
  }

  /// A line without a single sign.
  var isBlank: Bool { fields.count == 1 && fields[0].start >= fields[0].end && !fields[0].unquote }

  /// Scans one row; nil where the buffer ends inside it and more may come, or where nothing is left.
  mutating func scan(
    _ buffer: UnsafeRawBufferPointer, from start: Int, to filled: Int, ended: Bool, limit: Int
  ) -> Outcome? {
    guard start < filled else { return nil }
    let last = min(filled, start + limit)
    switch row(buffer, from: start, to: last, literalFrom: .max) {
    case .done(let outcome): return checked(outcome, buffer, filled: filled, ended: ended)
    case .open(let field):
      // The quote may close further on, in bytes that are still to come.
      guard ended || last == start + limit else { return nil }
      return literal(buffer, from: start, to: last, filled: filled, ended: ended, limit: limit, field: field)
    case .stray(let field):
      return literal(buffer, from: start, to: last, filled: filled, ended: ended, limit: limit, field: field)
    case .cut(let outcome): return cut(outcome, from: start, ended: ended, limit: limit)
    }
  }

  private enum Scan {
    /// A whole row.
    case done(Outcome)
    /// The bytes end inside quotes that opened in this field.
    case open(Int)
    /// Quotes that span several lines are followed by text: the opening one was none.
    case stray(Int)
    /// The bytes end outside quotes, without a line end.
    case cut(Outcome)
  }

  // A line end that lies on the last byte may be half of a CRLF.
  private func checked(_ outcome: Outcome, _ buffer: UnsafeRawBufferPointer, filled: Int, ended: Bool) -> Outcome? {
    guard outcome.next <= filled else { return outcome }
    var outcome = outcome
    if buffer[outcome.next - 1] == 0x0D {
      if outcome.next < filled {
        if buffer[outcome.next] == 0x0A { outcome.next += 1 }
      } else if !ended {
        return nil
      }
    }
    return outcome
  }

  // The line of the opening quote alone, quotes from that field on read as plain signs.
  private mutating func literal(
    _ buffer: UnsafeRawBufferPointer, from start: Int, to last: Int, filled: Int, ended: Bool, limit: Int, field: Int
  ) -> Outcome? {
    switch row(buffer, from: start, to: last, literalFrom: field) {
    case .done(var outcome):
      outcome.defect = .unterminatedQuote(field: field)
      return checked(outcome, buffer, filled: filled, ended: ended)
    case .cut(var outcome):
      outcome.defect = .unterminatedQuote(field: field)
      return cut(outcome, from: start, ended: ended, limit: limit)
    case .open, .stray: return nil
    }
  }

  // The last row of a file without a line end, or a row that passes the limit.
  private func cut(_ outcome: Outcome, from start: Int, ended: Bool, limit: Int) -> Outcome? {
    guard outcome.end < start + limit else {
      var outcome = outcome
      outcome.defect = .tooLong(limit: limit)
      return outcome
    }
    return ended ? outcome : nil
  }

  private mutating func row(
    _ buffer: UnsafeRawBufferPointer, from start: Int, to last: Int, literalFrom: Int
  ) -> Scan {
    // A local array that nobody else holds spares a check a field.
    var fields: [Bounds] = []
    swap(&fields, &self.fields)
    defer { swap(&fields, &self.fields) }
    fields.removeAll(keepingCapacity: true)
    let separator = separator
    var seen: UInt8 = 0
    var lines = 0
    var defect: CSVDefect?
    var i = start
    while true {
      var bounds = Bounds(start: i, end: i, unquote: false)
      if i < last, buffer[i] == 0x22, fields.count < literalFrom {
        // Inside quotes, up to the closing one.
        let linesBefore = lines
        bounds.start = i + 1
        i += 1
        var closed = false
        while i < last {
          let byte = buffer[i]
          seen |= byte
          if byte == 0x22 {
            if i + 1 < last, buffer[i + 1] == 0x22 {
              bounds.unquote = true
              i += 2
              continue
            }
            closed = true
            break
          }
          if byte == 0x0A || (byte == 0x0D && (i + 1 == last || buffer[i + 1] != 0x0A)) { lines += 1 }
          i += 1
        }
        guard closed else { return .open(fields.count) }
        bounds.end = i
        i += 1
        if i < last, buffer[i] == 0x20 {
          // Blanks between the closing quote and the separator are common and harmless.
          var k = i
          while k < last, buffer[k] == 0x20 { k += 1 }
          if k == last || buffer[k] == separator || buffer[k] == 0x0A || buffer[k] == 0x0D { i = k }
        }
        if i < last, buffer[i] != separator, buffer[i] != 0x0A, buffer[i] != 0x0D {
          if lines > linesBefore { return .stray(fields.count) }
          defect = defect ?? .textAfterQuote(field: fields.count)
          // The whole field as it stands, its outer quotes included.
          bounds.start -= 1
          bounds.unquote = false
          while i < last, buffer[i] != separator, buffer[i] != 0x0A, buffer[i] != 0x0D {
            seen |= buffer[i]
            i += 1
          }
          bounds.end = i
        }
      } else {
        while i < last {
          let byte = buffer[i]
          if byte == separator || (byte < 0x0E && (byte == 0x0A || byte == 0x0D)) { break }
          seen |= byte
          i &+= 1
        }
        bounds.end = i
      }
      fields.append(bounds)
      guard i < last else {
        return .cut(Outcome(end: i, next: i, lines: lines, accented: seen >= 0x80, defect: defect))
      }
      if buffer[i] == separator {
        i += 1
        continue
      }
      return .done(Outcome(end: i, next: i + 1, lines: lines + 1, accented: seen >= 0x80, defect: defect))
    }
  }

  /// Copies a field with each `""` made one `"`; answers the length.
  static func unquote(_ raw: UnsafeRawBufferPointer, into copy: UnsafeMutableRawBufferPointer) -> Int {
    var length = 0
    var i = 0
    while i < raw.count {
      let byte = raw[i]
      copy[length] = byte
      length += 1
      i += byte == 0x22 && i + 1 < raw.count && raw[i + 1] == 0x22 ? 2 : 1
    }
    return length
  }

  /// The separator under which the first rows agree best; the semicolon where none occurs.
  static func sniff(_ head: UnsafeRawBufferPointer, from start: Int, complete: Bool) -> CSVSeparator {
    var best = (separator: CSVSeparator.semicolon, agreeing: 0, columns: 1)
    for candidate in CSVSeparator.allCases {
      var scanner = CSVScanner(separator: candidate.rawValue)
      var position = start
      var columns: Int?
      var agreeing = 0
      var rows = 0
      while rows < 30,
        let outcome = scanner.scan(head, from: position, to: head.count, ended: complete, limit: head.count)
      {
        position = outcome.next
        if scanner.isBlank { continue }
        rows += 1
        if columns == nil { columns = scanner.fields.count }
        if outcome.defect == nil, scanner.fields.count == columns { agreeing += 1 }
      }
      guard let columns, columns > 1 else { continue }
      if agreeing > best.agreeing || (agreeing == best.agreeing && columns > best.columns) {
        best = (candidate, agreeing, columns)
      }
    }
    return best.separator
  }
}
