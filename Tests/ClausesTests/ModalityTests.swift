import Clauses
import Testing

@Suite struct ModalityTests {
  @Test(arguments: Modality.allCases)
  func `a modality says in French what it is, who employs and what shows the hours`(modality: Modality) {
    for text in [modality.french, modality.employer, modality.proofOfHours] {
      #expect(!text.isEmpty && !text.hasSuffix(".") && !text.contains("'"))
    }
    #expect(Modality(rawValue: modality.rawValue) == modality)
  }

  @Test func `labels and codes are all different`() {
    #expect(Set(Modality.allCases.map(\.french)).count == Modality.allCases.count)
    #expect(Modality.allCases.count == 17)
  }

  @Test func `the code's beginning agrees with the kind of employment`() {
    for modality in Modality.allCases {
      let start = modality.rawValue.prefix { $0 != "_" }
      let expected: Modality.Employment? =
        switch start {
        case "EMBAUCHE", "ALT": .direct
        case "MAD": .lent
        case "ST": .performed
        case "PPSMJ": .prison
        case "STAGE": .placement
        default: nil
        }
      #expect(modality.employment == expected, "\(modality.rawValue)")
      #expect(modality.isDirectHire == (expected == .direct))
      #expect(modality.isEmployment == (start != "STAGE"))
      #expect(modality.isAlternance == (start == "ALT"))
    }
  }

  @Test func `structures lend or perform as their kind usually does`() {
    for modality in Modality.allCases {
      guard let kind = modality.structureKind else { continue }
      #expect(modality.rawValue.hasSuffix(kind.rawValue))
      #expect(kind.lendsPeople == (modality.employment == .lent))
    }
    #expect(Modality.lentByETT.structureKind == nil && Modality.performedByTIH.structureKind == nil)
    #expect(Modality.openEndedHire.structureKind == nil && Modality.prisonWork.structureKind == nil)
  }
}
