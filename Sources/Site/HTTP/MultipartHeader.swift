import HTTPTypes

extension Multipart {
  /// Why a form's body cannot be read.
  public enum Malformed: Error, Sendable, Equatable {
    /// The request is not `multipart/form-data`.
    case notMultipart
    /// The boundary is missing or malformed.
    case boundary
    /// Something else than a line end follows a delimiter.
    case delimiter
    /// A header line is not `Name: value`, or not UTF-8.
    case header
    /// A part has no `Content-Disposition: form-data` with a name.
    case disposition
    /// A part is encoded in a way that browsers do not use.
    case encoding(String)
    /// A part's header is longer than it may be.
    case headerTooLong(limit: Int)
    /// More parts than there may be.
    case tooManyParts(limit: Int)
    /// A field, or all of the form where none is named, is larger than it may be.
    case tooLarge(field: String?, limit: Int)
    /// The form stops before its last delimiter.
    case truncated

    /// What to tell the user.
    public var problem: Problem {
      let again = "Rechargez la page et envoyez à nouveau le formulaire."
      switch self {
      case .tooLarge(let field, let limit):
        var problem = Problem.tooLarge(limit: limit)
        if let field { problem.place = "champ «\u{A0}\(field)\u{A0}», limite\u{202F}: \(Weight.french(limit))" }
        return problem
      case .tooManyParts(let limit):
        return Problem(
          .contentTooLarge, "Le formulaire contient trop de champs ou de fichiers.", place: "limite\u{202F}: \(limit)",
          remedy: "Envoyez les fichiers en plusieurs fois.")
      case .truncated:
        return .badRequest(
          "Le formulaire est arrivé incomplet.", remedy: "Vérifiez la connexion et envoyez-le à nouveau.")
      case .notMultipart:
        return Problem(.unsupportedMediaType, "L’envoi n’est pas un formulaire avec fichiers.", remedy: again)
      case .boundary, .delimiter, .header, .disposition, .encoding, .headerTooLong:
        return .badRequest("Le formulaire est mal formé.", place: place, remedy: again)
      }
    }

    private var place: String {
      switch self {
      case .boundary: "séparateur de l’en-tête Content-Type"
      case .delimiter: "ligne qui sépare deux champs"
      case .disposition: "en-tête Content-Disposition d’un champ"
      case .encoding(let name): "encodage «\u{A0}\(name)\u{A0}» d’un champ"
      default: "en-tête d’un champ"
      }
    }
  }
}

extension Multipart.Header {
  init(lines: [ArraySlice<UInt8>]) throws(Multipart.Malformed) {
    var disposition: FieldValue?
    var contentType: String?
    for line in lines {
      guard let text = String(validating: line, as: UTF8.self), let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
        colon > text.startIndex
      else { throw .header }
      let name = text[..<colon].lowercased()
      let value = FieldValue.trimmed(text[text.utf8.index(after: colon)...])
      switch name {
      case "content-disposition": disposition = FieldValue(String(value))
      case "content-type": contentType = String(value)
      case "content-transfer-encoding":
        guard ["7bit", "8bit", "binary"].contains(value.lowercased()) else { throw .encoding(String(value.prefix(40))) }
      default: continue
      }
    }
    guard let disposition, disposition.first == "form-data", let field = disposition.parameters["name"] else {
      throw .disposition
    }
    name = field
    filename = disposition.parameters["filename"].map(Self.withoutFolder)
    self.contentType = contentType
  }

  /// Old browsers send a path, with either kind of slash.
  private static func withoutFolder(_ name: String) -> String {
    String(name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? "")
  }
}

/// A header field's value with parameters: `form-data; name="a"; filename="b.csv"`.
struct FieldValue {
  /// What stands before the parameters, in lower case.
  let first: String
  /// The parameters, names in lower case; the first of a name wins.
  let parameters: [String: String]

  /// Nil where a quote is not closed or a parameter has no value.
  init?(_ text: String) {
    var rest = text.utf8[...]
    first = String(Self.trimmed(Substring(rest.prefix { $0 != 0x3B }))).lowercased()
    rest = rest.drop { $0 != 0x3B }
    var parameters: [String: String] = [:]
    while rest.first == 0x3B {
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      guard !rest.isEmpty else { break }
      let name = Self.trimmed(Substring(rest.prefix { $0 != 0x3D && $0 != 0x3B })).lowercased()
      rest = rest.drop { $0 != 0x3D && $0 != 0x3B }
      guard rest.first == 0x3D, !name.isEmpty else { return nil }
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      let value: String
      if rest.first == 0x22 {
        guard let quoted = Self.quoted(&rest) else { return nil }
        value = quoted
      } else {
        value = String(Self.trimmed(Substring(rest.prefix { $0 != 0x3B })))
      }
      rest = rest.drop { $0 != 0x3B }
      if parameters[name] == nil { parameters[name] = value }
    }
    self.parameters = parameters
  }

  /// A quoted text: `\"` and what browsers write, `%22`, `%0D`, `%0A`; other escapes are left as they are, Windows paths need them.
  private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
    rest = rest.dropFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case 0x22:
        let text = String(decoding: bytes, as: UTF8.self)
        return replacing(replacing(replacing(text, "%22", "\""), "%0D", "\r"), "%0A", "\n")
      case 0x5C where rest.first == 0x22:
        bytes.append(0x22)
        rest = rest.dropFirst()
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private static func replacing(_ text: String, _ code: String, _ sign: String) -> String {
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(of: code) {
      result += rest[..<found.lowerBound] + sign
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  /// Without spaces and tabs around.
  static func trimmed(_ text: Substring) -> Substring {
    var utf8 = text.utf8
    while let byte = utf8.first, byte == 0x20 || byte == 0x09 { utf8.removeFirst() }
    while let byte = utf8.last, byte == 0x20 || byte == 0x09 { utf8.removeLast() }
    return Substring(utf8)
  }
}
