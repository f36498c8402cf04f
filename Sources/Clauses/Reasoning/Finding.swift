/// A remark that a rule makes on a case: how serious, where, what, under which article, how to mend it.
public struct Finding: Sendable, Equatable {
  /// How serious a remark is.
  public enum Level: String, Sendable, CaseIterable, Comparable {
    /// What the law or the contract forbids, or what makes the result impossible.
    case fault
    /// What should be looked at before going on.
    case warning
    /// What is good to know.
    case information

    /// The level as users read it.
    public var french: String {
      switch self {
      case .fault: "à corriger"
      case .warning: "à vérifier"
      case .information: "à savoir"
      }
    }

    /// The most serious first.
    public static func < (a: Level, b: Level) -> Bool { a.order < b.order }

    private var order: Int {
      switch self {
      case .fault: 0
      case .warning: 1
      case .information: 2
      }
    }
  }

  /// How serious it is.
  public let level: Level
  /// Its stable name, for scripts and tests, such as `exceptionWithoutReason`.
  public let code: String
  /// What it is, in French.
  public let sentence: String
  /// What to do about it, in French; nil where nothing needs doing.
  public let mend: String?
  /// The article or clause that it rests on, such as `L2112-2-1`.
  public let article: String?
  /// Where in the given values it stands: a field, a document, a lot; nil for the whole.
  public let place: String?

  /// A remark from its parts.
  public init(
    _ level: Level, _ code: String, _ sentence: String, mend: String? = nil, article: String? = nil,
    place: String? = nil
  ) {
    self.level = level
    self.code = code
    self.sentence = sentence
    self.mend = mend
    self.article = article
    self.place = place
  }
}
