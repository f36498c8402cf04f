import Clauses

/// What makes an element no XML, and at which byte.
struct XMLFault: Error, Hashable {
  enum Kind: UInt8, CaseIterable {
    case truncated
    case badTag
    case mismatchedTag
    case unknownEntity
    case tooDeep
  }
  let kind: Kind
  let offset: Int

  /// What is wrong and how to mend it, in French.
  var sentence: String {
    let s = French.thin
    return switch kind {
    case .truncated: "L’élément n’est pas fermé\(s): le fichier a sans doute été coupé. Téléchargez-le de nouveau."
    case .badTag: "Cette balise est mal écrite\(s): vérifiez son nom, ses guillemets et son chevron fermant."
    case .mismatchedTag:
      "Cette balise fermante ne répond pas à la dernière balise ouverte\(s): corrigez l’une ou l’autre."
    case .unknownEntity:
      "Le signe & introduit ici une entité inconnue de XML\(s): écrivez &amp; pour un & seul, ou le caractère lui-même."
    case .tooDeep:
      "Plus de 128 éléments sont emboîtés\(s): ce fichier n’est pas un export ordinaire, vérifiez sa provenance."
    }
  }
}

/// Turns one XML element into JSON bytes, so that one mapper serves both: children become members (repeated ones repeated keys), text becomes strings.
///
/// Attributes, comments and processing instructions are left out; names lose their prefix. No document type is ever obeyed, so no entity can grow.
struct XMLTranslator {
  private struct Frame {
    var name: Range<Int>
    var isObject = false
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var p = 0
  private var frames: [Frame] = []
  private var text: [UInt8] = []

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Appends the JSON of the element that the bytes begin with; a record without children gives an empty object.
  static func translate(_ bytes: UnsafeBufferPointer<UInt8>, into json: inout [UInt8]) throws(XMLFault) {
    var translator = XMLTranslator(bytes)
    try translator.run(&json)
  }

  private mutating func run(_ json: inout [UInt8]) throws(XMLFault) {
    while p < bytes.count {
      guard bytes[p] == 0x3C else {
        try passText()
        continue
      }
      if starts("<!--") {
        try pass("-->")
      } else if starts("<![CDATA[") {
        let start = p + 9
        try pass("]]>")
        text.append(contentsOf: bytes[start..<p - 3])
      } else if starts("<?") {
        try pass("?>")
      } else if p + 1 < bytes.count, bytes[p + 1] == 0x2F {
        if try close(&json) { return }
      } else if try open(&json) {
        return
      }
    }
    throw XMLFault(kind: .truncated, offset: p)
  }

  /// An opening tag; true where it closes itself and was the outermost.
  private mutating func open(_ json: inout [UInt8]) throws(XMLFault) -> Bool {
    let start = p
    let name = try name(from: p + 1)
    if let parent = frames.indices.last {
      json.append(frames[parent].isObject ? 0x2C : 0x7B)
      frames[parent].isObject = true
      json.append(0x22)
      json.append(contentsOf: bytes[name])
      json.append(0x22)
      json.append(0x3A)
    }
    text.removeAll(keepingCapacity: true)
    guard frames.count < JSONReader.deepest else { throw XMLFault(kind: .tooDeep, offset: start) }
    frames.append(Frame(name: name))
    while p < bytes.count, bytes[p] != 0x3E {
      if bytes[p] == 0x22 || bytes[p] == 0x27 {
        let quote = bytes[p]
        p += 1
        while p < bytes.count, bytes[p] != quote { p += 1 }
      } else if bytes[p] == 0x3C {
        throw XMLFault(kind: .badTag, offset: start)
      }
      p += 1
    }
    guard p < bytes.count else { throw XMLFault(kind: .badTag, offset: start) }
    let closesItself = bytes[p - 1] == 0x2F
    p += 1
    return closesItself ? finish(&json) : false
  }

  /// A closing tag; true where it closes the outermost element.
  private mutating func close(_ json: inout [UInt8]) throws(XMLFault) -> Bool {
    let start = p
    let name = try name(from: p + 2)
    guard let frame = frames.last, bytes[name].elementsEqual(bytes[frame.name]) else {
      throw XMLFault(kind: .mismatchedTag, offset: start)
    }
    while p < bytes.count, bytes[p] <= 0x20 { p += 1 }
    guard p < bytes.count, bytes[p] == 0x3E else { throw XMLFault(kind: .badTag, offset: start) }
    p += 1
    return finish(&json)
  }

  private mutating func finish(_ json: inout [UInt8]) -> Bool {
    let frame = frames.removeLast()
    if frame.isObject {
      json.append(0x7D)
    } else if frames.isEmpty {
      json.append(0x7B)
      json.append(0x7D)
    } else if text.allSatisfy({ $0 <= 0x20 }) {
      json.append(contentsOf: "null".utf8)
    } else {
      JSONWriting.append(text, to: &json)
    }
    text.removeAll(keepingCapacity: true)
    return frames.isEmpty
  }

  /// A name from a byte on, without its prefix; moves past it.
  private mutating func name(from start: Int) throws(XMLFault) -> Range<Int> {
    var low = start
    var high = start
    while high < bytes.count, bytes[high] > 0x20, bytes[high] != 0x3E, bytes[high] != 0x2F {
      if bytes[high] == 0x3A { low = high + 1 }
      if bytes[high] == 0x22 || bytes[high] == 0x5C || bytes[high] == 0x3C || bytes[high] == 0x3D {
        throw XMLFault(kind: .badTag, offset: start)
      }
      high += 1
    }
    guard high > low else { throw XMLFault(kind: .badTag, offset: start) }
    p = high
    return low..<high
  }

  private mutating func passText() throws(XMLFault) {
    while p < bytes.count, bytes[p] != 0x3C {
      guard bytes[p] == 0x26 else {
        text.append(bytes[p])
        p += 1
        continue
      }
      let start = p + 1
      var end = start
      while end < bytes.count, end - start < 12, bytes[end] != 0x3B { end += 1 }
      guard end < bytes.count, bytes[end] == 0x3B, let scalar = entity(start..<end) else {
        throw XMLFault(kind: .unknownEntity, offset: p)
      }
      UTF8Check.append(scalar, to: &text)
      p = end + 1
    }
  }

  private func entity(_ range: Range<Int>) -> UInt32? {
    let name = String(decoding: bytes[range], as: UTF8.self)
    switch name {
    case "amp": return 0x26
    case "lt": return 0x3C
    case "gt": return 0x3E
    case "quot": return 0x22
    case "apos": return 0x27
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let number, number > 0, Unicode.Scalar(number) != nil else { return nil }
      return number
    }
  }

  private func starts(_ sign: StaticString) -> Bool {
    guard p + sign.utf8CodeUnitCount <= bytes.count else { return false }
    return sign.withUTF8Buffer { bytes[p..<p + $0.count].elementsEqual($0) }
  }

  private mutating func pass(_ sign: StaticString) throws(XMLFault) {
    let start = p
    while p < bytes.count {
      if starts(sign) {
        p += sign.utf8CodeUnitCount
        return
      }
      p += 1
    }
    throw XMLFault(kind: .truncated, offset: start)
  }
}

/// Writes JSON texts for readers that share one mapper.
enum JSONWriting {
  /// Appends bytes as a JSON text, quotes included.
  static func append(_ text: some Sequence<UInt8>, to json: inout [UInt8]) {
    json.append(0x22)
    for byte in text {
      switch byte {
      case 0x22, 0x5C:
        json.append(0x5C)
        json.append(byte)
      case ..<0x20:
        json.append(contentsOf: "\\u00".utf8)
        json.append(hexadecimal(byte >> 4))
        json.append(hexadecimal(byte & 15))
      default: json.append(byte)
      }
    }
    json.append(0x22)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }
}
