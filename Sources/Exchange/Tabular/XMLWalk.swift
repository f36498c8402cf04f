import CExpat

/// The name of an element or an attribute without its prefix, as bytes that last as long as the call.
struct XMLName {
  private let start: UnsafePointer<CChar>

  init(_ text: UnsafePointer<CChar>) {
    var (start, sign) = (text, text)
    while sign.pointee != 0 {
      if sign.pointee == 0x3A { start = sign + 1 }
      sign += 1
    }
    self.start = start
  }

  static func == (name: XMLName, word: StaticString) -> Bool {
    var (a, b) = (UnsafeRawPointer(name.start).assumingMemoryBound(to: UInt8.self), word.utf8Start)
    while a.pointee == b.pointee {
      if a.pointee == 0 { return true }
      (a, b) = (a + 1, b + 1)
    }
    return false
  }
}

/// The attributes of an element, as bytes that last as long as the call.
struct XMLAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.pairs = pairs }

  /// The bytes of an attribute, ended by a zero; nil where it is absent.
  func bytes(_ word: StaticString) -> UnsafePointer<CChar>? {
    guard var pair = pairs else { return nil }
    while let name = pair[0] {
      if XMLName(name) == word { return pair[1].map { UnsafePointer($0) } }
      pair += 2
    }
    return nil
  }

  subscript(_ word: StaticString) -> String? { bytes(word).map { String(cString: $0) } }

  /// A whole number without sign, of nine digits at most.
  func number(_ word: StaticString) -> Int? {
    guard var sign = bytes(word) else { return nil }
    var (value, digits) = (0, 0)
    while sign.pointee != 0 {
      guard (0x30...0x39).contains(sign.pointee), digits < 9 else { return nil }
      (value, digits) = (value * 10 + Int(sign.pointee - 0x30), digits + 1)
      sign += 1
    }
    return digits > 0 ? value : nil
  }
}

/// What follows the elements of a part while expat reads it.
class XMLWalker {
  fileprivate(set) var fault: (any Error)?
  fileprivate var parser: XML_Parser?

  func open(_ name: XMLName, _ attributes: XMLAttributes) {}
  func close(_ name: XMLName) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}

  /// Ends the reading, for a reason or because enough was read.
  final func stop(_ reason: (any Error)? = nil) {
    guard let parser, !isStopped else { return }
    (isStopped, fault) = (true, reason)
    XML_StopParser(parser, 0)
  }
  fileprivate(set) var isStopped = false
}

/// Reads a part of an archive with expat, piece by piece; a document type is refused, so that no entity can grow.
enum XMLWalk {
  static func run(
    _ walker: XMLWalker, over entry: Archive.Entry, of archive: borrowing Archive, limit: Int
  ) throws {
    guard let parser = XML_ParserCreate(nil) else {
      throw WorkbookProblem.damaged(part: entry.name, line: 0, words: "mémoire insuffisante")
    }
    defer {
      walker.parser = nil
      XML_ParserFree(parser)
    }
    walker.parser = parser
    (walker.isStopped, walker.fault) = (false, nil)
    XML_SetUserData(parser, Unmanaged.passUnretained(walker).toOpaque())
    XML_SetElementHandler(
      parser, { data, name, pairs in walking(data)?.opened(name, pairs) }, { data, name in walking(data)?.closed(name) }
    )
    XML_SetCharacterDataHandler(parser) { data, text, length in
      guard let text, let walker = walking(data) else { return }
      walker.text(UnsafeRawBufferPointer(start: text, count: Int(length)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      walking(data)?.stop(WorkbookProblem.documentType(part: ""))
    }
    func check(_ status: XML_Status) throws {
      if let fault = walker.fault {
        if case WorkbookProblem.documentType = fault { throw WorkbookProblem.documentType(part: entry.name) }
        throw fault
      }
      guard status == XML_STATUS_ERROR, !walker.isStopped else { return }
      let words = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "erreur"
      throw WorkbookProblem.damaged(
        part: entry.name, line: Int(XML_GetCurrentLineNumber(parser)), words: words)
    }
    do {
      try archive.stream(entry, limit: limit) { piece in
        try check(XML_Parse(parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0))
        return !walker.isStopped
      }
    } catch let problem as Archive.Problem {
      throw WorkbookProblem.archive(problem)
    }
    if !walker.isStopped { try check(XML_Parse(parser, nil, 0, 1)) }
  }
}

private func walking(_ data: UnsafeMutableRawPointer?) -> XMLWalker? {
  data.map { Unmanaged<XMLWalker>.fromOpaque($0).takeUnretainedValue() }
}

extension XMLWalker {
  fileprivate func opened(
    _ name: UnsafePointer<CChar>?, _ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard let name, !isStopped else { return }
    open(XMLName(name), XMLAttributes(pairs))
  }

  fileprivate func closed(_ name: UnsafePointer<CChar>?) {
    guard let name, !isStopped else { return }
    close(XMLName(name))
  }
}
