/// A value of an input as it was written: numbers keep their text, so that no decimal passes through `Double`.
indirect enum RuleNode {
  case null
  case flag(Bool)
  case number(String)
  case text(String)
  case list([RuleNode])
  case object([String: RuleNode])

  /// What the value is, for messages.
  var french: String {
    switch self {
    case .null: "null"
    case .flag: "un oui ou non (true, false)"
    case .number(let text): "le nombre \(text)"
    case .text(let text): "le texte «\u{A0}\(text.prefix(40))\u{A0}»"
    case .list: "une liste"
    case .object: "un objet"
    }
  }

  /// The value that some bytes spell, or the fault that stops the reading.
  ///
  /// A field written twice in one object is refused: which one counts is anyone's guess.
  static func parse(_ bytes: [UInt8]) throws(RuleFaults) -> RuleNode {
    guard bytes.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw RuleFaults([RuleFault("", "La question est vide\u{202F}: envoyez un objet JSON, entre accolades.")])
    }
    var result: Result<RuleNode, RuleFaults> = .success(.null)
    bytes.withUnsafeBytes { raw in
      var reader = JSONReader(raw)
      do throws(JSONFault) {
        var faults: [RuleFault] = []
        var path: [String] = []
        let node = try node(&reader, raw, &path, &faults)
        try reader.finish()
        result = faults.isEmpty ? .success(node) : .failure(RuleFaults(faults))
      } catch {
        let place = TextPlace(of: error.offset, in: raw)
        result = .failure(RuleFaults([RuleFault("", "\(error.sentence) (\(place.sentence))")]))
      }
    }
    return try result.get()
  }

  private static func node(
    _ reader: inout JSONReader, _ raw: UnsafeRawBufferPointer, _ path: inout [String], _ faults: inout [RuleFault]
  ) throws(JSONFault) -> RuleNode {
    switch try reader.peek() {
    case .null:
      try reader.null()
      return .null
    case .bool: return .flag(try reader.bool())
    case .number:
      let text = try reader.number()
      return .number(String(decoding: raw[text.start..<text.start + text.count], as: UTF8.self))
    case .string: return .text(reader.string(try reader.text()))
    case .array:
      var items: [RuleNode] = []
      try reader.beginArray()
      while try reader.nextElement() {
        path.append(String(items.count))
        items.append(try node(&reader, raw, &path, &faults))
        path.removeLast()
      }
      return .list(items)
    case .object:
      var fields: [String: RuleNode] = [:]
      try reader.beginObject()
      while let key = try reader.nextKey() {
        let name = reader.string(key)
        path.append(name)
        let value = try node(&reader, raw, &path, &faults)
        if fields.updateValue(value, forKey: name) != nil, faults.count < RuleFaults.most {
          let place = path.map { "/\(RuleNode.escaped($0))" }.joined()
          faults.append(RuleFault(place, "Ce champ est écrit deux fois\u{202F}: gardez-en un."))
        }
        path.removeLast()
      }
      return .object(fields)
    }
  }

  /// A field's name as a JSON pointer writes it.
  static func escaped(_ name: String) -> String {
    guard name.contains(where: { $0 == "~" || $0 == "/" }) else { return name }
    return name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }
}
