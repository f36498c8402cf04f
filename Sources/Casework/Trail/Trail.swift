public import Clauses
import Crypto
import Foundation
public import Records
public import Storage
public import Vault

/// What can be done, as the trail names it; a name, once published, keeps its meaning.
public enum TrailAction: String, Sendable, Hashable, CaseIterable {
  case signedIn = "signed-in"
  case signInRefused = "sign-in-refused"
  case signedOut = "signed-out"
  case sessionEnded = "session-ended"
  case passwordChanged = "password-changed"
  case secondFactorAdded = "second-factor-added"
  case secondFactorRemoved = "second-factor-removed"
  case recoveryCodesMade = "recovery-codes-made"
  case recoveryCodeUsed = "recovery-code-used"
  case identityTied = "identity-tied"
  case identityUntied = "identity-untied"
  case accountMade = "account-made"
  case accountChanged = "account-changed"
  case accountForgotten = "account-forgotten"
  case actedAs = "acted-as"
  case memberInvited = "member-invited"
  case invitationWithdrawn = "invitation-withdrawn"
  case memberJoined = "member-joined"
  case memberChanged = "member-changed"
  case memberLeft = "member-left"
  case organisationRegistered = "organisation-registered"
  case organisationChanged = "organisation-changed"
  case organisationValidated = "organisation-validated"
  case organisationRefused = "organisation-refused"
  case organisationSuspended = "organisation-suspended"
  case organisationsMerged = "organisations-merged"
  case mergerUndone = "merger-undone"
  case territoryAdded = "territory-added"
  case territoryEnded = "territory-ended"
  case installationSetUp = "installation-set-up"
  case keysRotated = "keys-rotated"
  case buyerStated = "buyer-stated"
  case exported = "exported"
  case programmeReceived = "programme-received"
  case programmeTaken = "programme-taken"
  case programmeUndone = "programme-undone"
  case programmeRemoved = "programme-removed"
  case senderForgotten = "sender-forgotten"
  case plannedAdded = "planned-added"
  case plannedStudied = "planned-studied"
  case plannedChanged = "planned-changed"
  case plannedMessage = "planned-message"
  case sheetBegun = "sheet-begun"
  case sheetSaved = "sheet-saved"
  case sheetRemoved = "sheet-removed"
  case sheetSigned = "sheet-signed"
  case sheetChosen = "sheet-chosen"
  case tenderBegun = "tender-begun"
  case tenderSaved = "tender-saved"
  case tenderIssued = "tender-issued"
  case tenderPasted = "tender-pasted"
  case wordingWritten = "wording-written"
  case keyMade = "key-made"
  case keyRevoked = "key-revoked"
  case requestReceived = "request-received"
  case requestVerified = "request-verified"
  case requestAssigned = "request-assigned"
  case requestNoted = "request-noted"
  case requestExtended = "request-extended"
  case requestAnswered = "request-answered"
  case requestClosed = "request-closed"
  case requestErased = "request-erased"

  /// What was done, in French, for readers of the trail.
  public var label: String {
    switch self {
    case .signedIn: "connexion"
    case .signInRefused: "connexion refusée"
    case .signedOut: "déconnexion"
    case .sessionEnded: "session fermée"
    case .passwordChanged: "mot de passe changé"
    case .secondFactorAdded: "double authentification activée"
    case .secondFactorRemoved: "double authentification retirée"
    case .recoveryCodesMade: "codes de secours créés"
    case .recoveryCodeUsed: "code de secours utilisé"
    case .identityTied: "identité reliée"
    case .identityUntied: "identité détachée"
    case .accountMade: "compte créé"
    case .accountChanged: "compte modifié"
    case .accountForgotten: "compte anonymisé"
    case .actedAs: "changement d’organisation"
    case .memberInvited: "invitation envoyée"
    case .invitationWithdrawn: "invitation retirée"
    case .memberJoined: "arrivée d’un membre"
    case .memberChanged: "rôle d’un membre changé"
    case .memberLeft: "départ d’un membre"
    case .organisationRegistered: "organisation inscrite"
    case .organisationChanged: "fiche d’organisation modifiée"
    case .organisationValidated: "organisation validée"
    case .organisationRefused: "organisation refusée"
    case .organisationSuspended: "organisation suspendue"
    case .organisationsMerged: "organisations fusionnées"
    case .mergerUndone: "fusion annulée"
    case .territoryAdded: "territoire ajouté"
    case .territoryEnded: "territoire retiré"
    case .installationSetUp: "installation mise en service"
    case .keysRotated: "clefs de chiffrement renouvelées"
    case .buyerStated: "type d’acheteur précisé"
    case .exported: "liste exportée"
    case .programmeReceived: "programmation reçue"
    case .programmeTaken: "programmation prise en compte"
    case .programmeUndone: "programmation annulée"
    case .plannedStudied: "marché programmé étudié"
    case .plannedChanged: "marché programmé modifié"
    case .programmeRemoved: "programmation écartée"
    case .senderForgotten: "coordonnées d’un envoi effacées"
    case .plannedAdded: "marché programmé ajouté"
    case .sheetBegun: "fiche de lot commencée"
    case .sheetSaved: "fiche de lot enregistrée"
    case .sheetRemoved: "fiche de lot supprimée"
    case .sheetSigned: "fiche de lot signée"
    case .sheetChosen: "heures retenues par l’acheteur"
    case .plannedMessage: "message sur un marché programmé"
    case .tenderBegun: "rédaction commencée"
    case .tenderSaved: "rédaction enregistrée"
    case .tenderIssued: "pièces envoyées à l’acheteur"
    case .tenderPasted: "texte de l’acheteur comparé"
    case .wordingWritten: "texte local écrit"
    case .keyMade: "clé d’accès créée"
    case .keyRevoked: "clé d’accès révoquée"
    case .requestReceived: "demande sur des données reçue"
    case .requestVerified: "identité vérifiée"
    case .requestAssigned: "demande attribuée"
    case .requestNoted: "demande annotée"
    case .requestExtended: "délai d’une demande prolongé"
    case .requestAnswered: "réponse à une demande"
    case .requestClosed: "demande close"
    case .requestErased: "demande effacée"
    }
  }
}

/// A field that changed; nil where there was, or is, nothing.
public struct TrailChange: Sendable, Hashable, Codable {
  /// The field, in French.
  public let field: String
  /// What it held.
  public let before: String?
  /// What it holds.
  public let after: String?

  /// A change.
  public init(_ field: String, _ before: String?, _ after: String?) {
    (self.field, self.before, self.after) = (field, before, after)
  }
}

/// What a use case notes of what it did; written in its own transaction, or not at all.
public struct TrailNote: Sendable {
  /// What was done.
  public var action: TrailAction
  /// To what.
  public var subject: TrailEntries.Subject
  /// Which fields changed.
  public var changes: [TrailChange]
  /// Why, where a reason was given.
  public var reason: String?
  /// The account whose identity the changes tell: they are kept under its own key.
  public var person: ID<Account>?

  /// Something done to an account; what changes tell of it is kept under its key.
  public init(_ action: TrailAction, account: ID<Account>, changes: [TrailChange] = [], reason: String? = nil) {
    (self.action, self.changes, self.reason, person) = (action, changes, reason, account)
    subject = .init(kind: "account", id: account.description)
  }

  /// Something done to an organisation.
  public init(
    _ action: TrailAction, organisation: ID<Organisation>, changes: [TrailChange] = [], reason: String? = nil,
    person: ID<Account>? = nil
  ) {
    (self.action, self.changes, self.reason, self.person) = (action, changes, reason, person)
    subject = .init(kind: "organisation", id: organisation.description)
  }

  /// Something done to another kind of thing.
  public init(_ action: TrailAction, kind: String, id: String, changes: [TrailChange] = []) {
    (self.action, self.changes) = (action, changes)
    subject = .init(kind: kind, id: id)
  }
}

/// Writes and reads lines of the trail.
public enum Trail {
  /// Writes a line in the transaction of what it tells.
  public static func write(
    _ note: TrailNote, as actor: Actor, at now: Moment, keys: KeyRing, in db: any Connection
  ) throws {
    let id = ID<TrailLine>(at: now)
    let body = try encoded(note.changes)
    let salt = Secret().text
    let entry = TrailEntry(
      id: id, at: now, action: note.action.rawValue, account: actor.person?.account,
      membership: actor.acting?.membership, organisation: actor.organisation,
      subjectKind: note.subject.kind, subject: note.subject.id, reason: note.reason, request: actor.request,
      digest: digest(salt: salt, body: body))
    var stored = body
    let person = note.changes.isEmpty ? nil : note.person?.description
    if let person {
      stored = try key(of: person, keys: keys, in: db).seal(body, at: place(id)).text
    }
    try TrailEntries.insert(entry, TrailPayload(entry: id, salt: salt, keyedBy: person, body: stored), in: db)
  }

  /// The changes that a payload tells; nil where the key is gone or the payload cannot be read.
  static func changes(of payload: TrailPayload, keys: KeyRing, in db: any Connection) throws -> [TrailChange]? {
    guard let body = try body(of: payload, keys: keys, in: db) else { return nil }
    return try? JSONDecoder().decode([TrailChange].self, from: Data(body.utf8))
  }

  /// The body in clear; nil where it cannot be opened.
  static func body(of payload: TrailPayload, keys: KeyRing, in db: any Connection) throws -> String? {
    guard let person = payload.keyedBy else { return payload.body }
    guard let stored = try SubjectKeys.find(person, in: db), let sealed = try? Sealed(text: stored),
      let key = try? PersonKey(opening: sealed, at: keyPlace(person), with: keys),
      let body = try? Sealed(text: payload.body)
    else { return nil }
    return try? key.openText(body, at: place(payload.entry))
  }

  /// SHA-256 of the salt and the body, each with its length before it.
  static func digest(salt: String, body: String) -> String { hash([salt, body]) }

  /// The seal of a line after another.
  static func seal(of entry: TrailEntry, position: Int64, after previous: String) -> String {
    hash([previous, String(position)] + entry.parts)
  }

  static func keyPlace(_ person: String) -> SealedPlace {
    SealedPlace(table: "subject_key", column: "sealed", row: person)
  }

  private static func place(_ entry: ID<TrailLine>) -> SealedPlace {
    SealedPlace(table: "trail_payload", column: "body", row: entry.description)
  }

  private static func key(of person: String, keys: KeyRing, in db: any Connection) throws -> PersonKey {
    if let stored = try SubjectKeys.find(person, in: db) {
      return try PersonKey(opening: Sealed(text: stored), at: keyPlace(person), with: keys)
    }
    let key = PersonKey()
    try SubjectKeys.save(person, key.sealed(at: keyPlace(person), with: keys).text, in: db)
    return key
  }

  private static func encoded(_ changes: [TrailChange]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(changes), as: UTF8.self)
  }

  private static func hash(_ parts: [String]) -> String {
    var hash = SHA256()
    for part in parts {
      let bytes = Array(part.utf8)
      hash.update(data: (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) })
      hash.update(data: bytes)
    }
    return hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0\(digits)" : digits
    }.joined()
  }
}
