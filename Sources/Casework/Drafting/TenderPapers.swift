public import Clauses
import Foundation
import Paperwork
import Records
import Storage

/// Prints the pieces of a consultation: those that were sent, or a draft.
public struct PrintTender: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPlanned

  private let id: ID<Tender>
  private let number: Int?
  private let piece: TenderPiece?
  private let format: PaperFormat?
  private let read: TenderReader

  /// One piece, or all of them in one archive; of a sending by its number, or of the draft, which only those who study
  /// may print.
  public init(
    _ id: ID<Tender>, number: Int?, piece: TenderPiece?, format: String, read: @escaping TenderReader
  ) {
    (self.id, self.number, self.piece, self.read) = (id, number, piece, read)
    self.format = PaperFormat(rawValue: format)
  }

  /// The forms of file, by the name of each and what people call it.
  public static let formats = PaperFormat.allCases.map { (name: $0.rawValue, label: $0.label) }

  /// A file to keep.
  public struct Printed: Sendable {
    /// The name that is proposed.
    public let name: String
    /// Its media type.
    public let type: String
    /// Its content.
    public let bytes: [UInt8]
  }

  /// Prints them; nil for what the reader may not see, or is not there. Throws ``Unprintable``.
  public func run(as actor: Actor, in world: World) async throws -> Printed? {
    try actor.authorise(Self.right)
    guard let format else { return nil }
    let (printing, today, figures) = (self, world.today(), world.figures)
    let papers = try await world.database.read { db -> [(piece: TenderPiece, paper: Paper)]? in
      guard let (tender, dossier, mayStudy) = try TenderGate.tender(printing.id, for: actor, on: today, in: db) else {
        return nil
      }
      let body = try Organisations.find(Organisations.surviving(dossier.body, in: db), in: db)?.name ?? ""
      var papers: [(piece: TenderPiece, paper: Paper)]
      if let number = printing.number {
        guard let issue = try TenderIssues.find(number, of: tender.id, in: db) else { return nil }
        papers = try TenderPaper.read(issue.papers)
      } else {
        guard mayStudy, let terms = printing.read(tender.typed) else { return nil }
        let last = try TenderIssues.all(of: tender.id, in: db).first?.number ?? 0
        let sheet = TenderPaper(
          dossier: dossier, body: body, tender: tender.id, version: last + 1, day: today, terms: terms, isDraft: true)
        papers = try TenderDrafting(
          terms, figures: figures, local: LocalWordings.texts(of: dossier.body, in: db)
        ).drafts().map { ($0.piece, sheet.paper(of: $0)) }
      }
      if let piece = printing.piece { papers.removeAll { $0.piece != piece } }
      return papers
    }
    guard let papers, !papers.isEmpty else { return nil }
    guard let press = world.press else { throw Unprintable(PaperFailure.absentProgram(.python)) }
    let files: [[UInt8]]
    do {
      files = try await press.print(papers.map(\.paper), as: format)
    } catch {
      throw Unprintable(error)
    }
    let stem = papers[0].paper.number.split(separator: "/").first.map(String.init) ?? "pieces"
    func name(_ piece: TenderPiece) -> String {
      let short = piece.short.folded.split(separator: " ").joined(separator: "-")
      return "\(stem)-\(short).\(format.fileEnding)"
    }
    if piece != nil {
      return Printed(name: name(papers[0].piece), type: format.mimeType, bytes: files[0])
    }
    let entries = zip(papers, files).map { PaperBundle.Entry(name: name($0.piece), bytes: $1) }
    guard let bytes = PaperBundle(entries, date: papers[0].paper.date).zipped() else {
      throw Unprintable(PaperFailure.noRoom)
    }
    return Printed(name: "\(stem).zip", type: "application/zip", bytes: bytes)
  }
}

/// Why a document could not be printed, and what to do.
public struct Unprintable: Error, Sendable, CustomStringConvertible {
  /// Both, in French.
  public let description: String

  init(_ failure: PaperFailure) { description = failure.description }
}

extension PaperFormat {
  /// What people call it.
  fileprivate var label: String {
    switch self {
    case .pdf: "PDF"
    case .docx: "Word"
    case .odt: "LibreOffice"
    }
  }
}

/// How a piece is laid on paper.
struct TenderPaper {
  let dossier: PlannedDossier
  let body: String
  let tender: ID<Tender>
  let version: Int
  let day: Day
  let terms: TenderTerms
  let isDraft: Bool

  /// A piece ready to be printed, as it is stored.
  private struct Stored: Codable {
    let piece: TenderPiece
    let paper: Paper
  }

  /// Some pieces as they are stored.
  func written(_ drafts: [TenderDraft]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let papers = drafts.map { Stored(piece: $0.piece, paper: paper(of: $0)) }
    return String(decoding: try encoder.encode(papers), as: UTF8.self)
  }

  /// The pieces of a sending, as they were stored.
  static func read(_ json: String) throws -> [(piece: TenderPiece, paper: Paper)] {
    try JSONDecoder().decode([Stored].self, from: Data(json.utf8)).map { ($0.piece, $0.paper) }
  }

  func paper(of draft: TenderDraft) -> Paper {
    let reviews = Set(draft.clauses.map(\.review)).sorted()
    var paper = Paper(
      title: draft.piece.title(isPrivate: terms.isPrivate), subtitle: terms.object,
      number: "\(stem)/\(draft.piece.short)", version: version, author: body, date: day)
    paper.status =
      (isDraft ? "Projet, non envoyé. " : "") + "Clauses d’insertion à reprendre dans la pièce\u{202F}: "
      + "\(French.list(reviews)). À faire relire par un juriste avant publication."
    paper.facts = facts
    for (rank, clause) in draft.clauses.enumerated() {
      paper.blocks.append(.heading(.first, "\(French.integer(rank + 1)). \(clause.title)"))
      paper.blocks += clause.blocks.map { Self.block($0) }
    }
    if draft.piece == .insertionAnnex {
      paper.blocks.append(.signature(["L’entreprise", terms.isPrivate ? "Le donneur d’ordre" : "L’acheteur"]))
    }
    return paper
  }

  /// The reference and the wording's own sign: two contracts of one reference have different documents.
  private var stem: String {
    let signs = (dossier.contract.reference ?? "").map { sign in
      sign.isASCII && (sign.isLetter || sign.isNumber) ? Character(sign.lowercased()) : "-"
    }
    let reference = String(signs).split(separator: "-").joined(separator: "-").prefix(40)
    return (["clause", String(reference), String(tender.description.suffix(6))]).filter { !$0.isEmpty }.joined(
      separator: "-")
  }

  private var facts: [Paper.Fact] {
    var facts = [Paper.Fact("Acheteur", terms.buyer)]
    if let reference = dossier.contract.reference { facts.append(.init("Référence", reference)) }
    if let place = terms.place { facts.append(.init("Lieu d’exécution", place)) }
    if let months = terms.months { facts.append(.init("Durée", French.count(months, "mois", "mois"))) }
    if let ccag = terms.ccag { facts.append(.init("CCAG", ccag.french)) }
    return facts
  }

  private static func block(_ block: TenderDraft.Block) -> Paper.Block {
    func runs(_ runs: [TenderDraft.Run]) -> [Paper.Run] { runs.map { Paper.Run($0.text, $0.isGap ? .gap : .plain) } }
    switch block {
    case .paragraph(let text): return .paragraph(runs(text))
    case .list(let items): return .list(items.map(runs))
    case .table(let table):
      return .table(
        Paper.Table(
          caption: table.caption,
          columns: table.columns.enumerated().map { .init($1, isNumber: table.numbers.contains($0)) },
          rows: table.rows))
    }
  }
}
