import Clauses
import Testing

@Suite struct FigureTests {
  private let key = FigureKey<Euros>("x")

  private func figure(_ euros: Int, _ from: Day?, _ to: Day?) -> Figure<Euros> {
    Figure(id: "x", label: "x", value: Euros(euros), from: from, to: to, source: "s", status: .memory)
  }

  @Test func `a figure holds from its first day to its last, both included`() {
    let table = FigureTable([figure(1, day(2026, 1, 1), day(2026, 12, 31)), figure(2, day(2028, 1, 1), nil)])
    #expect(table[key, on: day(2025, 12, 31)] == nil)
    #expect(table[key, on: day(2026, 1, 1)]?.value == Euros(1))
    #expect(table[key, on: day(2026, 12, 31)]?.value == Euros(1))
    #expect(table[key, on: day(2027, 6, 1)] == nil)
    #expect(table[key, on: day(2030, 1, 1)]?.value == Euros(2))
  }

  @Test func `where none holds the last known one is the nearest, else the first`() throws {
    let table = FigureTable([
      figure(1, day(2024, 1, 1), day(2025, 12, 31)), figure(2, day(2026, 1, 1), day(2027, 12, 31)),
    ])
    #expect(try table.nearest(key, on: day(2029, 1, 1)).value == Euros(2))
    #expect(try table.nearest(key, on: day(2020, 1, 1)).value == Euros(1))
    #expect(try table.nearest(key, on: day(2025, 1, 1)).value == Euros(1))
    #expect(throws: MissingFigure.self) { try table.nearest(FigureKey("y"), on: day(2025, 1, 1)) }
  }

  @Test func `a layer above wins on its days and leaves the others alone`() {
    var base = Figures.Contents()
    base.amounts = [figure(1, nil, nil)]
    var layer = Figures.Contents()
    layer.amounts = [figure(2, day(2027, 1, 1), day(2027, 12, 31))]
    let figures = Figures(base).overlaying(layer)
    #expect(figures.amounts[key, on: day(2026, 12, 31)]?.value == Euros(1))
    #expect(figures.amounts[key, on: day(2027, 1, 1)]?.value == Euros(2))
    #expect(figures.amounts[key, on: day(2028, 1, 1)]?.value == Euros(1))
  }

  @Test func `the version is stable and follows values and days, not wording`() {
    func version(_ figure: Figure<Euros>) -> String {
      var contents = Figures.Contents()
      contents.amounts = [figure]
      return Figures(contents).version
    }
    let base = figure(1, nil, nil)
    let reworded = Figure(id: "x", label: "autre", value: Euros(1), source: "ailleurs", status: .verified)
    #expect(version(base) == version(base))
    #expect(version(base) == version(reworded))
    #expect(version(base).count == 16)
    #expect(version(base) != version(figure(2, nil, nil)))
    #expect(version(base) != version(figure(1, day(2026, 1, 1), nil)))
    #expect(version(base) != version(figure(1, nil, day(2026, 1, 1))))
  }

  @Test func `the longest prefix of a CPV code wins and others find nothing`() throws {
    let table = CPVTable([("45", "a"), ("4523", "b"), ("45233140", "c"), ("45", "z"), ("", "x"), ("9x", "y")])
    #expect(table[try #require(CPVCode("45000000"))] == "a")
    #expect(table[try #require(CPVCode("45230000"))] == "b")
    #expect(table[try #require(CPVCode("45233140"))] == "c")
    #expect(table[try #require(CPVCode("45233141"))] == "b")
    #expect(table[try #require(CPVCode("44233141"))] == nil)
    #expect(table[try #require(CPVCode("90000000"))] == nil)
  }

  @Test func `statuses are told in French`() {
    #expect(
      FigureStatus.allCases.map(\.french)
        == ["vérifié", "déduit", "usage courant, à confirmer localement", "question ouverte"])
  }

  @Test func `families are found by code and listed once`() throws {
    let families = CPVFamilies(figures: try Reference.figures(), on: Reference.today)
    #expect(families.family(of: try #require(CPVCode("90911200")))?.segment == "cleaning")
    #expect(families.family(of: try #require(CPVCode("45112710")))?.label == "Aménagement paysager")
    #expect(Set(families.all.map(\.code)).count == families.all.count)
    #expect(families.all.filter { $0.code.count == 2 }.count == 45)
  }
}
