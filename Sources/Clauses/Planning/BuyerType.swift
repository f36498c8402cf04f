/// What kind of buyer it is: what decides the threshold of supplies and services.
public enum BuyerType: String, Sendable, CaseIterable {
  /// A central authority of the State.
  case centralState = "central"
  /// Another contracting authority: local authority, hospital, their public bodies.
  case otherAuthority = "other"
  /// A contracting entity (networks: water, energy, transport, post).
  case contractingEntity = "entity"
  /// Not known and not to be guessed: schools and universities, which are now of the State, now local.
  case toBeSpecified = "toBeSpecified"

  /// The type that a SIRET lets expect until someone states it.
  ///
  /// SIREN beginning with 19 (schools, universities): to be specified; otherwise with 1: central State; else another
  /// authority. Contracting entities cannot be told from the number.
  public static func estimated(from siret: SIRET) -> BuyerType {
    var digits = siret.digits.utf8.makeIterator()
    guard digits.next() == 0x31 else { return .otherAuthority }
    return digits.next() == 0x39 ? .toBeSpecified : .centralState
  }

  /// The type as users read it.
  public var french: String {
    switch self {
    case .centralState: "autorité publique centrale"
    case .otherAuthority: "autre pouvoir adjudicateur"
    case .contractingEntity: "entité adjudicatrice"
    case .toBeSpecified: "à préciser"
    }
  }
}
