/// What an actor must be allowed for a use case to run.
///
/// Rights by role, field and territory come with accounts; until then, what is public is public and everything else
/// belongs to whoever holds the machine.
public enum Right: Sendable, Hashable, CaseIterable {
  /// Open data and reference figures: anyone may read them.
  case readPublicData
  /// Loading, recomputing, checking: whoever holds the machine's command line.
  case operate
}

/// Who asks.
public enum Actor: Sendable, Hashable {
  /// Someone on the web whom the program does not know.
  case visitor
  /// Whoever runs commands on the machine itself.
  case machineOperator

  /// Whether this actor holds a right.
  public func may(_ right: Right) -> Bool {
    switch (self, right) {
    case (_, .readPublicData), (.machineOperator, .operate): true
    case (.visitor, .operate): false
    }
  }

  /// Stops a use case that the actor may not run.
  func authorise(_ right: Right) throws(Forbidden) {
    guard may(right) else { throw Forbidden() }
  }
}

/// The refusal of a use case that the actor may not run.
public struct Forbidden: Error, CustomStringConvertible {
  /// What to tell the user.
  public var description: String { "Cette action n’est pas ouverte à votre compte." }
}
