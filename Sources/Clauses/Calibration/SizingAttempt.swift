/// One case on its way through one method: what is missing is gathered, what is proposed is said.
struct SizingAttempt {
  let calibrator: Calibrator
  let method: Calibration.Method
  var given: Calibration.Case
  var derivation = Derivation()
  var gaps: [Calibration.Gap] = []

  init(_ calibrator: Calibrator, _ given: Calibration.Case, _ method: Calibration.Method) {
    self.calibrator = calibrator
    self.given = given
    self.method = method
  }

  /// Whether the purchase is cleaning, where the floor of hours is established.
  var isCleaning: Bool {
    if method == .cleaningTakeover { return true }
    return given.cpv.flatMap { calibrator.segments.sheet(of: $0) }?.segment.value.code == Calibration.cleaningSegment
  }

  // MARK: - Values

  mutating func gap(_ field: Calibration.Field, _ sentence: String) {
    gaps.append(.init(field: field, isMissing: false, sentence: sentence))
  }

  private mutating func missing(_ field: Calibration.Field, _ mend: String) {
    gaps.append(.init(field: field, isMissing: true, sentence: "Il manque\(colon) \(mend)"))
  }

  /// A value that the method cannot do without.
  mutating func need<Value>(_ value: Value?, _ field: Calibration.Field) -> Value? {
    if value == nil { missing(field, "donnez \(field.french).") }
    return value
  }

  /// An amount that is not negative and that exact arithmetic can hold.
  mutating func euros(_ value: Euros?, _ field: Calibration.Field, positive: Bool = false) -> Euros? {
    guard let value = need(value, field) else { return nil }
    guard value.cents >= 0, !positive || value.cents > 0 else {
      gap(field, "Cette valeur (\(field.french)) doit être \(positive ? "plus grande que zéro" : "positive ou nulle").")
      return nil
    }
    guard value <= Calibration.greatestAmount else {
      gap(field, "Cette valeur (\(field.french)) dépasse \(Calibration.greatestAmount.french)\(colon) vérifiez-le.")
      return nil
    }
    return value
  }

  mutating func hours(_ value: Hours?, _ field: Calibration.Field, positive: Bool = false) -> Hours? {
    guard let value = need(value, field) else { return nil }
    guard value.hundredths >= 0, !positive || value.hundredths > 0 else {
      gap(field, "Cette valeur (\(field.french)) doit être \(positive ? "plus grande que zéro" : "positive ou nulle").")
      return nil
    }
    guard value <= Calibration.greatestHours else {
      gap(field, "Cette valeur (\(field.french)) dépasse \(Calibration.greatestHours.french)\(colon) vérifiez-le.")
      return nil
    }
    return value
  }

  mutating func months(_ value: Int?) -> Int? {
    guard let value = need(value, .months) else { return nil }
    guard (1...Calibration.greatestMonths).contains(value) else {
      gap(.months, "La durée va de 1 à \(French.integer(Calibration.greatestMonths))\(French.noBreak)mois.")
      return nil
    }
    return value
  }

  /// The share of labour, given or proposed.
  mutating func labourShare() -> Percent? {
    if let share = given.labourShare { return share }
    given.labourShare = propose(
      given.cpv.flatMap { calibrator.segments.figures(of: $0).labourShare?.usual }, .labourShare)
    return given.labourShare
  }

  /// The rate of insertion, given or proposed; one that surprises is told.
  mutating func insertionRate() -> Percent? {
    let least = given.programme.flatMap { calibrator.programmeRates[$0] }
    if given.insertionRate == nil {
      let cpv = given.cpv ?? (method == .cleaningTakeover ? calibrator.segments.cleaning : nil)
      given.insertionRate = propose(
        least ?? cpv.flatMap { calibrator.segments.figures(of: $0).insertionRate?.usual }, .insertionRate)
    }
    guard let rate = given.insertionRate else { return nil }
    if let least, let programme = given.programme {
      derivation.use(least)
      if rate < least.value {
        derivation.note(
          Finding(
            .warning, "underProgrammeRate",
            "\(rate.french), sous le minimum de \(least.french) du programme\(colon) \(programme.french).",
            mend: "Portez le taux à \(least.french) au moins.", place: Calibration.Field.insertionRate.rawValue))
      }
    }
    let (low, high) = calibrator.rates
    if rate < low.value || rate > high.value {
      derivation.use(low)
      derivation.use(high)
      derivation.note(
        Finding(
          .warning, "unusualRate",
          "Un taux de \(rate.french) sort des taux rencontrés, de \(low.french) à \(high.french).",
          mend: "Vérifiez-le, ou gardez par écrit ce qui le justifie.",
          place: Calibration.Field.insertionRate.rawValue))
    }
    return rate
  }

  /// The cost of an hour, given or proposed; one that surprises is told.
  mutating func hourlyCost() -> Euros? {
    if given.hourlyCost == nil {
      let cpv = given.cpv ?? (method == .cleaningTakeover ? calibrator.segments.cleaning : nil)
      given.hourlyCost = propose(cpv.flatMap { calibrator.segments.figures(of: $0).hourlyCost?.usual }, .hourlyCost)
    }
    guard given.hourlyCost != nil, let cost = euros(given.hourlyCost, .hourlyCost, positive: true) else { return nil }
    let (low, high) = calibrator.costs
    if cost < low.value || cost > high.value {
      derivation.use(low)
      derivation.use(high)
      derivation.note(
        Finding(
          .warning, "unusualCost",
          "Un coût horaire de \(cost.figureText) sort des coûts rencontrés, de \(low.french) à \(high.french).",
          mend: "Vérifiez qu’il comprend le salaire et les charges, sans la marge.",
          place: Calibration.Field.hourlyCost.rawValue))
    }
    return cost
  }

  private mutating func propose<Value>(_ figure: Figure<Value>?, _ field: Calibration.Field) -> Value? {
    guard let figure else {
      let mend =
        given.cpv == nil
        ? "donnez \(field.french), ou un code CPV pour qu’une valeur soit proposée."
        : "donnez \(field.french)\(semicolon) aucune valeur n’est connue pour ce code CPV."
      missing(field, mend)
      return nil
    }
    derivation.use(figure)
    let isSure = figure.status == .verified || figure.status == .derived
    derivation.note(
      Finding(
        isSure ? .information : .warning, "proposed.\(field.rawValue)",
        "\(figure.label)\(colon) \(figure.french) proposé (\(figure.status.french)).",
        mend: "Remplacez cette valeur par celle du lot si vous la connaissez.", place: field.rawValue))
    return figure.value
  }

  // MARK: - Result

  /// The result from the exact hours, or what is missing.
  mutating func concluded(_ exact: Quotient?) throws(Calibration.Gaps) -> Sizing {
    guard gaps.isEmpty, let exact, let hundredths = exact.hours(), let whole = given.rounding(exact) else {
      if gaps.isEmpty {
        gap(.amount, "Ces valeurs donnent un nombre d’heures hors de toute mesure\(colon) vérifiez-les.")
      }
      throw Calibration.Gaps(all: gaps)
    }
    if hundredths != whole {
      derivation.step("Arrondi \(given.rounding.french)", exact.hoursText, gives: whole.french)
    }
    let floor = Quotient(derivation.use(calibrator.floor))
    let isWorthwhile = exact >= floor
    note(isWorthwhile: isWorthwhile, hundredths)
    var people = 0
    if exact > Quotient(0), let ratio = exact.divided(by: Quotient(calibrator.perPerson.value)) {
      people = max(1, Int(ratio.whole()))
      derivation.use(calibrator.perPerson)
      let count = French.count(people, "personne")
      derivation.step(
        "Ordre de grandeur", "\(exact.hoursText) ÷ \(calibrator.perPerson.french) par personne",
        gives: ratio == Quotient(people) ? count : ratio < Quotient(1) ? "moins d’\(count)" : "environ \(count)")
    }
    return Sizing(
      method: method, used: given, exact: exact, exactHours: hundredths, hours: whole, isWorthwhile: isWorthwhile,
      people: people, derivation: derivation)
  }

  private mutating func note(isWorthwhile: Bool, _ hours: Hours) {
    let floor = calibrator.floor
    let source = "ce seuil de \(floor.french) est établi pour la propreté seulement"
    switch (isWorthwhile, isCleaning) {
    case (true, true): break
    case (true, false):
      derivation.note(
        Finding(
          .information, "floorFromCleaning",
          "\(hours.french), au-dessus de \(floor.french)\(colon) \(source), il sert ici de repère."))
    case (false, true):
      derivation.note(
        Finding(
          .warning, "underFloor",
          "\(hours.french), sous \(floor.french)\(colon) la branche de la propreté déconseille une clause.",
          mend: "Regroupez des lots, réservez-en un, ou demandez un effort qualitatif."))
    case (false, false):
      let moment = method == .perInvoiced ? " au montant facturé donné" : ""
      derivation.note(
        Finding(
          .warning, "underFloor",
          "\(hours.french)\(moment), sous \(floor.french)\(colon) \(source), à vous d’apprécier si la clause vaut l’effort.",
          mend: "Regroupez des lots, réservez-en un, ou demandez un effort qualitatif."))
    }
  }
}

extension Calibration {
  /// The code of the segment for which the floor of hours and the take-over formula are established.
  public static let cleaningSegment = "cleaning"
  /// The greatest amount that is sized: beyond it exact products would leave their 128 bits.
  static let greatestAmount = Euros(1_000_000_000_000)
  /// The greatest number of hours that is read.
  static let greatestHours = Hours(1_000_000_000)
  /// The longest duration that is read, in months.
  static let greatestMonths = 1200
}
