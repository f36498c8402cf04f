import Clauses

/// What a file may be called: its name is kept, listed and shown.
public enum FileNames {
  /// Throws ``NIRInFileName`` for a name that holds a social security number with its key; thirteen digits alone may be a
  /// moment, which many programs write into names.
  public static func refuseNIR(in name: String) throws(NIRInFileName) {
    let found = NIRDetector.matches(in: name)
    guard !found.contains(where: { $0.hasKey || $0.isDoubtful }) else { throw NIRInFileName() }
  }
}

/// A file whose name holds a social security number; the name is not repeated.
public struct NIRInFileName: Error, CustomStringConvertible {
  /// What is wrong and how to mend it.
  public var description: String {
    "Le nom de ce fichier contient un numéro de sécurité sociale, ou ce qui y ressemble\u{202F}: renommez le fichier, puis "
      + "recommencez."
  }
}
