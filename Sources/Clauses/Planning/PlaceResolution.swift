/// What the published place of performance says of the département.
public enum PlaceResolution: Sendable, Equatable {
  /// The place lies in this département.
  case departement(DepartementCode)
  /// The place says none.
  case unresolved(Gap)

  /// Why a place gives no département.
  public enum Gap: Sendable, Equatable {
    /// The record has no place.
    case missing
    /// The code is that of a region or of a country.
    case tooWide(AwardNotice.Place.Kind)
    /// « 20 », the Corsica of before 1976.
    case formerCorsica
    /// The code has not the length or the signs of its kind.
    case malformed(code: String, kind: AwardNotice.Place.Kind?)
    /// No such département exists.
    case nonexistent(String)
  }

  /// The département, where there is one.
  public var departement: DepartementCode? {
    guard case .departement(let code) = self else { return nil }
    return code
  }

  /// Resolves a place of performance.
  ///
  /// Postcodes and codes of communes, arrondissements and cantons must have five signs (20xxx: 200 and 201 are 2A, the
  /// others 2B; 97 and 98 keep three signs), codes of départements two or three. A code without a kind is read as a
  /// postcode when it has five signs. `existing` lists the départements that exist.
  public static func resolve(
    _ place: AwardNotice.Place?, existing: [DepartementCode: Departement]
  ) -> PlaceResolution {
    guard let place, !place.code.isEmpty else { return .unresolved(.missing) }
    let length = place.code.utf8.count
    let code: DepartementCode?
    switch place.kind {
    case .postcode, .commune, .arrondissement, .canton: code = DepartementCode(ofFiveSigns: place.code)
    case .departement:
      if place.code == "20" { return .unresolved(.formerCorsica) }
      code = DepartementCode(place.code)
    case .region: return .unresolved(.tooWide(.region))
    case .country: return .unresolved(.tooWide(.country))
    case nil: code = length == 5 ? DepartementCode(ofFiveSigns: place.code) : nil
    }
    guard let code else { return .unresolved(.malformed(code: String(place.code.prefix(20)), kind: place.kind)) }
    return existing[code] == nil ? .unresolved(.nonexistent(code.code)) : .departement(code)
  }
}

extension PlaceResolution.Gap {
  /// Why the place gives no département and what to do, in French.
  public var french: String {
    let colon = "\(French.thin):"
    return switch self {
    case .missing: "Lieu d’exécution non publié\(colon) à demander à l’acheteur."
    case .tooWide(.country): "Lieu d’exécution donné par pays\(colon) trop large pour connaître le département."
    case .tooWide: "Lieu d’exécution donné par région\(colon) trop large pour connaître le département."
    case .formerCorsica:
      "«\(French.noBreak)20\(French.noBreak)» est l’ancien code de la Corse\(colon) 2A ou 2B, à préciser."
    case .malformed(let code, let kind):
      "Le lieu d’exécution «\(French.noBreak)\(code)\(French.noBreak)» (\(Self.name(of: kind))) "
        + "ne désigne aucun département\(colon) à vérifier auprès de l’acheteur."
    case .nonexistent(let code):
      "Le département «\(French.noBreak)\(code)\(French.noBreak)» n’existe pas\(colon) lieu d’exécution à vérifier."
    }
  }

  private static func name(of kind: AwardNotice.Place.Kind?) -> String {
    switch kind {
    case .postcode: "code postal"
    case .commune: "code de commune"
    case .arrondissement: "code d’arrondissement"
    case .canton: "code de canton"
    case .departement: "code de département"
    case .region: "code de région"
    case .country: "code de pays"
    case nil: "sans type de code"
    }
  }
}
