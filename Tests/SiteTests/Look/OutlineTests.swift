import Testing

@testable import Site

struct OutlineTests {
  @Test(arguments: [
    ("0 0 1 1|M0 0l10 5-3 7z", "M0 0l10 5-3 7z"), ("M5 5l1 1 0 2zM-5 -5l1 1 2-9z", "M5 5l1 1 0 2zM-5 -5l1 1 2-9z"),
    ("M1 1l2 0 0 2 -2 0z", "M1 1l2 0 0 2-2 0z"),
  ])
  func `an outline of the base is read and written again`(stored: String, path: String) throws {
    #expect(try #require(Outline(stored)).path == path)
  }

  @Test(arguments: [
    "", "x", "1 2 3 4|", "M1 1z", "M1 1l2z", "C1 1 2 2 3 3z", "M9999999999 1l1 1 1 1z", "M\"><script>z",
  ])
  func `anything else is no outline`(stored: String) {
    #expect(Outline(stored) == nil)
  }

  @Test func `a coarser outline has fewer corners and keeps its place`() throws {
    let fine = try #require(Outline("M100 100l3 1 97-1 1 100-2 1-99 2z"))
    #expect(fine.coarse(by: 20)?.path == "M5 5l5 0 0 5-5 0z")
  }

  @Test func `what is smaller than the grid vanishes`() throws {
    let fine = try #require(Outline("M0 0l100 0 0 100zM500 500l2 0 0 2z"))
    #expect(fine.coarse(by: 20)?.path == "M0 0l5 0 0 5z")
    #expect(try #require(Outline("M500 500l2 0 0 2z")).coarse(by: 20) == nil)
  }

  @Test func `the box holds every corner with a margin`() throws {
    let outlines = try ["M0 0l10 5-3 7z", "M-40 2l1 1 0 2z"].map { try #require(Outline($0)) }
    let box = try #require(Outline.box(of: outlines))
    #expect([box.x, box.y, box.width, box.height] == [-42, -2, 54, 16])
    #expect(Outline.box(of: []) == nil)
  }
}
