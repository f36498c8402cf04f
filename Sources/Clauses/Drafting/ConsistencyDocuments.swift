/// What the documents say of one lot.
struct DocumentsCheck {
  let dossier: TenderDossier
  let lot: TenderDossier.Lot
  let advice: PossibilityAdvice
  var review: Review

  private typealias Document = TenderDossier.Document
  private typealias Mention = TenderDossier.Mention

  /// Which document is believed when two differ and nothing was decided: the one that binds the company most.
  private static let authority: [Document] = [.particularClauses, .consultationRules, .notice, .engagementAct]

  mutating func run() throws(MissingFigure) {
    checkTwice()
    checkPresence()
    checkHours()
    checkSame(
      "contact", "le contact du facilitateur", article: clause,
      agree: { ContactKeys($0).agrees(with: ContactKeys($1)) }
    ) { $0.contact }
    checkPublics()
    checkPossibility()
    checkCCAG()
    checkCriterion()
    checkSame("penalty", "la pénalité", article: paragraph(5), level: .warning) { $0.penalty }
    checkSame("frequency", "la périodicité des relevés", article: paragraph(4), level: .warning) { $0.frequency }
    checkContent()
    checkPooling()
    try checkLocalPreference()
  }

  // MARK: - Means

  private var clause: String? { advice.ccag?.french }
  private func paragraph(_ number: Int) -> String? { advice.ccag?.paragraph(number) }

  private func mention(_ document: Document) -> Mention? { lot.mentions.first { $0.document == document } }

  private var expected: [Document] {
    Document.allCases.filter { dossier.hasNotice && !dossier.isPrivate || $0 != .notice }
  }

  /// A remark on one document of the lot.
  mutating func tell(
    _ level: Finding.Level, _ document: TenderDossier.Document, _ code: String, _ sentence: String, mend: String,
    article: String? = nil
  ) {
    let before = review.place
    review.place = "lot \(lot.name), \(document.bare)"
    review.note(level, code, sentence, mend: mend, article: article)
    review.place = before
  }

  // MARK: - The same things everywhere

  private mutating func checkTwice() {
    for document in Document.allCases where lot.mentions.count(where: { $0.document == document }) > 1 {
      tell(
        .warning, document, "documentTwice",
        "\(document.atHead) est décrit deux fois\(colon) la première description est lue.",
        mend: "N’en gardez qu’une.")
    }
  }

  private mutating func checkPresence() {
    for document in expected where mention(document) == nil {
      let isReservation = lot.choice.possibility == .reserved && document == announcing
      guard !isReservation else { continue }
      tell(
        .warning, document, "documentMissing", "Rien n’est dit de la clause \(document.inFrench).",
        mend: "Mentionnez-la aussi \(document.inFrench)\(colon) les pièces doivent concorder.")
    }
  }

  private mutating func checkHours() {
    let possibility = lot.choice.possibility
    let reference = self.reference { $0.hours }
    for document in Document.allCases {
      guard let mention = mention(document) else { continue }
      guard let hours = mention.hours else {
        if advice.areHoursDue, document == .particularClauses, possibility != .criterion {
          noteHoursMissing(document, .fault)
        } else if advice.areHoursDue, document == .engagementAct, !possibility.hasCriterion {
          noteHoursMissing(document, .warning)
        }
        continue
      }
      guard let wanted = lot.choice.hours ?? reference?.value, hours != wanted else { continue }
      // What a company offers above the minimum is the point of the criterion.
      if document == .engagementAct, possibility.hasCriterion, hours > wanted { continue }
      let other =
        lot.choice.hours != nil
        ? "l’effort retenu est de \(wanted.french)" : "\(reference?.document.french ?? "") dit \(wanted.french)"
      let article = clause
      tell(
        .fault, document, "hoursDiffer",
        "\(document.atHead) dit \(hours.french), mais \(other).",
        mend: "Écrivez \(wanted.french) \(document.inFrench), ou corrigez l’autre chiffre.", article: article)
    }
  }

  private mutating func noteHoursMissing(_ document: Document, _ level: Finding.Level) {
    let mend = lot.choice.hours.map { "Écrivez \($0.french)." } ?? "Écrivez le nombre d’heures du lot."
    tell(
      level, document, "hoursMissing", "Le nombre d’heures n’est pas dit \(document.inFrench).", mend: mend,
      article: clause)
  }

  /// The first value said, in the order of authority of the documents.
  private func reference<Value>(_ value: (Mention) -> Value?) -> (document: Document, value: Value)? {
    for document in DocumentsCheck.authority {
      if let said = mention(document).flatMap(value) { return (document, said) }
    }
    return nil
  }

  /// Compares words that should be the same in every document that says them.
  private mutating func checkSame(
    _ code: String, _ what: String, article: String?, level: Finding.Level = .fault,
    agree: (String, String) -> Bool = { $0.folded == $1.folded }, _ value: (Mention) -> String?
  ) {
    guard let (first, wanted) = reference(value) else { return }
    for document in Document.allCases where document != first {
      guard let said = mention(document).flatMap(value), !agree(said, wanted) else { continue }
      let sentence =
        "Pour \(what), \(document.french) écrit «\(French.noBreak)\(said)\(French.noBreak)» et \(first.french) "
        + "«\(French.noBreak)\(wanted)\(French.noBreak)»."
      tell(
        level, document, "\(code)Differs", sentence, mend: "Écrivez la même chose dans les deux pièces.",
        article: article)
    }
  }

  private mutating func checkPublics() {
    guard let (first, wanted) = reference({ $0.publics.isEmpty ? nil : $0.publics }) else { return }
    let known = Set(wanted.map(\.folded))
    let article = paragraph(1)
    for document in Document.allCases where document != first {
      guard let said = mention(document)?.publics, !said.isEmpty else { continue }
      let more = said.filter { !known.contains($0.folded) }
      let less = wanted.filter { name in !said.contains { $0.folded == name.folded } }
      guard !more.isEmpty || !less.isEmpty else { continue }
      var parts: [String] = []
      if !more.isEmpty { parts.append("en plus\(colon) \(French.list(more))") }
      if !less.isEmpty { parts.append("en moins\(colon) \(French.list(less))") }
      tell(
        .fault, document, "publicsDiffer",
        "\(document.atHead) n’ouvre pas la clause aux mêmes publics que \(first.french)"
          + " (\(parts.joined(separator: "\(semicolon) "))).",
        mend: "Reprenez la même liste dans les deux pièces.", article: article)
    }
  }
}
