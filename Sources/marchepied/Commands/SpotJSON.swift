import Casework
import Clauses
import Foundation
import Site

/// The list as one JSON document, written contract by contract: `{"contracts":[…],"summary":{…}}`.
struct SpotJSON {
  let export: ExportSpotting
  let output: Output

  func write(_ world: World) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let summary = try await SummariseSpotting(filter: export.filter).run(as: .machineOperator, in: world)
    try output.write("{\"contracts\":[")
    var isFirst = true
    try await export.each(as: .machineOperator, in: world) { items in
      var text = ""
      for item in items {
        text += isFirst ? "\n" : ",\n"
        isFirst = false
        text += String(decoding: try encoder.encode(ContractJSON(item)), as: UTF8.self)
      }
      try output.write(text)
    }
    try output.write("\n],\"summary\":\(String(decoding: try encoder.encode(summary), as: UTF8.self))}\n")
  }
}
