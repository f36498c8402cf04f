/// The keys of award data in all their spellings: nested and flat, 2019 and 2022.
///
/// Flat spellings (`acheteur.id`, `acheteur_id`, `lieuexecution_code`) meet in the same case once points, underscores and case are left out.
enum AwardKey: UInt8 {
  case unknown
  /// Known, not read: the raw record keeps it.
  case ignored
  case id, uid, type, source
  /// A record inside the record: `marche`, `contrat-concession`, `fields`.
  case wrapped, wrappedConcession
  case buyer, authority, buyerId, buyerName, authorityId, authorityName
  case name, scheme
  case nature, object, cpv, procedure, techniques, modalities, frameworkNumber
  case place, placeCode, placeKind, placeName, code, placeType
  case months, notified, published, signed, start
  case amount, value, holders, holder, grouping
  case social, environmental, generalConditions, priceForm, offers
  case amendments, amendment, amendmentNotified, amendmentPublished, amendmentObject
  case acts, act, subcontractor, actChanges, actChange, actChangeNotified
  // The flat export.
  case holderId1, holderId2, holderId3, holderScheme1, holderScheme2, holderScheme3
  case holderName1, holderName2, holderName3
  case amendmentId, amendmentAmount, amendmentMonths, amendmentHolderId, amendmentHolderScheme
  case actId, actMonths, actNotified, actAmount, actHolderId, actHolderScheme
  case actChangeId, actChangeMonths, actChangeAmount

  /// The key of a raw name in the record.
  static func of(_ name: UnsafeBufferPointer<UInt8>) -> AwardKey {
    exact[name] ?? folded(name)
  }

  private static func folded(_ name: UnsafeBufferPointer<UInt8>) -> AwardKey {
    guard name.count <= 96 else { return .unknown }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 96) { buffer in
      var count = 0
      for byte in name where byte != 0x2E && byte != 0x5F {
        buffer[count] = byte &- 0x41 < 26 ? byte | 0x20 : byte
        count += 1
      }
      return flat[UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[0..<count])] ?? .unknown
    }
  }

  /// Spellings of the two official formats.
  private static let official: [(String, AwardKey)] = [
    ("id", .id), ("uid", .uid), ("_type", .type), ("source", .source), ("fields", .wrapped),
    ("marche", .wrapped), ("contrat-concession", .wrappedConcession),
    ("acheteur", .buyer), ("autoriteConcedante", .authority), ("nom", .name),
    ("denominationSociale", .name), ("typeIdentifiant", .scheme), ("nature", .nature), ("objet", .object),
    ("codeCPV", .cpv), ("procedure", .procedure), ("techniques", .techniques), ("technique", .techniques),
    ("modalitesExecution", .modalities), ("modaliteExecution", .modalities), ("idAccordCadre", .frameworkNumber),
    ("lieuExecution", .place), ("code", .code), ("typeCode", .placeType), ("dureeMois", .months),
    ("dateNotification", .notified), ("datePublicationDonnees", .published), ("dateSignature", .signed),
    ("dateDebutExecution", .start), ("montant", .amount), ("valeurGlobale", .value), ("titulaires", .holders),
    ("concessionnaires", .holders), ("titulaire", .holder), ("concessionnaire", .holder),
    ("typeGroupementOperateurs", .grouping), ("considerationsSociales", .social), ("considerationSociale", .social),
    ("considerationsEnvironnementales", .environmental), ("considerationEnvironnementale", .environmental),
    ("ccag", .generalConditions), ("formePrix", .priceForm), ("offresRecues", .offers),
    ("modifications", .amendments), ("modification", .amendment),
    ("dateNotificationModification", .amendmentNotified), ("dateSignatureModification", .amendmentNotified),
    ("datePublicationDonneesModification", .amendmentPublished), ("objetModification", .amendmentObject),
    ("actesSousTraitance", .acts), ("acteSousTraitance", .act), ("sousTraitant", .subcontractor),
    ("modificationsActesSousTraitance", .actChanges), ("modificationActeSousTraitance", .actChange),
    ("dateNotificationModificationSousTraitance", .actChangeNotified),
    ("dateNotificationModificationActeSousTraitance", .actChangeNotified),
    ("uuid", .ignored), ("typesPrix", .ignored), ("typePrix", .ignored), ("attributionAvance", .ignored),
    ("tauxAvance", .ignored), ("marcheInnovant", .ignored), ("origineUE", .ignored), ("origineFrance", .ignored),
    ("sousTraitanceDeclaree", .ignored), ("montantSubventionPublique", .ignored), ("donneesExecution", .ignored),
    ("variationPrix", .ignored), ("typeContrat", .ignored), ("$schema", .ignored), ("anomalies", .ignored),
    ("donneesActuelles", .ignored), ("datePublicationDonneesModificationActeSousTraitance", .ignored),
  ]

  /// Spellings of the flat exports, besides the official ones.
  private static let flatOnly: [(String, AwardKey)] = [
    ("acheteurid", .buyerId), ("acheteurnom", .buyerName), ("autoriteconcedanteid", .authorityId),
    ("autoriteconcedantenom", .authorityName), ("lieuexecutioncode", .placeCode),
    ("lieuexecutiontypecode", .placeKind), ("lieuexecutionnom", .placeName),
    ("titulaireid", .holderId1), ("titulaireid1", .holderId1), ("titulaireid2", .holderId2),
    ("titulaireid3", .holderId3), ("titulairetypeidentifiant", .holderScheme1),
    ("titulairetypeidentifiant1", .holderScheme1), ("titulairetypeidentifiant2", .holderScheme2),
    ("titulairetypeidentifiant3", .holderScheme3), ("titulairedenominationsociale", .holderName1),
    ("titulairedenominationsociale1", .holderName1), ("titulairedenominationsociale2", .holderName2),
    ("titulairedenominationsociale3", .holderName3), ("idmodification", .amendmentId),
    ("montantmodification", .amendmentAmount), ("dureemoismodification", .amendmentMonths),
    ("idtitulairemodification", .amendmentHolderId), ("typeidentifianttitulairemodification", .amendmentHolderScheme),
    ("datenotificationmodificationmodification", .amendmentNotified),
    ("datepublicationdonneesmodificationmodification", .amendmentPublished),
    ("idactesoustraitance", .actId), ("dureemoisactesoustraitance", .actMonths),
    ("datenotificationactesoustraitance", .actNotified), ("datepublicationdonneesactesoustraitance", .ignored),
    ("montantactesoustraitance", .actAmount), ("variationprixactesoustraitance", .ignored),
    ("idsoustraitant", .actHolderId), ("typeidentifiantsoustraitant", .actHolderScheme),
    ("idmodificationactesoustraitance", .actChangeId), ("dureemoismodificationactesoustraitance", .actChangeMonths),
    ("datenotificationmodificationsoustraitancemodificationactesoustraitance", .actChangeNotified),
    ("montantmodificationactesoustraitance", .actChangeAmount),
  ]

  private static let exact = WordTable(official)
  private static let flat = WordTable(
    flatOnly + official.map { (String(decoding: $0.0.lowercased().utf8.filter { $0 != 0x5F }, as: UTF8.self), $0.1) })
}
