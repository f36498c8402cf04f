/// How the letters of a text file are written.
public enum Charset: String, Sendable, Hashable, CaseIterable {
  /// UTF-8; plain ASCII is read so too.
  case utf8 = "UTF-8"
  /// Windows-1252, of which Latin-1 is the part that prints.
  case cp1252 = "CP1252"

  /// The name that users read.
  public var label: String { self == .utf8 ? "UTF-8" : "Windows-1252 (Latin-1)" }

  /// The text of these bytes; a byte sequence that is no UTF-8 gives U+FFFD, the five empty places of CP1252 give the control of the same number.
  public func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    guard self == .cp1252 else { return String(decoding: bytes, as: UTF8.self) }
    return String(unsafeUninitializedCapacity: bytes.count * 3) { buffer in
      var length = 0
      for byte in bytes {
        guard byte >= 0x80 else {
          buffer[length] = byte
          length += 1
          continue
        }
        let scalar = byte < 0xA0 ? Charset.windows[Int(byte - 0x80)] : UInt16(byte)
        if scalar < 0x800 {
          buffer[length] = UInt8(0xC0 | scalar >> 6)
          length += 1
        } else {
          buffer[length] = UInt8(0xE0 | scalar >> 12)
          buffer[length + 1] = UInt8(0x80 | (scalar >> 6 & 0x3F))
          length += 2
        }
        buffer[length] = UInt8(0x80 | scalar & 0x3F)
        length += 1
      }
      return length
    }
  }

  private static let windows: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E,
    0x178,
  ]

  /// Whether the bytes are well-formed UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF).
  static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var i = 0
    let end = bytes.count
    while i < end {
      let lead = bytes[i]
      if lead < 0x80 {
        i += 1
        continue
      }
      let (extra, low, high): (Int, UInt8, UInt8)
      switch lead {
      case 0xC2...0xDF: (extra, low, high) = (1, 0x80, 0xBF)
      case 0xE0: (extra, low, high) = (2, 0xA0, 0xBF)
      case 0xED: (extra, low, high) = (2, 0x80, 0x9F)
      case 0xE1...0xEF: (extra, low, high) = (2, 0x80, 0xBF)
      case 0xF0: (extra, low, high) = (3, 0x90, 0xBF)
      case 0xF1...0xF3: (extra, low, high) = (3, 0x80, 0xBF)
      case 0xF4: (extra, low, high) = (3, 0x80, 0x8F)
      default: return false
      }
      guard i + extra < end, bytes[i + 1] >= low, bytes[i + 1] <= high else { return false }
      var k = 2
      while k <= extra {
        guard bytes[i + k] & 0xC0 == 0x80 else { return false }
        k += 1
      }
      i += extra + 1
    }
    return true
  }
}

/// The sign between two fields of a CSV file.
public enum CSVSeparator: UInt8, Sendable, Hashable, CaseIterable {
  /// `;`, usual in French spreadsheets.
  case semicolon = 0x3B
  /// `,`.
  case comma = 0x2C
  /// The tab.
  case tab = 0x09
  /// `|`.
  case bar = 0x7C

  /// The name that users read, with its article.
  public var label: String {
    switch self {
    case .semicolon: "le point-virgule"
    case .comma: "la virgule"
    case .tab: "la tabulation"
    case .bar: "la barre verticale"
    }
  }
}

/// What is wrong with the form of one row; the row is given all the same, and the reading goes on after it.
public enum CSVDefect: Sendable, Hashable, CustomStringConvertible {
  /// The row has another number of fields than the first row.
  case ragged(expected: Int, found: Int)
  /// A quote opens and never closes (or only after the limit of a row's size): its line was read alone, the quote as a plain sign.
  case unterminatedQuote(field: Int)
  /// Text follows a closing quote within its field; it was kept.
  case textAfterQuote(field: Int)
  /// The row is longer than the limit and was cut there; the rest of its line was left out.
  case tooLong(limit: Int)

  /// What is wrong and how to mend it, in French, without the line number.
  public var description: String {
    switch self {
    case .ragged(let expected, let found):
      "la ligne compte \(found) colonne\(found < 2 ? "" : "s") au lieu de \(expected)\u{202F}: "
        + "vérifiez les séparateurs et les guillemets de cette ligne"
    case .unterminatedQuote(let field):
      "un guillemet ouvert en colonne \(field + 1) n’est jamais refermé\u{202F}: "
        + "refermez-le, ou doublez-le s’il fait partie du texte"
    case .textAfterQuote(let field):
      "du texte suit un guillemet fermant en colonne \(field + 1)\u{202F}: "
        + "doublez les guillemets qui font partie du texte"
    case .tooLong(let limit):
      "la ligne dépasse \(limit / 1024) Kio et a été coupée\u{202F}: vérifiez que le fichier est bien un CSV"
    }
  }
}

/// Why a file cannot be read as CSV at all.
public enum CSVProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is written in UTF-16 (Excel's « texte Unicode »).
  case utf16
  /// The file holds no row.
  case empty
  /// The file is a spreadsheet or an archive, not text.
  case notText
  /// The file could not be opened or read; the system's own words.
  case unreadable(String)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .utf16:
      "Le fichier est en UTF-16 («\u{202F}texte Unicode\u{202F}» d’Excel)\u{202F}: "
        + "enregistrez-le au format «\u{202F}CSV UTF-8\u{202F}» puis recommencez."
    case .empty: "Le fichier est vide\u{202F}: il faut au moins une ligne de titres de colonnes."
    case .notText:
      "Le fichier n’est pas du texte (c’est un classeur ou une archive)\u{202F}: "
        + "enregistrez-le au format CSV puis recommencez."
    case .unreadable(let words): "Le fichier n’a pas pu être lu\u{202F}: \(words)."
    }
  }
}
