/// What is wrong in a file of reference figures: where, what, and how to mend it.
public struct FactsError: Error, Equatable, CustomStringConvertible {
  /// The file, by its name in the folder.
  public let file: String
  /// The list and the entry, such as `amounts « threshold.works »`; nil where the file as a whole is at fault.
  public let entry: String?
  /// The field at fault.
  public let field: String?
  /// What is wrong and how to mend it, in French.
  public let advice: String

  /// An error from its parts.
  public init(file: String, entry: String? = nil, field: String? = nil, advice: String) {
    self.file = file
    self.entry = entry
    self.field = field
    self.advice = advice
  }

  /// The whole in one French sentence.
  public var description: String {
    var text = "Données de référence, fichier \(file)"
    if let entry { text += ", entrée \(entry)" }
    if let field { text += ", champ «\u{A0}\(field)\u{A0}»" }
    return "\(text)\u{202F}: \(advice)"
  }
}
