internal import Clauses

/// What the answers of rules share.
enum RuleAnswer {
  /// A day or null.
  static func day(_ day: Day?) -> RuleJSON { day.map { .day($0) } ?? .null }
  /// A number of hours or null.
  static func hours(_ hours: Hours?) -> RuleJSON { hours.map { .hours($0) } ?? .null }
}
