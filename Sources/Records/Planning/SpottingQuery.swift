public import Clauses
import Storage

/// Which contracts a list of spotting holds, in which order, from where on.
public struct SpottingQuery: Sendable, Equatable {
  /// How a list is ordered; each order has its index.
  public enum Order: String, Sendable, CaseIterable {
    /// The most promising first.
    case priority
    /// The soonest end first.
    case end
    /// The greatest amount first.
    case amount
  }

  /// What the publisher says of social considerations.
  public enum Consideration: String, Sendable, CaseIterable {
    /// At least one is declared.
    case declared
    /// None, and the publisher says so.
    case none
    /// The record does not speak of them.
    case unstated
  }

  /// Contracts or concessions only; nil: both.
  public var kind: AwardNotice.Kind?
  /// Where they are performed; nil: anywhere, unresolved places included.
  public var departement: DepartementCode?
  /// A whole SIRET, a SIREN, or words of the buyer's name.
  public var buyer: String?
  /// The first digits of the CPV code, 2 to 8.
  public var cpv: String?
  /// Least amount before tax, itself included; unknown amounts are left out.
  public var amountFrom: Euros?
  /// Greatest amount before tax, itself included; unknown amounts are left out.
  public var amountTo: Euros?
  /// First month of the expected end; unknown ends are left out.
  public var from: Month?
  /// Last month of the expected end, itself included; unknown ends are left out.
  public var to: Month?
  /// What they say of social considerations; nil: anything.
  public var consideration: Consideration?
  /// One bit a criterion that must be met: duration 1, amount 2, nature 4, people 8.
  public var criteria = 0
  /// Words that the object, the buyer or a holder must hold, each by its beginning.
  public var text: String?

  /// A query that holds every contract.
  public init() {}

  /// The conditions on `spotting s`, without those on words.
  private func conditions(_ dialect: Dialect) -> [SQL] {
    var list: [SQL] = []
    // SQLite cannot know how few amounts a bound holds: a plus sign keeps it from reading the index of amounts for it.
    let amount: SQL = dialect == .sqlite ? "+s.amount" : "s.amount"
    if let kind { list.append("s.concession = \(kind == .concession)") }
    if let departement { list.append("s.departement = \(departement)") }
    if let buyer { list.append(buyerCondition(buyer)) }
    if let cpv, let next = SpottingQuery.successor(of: cpv) {
      let isCode = cpv.utf8.allSatisfy { (0x30...0x39).contains($0) }
      list.append(isCode ? "s.cpv >= \(cpv) AND s.cpv < \(next)" : "1 = 0")
    }
    if let amountFrom { list.append("\(amount) >= \(amountFrom)") }
    if let amountTo { list.append("\(amount) >= 0 AND \(amount) <= \(amountTo)") }
    if let from { list.append("s.ends >= \(from.first)") }
    if let to {
      list.append("s.ends <= \(to.last)")
    } else if from != nil {
      list.append("s.ends < \(Spottings.unknownEnd)")
    }
    switch consideration {
    case .declared: list.append("s.social >= 2")
    case .none?: list.append("s.social = 1")
    case .unstated: list.append("s.social = 0")
    case nil: break
    }
    if criteria != 0 { list.append("s.meets IN \(SQL.list((0...15).filter { $0 & criteria == criteria }))") }
    return list
  }

  private func buyerCondition(_ buyer: String) -> SQL {
    let digits = buyer.filter { !$0.isWhitespace }
    if digits.count >= 9, digits.count <= 14, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return "s.buyer >= \(digits) AND s.buyer < \(digits + ":")"
    }
    // SQLite refuses expressions that are nested too deeply: the first words are enough.
    let words = buyer.folded.split(separator: " ").prefix(8).map { "words LIKE \("%\($0)%")" as SQL }
    guard !words.isEmpty else { return "1 = 1" }
    return "s.buyer IN (SELECT siret FROM buyer WHERE \(words.joined(separator: " AND ")))"
  }

  /// The least text after every text that begins so: the digit after the last, `:` after 9.
  private static func successor(of prefix: String) -> String? {
    guard let last = prefix.utf8.last else { return nil }
    return String(decoding: prefix.utf8.dropLast() + [last + 1], as: UTF8.self)
  }

  /// The words that are sought, folded; empty where none was typed.
  private var sought: [Substring] {
    // Words are sought by their beginnings, and PostgreSQL refuses those over 2 kB.
    (text?.folded.split(separator: " ").prefix(8) ?? []).map { $0.prefix(200) }
  }

  /// The notices that hold the words, as a query of their rows; nil where no word was typed.
  func search(_ dialect: Dialect) -> SQL? {
    let words = sought
    guard !words.isEmpty else { return nil }
    switch dialect {
    case .sqlite:
      let match = words.map { "\"\($0)\"*" }.joined(separator: " ")
      return "SELECT rowid FROM award_search WHERE award_search MATCH \(match)"
    case .postgres:
      let match = words.map { "'\($0)':*" }.joined(separator: " & ")
      return "SELECT award FROM award_search WHERE words @@ to_tsquery('simple', \(match))"
    }
  }

  /// `WHERE …` on `spotting s`, with what the caller adds; empty where nothing is asked.
  ///
  /// The words are tested in a set that was collected before, or looked up where there is none.
  func condition(_ dialect: Dialect, words: SpottingWords? = nil, and more: [SQL] = []) -> SQL {
    var list = conditions(dialect)
    if let words {
      list.append(words.condition(dialect))
    } else if let search = search(dialect) {
      list.append("s.award IN (\(search))")
    }
    list += more
    return list.isEmpty ? "" : "WHERE \(list.joined(separator: " AND "))"
  }

  /// Whether only the order of the list, the window or the words lead to its contracts.
  var isWide: Bool { departement == nil && buyer == nil }

  /// Whether it is narrowed by the expected end.
  var hasWindow: Bool { from != nil || to != nil }
}
