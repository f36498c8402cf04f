import Casework
import Clauses

/// Invented requests about data: one late, one pressing, one extended, one just come, one over.
enum InventedRequests {
  static let all: [LoadPersonalRequests.Sample] = [
    sample(
      .access, "Mariam Keïta", "mariam.keita", "77", daysAgo: 41,
      "J’ai travaillé sur le chantier de l’école Jean-Moulin en 2025. Je voudrais savoir ce que vous gardez sur moi.",
      [
        (39, .assign(nil)),
        (30, .note("Dossier cherché chez la mission locale et le chantier d’insertion\u{202F}; réponse attendue.")),
      ]),
    sample(
      .rectification, "Jonathan Pereira", "j.pereira", "77", daysAgo: 26,
      "Mon nom est mal écrit sur la fiche\u{202F}: Pereira, et non Perreira.",
      [
        (25, .assign(nil)),
        (24, .verify(.met, note: "Venu à la permanence du mardi.")),
      ]),
    sample(
      .erasure, "Sandrine Lopez", "sandrine.lopez", "77", daysAgo: 20,
      "Je ne suis plus suivie depuis trois ans, je demande l’effacement de mon dossier.",
      [
        (19, .assign(nil)),
        (18, .verify(.documentSeen, note: "Carte regardée à l’accueil, aucune copie.")),
        (
          12,
          .extend(
            reason: "Le chantier était cofinancé par l’Europe\u{202F}: la convention est demandée à l’autorité "
              + "de gestion.")
        ),
      ]),
    sample(
      .objection, "Idrissa Camara", "i.camara", "77", daysAgo: 2,
      "Je ne veux pas que mon ancien employeur sache que j’étais suivi.", []),
    sample(.access, "Odile Martin", "odile.martin", "40", daysAgo: 9, "", []),
    sample(
      .portability, "Yacine Belkacem", "yacine.belkacem", nil, daysAgo: 75,
      "Je voudrais mes données dans un fichier.",
      [
        (70, .assign(nil)),
        (69, .verify(.knownAddress, note: "")),
        (
          58,
          .answer(
            .partial,
            text: "Vos données vous sont envoyées dans un fichier. Les notes de suivi n’y sont pas\u{202F}: elles ne "
              + "viennent pas de vous et leur traitement ne repose pas sur votre accord.")
        ),
        (50, .close),
      ]),
  ]

  private static func sample(
    _ kind: PersonalRequest.Kind, _ name: String, _ local: String, _ departement: String?, daysAgo: Int, _ text: String,
    _ steps: [(Int, TreatPersonalRequest.Step)]
  ) -> LoadPersonalRequests.Sample {
    // The domain is reserved for examples (RFC 2606): no mail ever reaches anyone.
    guard let email = EmailAddress("\(local)@demonstration.example") else {
      preconditionFailure("an invented address is not one: \(local)")
    }
    return .init(
      kind, Requester(name: name, email: email, text: text), departement: departement.flatMap { DepartementCode($0) },
      daysAgo: daysAgo, steps: steps.map { (daysAgo: $0.0, step: $0.1) })
  }
}
