import Clauses
import Foundation

/// What pages show of an award notice but no list filters on, kept as one JSON text beside the columns.
///
/// Written by hand (an import writes hundreds of thousands of them), read with Foundation's decoder (a page reads one).
enum NoticeDetails {
  /// The JSON text of a notice's details; the same notice always gives the same text.
  static func encode(_ notice: AwardNotice) -> String {
    var json = JSONText()
    json.object {
      $0.field("procedure", notice.procedure)
      $0.field("framework", notice.frameworkNumber)
      $0.field("place", notice.place?.name)
      $0.field("start", notice.start?.description)
      $0.field("conditions", notice.generalConditions)
      $0.field("price", notice.priceForm)
      $0.field("grouping", notice.grouping)
      $0.field("offers", notice.offersReceived)
      $0.field("source", notice.source)
      $0.list("environment", notice.environmental) { $0.string($1) }
      $0.list("holders", notice.holders) { party(&$0, $1) }
      $0.list("amendments", notice.amendments) { amendment(&$0, $1) }
      $0.list("subcontracts", notice.subcontracts) { subcontract(&$0, $1) }
    }
    return json.text
  }

  private static func party(_ json: inout JSONText, _ party: AwardNotice.Party) {
    json.object {
      $0.field("id", party.identifier)
      $0.field("scheme", party.scheme)
      $0.field("name", party.name)
    }
  }

  private static func amendment(_ json: inout JSONText, _ amendment: AwardNotice.Amendment) {
    json.object {
      $0.field("number", amendment.number)
      $0.field("notified", amendment.notified?.description)
      $0.field("published", amendment.published?.description)
      $0.field("object", amendment.object)
      $0.field("months", amendment.durationMonths)
      $0.field("cents", amendment.amount.map { Int($0.cents) })
      $0.list("holders", amendment.holders) { party(&$0, $1) }
    }
  }

  private static func subcontract(_ json: inout JSONText, _ act: AwardNotice.Subcontract) {
    json.object {
      $0.field("number", act.number)
      if let performer = act.subcontractor { $0.list("who", [performer]) { party(&$0, $1) } }
      $0.field("months", act.durationMonths)
      $0.field("notified", act.notified?.description)
      $0.field("cents", act.amount.map { Int($0.cents) })
    }
  }

  /// Puts the details back on a notice read from the columns.
  static func decode(_ text: String, into notice: inout AwardNotice) throws {
    let stored = try JSONDecoder().decode(Stored.self, from: Data(text.utf8))
    notice.procedure = stored.procedure
    notice.frameworkNumber = stored.framework
    notice.place?.name = stored.place
    notice.start = stored.start.flatMap { Day($0) }
    notice.generalConditions = stored.conditions
    notice.priceForm = stored.price
    notice.grouping = stored.grouping
    notice.offersReceived = stored.offers
    notice.source = stored.source
    notice.environmental = stored.environment ?? []
    notice.holders = stored.holders?.map(\.value) ?? []
    notice.amendments = stored.amendments?.map(\.value) ?? []
    notice.subcontracts = stored.subcontracts?.map(\.value) ?? []
  }

  private struct Stored: Decodable {
    var procedure, framework, place, start, conditions, price, grouping, source: String?
    var offers: Int?
    var environment: [String]?
    var holders: [StoredParty]?
    var amendments: [StoredAmendment]?
    var subcontracts: [StoredSubcontract]?
  }

  private struct StoredParty: Decodable {
    var id: String
    var scheme, name: String?
    var value: AwardNotice.Party { AwardNotice.Party(identifier: id, scheme: scheme, name: name) }
  }

  private struct StoredAmendment: Decodable {
    var number, notified, published, object: String?
    var months, cents: Int?
    var holders: [StoredParty]?
    var value: AwardNotice.Amendment {
      var amendment = AwardNotice.Amendment()
      amendment.number = number
      amendment.notified = notified.flatMap { Day($0) }
      amendment.published = published.flatMap { Day($0) }
      amendment.object = object
      amendment.durationMonths = months
      amendment.amount = cents.map { Euros(cents: Int64($0)) }
      amendment.holders = holders?.map(\.value) ?? []
      return amendment
    }
  }

  private struct StoredSubcontract: Decodable {
    var number, notified: String?
    var months, cents: Int?
    var who: [StoredParty]?
    var value: AwardNotice.Subcontract {
      var act = AwardNotice.Subcontract()
      act.number = number
      act.subcontractor = who?.first?.value
      act.durationMonths = months
      act.notified = notified.flatMap { Day($0) }
      act.amount = cents.map { Euros(cents: Int64($0)) }
      return act
    }
  }
}
