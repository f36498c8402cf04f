internal import Clauses

/// The library of wordings of tender documents.
extension FactsReader {
  static func wording(_ entry: inout FactsEntry) throws(FactsError) -> Figure<Wording> {
    let code = try entry.text("id")
    let label = try entry.text("label")
    var wording = Wording(
      code: code, title: label, piece: try choice(&entry, "piece"), rank: try entry.whole("rank"),
      possibilities: try choices(&entry, "possibilities", try entry.texts("possibilities")),
      text: try entry.texts("text"), version: try entry.whole("version"))
    wording.families = try choices(&entry, "families", try entry.optionalTexts("families"))
    let sectors: Set<Wording.Sector> = try choices(&entry, "sectors", try entry.optionalTexts("sectors"))
    if !sectors.isEmpty { wording.sectors = sectors }
    wording.conditions = try choices(&entry, "conditions", try entry.optionalTexts("conditions"))
    wording.vigilance = try entry.optionalTexts("vigilance")
    wording.articles = try entry.optionalTexts("articles")
    wording.grid = try grid(&entry)
    wording.review = try review(&entry)
    if let unknown = Wording.unknownSigns(in: wording.text).first {
      let known = French.list(WordingVariable.allCases.map { "{\($0.rawValue)}" }, last: "ou")
      throw entry.fault("text", "«\u{A0}\(unknown)\u{A0}» n’est pas connu\u{202F}; écrivez \(known).")
    }
    return try entry.figure(id: "wording.\(code)", label: label, value: wording)
  }

  private static func choices<Value: RawRepresentable & CaseIterable & Hashable>(
    _ entry: inout FactsEntry, _ field: String, _ words: [String]
  ) throws(FactsError) -> Set<Value> where Value.RawValue == String {
    var values: Set<Value> = []
    for word in words {
      guard let value = Value(rawValue: word) else {
        let all = Value.allCases.map { "«\u{A0}\($0.rawValue)\u{A0}»" }
        throw entry.fault(
          field, "«\u{A0}\(word)\u{A0}» n’est pas connu\u{202F}; choisissez \(French.list(all, last: "ou")).")
      }
      values.insert(value)
    }
    return values
  }

  private static func grid(_ entry: inout FactsEntry) throws(FactsError) -> [Wording.GridLine] {
    var lines: [Wording.GridLine] = []
    for text in try entry.optionalTexts("grid") {
      let parts = text.split(separator: "|").map(String.init)
      guard parts.count == 3, let share = Percent(decimal: parts[1]) else {
        throw entry.fault(
          "grid", "«\u{A0}\(text)\u{A0}» s’écrit sous-critère|part en %|ce qui est apprécié, par exemple Tutorat|30|…")
      }
      lines.append(Wording.GridLine(criterion: parts[0], share: share, looksAt: parts[2]))
    }
    let sum = lines.reduce(0) { $0 + $1.share.basisPoints }
    guard lines.isEmpty || sum == Percent.whole.basisPoints else {
      throw entry.fault(
        "grid", "les parts font \(Percent(basisPoints: sum).french)\u{202F}: leur somme doit faire 100.")
    }
    return lines
  }

  private static func review(_ entry: inout FactsEntry) throws(FactsError) -> Wording.Review {
    let word = try entry.text("review")
    let who = try entry.optionalText("reviewedBy")
    let day = try entry.day("reviewedOn")
    switch word {
    case "proposed" where who == nil && day == nil: return .proposed
    case "reviewed":
      guard let who, !who.isEmpty, let day else {
        throw entry.fault("review", "un texte relu dit par qui (reviewedBy) et quel jour (reviewedOn).")
      }
      return .reviewed(by: who, on: day)
    default:
      throw entry.fault(
        "review", "écrivez «\u{A0}proposed\u{A0}», ou «\u{A0}reviewed\u{A0}» avec reviewedBy et reviewedOn.")
    }
  }
}
