import Casework
import Clauses
import Foundation

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
        text += String(decoding: try encoder.encode(Contract(item)), as: UTF8.self)
      }
      try output.write(text)
    }
    try output.write("\n],\"summary\":\(String(decoding: try encoder.encode(summary), as: UTF8.self))}\n")
  }

  /// A contract as programs read it: amounts in cents, days as yyyy-MM-dd.
  private struct Contract: Encodable {
    let id: Int64
    let kind, number, object, buyer: String
    let buyerName, departement, cpv, family, end, contactBefore: String?
    let amountCents: Int64?
    let amountIsCeiling: Bool
    let criteria: [String: String]
    let meetsAll, aboveThreshold, oneOff, withSocialConsideration: Bool
    let renewalWindow: Window?
    let hours: Hours?
    let duty: String
    let priority: Int32
    let why: String

    struct Window: Encodable { let opens, closes: String }
    struct Hours: Encodable { let low, usual, high: Int32 }

    init(_ item: SpottingItem) {
      id = item.id
      kind = item.kind.rawValue
      number = item.number
      object = item.object
      buyer = item.buyer.digits
      buyerName = item.buyerName
      departement = item.departement?.code
      cpv = item.cpv?.digits
      family = item.family?.label
      end = item.cell.end?.description
      contactBefore = item.contactBefore?.description
      amountCents = item.amount?.cents
      amountIsCeiling = item.amountIsCeiling
      criteria = [
        "duration": "\(item.cell.duration)", "amount": "\(item.cell.amount)", "nature": "\(item.cell.nature)",
        "people": "\(item.cell.people)",
      ]
      meetsAll = item.cell.meetsAll
      renewalWindow = item.window.map { Window(opens: $0.opens.description, closes: $0.closes.description) }
      aboveThreshold = item.cell.isAboveThreshold
      oneOff = item.cell.recurrence == .oneOff
      withSocialConsideration = item.social.isPositive
      if let low = item.cell.hoursLow, let usual = item.cell.hoursUsual, let high = item.cell.hoursHigh {
        hours = Hours(low: low, usual: usual, high: high)
      } else {
        hours = nil
      }
      duty = "\(item.cell.duty)"
      priority = item.cell.rank
      why = item.why
    }
  }
}
