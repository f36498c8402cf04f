import Clauses
import Facts
import Testing

@Suite struct TenderDraftingTests {
  private static let day = Day(year: 2026, month: 9, day: 7) ?? Day(number: 0)

  private static func wording(
    _ code: String, _ text: [String], rank: Int = 10, for possibilities: Set<Possibility> = [.execution]
  ) -> Wording {
    Wording(
      code: code, title: code, piece: .particularClauses, rank: rank, possibilities: possibilities, text: text,
      version: 1)
  }

  private static func figures(_ wordings: [Wording]) throws -> Figures {
    var contents = try Reference.figures().contents
    contents.wordings = wordings.map {
      Figure(id: "wording.\($0.code)", label: $0.title, value: $0, source: "essai", status: .derived)
    }
    return Figures(contents)
  }

  private static func terms(_ lots: [TenderTerms.Lot]) -> TenderTerms {
    TenderTerms(buyer: "Ville de Val-Fleuri", object: "Réhabilitation du groupe scolaire", day: day, lots: lots)
  }

  /// With ordinary spaces.
  private static func plain(_ text: String) -> String {
    String(text.map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 })
  }

  private static func text(_ wordings: [Wording], _ terms: TenderTerms) throws -> String {
    plain(try TenderDrafting(terms, figures: try figures(wordings)).drafts().map(\.text).joined(separator: "\n"))
  }

  @Test func `variables take what the dossier knows, and a gap says what it does not`() throws {
    let wording = Self.wording("a", ["{buyer} demande {hours} pour {lots}\u{202F}; pénalité\u{202F}: {penaltyHour}."])
    var terms = Self.terms([.init("1", .execution, hours: Hours(1_688))])
    let draft = try #require(try TenderDrafting(terms, figures: try Self.figures([wording])).drafts().first)
    #expect(draft.gaps == ["[à compléter\u{202F}: pénalité pour une heure non réalisée]"])
    #expect(Self.plain(draft.text).contains("Ville de Val-Fleuri demande 1 688 heures pour le lot 1"))
    terms.penaltyHour = Euros(60)
    #expect(try Self.text([wording], terms).contains("60 €"))
  }

  @Test(arguments: [
    (["1"], "le lot 1"), (["1", "3"], "les lots 1 et 3"), ([""], "le marché"),
    (["Lot peinture", "2"], "le Lot peinture et le lot 2"),
  ])
  func `lots are named as people say them`(names: [String], said: String) throws {
    let terms = Self.terms(names.map { .init($0, .execution, hours: Hours(10)) })
    #expect(try Self.text([Self.wording("a", ["Pour {lots}."])], terms).contains("Pour \(said)."))
  }

  @Test func `hours of several lots are told lot by lot, and not at all where one is missing`() throws {
    let wording = Self.wording("a", ["{hours}"])
    var terms = Self.terms([.init("1", .execution, hours: Hours(1_688)), .init("3", .execution, hours: Hours(686))])
    #expect(
      try Self.text([wording], terms).contains("1 688 heures pour le lot 1 et 686 heures pour le lot 3"))
    terms.lots[1].hours = nil
    #expect(try Self.text([wording], terms).contains("[à compléter"))
  }

  @Test func `a wording is used for the lots that call for it, under its conditions, once`() throws {
    var pooled = Self.wording("pooled", ["Globalisation pour {lots}."], rank: 20)
    pooled.conditions = [.pooling]
    var reserved = Self.wording(
      "reserved", ["Réservé {reservedFor}, part {reservedShare}."], rank: 30, for: [.reserved])
    reserved.families = [.inclusion]
    var several = Self.wording("several", ["Plusieurs lots."], rank: 40)
    several.conditions = [.severalLots]
    var priv = Self.wording("private", ["Charte."], rank: 50)
    priv.sectors = [.private]
    let library = [pooled, reserved, several, priv, Self.wording("base", ["Base."])]
    var one = TenderTerms.Lot("4", .reserved)
    (one.families, one.reservedShare) = ([.inclusion], Percent(50))
    var terms = Self.terms([.init("1", .execution, hours: Hours(10)), one])
    func codes() throws -> [String] {
      try TenderDrafting(terms, figures: try Self.figures(library)).drafts().flatMap { $0.clauses.map(\.code) }
    }
    #expect(try codes() == ["base", "reserved"])
    #expect(
      try Self.text(library, terms)
        .contains("Réservé aux structures d’insertion par l’activité économique ou structures équivalentes, part 50"))
    terms.admitsPooling = true
    terms.lots.append(.init("3", .execution, hours: Hours(5)))
    #expect(try codes() == ["base", "pooled", "reserved", "several"])
    terms.lots[1].families = [.adapted]
    #expect(try codes() == ["base", "pooled", "several"])
    terms.isPrivate = true
    #expect(try codes() == ["private"])
  }

  @Test func `the lots, the publics and the company's commitment come as tables and lists`() throws {
    let wording = Self.wording(
      "a", ["Introduction", "{table:lots}", "- un", "- deux", "{list:publics}", "{table:commitment}"])
    var terms = Self.terms([.init("1", .execution, hours: Hours(hundredths: 101_280))])
    terms.publics = ["Jeunes", "Demandeurs d’emploi"]
    let clause = try #require(
      try TenderDrafting(terms, figures: try Self.figures([wording])).drafts().first?.clauses.first)
    #expect(clause.blocks.count == 5)
    guard case .table(let lots) = clause.blocks[1], case .list(let items) = clause.blocks[2],
      case .list(let publics) = clause.blocks[3], case .table(let commitment) = clause.blocks[4]
    else {
      Issue.record("not the blocks expected")
      return
    }
    #expect(lots.rows == [["Lot 1", "Condition d’exécution", "1\u{202F}012,8\u{A0}heures"]])
    #expect(items.count == 2)
    #expect(publics.map { $0.map(\.text).joined() } == ["Jeunes\u{202F};", "Demandeurs d’emploi."])
    #expect(commitment.rows[0].suffix(4) == ["", "", "", ""])
  }

  @Test func `a body's own text takes the place of the library's, and says so`() throws {
    let drafts = try TenderDrafting(
      Self.terms([.init("1", .execution, hours: Hours(10))]), figures: try Self.figures([Self.wording("a", ["Un."])]),
      local: ["a": ["Notre texte pour {buyer}."]]
    ).drafts()
    let clause = try #require(drafts.first?.clauses.first)
    #expect(clause.isLocal && clause.review == "texte local, à relire")
    #expect(clause.lines == ["Notre texte pour Ville de Val-Fleuri."])
  }

  @Test(
    arguments: [
      ("rien", []), ("{hours}", []), ("{heures}", ["{heures}"]), ("{hours", ["{hours"]), ("a } b", ["a } b"]),
      ("{table:lots}", []), ("a {table:lots}", ["{table:lots}"]),
    ] as [(String, [String])])
  func `signs in braces that mean nothing are found`(text: String, unknown: [String]) {
    #expect(Wording.unknownSigns(in: [text]) == unknown)
  }

  @Test(
    arguments: [
      ("a b c", "a b c", [WordDifference.Fate.kept]), ("a b c", "a x c", [.kept, .removed, .added, .kept]),
      ("", "a", [.added]), ("a", "", [.removed]), ("", "", []), ("a b", "b a", [.removed, .kept, .added]),
    ] as [(String, String, [WordDifference.Fate])])
  func `a difference tells what goes and what comes`(old: String, new: String, fates: [WordDifference.Fate]) {
    #expect(WordDifference(from: old, to: new).parts.map(\.fate) == fates)
  }

  @Test func `a difference of any two texts gives both of them back`() {
    let words = ["le", "titulaire", "réserve", "des", "heures", "à", "des", "personnes"]
    var seed: UInt64 = 7
    func draw() -> [String] {
      (0..<20).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return words[Int(seed >> 33) % words.count]
      }
    }
    for _ in 0..<200 {
      let (old, new) = (draw().joined(separator: " "), draw().joined(separator: " "))
      let parts = WordDifference(from: old, to: new).parts
      #expect(parts.filter { $0.fate != .added }.map(\.text).joined(separator: " ") == old)
      #expect(parts.filter { $0.fate != .removed }.map(\.text).joined(separator: " ") == new)
    }
  }
}
