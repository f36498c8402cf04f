import Clauses
import Exchange
import Testing

@Suite struct RetentionRuleTests {
  @Test func `the rule tells the state, the day and what stays`() throws {
    let told = try EligibilityRuleTests.answer(
      "retention",
      """
      {"day": "2027-01-01", "lastContact": "2024-10-01", "contractEnd": "2024-06-30", "noticeGivenOn": "2026-10-05"}
      """)
    #expect(told["state"] == .text("archived") && told["anonymiseOn"] == .text("2029-06-30"))
    #expect(told["noticeUntil"] == .text("2026-11-04") && told["proofUntil"] == .text("2029-06-30"))
    guard case .list(let kept)? = told["remains"] else { throw RuleFaults([]) }
    #expect(kept.contains(.text("heures")) && !kept.contains(.text("nom et prénom")))
    let held = try EligibilityRuleTests.answer(
      "retention", #"{"day": "2040-01-01", "lastContact": "2024-10-01", "hasOpenHold": true}"#)
    #expect(held["anonymiseOn"] == .null && held["state"] == .text("noticeDue"))
  }
}
