public import Clauses

/// A document before it is laid out: what it says, in which order, and nothing of how it looks.
///
/// All texts are data: no sign in them is markup in any format. ``PaperPress`` lays it out; its JSON form is what may be
/// stored.
public struct Paper: Sendable, Equatable {
  /// The title, also the title in the file's properties.
  public var title: String
  /// A line under the title.
  public var subtitle: String?
  /// The document's number, repeated at the top of each page.
  public var number: String
  /// From 1, repeated at the foot of each page.
  public var version: Int
  /// Who issues the document: an organisation or a person.
  public var author: String
  /// The day that the document carries; it is the only date in the printed file, whenever that is printed.
  public var date: Day
  /// What the reader must know first ("modèle proposé, à relire par un juriste"), framed under the title.
  public var status: String?
  /// The table at the head: what the document is about, line by line.
  public var facts: [Fact]
  /// What the document says.
  public var blocks: [Block]

  /// A document; only title, number, author and day are always needed.
  public init(
    title: String, subtitle: String? = nil, number: String, version: Int = 1, author: String, date: Day,
    status: String? = nil, facts: [Fact] = [], blocks: [Block] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.number = number
    self.version = version
    self.author = author
    self.date = date
    self.status = status
    self.facts = facts
    self.blocks = blocks
  }

  /// A line of the table at the head.
  public struct Fact: Sendable, Equatable, Codable {
    /// The left column.
    public var name: String
    /// The right column.
    public var value: String

    /// A line such as "Acheteur" and its name.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A piece of the document, from top to bottom.
  public enum Block: Sendable, Equatable {
    /// A heading of the first, second or third level; a level that skips one is printed as the next one.
    case heading(Level, String)
    /// A paragraph.
    case paragraph([Run])
    /// A list, an item of runs each.
    case list([[Run]])
    /// A table of figures or texts.
    case table(Table)
    /// A remark set apart in a frame: its title, then its paragraphs.
    case note(title: String, [String])
    /// Boxes to sign, one for each of these parties.
    case signature([String])

    /// A paragraph of plain text.
    public static func text(_ text: String) -> Block { .paragraph([.plain(text)]) }
  }

  /// How deep a heading lies.
  public enum Level: Int, Sendable, Codable, CaseIterable {
    /// A part of the document.
    case first = 1
    /// A part of a part.
    case second
    /// The deepest.
    case third
  }

  /// A stretch of text in one manner; a line feed in it starts a new line.
  public struct Run: Sendable, Equatable, Codable {
    /// How a stretch of text is said.
    public enum Kind: String, Sendable, Codable {
      /// As everything else.
      case plain
      /// In bold.
      case strong
      /// Something still to be filled in: bold, underlined and on a coloured ground, brackets already in its text.
      case gap
    }

    /// The text itself, never markup.
    public var text: String
    /// Its manner.
    public var kind: Kind

    /// A stretch of text, plain unless said otherwise.
    public init(_ text: String, _ kind: Kind = .plain) {
      self.text = text
      self.kind = kind
    }

    /// As everything else.
    public static func plain(_ text: String) -> Run { Run(text) }
    /// In bold.
    public static func strong(_ text: String) -> Run { Run(text, .strong) }
    /// Still to be filled in.
    public static func gap(_ text: String) -> Run { Run(text, .gap) }
  }

  /// A table with a line of titles that is repeated on each page.
  public struct Table: Sendable, Equatable, Codable {
    /// A column.
    public struct Column: Sendable, Equatable, Codable {
      /// What its first line says.
      public var title: String
      /// Whether it holds numbers, which stand to the right.
      public var isNumber: Bool

      /// A column, of texts unless said otherwise.
      public init(_ title: String, isNumber: Bool = false) {
        self.title = title
        self.isNumber = isNumber
      }
    }

    /// What the table shows, above it; none where empty.
    public var caption: String
    /// The columns from left to right.
    public var columns: [Column]
    /// The cells, line by line; a line that is too short is completed by empty cells, one that is too long adds columns
    /// without title.
    public var rows: [[String]]

    /// A table.
    public init(caption: String = "", columns: [Column], rows: [[String]]) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
    }
  }
}
