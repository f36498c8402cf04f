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

  /// The four marks of a line, each after its name: the words, which the style sheet shows as signs.
  static func four(_ cell: SpottingCell) -> HTML {
    """
    <p class="marks"><span>Durée\u{A0}\(word(cell.duration))</span> <span>Montant\u{A0}\(word(cell.amount))</span> \
    <span>Nature\u{A0}\(word(cell.nature))</span> <span>Publics\u{A0}\(word(cell.people))</span>
    """
  }

  private static func word(_ outcome: Verdict.Outcome) -> HTML {
    switch outcome {
    case .yes: yesWord
    case .probable: nearlyWord
    case .no: noWord
    case .unknown: unknownWord
    }
  }

  private static let yesWord = word("yes", .yes)
  private static let nearlyWord = word("nearly", .probable)
  private static let noWord = word("no", .no)
  private static let unknownWord = word("unknown", .unknown)

  private static func word(_ name: StaticString, _ outcome: Verdict.Outcome) -> HTML {
    "<b class=\"\(HTML(stringLiteral: name))\">\(outcome.french)</b>"
  }
}
