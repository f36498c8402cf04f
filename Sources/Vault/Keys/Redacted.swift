/// A value that no log, no page and no debugger shows: it is written "secret" and mirrors nothing.
public protocol Redacted: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
  /// The word "secret".
  public var description: String { "secret" }
  /// The word "secret".
  public var debugDescription: String { "secret" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
