internal import Clauses

/// The lists that the wording of tender documents reads.
extension FactsReader {
  static func article(_ entry: inout FactsEntry) throws(FactsError) -> Figure<LegalText> {
    let article = try entry.text("id")
    let label = try entry.text("label")
    let text = LegalText(article: article, rule: try entry.text("rule"))
    return try entry.figure(id: "article.\(article)", label: label, value: text)
  }

  static func possibility(_ entry: inout FactsEntry) throws(FactsError) -> Figure<PossibilityTerms> {
    let possibility: Possibility = try choice(&entry, "id")
    let label = try entry.text("label")
    let terms = PossibilityTerms(
      possibility: possibility, kind: try choice(&entry, "kind"), articles: try entry.texts("articles"),
      requirements: try entry.texts("requires"), hours: try choice(&entry, "hours"))
    return try entry.figure(id: FigureKey.possibility(possibility, terms.kind).id, label: label, value: terms)
  }

  static func reservation(_ entry: inout FactsEntry) throws(FactsError) -> Figure<ReservationTerms> {
    let family: ReservedFamily = try choice(&entry, "id")
    let label = try entry.text("label")
    let terms = ReservationTerms(
      family: family, kind: try choice(&entry, "kind"), articles: try entry.texts("articles"),
      beneficiaries: try entry.text("beneficiaries"), requirements: try entry.texts("requires"))
    return try entry.figure(id: FigureKey.reservation(family, terms.kind).id, label: label, value: terms)
  }

  static func publication(_ entry: inout FactsEntry) throws(FactsError) -> Figure<PublicationTerms> {
    let possibility: Possibility? = try optionalChoice(&entry, "id", besides: "none")
    let label = try entry.text("label")
    let decp = try entry.texts("decp")
    let withHours = try entry.optionalTexts("decpWithHours")
    let family: ReservedFamily? = try optionalChoice(&entry, "family")
    let kind: AwardNotice.Kind = try choice(&entry, "kind")
    var fields: [String: [String]] = [:]
    for pair in try entry.texts("eForms") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw entry.fault("eForms", "«\u{A0}\(pair)\u{A0}» s’écrit champ=valeur, par exemple BT-06-Lot=soc-obj.")
      }
      fields[String(parts[0]), default: []].append(String(parts[1]))
    }
    let terms = PublicationTerms(
      possibility: possibility, family: family, kind: kind, decp: decp,
      decpWithHours: withHours.isEmpty ? decp : withHours, fields: fields)
    return try entry.figure(id: FigureKey.publication(possibility, family, kind).id, label: label, value: terms)
  }

  static func noticeField(_ entry: inout FactsEntry) throws(FactsError) -> Figure<NoticeField> {
    let code = try entry.text("id")
    let label = try entry.text("label")
    let field = NoticeField(
      code: code, values: try entry.optionalTexts("values"), required: try entry.optionalTexts("required"),
      forbidden: try entry.optionalTexts("forbidden"), withObjective: try optionalChoice(&entry, "withObjective"),
      rule: try entry.text("rule"))
    return try entry.figure(id: "noticeField.\(code)", label: label, value: field)
  }

  // MARK: - Words of an enumeration

  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ entry: inout FactsEntry, _ field: String
  ) throws(FactsError) -> Choice where Choice.RawValue == String {
    let text = try entry.text(field)
    guard let choice = Choice(rawValue: text) else { throw entry.fault(field, unknown(text, Choice.self, [])) }
    return choice
  }

  /// A word of an enumeration, or nil where the field is missing or holds the word `other`.
  private static func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ entry: inout FactsEntry, _ field: String, besides other: String? = nil
  ) throws(FactsError) -> Choice? where Choice.RawValue == String {
    let text = other == nil ? try entry.optionalText(field) : try entry.text(field)
    guard let text, text != other else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw entry.fault(field, unknown(text, Choice.self, other.map { [$0] } ?? []))
    }
    return choice
  }

  private static func unknown<Choice: RawRepresentable & CaseIterable>(
    _ text: String, _ type: Choice.Type, _ others: [String]
  ) -> String where Choice.RawValue == String {
    let all = (Choice.allCases.map(\.rawValue) + others).map { "«\u{A0}\($0)\u{A0}»" }
    return "«\u{A0}\(text)\u{A0}» n’est pas connu\u{202F}; choisissez \(French.list(all, last: "ou"))."
  }
}
