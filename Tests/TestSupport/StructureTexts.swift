/// A list of inclusion structures as CSV text.
public enum StructureText {
  /// So many structures of a postcode, numbered from `first`; the coordinates are those given for all of them.
  public static func csv(
    _ count: Int, postcode: String = "77000", town: String = "MELUN", kind: String = "EI", first: Int = 0,
    latitude: String = "48.5399", longitude: String = "2.6608"
  ) -> String {
    header + rows(count, postcode, town, kind, first, latitude, longitude)
  }

  /// The titles of the columns.
  public static let header = "siret;type;raison_sociale;enseigne;naf;code_postal;ville;lat;lon;description\n"

  private static func rows(
    _ count: Int, _ postcode: String, _ town: String, _ kind: String, _ first: Int, _ latitude: String,
    _ longitude: String
  ) -> String {
    (first..<first + count).map { index in
      let digits = String(10_000_000 + index)
      return "9997\(digits)01;\(kind);STRUCTURE \(index);;81.21Z;\(postcode);\(town);\(latitude);\(longitude);\n"
    }.joined()
  }
}
