public import Clauses
internal import FoundationEssentials

extension Facts {
  /// Activities in words and the purchases they can perform, from `naf.json` and `families.json` of a folder.
  ///
  /// Throws with file, entry, field and what to do.
  public static func activities(in folder: String) throws(FactsError) -> Activities {
    let labels: NAFFile = try decoded("naf.json", in: folder)
    let families: FamiliesFile = try decoded("families.json", in: folder)
    for family in families.families where family.cpv.isEmpty || family.naf.isEmpty {
      throw FactsError(
        file: "families.json", entry: family.id, field: family.cpv.isEmpty ? "cpv" : "naf",
        advice: "la liste est vide\u{202F}; donnez au moins un début de code.")
    }
    return Activities(
      labels: Dictionary(labels.entries.map { ($0.code, $0.label) }, uniquingKeysWith: { _, last in last }),
      families: families.families.map { .init(id: $0.id, label: $0.label, cpv: $0.cpv, naf: $0.naf) },
      caution: families.caution)
  }

  private static func decoded<File: Decodable>(_ name: String, in folder: String) throws(FactsError) -> File {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
      throw FactsError(
        file: name,
        advice:
          "introuvable dans «\u{202F}\(folder)\u{202F}»\u{202F}; relancez setup/install ou vérifiez MARCHEPIED_SHARE.")
    }
    do {
      return try JSONDecoder().decode(File.self, from: data)
    } catch let DecodingError.keyNotFound(key, context) {
      throw FactsError(
        file: name, entry: entry(context), field: key.stringValue, advice: "le champ manque\u{202F}; ajoutez-le.")
    } catch let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context) {
      throw FactsError(
        file: name, entry: entry(context), field: context.codingPath.last?.stringValue,
        advice: "la valeur n’est pas de la sorte attendue\u{202F}; corrigez-la.")
    } catch {
      throw FactsError(
        file: name, advice: "le fichier n’est pas du JSON correct\u{202F}; vérifiez virgules et guillemets.")
    }
  }

  private static func entry(_ context: DecodingError.Context) -> String? {
    context.codingPath.first { $0.intValue != nil }?.intValue.map { "n° \($0 + 1)" }
  }

  private struct NAFFile: Decodable {
    struct Entry: Decodable { let code, label: String }
    let source, status: String
    let entries: [Entry]
  }

  private struct FamiliesFile: Decodable {
    struct Family: Decodable {
      let id, label: String
      let cpv, naf: [String]
    }
    let source, status, caution: String
    let families: [Family]
  }
}
