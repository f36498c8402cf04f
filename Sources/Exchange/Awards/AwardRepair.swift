import Clauses

/// Something of a record that was mended, or that could not be used, told so that the publisher can be asked to correct it.
public struct AwardRepair: Sendable, Hashable {
  /// The kinds of repairs and remarks.
  public enum Kind: String, Sendable, CaseIterable {
    /// Zeros lost at the front of a code were put back.
    case leadingZeros
    /// A time or time zone was cut off a date.
    case timeZone
    /// A year such as 0218 was read as 2018.
    case impossibleYear
    /// A date that does not exist or is not plausible was left out.
    case impossibleDate
    /// A date in another form (1/2/2019, 2019-1-2) was read.
    case dateForm
    /// A word of a list was written in another case or without accents.
    case upperCase
    /// A number was given as a text.
    case numberAsString
    /// A text was given as a number.
    case textAsNumber
    /// A decimal number of months was rounded up, as the format asks.
    case rounded
    /// The duration is 0 months; it is kept.
    case zeroDuration
    /// A number that is none, or is not plausible, was left out.
    case unusableNumber
    /// A negative amount was left out.
    case negativeAmount
    /// A code that is none was left out.
    case unusableCode
    /// A word that is in none of the format's lists was left out.
    case unknownValue
    /// A field that the format does not know; reported once per file.
    case extraKey
    /// Bytes or control characters of CP1252 were read as the letters they stand for.
    case cp1252
    /// UTF-8 that had been read as Latin-1 was turned back.
    case mojibake
    /// Letters were lost by the publisher (U+FFFD); they are kept as they are, never guessed.
    case lostLetters
    /// Entities of HTML (`&amp;`) were read as the signs they stand for.
    case htmlEntities
    /// The mark `INX` of an export was removed.
    case exportPrefix
    /// A filler of an export (CDL, MQ, NC…) was read as an absent value.
    case sentinel
    /// The buyer's SIRET has a wrong key; it is kept.
    case siretKey
    /// The awardee has the buyer's identifier; both are kept.
    case holderIsBuyer
    /// The buyer was read from the record's unique identifier (SIRET then number).
    case buyerFromUID
    /// A list inside a list was flattened.
    case nestedList
    /// Signs that cannot be stored (U+0000) were removed.
    case controlCharacters
    /// A social security number stood in a text; it was taken away, and is not repeated.
    case socialSecurityNumber

    /// Whether someone has to look: kept as it is, read in one of several ways, or left out.
    public var isDoubt: Bool {
      switch self {
      case .impossibleYear, .impossibleDate, .zeroDuration, .unusableNumber, .negativeAmount, .unusableCode,
        .unknownValue, .extraKey, .lostLetters, .siretKey, .holderIsBuyer, .controlCharacters, .socialSecurityNumber:
        true
      case .leadingZeros, .timeZone, .dateForm, .upperCase, .numberAsString, .textAsNumber, .rounded, .cp1252,
        .mojibake, .htmlEntities, .exportPrefix, .sentinel, .buyerFromUID, .nestedList:
        false
      }
    }
  }

  /// What was done.
  public let kind: Kind
  /// The field, as the format names it.
  public let field: String
  /// What stood there, at most 120 characters.
  public let before: String
  /// What was made of it; empty where it was left out.
  public let after: String

  /// A repair.
  public init(_ kind: Kind, field: String, before: String = "", after: String = "") {
    self.kind = kind
    self.field = field
    self.before = AwardRepair.short(NIRDetector.masked(before) ?? before)
    self.after = AwardRepair.short(NIRDetector.masked(after) ?? after)
  }

  private static func short(_ text: String) -> String {
    guard text.utf8.count > 120 else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: 117)
    while end > text.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
    return "\(text[..<end])…"
  }

  /// What was found and what was made of it, in French.
  public var sentence: String {
    let s = French.thin
    let old = "«\(s)\(before)\(s)»"
    let new = "«\(s)\(after)\(s)»"
    let text =
      switch kind {
      case .leadingZeros: "zéro de tête perdu rétabli, \(old) lu \(new)."
      case .timeZone: "heure ou fuseau horaire retiré de la date, \(old) lu \(new)."
      case .impossibleYear: "année impossible, \(old) lu \(new), à vérifier."
      case .impossibleDate: "date impossible \(old), laissée de côté."
      case .dateForm: "date écrite autrement que AAAA-MM-JJ, \(old) lu \(new)."
      case .upperCase: "écrit sans les majuscules ou accents de la liste officielle, \(old) lu \(new)."
      case .numberAsString where before == after:
        "nombre écrit entre guillemets, comme un texte, \(old) lu comme un nombre."
      case .textAsNumber where before == after:
        "texte écrit sans guillemets, comme un nombre, \(old) lu comme un texte."
      case .numberAsString: "nombre donné comme un texte, \(old) lu \(new)."
      case .textAsNumber: "texte donné comme un nombre, \(old) lu \(new)."
      case .rounded: "nombre de mois arrondi au mois supérieur, \(old) lu \(new)."
      case .zeroDuration: "durée de 0 mois, gardée telle quelle, à vérifier."
      case .unusableNumber: "nombre inutilisable \(old), laissé de côté."
      case .negativeAmount: "montant négatif \(old), laissé de côté."
      case .unusableCode: "code inutilisable \(old), laissé de côté."
      case .unknownValue: "valeur absente de la liste officielle \(old), laissée de côté."
      case .extraKey: "champ inconnu du format, ignoré (la fiche brute le garde)."
      case .cp1252: "caractères Windows (CP1252) rétablis, \(old) lu \(new)."
      case .mojibake: "accents doublement codés rétablis, \(old) lu \(new)."
      case .lostLetters: "lettres perdues par l’éditeur, laissées telles quelles dans \(old)."
      case .htmlEntities: "codes HTML remplacés par leurs signes, \(old) lu \(new)."
      case .exportPrefix: "marque «\(s)INX\(s)» de l’export retirée, \(old) lu \(new)."
      case .sentinel: "\(old) est une marque d’absence de l’export, lue comme un champ vide."
      case .siretKey: "la clé de contrôle du SIRET \(old) est fausse\(s); il est gardé tel quel, à vérifier."
      case .holderIsBuyer: "le titulaire a le même identifiant que l’acheteur, \(old)\(s); gardé tel quel, à vérifier."
      case .buyerFromUID: "acheteur absent, repris de l’identifiant unique \(old), soit \(new)."
      case .nestedList: "liste emboîtée dans une liste, mise à plat."
      case .controlCharacters: "signes illisibles retirés de \(old)."
      case .socialSecurityNumber: "un numéro de sécurité sociale y était publié, masqué ici, à signaler à l’acheteur."
      }
    return "\(field)\(s): \(text)"
  }
}
