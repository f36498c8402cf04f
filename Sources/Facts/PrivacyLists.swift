internal import Clauses

/// The list that the register of processings reads.
extension FactsReader {
  static func processing(_ entry: inout FactsEntry) throws(FactsError) -> Figure<Processing> {
    let name = try entry.text("id")
    let label = try entry.text("label")
    let processing = Processing(
      name: name, people: try entry.text("people"), purpose: try entry.text("purpose"), basis: try entry.text("basis"),
      data: try entry.texts("data"), rights: try entry.optionalTexts("rights"),
      recipients: try entry.texts("recipients"), keeping: try entry.texts("keeping"),
      measures: try entry.texts("measures"), state: try choice(&entry, "state"))
    if let open = processing.keeping.first(where: { $0.count(where: { $0 == "{" }) != $0.count(where: { $0 == "}" }) })
    {
      throw entry.fault(
        "keeping", "«\u{A0}\(open)\u{A0}» a une accolade de trop\u{202F}: écrivez {nom.du.chiffre}.")
    }
    return try entry.figure(id: "processing.\(name)", label: label, value: processing)
  }
}
