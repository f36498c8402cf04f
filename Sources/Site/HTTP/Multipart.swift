/// Reads `multipart/form-data` (RFC 7578) as its bytes arrive, in any slices, holding no more than one delimiter and one part's header.
///
/// Feed it with ``push(_:)`` and close it with ``finish()``; both give what was recognised so far. After an error it gives nothing more.
public struct Multipart: Sendable {
  /// What was read.
  public enum Event: Sendable, Equatable {
    /// A part begins.
    case part(Header)
    /// Bytes of the part that began last; never empty.
    case data([UInt8])
    /// The part is whole.
    case endOfPart
  }

  /// What a part says of itself.
  public struct Header: Sendable, Equatable {
    /// The name of the form's field.
    public var name: String
    /// The file's name, without any folder; nil for a field that is not a file.
    public var filename: String?
    /// The declared type of the content, as written; browsers guess it from the name, so trust it for nothing.
    public var contentType: String?
  }

  /// How much is taken, in bytes unless said otherwise.
  public struct Limits: Sendable {
    /// Number of parts.
    public var parts = 64
    /// Header of one part.
    public var header = 8 * 1024
    /// Value of a field that is not a file.
    public var field = 64 * 1024
    /// One file.
    public var file = 50 * 1024 * 1024
    /// Everything, delimiters included.
    public var total = 60 * 1024 * 1024
    /// The limits of ordinary forms.
    public init() {}
  }

  private enum State { case preamble, afterDelimiter, header, body, epilogue, failed }

  private let delimiter: [UInt8]
  private let limits: Limits
  private var state = State.preamble
  private var buffer: [UInt8]
  private var start = 0
  private var total = 0
  private var parts = 0
  private var partBytes = 0
  private var partLimit = 0
  private var current = ""

  /// A reader for the boundary that the request's `Content-Type` declares.
  ///
  /// Throws where the type is not `multipart/form-data` or its boundary is missing or malformed.
  public init(contentType: String?, limits: Limits = Limits()) throws(Malformed) {
    guard let contentType, let value = FieldValue(contentType), value.first == "multipart/form-data" else {
      throw .notMultipart
    }
    guard let boundary = value.parameters["boundary"], Self.isBoundary(boundary) else { throw .boundary }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.limits = limits
    // The first delimiter may open the body: this line end stands for the one that it lacks.
    buffer = [0x0D, 0x0A]
  }

  /// Takes the next bytes.
  public mutating func push(_ bytes: some Collection<UInt8>) throws(Malformed) -> [Event] {
    guard state != .failed else { return [] }
    total += bytes.count
    guard total <= limits.total else { throw fail(.tooLarge(field: nil, limit: limits.total)) }
    guard state != .epilogue else { return [] }
    buffer.append(contentsOf: bytes)
    var events: [Event] = []
    while try step(&events) {}
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    return events
  }

  /// Says that no more bytes come; throws where the last delimiter has not.
  public mutating func finish() throws(Malformed) {
    guard state != .failed else { return }
    guard state == .epilogue else { throw fail(.truncated) }
  }

  /// Makes one step; false where more bytes are needed.
  private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
    switch state {
    case .preamble: return skipPreamble()
    case .afterDelimiter: return try readDelimiterEnd()
    case .header: return try readHeader(&events)
    case .body: return try readBody(&events)
    case .epilogue, .failed:
      start = buffer.count
      return false
    }
  }

  private mutating func skipPreamble() -> Bool {
    let (end, isDelimiter) = findDelimiter()
    start = isDelimiter ? end + delimiter.count : end
    if isDelimiter { state = .afterDelimiter }
    return isDelimiter
  }

  private mutating func readDelimiterEnd() throws(Malformed) -> Bool {
    guard buffer.count - start >= 2 else { return false }
    if buffer[start] == 0x2D, buffer[start + 1] == 0x2D {
      start += 2
      state = .epilogue
      return true
    }
    var index = start
    while index < buffer.count, buffer[index] == 0x20 || buffer[index] == 0x09 { index += 1 }
    guard index - start <= 64 else { throw fail(.delimiter) }
    guard buffer.count - index >= 2 else { return false }
    guard buffer[index] == 0x0D, buffer[index + 1] == 0x0A else { throw fail(.delimiter) }
    parts += 1
    guard parts <= limits.parts else { throw fail(.tooManyParts(limit: limits.parts)) }
    start = index + 2
    state = .header
    return true
  }

  private mutating func readHeader(_ events: inout [Event]) throws(Malformed) -> Bool {
    var lines: [ArraySlice<UInt8>] = []
    var lineStart = start
    var index = start
    while index + 1 < buffer.count {
      guard index - start <= limits.header else { break }
      guard buffer[index] == 0x0D, buffer[index + 1] == 0x0A else {
        index += 1
        continue
      }
      guard index > lineStart else {
        start = index + 2
        try beginPart(lines, &events)
        return true
      }
      lines.append(buffer[lineStart..<index])
      lineStart = index + 2
      index = lineStart
    }
    guard index - start <= limits.header else { throw fail(.headerTooLong(limit: limits.header)) }
    return false
  }

  private mutating func beginPart(_ lines: [ArraySlice<UInt8>], _ events: inout [Event]) throws(Malformed) {
    let header: Header
    do { header = try Header(lines: lines) } catch { throw fail(error) }
    current = header.name
    partBytes = 0
    partLimit = header.filename == nil ? limits.field : limits.file
    state = .body
    // A part may be empty and its delimiter follow the header's blank line: that line end opens the delimiter.
    start -= 2
    partBytes -= 2
    events.append(.part(header))
  }

  private mutating func readBody(_ events: inout [Event]) throws(Malformed) -> Bool {
    let (end, isDelimiter) = findDelimiter()
    // The two bytes of the header's own line end are not the part's.
    let skipped = partBytes < 0 ? min(-partBytes, end - start) : 0
    partBytes += end - start
    let data = buffer[(start + skipped)..<end]
    guard partBytes <= partLimit else { throw fail(.tooLarge(field: current, limit: partLimit)) }
    if !data.isEmpty { events.append(.data(Array(data))) }
    start = isDelimiter ? end + delimiter.count : end
    guard isDelimiter else { return false }
    events.append(.endOfPart)
    state = .afterDelimiter
    return true
  }

  /// Where the next delimiter begins, or else where its beginning might still hide at the end of what has come.
  private func findDelimiter() -> (end: Int, isDelimiter: Bool) {
    buffer.withUnsafeBufferPointer { bytes in
      delimiter.withUnsafeBufferPointer { delimiter in
        var index = start
        while index < bytes.count {
          guard bytes[index] == 0x0D else {
            index += 1
            continue
          }
          var matched = 1
          while matched < delimiter.count, index + matched < bytes.count, bytes[index + matched] == delimiter[matched] {
            matched += 1
          }
          if matched == delimiter.count { return (index, true) }
          if index + matched == bytes.count { return (index, false) }
          index += 1
        }
        return (bytes.count, false)
      }
    }
  }

  private mutating func fail(_ error: Malformed) -> Malformed {
    state = .failed
    buffer = []
    start = 0
    return error
  }

  private static func isBoundary(_ text: String) -> Bool {
    guard (1...70).contains(text.utf8.count), text.utf8.last != 0x20 else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "'()+_,-./:=? ".utf8.contains(byte)
      }
    }
  }
}
