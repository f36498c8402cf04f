internal import Clauses

extension FactsReader {
  /// A public of a list, with the papers that show it.
  static func criterion(_ entry: inout FactsEntry) throws(FactsError) -> Figure<EligibilityCriterion> {
    let code = try entry.text("code")
    let label = try entry.text("label")
    let list: EligibilityList = try word(&entry, "list")
    let group: EligibilityCriterion.Group = try word(&entry, "group")
    var proofs: [Figure<ProofKind>] = []
    for var nested in try entry.entries("proofs") {
      let kind = try proofKind(&nested)
      proofs.append(
        try nested.figure(
          id: "public.\(list.rawValue).\(code).\(kind.code)", label: "Justificatif, \(label)", value: kind))
    }
    let value = EligibilityCriterion(
      list: list, code: code, label: label, group: group, proofs: proofs, under: try entry.optionalWhole("under"),
      over: try entry.optionalWhole("over"), atLeast: try entry.optionalWhole("atLeast"),
      isSensitive: try entry.optionalWhole("sensitive") == 1)
    return try entry.figure(id: "public.\(list.rawValue).\(code)", label: label, value: value)
  }

  private static func proofKind(_ entry: inout FactsEntry) throws(FactsError) -> ProofKind {
    let code = try entry.text("code")
    let label = try entry.text("label")
    let months = try entry.optionalWhole("months")
    let until = try entry.optionalText("until")
    let ageing: ProofKind.Ageing =
      switch (months, until) {
      case (let months?, nil) where months > 0: .months(months)
      case (nil, "hire"): .untilHire
      case (nil, "decision"): .untilDecision
      case (nil, nil): .never
      default:
        throw entry.fault(
          months == nil ? "until" : "months",
          "un justificatif a un âge en mois («\u{A0}months\u{A0}», 1 ou plus), ou «\u{A0}until\u{A0}» "
            + "(«\u{A0}hire\u{A0}» ou «\u{A0}decision\u{A0}»), ou ni l’un ni l’autre.")
      }
    return ProofKind(code: code, label: label, ageing: ageing)
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ entry: inout FactsEntry, _ field: String
  ) throws(FactsError) -> Word where Word.RawValue == String {
    let written = try entry.text(field)
    guard let word = Word(rawValue: written) else {
      let all = Word.allCases.map { "«\u{A0}\($0.rawValue)\u{A0}»" }
      throw entry.fault(
        field, "«\u{A0}\(written)\u{A0}» n’est pas connu ici\u{202F}; choisissez \(French.list(all, last: "ou")).")
    }
    return word
  }
}
