/// Reads CSV row by row (RFC 4180 and what people really send), over bytes in memory or in chunks, in constant memory.
///
/// Separator among `;` `,` tab `|`, found from the first rows unless given; `sep=;` on the first line is obeyed; fields in quotes with line ends and `""`;
/// lines ended by CRLF, LF or CR; byte order mark. Each row is UTF-8 where it is well formed, otherwise CP1252, and ``charset`` says what was met.
/// A row with a defect is given with it, and costs no other row. Blank lines are passed over.
///
///     var reader = try CSVReader(bytes)
///     while try reader.next() { print(reader.line, reader.text(0)) }
public struct CSVReader: ~Copyable {
  /// The fields of the current row.
  public private(set) var count = 0
  /// The number of the current row's first line in the file, from 1.
  public private(set) var line = 1
  /// Where the current row lies in the file, in bytes, without its line end.
  public private(set) var bytes = 0..<0
  /// What is wrong with the form of the current row.
  public private(set) var defect: CSVDefect?
  /// The sign between two fields, found or given.
  public private(set) var separator: CSVSeparator
  /// The rows given so far, the first (titles) included.
  public private(set) var rows = 0
  /// The rows so far that hold letters outside ASCII, by charset.
  public private(set) var accentedRows: (utf8: Int, cp1252: Int) = (0, 0)
  /// Whether the file began with the byte order mark of UTF-8.
  public private(set) var hasByteOrderMark = false

  /// The charset used so far: CP1252 where it read more rows than UTF-8 did.
  public var charset: Charset { accentedRows.cp1252 > accentedRows.utf8 ? .cp1252 : .utf8 }

  /// Gives the next bytes of the file: fills the buffer and answers how many, 0 at the end.
  public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

  private let source: Source?
  private let storage: Storage?
  private var window: UnsafeRawBufferPointer
  private var windowStart = 0
  private var filled: Int
  private var position = 0
  private var ended: Bool
  private var nextLine = 1
  private var skipping = false
  private var width: Int?
  private var scanner: CSVScanner
  private var rowCharset = Charset.utf8
  private let forced: Charset?
  private let rowLimit: Int

  /// Reads bytes in memory (a mapped file, say), which must outlive the reader; nothing is copied.
  ///
  /// A row longer than `rowLimit` bytes is cut and the rest of its line passed over.
  public init(
    _ bytes: UnsafeRawBufferPointer, separator: CSVSeparator? = nil, charset: Charset? = nil, rowLimit: Int = 1 << 20
  ) throws(CSVProblem) {
    source = nil
    storage = nil
    window = bytes
    filled = bytes.count
    ended = true
    forced = charset
    self.rowLimit = rowLimit
    self.separator = .semicolon
    scanner = CSVScanner(separator: CSVSeparator.semicolon.rawValue)
    try begin(separator)
  }

  /// Reads chunks that `source` gives, in a buffer of twice the row limit.
  public init(
    separator: CSVSeparator? = nil, charset: Charset? = nil, rowLimit: Int = 1 << 20, source: @escaping Source
  ) throws {
    let storage = Storage(byteCount: 2 * max(rowLimit, 1 << 10))
    self.source = source
    self.storage = storage
    window = UnsafeRawBufferPointer(storage.bytes)
    filled = 0
    ended = false
    forced = charset
    self.rowLimit = rowLimit
    self.separator = .semicolon
    scanner = CSVScanner(separator: CSVSeparator.semicolon.rawValue)
    try fill()
    try begin(separator)
  }

  /// A reader that stands on the row of titles.
  static func onTitles(_ bytes: UnsafeRawBufferPointer) throws(CSVProblem) -> CSVReader {
    var reader = try CSVReader(bytes)
    guard (try? reader.next()) == true else { throw .empty }
    return reader
  }

  /// Moves to the next row; false at the end of the file.
  public mutating func next() throws -> Bool {
    while true {
      if skipping {
        position = window[position..<filled].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? filled
        skipping = position == filled && !ended
        if skipping {
          try fill()
          continue
        }
      }
      let outcome = scanner.scan(window, from: position, to: filled, ended: ended, limit: rowLimit)
      guard let outcome else {
        if ended { return false }
        try fill()
        continue
      }
      let start = position
      position = outcome.next
      let firstLine = nextLine
      nextLine += outcome.lines
      if scanner.isBlank { continue }
      line = firstLine
      bytes = (windowStart + start)..<(windowStart + outcome.end)
      count = scanner.fields.count
      defect = outcome.defect
      if case .tooLong = defect { skipping = true }
      if let width, defect == nil, count != width { defect = .ragged(expected: width, found: count) }
      if width == nil { width = count }
      rows += 1
      rowCharset = forced ?? .utf8
      if outcome.accented {
        if forced == nil, !Charset.isUTF8(UnsafeRawBufferPointer(rebasing: window[start..<outcome.end])) {
          rowCharset = .cp1252
        }
        if rowCharset == .utf8 { accentedRows.utf8 += 1 } else { accentedRows.cp1252 += 1 }
      }
      return true
    }
  }

  /// The text of a field of the current row, quotes undone, as it stands (spaces kept); empty where the row has no such field.
  public func text(_ field: Int) -> String {
    withBytes(of: field) { rowCharset.decode($0) }
  }

  /// The text of a field without the blanks around it (no-break spaces too); nil where nothing is left.
  public func value(_ field: Int?) -> String? {
    guard let field, field < count else { return nil }
    return withBytes(of: field) { raw in
      var (low, high) = (0, raw.count)
      while low < high, raw[low] <= 0x20 { low += 1 }
      while high > low, raw[high - 1] <= 0x20 { high -= 1 }
      guard low < high else { return nil }
      let text = rowCharset.decode(UnsafeRawBufferPointer(rebasing: raw[low..<high]))
      guard raw[low] >= 0x80 || raw[high - 1] >= 0x80 else { return text }
      let scalars = text.unicodeScalars
      guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
      else { return nil }
      return String(scalars[first...last])
    }
  }

  /// The fields of the current row, as texts.
  public var texts: [String] { (0..<count).map { text($0) } }

  /// Whether a field holds nothing at all.
  public func isEmpty(_ field: Int) -> Bool {
    guard field < count else { return true }
    return scanner.fields[field].start >= scanner.fields[field].end
  }

  /// Whether a field is exactly this text, compared byte by byte.
  public func equals(_ field: Int, _ text: StaticString) -> Bool {
    withBytes(of: field) { raw in
      text.withUTF8Buffer { raw.count == $0.count && raw.elementsEqual($0) }
    }
  }

  /// The bytes of a field in the charset of its row, quotes undone; none where the row has no such field.
  public func withBytes<Result>(of field: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    guard field < count else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    let bounds = scanner.fields[field]
    let raw = UnsafeRawBufferPointer(rebasing: window[bounds.start..<bounds.end])
    guard bounds.unquote else { return try body(raw) }
    return try withUnsafeTemporaryAllocation(byteCount: raw.count, alignment: 1) { copy in
      let length = CSVScanner.unquote(raw, into: copy)
      return try body(UnsafeRawBufferPointer(rebasing: copy[0..<length]))
    }
  }

  // Drops what was read, then asks the source for more; the row under way stays whole.
  private mutating func fill() throws {
    guard let storage = storage?.bytes, let source, !ended else { return }
    if position > 0 {
      let rest = filled - position
      if rest > 0, let base = storage.baseAddress { base.copyMemory(from: base + position, byteCount: rest) }
      windowStart += position
      filled = rest
      position = 0
    }
    while filled < storage.count {
      let got = try source(UnsafeMutableRawBufferPointer(rebasing: storage[filled...]))
      guard got > 0 else {
        ended = true
        return
      }
      filled += got
    }
  }

  private mutating func begin(_ given: CSVSeparator?) throws(CSVProblem) {
    guard filled > 0 else { throw .empty }
    let head = UnsafeRawBufferPointer(rebasing: window[0..<min(filled, 1 << 16)])
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { throw .utf16 }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.contains(0) { throw .notText }
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      hasByteOrderMark = true
      position = 3
    }
    var declared: CSVSeparator?
    if head.dropFirst(position).prefix(4).elementsEqual("sep=".utf8), head.count > position + 5,
      head[position + 5] == 0x0A || head[position + 5] == 0x0D
    {
      declared = CSVSeparator(rawValue: head[position + 4])
      position += head[position + 5] == 0x0D && head.count > position + 6 && head[position + 6] == 0x0A ? 7 : 6
      nextLine = 2
    }
    separator = given ?? declared ?? CSVScanner.sniff(head, from: position, complete: ended && filled == head.count)
    scanner = CSVScanner(separator: separator.rawValue)
  }
}

/// A buffer that goes with its last owner.
private final class Storage {
  let bytes: UnsafeMutableRawBufferPointer
  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 16) }
  deinit { bytes.deallocate() }
}
