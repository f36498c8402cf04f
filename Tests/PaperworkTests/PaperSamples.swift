import Clauses
import Foundation
import Paperwork

/// The checkout that these tests lie in.
private let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

/// A press with the checkout's own files and Python.
let press = {
  var press = PaperPress(share: "\(checkout)/.share", python: "\(checkout)/.venv/bin/python")
  // All the tests of the program may run beside: nothing here is timed.
  press.patience = 1800
  return press
}()

/// What a person could type to make the page say, read or run something else.
let hostile = #"#read("/etc/passwd") *x* $y$ <b>gras</b> ](javascript:alert(1)) \end{x} {{title}} @x & "q" `c` ~z~"#

/// 2 March 2026.
let day = Day(number: 20_514)

extension Paper {
  /// What a purchasing office would receive.
  static let usual = Paper(
    title: "Clause sociale d’insertion\u{202F}: lot 3, entretien des espaces verts",
    subtitle: "Annexe au cahier des clauses administratives particulières", number: "CS-2026-0042", version: 2,
    author: "Ville de Melun", date: day, status: "Modèle proposé, à relire par un juriste",
    facts: [
      Fact("Acheteur", "Ville de Melun (SIRET 217\u{202F}702\u{202F}883\u{202F}00018)"),
      Fact("Marché", "2026-17, entretien des espaces verts"),
      Fact("Montant estimé", "1\u{202F}250\u{202F}000\u{202F}€ HT"),
      Fact("Durée", "4 ans, du 1er avril 2026 au 31 mars 2030"),
    ],
    blocks: [
      .heading(.first, "Article 1 – Objet"),
      .paragraph([
        .plain("Le titulaire réserve une part des heures de travail nécessaires à l’exécution du marché à des "),
        .plain("personnes éloignées de l’emploi. L’engagement est de "), .strong("3\u{202F}200 heures"),
        .plain(" sur la durée du marché, soit "), .gap("[part à préciser]"), .plain(" du temps de travail total."),
      ]),
      .heading(.second, "1.1 Publics visés"),
      .list([
        [.plain("demandeurs d’emploi de longue durée\u{202F};")],
        [.plain("bénéficiaires du revenu de solidarité active, sur "), .gap("[territoire à préciser]")],
        [
          .plain(
            "travailleurs handicapés reconnus, orientés par un service public de l’emploi, dont la situation sociale "
              + "ou professionnelle rend l’accès à l’emploi difficile.")
        ],
      ]),
      .heading(.third, "Justificatifs"),
      .text("Les justificatifs sont remis «\u{202F}avant le démarrage\u{202F}» au facilitateur."),
      .table(
        Table(
          caption: "Heures par année",
          columns: [
            .init("Année"), .init("Phase du marché"), .init("Heures", isNumber: true),
            .init("Pénalité par heure", isNumber: true),
          ],
          rows: [
            ["2026", "Démarrage, préparation", "600", "60,00\u{202F}€"],
            [
              "2027", "Entretien courant, secteur nord et secteur sud, plantations d’automne", "1\u{202F}000",
              "60,00\u{202F}€",
            ],
            ["2028-2030", "Entretien courant et fin de marché", "1\u{202F}600", "60,00\u{202F}€"],
          ])),
      .note(
        title: "Pourquoi cette part",
        [
          "Le segment emploie surtout des ouvriers non qualifiés\u{202F}; 12 équipes sont proposées.",
          "La part retenue reste sous la moyenne observée.",
        ]),
      .heading(.first, "Article 2 – Contrôle"),
      .text("Le titulaire transmet chaque trimestre un état des heures. L’acheteur le vérifie avec le facilitateur."),
      .heading(.first, "Signatures"),
      .signature(["Pour la Ville de Melun", "Pour le titulaire, Jardins de Seine-et-Marne"]),
    ])

  /// All that may go wrong, each text marked by a word to find it again.
  static let absurd = Paper(
    title: "TITRE \(hostile) " + String(repeating: "T", count: 120), subtitle: "SOUSTITRE 😀 \(hostile)",
    number: "NUMERO " + String(repeating: "N", count: 90), version: .max, author: "AUTEUR \(hostile)", date: day,
    status: "ETAT \(hostile)",
    facts: [
      Fact("NOM \(hostile)", "VALEUR \(hostile)"), Fact("", String(repeating: "x", count: 300)), Fact("vide", ""),
      Fact("", ""),
    ],
    blocks: [
      .heading(.third, "INTERTITRE \(hostile)"), .heading(.first, ""), .paragraph([]), .list([]), .list([[]]),
      .paragraph([
        .plain("PARAGRAPHE \(hostile)"), .strong(" GRAS \(hostile)"), .gap(" [LACUNE \(hostile)]"), .gap(""),
        .plain("\u{0}\u{1B}[31m\u{202E}contrôle\u{FFFE}\r\nLIGNE2\n\nLIGNE4  deux  espaces\tfin"),
      ]),
      .text(String(repeating: "anticonstitutionnellement", count: 20)),
      .text("https://exemple.fr/" + String(repeating: "chemin/", count: 40)),
      .list([[.plain("POINT \(hostile)")], [.strong(String(repeating: "w", count: 200))]]),
      .table(
        Table(
          caption: "LEGENDE \(hostile)",
          columns: (0..<14).map { .init("COLONNE\($0) \(hostile)", isNumber: $0 % 2 == 1) },
          rows: [
            [], ["seule"], (0..<16).map { "CELLULE\($0) \(hostile)" },
            (0..<14).map { _ in String(repeating: "9", count: 40) },
          ])),
      .table(Table(columns: [], rows: [])), .table(Table(columns: [.init("")], rows: [])),
      .note(title: "NOTE \(hostile)", ["REMARQUE \(hostile)", "", String(repeating: "z", count: 400)]),
      .note(title: "", ["sans titre"]), .note(title: "titre seul", []), .note(title: "", []),
      .signature([]), .signature(["SIGNATAIRE \(hostile)", "", "Trois", "Quatre", String(repeating: "p", count: 100)]),
      .signature(["Un", "Deux", "Trois"]), .signature(["Seul"]),
      .text("日本語 العربية עברית Ελληνικά Кириллица e\u{301}te\u{301} ✓ \u{2011}"),
    ])
}
