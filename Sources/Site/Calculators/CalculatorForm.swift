import Clauses

/// The fields of a calculator as its address holds them: read in the French way, kept as typed, each with its error.
///
/// The bare address shows an example, so that a result stands there before anyone types; once something is typed, a
/// figure that is absent is absent.
struct CalculatorForm {
  let query: Query
  private(set) var errors: [String: String] = [:]

  /// Whether nothing was typed: the figures are those of the example.
  let isExample: Bool

  init(_ query: Query) {
    self.query = query
    isExample = query.fields.isEmpty
  }

  /// A figure of the example, nil as soon as something was typed.
  private func example<Value>(_ value: Value?) -> Value? { isExample ? value : nil }

  /// Notes a figure without which there is no answer.
  mutating func need<Value>(_ field: String, _ value: Value?, _ sentence: String) {
    if value == nil, errors[field] == nil { errors[field] = sentence }
  }

  /// What a control shows: what was typed, else the default.
  ///
  /// A social security number is never shown again.
  func shown(_ field: String, default value: String? = nil) -> String? {
    guard let text = query[field] else { return value }
    return NIRDetector.isFound(in: text) ? nil : text
  }

  private mutating func read<Value>(
    _ field: String, default usual: Value?, _ sentence: (String) -> String, _ value: (String) -> Value?
  ) -> Value? {
    guard let text = query[field] else { return usual }
    if let value = value(text) { return value }
    errors[field] = NIRDetector.isFound(in: text) ? NIRDetector.sentence : sentence(text)
    return nil
  }

  /// Notes what is wrong with a field.
  mutating func fault(_ field: String, _ sentence: String) { errors[field] = sentence }

  /// Hours as people write them, `1 687,5 h`; nil for what is no number, or under 0.
  static func hours(_ text: String) -> Hours? {
    Hours(decimal: decimal(text)).flatMap { $0.hundredths >= 0 ? $0 : nil }
  }

  private static func decimal(_ text: String) -> String {
    String(
      text.compactMap { sign -> Character? in
        if sign.isWhitespace || sign == "€" || sign == "%" || sign == "h" { return nil }
        return sign == "," ? "." : sign
      })
  }

  /// An amount such as `1 000 000` or `32,50 €`.
  mutating func euros(_ field: String, example usual: Euros? = nil) -> Euros? {
    read(field, default: example(usual)) {
      "«\u{A0}\($0)\u{A0}» n’est pas un montant\u{202F}: écrivez-le en euros, par exemple 100\u{202F}000 ou 32,50."
    } _: {
      Euros(decimal: Self.decimal($0)).flatMap { $0.cents >= 0 ? $0 : nil }
    }
  }

  /// A share in percent such as `5` or `7,5 %`.
  mutating func percent(_ field: String, default usual: Percent? = nil) -> Percent? {
    read(field, default: usual) {
      "«\u{A0}\($0)\u{A0}» n’est pas un pourcentage\u{202F}: écrivez un nombre de 0 à 100, par exemple 7,5."
    } _: {
      Percent(decimal: Self.decimal($0))
    }
  }

  /// A number of hours such as `1 687,5`.
  mutating func hours(_ field: String, example usual: Hours? = nil) -> Hours? {
    read(field, default: example(usual)) {
      "«\u{A0}\($0)\u{A0}» n’est pas un nombre d’heures\u{202F}: écrivez par exemple 686 ou 151,67."
    } _: {
      Self.hours($0)
    }
  }

  /// A factor such as `2,5`.
  mutating func number(_ field: String, example usual: Quotient? = nil) -> Quotient? {
    read(field, default: example(usual)) {
      "«\u{A0}\($0)\u{A0}» n’est pas un nombre\u{202F}: écrivez par exemple 2 ou 2,5."
    } _: {
      Self.hours($0).map { Quotient($0) }
    }
  }

  /// A whole number within bounds.
  mutating func whole(_ field: String, in bounds: ClosedRange<Int>, default usual: Int? = nil) -> Int? {
    read(field, default: usual) {
      "«\u{A0}\($0)\u{A0}»\u{202F}: écrivez un nombre entier de \(French.integer(bounds.lowerBound)) à \(French.integer(bounds.upperBound))."
    } _: {
      Int(Self.decimal($0)).flatMap { bounds.contains($0) ? $0 : nil }
    }
  }

  /// A day as browsers send it, `2026-11-21`, or as people write it, `21/11/2026`.
  mutating func day(_ field: String, default usual: Day? = nil) -> Day? {
    read(field, default: usual) {
      "«\u{A0}\($0)\u{A0}» n’est pas un jour du calendrier\u{202F}: écrivez-le comme 21/11/2026."
    } _: {
      Day(typed: $0)
    }
  }

  /// A CPV code such as `90910000` or `90910000-9`.
  mutating func cpv(_ field: String) -> CPVCode? {
    read(field, default: nil) {
      "«\u{A0}\($0)\u{A0}» n’est pas un code CPV\u{202F}: écrivez ses huit chiffres, par exemple 90910000."
    } _: {
      CPVCode($0)
    }
  }

  /// One of some words.
  mutating func choice<Value>(_ field: String, _ values: [(String, Value)], default usual: Value?) -> Value? {
    read(field, default: usual) {
      "Le choix «\u{A0}\($0)\u{A0}» n’existe pas\u{202F}: prenez-le dans la liste."
    } _: { text in
      values.first { $0.0 == text }?.1
    }
  }

  /// Whether a box is ticked.
  func ticked(_ field: String) -> Bool { query[field] == "oui" }

  // MARK: - Controls

  /// A line of text that keeps what was typed, with its error.
  func textField(
    _ name: String, _ label: String, _ usual: String? = nil, hint: String? = nil, mode: String? = nil
  ) -> Field {
    Field(name, label, .text(mode: mode), value: shown(name, default: usual), hint: hint, error: errors[name])
  }

  /// A line for an amount, a share or hours: telephones show digits.
  ///
  /// `usual` is the figure of the example.
  func numberField(_ name: String, _ label: String, _ usual: String? = nil, hint: String? = nil) -> Field {
    textField(name, label, example(usual), hint: hint, mode: "decimal")
  }

  /// A choice that keeps what was chosen, with its error.
  func choiceField(
    _ name: String, _ label: String, _ options: [(String, String)], _ usual: String? = nil, hint: String? = nil
  ) -> Field {
    Field(
      name, label, .choice(options.map { Field.Option($0.0, $0.1) }), value: shown(name, default: usual), hint: hint,
      error: errors[name])
  }
}
