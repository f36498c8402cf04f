extension Calibration {
  /// A question asked backwards: which rate, which amount… gives so many hours?
  public struct Wanted: Sendable, Equatable {
    /// The value looked for.
    public let field: Field
    /// The hours to reach; nil for the floor from which a clause is worth it.
    public let hours: Hours?

    /// A question; without hours it asks from where a clause is worth it.
    public init(_ field: Field, hours: Hours? = nil) {
      self.field = field
      self.hours = hours
    }
  }

  /// What a question asked backwards finds.
  public struct Answer: Sendable, Equatable {
    /// A value that a field may hold.
    public enum Value: Sendable, Equatable {
      /// Euros, before tax.
      case euros(Euros)
      /// A share of the whole.
      case share(Percent)
      /// Hours of labour.
      case hours(Hours)
      /// A number of posts.
      case number(Quotient)

      /// The value in French.
      public var french: String {
        switch self {
        case .euros(let value): value.figureText
        case .share(let value): value.french
        case .hours(let value): value.french
        case .number(let value): value.numberText
        }
      }
    }

    /// The value looked for.
    public let field: Field
    /// The hours to reach.
    public let target: Hours
    /// The least value that reaches them, to the euro, the hundredth of a percent, the hundredth; nil where none does.
    public let value: Value?
    /// The case sized with that value, or with the whole where none reaches the hours.
    public let sizing: Sizing?
    /// How it was found.
    public let derivation: Derivation
  }
}

extension Calibration.Method {
  /// The values that the method can be asked for backwards.
  public var canFind: [Calibration.Field] {
    switch self {
    case .labourShare: [.insertionRate, .amount, .labourShare]
    case .labourHours: [.insertionRate, .hours]
    case .cleaningTakeover: [.insertionRate, .amount]
    case .perInvoiced: [.invoiced]
    case .fullTimeEquivalent: [.count]
    case .scale: [.amount]
    }
  }
}

extension Calibrator {
  /// The least value of a field that gives so many hours by a method; what the case says of that field is left aside.
  ///
  /// Throws every other value that is missing, and the field itself where the method cannot be asked for it.
  public func find(
    _ wanted: Calibration.Wanted, in given: Calibration.Case, by method: Calibration.Method
  ) throws(Calibration.Gaps) -> Calibration.Answer {
    var attempt = SizingAttempt(self, given, method)
    guard method.canFind.contains(wanted.field) else {
      let all = French.list(method.canFind.map(\.french), last: "ou")
      attempt.gap(wanted.field, "Cette méthode permet de chercher \(all), non \(wanted.field.french).")
      throw Calibration.Gaps(all: attempt.gaps)
    }
    let target = attempt.target(wanted)
    let found = attempt.inverse(wanted.field, Quotient(target))
    guard attempt.gaps.isEmpty else { throw Calibration.Gaps(all: attempt.gaps) }
    var filled = given
    let value = found?.value(of: wanted.field)
    let isWithin: Bool
    switch value {
    case .share(let share)?:
      isWithin = share <= Percent(100)
      let shown = min(share, Percent(100))
      if wanted.field == .labourShare { filled.labourShare = shown } else { filled.insertionRate = shown }
    case .euros(let euros)?:
      isWithin = euros <= Calibration.greatestAmount
      if wanted.field == .invoiced { filled.invoiced = euros } else { filled.amount = euros }
    case .hours(let hours)?:
      isWithin = hours <= Calibration.greatestHours
      filled.labourHours = hours
    case .number(let count)?:
      isWithin = count <= Quotient(Calibration.greatestHours)
      filled.count = count
    case nil: isWithin = false
    }
    guard isWithin, let value else {
      return unreachable(wanted.field, target, value == nil ? nil : filled, attempt)
    }
    let sizing = try size(filled, by: method)
    // What was proposed is said by the sizing: only the steps are taken from the way back.
    var derivation = Derivation()
    for step in attempt.derivation.steps { derivation.step(step.label, step.formula, gives: step.result) }
    derivation.step("Vérification avec la valeur trouvée", value.french, gives: sizing.exactHours.french)
    derivation.append(sizing.derivation)
    return .init(field: wanted.field, target: target, value: value, sizing: sizing, derivation: derivation)
  }

  /// The answer where no value gives the hours; `filled` is the case with the greatest share, if a share was sought.
  private func unreachable(
    _ field: Calibration.Field, _ target: Hours, _ filled: Calibration.Case?, _ attempt: SizingAttempt
  ) -> Calibration.Answer {
    var derivation = attempt.derivation
    let isShare = field == .insertionRate || field == .labourShare
    let whole = isShare ? filled.flatMap { try? size($0, by: attempt.method) } : nil
    let sentence =
      whole.map {
        "Même à \(Percent(100).french), ce contrat ne donne que \($0.exactHours.french) sur \(target.french)."
      } ?? "Aucune valeur ne donne \(target.french) ici."
    derivation.note(
      Finding(
        .warning, "unreachable", sentence, mend: "Visez moins d’heures, ou changez les autres valeurs.",
        place: field.rawValue))
    return .init(field: field, target: target, value: nil, sizing: whole, derivation: derivation)
  }
}

extension Quotient {
  /// The least value of a field that is not under this one; nil beyond what the field can hold.
  fileprivate func value(of field: Calibration.Field) -> Calibration.Answer.Value? {
    switch field {
    case .insertionRate, .labourShare: percent(.up).map { .share($0) }
    case .hours: hours(.up).map { .hours($0) }
    case .count: hours(.up).map { .number(Quotient($0)) }
    default: Quotient(whole(.up)).euros().map { .euros($0) }
    }
  }
}

extension SizingAttempt {
  /// The hours to reach, or the floor from which a clause is worth it.
  fileprivate mutating func target(_ wanted: Calibration.Wanted) -> Hours {
    if let hours = wanted.hours {
      if hours.hundredths <= 0 || hours > Calibration.greatestHours {
        gap(wanted.field, "Le nombre d’heures voulu doit être plus grand que zéro et vraisemblable.")
      }
      return hours
    }
    let floor = derivation.use(calibrator.floor)
    derivation.step("Heures à atteindre pour que la clause vaille l’effort", gives: floor.french)
    return floor
  }

  /// The exact value of a field that gives so many hours; nil where a value is missing or none gives them.
  fileprivate mutating func inverse(_ field: Calibration.Field, _ target: Quotient) -> Quotient? {
    switch (method, field) {
    case (.labourShare, .amount):
      let share = labourShare()
      let rate = insertionRate()
      let cost = hourlyCost()
      guard let share, let rate, let cost else { return nil }
      return divide(
        target * Quotient(cost), by: Quotient(share) * Quotient(rate), field,
        "\(target.hoursText) × \(cost.figureText) ÷ (\(share.french) × \(rate.french))"
      ) { $0.eurosText }
    case (.labourShare, .insertionRate), (.labourShare, .labourShare):
      let amount = euros(given.amount, .amount)
      let other = field == .labourShare ? insertionRate() : labourShare()
      let cost = hourlyCost()
      guard let amount, let other, let cost else { return nil }
      return divide(
        target * Quotient(cost), by: Quotient(amount) * Quotient(other), field,
        "\(target.hoursText) × \(cost.figureText) ÷ (\(amount.figureText) × \(other.french))"
      ) { $0.percentText }
    case (.labourHours, .insertionRate):
      guard let hours = hours(given.labourHours, .hours) else { return nil }
      return divide(target, by: Quotient(hours), field, "\(target.hoursText) ÷ \(hours.french)") { $0.percentText }
    case (.labourHours, _):
      guard let rate = insertionRate() else { return nil }
      return divide(target, by: Quotient(rate), field, "\(target.hoursText) ÷ \(rate.french)") { $0.hoursText }
    case (.cleaningTakeover, _): return cleaningInverse(field, target)
    case (.perInvoiced, _):
      let slice = euros(given.eurosPerHour, .eurosPerHour, positive: true)
      let trigger = euros(given.trigger ?? Euros(0), .trigger)
      guard let slice, let trigger else { return nil }
      // An hour begun is not due: it takes the euros of the whole one.
      let whole = Quotient(target.whole(.up))
      if whole != target {
        derivation.step("Heures à atteindre, en tranches entières", target.hoursText, gives: whole.hoursText)
      }
      let slices = whole * Quotient(slice)
      let formula = "\(whole.hoursText) × \(slice.figureText)"
      guard given.catchesUp else {
        let found = slices + Quotient(trigger)
        derivation.step("Facturé à atteindre", "\(trigger.figureText) + \(formula)", gives: found.eurosText)
        return found
      }
      let found = max(slices, Quotient(trigger))
      derivation.step("Facturé pour ces heures", formula, gives: slices.eurosText)
      derivation.step(
        "Facturé à atteindre", "la plus grande valeur entre \(slices.eurosText) et le seuil de \(trigger.figureText)",
        gives: found.eurosText)
      return found
    case (.fullTimeEquivalent, _):
      var year = self
      year.given.count = Quotient(1)
      guard let hours = year.exact() else {
        gaps += year.gaps
        return nil
      }
      derivation = year.derivation
      return divide(target, by: hours, field, "\(target.hoursText) ÷ \(hours.hoursText) par poste") { $0.numberText }
    default: return scaleInverse(target)
    }
  }

  /// A = C × (I ÷ T + S × N), or T = I ÷ (A ÷ C − S × N): the take-over formula turned round.
  private mutating func cleaningInverse(_ field: Calibration.Field, _ target: Quotient) -> Quotient? {
    let months = months(given.months)
    let staff = hours(given.monthlyHoursTakenOver, .monthlyHoursTakenOver)
    let cost = hourlyCost()
    if field == .amount {
      let rate = insertionRate()
      guard let months, let staff, let cost, let rate else { return nil }
      let taken = Quotient(staff) * Quotient(months)
      guard let labour = target.divided(by: Quotient(rate)) else { return nil }
      let found = Quotient(cost) * (labour + taken)
      derivation.step(
        "Montant à atteindre",
        "\(cost.figureText) × (\(target.hoursText) ÷ \(rate.french) + \(staff.french) × \(French.integer(months)))",
        gives: found.eurosText)
      return found
    }
    let amount = euros(given.amount, .amount, positive: true)
    guard let months, let staff, let cost, let amount, let whole = Quotient(amount).divided(by: Quotient(cost))
    else { return nil }
    let free = whole - Quotient(staff) * Quotient(months)
    guard free > Quotient(0) else { return nil }
    derivation.step(
      "Heures que le personnel repris laisse libres",
      "\(amount.figureText) ÷ \(cost.figureText) − \(staff.french) × \(French.integer(months))", gives: free.hoursText)
    return divide(target, by: free, field, "\(target.hoursText) ÷ \(free.hoursText)") { $0.percentText }
  }

  /// The least amount of the first rung that gives so many hours.
  private mutating func scaleInverse(_ target: Quotient) -> Quotient? {
    var from = Quotient(1)
    for rung in calibrator.rungs {
      if Quotient(rung.value.hours) >= target {
        derivation.use(rung)
        derivation.step("Premier palier qui suffit", rung.value.figureText, gives: from.eurosText)
        return from
      }
      if let under = rung.value.under { from = Quotient(under) }
    }
    return nil
  }

  private mutating func divide(
    _ above: Quotient, by below: Quotient, _ field: Calibration.Field, _ formula: String, _ text: (Quotient) -> String
  ) -> Quotient? {
    guard let found = above.divided(by: below) else { return nil }
    let name = field.french
    derivation.step("\(name.prefix(1).uppercased())\(name.dropFirst()) à atteindre", formula, gives: text(found))
    return found
  }
}
