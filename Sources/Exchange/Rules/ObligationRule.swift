internal import Clauses

extension Rule {
  /// What is due on a lot on any day, and who owes what misses.
  static let obligation = Rule(
    name: "obligation",
    summary: "Heures dues un jour donné (minimum ou offre, tranches, avenants, commandes, factures), et qui les doit.",
    fields: [
      ("day", "jour où l’on regarde (aujourd’hui par défaut)"),
      ("minimum", "heures minimales du donneur d’ordre"),
      ("offer", "heures offertes par le titulaire"),
      ("basis", "ce qui est dû\u{202F}: minimum, offer ou larger (le plus grand, par défaut)"),
      ("private", "true pour un contrat privé\u{202F}: aucun article du code de la commande publique"),
      (
        "ccag",
        "CCAG auquel le contrat se réfère\u{202F}: works, suppliesServices, intellectual, ict, projectManagement, industrial"
      ),
      ("tranches", "tranches conditionnelles\u{202F}: name, hours, confirmedOn"),
      ("amendments", "avenants\u{202F}: name, day, hours (négatives pour retirer)"),
      ("framework", "accord-cadre\u{202F}: eurosPerHour, trigger (cumul qui déclenche), catchUp (rattrapage)"),
      ("orders", "commandes\u{202F}: day, amount, eurosPerHour propre à la commande"),
      ("invoices", "factures\u{202F}: day, amount, eurosPerHour, member"),
      (
        "consortium",
        "groupement\u{202F}: debt (several\u{202F}: divisée, joint\u{202F}: non divisée), split (share, amount, invoices), "
          + "members (name, share, amount), lead"
      ),
      ("credits", "heures comptabilisées\u{202F}: day, hours, member"),
      ("excuses", "heures excusées\u{202F}: day, hours, member"),
    ],
    example: """
      {
        "day": "2028-04-24", "minimum": 1688,
        "consortium": {"debt": "several", "members": [{"name": "A", "share": 0.6}, {"name": "B", "share": 0.4}], "lead": "A"},
        "credits": [{"day": "2028-03-31", "hours": 1020, "member": "A"}, {"day": "2028-03-31", "hours": 420, "member": "B"}],
        "excuses": [{"day": "2027-07-15", "hours": 80, "member": "B"}]
      }
      """
  ) { input, context throws(RuleFaults) in
    let day = input.day("day", required: false) ?? context.today
    var given = Obligation.Case(due: input.hoursDue())
    if let conditions = input.choice("ccag", GeneralConditions.self, required: false) {
      given.due.ccag = try Rule.withFigures { () throws(MissingFigure) in
        try InsertionClause(conditions, on: day, figures: context.figures)
      }
    }
    given.framework = input.object("framework", required: false) { $0.framework() }
    if !input.has("minimum"), !input.has("offer"), !input.has("framework"), !input.has("tranches") {
      input.fault("minimum", "Dites ce qui est dû\u{202F}: un minimum, une offre, des tranches ou un accord-cadre.")
    }
    given.orders = input.objects("orders", required: false) { $0.amount() }
    given.invoices = input.objects("invoices", required: false) { $0.amount() }
    let consortium = input.object("consortium", required: false) { $0.consortium() }
    given.consortium = consortium
    let names = consortium.map { $0.members.map(\.name) }
    let amounts = given.orders + given.invoices
    if amounts.contains(where: { $0.amount > Euros(100_000_000_000) || $0.amount < Euros(-100_000_000_000) }) {
      input.fault("invoices", "Une commande ou une facture ne passe pas 100 milliards d’euros.")
    }
    given.credits = input.objects("credits", required: false) { $0.movement(names) }
    given.excuses = input.objects("excuses", required: false) { $0.movement(names) }
    if let names {
      for invoice in given.invoices {
        if let member = invoice.member, !names.contains(member) {
          input.fault("invoices", "«\u{A0}\(member)\u{A0}» n’est pas membre du groupement.")
        }
      }
    }
    let hours =
      [given.due.minimum, given.due.offer].compactMap { $0 } + given.due.tranches.map(\.hours)
      + given.due.amendments.map(\.hours) + (given.credits + given.excuses).map(\.hours)
    if hours.contains(where: { $0 > Hours(1_000_000_000) || $0 < Hours(-1_000_000_000) }) {
      input.fault(nil, "Un nombre d’heures ne passe pas un milliard.")
    }
    try input.check()
    let result = Obligation(given, on: day)
    return .object(
      [("day", .day(day))] + result.account.fields
        + [
          ("fixed", .hours(result.fixed)), ("forecast", .hours(result.forecast)),
          ("debt", consortium.map { .text($0.debt.rawValue) } ?? .null),
          (
            "members",
            .list(result.members.map { .object([("name", .text($0.name))] + $0.account.fields) })
          ),
          (
            "owed",
            .list(
              result.owed.map {
                .object([("by", .list($0.by.map { .text($0) })), ("hours", .hours($0.hours))])
              })
          ),
        ] + result.derivation.fields)
  }
}

extension RuleInput {
  fileprivate mutating func hoursDue() -> HoursDue {
    let minimum = hours("minimum", required: false)
    let offer = hours("offer", required: false)
    let basis = choice("basis", HoursDue.Basis.self, required: false) ?? .larger
    if basis == .offer, !has("offer") { fault("offer", "Donnez l’offre\u{202F}: c’est elle qui est due.") }
    if basis == .minimum, !has("minimum") { fault("minimum", "Donnez le minimum\u{202F}: c’est lui qui est dû.") }
    let isPrivate = flag("private", required: false) ?? false
    let tranches = objects("tranches", required: false, most: 1000) { input -> HoursDue.Tranche? in
      let name = input.text("name")
      let hours = input.hours("hours")
      let confirmed = input.day("confirmedOn", required: false)
      guard let name, let hours else { return nil }
      return HoursDue.Tranche(name: name, hours: hours, confirmedOn: confirmed)
    }
    let amendments = objects("amendments", required: false, most: 1000) { input -> HoursDue.Amendment? in
      let name = input.text("name", required: false) ?? "Avenant"
      let day = input.day("day")
      let hours = input.hours("hours", negative: true)
      guard let day, let hours else { return nil }
      return HoursDue.Amendment(name: name, day: day, hours: hours)
    }
    return HoursDue(
      minimum: minimum, offer: offer, basis: basis, tranches: tranches, amendments: amendments, isPrivate: isPrivate)
  }

  fileprivate mutating func framework() -> FrameworkHours? {
    let rate = positive("eurosPerHour", required: true)
    let trigger = euros("trigger", required: false) ?? Euros(0)
    let catchesUp = flag("catchUp", required: false) ?? false
    return rate.map { FrameworkHours(eurosPerHour: $0, trigger: trigger, catchesUp: catchesUp) }
  }

  private mutating func positive(_ field: String, required: Bool) -> Euros? {
    guard let value = euros(field, required: required) else { return nil }
    guard value > Euros(0) else {
      fault(field, "Ce montant doit être plus grand que zéro.")
      return nil
    }
    return value
  }

  fileprivate mutating func amount() -> FrameworkHours.Amount? {
    let day = day("day")
    let amount = euros("amount", negative: true)
    let rate = positive("eurosPerHour", required: false)
    let member = text("member", required: false)
    guard let day, let amount else { return nil }
    return FrameworkHours.Amount(day: day, amount: amount, eurosPerHour: rate, member: member)
  }

  fileprivate mutating func consortium() -> Consortium? {
    let debt = choice("debt", Consortium.Debt.self)
    let split = choice("split", Consortium.Split.self, required: false) ?? .share
    let members = objects("members", most: 100) { input -> Consortium.Member? in
      let name = input.text("name", most: 200)
      let share = input.share("share", required: debt == .several && split == .share)
      let amount = input.euros("amount", required: debt == .several && split == .amount)
      return name.map { Consortium.Member(name: $0, share: share, amount: amount) }
    }
    let names = members.map(\.name)
    if members.isEmpty { fault("members", "Nommez au moins un membre.") }
    if Set(names).count < names.count { fault("members", "Deux membres portent le même nom.") }
    let shares = members.compactMap(\.share?.basisPoints)
    if debt == .several, split == .share, shares.count == members.count, !shares.isEmpty,
      shares.reduce(0, +) != Percent(100).basisPoints
    {
      fault("members", "Les parts des membres doivent faire 1 en tout.")
    }
    let lead = text("lead", required: false)
    if let lead, !names.contains(lead) { fault("lead", "Le mandataire doit être un des membres.") }
    return debt.map { Consortium(debt: $0, split: split, members: members, lead: lead) }
  }

  fileprivate mutating func movement(_ names: [String]?) -> Obligation.Movement? {
    let day = day("day")
    let hours = hours("hours")
    let member = text("member", required: false)
    if let member, !(names ?? []).contains(member) {
      fault("member", "«\u{A0}\(member)\u{A0}» n’est pas membre du groupement.")
    }
    guard let day, let hours else { return nil }
    return Obligation.Movement(day: day, hours: hours, member: member)
  }
}

extension Obligation.Account {
  fileprivate var fields: [(name: String, value: RuleJSON)] {
    [
      ("due", .hours(due)), ("credited", .hours(credited)), ("excused", .hours(excused)), ("missing", .hours(missing)),
      ("surplus", .hours(surplus)),
    ]
  }
}
