import Clauses
import Testing

@Suite struct EligibilityPassportTests {
  private let now = day(2027, 2, 1)

  private func decision(_ change: (inout EarlierDecision) -> Void = { _ in }) -> EarlierDecision {
    var earlier = EarlierDecision(
      territory: "la Seine-et-Marne", day: day(2026, 11, 2), list: .ccag, code: "DELD",
      proof: .init(issuedOn: day(2026, 10, 20)), agreement: true)
    change(&earlier)
    return earlier
  }

  private func told(
    _ earlier: EarlierDecision, on day: Day? = nil, _ change: (inout EligibilityCase) -> Void = { _ in }
  ) throws -> Eligibility {
    try Eligibility.decided(
      person([], on: day ?? now) {
        $0.earlier = [earlier]
        change(&$0)
      })
  }

  @Test func `another territory takes a decision up without a new proof, until the decision's own end`() throws {
    let told = try told(decision()) { $0.hiredOn = day(2027, 3, 1) }
    #expect(told.isEligible && told.retained == "DELD" && told.hire == .covered)
    #expect(told.codes == ["decisionReused"] && told.passports[0].isDecisionReusable)
    #expect(told.decision?.from == day(2026, 11, 2) && told.decision?.until == day(2027, 5, 1))
    #expect(told.proof == nil, "the paper is too old for a new decision")
    #expect(told.counting?.from == day(2027, 3, 1))
    #expect(try self.told(decision(), on: day(2027, 5, 1)).isEligible)
    let past = try self.told(decision(), on: day(2027, 5, 2))
    #expect(!past.isEligible && past.passports[0].sentence.contains("01/05/2027") && past.missing.count == 1)
  }

  @Test func `without the person's agreement nothing is taken up`() throws {
    let told = try told(decision { $0.agreement = false })
    #expect(!told.isEligible && told.passports[0].proof == nil)
    #expect(told.missing == [told.passports[0].mend ?? ""] && told.missing[0].contains("accord"))
  }

  @Test func `re-use never makes hours count longer than from the first contract`() throws {
    let earlier = decision {
      $0.hiredOn = day(2026, 12, 1)
      $0.modality = .lentByETTI
    }
    let told = try told(earlier) {
      $0.hiredOn = day(2027, 3, 1)
      $0.modality = .lentByETTI
    }
    #expect(told.passports[0].reusableUntil == day(2028, 11, 30))
    #expect(told.counting?.from == day(2027, 3, 1) && told.counting?.until == day(2028, 11, 30))
    #expect(told.passports[0].sentence.contains("01/12/2026"))
    #expect(try !self.told(earlier, on: day(2028, 12, 1)).isEligible)
  }

  @Test func `on another list or a local addition only the paper may serve again`() throws {
    let other = try told(decision { $0.list = .iae }, on: day(2026, 12, 1))
    #expect(!other.isEligible && other.passports[0].proof?.until == day(2027, 1, 19))
    #expect(other.passports[0].sentence.contains("peut encore servir jusqu’au 19/01/2027"))
    let local = try told(decision { $0.code = "LOCAL" }, on: day(2026, 12, 1))
    #expect(!local.isEligible && local.passports[0].proof == nil)
    let senior = try told(
      decision {
        $0.list = .iae; $0.code = "SENIOR"
      }, on: day(2026, 12, 1)
    ) {
      $0.birthDate = day(1960, 1, 1)
    }
    #expect(senior.passports[0].sentence.contains("peut servir"))
  }

  @Test func `a decision of the future cannot be taken up, and an own criterion comes first`() throws {
    let future = try told(decision(), on: day(2026, 11, 1))
    #expect(!future.isEligible && future.passports[0].mend == nil)
    let own = try told(decision()) { $0.claims = [claim("RSA", day(2027, 1, 15))] }
    #expect(own.retained == "RSA" && own.decision?.from == now && own.passports[0].isDecisionReusable)
  }
}
