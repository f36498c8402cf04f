import Clauses

/// The marks of the four criteria: a shape and a word, never a colour alone.
enum Mark {
  /// A mark in a circle; its word is read aloud.
  static func sign(_ outcome: Verdict.Outcome) -> HTML {
    switch outcome {
    case .yes: yes
    case .probable: nearly
    case .no: no
    case .unknown: unknown
    }
  }

  private static let yes = mark("is-yes", .yes)
  private static let nearly = mark("is-nearly", .probable)
  private static let no = mark("is-no", .no)
  private static let unknown = mark("is-unknown", .unknown)

  private static func mark(_ name: StaticString, _ outcome: Verdict.Outcome) -> HTML {
    """
    <b class="verdict \(HTML(stringLiteral: name))" role="img" aria-label="\(outcome.french)">\(outcome.sign)</b>
    """
  }

  /// The four marks of a line, each after its name.
  static func four(_ cell: SpottingCell) -> HTML {
    """
    <p class="marks"><span>Durée\u{A0}\(sign(cell.duration))</span> <span>Montant\u{A0}\(sign(cell.amount))</span> \
    <span>Nature\u{A0}\(sign(cell.nature))</span> <span>Publics\u{A0}\(sign(cell.people))</span></p>
    """
  }
}
