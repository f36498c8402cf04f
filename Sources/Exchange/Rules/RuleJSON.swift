public import Clauses

/// A JSON value to be written, with exact numbers.
public indirect enum RuleJSON: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case flag(Bool)
  /// A number, as its exact text.
  case number(String)
  /// A text.
  case text(String)
  /// A list.
  case list([RuleJSON])
  /// An object, its fields in the order in which they are written.
  case object([(name: String, value: RuleJSON)])

  /// A whole number.
  public static func whole(_ value: some BinaryInteger) -> RuleJSON { .number(String(value)) }
  /// Euros with two places: `20000.00`.
  public static func euros(_ value: Euros) -> RuleJSON { .number(value.description) }
  /// Hours without needless zeros: `833`, `98.5`, `151.67`.
  public static func hours(_ value: Hours) -> RuleJSON { .number(trimmed(value.description)) }
  /// A share of the whole without needless zeros: 5 % is `0.05`.
  public static func share(_ value: Percent) -> RuleJSON {
    let magnitude = value.basisPoints.magnitude
    let rest = String(magnitude % 10_000)
    let places = String(repeating: "0", count: 4 - rest.utf8.count) + rest
    return .number(trimmed("\(value.basisPoints < 0 ? "-" : "")\(magnitude / 10_000).\(places)"))
  }
  /// A day, `yyyy-MM-dd`.
  public static func day(_ value: Day) -> RuleJSON { .text(value.description) }
  /// A month, `yyyy-MM`.
  public static func month(_ value: Month) -> RuleJSON { .text(value.description) }

  private static func trimmed(_ decimal: String) -> String {
    var text = Substring(decimal)
    guard text.contains(".") else { return decimal }
    while text.hasSuffix("0") { text = text.dropLast() }
    return String(text.hasSuffix(".") ? text.dropLast() : text)
  }

  /// Whether two values are the same, fields in the same order.
  public static func == (a: RuleJSON, b: RuleJSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.flag(let a), .flag(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.text(let a), .text(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.object(let a), .object(let b)): a.elementsEqual(b) { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }

  /// The field of an object; nil for other values.
  public subscript(name: String) -> RuleJSON? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The value as text, indented by two spaces a level; lists and objects without content stay on their line.
  public func text(indented: Bool = true) -> String {
    var bytes: [UInt8] = []
    write(into: &bytes, level: indented ? 0 : nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(into bytes: inout [UInt8], level: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .flag(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .text(let text): RuleJSON.quote(text, into: &bytes)
    case .list(let items):
      RuleJSON.wrap(items, 0x5B, 0x5D, &bytes, level) { $0.write(into: &$1, level: level.map { $0 + 1 }) }
    case .object(let fields):
      RuleJSON.wrap(fields, 0x7B, 0x7D, &bytes, level) { field, bytes in
        RuleJSON.quote(field.name, into: &bytes)
        bytes.append(contentsOf: (level == nil ? ":" : ": ").utf8)
        field.value.write(into: &bytes, level: level.map { $0 + 1 })
      }
    }
  }

  private static func wrap<Item>(
    _ items: [Item], _ open: UInt8, _ close: UInt8, _ bytes: inout [UInt8], _ level: Int?,
    _ body: (Item, inout [UInt8]) -> Void
  ) {
    func newLine(_ level: Int?) {
      guard let level else { return }
      bytes.append(0x0A)
      bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
    }
    bytes.append(open)
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      newLine(level.map { $0 + 1 })
      body(item, &bytes)
    }
    if !items.isEmpty { newLine(level) }
    bytes.append(close)
  }

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
      case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x00..<0x20:
        let hex = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
