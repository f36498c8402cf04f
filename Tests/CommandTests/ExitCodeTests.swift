import Foundation
import Records
import TestSupport
import Testing

@Suite(.serialized) struct ExitCodeTests {
  @Test func `scripts can trust the exit codes`() throws {
    let program = try Program()
    defer { program.remove() }
    let good = try program.file(
      "bon.json", AwardText.file([AwardText("1"), AwardText("2") { $0.isConcession = true }]))
    let bad = try program.file("mauvais.json", AwardText.file([AwardText("3"), AwardText("4") { $0.buyer = "12" }]))
    func expect(_ code: Int32, _ arguments: [String], _ environment: [String: String] = [:], says words: String = "")
      throws
    {
      let outcome = try program.run(arguments, environment)
      let text = (outcome.output + outcome.errors).plain
      #expect(outcome.code == code, "\(arguments): \(text)")
      #expect(words.isEmpty || text.contains(words), "\(arguments): \(text)")
    }
    try expect(3, ["doctor"], says: "base.sqlite » n’existe pas")
    try expect(3, ["doctor", "--verify"], says: "marchepied migrate")
    #expect(!FileManager.default.fileExists(atPath: program.database))
    try expect(1, ["spot"], says: "marchepied migrate")
    try expect(3, ["doctor"], says: "marchepied migrate")
    try expect(0, ["migrate"])
    try expect(0, ["migrate"], says: "à jour")
    try expect(0, ["import", "awards", good], says: "2 fiches lues")
    try expect(0, ["import", "awards", good], says: "déjà importé")
    try expect(2, ["import", "awards", bad], says: "refusée, ligne 3")
    try expect(2, ["import", "awards", try program.file("texte.json", "bonjour")], says: "texte.json")
    try expect(1, ["import", "awards", "\(program.folder)/absent.json"], says: "n’existe pas")
    try expect(0, ["spot", "--criteria", "all", "--departement", "77"])
    try expect(0, ["doctor", "--verify"], says: "repérage")
    try expect(0, ["doctor", "--verify"], says: "relus et intacts")
    try expect(0, ["buyer", "999999999", "--type", "central"], says: "Aucun marché de la base n’a d’acheteur")
    try expect(0, ["buyer", "--list"], says: "999999999")
    try expect(0, ["buyer", "999999999", "--type", "estimated"], says: "Aucun marché")
    try expect(0, ["buyer", "21770288100012", "--type", "other"], says: "réexaminé")
    for wrong in [
      ["spot", "--departement", "moulin"], ["spot", "--from", "2026"],
      ["spot", "--from", "2027-02", "--to", "2027-01"],
      ["spot", "--cpv", "4x"], ["spot", "--criteria", "beauté"], ["spot", "--format", "pdf"],
      ["spot", "--format", "xlsx"],
      ["spot", "--limit", "-1"], ["importe"], ["import", "awards"], ["import", "structures", good, "--kind", "SARL"],
      ["import", "structures", good, "--column", "couleur=Bleu"],
    ] { try expect(64, wrong) }
    for (wrong, words) in [
      (["frob"], "commande inconnue : « frob »."), (["frob"], "Commandes : serve, migrate, import, spot, buyer"),
      (["doctr"], "Vouliez-vous dire « doctor » ?"), (["sopt", "--json"], "Vouliez-vous dire « spot » ?"),
      (["import", "award", "x"], "Vouliez-vous dire « awards » ?"), (["demo", "laod"], "Vouliez-vous dire « load » ?"),
      (["spot", "--departmt", "77"], "Vouliez-vous dire « --departement » ?"),
      (["spot", "--from"], "il manque une valeur après « --from"), (["import", "awards"], "il manque « <chemin>"),
      (["spot", "--format", "pdf"], "Choisissez parmi : table, json, csv ou xlsx."),
      (["spot", "x"], "« x » n’est pas attendu ici"), (["spot", "x", "y"], "« x », « y » ne sont pas attendus ici"),
      (["spot", "--json=1"], "« --json » ne prend pas de valeur"), (["rule"], "--list"),
      (["rule", "nimporte"], "La règle « nimporte » n’existe pas"),
    ] { try expect(64, wrong, says: words) }
    try expect(1, ["migrate", "--database", "postgres:/u:secret@h/d"], says: "postgresql://")
    try expect(1, ["spot"], ["MARCHEPIED_HTTP_PROT": "1"], says: "MARCHEPIED_HTTP_PORT")
    try expect(1, ["spot", "--config", "/nulle/part.yaml"], says: "/nulle/part.yaml")
    try expect(1, ["spot"], ["MARCHEPIED_SHARE": "/nulle/part"], says: "MARCHEPIED_SHARE")
  }

  @Test func `a result that cannot be written says where and how to mend it`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["migrate"]).code == 0)
    for format in ["table", "json", "csv", "xlsx"] {
      for (path, words) in [
        ("absent/liste", "le dossier « absent » n’existe pas"), (program.folder, "c’est un dossier"),
        ("/dev/full", format == "xlsx" ? "" : "le disque est plein"),
      ] where !words.isEmpty {
        let outcome = try program.run(["spot", "--format", format, "--output", path])
        #expect(outcome.code == 1 && outcome.errors.plain.contains(words), "\(format): \(outcome.errors)")
        #expect(outcome.errors.contains("--output"))
      }
    }
  }

  @Test func `doctor counts the stored files that are missing or have changed`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["migrate"]).code == 0)
    for name in ["a", "b"] {
      let path = try program.file("\(name).json", AwardText.file([AwardText(name)]))
      #expect(try program.run(["import", "awards", path]).code == 0)
    }
    let kept = try FileManager.default.subpathsOfDirectory(atPath: "\(program.folder)/files")
      .filter { $0.utf8.count == 65 }.sorted()
    #expect(kept.count == 2)
    try FileManager.default.removeItem(atPath: "\(program.folder)/files/\(kept[0])")
    try Data("autre".utf8).write(to: URL(filePath: "\(program.folder)/files/\(kept[1])"))
    let quick = try program.run(["doctor"])
    #expect(quick.code == 3 && quick.output.plain.contains("2 fichiers importés, 1 manquant\n"), "\(quick.output)")
    let whole = try program.run(["doctor", "--verify"])
    #expect(whole.code == 3 && whole.output.plain.contains("1 manquant, 1 altéré"), "\(whole.output)")
    #expect(whole.output.contains(kept[1]))
  }

  @Test(arguments: [
    [], ["serve"], ["migrate"], ["import"], ["import", "awards"], ["import", "territories"], ["import", "structures"],
    ["import", "cpv"], ["spot"], ["rule"], ["doctor"], ["demo"], ["demo", "load"], ["backup"], ["restore"], ["copy"],
    ["mail"], ["mail", "test"], ["mail", "list"],
  ])
  func `the help of every command shows an example`(command: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(command + ["--help"])
    #expect(outcome.code == 0 && outcome.output.plain.contains("Exemple : marchepied "), "\(outcome.output)")
    for english in ["OVERVIEW", "USAGE", "OPTIONS:", "Show ", "default:", "See '"] {
      #expect(!outcome.output.contains(english), "\(english): \(outcome.output)")
    }
  }

  @Test func `what is given as JSON parses, and nothing else is on standard output`() throws {
    let program = try Program()
    defer { program.remove() }
    func json(_ arguments: [String], _ code: Int32 = 0) throws -> [String: Any] {
      let outcome = try program.run(arguments)
      #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
      let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      return value as? [String: Any] ?? ["list": value]
    }
    #expect(try json(["migrate", "--json"])["applied"] as? Int == Schema.migrations.count)
    let bad = try program.file(
      "a.json", AwardText.file([AwardText("1"), AwardText("2"), AwardText("3") { $0.buyer = "" }]))
    let report = "\(program.folder)/rapport.json"
    let files = try json(["import", "awards", bad, "--json", "--report", report], 2)["files"] as? [[String: Any]]
    #expect(files?.first?["new"] as? Int == 2 && files?.first?["refused"] as? Int == 1)
    let written = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: report))) as? [String: Any]
    #expect((written?["files"] as? [Any])?.count == 1)
    let structures = try program.file("s.csv", StructureText.csv(3))
    #expect(try json(["import", "structures", structures, "--json"])["new"] as? Int == 3)
    let spot = try json(["spot", "--json"])
    let summary = spot["summary"] as? [String: Int]
    #expect((spot["contracts"] as? [Any])?.count == 2)
    #expect(
      summary.map { Set($0.keys) } == [
        "considered", "duration", "amount", "nature", "people", "all", "withSocialConsideration", "aboveThreshold",
      ])
    #expect(summary?["considered"] == 2)
    let none = try json(["spot", "--format", "json", "--departement", "01"])
    #expect((none["contracts"] as? [Any])?.isEmpty == true)
    #expect((try json(["doctor", "--json"])["list"] as? [Any])?.isEmpty == false)
  }

  @Test func `an awards list from standard input, a folder and a compressed file are read`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["migrate"]).code == 0)
    let folder = "\(program.folder)/dossier"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try program.file("dossier/a.json", AwardText.file([AwardText("1")]))
    _ = try program.file("dossier/b.json", AwardText.file([AwardText("2")]))
    _ = try program.file("dossier/note.txt", "rien")
    let outcome = try program.run(["import", "awards", folder, "--json"])
    #expect(outcome.code == 0 && outcome.output.contains("\"a.json\"") && outcome.output.contains("\"b.json\""))
    let csv = "\(program.folder)/liste.csv"
    #expect(try program.run(["spot", "--format", "csv", "--output", csv]).code == 0)
    #expect(try String(contentsOfFile: csv, encoding: .utf8).split(whereSeparator: \.isNewline).count == 3)
    let book = "\(program.folder)/liste.xlsx"
    #expect(try program.run(["spot", "--format", "xlsx", "--output", book]).code == 0)
    #expect(FileManager.default.fileExists(atPath: book))
  }
}

extension String {
  /// The text with plain spaces, so that expected words can be typed.
  var plain: String { String(map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 }) }
}
