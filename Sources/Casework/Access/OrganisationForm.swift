public import Clauses
import Records
import Storage

/// What someone types of an organisation.
public struct OrganisationDraft: Sendable, Hashable {
  /// Its kind, as a code; settled once and for all at the registration.
  public var kind: String
  /// Its SIRET.
  public var siret: String
  /// Its name.
  public var name: String
  /// Number and street.
  public var address: String
  /// Postcode.
  public var postcode: String
  /// The name or the INSEE code of its commune.
  public var commune: String
  /// NAF code.
  public var naf: String

  /// A draft.
  public init(
    kind: String = "", siret: String = "", name: String = "", address: String = "", postcode: String = "",
    commune: String = "", naf: String = ""
  ) {
    (self.kind, self.siret, self.name, self.address) = (kind, siret, name, address)
    (self.postcode, self.commune, self.naf) = (postcode, commune, naf)
  }

  /// What an organisation holds, as a form shows it.
  public init(_ organisation: Organisation) {
    self.init(
      kind: organisation.kind.code, siret: organisation.siret?.digits ?? "", name: organisation.name,
      address: organisation.address ?? "", postcode: organisation.postcode ?? "",
      commune: organisation.commune ?? "", naf: organisation.naf ?? "")
  }

  /// Writes the draft into an organisation; throws ``FieldFault`` at the first wrong field.
  func fill(_ organisation: inout Organisation, in db: any Connection) throws {
    organisation.name = try PersonalText.line(name, "nomorganisation", longest: 200)
    organisation.siret = try establishment(organisation.kind)
    organisation.address = try PersonalText.optional(address, "adresse")
    organisation.naf = try naf(PersonalText.optional(naf, "naf", longest: 6))
    organisation.postcode = try PersonalText.optional(postcode, "codepostal", longest: 5)
    if let code = organisation.postcode, code.utf8.count != 5 || Int(code) == nil {
      throw FieldFault("codepostal", "Un code postal a cinq chiffres, par exemple 77000.")
    }
    (organisation.commune, organisation.departement) = try place(organisation.postcode, in: db)
  }

  private func establishment(_ kind: OrganisationKind) throws(FieldFault) -> SIRET? {
    let text = siret.filter { !$0.isWhitespace }
    if text.isEmpty {
      // A coordination may have no establishment of its own.
      guard kind == .coordination else { throw FieldFault("siret", "Indiquez le SIRET\u{202F}: quatorze chiffres.") }
      return nil
    }
    do {
      return try SIRET(text)
    } catch {
      throw FieldFault("siret", "Un SIRET a quatorze chiffres\u{202F}: vérifiez celui-ci.")
    }
  }

  private func naf(_ text: String?) throws(FieldFault) -> String? {
    guard let text else { return nil }
    let code = text.uppercased().filter { $0 != "." && $0 != " " }
    guard code.wholeMatch(of: /[0-9]{4}[A-Z]/) != nil else {
      throw FieldFault("naf", "Un code NAF a quatre chiffres et une lettre, par exemple 4120A.")
    }
    return code
  }

  private func place(_ postcode: String?, in db: any Connection) throws -> (String?, DepartementCode?) {
    let around = postcode.flatMap { DepartementCode(ofFiveSigns: $0) }
    let typed = commune.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // Without a table of communes the postcode is enough.
    guard !typed.isEmpty, try Territories.communeCount(in: db) > 0 else { return (nil, around) }
    let found = try Territories.places(typed, of: around, limit: 6, in: db)
    guard let commune = found.first else {
      throw FieldFault("commune", "Cette commune n’est pas connue à ce code postal. Vérifiez les deux.")
    }
    guard found.count == 1 else {
      let names = found.prefix(5).map { "\($0.name) (\($0.departement))" }
      throw FieldFault(
        "commune",
        "Plusieurs communes portent ce nom\u{202F}: \(French.list(names, last: "ou")). Précisez le code postal.")
    }
    return (commune.code, DepartementCode(commune.departement))
  }
}
