public import Clauses
import Foundation
public import Paperwork
public import Storage
import Synchronization

/// What the program cannot compute: the day, the base, the stored files, the reference figures.
///
/// Composed once, by the command line or by a test; use cases take it as an argument and touch nothing else of the
/// outside.
public struct World: Sendable {
  /// Today, in Paris.
  public var today: @Sendable () -> Day
  /// Now, as UTC text `2026-11-21T09:30:00.000Z`.
  public var now: @Sendable () -> String
  /// Where everything is kept.
  public var database: any Database
  /// Where imported files are kept.
  public var files: any FileStore
  /// The reference figures in force.
  public var figures: Figures
  /// What inclusion structures do, in words.
  public var activities: Activities
  /// Keys, hashing of passwords, demonstration or not.
  public var access: AccessMeans
  /// What the installation says of itself in the register of processings.
  public var privacy = PrivacyDeclaration()
  /// What prints documents; nil where nothing can.
  public var press: PaperPress?
  private let made = RulesOfTheDay()

  /// A world from its parts.
  public init(
    today: @escaping @Sendable () -> Day, now: @escaping @Sendable () -> String, database: any Database,
    files: any FileStore, figures: Figures, activities: Activities, access: AccessMeans
  ) {
    self.today = today
    self.now = now
    self.database = database
    self.files = files
    self.figures = figures
    self.activities = activities
    self.access = access
  }

  /// The rules of spotting with today's figures, made once a day.
  public func rules() throws -> SpottingRules { try made.rules(figures: figures, asOf: today()) }
}

/// The rules last made, kept while the day lasts.
private final class RulesOfTheDay: Sendable {
  private let last = Mutex<SpottingRules?>(nil)

  func rules(figures: Figures, asOf day: Day) throws -> SpottingRules {
    try last.withLock { last in
      if let last, last.asOf == day, last.figures.version == figures.version { return last }
      let rules = try SpottingRules(figures: figures, asOf: day)
      last = rules
      return rules
    }
  }
}

extension Moment {
  /// Its day in Paris.
  var parisDay: Day {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Paris") ?? .gmt
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    return Day(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1) ?? universalDay
  }
}
