import Clauses
import Testing

@Suite struct PurchaseSegmentTests {
  private func segments() throws -> PurchaseSegments {
    PurchaseSegments(figures: try Reference.figures(), on: Reference.today)
  }

  @Test func `each of the fourteen segments has codes, figures, jobs, possibilities and ways in`() throws {
    let all = try segments().all
    #expect(all.count == 14)
    for sheet in all {
      let code = sheet.segment.value.code
      #expect(!sheet.prefixes.isEmpty, "\(code)")
      #expect(sheet.figures.labourShare != nil && sheet.figures.insertionRate != nil, "\(code)")
      #expect(sheet.figures.hourlyCost != nil && sheet.figures.technicity != nil, "\(code)")
      #expect(!sheet.jobs.isEmpty && sheet.jobs.count == sheet.segment.value.jobs.value.all.count, "\(code)")
      #expect(sheet.segment.value.jobs.status == .memory, "codes of jobs are cited from memory: \(code)")
      #expect(!sheet.segment.value.waysIn.value.all.isEmpty, "\(code)")
      let known: Set = ["execution", "criterion", "executionAndCriterion", "reserved", "insertionService"]
      #expect(known.isSuperset(of: sheet.segment.value.possibilities.value.all), "\(code)")
    }
  }

  @Test func `every beginning of a code leads back to its segment`() throws {
    let segments = try segments()
    for sheet in segments.all {
      for prefix in sheet.prefixes + [sheet.segment.value.reference] {
        let cpv = try #require(CPVCode(prefix + String(repeating: "0", count: 8 - prefix.count)))
        #expect(segments.sheet(of: cpv)?.segment.value.code == sheet.segment.value.code, "\(prefix)")
      }
    }
    #expect(segments.sheet("cleaning")?.prefixes == ["909"])
    #expect(segments.sheet("works")?.prefixes == ["45", "507"])
    #expect(segments.sheet("greenSpaces")?.prefixes == ["451127", "77"])
    #expect(segments.sheet("none") == nil)
  }

  @Test func `a segment that is highly technical names support jobs, alternance and the adapted sector`() throws {
    let high = try segments().all.filter { $0.figures.technicity?.value == .high }
    #expect(high.map(\.segment.value.code) == ["delegatedServices", "it", "engineering"])
    for sheet in high {
      let ways = sheet.segment.value.waysIn.value.all.joined(separator: " ").lowercased()
      #expect(ways.contains("alternance") && ways.contains("adapté"), "\(sheet.segment.value.code)")
    }
  }

  @Test func `a code finds its own figures first, then those of its segment`() throws {
    let segments = try segments()
    #expect(segments.figures(of: try #require(CPVCode("45442100"))).labourShare?.usual.value == Percent(70))
    #expect(segments.figures(of: try #require(CPVCode("45000000"))).labourShare?.usual.value == Percent(50))
    let printing = segments.figures(of: try #require(CPVCode("79810000")))
    #expect(printing.labourShare?.usual.value == Percent(40) && printing.labourShare?.usual.status == .open)
    #expect(printing.hourlyCost?.usual.value == Euros(30))
    let insurance = try #require(CPVCode("66510000"))
    #expect(segments.sheet(of: insurance) == nil && segments.figures(of: insurance).labourShare == nil)
    #expect(segments.family(of: insurance)?.label == "Assurance et finance")
    #expect(segments.cleaning == CPVCode("90900000"))
    #expect(PurchaseSegments(figures: Figures(.init()), on: Reference.today).cleaning == nil)
  }

  @Test func `a job is a code and a name`() {
    #expect(EntryJob("K2204 Nettoyage de locaux")?.rome == "K2204")
    #expect(EntryJob("K2204 Nettoyage de locaux")?.name == "Nettoyage de locaux")
    for text in ["", "K2204", "K2204 ", "k2204 Nettoyage", "K22O4 Nettoyage", "Z2204 Nettoyage", "K22045 Nettoyage"] {
      #expect(EntryJob(text) == nil, "\(text)")
    }
  }

  @Test func `what changes in a segment or a rung changes the version of the figures`() throws {
    let base = try Reference.figures()
    var contents = base.contents
    contents.scaleRungs.removeLast()
    #expect(Figures(contents).version != base.version)
    contents = base.contents
    contents.segments.removeLast()
    #expect(Figures(contents).version != base.version)
    #expect(base.segments.first?.value.figureText == "BTP")
    #expect(
      base.scaleRungs.map(\.value.figureText.plain) == [
        "moins de 100 000 € : 150 h", "moins de 200 000 € : 300 h", "moins de 400 000 € : 450 h",
        "au-delà : 900 h (contrat de 12 mois ou plus)",
      ])
  }
}
