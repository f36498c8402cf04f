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
    let wording = Self.wording(
      "a", ["{acheteur} demande {heures} pour {lots}\u{202F}; pénalité\u{202F}: {penalite-heure}."])
    var terms = Self.terms([.init("1", .execution, hours: Hours(1_688))])
    let draft = try #require(try TenderDrafting(terms, figures: try Self.figures([wording])).drafts().first)
    #expect(draft.gaps == ["[à compléter\u{202F}: pénalité pour une heure non réalisée]"])
    #expect(Self.plain(draft.text).contains("Ville de Val-Fleuri demande 1 688 heures pour le lot 1"))
    terms.penaltyHour = Euros(60)
    #expect(try Self.text([wording], terms).contains("60 €"))
  }

  @Test(arguments: [
    (["1"], "le lot 1"), (["1", "3"], "les lots 1 et 3"), ([""], "le marché"),
    (["Lot peinture", "2"], "le lot peinture et le lot 2"),
  ])
  func `lots are named as people say them`(names: [String], said: String) throws {
    let terms = Self.terms(names.map { .init($0, .execution, hours: Hours(10)) })
    #expect(try Self.text([Self.wording("a", ["Pour {lots}."])], terms).contains("Pour \(said)."))
  }

  @Test func `hours of several lots are told lot by lot, and not at all where one is missing`() throws {
    let wording = Self.wording("a", ["{heures}"])
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
      "reserved", ["Réservé {reserve-a}, part {part-reservee}."], rank: 30, for: [.reserved])
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
      "a", ["Introduction", "{tableau:lots}", "- un", "- deux", "{liste:publics}", "{tableau:engagement}"])
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
      local: ["a": .init(["Notre texte pour {acheteur}."], base: 1)]
    ).drafts()
    let clause = try #require(drafts.first?.clauses.first)
    #expect(clause.isLocal && clause.review == "texte local, à relire")
    #expect(clause.lines == ["Notre texte pour Ville de Val-Fleuri."])
  }

  @Test(
    arguments: [
      ("rien", []), ("{heures}", []), ("{hours}", ["{hours}"]), ("{heures", ["{heures"]), ("a } b", ["a } b"]),
      ("{tableau:lots}", []), ("a {tableau:lots}", ["{tableau:lots}"]),
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

/// The library itself, on consultations of every kind.
@Suite struct TenderLibraryTests {
  private static let day = Day(year: 2026, month: 9, day: 7) ?? Day(number: 0)

  private static func terms(_ lots: [TenderTerms.Lot], on day: Day = day) throws -> TenderTerms {
    var terms = TenderTerms(
      buyer: "Ville de Val-Fleuri", object: "Réhabilitation du groupe scolaire", day: day, lots: lots)
    (terms.place, terms.months, terms.ccag) = ("Val-Fleuri", 16, .works)
    (terms.body, terms.contact) = ("Maison de l’emploi", ["Ana Bel", "01 23 45 67 89", "ana.bel@maison.example"])
    (terms.frequency, terms.declarationDay, terms.noticeDays) = (.monthly, 15, 15)
    (terms.kickoffDays, terms.documentDays, terms.admitsPooling) = (15, 10, true)
    (terms.penaltyHour, terms.penaltyDocument, terms.criterionWeight) = (Euros(60), Euros(50), Percent(10))
    (terms.counting, terms.dataController) = ("les heures travaillées", "Ville de Val-Fleuri")
    var seen: Set<String> = []
    terms.publics = try Reference.figures().contents.publics
      .filter { $0.holds(on: day) && $0.value.list == .ccag }.map(\.label).filter { seen.insert($0).inserted }
    return terms
  }

  private static func reserved(_ name: String, _ family: ReservedFamily, hours: Int) -> TenderTerms.Lot {
    var lot = TenderTerms.Lot(name, .reserved, hours: Hours(hours))
    (lot.families, lot.reservedShare) = ([family], Percent(50))
    return lot
  }

  private static let consultations: [(String, [TenderTerms.Lot])] = [
    ("the whole contract", [.init("", .execution, hours: Hours(1_688))]),
    (
      "the story",
      [
        .init("1", .execution, hours: Hours(1_688)), .init("3", .execution, hours: Hours(686)),
        reserved("4", .inclusion, hours: 192),
      ]
    ),
    ("a criterion", [.init("", .criterion)]),
    (
      "both",
      [.init("1", .executionAndCriterion, hours: Hours(500)), .init("2", .executionAndCriterion, hours: Hours(90))]
    ),
    ("insertion itself", [.init("", .insertionService, hours: Hours(2_000))]),
    ("two families", [reserved("2", .adapted, hours: 100), reserved("4", .inclusion, hours: 192)]),
    (
      "every possibility",
      [
        .init("1", .execution, hours: Hours(1_688)), .init("2", .executionAndCriterion, hours: Hours(686)),
        reserved("4", .inclusion, hours: 192), .init("5", .criterion),
      ]
    ),
  ]

  @Test(arguments: consultations.indices)
  func `the pieces of a consultation lack nothing, agree, and each announces each lot`(place: Int) throws {
    let terms = try Self.terms(Self.consultations[place].1)
    let figures = try Reference.figures()
    let drafts = try TenderDrafting(terms, figures: figures).drafts()
    #expect(drafts.flatMap(\.gaps).isEmpty, "\(Self.consultations[place].0): \(drafts.flatMap(\.gaps))")
    let dossier = try terms.dossier(saidBy: drafts, figures: figures)
    for lot in dossier.lots { #expect(lot.mentions.count == 4, "\(Self.consultations[place].0), lot \(lot.name)") }
    let findings = try dossier.consistency(figures: figures).findings.filter { $0.level == .fault }
    #expect(findings.isEmpty, "\(Self.consultations[place].0): \(findings.map(\.sentence))")
  }

  @Test(arguments: consultations.indices)
  func `the pieces pasted back as they are show no fault`(place: Int) throws {
    let terms = try Self.terms(Self.consultations[place].1)
    let figures = try Reference.figures()
    let drafts = try TenderDrafting(terms, figures: figures).drafts()
    let reader = TenderTextReader(
      lots: terms.lots.map(\.name), publics: terms.publics, figures: figures, on: terms.day)
    var read: [TenderDossier.Document: [String: TenderDossier.Mention]] = [:]
    for document in TenderDossier.Document.allCases {
      let text = drafts.filter { $0.piece.document == document }.map(\.text).joined(separator: "\n\n")
      for lot in reader.read(document, in: text) where !lot.readings.isEmpty {
        read[document, default: [:]][lot.lot] = lot.mention
      }
    }
    let dossier = try terms.dossier(saidBy: drafts, pasted: read, figures: figures)
    let faults = try dossier.consistency(figures: figures).findings.filter { $0.level == .fault }
    #expect(faults.isEmpty, "\(Self.consultations[place].0): \(faults.map { "\($0.place ?? ""): \($0.sentence)" })")
  }

  @Test func `lots reserved for different families are announced apart, each under its own article`() throws {
    let terms = try Self.terms([
      Self.reserved("2", .adapted, hours: 100), Self.reserved("4", .inclusion, hours: 192),
      Self.reserved("5", .inclusion, hours: 30),
    ])
    let drafts = try TenderDrafting(terms, figures: Reference.figures()).drafts()
    let notice = try #require(drafts.first { $0.piece == .notice })
    let reservations = notice.clauses.filter { $0.code == "notice.reserved" }
    #expect(reservations.map(\.lots) == [["2"], ["4", "5"]])
    #expect(reservations[0].lines.joined().contains("2113-12") && !reservations[0].lines.joined().contains("2113-13"))
    #expect(reservations[1].lines.joined().contains("2113-13") && !reservations[1].lines.joined().contains("2113-12"))
  }

  @Test func `a consultation of before the duty announces the clause too, without its article`() throws {
    let before = try #require(Day(year: 2026, month: 5, day: 1))
    let terms = try Self.terms([.init("1", .execution, hours: Hours(1_688))], on: before)
    let figures = try Reference.figures()
    let drafts = try TenderDrafting(terms, figures: figures).drafts()
    let notice = try #require(drafts.first { $0.piece == .notice })
    #expect(notice.text.contains("688"))
    #expect(try terms.dossier(saidBy: drafts, figures: figures).lots[0].mentions.count == 4)
  }

  @Test func `a text of one's own that says other hours is found out`() throws {
    let terms = try Self.terms([.init("1", .execution, hours: Hours(1_688))])
    let figures = try Reference.figures()
    let local = [
      "notice.execution": TenderDraft.LocalText(["Un minimum de 9 999 heures d’insertion est demandé."], base: 1)
    ]
    let drafts = try TenderDrafting(terms, figures: figures, local: local).drafts()
    let findings = try terms.dossier(saidBy: drafts, figures: figures).consistency(figures: figures).findings
    #expect(findings.contains { $0.code == "hoursDiffer" })
  }

  @Test(arguments: [
    ("ana@x.fr", "Ana, ANA@x.fr", true), ("01 23 45 67 89", "+33123456789", true), ("ana@x.fr", "ana-1@x.fr", false),
    ("ana.b@x.fr", "ana-b@x.fr", false), ("ana@x.fr", "01 23 45 67 89", true), ("Ana Bel", "ana  bel", true),
    ("Ana", "Zoé", false), ("01 23 45 67 89", "Ana, ana@x.fr, 0123456789", true),
  ])
  func `contacts are the same by their e-mail or their number`(said: String, wanted: String, same: Bool) throws {
    var dossier = TenderDossier(
      day: Self.day, lots: [.init("1", choice: PossibilityChoice(.execution, day: Self.day))])
    for (document, text) in [(TenderDossier.Document.particularClauses, wanted), (.notice, said)] {
      var mention = TenderDossier.Mention(document)
      mention.contact = text
      dossier.lots[0].mentions.append(mention)
    }
    let codes = try dossier.consistency(figures: Reference.figures()).findings.map(\.code)
    #expect(codes.contains("contactDiffers") != same)
  }
}
