/// Works, supplies or services: what decides the threshold of a contract.
public enum PurchaseCategory: String, Sendable, CaseIterable {
  case works, supplies, services

  /// The category of a CPV code: division 45 is works, 03 to 44 and 48 are supplies, the rest is services.
  public init(of cpv: CPVCode) {
    var division = 0
    for digit in cpv.digits.utf8.prefix(2) { division = division * 10 + Int(digit &- 0x30) }
    switch division {
    case 45: self = .works
    case 3...44, 48: self = .supplies
    default: self = .services
    }
  }

  /// The category as users read it.
  public var french: String {
    switch self {
    case .works: "travaux"
    case .supplies: "fournitures"
    case .services: "services"
    }
  }
}
