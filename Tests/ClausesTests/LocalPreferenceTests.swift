import Clauses
import Testing

@Suite struct LocalPreferenceTests {
  /// The remarks on a notice with such a wording, in a dossier otherwise right.
  private func findings(_ wording: String, commune: String? = nil) throws -> [Finding] {
    var mention = TenderDossier.Mention(.notice)
    mention.wording = wording
    let choice = PossibilityChoice(.execution, kind: .contract, day: Reference.today)
    var dossier = TenderDossier(day: Reference.today, lots: [.init("1", choice: choice, mentions: [mention])])
    dossier.commune = commune
    return try dossier.consistency(figures: Reference.figures()).findings.filter { $0.code.hasPrefix("local") }
  }

  @Test(arguments: [
    ("Le titulaire recrute des habitants de Melun.", "habitants de Melun"),
    ("Priorité aux demandeurs d’emploi du territoire", "demandeurs d’emploi du territoire"),
    ("Le recrutement local sera privilégié.", "recrutement local"),
    ("Résidents du département, en priorité", "Résidents du département"),
    ("personnes domiciliées à Melun ou à proximité", "domiciliées à Melun"),
    ("Les heures sont réservées aux habitantes de notre ville.", "habitantes de notre ville"),
    ("PRIORITÉ AUX HABITANTS DE MELUN", "HABITANTS DE MELUN"),
    ("jeunes de la commune et de ses environs", "jeunes de la commune"),
    ("des personnes résidant dans l’agglomération", "résidant dans l’agglomération"),
    ("L’entreprise recourt à la main d'œuvre locale.", "main d'œuvre locale"),
    ("candidats originaires de Seine-et-Marne", "originaires de Seine"),
    ("habitants du quartier du Plateau", "habitants du quartier"),
  ])
  func `a preference for the people of a place is told with its words`(wording: String, words: String) throws {
    let found = try findings(wording)
    #expect(found.map(\.code) == ["localPreferenceLikely"] && found.first?.level == .warning, "\(wording)")
    #expect(found.first?.sentence.contains("«\u{A0}\(words)\u{A0}»") == true, "\(found.first?.sentence ?? "")")
  }

  @Test(arguments: [
    "Habitants d’un quartier prioritaire de la politique de la ville", "résidents des QPV",
    "personnes domiciliées en QPV", "Habitants des Quartiers Prioritaires de la Ville de Melun",
    "Demandeurs d’emploi de longue durée", "jeunes de la Mission locale de Melun",
    "Les travaux s’exécutent dans la commune de Melun.", "repas pour les résidents de l’EHPAD du département",
    "ressortissants ou résidents de l’Union européenne", "Demandeurs d’emploi suivis par France Travail de Melun",
    "personnel de la commune", "Le facilitateur reçoit les résidents. La commune met une salle à disposition.",
    "marchés publics de la commune", "certificat de domiciliation à Melun", "salariés d’une régie de territoire",
    "habitants des quartiers de la politique de la ville",
  ])
  func `what is no such preference passes`(wording: String) throws {
    #expect(try findings(wording).isEmpty, "\(wording)")
    #expect(try findings(wording, commune: "Fontainebleau").isEmpty, "\(wording)")
  }

  @Test func `the commune of the contract gives the name of its inhabitants`() throws {
    for wording in ["réservé aux Melunais", "demandeuses d’emploi melunaises", "demandeurs d’emploi de Melun"] {
      #expect(try findings(wording).isEmpty, "\(wording)")
      #expect(try findings(wording, commune: "Melun").count == 1, "\(wording)")
    }
    #expect(try findings("les Dammariens d’abord", commune: "Dammarie-lès-Lys").count == 1)
    for wording in ["on vit à Melun", "le chantier de Melun", "les hommes"] {
      for commune in ["Y", "Melun", "Le Mans"] { #expect(try findings(wording, commune: commune).isEmpty) }
    }
  }

  @Test func `every list that was read is shown beside the remark`() throws {
    var mention = TenderDossier.Mention(.notice)
    mention.publics = ["Habitants de Melun"]
    let choice = PossibilityChoice(.execution, kind: .contract, day: Reference.today)
    let dossier = TenderDossier(day: Reference.today, lots: [.init("1", choice: choice, mentions: [mention])])
    let told = try dossier.consistency(figures: Reference.figures())
    #expect(told.figures.filter { $0.id.hasPrefix("drafting.") }.count == 7)
    #expect(told.articles.contains("L3"))
  }
}
