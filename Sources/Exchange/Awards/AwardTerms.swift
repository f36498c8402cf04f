import Clauses

/// A closed list of words of the format, found exactly or without regard to case, accents and signs.
struct AwardTerms<Value>: Sendable {
  private let exact: WordTable<Value>
  private let loose: WordTable<(value: Value, label: String)>

  init(_ words: [(String, Value)]) {
    exact = WordTable(words)
    loose = WordTable(
      words.map { word, value in
        var bare = word
        let bytes = bare.withUTF8 { bytes in
          withUnsafeTemporaryAllocation(of: UInt8.self, capacity: max(bytes.count, 1)) { buffer in
            Array(buffer[0..<foldBytes(bytes, into: buffer)])
          }
        }
        return (String(decoding: bytes, as: UTF8.self), (value, word))
      })
  }

  /// The value of a word as written in the list.
  @inline(__always)
  func exactly(_ word: UnsafeBufferPointer<UInt8>) -> Value? { exact[word] }

  /// The value of a word without regard to case, accents, spaces and signs, with the word as the list writes it.
  func loosely(_ word: UnsafeBufferPointer<UInt8>) -> (value: Value, label: String)? {
    guard word.count <= 160 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 160) { buffer in
      let count = foldBytes(word, into: buffer)
      return loose[UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[0..<count])]
    }
  }
}

/// Writes letters without accents in lower case, and digits; leaves the other signs out. Gives how many bytes were written.
func foldBytes(_ text: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var count = 0
  var index = 0
  func put(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }
  while index < text.count {
    let byte = text[index]
    index += 1
    switch byte {
    case 0x41...0x5A: put(byte | 0x20)
    case 0x61...0x7A, 0x30...0x39: put(byte)
    case 0xC3 where index < text.count:
      switch text[index] | 0x20 {
      case 0xA0...0xA5: put(0x61)
      case 0xA7: put(0x63)
      case 0xA8...0xAB: put(0x65)
      case 0xAC...0xAF: put(0x69)
      case 0xB1: put(0x6E)
      case 0xB2...0xB6, 0xB8: put(0x6F)
      case 0xB9...0xBC: put(0x75)
      case 0xBD, 0xBF: put(0x79)
      default: break
      }
      index += 1
    case 0xC5 where index < text.count:
      if text[index] == 0x92 || text[index] == 0x93 {
        put(0x6F)
        put(0x65)
      }
      index += 1
    case 0xEF where index + 1 < text.count && text[index] == 0xBF && text[index + 1] == 0xBD:
      // A lost letter is never guessed: no list holds this sign.
      put(0x3F)
      index += 2
    default: break
    }
  }
  return count
}

/// The closed lists of the formats of 2019 and 2022.
enum AwardLists {
  static let natures = AwardTerms(AwardNotice.Nature.allCases.map { ($0.rawValue, $0) })

  static let places = AwardTerms(AwardNotice.Place.Kind.allCases.map { ($0.rawValue, $0) })

  /// Bits of ``AwardNotice/Techniques``; « Sans objet » has none.
  static let techniques = AwardTerms([
    ("Accord-cadre", AwardNotice.Techniques.framework.rawValue),
    ("Concours", AwardNotice.Techniques.contest.rawValue),
    ("Système de qualification", AwardNotice.Techniques.qualification.rawValue),
    ("Système d'acquisition dynamique", AwardNotice.Techniques.dynamic.rawValue),
    ("Système d’acquisition dynamique", AwardNotice.Techniques.dynamic.rawValue),
    ("Catalogue électronique", AwardNotice.Techniques.catalogue.rawValue),
    ("Enchère électronique", AwardNotice.Techniques.auction.rawValue),
    ("Sans objet", 0),
  ])

  /// Bits of ``AwardNotice/Modalities``.
  static let modalities = AwardTerms([
    ("Tranches", AwardNotice.Modalities.tranches.rawValue),
    ("Bons de commande", AwardNotice.Modalities.orders.rawValue),
    ("Marchés subséquents", AwardNotice.Modalities.callOffs.rawValue),
    ("Sans objet", 0),
  ])

  /// Bits of ``AwardNotice/SocialConsiderations``.
  static let social = AwardTerms([
    ("Pas de considération sociale", AwardNotice.SocialConsiderations.none.rawValue),
    ("Clause sociale", AwardNotice.SocialConsiderations.clause.rawValue),
    ("Critère social", AwardNotice.SocialConsiderations.criterion.rawValue),
    ("Marché réservé", AwardNotice.SocialConsiderations.reserved.rawValue),
    ("Concession réservée", AwardNotice.SocialConsiderations.reserved.rawValue),
  ])
}
