/// The shape of a JSON value, as the description of the interface tells it (JSON Schema 2020-12, OpenAPI 3.1).
indirect enum JSONSchema: Sendable, Encodable {
  /// A text, and what it must look like.
  case text(pattern: String? = nil, longest: Int? = nil, format: String? = nil)
  /// One of some words.
  case word([String])
  /// A whole number, between two bounds.
  case whole(from: Int? = nil, to: Int? = nil)
  /// Yes or no.
  case flag
  /// A list.
  case list(of: JSONSchema)
  /// Fields, each of which is there; other fields are not.
  case object([Field])
  /// Any object: what it holds is told elsewhere.
  case anyObject
  /// Values of one shape by names that are not known before.
  case map(of: JSONSchema)
  /// The value, or `null`.
  case orNull(JSONSchema)
  /// One that has a name, told once.
  case named(String)

  /// A field of an object.
  struct Field: Sendable {
    let name: String
    let meaning: String
    let schema: JSONSchema
    /// Whether it may be absent.
    var isOptional = false

    init(_ name: String, _ meaning: String, _ schema: JSONSchema, isOptional: Bool = false) {
      (self.name, self.meaning, self.schema, self.isOptional) = (name, meaning, schema, isOptional)
    }
  }

  func encode(to encoder: any Encoder) throws { try JSONTree(self).encode(to: encoder) }
}

/// A JSON value that is put together by hand, for the description of the interface.
indirect enum JSONTree: Sendable, Encodable {
  case text(String)
  case whole(Int)
  case flag(Bool)
  case list([JSONTree])
  case object([String: JSONTree])

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .whole(let number):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .flag(let flag):
      var container = encoder.singleValueContainer()
      try container.encode(flag)
    case .list(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(value) }
    case .object(let fields):
      var container = encoder.container(keyedBy: JSONName.self)
      for (name, value) in fields { try container.encode(value, forKey: JSONName(name)) }
    }
  }

  /// The object with some more fields.
  func adding(_ more: [String: JSONTree]) -> JSONTree {
    guard case .object(let fields) = self else { return self }
    return .object(fields.merging(more) { _, new in new })
  }
}

private struct JSONName: CodingKey {
  let stringValue: String
  let intValue: Int? = nil
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

extension JSONTree {
  /// A shape as JSON Schema writes it.
  init(_ schema: JSONSchema) {
    switch schema {
    case .text(let pattern, let longest, let format):
      var fields: [String: JSONTree] = ["type": .text("string")]
      if let pattern { fields["pattern"] = .text(pattern) }
      if let longest { fields["maxLength"] = .whole(longest) }
      if let format { fields["format"] = .text(format) }
      self = .object(fields)
    case .word(let words): self = .object(["type": .text("string"), "enum": .list(words.map { .text($0) })])
    case .whole(let from, let to):
      var fields: [String: JSONTree] = ["type": .text("integer")]
      if let from { fields["minimum"] = .whole(from) }
      if let to { fields["maximum"] = .whole(to) }
      self = .object(fields)
    case .flag: self = .object(["type": .text("boolean")])
    case .list(let item): self = .object(["type": .text("array"), "items": JSONTree(item)])
    case .object(let fields): self = JSONTree(fields)
    case .anyObject: self = .object(["type": .text("object")])
    case .map(let value): self = .object(["type": .text("object"), "additionalProperties": JSONTree(value)])
    case .orNull(let value): self = .object(["anyOf": .list([JSONTree(value), .object(["type": .text("null")])])])
    case .named(let name): self = .object(["$ref": .text("#/components/schemas/\(name)")])
    }
  }

  private init(_ fields: [JSONSchema.Field]) {
    var properties: [String: JSONTree] = [:]
    for field in fields {
      properties[field.name] = JSONTree(field.schema).adding(["description": .text(field.meaning)])
    }
    self = .object([
      "type": .text("object"), "properties": .object(properties), "additionalProperties": .flag(false),
      "required": .list(fields.filter { !$0.isOptional }.map { .text($0.name) }),
    ])
  }
}
