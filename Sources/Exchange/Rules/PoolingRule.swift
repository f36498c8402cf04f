internal import Clauses

extension Rule {
  /// The best allocation of hours to commitments, with its certificate; or the check of one.
  static let pooling = Rule(
    name: "pooling",
    summary: "Affecte au mieux les heures aux engagements, sous convention de globalisation, avec un certificat.",
    fields: [
      (
        "supplies",
        "Heures comptabilisées\u{202F}: id, company, area, month, hours, own (leur propre engagement), policy"
      ),
      ("supplies/person", "Pseudonyme de la personne, facultatif"),
      (
        "commitments",
        "Engagements\u{202F}: id, company, area, from, to, missing, acceptsPooling, penaltyPerHour, buyer, policy"
      ),
      (
        "agreements",
        "Conventions, facultatif\u{202F}: id, company, area, from, to, policy, buyers (buyer, consents, sees), commitments"
      ),
      ("order", "penalty (par défaut) ou deadline\u{202F}: ce qui compte d’abord, après les heures propres"),
      ("verify", "À contrôler au lieu de calculer\u{202F}: allocations et certificate d’une réponse"),
    ],
    example: """
      {"supplies":[{"id":"s1","company":"A","area":"X","month":"2026-03","hours":151.67,"own":"c1"}],\
      "commitments":[{"id":"c1","company":"A","area":"X","from":"2026-01","to":"2026-12","missing":100,\
      "acceptsPooling":true,"penaltyPerHour":200}]}
      """
  ) { (input, context) throws(RuleFaults) in
    let given = try PoolingRule.given(&input)
    let proposal = input.object("verify", required: false) { PoolingRule.plan(&$0, given) }
    try input.check()
    if let proposal { return PoolingRule.verdict(proposal, proposal.findings()) }
    do throws(MissingFigure) {
      return try PoolingRule.answer(PoolingPlan(given), context.figures)
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }
}

/// The JSON of pooling: a case in, a plan with its certificate out, and back to be checked.
public enum PoolingRule {
  /// Whether an output of the rule is right and best for an input: its lines, its certificate and its totals.
  ///
  /// `{"valid":true,"findings":[]}`; solves nothing. Throws what cannot be read in either document.
  public static func verify(input: [UInt8], output: [UInt8]) throws(RuleFaults) -> RuleJSON {
    var asked = try RuleInput(input)
    let given = try given(&asked)
    try asked.check()
    var told = try RuleInput(output)
    let plan = plan(&told, given)
    let covered = told.hours("covered")
    let avoided = told.euros("penaltyAvoided")
    try told.check()
    guard let plan else { throw RuleFaults([RuleFault("", "La réponse à contrôler est illisible.")]) }
    var findings = plan.findings()
    // Totals of lines that were refused may be anything, even too great to add up.
    if findings.isEmpty, covered != plan.covered {
      findings.append(total("covered", "Le total des heures n’est pas la somme des lignes."))
    }
    if findings.isEmpty, avoided != plan.penaltyAvoided {
      findings.append(total("penaltyAvoided", "La pénalité évitée n’est pas celle des heures affectées."))
    }
    return verdict(plan, findings)
  }

  private static func total(_ field: String, _ sentence: String) -> Finding {
    Finding(.fault, "wrongTotal", sentence, mend: "Refaites le calcul.", place: field)
  }

  // MARK: - In

  static func given(_ input: inout RuleInput) throws(RuleFaults) -> PoolingCase {
    let supplies = input.objects("supplies", supply)
    let commitments = input.objects("commitments", commitment)
    let listed = input.objects("agreements", required: false, agreement)
    let agreements = input.has("agreements") ? listed : nil
    let order = input.choice("order", PoolingOrder.self, required: false) ?? .penalty
    try input.check()
    do {
      return try PoolingCase(supplies: supplies, commitments: commitments, agreements: agreements, order: order)
    } catch {
      throw RuleFaults(
        error.all.map { fault in
          let place = ([fault.list] + [fault.index.map { String($0) }, fault.field].compactMap { $0 })
          return RuleFault("/" + place.joined(separator: "/"), fault.sentence)
        })
    }
  }

  private static func supply(_ input: inout RuleInput) -> PoolingSupply? {
    let (id, company, area) = (input.text("id"), input.text("company"), input.text("area"))
    let (month, hours) = (input.month("month"), input.hours("hours"))
    let own = input.text("own", required: false)
    let person = input.text("person", required: false)
    let policy = input.text("policy", required: false)
    guard let id, let company, let area, let month, let hours else { return nil }
    return PoolingSupply(
      id: id, company: company, area: area, month: month, hours: hours, own: own, person: person, policy: policy)
  }

  private static func commitment(_ input: inout RuleInput) -> PoolingCommitment? {
    let (id, company, area) = (input.text("id"), input.text("company"), input.text("area"))
    let (from, to, missing) = (input.month("from"), input.month("to"), input.hours("missing"))
    let accepts = input.flag("acceptsPooling", required: false) ?? false
    let penalty = input.euros("penaltyPerHour", required: false) ?? Euros(0)
    let buyer = input.text("buyer", required: false)
    let policy = input.text("policy", required: false)
    guard let id, let company, let area, let from, let to, let missing else { return nil }
    return PoolingCommitment(
      id: id, company: company, area: area, from: from, to: to, missing: missing, acceptsPooling: accepts,
      penaltyPerHour: penalty, buyer: buyer, policy: policy)
  }

  private static func agreement(_ input: inout RuleInput) -> PoolingAgreement? {
    let (id, company, area) = (input.text("id"), input.text("company"), input.text("area"))
    let (from, to) = (input.month("from"), input.month("to"))
    let policy = input.text("policy", required: false)
    let parties = input.objects("buyers") { party -> PoolingAgreement.Party? in
      let buyer = party.text("buyer")
      let consents = party.flag("consents")
      let sees = party.choice("sees", PoolingAgreement.Sight.self, required: false) ?? .ownShare
      guard let buyer, let consents else { return nil }
      return PoolingAgreement.Party(buyer: buyer, consents: consents, sees: sees)
    }
    let listed = input.texts("commitments")
    let commitments = input.has("commitments") ? Set(listed) : nil
    guard let id, let company, let area, let from, let to else { return nil }
    return PoolingAgreement(
      id: id, company: company, area: area, from: from, to: to, policy: policy, parties: parties,
      commitments: commitments)
  }

  /// The lines and the certificate of an answer.
  static func plan(_ input: inout RuleInput, _ given: PoolingCase) -> PoolingPlan? {
    let allocations = input.objects("allocations") { line -> Allocation? in
      let (supply, commitment, hours) = (line.text("supply"), line.text("commitment"), line.hours("hours"))
      guard let supply, let commitment, let hours else { return nil }
      return Allocation(supply: supply, commitment: commitment, hours: hours)
    }
    let certificate = input.object("certificate") { certificate -> PoolingCertificate? in
      let order = certificate.choice("order", PoolingOrder.self)
      let supplies = certificate.objects("supplies") { priced(&$0, "supply") }
      let commitments = certificate.objects("commitments") { priced(&$0, "commitment") }
      return order.map { PoolingCertificate(order: $0, supplies: supplies, commitments: commitments) }
    }
    return certificate.map { PoolingPlan(given, allocations: allocations, certificate: $0) }
  }

  private static func priced(_ input: inout RuleInput, _ name: String) -> PoolingCertificate.Priced? {
    let bounds = -1_000_000_000_000_000...1_000_000_000_000_000
    let id = input.text(name)
    let (own, penalty) = (input.whole("own", in: bounds), input.whole("penalty", in: bounds))
    let (hours, deadline) = (input.whole("hours", in: bounds), input.whole("deadline", in: bounds))
    guard let id, let own, let penalty, let hours, let deadline else { return nil }
    return PoolingCertificate.Priced(
      id: id,
      price: PoolingPrice(own: Int64(own), penalty: Int64(penalty), hours: Int64(hours), deadline: Int64(deadline)))
  }

  // MARK: - Out

  static func verdict(_ plan: PoolingPlan, _ findings: [Finding]) -> RuleJSON {
    .object([("valid", .flag(findings.isEmpty)), ("findings", .list(findings.map(\.json)))])
  }

  static func answer(_ plan: PoolingPlan, _ figures: Figures) throws(MissingFigure) -> RuleJSON {
    let derivation = try plan.derivation(figures: figures)
    let penalties = Dictionary(plan.given.commitments.map { ($0.id, $0.penaltyPerHour) }) { first, _ in first }
    return .object(
      [
        ("allocations", .list(plan.allocations.map(\.json))),
        ("covered", .hours(plan.covered)),
        ("coveredByOwn", .hours(plan.coveredByOwn)),
        ("penaltyAvoided", plan.penaltyAvoided.map { .euros($0) } ?? .null),
        ("order", .text(plan.given.order.rawValue)),
        (
          "unallocated",
          .list(plan.unallocated.map { .object([("supply", .text($0.id)), ("hours", .hours($0.hours))]) })
        ),
        (
          "uncovered",
          .list(
            plan.uncovered.map { rest in
              let penalty = (Quotient(rest.hours) * Quotient(penalties[rest.id] ?? Euros(0))).euros()
              return .object([
                ("commitment", .text(rest.id)), ("hours", .hours(rest.hours)),
                ("penalty", penalty.map { .euros($0) } ?? .null),
              ])
            })
        ),
        ("splits", .whole(plan.splits)),
        ("certificate", plan.certificate.json),
        ("buyers", .list(plan.views.map(\.json))),
      ] + derivation.fields)
  }
}

extension Allocation {
  /// `{"supply":"s1","commitment":"c1","hours":100}`.
  var json: RuleJSON {
    .object([("supply", .text(supply)), ("commitment", .text(commitment)), ("hours", .hours(hours))])
  }
}

extension PoolingCertificate {
  /// The order of the levels and every price.
  var json: RuleJSON {
    .object([
      ("order", .text(order.rawValue)),
      ("supplies", .list(supplies.map { $0.json("supply") })),
      ("commitments", .list(commitments.map { $0.json("commitment") })),
    ])
  }
}

extension PoolingCertificate.Priced {
  /// `{"supply":"s1","own":0,"penalty":20000,"hours":1,"deadline":2}`: the worth of an hour, penalty in cents.
  func json(_ name: String) -> RuleJSON {
    .object([
      (name, .text(id)), ("own", .whole(price.own)), ("penalty", .whole(price.penalty)),
      ("hours", .whole(price.hours)), ("deadline", .whole(price.deadline)),
    ])
  }
}

extension PoolingView {
  /// A buyer and what it sees.
  var json: RuleJSON {
    .object([
      ("buyer", .text(buyer)),
      (
        "commitments",
        .list(
          shares.map { share in
            .object([
              ("commitment", .text(share.commitment)), ("isOwn", .flag(share.isOwn)),
              ("missing", .hours(share.missing)), ("covered", .hours(share.covered)),
              ("pooled", .hours(share.pooled)),
            ])
          })
      ),
    ])
  }
}
