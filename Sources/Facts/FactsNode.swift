/// A value of a file of figures, as written: text, whole number, list or object; decimals are written as text so that
/// they stay exact.
indirect enum FactsNode {
  case text(String)
  case number(Int)
  case list([FactsNode])
  case object([String: FactsNode])
  case other
}

/// Reads the JSON of a file of figures and says the line of what it cannot read.
///
/// The decoder of Foundation on Linux names no place, and keeps one of two fields of one name without a word.
struct FactsParser {
  /// Where and why the text is no JSON.
  struct Fault: Error {
    let line: Int
    let what: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  static func parse(_ bytes: [UInt8]) throws(Fault) -> FactsNode {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Fault(line: 1, what: "le texte n’est pas en UTF-8")
    }
    var parser = FactsParser(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    let node = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.fault("il reste du texte après la fin") }
    return node
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func fault(_ what: String) -> Fault {
    Fault(line: 1 + bytes[..<min(position, bytes.count)].count { $0 == 0x0A }, what: what)
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  /// The next byte that is no space, without taking it.
  private mutating func peek() throws(Fault) -> UInt8 {
    skipSpace()
    guard position < bytes.count else { throw fault("le texte s’arrête trop tôt") }
    return bytes[position]
  }

  private mutating func take(_ byte: UInt8) throws(Fault) -> Bool {
    guard try peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(Fault) -> FactsNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < 20 else { throw fault("trop de niveaux") }
    switch try peek() {
    case 0x22: return .text(try text())
    case 0x7B: return .object(try object())
    case 0x5B: return .list(try list())
    default: return try word()
    }
  }

  private mutating func object() throws(Fault) -> [String: FactsNode] {
    position += 1
    var fields: [String: FactsNode] = [:]
    if try take(0x7D) { return fields }
    repeat {
      guard try peek() == 0x22 else { throw fault("un nom de champ entre guillemets est attendu") }
      let name = try text()
      guard try take(0x3A) else { throw fault("deux-points attendus après «\u{A0}\(name)\u{A0}»") }
      let node = try value()
      guard fields.updateValue(node, forKey: name) == nil else {
        throw fault("le champ «\u{A0}\(name)\u{A0}» est écrit deux fois")
      }
    } while try take(0x2C)
    guard try take(0x7D) else { throw fault("une virgule ou une accolade fermante est attendue") }
    return fields
  }

  private mutating func list() throws(Fault) -> [FactsNode] {
    position += 1
    var items: [FactsNode] = []
    if try take(0x5D) { return items }
    repeat { items.append(try value()) } while try take(0x2C)
    guard try take(0x5D) else { throw fault("une virgule ou un crochet fermant est attendu") }
    return items
  }

  private mutating func text() throws(Fault) -> String {
    position += 1
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x22: return String(decoding: result, as: UTF8.self)
      case 0x5C: result.append(contentsOf: try escape())
      case 0..<0x20: throw fault("un retour à la ligne ou un signe de commande est dans un texte")
      default: result.append(byte)
      }
    }
    throw fault("un texte n’est pas refermé par un guillemet")
  }

  private mutating func escape() throws(Fault) -> [UInt8] {
    guard position < bytes.count else { throw fault("le texte s’arrête trop tôt") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: return [byte]
    case 0x6E: return [0x0A]
    case 0x74: return [0x09]
    case 0x75:
      let digits = bytes[position..<min(position + 4, bytes.count)]
      guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw fault("un signe écrit \\u ne se lit pas\u{202F}: écrivez-le lui-même") }
      position += 4
      return Array(String(scalar).utf8)
    default: throw fault("le signe qui suit une barre oblique inverse n’est pas connu")
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(Fault) -> FactsNode {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case 0x30...0x39, 0x61...0x7A, 0x41...0x5A, 0x2B, 0x2D, 0x2E: position += 1
      default:
        guard position > start else { throw fault("une valeur est attendue") }
        return try node(of: start)
      }
    }
    return try node(of: start)
  }

  private func node(of start: Int) throws(Fault) -> FactsNode {
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    if let number = Int(word), !word.hasPrefix("+") { return .number(number) }
    guard ["true", "false", "null"].contains(word) || word.first?.isNumber == true || word.hasPrefix("-") else {
      throw fault("«\u{A0}\(word)\u{A0}» ne se lit pas\u{202F}: un texte s’écrit entre guillemets")
    }
    return .other
  }
}
