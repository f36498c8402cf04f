import Clauses

/// How a result was reached, for readers: remarks first, then the steps, then where each figure comes from.
struct ReasoningView {
  let derivation: Derivation

  /// What is to be corrected or checked, the most serious first; nothing where there is none.
  var alerts: HTML { list(derivation.findings.filter { $0.level < .information }) }

  /// What is good to know; nothing where there is none.
  var remarks: HTML {
    let known = list(derivation.findings.filter { $0.level == .information })
    return when(!known.isEmpty, "<h2>Bon à savoir</h2>\n\(known)")
  }

  private func list(_ findings: [Finding]) -> HTML { Self.list(findings.map { ($0, nil) }) }

  /// Remarks, each with what it is made on where that is to be said.
  static func list(_ findings: [(finding: Finding, place: String?)]) -> HTML {
    guard !findings.isEmpty else { return .empty }
    return """
      <ul class="findings">\(each(findings) { finding, place in
        """
        <li>\(Parts.status(tone(finding.level), finding.level.french.prefix(1).uppercased() + finding.level.french.dropFirst())) \
        <span>\(when(place) { "<strong>\($0)</strong>\u{202F}: " })\(finding.sentence)\(when(article(of: finding)) { " <span class=\"source\">(\($0))</span>" })\
        \(when(finding.mend) { "<br>\($0)" })</span></li>
        """
      })</ul>

      """
  }

  /// The article that a remark rests on; nil where its sentence names it already.
  private static func article(of finding: Finding) -> String? {
    finding.article.flatMap { finding.sentence.contains($0) ? nil : $0 }
  }

  private static func tone(_ level: Finding.Level) -> Tone {
    switch level {
    case .fault: .late
    case .warning: .warning
    case .information: .neutral
    }
  }

  /// The computation line by line; nothing where there is none.
  var steps: HTML {
    guard !derivation.steps.isEmpty else { return .empty }
    return """
      <h2>Le calcul, pas à pas</h2>
      <ol class="steps">\(each(derivation.steps) { step in
        """
        <li><span class="step-label">\(step.label)</span> \
        <span class="number">\(when(step.formula) { "\(Say.breakable($0))\(when(step.isComputed, " =", else: " →")) " })<strong>\(step.result)</strong></span></li>
        """
      })</ol>

      """
  }

  /// Each figure with its source and how sure it is; nothing where there is none.
  var sources: HTML {
    guard !derivation.figures.isEmpty || !derivation.articles.isEmpty else { return .empty }
    return """
      <details><summary>D’où viennent ces chiffres\(French.thin)?</summary>\
      \(when(!derivation.figures.isEmpty, figures))\
      \(when(!derivation.articles.isEmpty, "<p>Textes\(French.thin): \(French.list(derivation.articles)).</p>"))</details>

      """
  }

  private var figures: HTML {
    Table(
      caption: "Chiffres de référence utilisés",
      columns: [.text("Chiffre"), .text("Valeur"), .text("Source"), .text("Statut")],
      rows: derivation.figures.map { figure in
        [
          "\(figure.label)", "\(figure.value)",
          "\(figure.source)\(when(figure.note) { "<br><span class=\"source\">\($0)</span>" })\(when(validity(figure)) { "<br><span class=\"source\">\($0)</span>" })",
          "\(figure.status.french)",
        ]
      }
    ).html
  }

  private func validity(_ figure: FigureReference) -> String? {
    switch (figure.from, figure.to) {
    case (let from?, let to?): "du \(from.french) au \(to.french)"
    case (let from?, nil): "depuis le \(from.french)"
    case (nil, let to?): "jusqu’au \(to.french)"
    case (nil, nil): nil
    }
  }
}
