public import Storage

extension Schema {
  /// Every table whose rows make the installation, in the order in which they are saved and loaded.
  ///
  /// A new table is added here, after those that it refers to; one that goes stays, for backups that hold it.
  public static let tables = [
    "region", "departement", "epci", "commune", "commune_postcode", "structure_list", "structure", "award_file",
    "award", "award_change", "cpv_label", "spotting", "buyer", "stated_buyer", "installation",
    "organisation", "organisation_territory", "organisation_merge", "account", "recovery_code", "membership", "session",
    "access_link", "api_key", "subject_key", "trail_entry", "trail_payload", "trail_seal", "mail",
    "programme", "programme_row", "programme_title", "planned", "planned_before", "planned_step",
    "programme_sender", "lot_sheet", "tender", "tender_issue", "tender_text", "local_wording",
    "personal_request", "personal_request_step",
    "provider_departure", "provider_arrival", "provider_identity",
  ]

  /// Tables that are worked out again from the others, exactly: what each engine searches words by differs.
  public static let recomputed = ["award_search"]

  /// The tables of ``tables`` that the base has.
  public static func shapes(in db: any Connection) throws -> [TableShape] {
    try tables.compactMap { try db.shape(of: $0) }
  }

  /// Takes every table of the program away, the list of migrations included.
  public static func removeAll(in db: any Connection) throws {
    try db.drop(tables: tables.reversed() + recomputed + [Migrator.table])
  }
}

/// The SHA-256 of the stored files that rows refer to, each once, sorted.
public enum ReferredFiles {
  /// Reads them.
  public static func digests(in db: any Connection) throws -> [String] {
    var found: Set<String> = []
    if try db.hasTable("award_file") { found.formUnion(try db.scalars(String.self, "SELECT digest FROM award_file")) }
    if try db.hasTable("structure_list") {
      found.formUnion(try db.scalars(String.self, "SELECT digest FROM structure_list"))
    }
    return found.sorted()
  }
}
