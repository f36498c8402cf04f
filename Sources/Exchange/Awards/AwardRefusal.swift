import Clauses

/// Why a record gives no notice.
public struct AwardRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reasons.
  public enum Kind: String, Sendable, CaseIterable {
    /// No buyer is named.
    case noBuyer
    /// The buyer's identifier is no SIRET.
    case badBuyer
    /// The contract has no number.
    case noNumber
    /// The contract's number is longer than any number of the format.
    case badNumber
    /// The record's text is damaged.
    case unreadable
    /// What stands in the list is no record.
    case notARecord
    /// The list of records is not closed, or something stands between or after the records.
    case badEnvelope
  }

  /// The reason.
  public let kind: Kind
  /// The field at fault, as the format names it; empty where it is the whole record.
  public let field: String
  /// What was found there, at most 80 characters.
  public let value: String
  /// Where, in words; empty where the record's own place says it.
  public let place: String
  /// What a damaged text suffers from; nil for the other kinds.
  public let cause: String?

  /// A refusal.
  public init(_ kind: Kind, field: String = "", value: String = "", place: String = "", cause: String? = nil) {
    self.kind = kind
    self.field = field
    self.value = value.utf8.count > 80 ? String(value.prefix(80)) : value
    self.place = place
    self.cause = cause
  }

  /// What is wrong, where, and how to mend it, in French.
  public var sentence: String {
    let s = French.thin
    let shown = "«\(s)\(value)\(s)»"
    let located = place.isEmpty ? "" : "\(place)\(s): "
    let text =
      switch kind {
      case .noBuyer:
        "L’acheteur manque (champ «\(s)\(field)\(s)»)\(s): ajoutez son SIRET à 14 chiffres, sans quoi le contrat "
          + "ne peut être rattaché à personne."
      case .badBuyer:
        "L’identifiant d’acheteur \(shown) n’est pas un SIRET (champ «\(s)\(field)\(s)»)\(s): il faut 14 chiffres."
      case .noNumber:
        "Le numéro du contrat manque (champ «\(s)\(field)\(s)»)\(s): ajoutez celui que l’acheteur lui a donné."
      case .badNumber:
        "Le numéro de contrat \(shown) est trop long (champ «\(s)\(field)\(s)»)\(s): il doit tenir en 60 caractères."
      case .unreadable: cause ?? "L’enregistrement est abîmé\(s): demandez-le de nouveau à son éditeur."
      case .notARecord:
        "Une fiche de marché ou de concession est attendue, et non \(shown)\(s): retirez cet élément de la liste."
      case .badEnvelope:
        cause ?? "La structure du fichier est abîmée autour des fiches\(s): téléchargez-le de nouveau."
      }
    return located + text
  }

  /// The sentence.
  public var description: String { sentence }
}
