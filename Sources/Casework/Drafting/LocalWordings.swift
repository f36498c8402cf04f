public import Clauses
import Records
import Storage

extension LocalWordings {
  /// The paragraphs of a body's own wordings in force, by code.
  static func texts(of body: ID<Organisation>, in db: any Connection) throws -> [String: TenderDraft.LocalText] {
    try latest(of: Organisations.surviving(body, in: db), in: db).compactMapValues { wording in
      wording.text.map { TenderDraft.LocalText(WordingText.paragraphs($0), base: wording.base) }
    }
  }
}

/// How the paragraphs of a wording stand in a form: one a line, blank lines between them.
public enum WordingText {
  /// The paragraphs of a text; blank lines are left out.
  public static func paragraphs(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { line in
      let start = line.drop(while: \.isWhitespace)
      return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
    .filter { !$0.isEmpty }
  }

  /// The text of some paragraphs: items of a list follow each other, the rest is apart.
  public static func written(_ paragraphs: [String]) -> String {
    var text = ""
    for (place, paragraph) in paragraphs.enumerated() {
      if place > 0 { text += paragraph.hasPrefix("- ") ? "\n" : "\n\n" }
      text += paragraph
    }
    return text
  }
}

/// The library of wordings, with a body's own texts beside it.
public struct ShowWordings: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned
  /// Texts of other bodies that are shown beside one wording.
  private static let mostOthers = 10

  private let day: Day?
  private let code: String?

  /// The library on a day, today if none; with `code`, the one wording of that name.
  public init(on day: Day? = nil, code: String? = nil) { (self.day, self.code) = (day, code) }

  /// A body's own text.
  public struct Local: Sendable {
    /// The version, from 1.
    public let number: Int
    /// The paragraphs; nil where the body went back to the library.
    public let paragraphs: [String]?
    /// Whether the library's text changed since it was written.
    public let isOutdated: Bool
    /// Why.
    public let reason: String
    /// When.
    public let at: Moment
  }

  /// A wording with what bodies made of it.
  public struct Line: Sendable {
    /// The wording, with its source and the days on which it holds.
    public let wording: Figure<Wording>
    /// The reader's body's own text.
    public let local: Local?
    /// Other bodies' texts, asked for one wording only.
    public let others: [(body: String, paragraphs: [String])]
  }

  /// The page.
  public struct Model: Sendable {
    /// The wordings, by piece and place.
    public let lines: [Line]
    /// The day on which they hold.
    public let day: Day
    /// Whether the reader may write local texts.
    public let mayWrite: Bool
  }

  /// Reads it.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    try actor.authorise(Self.right)
    let day = day ?? world.today()
    let code = code
    let wordings = world.figures.wordings(on: day).filter { code == nil || $0.value.code == code }
    let order = Dictionary(uniqueKeysWithValues: TenderPiece.allCases.enumerated().map { ($1, $0) })
    let sorted = wordings.sorted {
      let (a, b) = ($0.value, $1.value)
      return (order[a.piece] ?? 0, a.rank, a.code) < (order[b.piece] ?? 0, b.rank, b.code)
    }
    return try await world.database.read { db in
      let own = try actor.organisation.flatMap { try Organisations.find($0, in: db) }
      let body = own?.kind == .facilitationBody ? own?.id : nil
      let local = try body.map { try LocalWordings.latest(of: $0, in: db) } ?? [:]
      return Model(
        lines: try sorted.map { figure in
          var others: [(body: String, paragraphs: [String])] = []
          if code != nil, actor.may(.studyPlanned) {
            others = try LocalWordings.others(than: body, code: figure.value.code, in: db).prefix(Self.mostOthers).map {
              (try Organisations.find($0.body, in: db)?.name ?? "", WordingText.paragraphs($0.text))
            }
          }
          return Line(
            wording: figure,
            local: local[figure.value.code].map {
              Local(
                number: $0.number, paragraphs: $0.text.map(WordingText.paragraphs),
                isOutdated: $0.base != figure.value.version, reason: $0.reason, at: $0.createdAt)
            }, others: others)
        }, day: day, mayWrite: body != nil && actor.may(.studyPlanned))
    }
  }
}

/// Writes a body's own text of a wording, or goes back to the library.
public struct WriteLocalWording: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  /// The longest text, in signs.
  public static let longest = 8_000

  private let code: String
  private let after: Int
  private let text: String
  private let reason: String

  /// The text that follows the version that was read, 0 for none; an empty one goes back to the library.
  public init(code: String, after: Int, text: String, reason: String) {
    (self.code, self.after, self.text, self.reason) = (code, after, text, reason)
  }

  /// Writes it; false for a wording that is not in the library, or a reader without a facilitation body. Throws
  /// ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let (today, now, keys) = (world.today(), world.moment, world.access.keys)
    guard let wording = world.figures.wordings(on: today).first(where: { $0.value.code == self.code })?.value else {
      return false
    }
    let written = try PersonalText.paragraphs(text, "texte", longest: Self.longest)
    let paragraphs = written.map(WordingText.paragraphs)
    if let unknown = paragraphs.map({ Wording.unknownSigns(in: $0) })?.first {
      let known = French.list(
        WordingVariable.allCases.map { "{\($0.rawValue)}" } + WordingBlock.allCases.map(\.rawValue), last: "ou")
      throw FieldFault("texte", "«\u{A0}\(unknown)\u{A0}» n’est pas connu du programme\u{202F}; écrivez \(known).")
    }
    let why = try PersonalText.paragraphs(reason, "raison", longest: 500)
    guard let why else {
      throw FieldFault("raison", "Dites pourquoi\u{202F}: vos collègues et l’acheteur voudront le savoir.")
    }
    let (code, after, base, same) = (self.code, self.after, wording.version, paragraphs == wording.text)
    return try await world.database.write { db in
      guard let own = try actor.organisation.flatMap({ try Organisations.find($0, in: db) }),
        own.kind == .facilitationBody
      else { return false }
      let last = try LocalWordings.latest(of: own.id, in: db)[code]
      guard (last?.number ?? 0) == after else { throw ChangedMeanwhile() }
      let kept = same ? nil : paragraphs.map { $0.joined(separator: "\n") }
      // The same text written again takes the library's present version as its own.
      guard kept != last?.text || kept != nil && base != last?.base else { return true }
      let version = LocalWording(
        code: code, number: after + 1, text: kept, base: base, reason: why, createdBy: person.account, createdAt: now)
      guard try LocalWordings.insert(version, of: own.id, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          .wordingWritten, kind: "wording", id: code,
          changes: [
            TrailChange("texte", last?.text == nil ? "bibliothèque" : "local", kept == nil ? "bibliothèque" : "local")
          ]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}
