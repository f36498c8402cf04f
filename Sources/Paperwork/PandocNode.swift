/// A value of pandoc's tree, written as JSON.
indirect enum PandocNode: Encodable {
  case text(String)
  case whole(Int)
  case part(Double)
  case nothing
  case list([PandocNode])
  case object([String: PandocNode])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .whole(let number): try container.encode(number)
    case .part(let number): try container.encode(number)
    case .nothing: try container.encodeNil()
    case .list(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    }
  }
}

extension PandocNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .whole(number) }
  init(arrayLiteral items: PandocNode...) { self = .list(items) }
}

/// The elements of pandoc-types that documents use.
extension PandocNode {
  /// Neither identifier, nor classes, nor attributes.
  static let plainAttributes: PandocNode = ["", [], []]

  static func element(_ tag: String, _ content: PandocNode? = nil) -> PandocNode {
    .object(content.map { ["t": .text(tag), "c": $0] } ?? ["t": .text(tag)])
  }

  static func paragraph(_ inlines: [PandocNode]) -> PandocNode { .element("Para", .list(inlines)) }

  /// Text without a paragraph of its own, as in cells and items.
  static func plain(_ inlines: [PandocNode]) -> PandocNode { .element("Plain", .list(inlines)) }

  /// Attributes that name a style of the model.
  static func style(_ name: String) -> PandocNode { ["", [], [["custom-style", .text(name)]]] }

  static func styled(_ name: String, _ blocks: [PandocNode]) -> PandocNode {
    .element("Div", [style(name), .list(blocks)])
  }
}
