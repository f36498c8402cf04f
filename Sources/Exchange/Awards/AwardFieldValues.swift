import Clauses

extension AwardFields {
  // MARK: - Who and which

  /// The buyer: 14 digits, or 13 whose leading zero was lost; failing that, the start of the unique identifier that ends with the number.
  mutating func buyer(_ one: AwardDraft.Scalars, kind: AwardNotice.Kind) throws(AwardRefusal) -> SIRET {
    let prefersAuthority = kind == .concession || !one.buyerId.isPresent
    let raw = prefersAuthority && one.authorityId.isPresent ? one.authorityId : one.buyerId
    let field = kind == .concession ? "autoriteConcedante.id" : "acheteur.id"
    guard let bytes = bytes(raw, field) else {
      guard let siret = buyerFromUID(one) else { throw AwardRefusal(.noBuyer, field: field) }
      return siret
    }
    if raw.kind == .number { note(.textAsNumber, field, string(bytes), string(bytes)) }
    if let known = codes.siret(bytes) {
      if !known.hasValidKey { note(.siretKey, field, string(bytes), known.siret.digits) }
      return known.siret
    }
    let text = string(bytes)
    if let siret = try? SIRET(text) {
      if !siret.hasValidKey { note(.siretKey, field, text, siret.digits) }
      return siret
    }
    guard bytes.count == 13, let siret = try? SIRET("0\(text)") else {
      throw AwardRefusal(.badBuyer, field: field, value: text)
    }
    note(.leadingZeros, field, text, siret.digits)
    if !siret.hasValidKey { note(.siretKey, field, text, siret.digits) }
    return siret
  }

  private mutating func buyerFromUID(_ one: AwardDraft.Scalars) -> SIRET? {
    guard one.uid.kind == .string, let uid = bytes(one.uid, "uid"), let number = bytes(one.id, "id"),
      uid.count == 14 + number.count,
      sameBytes(Bytes(rebasing: uid[14...]), number),
      let siret = try? SIRET(string(Bytes(rebasing: uid[0..<14])))
    else { return nil }
    note(.buyerFromUID, "acheteur.id", string(uid), siret.digits)
    return siret
  }

  /// The number of a contract, as text.
  mutating func number(_ raw: RawValue, _ field: String = "id") -> String? {
    guard let bytes = bytes(raw, field) else { return nil }
    let text = string(bytes)
    if raw.kind == .number || raw.kind == .bool { note(.textAsNumber, field, text, text) }
    guard bytes.contains(where: { $0 < 0x20 }) else { return text }
    note(.controlCharacters, field, text)
    return String(decoding: text.utf8.filter { $0 >= 0x20 }, as: UTF8.self)
  }

  /// The number of an amendment or act, a whole number in the format and a text in files.
  mutating func ordinal(_ raw: RawValue, _ field: String) -> String? {
    guard let bytes = bytes(raw, field) else { return nil }
    return string(bytes)
  }

  /// The identifier of a company, as written.
  mutating func identifier(_ raw: RawValue, _ field: String) -> String? {
    guard let bytes = bytes(raw, field) else { return nil }
    let text = string(bytes)
    if raw.kind == .number { note(.textAsNumber, "\(field).id", text, text) }
    return text
  }

  // MARK: - Codes

  /// A CPV code; one of seven digits whose division 03 or 09 lost its zero is restored.
  mutating func cpv(_ raw: RawValue) -> CPVCode? {
    guard let bytes = bytes(raw, "codeCPV") else { return nil }
    if raw.kind == .string, let code = codes.cpv(bytes) { return code }
    let text = string(bytes)
    if let code = CPVCode(text) {
      if raw.kind == .number { note(.textAsNumber, "codeCPV", text, code.digits) }
      return code
    }
    if bytes.count == 7 || bytes.count == 9, bytes[0] == 0x33 || bytes[0] == 0x39, let code = CPVCode("0\(text)") {
      note(.leadingZeros, "codeCPV", text, code.digits)
      return code
    }
    note(.unusableCode, "codeCPV", text)
    return nil
  }

  /// The place of performance; nil where it has no code.
  mutating func place(code: RawValue, kind: RawValue, name: RawValue) -> AwardNotice.Place? {
    let kind = term(kind, "lieuExecution.typeCode", AwardLists.places)
    let name = pooled(name, "lieuExecution.nom")
    guard let bytes = bytes(code, "lieuExecution.code") else { return nil }
    var text = string(bytes)
    if code.kind == .number { note(.textAsNumber, "lieuExecution.code", text, text) }
    let width =
      switch kind {
      case .postcode, .commune, .arrondissement, .canton: 5
      case .departement: 2
      case .region, .country, nil: 0
      }
    // A code that still begins with a zero has not lost one.
    if bytes.count == width - 1, bytes[0] != 0x30, bytes.allSatisfy({ $0 &- 0x30 < 10 }) {
      note(.leadingZeros, "lieuExecution.code", text, "0\(text)")
      text = "0\(text)"
    }
    return AwardNotice.Place(code: text, kind: kind, name: name)
  }

  // MARK: - Numbers

  /// An amount of money, exactly from its digits; a negative one is left out.
  mutating func amount(_ raw: RawValue, _ field: String) -> Euros? {
    guard let cents = hundredths(raw, field) else { return nil }
    guard cents >= 0 else {
      note(.negativeAmount, field, Euros(cents: cents).description)
      return nil
    }
    return Euros(cents: cents)
  }

  /// A number of months up to 1,200; parts of a month are rounded up, as the format asks.
  mutating func months(_ raw: RawValue, _ field: String) -> Int? {
    guard let value = hundredths(raw, field) else { return nil }
    guard value >= 0, value <= 120_000 else {
      note(.unusableNumber, field, Euros(cents: value).description)
      return nil
    }
    let whole = Int(value + 99) / 100
    if value % 100 != 0 { note(.rounded, field, Euros(cents: value).description, String(whole)) }
    return whole
  }

  /// A whole number of things, up to a million.
  mutating func count(_ raw: RawValue, _ field: String) -> Int? {
    guard let value = hundredths(raw, field) else { return nil }
    guard value >= 0, value <= 100_000_000, value % 100 == 0 else {
      note(.unusableNumber, field, Euros(cents: value).description)
      return nil
    }
    return Int(value / 100)
  }

  private mutating func hundredths(_ raw: RawValue, _ field: String) -> Int64? {
    guard let bytes = bytes(raw, field) else { return nil }
    if let value = plainHundredths(bytes) {
      if raw.kind == .string, !isUntyped { note(.numberAsString, field, string(bytes), string(bytes)) }
      return value
    }
    let text = string(bytes)
    let plain = raw.kind == .number ? text : withoutGrouping(text)
    guard raw.kind != .bool, let value = Euros(decimal: plain)?.cents else {
      note(.unusableNumber, field, text)
      return nil
    }
    if raw.kind == .string, !isUntyped { note(.numberAsString, field, text, plain) }
    return value
  }

  private func withoutGrouping(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "\u{A0}", "\u{202F}", "€": continue
      case ",": plain += "."
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// Digits with at most two decimals and no more than 15 whole digits; nil for every other writing.
  private func plainHundredths(_ bytes: Bytes) -> Int64? {
    var value: Int64 = 0
    var decimals = -1
    guard bytes.count <= 17 else { return nil }
    for byte in bytes {
      let digit = byte &- 0x30
      if digit < 10 {
        guard decimals < 2 else { return nil }
        if decimals >= 0 { decimals += 1 }
        value = value &* 10 &+ Int64(digit)
      } else {
        guard byte == 0x2E, decimals < 0, value > 0 || bytes[0] == 0x30 else { return nil }
        decimals = 0
      }
    }
    switch decimals {
    case 2: return value
    case 1: return value * 10
    case -1 where bytes.count <= 15: return value * 100
    default: return nil
    }
  }

  // MARK: - Days

  /// A day between 1990 and 2100; times and zones are cut off, other forms and years such as 0218 mended and noted.
  mutating func day(_ raw: RawValue, _ field: String) -> Day? {
    guard let bytes = bytes(raw, field) else { return nil }
    if bytes.count == 10, let (year, month, day) = DateText.official(bytes), DateText.years.contains(year),
      let result = Day(year: year, month: month, day: day)
    {
      return result
    }
    return oddDay(bytes, field)
  }

  private mutating func oddDay(_ bytes: Bytes, _ field: String) -> Day? {
    let text = string(bytes)
    guard let found = DateText.parse(bytes), let year = DateText.plausible(found.year),
      let day = Day(year: year, month: found.month, day: found.day)
    else {
      note(.impossibleDate, field, text)
      return nil
    }
    if found.isOddForm { note(.dateForm, field, text, day.description) }
    if found.hasTime { note(.timeZone, field, text, day.description) }
    if year != found.year { note(.impossibleYear, field, text, day.description) }
    return day
  }
}

/// The ways in which files write a day.
enum DateText {
  static let years = 1990...2100

  struct Found {
    var year: Int
    var month: Int
    var day: Int
    var hasTime: Bool
    var isOddForm: Bool
  }

  /// `yyyy-MM-dd`, ten bytes.
  @inline(__always)
  static func official(_ b: UnsafeBufferPointer<UInt8>) -> (Int, Int, Int)? {
    guard b[4] == 0x2D, b[7] == 0x2D else { return nil }
    var bad: UInt8 = 0
    func digit(_ index: Int) -> Int {
      let digit = b[index] &- 0x30
      if digit > 9 { bad = 1 }
      return Int(digit)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = digit(8) * 10 + digit(9)
    return bad == 0 ? (year, month, day) : nil
  }

  /// The year itself where it is plausible; 2018 for 0218 and 0018; nil otherwise.
  static func plausible(_ year: Int) -> Int? {
    if years.contains(year) { return year }
    return (0...99).contains(year) || (200...299).contains(year) ? 2000 + year % 100 : nil
  }

  /// Three numbers between `-` or `/`, the year first or last and of four digits, or eight digits; then perhaps a time or a zone.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Found? {
    var numbers: [(value: Int, width: Int)] = []
    var index = 0
    var separator: UInt8 = 0
    while numbers.count < 3 {
      let start = index
      var value = 0
      while index < bytes.count, bytes[index] &- 0x30 < 10, index - start < 8 {
        value = value * 10 + Int(bytes[index] &- 0x30)
        index += 1
      }
      guard index > start else { return nil }
      numbers.append((value, index - start))
      if numbers.count == 1, index - start == 8 {
        guard isRest(bytes, from: index) else { return nil }
        return Found(
          year: value / 10_000, month: value / 100 % 100, day: value % 100, hasTime: index < bytes.count,
          isOddForm: true)
      }
      guard numbers.count < 3 else { break }
      guard index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2F || bytes[index] == 0x2E else {
        return nil
      }
      guard separator == 0 || separator == bytes[index] else { return nil }
      separator = bytes[index]
      index += 1
    }
    guard isRest(bytes, from: index) else { return nil }
    let hasTime = index < bytes.count
    if numbers[0].width == 4, numbers[1].width <= 2, numbers[2].width <= 2 {
      let isOdd = separator != 0x2D || numbers[1].width != 2 || numbers[2].width != 2
      return Found(
        year: numbers[0].value, month: numbers[1].value, day: numbers[2].value, hasTime: hasTime, isOddForm: isOdd)
    }
    guard numbers[2].width == 4, numbers[0].width <= 2, numbers[1].width <= 2 else { return nil }
    return Found(
      year: numbers[2].value, month: numbers[1].value, day: numbers[0].value, hasTime: hasTime, isOddForm: true)
  }

  /// Whether nothing, a time or a zone follows the day.
  private static func isRest(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Bool {
    guard index < bytes.count else { return true }
    switch bytes[index] {
    case 0x54, 0x74, 0x20, 0x2B, 0x2D, 0x5A, 0x7A: break
    default: return false
    }
    return bytes[index...].allSatisfy { byte in
      byte &- 0x30 < 10 || byte == 0x3A || byte == 0x2E || byte == 0x2B || byte == 0x2D || byte | 0x20 == 0x74
        || byte | 0x20 == 0x7A || byte == 0x20
    }
  }
}
