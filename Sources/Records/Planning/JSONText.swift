/// A JSON text being written, absent values and empty lists left out.
struct JSONText {
  private var bytes: [UInt8] = []
  private var first = true

  init() { bytes.reserveCapacity(256) }

  /// What was written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func object(_ body: (inout JSONText) -> Void) {
    bytes.append(0x7B)
    let outer = first
    first = true
    body(&self)
    first = outer
    bytes.append(0x7D)
  }

  mutating func field(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  mutating func field(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  mutating func list<T>(_ name: StaticString, _ values: [T], _ body: (inout JSONText, T) -> Void) {
    guard !values.isEmpty else { return }
    key(name)
    bytes.append(0x5B)
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      body(&self, value)
    }
    bytes.append(0x5D)
  }

  mutating func string(_ value: String) {
    bytes.append(0x22)
    var value = value
    value.withUTF8 { utf8 in
      var start = 0
      for (place, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<place]))
        escape(byte)
        start = place + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(0x22)
  }

  private mutating func escape(_ byte: UInt8) {
    guard byte < 0x20 else { return bytes.append(contentsOf: [0x5C, byte]) }
    let hex = Array("0123456789abcdef".utf8)
    bytes.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
  }

  private mutating func key(_ name: StaticString) {
    if !first { bytes.append(0x2C) }
    first = false
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: [0x22, 0x3A])
  }
}
