import Clauses

/// A case of the CCAG list for tests; the changes make the case.
func person(
  _ claims: [EligibilityCase.Claim], list: EligibilityList = .ccag, on day: Day, hired: Day? = nil,
  _ modality: Modality? = nil, _ change: (inout EligibilityCase) -> Void = { _ in }
) -> EligibilityCase {
  var given = EligibilityCase(list: list, day: day, claims: claims, hiredOn: hired, modality: modality)
  change(&given)
  return given
}

/// A claim whose usual paper is dated.
func claim(_ code: String, _ issued: Day? = nil, kind: String? = nil, until: Day? = nil) -> EligibilityCase.Claim {
  .init(code, proof: .init(kind: kind, issuedOn: issued, validUntil: until))
}

extension Eligibility {
  /// The decision with the product's own figures.
  static func decided(_ given: EligibilityCase, _ figures: Figures? = nil) throws -> Eligibility {
    try decide(given, figures: figures ?? Reference.figures())
  }

  /// The codes of the remarks.
  var codes: [String] { derivation.findings.map(\.code) }
}
