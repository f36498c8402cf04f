import Foundation

/// The filtered addresses that the pages are asked for: varied like a morning of several facilitators.
enum BenchAddresses {
  /// Addresses over these départements, the most numerous first.
  static func all(departements: [String]) -> [String] {
    let windows = [("2026-12", "2027-12"), ("2027-01", "2027-06"), ("2026-06", "2028-06"), ("2025-01", "2026-12")]
    let families = ["45", "71", "79", "50", "90", "33", "77", "55", "909", "4523"]
    let texts = ["nettoyage", "voirie", "entretien espaces verts", "ecole", "transport", "maintenance", "travaux toit"]
    let orders = ["priorite", "fin", "montant"]
    var list: [String] = []
    for index in 0..<60 {
      var fields: [(String, String)] = []
      if index % 6 != 5 { fields.append(("departement", departements[index % departements.count])) }
      if index % 3 != 1 {
        let window = windows[index % windows.count]
        fields += [("de", window.0), ("a", window.1)]
      }
      if index % 4 == 1 { fields.append(("famille", families[index / 4 % families.count])) }
      if index % 4 == 2 { fields.append(("texte", texts[index / 4 % texts.count])) }
      if index % 5 == 3 { fields.append(("montant_min", "100000")) }
      if index % 7 == 4 { fields.append(("consideration", "declaree")) }
      if index % 4 == 3 {
        fields += [("critere", "duree"), ("critere", "montant")]
        if index % 8 == 7 { fields += [("critere", "nature"), ("critere", "publics")] }
      }
      fields.append(("tri", orders[index % 3]))
      let query = fields.map { "\($0.0)=\($0.1.replacingOccurrences(of: " ", with: "+"))" }.joined(separator: "&")
      list.append("/reperage?\(query)")
    }
    return list
  }
}
