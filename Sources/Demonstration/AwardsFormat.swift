import Clauses

/// The published format of 2022, as far as the demonstration writes it.
struct Package: Encodable {
  let marches: Lists

  struct Lists: Encodable {
    let marche: [Contract]
    let concessions: [Concession]

    enum CodingKeys: String, CodingKey {
      case marche
      case concessions = "contrat-concession"
    }
  }
}

/// A buyer.
struct Party: Encodable {
  let id, nom: String
}

/// Social considerations.
struct SocialList: Encodable {
  let considerationSociale: [String]
}

/// A contract of the published format.
struct Contract: Encodable {
  struct Place: Encodable { let code, typeCode: String }
  struct Techniques: Encodable { let technique: [String] }
  struct Modalities: Encodable { let modaliteExecution: [String] }
  struct Prices: Encodable { let typePrix: [String] }
  struct Holder: Encodable {
    struct Company: Encodable { let typeIdentifiant, id: String }
    let titulaire: Company
  }
  struct Amendment: Encodable {
    let id: Int
    let dateNotificationModification, datePublicationDonneesModification: String
    let montant, dureeMois: Int
  }
  struct AmendmentBox: Encodable {
    let modification: Amendment
    init(_ modification: Amendment) { self.modification = modification }
  }

  let id: String
  let acheteur: Party
  let nature = "Marché"
  let objet, codeCPV: String
  var procedure = "Procédure adaptée"
  var techniques = Techniques(technique: ["Sans objet"])
  var modalitesExecution = Modalities(modaliteExecution: ["Sans objet"])
  let lieuExecution: Place
  let dureeMois: Int
  let dateNotification, datePublicationDonnees: String
  let montant: Int
  let ccag: String
  var considerationsSociales = SocialList(considerationSociale: ["Pas de considération sociale"])
  var offresRecues = 1
  let formePrix = "Forfaitaire"
  let typesPrix = Prices(typePrix: ["Définitif révisable"])
  var titulaires: [Holder] = []
  let typeGroupementOperateurs = "Pas de groupement"
  var modifications: [AmendmentBox] = []
  let source = "démonstration (données inventées)"

  init(
    id: String, buyer: String, name: String, object: String, cpv: String, place: (String, String), months: Int,
    notified: Day, published: Day, amount: Int, ccag: String
  ) {
    self.id = id
    acheteur = Party(id: buyer, nom: name)
    objet = object
    codeCPV = cpv
    lieuExecution = Place(code: place.0, typeCode: place.1)
    dureeMois = months
    dateNotification = notified.description
    datePublicationDonnees = published.description
    montant = amount
    self.ccag = ccag
  }
}

/// A concession of the published format.
struct Concession: Encodable {
  struct Holder: Encodable { let concessionnaire: Contract.Holder.Company }

  let id: String
  let autoriteConcedante: Party
  let nature, objet, procedure: String
  let dureeMois: Int
  let dateSignature, datePublicationDonnees, dateDebutExecution: String
  let valeurGlobale: Int
  let concessionnaires: [Holder]
  let considerationsSociales: SocialList
  let source = "démonstration (données inventées)"
}
