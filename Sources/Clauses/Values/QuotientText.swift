/// What a text says of a number that it does not give in full.
let roundedMark = " (arrondi)"

extension Quotient {
  /// Euros in French, saying when they are rounded to the cent.
  var eurosText: String {
    guard let euros = euros() else { return "\(whole())\(French.thin)€" }
    return Quotient(euros) == self ? euros.figureText : "\(euros.french)\(roundedMark)"
  }
  /// Hours in French, saying when they are rounded to the hundredth.
  var hoursText: String {
    guard let hours = hours() else { return "\(whole())\(French.noBreak)h" }
    return Quotient(hours) == self ? hours.french : "\(hours.french)\(roundedMark)"
  }
  /// A share in French, saying when it is rounded to the hundredth of a percent.
  var percentText: String {
    guard let percent = percent() else { return "\(whole())" }
    return Quotient(percent) == self ? percent.french : "\(percent.french)\(roundedMark)"
  }
  /// A number in French, saying when it is rounded to two decimals.
  var numberText: String {
    guard let hundredths = hours() else { return "\(whole())" }
    let text = French.hundredths(hundredths.hundredths, places: 0)
    return Quotient(hundredths) == self ? text : "\(text)\(roundedMark)"
  }
  /// A number that is not negative, in full: `7`, `2,5`, or with its fraction `(5 + 3/62)`, `(17/31)`.
  var exactText: String {
    if let hundredths = hours(), Quotient(hundredths) == self {
      return French.hundredths(hundredths.hundredths, places: 0)
    }
    let whole = whole(.down)
    let rest = self - Quotient(whole)
    let fraction = "\(French.integer(rest.above))/\(French.integer(rest.below))"
    return whole == 0 ? "(\(fraction))" : "(\(French.integer(whole)) + \(fraction))"
  }
  /// Whether it is no whole number.
  var isPart: Bool { below != 1 }
  /// Hours that count from zero: a difference under it is said, and what it is brought to.
  var floorText: String {
    self < Quotient(0) ? "\(hoursText), ramené à \(Hours(0).french)" : hoursText
  }
}

extension Hours {
  /// The hours, or where they are under zero the true difference and what it is brought to.
  var floorText: String { Quotient(self).floorText }
}
