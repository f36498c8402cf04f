import Casework
import Clauses
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct SpottingPageTests {
  @Test(arguments: Engine.allCases)
  func `pages forwards and backwards show every contract once, in every order`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(430, seed: 31), in: world, place)
      var departement = SpottingFilter()
      departement.departement = DepartementCode("77")
      for filter in [SpottingFilter(), departement] {
        for order in SpottingFilter.Order.allCases {
          var page = try await ListSpotting(filter: filter, order: order).run(as: .visitor, in: world)
          var pages = [page.items.map(\.id)]
          while let next = page.next {
            let place = try #require(SpottingPlace("\(next)"))
            #expect(place == next)
            page = try await ListSpotting(filter: filter, order: order, place: place).run(as: .visitor, in: world)
            pages.append(page.items.map(\.id))
            #expect(pages.count < 20)
          }
          let listed = try await items(filter, order, in: world).map(\.id)
          #expect(pages.flatMap { $0 } == listed)
          #expect(pages.dropLast().allSatisfy { $0.count == ListSpotting.pageSize })
          #expect(page.count == pages.flatMap { $0 }.count && !page.countIsCapped)
          for expected in pages.dropLast().reversed() {
            let previous = try #require(page.previous)
            page = try await ListSpotting(filter: filter, order: order, place: previous).run(as: .visitor, in: world)
            #expect(page.items.map(\.id) == expected && page.next != nil)
          }
          #expect(page.previous == nil)
        }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a place that nobody gave out shows a page and never fails`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(60, seed: 32), in: world, place)
      for text in [
        "apres.9223372036854775807.1", "avant.-9223372036854775808.-1", "apres.0.0", "avant.99999999999.5",
        "apres.-5.9",
        "apres.2932896.3", "avant.2932897.3", "apres.-719163.3", "avant.-719162.-9223372036854775808",
      ] {
        let place = try #require(SpottingPlace(text))
        #expect("\(place)" == text)
        for order in SpottingFilter.Order.allCases {
          _ = try await ListSpotting(filter: SpottingFilter(), order: order, place: place).run(as: .visitor, in: world)
        }
      }
    }
  }

  @Test func `only what a place wrote is read as a place`() {
    for text in [
      "", "apres", "apres.1", "apres.1.2.3", "après.1.2", "apres.x.2", "apres.1.", "apres.99999999999999999999.1",
    ] {
      #expect(SpottingPlace(text) == nil, "\(text)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `an export holds as many rows as the list`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(1300, seed: 33), in: world, place)
      var filter = SpottingFilter()
      filter.kind = .contract
      let count = try await SummariseSpotting(filter: filter).run(as: .visitor, in: world).considered
      #expect(count > 1000)
      let text = Collected()
      let export = ExportSpotting(filter: filter)
      try await export.csv(as: .visitor, in: world) { text.bytes += $0 }
      let lines = String(decoding: text.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      #expect(lines.count == count + 1)
      #expect(lines[0].hasPrefix("\u{FEFF}Objet;Acheteur;"))
      let path = "\(place.folder)/reperage.xlsx"
      try await export.xlsx(to: path, as: .visitor, in: world)
      let unzip = Process()
      unzip.executableURL = URL(filePath: "/usr/bin/env")
      unzip.arguments = [
        "python3", "-c",
        "import sys,zipfile,re;print(len(re.findall(b'<row ',zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml'))))",
        path,
      ]
      let pipe = Pipe()
      unzip.standardOutput = pipe
      try unzip.run()
      let rows = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      unzip.waitUntilExit()
      #expect(rows.trimmingCharacters(in: .whitespacesAndNewlines) == "\(count + 1)")
      let few = Collected()
      try await ExportSpotting(filter: filter, limit: 7).csv(as: .visitor, in: world) { few.bytes += $0 }
      #expect(String(decoding: few.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).count == 8)
    }
  }
}

private final class Collected: @unchecked Sendable {
  var bytes: [UInt8] = []
}
