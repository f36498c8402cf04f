import ArgumentParser
import Clauses

/// A word in the place of a command that is none: what to say of it.
///
/// The argument parser only says that the word was not expected.
enum UnknownCommand {
  /// The commands that exist and the closest one; nil where every word in the place of a command is one.
  static func message(_ arguments: [String], under root: any ParsableCommand.Type) -> String? {
    var command = root
    var path = name(of: root)
    for argument in arguments {
      let known = command.configuration.subcommands
      guard !known.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      guard let next = known.first(where: { name(of: $0) == argument }) else {
        return message(argument, known.map { name(of: $0) }, path)
      }
      command = next
      path += " \(argument)"
    }
    return nil
  }

  private static func message(_ typed: String, _ known: [String], _ path: String) -> String {
    let hint = closest(to: typed, among: known).map { " Vouliez-vous dire «\u{A0}\($0)\u{A0}»\u{202F}?" } ?? ""
    return """
      Erreur\u{202F}: commande inconnue\u{202F}: «\u{A0}\(typed.prefix(40))\u{A0}».\(hint)
      Commandes\u{202F}: \(French.list(known)).
      L’aide\u{202F}: \(path) --help
      """
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? String(describing: command).lowercased()
  }

  /// The name that needs the fewest changes, one for each three letters at most, or that goes on from what was typed.
  static func closest(to typed: String, among names: [String]) -> String? {
    let typed = Array(typed.lowercased().prefix(40))
    let near = names.map { ($0, distance(typed, Array($0))) }.min { $0.1 < $1.1 }
    if let near, near.1 <= max(1, min(typed.count, near.0.count) / 3) { return near.0 }
    guard typed.count >= 3 else { return nil }
    return names.first { $0.hasPrefix(String(typed)) }
  }

  /// Letters to add, remove, replace or swap with their neighbour to go from one word to the other.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
