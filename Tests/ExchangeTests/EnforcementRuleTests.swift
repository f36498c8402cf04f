import Clauses
import Testing

@testable import Exchange

@Suite struct EnforcementRuleTests {
  private let notice =
    #"{"kind":"reminder","on":"2028-01-10","by":"facilitator"},{"kind":"noticeDrafted","on":"2028-01-25","by":"facilitator"},"#
    + #"{"kind":"noticeSigned","on":"2028-02-01","by":"buyer"},"#
    + #"{"kind":"noticeReceived","on":"2028-02-03","by":"facilitator","proof":"avis de réception"}"#

  private func next(_ answer: RuleJSON) -> [RuleJSON?] { answer.at("next")?.each("kind") ?? [] }

  @Test func `the story's notice lets a penalty be proposed the day after its delay`() throws {
    func answer(_ day: String) throws -> RuleJSON {
      try ask("enforcement", #"{"ccag":"works","delayDays":15,"day":"\#(day)","events":[\#(notice)]}"#)
    }
    let running = try answer("2028-02-18")
    #expect(running.at("state") == .text("received"))
    #expect(running.at("delayElapsed") == .flag(false))
    #expect(running.at("notice", "lastDay") == .text("2028-02-18"))
    #expect(!next(running).contains(.text("penaltyProposed")))
    #expect(running.at("findings", "0", "code") == .text("delayRunning"))
    let elapsed = try answer("2028-02-19")
    #expect(elapsed.at("delayElapsed") == .flag(true))
    #expect(next(elapsed).contains(.text("penaltyProposed")))
    #expect(elapsed.at("accepted") == .number("4"))
    #expect(elapsed.at("trace", "3", "kind") == .text("noticeReceived"))
  }

  @Test func `the story goes on to the buyer's decision with the excused hours beside it`() throws {
    let release =
      #"{"kind":"difficultyReported","on":"2027-04-01","by":"awardee","ground":"noCandidate"},"#
      + #"{"kind":"searchOpened","on":"2027-04-10","by":"facilitator"},"#
      + #"{"kind":"nobodyFound","on":"2027-07-05","by":"facilitator"},"#
      + #"{"kind":"hoursExcused","on":"2027-07-15","by":"buyer","hours":80},"#
      + #"{"kind":"referredToPenalty","on":"2027-12-15","by":"facilitator"},"#
    let end =
      #",{"kind":"remarks","on":"2028-02-10","by":"awardee"},"#
      + #"{"kind":"penaltyProposed","on":"2028-04-20","by":"facilitator","amount":10512},"#
      + #"{"kind":"penaltyDecided","on":"2028-04-24","by":"buyer","amount":10512.00,"reason":"heures manquantes"}"#
    let answer = try ask(
      "enforcement", #"{"ccag":"works","performanceEnd":"2028-03-31","events":[\#(release)\#(notice)\#(end)]}"#)
    #expect(answer.at("day") == .text("2028-04-24"))
    #expect(answer.at("state") == .text("decided"))
    #expect(answer.at("penalty", "decided") == .number("10512.00"))
    #expect(answer.at("release", "excused") == .number("80"))
    #expect(answer.at("release", "state") == .text("penalty"))
    #expect(answer.at("accepted") == .number("12"))
    #expect(answer.at("findings")?.each("code") == [.text("evidenceExpected")])
    #expect(answer.at("next")?.each("kind") == [.text("hoursExcused")])
  }

  @Test func `what cannot follow is refused with its place`() throws {
    let answer = try ask(
      "enforcement",
      #"{"events":[{"kind":"reminder","on":"2026-01-10","by":"facilitator"},{"kind":"penaltyProposed","on":"2026-02-10","by":"facilitator","amount":5},{"kind":"noticeDrafted","on":"2026-02-11","by":"buyer"},{"kind":"noticeSigned","on":"2026-02-12","by":"facilitator"}]}"#
    )
    #expect(answer.at("accepted") == .number("2"))
    #expect(answer.at("findings")?.each("code") == [.text("noticeMissing"), .text("onlyTheBuyer")])
    #expect(answer.at("findings")?.each("place") == [.text("/events/1"), .text("/events/3")])
    #expect(answer.at("day") == .text("2026-11-21"))
    #expect(next(answer).contains(.text("noticeSigned")))
  }

  @Test func `an event after the day asked about is left aside and told`() throws {
    let answer = try ask("enforcement", #"{"day":"2028-02-02","events":[\#(notice)]}"#)
    #expect(answer.at("state") == .text("signed"))
    #expect(answer.at("findings")?.each("code") == [.text("eventAfterDay")])
    let none = try ask("enforcement", #"{"noticeRequired":false,"events":[]}"#)
    #expect(none.at("state") == .text("watching"))
    #expect(next(none).contains(.text("penaltyProposed")))
    #expect(none.at("notice", "required") == .flag(false))
  }

  @Test func `wrong questions are told with every place`() throws {
    #expect(try faults("enforcement", "{}") == ["/events"])
    #expect(
      try faults(
        "enforcement", #"{"events":[{"kind":"remindr","on":"2026-13-01","by":"mayor","amount":-1}],"delayDays":0}"#)
        == ["/delayDays", "/events/0/kind", "/events/0/on", "/events/0/by", "/events/0/amount"])
  }
}
