import Casework
import Clauses
import Demonstration
import Foundation
import Records
import Storage
import TestSupport
import Testing

/// Fills a world with the demonstration, imports and rows of odd values in every table.
func fillWithEverything(_ world: World, _ place: TestPlace, seed: UInt64) async throws {
  _ = try await LoadDemonstration(onlyIfEmpty: true).run(as: .machineOperator, in: world)
  _ = try await load(
    [
      AwardText("😀 1") {
        $0.object = "Œuvre \\ \"guillemets\"\nligne 2"; $0.buyerName = ""
      },
      AwardText("vide") {
        $0.object = "x"; $0.buyerName = nil; $0.cpv = nil; $0.months = nil; $0.published = nil
      },
      AwardText("long") { $0.object = String(repeating: "très long 👩‍👩‍👧‍👦 ", count: 30_000) },
    ], as: "odd.json", in: world, place)
  // A later publication of the same notice leaves a change.
  _ = try await load(
    [
      AwardText("vide") {
        $0.object = "y"; $0.published = "2026-01-01"
      }
    ], as: "later.json", in: world, place)
  var dice = Dice(seed)
  let rows = (0..<60).map { index in
    (
      number: Int64(index), text: OddValues.text(&dice), other: dice.chance(30) ? nil : OddValues.text(&dice),
      whole: dice.chance(30) ? nil : OddValues.integer(&dice)
    )
  }
  try await world.database.write { db in
    for row in rows {
      // Keys are indexed, and PostgreSQL indexes no long text.
      let code = "odd\(row.number)\(row.text.prefix(40))"
      try db.execute("INSERT INTO region (code, name) VALUES (\(code), \(row.text))")
      try db.execute("INSERT INTO departement (code, name, region, outline) VALUES (\(code), '', '', \(row.other))")
      try db.execute("INSERT INTO epci (siren, name, kind) VALUES (\(code), \(row.text), \(row.other))")
      try db.execute(
        """
        INSERT INTO commune (code, name, departement, epci, population, latitude, longitude, words)
        VALUES (\(code), '', '', \(row.other), \(row.whole), \(Int64.min), \(Int64.max), '')
        """)
      try db.execute(
        "INSERT INTO commune_postcode (postcode, commune) VALUES (\(String(row.text.prefix(40))), \(code))")
      try db.execute("INSERT INTO cpv_label (code, label) VALUES (\(code), \(row.text))")
    }
    try db.execute("INSERT INTO stated_buyer (number, type, stated_at) VALUES ('213502388', 'central', '')")
    try db.execute(
      """
      INSERT INTO mail (id, key_digest, kind, state, attempts, next_at, created_at, letter)
      VALUES ('a', 'b', 'notice', 'waiting', 0, 0, 0, \("é\n\\."))
      """)
    try db.execute("INSERT INTO recovery_code (account, hash) VALUES ('a', 'b')")
    try db.execute("INSERT INTO subject_key (subject, sealed) VALUES ('a', 'é')")
    try db.execute("INSERT INTO trail_seal (position, entry, seal) VALUES (1, 'a', 'b')")
    try db.execute(
      """
      INSERT INTO organisation_merge (id, kept, taken, merged_at, moved)
      VALUES ('a', 'b', 'c', \(Int64.max), 'active =a b')
      """)
    try db.execute(
      """
      INSERT INTO session (digest, id, account, method, strong, complete, device, created_at, seen_at, ends_at)
      VALUES ('a', 'b', 'c', 'password', \(true), \(false), \("é\n\\."), 0, \(Int64.min), 1)
      """)
    try db.execute(
      """
      INSERT INTO access_link (digest, id, kind, administrator, created_at, ends_at)
      VALUES ('a', 'b', 'sign-in', \(false), 0, 0)
      """)
    try db.execute(
      "INSERT INTO provider_departure (digest, browser, kept, created_at, ends_at) VALUES ('a', 'b', 'é', 0, 1)")
    try db.execute(
      """
      INSERT INTO provider_arrival (browser, issuer, digest, account, shown, created_at, ends_at)
      VALUES ('a', 'b', 'c', 'd', 'é', 0, \(Int64.max))
      """)
    try db.execute(
      """
      INSERT INTO provider_identity (id, issuer, digest, account, shown, created_at)
      VALUES ('a', \("é\n\\."), 'b', 'c', '', \(Int64.min))
      """)
    try db.execute(
      """
      INSERT INTO award_change (id, award, at, changes, old_file, old_byte_from, old_byte_length, new_file)
      VALUES (\(Int64.max - 5), 0, '', \("a\r\n\\."), \(Int64.min), 0, 0, 0)
      """)
    try db.execute(
      """
      INSERT INTO api_key (digest, id, organisation, name, role, permissions, hint, created_by, created_at, ends_at)
      VALUES ('a', 'b', 'c', 'é', 'buyer', '', '', 'd', 0, \(Int64.max))
      """)
    try db.execute(
      """
      INSERT INTO programme (id, body, buyer, buyer_name, file_name, sheet, title_row, titles, places, is_cut, state,
        created_at, version)
      VALUES ('a', 'b', 'c', '', \("é\n\\."), '', 0, '[]', '', \(true), 'draft', 0, 1)
      """)
    try db.execute(
      "INSERT INTO programme_row (programme, number, cells, left_out) VALUES ('a', 1, \("[\"t\\n\"]"), \(false))")
    try db.execute("INSERT INTO programme_title (buyer, title, field) VALUES ('a', 'b', 'object')")
    try db.execute(
      """
      INSERT INTO planned (id, body, buyer, buyer_name, object, amount, framework, stage, received_at, answer_due,
        programme, version, contract_key, words)
      VALUES ('a', 'b', 'c', '', \("a\r\n"), \(Int64.max), \(false), 'received', 0, \(Day(number: 20_000)), 'a', 1, 'k', '')
      """)
    try db.execute("INSERT INTO planned_before (programme, planned, version) VALUES ('a', 'a', 1)")
    try db.execute(
      "INSERT INTO planned_step (id, planned, at, kind, words) VALUES ('a', 'a', \(Int64.min), 'message', \("é\\"))")
    try db.execute(
      """
      INSERT INTO programme_sender (programme, reference, name, email, email_index, phone, key_id, received_at)
      VALUES ('a', 'PA-AAAA-AAAA', \("é\n\\"), '', '', '', 1, \(Int64.max))
      """)
    try db.execute(
      """
      INSERT INTO lot_sheet (id, planned, body, lot, number, typed, state, record, proposed_hours, created_at, version)
      VALUES ('a', 'a', 'b', '', 1, \("a=é\r\n"), 'draft', '{}', \(Int64.max), 0, 1)
      """)
    try db.execute(
      "INSERT INTO tender (id, planned, typed, created_at, version) VALUES ('a', 'a', \("a=é\r\n"), 0, 1)")
    try db.execute(
      """
      INSERT INTO tender_issue (tender, number, typed, papers, drafts, issued_by, issued_at)
      VALUES ('a', 1, '', '[]', \("[\"é\\\"]"), 'a', \(Int64.max))
      """)
    try db.execute(
      """
      INSERT INTO tender_text (tender, document, text, changed_by, changed_at, version)
      VALUES ('a', 'notice', \("«\u{202F}é\r\n\\\t»"), 'a', 0, 1)
      """)
    try db.execute(
      """
      INSERT INTO local_wording (body, code, number, base, reason, created_by, created_at)
      VALUES ('a', 'particularClauses.penalties', 1, 1, '', 'a', 0)
      """)
    try db.execute("UPDATE buyer SET name = '' WHERE siret IN (SELECT MIN(siret) FROM buyer)")
  }
  _ = try await RecomputeSpotting().run(as: .machineOperator, in: world)
}

/// Makes an archive of a world.
@discardableResult
func backUp(_ world: World, to path: String, replaces: Bool = false) async throws -> BackUp.Report {
  try await BackUp(path: path, replaces: replaces, program: "test").run(as: .machineOperator, in: world)
}

/// Puts an archive back.
@discardableResult
func restore(_ path: String, into world: World, again: Bool = false) async throws -> RestoreArchive.Report {
  try await RestoreArchive(path: path, again: again).run(as: .machineOperator, in: world)
}

/// The contents of a world’s files, by digest.
func fileContents(_ world: World) throws -> [String: Data] {
  var contents: [String: Data] = [:]
  for digest in try world.files.digests() {
    contents[digest] = try Data(contentsOf: URL(filePath: try #require(world.files.path(of: digest))))
  }
  return contents
}

/// What lists find by words, which is worked out anew by a restoration.
func found(_ words: String, in world: World) async throws -> [String] {
  var filter = SpottingFilter()
  filter.text = words
  return try await items(filter, in: world).map { "\($0)" }.sorted()
}
