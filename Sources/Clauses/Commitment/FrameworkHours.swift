/// How the hours due by a framework agreement grow with what is ordered and invoiced: one hour for so many euros.
public struct FrameworkHours: Sendable, Equatable {
  /// An amount of a day: an order, a call-off, an invoice.
  public struct Amount: Sendable, Equatable {
    /// The day.
    public var day: Day
    /// The amount before tax.
    public var amount: Euros
    /// Euros an hour for this amount; nil: that of the framework.
    public var eurosPerHour: Euros?
    /// The member of the consortium that invoices; nil where nobody is named.
    public var member: String?

    /// An amount from its parts.
    public init(day: Day, amount: Euros, eurosPerHour: Euros? = nil, member: String? = nil) {
      self.day = day
      self.amount = amount
      self.eurosPerHour = eurosPerHour
      self.member = member
    }
  }

  /// Euros that make one hour due, before tax; positive.
  public var eurosPerHour: Euros
  /// The total from which hours are due; nothing below.
  public var trigger: Euros
  /// Whether the amounts under the trigger make hours due too, once it is reached.
  public var catchesUp: Bool

  /// A framework's rule; the trigger is zero where there is none.
  public init(eurosPerHour: Euros, trigger: Euros = Euros(0), catchesUp: Bool = false) {
    self.eurosPerHour = eurosPerHour
    self.trigger = trigger
    self.catchesUp = catchesUp
  }

  /// The whole hours that amounts make due until a day included, with the steps.
  ///
  /// Amounts fill the trigger in the order of their days; each counts at its own rate; the total is rounded
  /// down, since a slice begun is not a slice.
  public func hours(
    of amounts: [Amount], until day: Day, named name: String, into derivation: inout Derivation
  ) -> Hours {
    let known = amounts.enumerated().filter { $0.element.day <= day }
      .sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    let total = known.reduce(Euros(0)) { $0 + $1.amount }
    derivation.step("\(name) jusqu’au \(day.french)", gives: total.french)
    guard total >= trigger else {
      derivation.step(
        "Heures d’après ce cumul", "cumul sous le seuil de \(trigger.french)", gives: Hours(0).french)
      return Hours(0)
    }
    var seen = Euros(0)
    var counts: [Euros: Euros] = [:]
    for item in known {
      let below = catchesUp ? Euros(0) : min(max(trigger - seen, Euros(0)), max(item.amount, Euros(0)))
      let counted = item.amount - below
      seen = seen + item.amount
      counts[item.eurosPerHour ?? eurosPerHour, default: Euros(0)] =
        counts[item.eurosPerHour ?? eurosPerHour, default: Euros(0)] + counted
    }
    // Fractions of an hour, rounded up to a part of one that no rate can tell apart: whole sums stay whole.
    let scale = Int128(Int64.max)
    var parts: Int128 = 0
    var terms: [String] = []
    for (rate, counted) in counts.sorted(by: { $0.key < $1.key }) {
      parts += Quotient(Int128(counted.cents) * scale, over: Int128(rate.cents))?.whole(.up) ?? 0
      terms.append("\(counted.french) ÷ \(rate.french)")
    }
    let exact = Quotient(parts, over: scale) ?? Quotient(0)
    let hours = Hours(Int(clamping: max(exact.whole(.down), 0)))
    let result = exact < Quotient(0) ? exact.floorText : hours.french
    derivation.step(
      "Heures d’après ce cumul", terms.isEmpty ? nil : terms.joined(separator: " + "),
      gives: "\(result), tranches entières")
    return hours
  }
}
