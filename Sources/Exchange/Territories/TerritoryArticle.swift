/// The article of a commune's name, which the file keeps apart as a number.
///
/// Source: « type de nom en clair » (TNCC) of the official geographic code, Insee.
enum TerritoryArticle {
  private static let articles = [2: "Le ", 3: "La ", 4: "Les ", 5: "L'", 6: "Aux ", 7: "Las ", 8: "Los "]

  /// `La Rochette` from `Rochette` and 3; the name itself where the number says that it has no article, or nothing.
  static func named(_ name: String, kind: Int?) -> String { (kind.flatMap { articles[$0] } ?? "") + name }
}
