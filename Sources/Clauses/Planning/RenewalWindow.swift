/// When a buyer prepares what follows a contract: from the day to call it to the expected end.
public struct RenewalWindow: Sendable, Equatable {
  /// Where a day stands.
  public enum State: String, Sendable, CaseIterable {
    /// Before the window: there is time.
    case later
    /// Inside the window: the moment to call.
    case now
    /// After the expected end.
    case past
  }

  /// The day before which the buyer should be called.
  public let opens: Day
  /// The expected last day of the contract.
  public let closes: Day

  /// A window from its two days.
  public init(opens: Day, closes: Day) {
    self.opens = opens
    self.closes = closes
  }

  /// Where a day stands.
  public func state(on day: Day) -> State {
    if day > closes { return .past }
    return day < opens ? .later : .now
  }

  /// The window in words, as seen on a day.
  public func french(on day: Day) -> String {
    let span = "du \(opens.french) au \(closes.french)"
    return switch state(on: day) {
    case .later: "\(span)\(French.thin); il reste du temps avant d’appeler l’acheteur"
    case .now: "\(span)\(French.thin); c’est le moment d’appeler l’acheteur"
    case .past: "\(span)\(French.thin); elle est passée, le marché a sans doute été renouvelé"
    }
  }
}

extension Spotting {
  /// When the buyer prepares what follows; nil where the end is unknown.
  public var window: RenewalWindow? {
    guard let contactBefore, let end else { return nil }
    return RenewalWindow(opens: contactBefore, closes: end)
  }
}
