/// The fields of an address after `?`, in order, as a form sends them.
public struct Query: Sendable, Hashable {
  /// One field.
  public struct Field: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its value, decoded.
    public var value: String
  }

  /// The fields in the order of the address.
  public private(set) var fields: [Field] = []

  /// No field.
  public init() {}

  /// Reads what follows `?`: `+` is a space, names and values are percent-decoded.
  ///
  /// Throws a 400 that names the field when an escape is broken, the bytes are not UTF-8 or one of them is zero.
  public init(parsing text: String?) throws(Problem) {
    guard let text else { return }
    for part in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
      let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let rawName = Substring(pair[0])
      guard let name = PercentCode.decode(rawName, plusIsSpace: true),
        let value = PercentCode.decode(pair.count > 1 ? Substring(pair[1]) : "", plusIsSpace: true),
        !value.utf8.contains(0)
      else {
        throw Problem.badRequest(
          "Le filtre «\u{A0}\(rawName.prefix(40))\u{A0}» est mal écrit dans l’adresse.",
          place: "après le signe «\u{A0}?\u{A0}»",
          remedy: "Repartez de la page et choisissez les filtres dans le formulaire.")
      }
      fields.append(Field(name: name, value: value))
    }
  }

  /// The first value of a field that is not blank, without spaces around it.
  public subscript(_ name: String) -> String? {
    for field in fields where field.name == name {
      let value = Query.trimmed(field.value)
      if !value.isEmpty { return value }
    }
    return nil
  }

  /// Every value of a field that is not blank.
  public func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { Query.trimmed($0.value) }.filter { !$0.isEmpty }
  }

  /// Adds a field; a nil or empty value adds nothing, so that addresses stay short.
  public mutating func add(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    fields.append(Field(name: name, value: value))
  }

  /// A copy where a field has this value only, at the end; nil removes it.
  public func setting(_ name: String, _ value: String?) -> Query {
    var copy = removing(name)
    copy.add(name, value)
    return copy
  }

  /// A copy without a field.
  public func removing(_ names: String...) -> Query {
    var copy = self
    copy.fields.removeAll { names.contains($0.name) }
    return copy
  }

  /// The fields of these names alone.
  public func keeping(_ names: Set<String>) -> Query {
    var copy = self
    copy.fields.removeAll { !names.contains($0.name) }
    return copy
  }

  /// The fields as an address writes them, without `?`; empty where there is none.
  public var text: String {
    fields.map { "\(PercentCode.encode($0.name))=\(PercentCode.encode($0.value))" }.joined(separator: "&")
  }

  private static func trimmed(_ text: String) -> String {
    var view = text[...]
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
