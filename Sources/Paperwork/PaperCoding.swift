import Clauses

/// The JSON form: the day as `yyyy-MM-dd`, a block as an object whose `kind` names it.
extension Paper: Codable {
  private enum Key: String, CodingKey {
    case title, subtitle, number, version, author, date, status, facts, blocks
  }

  /// Reads the JSON form; a day that does not exist is refused.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    guard let date = Day(try values.decode(String.self, forKey: .date)) else {
      throw DecodingError.dataCorruptedError(forKey: .date, in: values, debugDescription: "no such day")
    }
    self.init(
      title: try values.decode(String.self, forKey: .title),
      subtitle: try values.decodeIfPresent(String.self, forKey: .subtitle),
      number: try values.decode(String.self, forKey: .number), version: try values.decode(Int.self, forKey: .version),
      author: try values.decode(String.self, forKey: .author), date: date,
      status: try values.decodeIfPresent(String.self, forKey: .status),
      facts: try values.decode([Fact].self, forKey: .facts), blocks: try values.decode([Block].self, forKey: .blocks))
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(title, forKey: .title)
    try values.encodeIfPresent(subtitle, forKey: .subtitle)
    try values.encode(number, forKey: .number)
    try values.encode(version, forKey: .version)
    try values.encode(author, forKey: .author)
    try values.encode(date.description, forKey: .date)
    try values.encodeIfPresent(status, forKey: .status)
    try values.encode(facts, forKey: .facts)
    try values.encode(blocks, forKey: .blocks)
  }
}

extension Paper.Block: Codable {
  private enum Key: String, CodingKey {
    case kind, level, text, runs, items, table, title, lines, parties
  }
  private enum Kind: String, Codable {
    case heading, paragraph, list, table, note, signature
  }

  /// Reads the JSON form.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    switch try values.decode(Kind.self, forKey: .kind) {
    case .heading:
      self = .heading(
        try values.decode(Paper.Level.self, forKey: .level), try values.decode(String.self, forKey: .text))
    case .paragraph: self = .paragraph(try values.decode([Paper.Run].self, forKey: .runs))
    case .list: self = .list(try values.decode([[Paper.Run]].self, forKey: .items))
    case .table: self = .table(try values.decode(Paper.Table.self, forKey: .table))
    case .note:
      self = .note(
        title: try values.decode(String.self, forKey: .title), try values.decode([String].self, forKey: .lines))
    case .signature: self = .signature(try values.decode([String].self, forKey: .parties))
    }
  }

  /// Writes the JSON form.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .heading(let level, let text):
      try values.encode(Kind.heading, forKey: .kind)
      try values.encode(level, forKey: .level)
      try values.encode(text, forKey: .text)
    case .paragraph(let runs):
      try values.encode(Kind.paragraph, forKey: .kind)
      try values.encode(runs, forKey: .runs)
    case .list(let items):
      try values.encode(Kind.list, forKey: .kind)
      try values.encode(items, forKey: .items)
    case .table(let table):
      try values.encode(Kind.table, forKey: .kind)
      try values.encode(table, forKey: .table)
    case .note(let title, let lines):
      try values.encode(Kind.note, forKey: .kind)
      try values.encode(title, forKey: .title)
      try values.encode(lines, forKey: .lines)
    case .signature(let parties):
      try values.encode(Kind.signature, forKey: .kind)
      try values.encode(parties, forKey: .parties)
    }
  }
}
