import Clauses
import Facts

/// The reference figures that the program ships.
enum ReferenceFacts {
  static func figures() throws -> Figures {
    try Facts.figures(in: String(#filePath.dropLast("Tests/ExchangeTests/ReferenceFacts.swift".count)) + "share/facts")
  }
}
