internal import FoundationEssentials

/// A value of a file of figures, as written: text, whole number, list or object; decimals are written as text so that they stay exact.
indirect enum FactsNode: Decodable {
  case text(String)
  case number(Int)
  case list([FactsNode])
  case object([String: FactsNode])
  case other

  init(from decoder: any Decoder) throws {
    // Texts come first: they are nine values in ten, and a failed attempt costs.
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .text(text)
    } else if let container = try? decoder.container(keyedBy: Name.self) {
      var fields: [String: FactsNode] = [:]
      for key in container.allKeys { fields[key.stringValue] = try container.decode(FactsNode.self, forKey: key) }
      self = .object(fields)
    } else if var container = try? decoder.unkeyedContainer() {
      var items: [FactsNode] = []
      while !container.isAtEnd { items.append(try container.decode(FactsNode.self)) }
      self = .list(items)
    } else if let number = try? decoder.singleValueContainer().decode(Int.self) {
      self = .number(number)
    } else {
      self = .other
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
