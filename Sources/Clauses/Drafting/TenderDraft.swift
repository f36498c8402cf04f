/// A piece as it is assembled: its articles in order, with what each rests on.
public struct TenderDraft: Sendable, Equatable, Codable {
  /// A stretch of text; a gap is something that the dossier does not know yet.
  public struct Run: Sendable, Equatable, Codable {
    /// The text; that of a gap says what to fill in, in brackets.
    public var text: String
    /// Whether it is to be filled in.
    public var isGap: Bool

    /// A stretch of text.
    public init(_ text: String, isGap: Bool = false) { (self.text, self.isGap) = (text, isGap) }
  }

  /// A body's own text of a wording.
  public struct LocalText: Sendable, Equatable {
    /// Its paragraphs.
    public var text: [String]
    /// The version of the library's wording that it was written from.
    public var base: Int

    /// A text from its parts.
    public init(_ text: [String], base: Int) { (self.text, self.base) = (text, base) }
  }

  /// A table: its first column holds the heads of its rows.
  public struct Table: Sendable, Equatable, Codable {
    /// What it holds.
    public var caption: String
    /// The heads of its columns.
    public var columns: [String]
    /// Which columns hold numbers.
    public var numbers: [Int]
    /// Its cells; an empty one is for the company to fill in.
    public var rows: [[String]]
  }

  /// A paragraph, a list, a table.
  public enum Block: Sendable, Equatable, Codable {
    case paragraph([Run])
    case list([[Run]])
    case table(Table)
  }

  /// An article, from one wording.
  public struct Clause: Sendable, Equatable, Codable {
    /// The wording's code.
    public var code: String
    /// The heading.
    public var title: String
    /// Its content.
    public var blocks: [Block]
    /// What to watch.
    public var vigilance: [String]
    /// The articles of law that it rests on.
    public var articles: [String]
    /// The wording's version.
    public var version: Int
    /// Whether someone of the law has read the wording, in words.
    public var review: String
    /// Whether the body has its own wording.
    public var isLocal: Bool
    /// The names of the lots that it is for.
    public var lots: [String]
    /// What of the dossier it says: signs such as `heures`, `tableau:lots`.
    public var says: [String]
  }

  /// Which piece.
  public var piece: TenderPiece
  /// Its articles.
  public var clauses: [Clause]

  /// What it still lacks, each once, in the order of the text.
  public var gaps: [String] {
    var seen: Set<String> = []
    return clauses.flatMap(\.runs).filter { $0.isGap && seen.insert($0.text).inserted }.map(\.text)
  }

  /// Its text as one string, for searches.
  public var text: String {
    clauses.map { ([$0.title] + $0.lines).joined(separator: "\n") }.joined(separator: "\n\n")
  }
}

extension TenderDraft.Clause {
  /// Its runs, those of tables left out.
  var runs: [TenderDraft.Run] {
    blocks.flatMap { block -> [TenderDraft.Run] in
      switch block {
      case .paragraph(let runs): runs
      case .list(let items): Array(items.joined())
      case .table: []
      }
    }
  }

  /// Its lines as plain text, `- ` before an item, cells apart by tabs: what someone copies into a document of their own.
  public var lines: [String] {
    func text(_ runs: [TenderDraft.Run]) -> String { runs.map(\.text).joined() }
    return blocks.flatMap { block -> [String] in
      switch block {
      case .paragraph(let runs): [text(runs)]
      case .list(let items): items.map { "- \(text($0))" }
      case .table(let table): ([table.columns] + table.rows).map { $0.joined(separator: "\t") }
      }
    }
  }
}
