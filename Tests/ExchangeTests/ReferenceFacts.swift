import Clauses
import Facts

/// The reference figures that the program ships.
enum ReferenceFacts {
  /// Read once: reading every file for each case of each test takes minutes without optimisation.
  private static let read = Result {
    try Facts.figures(in: String(#filePath.dropLast("Tests/ExchangeTests/ReferenceFacts.swift".count)) + "share/facts")
  }

  static func figures() throws -> Figures { try read.get() }
}
