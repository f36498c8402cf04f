import Casework
import Clauses

/// The imported files, with what became of their records.
struct ImportsView {
  let model: ImportList

  var page: Page {
    Page(title: "Imports", section: .imports, lead: "Qu’a-t-on chargé, et qu’est-ce qui a posé problème\u{202F}?") {
      """
      \(Parts.keyFigures([
        ("fichiers de marchés", French.integer(model.items.count)), ("structures", French.integer(model.structures)),
        ("communes", French.integer(model.communes)),
      ]))\(model.items.isEmpty ? emptyState : table + each(model.items) { details($0) })
      """
    }
  }

  private var emptyState: HTML {
    Parts.empty(
      title: "Aucun fichier importé",
      """
      <p>Chargez des données essentielles de la commande publique (JSON, XML ou CSV, même compressées)\u{202F}:</p>
      <pre class="raw">marchepied import awards fichier.json</pre>
      <p>Une importation interrompue reprend là où elle s’est arrêtée\u{202F}; le même fichier deux fois ne compte qu’une fois.</p>
      """)
  }

  private var table: HTML {
    Table(
      caption: "Fichiers de marchés, le dernier d’abord",
      columns: [
        .text("Fichier"), .text("État"), .number("Lus"), .number("Nouveaux"), .number("Modifiés"), .number("Inchangés"),
        .number("Plus anciens"), .number("Réparés"), .number("À vérifier"), .number("Refusés"),
      ], rows: model.items.map { row($0) }
    ).html
  }

  private func row(_ item: ImportList.Item) -> [HTML] {
    let report = item.report
    let counts = [
      report.read, report.new, report.changed, report.unchanged, report.outdated, report.repaired,
      report.doubtful, report.refused,
    ]
    let about = [report.format, Weight.french(item.bytes), "commencé le \(ParisTime.french(item.startedAt))"]
      .compactMap(
        \.self)
    return ["\(item.name)<br><span class=\"source\">\(about.joined(separator: ", "))</span>", state(item)]
      + counts.map { "\(French.integer($0))" }
  }

  /// What is wrong with a file as a whole, and why records of it were refused or mended.
  private func details(_ item: ImportList.Item) -> HTML {
    let report = item.report
    let hasReasons = !report.refusals.isEmpty || !report.repairs.isEmpty || !report.doubts.isEmpty
    guard report.fault != nil || hasReasons else { return .empty }
    return """
      <section class="import"><h2>\(item.name)</h2>
      \(when(report.fault) { Parts.note(.late, "<p>\($0)</p>") })\(reasons("Refusés, et pourquoi", report.refusals))\
      \(reasons("Réparés, et comment", report.repairs))\(reasons("À vérifier", report.doubts))</section>

      """
  }

  private func state(_ item: ImportList.Item) -> HTML {
    if item.report.fault != nil { return Parts.status(.late, "arrêté") }
    if item.whole, item.report.keptNothing { return Parts.status(.warning, "rien d’importé") }
    if item.whole { return Parts.status(.good, "complet") }
    return "<span>\(Parts.status(.warning, "en cours"))<br>\(Weight.french(item.position)) lus</span>"
  }

  private func reasons(_ title: String, _ reasons: [String: ImportReport.Reason]) -> HTML {
    guard !reasons.isEmpty else { return .empty }
    let sorted = reasons.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let table = Table(
      caption: title, columns: [.text("Premier exemple"), .number("Enregistrements"), .number("Ligne")],
      rows: sorted.map { reason in
        let example = reason.value.examples.first
        return [
          "\(example?.sentence ?? reason.key)", "\(French.integer(reason.value.count))",
          "\(example.map { French.integer($0.line) })",
        ]
      })
    let count = reasons.values.reduce(0) { $0 + $1.count }
    return "<details><summary>\(title) (\(French.integer(count)))</summary>\(table.html)</details>\n"
  }
}
