/// The words of the argument parser in French: headings of help, and what is wrong with a command as typed.
///
/// The library writes them in English and offers no other language; its sentences are few and fixed.
enum FrenchUsage {
  /// A help text or an error message with its fixed words in French.
  static func translated(_ message: String) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false).map { line($0) }.joined(separator: "\n")
  }

  private static func line(_ text: Substring) -> String {
    for (english, french) in headings where text.hasPrefix(english) {
      let rest = text.dropFirst(english.count)
      return french + (english == "Error: " ? error(rest) : wording(rest))
    }
    return wording(text)
  }

  private static let headings = [
    ("OVERVIEW: ", ""), ("USAGE: ", "UTILISATION\u{202F}: "), ("ARGUMENTS:", "ARGUMENTS\u{202F}:"),
    ("OPTIONS:", "OPTIONS\u{202F}:"), ("SUBCOMMANDS:", "COMMANDES\u{202F}:"), ("Error: ", "Erreur\u{202F}: "),
    ("Usage: ", "Utilisation\u{202F}: "), ("Help:  ", "Aide\u{202F}:  "),
  ]

  private static func wording(_ text: Substring) -> String {
    var text = String(text)
    for (english, french) in words { text = text.replacing(english, with: french) }
    if let match = text.wholeMatch(of: /(\s*)See '(.+) --help' for more information\./) {
      return "\(match.1)L’aide complète\u{202F}: \(match.2) --help"
    }
    if let match = text.wholeMatch(of: /(\s*)See '(.+)' for detailed help\./) {
      return "\(match.1)L’aide d’une commande\u{202F}: \(match.2)"
    }
    return text
  }

  private static let words = [
    ("Show the version.", "Montre la version."), ("Show help information.", "Montre cette aide."),
    ("Show subcommand help information.", "Montre l’aide d’une commande."),
    ("<subcommand>", "<commande>"), ("<subcommands>", "<commandes>"),
    ("(values:", "(valeurs\u{202F}:"), ("; default:", "\u{202F}; par défaut\u{202F}:"),
    ("(default:", "(par défaut\u{202F}:"),
  ]

  private static func error(_ text: Substring) -> String {
    if let match = text.wholeMatch(of: /Unknown option '(.+)'(\. Did you mean '(.+)'\?)?/) {
      let hint = match.3.map { " Vouliez-vous dire «\u{A0}\($0)\u{A0}»\u{202F}?" } ?? ""
      return "l’option «\u{A0}\(match.1)\u{A0}» n’existe pas.\(hint)"
    }
    if let match = text.wholeMatch(of: /Missing value for '(.+)'/) {
      return "il manque une valeur après «\u{A0}\(match.1)\u{A0}»."
    }
    if let match = text.wholeMatch(of: /Missing expected argument '(.+)'/) {
      return "il manque «\u{A0}\(match.1)\u{A0}»."
    }
    if let match = text.wholeMatch(of: /Missing one of: '(.+)'/) {
      return "il manque l’un de ceux-ci\u{202F}: «\u{A0}\(match.1.replacing("', '", with: "\u{A0}», «\u{A0}"))\u{A0}»."
    }
    if let match = text.wholeMatch(of: /Unexpected argument '(.+)'/) {
      return "«\u{A0}\(match.1)\u{A0}» n’est pas attendu ici."
    }
    if let match = text.wholeMatch(of: /\d+ unexpected arguments: '(.+)'/) {
      return "«\u{A0}\(match.1.replacing("', '", with: "\u{A0}», «\u{A0}"))\u{A0}» ne sont pas attendus ici."
    }
    if let match = text.wholeMatch(of: /The value '(.*)' is invalid for '(.+?)'(?:\. Please provide one of (.+)\.)?/) {
      let list = match.3.map {
        " Choisissez parmi\u{202F}: \($0.replacing("'", with: "").replacing(" or ", with: " ou "))."
      }
      return "«\u{A0}\(match.1)\u{A0}» ne convient pas à «\u{A0}\(match.2)\u{A0}».\(list ?? "")"
    }
    if let match = text.wholeMatch(of: /The option '(.+)' does not take any value, but '(.*)' was specified\./) {
      return "«\u{A0}\(match.1)\u{A0}» ne prend pas de valeur\u{202F}: retirez «\u{A0}=\(match.2)\u{A0}»."
    }
    return String(text)
  }
}
