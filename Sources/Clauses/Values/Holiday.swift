/// A public holiday as a rule: the same day each year, or so many days from Easter Sunday.
public struct Holiday: FigureValue {
  /// How the day is found in a year.
  public enum Rule: Sendable, Equatable {
    /// A day of a month, such as 14 July.
    case fixed(month: Int, day: Int)
    /// So many days after Easter Sunday; negative before.
    case easter(offset: Int)
  }

  /// Its name in French, such as `lundi de Pâques`.
  public let name: String
  /// How its day is found.
  public let rule: Rule
  /// Where it is kept; empty: everywhere in France.
  public let areas: [HolidayArea]

  /// A holiday from its parts.
  public init(name: String, rule: Rule, areas: [HolidayArea] = []) {
    self.name = name
    self.rule = rule
    self.areas = areas
  }

  /// Reads a rule as files write it, `07-14` or `easter+39`; nil where it is neither.
  public static func rule(_ text: String) -> Rule? {
    guard text.hasPrefix("easter") else {
      // 2000 is a leap year: 29 February can be written.
      guard text.utf8.count == 5, let parts = Day("2000-\(text)")?.parts else { return nil }
      return .fixed(month: parts.month, day: parts.day)
    }
    let digits = text.dropFirst("easter".count)
    if digits.isEmpty { return .easter(offset: 0) }
    guard digits.hasPrefix("+") || digits.hasPrefix("-"), let offset = Int(digits), (-100...100).contains(offset)
    else { return nil }
    return .easter(offset: offset)
  }

  /// The day in a year; nil where the year has none (29 February, years outside 1…9999).
  public func day(in year: Int) -> Day? {
    switch rule {
    case .fixed(let month, let day): Day(year: year, month: month, day: day)
    case .easter(let offset): Day.easter(of: year)?.adding(days: offset)
    }
  }

  /// `14 juillet`, `Pâques + 39 jours`, with the places that keep it.
  public var figureText: String {
    let places = areas.isEmpty ? "" : " (\(French.list(areas.map(\.french))))"
    switch rule {
    case .fixed(let month, let day):
      return "\(day == 1 ? "1er" : String(day))\(French.noBreak)\(French.months[month - 1])\(places)"
    case .easter(let offset):
      guard offset != 0 else { return "Pâques\(places)" }
      let sign = offset < 0 ? "\u{2212}" : "+"
      return "Pâques \(sign) \(French.count(offset.magnitude, "jour"))\(places)"
    }
  }
}

/// The parts of France whose public holidays differ.
public enum HolidayArea: String, Sendable, CaseIterable {
  case metropole, alsaceMoselle, guadeloupe, martinique, guyane, laReunion, mayotte, saintBarthelemy, saintMartin
  case saintPierreEtMiquelon

  /// The area as users read it.
  public var french: String {
    switch self {
    case .metropole: "métropole"
    case .alsaceMoselle: "Alsace-Moselle"
    case .guadeloupe: "Guadeloupe"
    case .martinique: "Martinique"
    case .guyane: "Guyane"
    case .laReunion: "La Réunion"
    case .mayotte: "Mayotte"
    case .saintBarthelemy: "Saint-Barthélemy"
    case .saintMartin: "Saint-Martin"
    case .saintPierreEtMiquelon: "Saint-Pierre-et-Miquelon"
    }
  }

  /// The area of a département or collectivity on a day, by the lists of the figures; the general list where none names
  /// it.
  public static func of(_ departement: DepartementCode, on day: Day, figures: Figures) -> HolidayArea {
    allCases.first { area in
      figures.words[.init("holidayArea.\(area.rawValue)"), on: day]?.value.all.contains(departement.code) ?? false
    } ?? .metropole
  }
}
