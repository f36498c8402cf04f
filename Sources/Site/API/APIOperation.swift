import Casework
import Clauses
import HTTPTypes
import Hummingbird

/// One operation of the interface for programs: what its route takes, what it answers, in words and in shapes.
///
/// The description at `/api/v1/openapi.json` is written from these very values, and so are the checks of what is sent.
struct APIOperation: Sendable {
  /// A body that is sent.
  struct Body: Sendable {
    let meaning: String
    let schema: JSONSchema
  }

  /// Its stable name.
  let name: String
  let method: HTTPRequest.Method
  let address: Address
  let right: Right
  /// Whether a key is asked for.
  var needsKey = false
  /// What it does, in one French sentence.
  let summary: String
  /// Fields of the address after `?`.
  var parameters: [APIParameter] = []
  /// What stands for each `{name}` of the template.
  var identifiers: [APIParameter] = []
  var body: Body?
  /// What a 200 holds.
  let answer: JSONSchema
  /// Other statuses that it may answer with, each with the shape of a problem unless told otherwise.
  var refusals: [Int: JSONSchema] = [:]
}

/// A value that a program gives in the address.
struct APIParameter: Sendable {
  /// What it looks like.
  enum Kind: Sendable {
    /// One of some words.
    case word([String])
    /// One or several of some words, the parameter repeated.
    case words([String])
    case departement
    /// `2027-03`.
    case month
    /// So many digits.
    case digits(ClosedRange<Int>)
    /// A whole number.
    case whole(ClosedRange<Int>)
    /// Words that people type.
    case text(longest: Int)
    /// Where a page of contracts starts, as the page before gave it.
    case place
    /// The identifier of something of the program's own.
    case identifier
    /// The stable name of something that is listed.
    case name
  }

  let name: String
  let kind: Kind
  let meaning: String

  init(_ name: String, _ kind: Kind, _ meaning: String) { (self.name, self.kind, self.meaning) = (name, kind, meaning) }

  var schema: JSONSchema {
    switch kind {
    case .word(let words): .word(words)
    case .words(let words): .list(of: .word(words))
    case .departement: .text(pattern: "^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5]|97[1-9]|98[0-8])$")
    case .month: .text(pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])$")
    case .digits(let count): .text(pattern: "^[0-9]{\(count.lowerBound),\(count.upperBound)}$")
    case .whole(let range): .whole(from: range.lowerBound, to: range.upperBound)
    case .text(let longest): .text(pattern: "^[^\\u0000]*$", longest: longest)
    case .place: .text(pattern: "^(avant|apres)\\.(0|-?[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})$")
    case .identifier:
      .text(pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
    case .name: .text(pattern: "^[a-zA-Z-]{1,40}$")
    }
  }

  /// Whether a value has this form; ``schema`` says the same to programs.
  func takes(_ text: String) -> Bool {
    switch kind {
    case .word(let words), .words(let words): words.contains(text)
    case .departement: DepartementCode(text) != nil
    case .month: text.hasPrefix("20") && Month(text) != nil
    case .digits(let count): count.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    case .whole(let range):
      Int(text).map { range.contains($0) && String($0) == text } ?? false
    case .text(let longest): text.unicodeScalars.count <= longest
    case .place: SpottingPlace(text).map { $0.description == text } ?? false
    case .identifier, .name: true
    }
  }

  /// What its values look like, in French, for the message that refuses one.
  var form: String {
    switch kind {
    case .word(let words), .words(let words): "l’une de ces valeurs\u{202F}: \(words.joined(separator: ", "))"
    case .departement: "un numéro de département, par exemple 77, 2A ou 974"
    case .month: "un mois écrit 2027-03"
    case .digits(let count): "de \(count.lowerBound) à \(count.upperBound) chiffres"
    case .whole(let range): "un nombre entier de \(range.lowerBound) à \(range.upperBound)"
    case .text(let longest): "un texte de \(longest) caractères au plus"
    case .place: "la valeur «\u{A0}next\u{A0}» de la page précédente, sans la changer"
    case .identifier: "un identifiant donné par cette interface"
    case .name: "un nom de la liste"
    }
  }
}

/// What a program asked for, once each value was found to be of the form that the operation declares.
struct APIQuery: Sendable {
  private let query: Query

  /// Reads the address; throws a 400 that names the first parameter that is unknown, given twice or of another form.
  init(_ request: Request, _ parameters: [APIParameter]) throws(Problem) {
    query = try Query(parsing: request.uri.query)
    var seen: Set<String> = []
    for field in query.fields {
      let place = "paramètre «\u{A0}\(field.name.prefix(40))\u{A0}»"
      guard let parameter = parameters.first(where: { $0.name == field.name }) else {
        let known = parameters.map(\.name).joined(separator: ", ")
        throw .badRequest(
          "Ce paramètre n’existe pas.", place: place,
          remedy: known.isEmpty ? "Cette adresse n’en prend aucun." : "Elle prend\u{202F}: \(known).")
      }
      if case .words = parameter.kind {
      } else if !seen.insert(field.name).inserted {
        throw .badRequest("Ce paramètre est donné deux fois.", place: place, remedy: "Gardez une seule valeur.")
      }
      guard parameter.takes(field.value) else {
        throw .badRequest("Cette valeur n’est pas acceptée.", place: place, remedy: "Donnez \(parameter.form).")
      }
    }
  }

  /// The value of a parameter; nil where it is absent or blank.
  subscript(_ name: String) -> String? { query[name] }
  /// Every value of a parameter that may be repeated.
  func all(_ name: String) -> [String] { query.all(name) }
  /// A whole number.
  func whole(_ name: String) -> Int? { query[name].flatMap { Int($0) } }
}
