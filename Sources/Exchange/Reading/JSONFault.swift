import Clauses

/// What makes a text no JSON, and at which byte.
public struct JSONFault: Error, Sendable, Hashable {
  /// The kinds of faults that the reader tells apart.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// The bytes end inside a value.
    case truncated
    /// A byte sequence is not UTF-8.
    case badUTF8
    /// A character below U+0020 stands unescaped in a text.
    case controlCharacter
    /// A backslash is followed by something that JSON does not know.
    case badEscape
    /// Half of a surrogate pair stands alone.
    case loneSurrogate
    /// A number is not written as JSON writes numbers.
    case badNumber
    /// A word other than `true`, `false` or `null`, such as `NaN`.
    case badWord
    /// More than 128 levels of lists and objects.
    case tooDeep
    /// A value is missing, or something else stands in its place.
    case expectedValue
    /// A key in double quotes is missing.
    case expectedKey
    /// The colon between key and value is missing.
    case expectedColon
    /// A comma, or the end of the list or object, is missing.
    case expectedComma
    /// The value is of another type than the caller asked for.
    case otherType
    /// Something follows the end of the document.
    case trailingBytes
  }

  /// What is wrong.
  public let kind: Kind
  /// The byte where it is seen, counted from 0.
  public let offset: Int

  /// A fault at a byte.
  public init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  /// What is wrong and how to mend it, in French; the place is for the caller to add.
  public var sentence: String {
    let s = French.thin
    return switch kind {
    case .truncated:
      "Le texte s’arrête au milieu d’une valeur\(s): le fichier a sans doute été coupé. Téléchargez-le de nouveau."
    case .badUTF8:
      "Cette suite d’octets n’est pas de l’UTF-8\(s): enregistrez le fichier en UTF-8."
    case .controlCharacter:
      "Un caractère de commande (tabulation, retour à la ligne…) figure tel quel dans un texte\(s): "
        + "remplacez-le par \\t, \\n ou un espace."
    case .badEscape:
      "La barre oblique inverse introduit ici une séquence inconnue\(s): doublez-la (\\\\) "
        + "ou écrivez \\\", \\/, \\b, \\f, \\n, \\r, \\t ou \\u suivi de quatre chiffres hexadécimaux."
    case .loneSurrogate:
      "Une moitié de caractère (\\uD800 à \\uDFFF) est seule\(s): écrivez les deux moitiés, ou le caractère lui-même."
    case .badNumber:
      "Ce nombre est mal écrit\(s): écrivez-le comme 12 ou 12.5, sans zéro de tête, sans signe + ni espace."
    case .badWord:
      "Ce mot n’existe pas en JSON, qui ne connaît que true, false et null\(s): "
        + "écrivez null à la place de NaN ou de None, et mettez les textes entre guillemets droits."
    case .tooDeep:
      "Plus de 128 listes ou objets sont emboîtés\(s): ce fichier n’est pas un export ordinaire, vérifiez sa provenance."
    case .expectedValue: "Une valeur manque ici\(s): ajoutez-la, écrivez null ou retirez la virgule en trop."
    case .expectedKey:
      "Un nom de champ entre guillemets droits manque ici\(s): ajoutez-le ou retirez la virgule en trop."
    case .expectedColon: "Le deux-points entre le nom du champ et sa valeur manque\(s): ajoutez-le."
    case .expectedComma: "Il manque ici une virgule, ou la fin de la liste ou de l’objet\(s): ajoutez-la."
    case .otherType:
      "La valeur n’est pas du type attendu\(s): comparez avec le schéma officiel des données essentielles."
    case .trailingBytes: "Quelque chose suit la fin du document\(s): retirez ce qui dépasse."
    }
  }
}

/// Where a byte stands in a text, for messages.
public struct TextPlace: Sendable, Hashable {
  /// The byte, counted from 0.
  public let offset: Int
  /// The line, counted from 1.
  public let line: Int
  /// The column in characters, counted from 1; in bytes past 64 KiB of one line.
  public let column: Int

  /// The place of a byte; counts the lines before it, starting from one whose number and first byte are known.
  public init(
    of offset: Int, in bytes: UnsafeRawBufferPointer, fromLine line: Int = 1, startingAt start: Int = 0
  ) {
    self.offset = offset
    var line = line
    var lineStart = start
    for index in start..<max(start, min(offset, bytes.count)) where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    self.line = line
    guard offset - lineStart <= 65_536, offset <= bytes.count else {
      column = offset - lineStart + 1
      return
    }
    column = 1 + (lineStart..<max(lineStart, offset)).count { bytes[$0] & 0xC0 != 0x80 }
  }

  /// « ligne 3, colonne 14 (octet 512) ».
  public var sentence: String {
    "ligne \(French.integer(line)), colonne \(French.integer(column)) (octet \(French.integer(offset)))"
  }
}
