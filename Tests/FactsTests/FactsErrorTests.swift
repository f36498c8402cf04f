import Clauses
import Facts
import FoundationEssentials
import Testing

@Suite struct FactsErrorTests {
  private func read(_ json: String) throws(FactsError) -> Figures.Contents {
    try Facts.contents(of: Array(json.utf8), file: "local.json")
  }

  private func plain(_ text: String) -> String {
    String(text.map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 })
  }

  @Test func `a good entry is read with all its fields`() throws {
    let contents = try read(
      """
      {"amounts": [{"id": "a.b", "label": "Essai", "value": "12.02", "unit": "€/h", "from": "2026-01-01",
        "to": "2026-12-31", "source": "Décret", "status": "open", "note": "n"}]}
      """)
    let figure = try #require(contents.amounts.first)
    #expect(figure.value == Euros(cents: 1202))
    #expect(figure.status == .open)
    #expect(figure.from == Day("2026-01-01") && figure.to == Day("2026-12-31") && figure.note == "n")
  }

  @Test(arguments: [
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "status": "verified"}]}"#,
      "entrée amounts « a », champ « source » : il manque ; ajoutez-le, entre guillemets."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "", "status": "verified"}]}"#,
      "entrée amounts « a », champ « source » : il manque ; ajoutez-le, entre guillemets."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "s"}]}"#,
      "entrée amounts « a », champ « status » : il manque ; ajoutez-le, entre guillemets."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "s", "status": "sûr"}]}"#,
      "entrée amounts « a », champ « status » : « sûr » n’est pas un statut ; choisissez « verified », « derived », « memory » ou « open »."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 12.02, "source": "s", "status": "open"}]}"#,
      "entrée amounts « a », champ « value » : un nombre est attendu : entier (30) ou décimal entre guillemets, avec un point (\"12.02\")."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": "douze", "source": "s", "status": "open"}]}"#,
      "entrée amounts « a », champ « value » : « douze » n’est pas un montant ; écrivez des euros, par exemple 216000 ou \"12.02\"."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "s", "status": "open", "from": "22/08/2026"}]}"#,
      "entrée amounts « a », champ « from » : « 22/08/2026 » n’est pas un jour ; écrivez-le année-mois-jour, par exemple 2026-08-22."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "s", "status": "open", "from": "2026-02-01", "to": "2026-01-01"}]}"#,
      "entrée amounts « a », champ « to » : le dernier jour (01/01/2026) vient avant le premier (01/02/2026)."
    ),
    (
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "source": "s", "statut": "open", "status": "open"}]}"#,
      "entrée amounts « a », champ « statut » : ce champ n’existe pas ici ; champs connus : from, id, label, note, source, status, to, unit, value."
    ),
    (#"{"counts": [{"label": "l"}]}"#, "entrée counts nº 1, champ « id » : il manque ; ajoutez-le, entre guillemets."),
    (
      #"{"counts": [{"id": "a", "label": "l", "value": "2", "source": "s", "status": "open"}]}"#,
      "entrée counts « a », champ « value » : un nombre entier sans guillemets est attendu, par exemple 12."
    ),
    (#"{"counts": [3]}"#, "entrée counts nº 1 : une entrée s’écrit entre accolades, avec ses champs."),
    (
      #"{"technicities": [{"prefix": "45x", "value": "low", "source": "s", "status": "open"}]}"#,
      "entrée technicities « 45x », champ « prefix » : « 45x » n’est pas le début d’un code CPV : de un à huit chiffres, entre guillemets."
    ),
    (
      #"{"technicities": [{"prefix": "45", "value": "faible", "source": "s", "status": "open"}]}"#,
      "entrée technicities « 45 », champ « value » : « faible » n’est pas une technicité ; écrivez « low », « medium » ou « high »."
    ),
    (
      #"{"labourShares": [{"prefix": "45", "label": "l", "low": {"value": 5, "source": "s", "status": "open"}}]}"#,
      "entrée labourShares « 45 », champ « usual » : il manque ; une fourchette a trois valeurs, « low », « usual » et « high »."
    ),
    (
      #"{"labourShares": [{"prefix": "45", "label": "l", "low": {"value": 101, "source": "s", "status": "open"}}]}"#,
      "entrée labourShares « 45 », low, champ « value » : « 101 » n’est pas un pourcentage de 0 à 100, par exemple 50 ou \"22.5\"."
    ),
    (
      #"{"departements": [{"code": "20", "label": "Corse", "source": "s", "status": "open"}]}"#,
      "entrée departements « 20 », champ « code » : « 20 » n’a pas la forme d’un code de département (01 à 95, 2A, 2B, 971 à 988)."
    ),
    (
      #"{"words": [{"id": "w", "label": "l", "value": [], "source": "s", "status": "open"}]}"#,
      "entrée words « w », champ « value » : une liste de textes est attendue, par exemple [\"entretien\", \"maintenance\"]."
    ),
    (
      #"{"holidays": [{"id": "h", "label": "l", "value": "13-01", "source": "s", "status": "open"}]}"#,
      "entrée holidays « h », champ « value » : « 13-01 » n’est pas un jour férié ; écrivez mois-jour (\"07-14\") ou l’écart à Pâques (\"easter+39\")."
    ),
    (
      #"{"holidays": [{"id": "h", "label": "l", "value": "01-01", "areas": ["Corse"], "source": "s", "status": "open"}]}"#,
      "entrée holidays « h », champ « areas » : « Corse » n’est pas un territoire connu ; choisissez « metropole », « alsaceMoselle », « guadeloupe », « martinique », « guyane », « laReunion », « mayotte », « saintBarthelemy », « saintMartin » ou « saintPierreEtMiquelon »."
    ),
    (#"{"amounts": 3}"#, "entrée amounts : une liste d’entrées entre crochets est attendue."),
    (#"[]"#, ": le fichier doit être un objet JSON dont chaque champ est une liste d’entrées."),
  ])
  func `a bad entry says the file, the entry, the field and how to mend it`(json: String, advice: String) throws {
    let error = #expect(throws: FactsError.self) { try read(json) }
    let text = plain(error?.description ?? "")
    let separator = advice.hasPrefix(":") ? " " : ", "
    #expect(text == "Données de référence, fichier local.json" + separator + advice)
  }

  @Test(arguments: [
    (
      #""possibilities": [{"id": "exécution", "label": "l"}]"#,
      "« exécution » n’est pas connu ; choisissez « execution »"
    ),
    (
      #""publications": [{"id": "autre", "label": "l"}]"#,
      "« autre » n’est pas connu ; choisissez « execution », « criterion », « executionAndCriterion », « reserved », « insertionService » ou « none »."
    ),
    (
      #""publications": [{"id": "none", "label": "l", "decp": ["x"], "kind": "contract", "eForms": ["BT-06"]}]"#,
      "« BT-06 » s’écrit champ=valeur, par exemple BT-06-Lot=soc-obj."
    ),
    (#""articles": [{"id": "L1", "label": "l"}]"#, "champ « rule » : il manque"),
    (
      #""noticeFields": [{"id": "BT-1", "label": "l", "withObjective": "oui", "rule": "r"}]"#,
      "« oui » n’est pas connu ; choisissez « required »"
    ),
    (#""reservations": [{"id": "adapted", "label": "l", "kind": "marché"}]"#, "« marché » n’est pas connu"),
  ])
  func `the lists of the tender documents say what is wrong in them`(json: String, advice: String) {
    let error = #expect(throws: FactsError.self) { try read("{\(json)}") }
    let text = plain(error?.description ?? "")
    #expect(text.contains(advice))
  }

  @Test func `an unknown list is refused with the names of those that exist`() {
    let error = #expect(throws: FactsError.self) { try read(#"{"montants": []}"#) }
    let text = plain(error?.description ?? "")
    #expect(text.contains("entrée montants : cette liste n’existe pas ; listes connues : amounts, "))
    for list in ["percents", "scaleRungs", "segments", "words"] { #expect(text.contains(", \(list)"), "\(list)") }
  }

  @Test func `a segment whose jobs have no code or whose parts are missing is refused`() {
    let words = #"{"value": ["x"], "source": "s", "status": "open"}"#
    func advice(_ jobs: String, _ rest: String) -> String {
      let json =
        #"{"segments": [{"code": "a", "label": "l", "reference": "45", "jobs": {"value": ["\#(jobs)"], "source": "s", "status": "open"}\#(rest), "source": "s", "status": "open"}]}"#
      let error = #expect(throws: FactsError.self) { try read(json) }
      return plain(error?.description ?? "")
    }
    #expect(advice("Nettoyage", "").hasSuffix("écrivez par exemple « K2204 Nettoyage de locaux »."))
    #expect(
      advice("K2204 Nettoyage de locaux", "").hasSuffix("« possibilities » : il manque ; ajoutez-le, entre accolades."))
    let whole = #", "possibilities": \#(words), "waysIn": \#(words)"#
    let share =
      #"{"low": {"value": 1, "source": "s", "status": "open"}, "usual": {"value": 1, "source": "s", "status": "open"}, "high": {"value": 0, "source": "s", "status": "open"}}"#
    #expect(advice("K2204 Nettoyage de locaux", whole + #", "labourShare": \#(share)"#).contains("aller en croissant"))
    #expect(advice("K2204 Nettoyage de locaux", whole + #", "reserve": 1"#).contains("ce champ n’existe pas ici"))
  }

  @Test func `values out of order in a range are refused`() {
    let figure = { (value: Int) in #"{"value": \#(value), "source": "s", "status": "open"}"# }
    let json =
      #"{"labourShares": [{"prefix": "45", "label": "l", "low": \#(figure(9)), "usual": \#(figure(5)), "high": \#(figure(10))}]}"#
    let error = #expect(throws: FactsError.self) { try read(json) }
    let text = plain(error?.description ?? "")
    #expect(text.hasSuffix("les trois valeurs doivent aller en croissant : « low », « usual », « high »."))
  }

  @Test(arguments: [
    ("{\n\"amounts\": [\n,\n]}", 3, "une valeur est attendue"), ("{\"a\": [}", 1, "une valeur est attendue"),
    ("{\n\"amounts\": [\n", 3, "le texte s’arrête trop tôt"), ("{}\n{}", 2, "il reste du texte après la fin"),
    ("{\"a\" 3}", 1, "deux-points attendus après « a »"), ("{a: 3}", 1, "un nom de champ entre guillemets est attendu"),
    ("{\"a\": [1 2]}", 1, "une virgule ou un crochet fermant est attendu"),
    ("{\"a\": 1 \"b\": 2}", 1, "une virgule ou une accolade fermante est attendue"),
    ("{\"a\": 1,\n\"a\": 2}", 2, "le champ « a » est écrit deux fois"),
    ("{\"a\": \"b\n\"}", 2, "un retour à la ligne ou un signe de commande est dans un texte"),
    ("{\"a\": \"b", 1, "un texte n’est pas refermé par un guillemet"),
    ("{\"a\": \"\\q\"}", 1, "le signe qui suit une barre oblique inverse n’est pas connu"),
    ("{\"a\": \"\\ud800\"}", 1, "un signe écrit \\u ne se lit pas : écrivez-le lui-même"),
    ("{\"a\": vrai}", 1, "« vrai » ne se lit pas : un texte s’écrit entre guillemets"),
    (String(repeating: "[", count: 500), 1, "trop de niveaux"), ("", 1, "le texte s’arrête trop tôt"),
  ])
  func `text that is no JSON is told with its line`(json: String, line: Int, what: String) {
    let error = #expect(throws: FactsError.self) { try read(json) }
    let text = plain(error?.description ?? "")
    #expect(
      text
        == "Données de référence, fichier local.json : le fichier n’est pas du JSON lisible, ligne \(line) : \(what) ; "
        + "vérifiez virgules, guillemets et accolades.")
  }

  @Test func `bytes that are no UTF-8 are refused and a byte order mark is not`() throws {
    #expect(throws: FactsError.self) { try Facts.contents(of: [0x7B, 0xFF, 0x7D], file: "local.json") }
    #expect(try Facts.contents(of: [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], file: "local.json") == Figures.Contents())
  }

  @Test func `escaped signs are read`() throws {
    let contents = try read(
      #"{"counts": [{"id": "a\u00e9\/\"\n\t\\", "label": "l", "value": -3, "source": "s", "status": "open"}]}"#)
    #expect(contents.counts.first?.id == "aé/\"\n\t\\")
    #expect(contents.counts.first?.value == -3)
  }

  @Test func `two entries for one day are refused, two that follow each other are not`() throws {
    let folder = try Folder()
    let entry = { (from: String, to: String) in
      #"{"amounts": [{"id": "a", "label": "l", "value": 1, "from": "\#(from)", "to": "\#(to)", "source": "s", "status": "open"}]}"#
    }
    try folder.write("1.json", entry("2026-01-01", "2026-12-31"))
    try folder.write("2.json", entry("2027-01-01", "2027-12-31"))
    #expect(try Facts.contents(of: folder.path).amounts.count == 2)
    try folder.write("2.json", entry("2026-12-31", "2027-12-31"))
    let error = #expect(throws: FactsError.self) { try Facts.contents(of: folder.path) }
    let text = plain(error?.description ?? "")
    #expect(text.contains("entrée « a » : deux entrées valent le même jour"))
  }

  @Test func `local choices are a folder above the national figures`() throws {
    let local = try Folder()
    try local.write(
      "chez-nous.json",
      #"{"amounts": [{"id": "spotting.minimumAmount", "label": "Repère local", "value": 60000, "source": "Comité local", "status": "verified"}]}"#
    )
    let base = try Facts.figures(in: FactsFilesTests.folder)
    let figures = try Facts.figures(in: FactsFilesTests.folder, overlays: [local.path])
    let day = try #require(Day("2026-11-21"))
    #expect(try figures.amounts.figure(.minimumAmount, on: day).value == Euros(60_000))
    #expect(try figures.amounts.figure(.thresholdWorks, on: day).value == Euros(5_404_000))
    #expect(figures.version != base.version)
  }

  @Test func `a folder that is missing or empty is told`() throws {
    let empty = try Folder()
    for path in [empty.path, empty.path + "/rien"] {
      #expect(throws: FactsError.self) { try Facts.contents(of: path) }
    }
  }

  @Test func `the folder is found by setting, then beside the executable`() throws {
    let root = try Folder()
    try FileManager.default.createDirectory(atPath: root.path + "/share/facts", withIntermediateDirectories: true)
    #expect(Facts.folder(share: root.path + "/share", executable: nil) == root.path + "/share/facts")
    #expect(Facts.folder(share: nil, executable: root.path + "/marchepied") == root.path + "/share/facts")
    #expect(Facts.folder(share: nil, executable: root.path + "/bin/marchepied") == root.path + "/share/facts")
    #expect(Facts.folder(share: root.path + "/ailleurs", executable: root.path + "/marchepied") == nil)
  }
}

/// A folder for one test, removed with it.
private final class Folder {
  let path: String

  init() throws {
    var generator = SystemRandomNumberGenerator()
    path = FileManager.default.temporaryDirectory.path + "/facts-\(generator.next())"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
