import Clauses
import Testing

@testable import Exchange

@Suite struct DeadlinesRuleTests {
  @Test func `the story's contract on 20 January 2027 has one certificate late and knows the next deadline`() throws {
    let answer = try ask(
      "deadlines",
      #"{"from":"2026-12-01","to":"2028-03-31","ccag":"works","day":"2027-01-20","received":[{"id":"declaration-2026-12","on":"2027-01-06"}]}"#
    )
    #expect(answer.at("late") == .number("1"))
    #expect(answer.at("next", "id") == .text("declaration-2027-01"))
    #expect(answer.at("next", "dueOn") == .text("2027-02-15"))
    let certificate = try #require(answer.at("deadlines", "0"))
    #expect(
      certificate.text(indented: false)
        == #"{"id":"certificate-2026-Q4","kind":"certificate","label":"Attestation d’heures, 4e trimestre 2026","period":{"from":"2026-12-01","to":"2026-12-31"},"opensOn":"2027-01-01","dueOn":"2027-01-15","state":"late","daysLate":5,"workingDaysLate":3,"sanctionable":true,"article":"CCAG-Travaux, article 20.1.4.3","sentence":"Attestation d’heures, 4e trimestre 2026 : à remettre au plus tard le 15/01/2027, en retard de 5 jours."}"#
        .replacing(" :", with: "\u{202F}:").replacing("5 jours", with: "5\u{A0}jours"))
    #expect(answer.at("deadlines", "1", "sanctionable") == .flag(false))
    #expect(answer.at("deadlines", "1", "receivedOn") == .text("2027-01-06"))
    #expect(answer.at("deadlines")?.each("id").count == 24)
  }

  @Test func `every way of saying when something is due is read`() throws {
    func first(_ fields: String) throws -> RuleJSON? {
      try ask(
        "deadlines", #"{"from":"2027-01-01","to":"2027-06-30","frequency":"quarterly","courtesy":false,"# + fields + "}"
      )
      .at("deadlines", "0", "dueOn")
    }
    #expect(try first(#""dueDay":20"#) == .text("2027-04-20"))
    #expect(try first(#""dueBefore":15"#) == .text("2027-04-14"))
    #expect(try first(#""dueDays":10"#) == .text("2027-04-12"))
    #expect(try first(#""dueDays":10,"dueUnit":"working""#) == .text("2027-04-14"))
    #expect(try first(#""dueDays":10,"dueUnit":"working","area":"alsaceMoselle""#) == .text("2027-04-14"))
  }

  @Test func `documents, requests, reports and the notice take their place`() throws {
    let answer = try ask(
      "deadlines",
      #"""
      {"from":"2027-01-01","to":"2028-06-30","frequency":"monthly","annualReport":"calendarYear","annualReportDays":10,
       "finalReport":true,"courtesyDay":5,"day":"2027-03-01",
       "documents":[{"label":"Avancement","frequency":"halfYearly","article":"CCAP 8","dueDay":31}],
       "requests":[{"label":"Contrat de travail","on":"2027-02-01","days":5,"unit":"working"}],
       "notice":{"receivedOn":"2027-02-10","delayDays":10}}
      """#)
    let kinds = answer.at("deadlines")?.each("kind").map { $0?.text(indented: false) ?? "" } ?? []
    #expect(Set(kinds).count == 6)
    #expect(kinds.count { $0 == "\"certificate\"" } == 18)
    #expect(kinds.count { $0 == "\"annualReport\"" } == 1)
    let notice = answer.at("deadlines")?.each("sentence").contains { text in
      text
        == .text(
          "Mise en demeure\u{202F}: délai jusqu’au 22/02/2027 inclus (le 20/02/2027 est un jour de repos\u{202F}: samedi), écoulé depuis 7\u{A0}jours."
        )
    }
    #expect(notice == true)
  }

  @Test func `the holidays of a year are listed with their names and how sure they are`() throws {
    let answer = try ask("deadlines", #"{"holidays":2027,"area":"alsaceMoselle"}"#)
    let days = answer.at("holidays")?.each("day") ?? []
    #expect(days.count == 13)
    #expect(answer.at("holidays", "1", "name") == .text("vendredi saint"))
    #expect(answer.at("holidays", "1", "weekday") == .text("vendredi"))
    #expect(answer.at("holidays", "1", "status") == .text("memory"))
    #expect(
      try ask("deadlines", #"{"holidays":2027,"departement":"67","goodFriday":false}"#).at("holidays")?.each("day")
        .count == 12)
    #expect(
      try ask("deadlines", #"{"holidays":2026,"departement":"974"}"#).at("holidays", "10", "day") == .text("2026-12-20")
    )
    #expect(try ask("deadlines", #"{"holidays":2027}"#).at("holidays")?.each("day").count == 11)
  }

  @Test func `the end of a delay is told with its reasons`() throws {
    let answer = try ask(
      "deadlines", #"{"delay":{"receivedOn":"2028-02-03","days":15},"day":"2028-02-18"}"#)
    #expect(answer.at("firstDay") == .text("2028-02-04"))
    #expect(answer.at("lastDay") == .text("2028-02-18"))
    #expect(answer.at("elapsed") == .flag(false))
    #expect(answer.at("moved") == .null)
    let moved = try ask("deadlines", #"{"delay":{"receivedOn":"2026-11-10","days":4,"unit":"calendar"}}"#)
    #expect(moved.at("moved") == .text("samedi"))
    #expect(moved.at("countedLastDay") == .text("2026-11-14"))
    #expect(moved.at("elapsed") == .flag(true))
    #expect(moved.at("figures", "0", "status") == .text("memory"))
  }

  @Test func `wrong questions are told with every place`() throws {
    #expect(try faults("deadlines", "{}") == ["/from", "/to"])
    #expect(try faults("deadlines", #"{"from":"2027-01-02","to":"2027-01-01"}"#) == ["/to"])
    #expect(try faults("deadlines", #"{"from":"2027-01-02","to":"2080-01-01"}"#) == ["/to"])
    #expect(try faults("deadlines", #"{"from":"2027-01-02","to":"2028-01-01","day":"2090-01-01"}"#) == ["/day"])
    #expect(try faults("deadlines", #"{"from":"2027-01-01","to":"2027-02-01","dueDay":3,"dueDays":4}"#) == ["/dueDay"])
    #expect(try faults("deadlines", #"{"holidays":0}"#) == ["/holidays"])
    #expect(try faults("deadlines", #"{"delay":{"receivedOn":"2027-01-01"}}"#) == ["/delay/days"])
    #expect(try faults("deadlines", #"{"delay":{"days":1}}"#) == ["/delay/receivedOn"])
    #expect(
      try faults(
        "deadlines",
        #"{"from":"2027-01-01","to":"2027-02-01","documents":[{"label":"x"}],"requests":[{"label":"x"}],"received":[{"id":"a"}],"notice":{}}"#
      ) == ["/documents/0/frequency", "/requests/0/on", "/notice/receivedOn", "/received/0/on"])
  }
}
