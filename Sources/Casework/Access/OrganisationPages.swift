public import Clauses
import Records
import Storage

/// The list of organisations that someone may see.
public struct ListOrganisations: Sendable {
  /// What one must be allowed.
  public static let right = Right.readOrganisations
  /// Lines a page.
  public static let pageSize = 50

  /// Words of the name.
  public var words: String?
  /// One kind only.
  public var kind: OrganisationKind?
  /// One state only.
  public var state: OrganisationState?
  /// The page, from 0.
  public var page: Int

  /// A list.
  public init(words: String? = nil, kind: OrganisationKind? = nil, state: OrganisationState? = nil, page: Int = 0) {
    (self.words, self.kind, self.state, self.page) = (words, kind, state, page)
  }

  /// The list.
  public struct Model: Sendable {
    /// The organisations of the page.
    public let lines: [Organisation]
    /// How many there are in all.
    public let total: Int
    /// How many wait for a decision that the reader may take.
    public let waiting: Int
    /// Whether the reader may decide.
    public let mayDecide: Bool
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    try actor.authorise(Self.right)
    let (list, today) = (self, world.today())
    return try await world.database.read { db in
      var filter = Organisations.Filter()
      (filter.words, filter.kind, filter.state) = (list.words, list.kind, list.state)
      switch try Reach.of(Self.right, for: actor, on: today, in: db) {
      case .nothing: return Model(lines: [], total: 0, waiting: 0, mayDecide: false)
      case .organisation(let own):
        let line = try Organisations.find(own, in: db).map { [$0] } ?? []
        return Model(lines: line, total: line.count, waiting: 0, mayDecide: false)
      case .territory(let extent, _): filter.extent = extent
      case .everything: break
      }
      let (lines, total) = try Organisations.list(
        filter, offset: list.page * Self.pageSize, limit: Self.pageSize, in: db)
      var waiting = 0
      if case .territory(let extent, _) = try Reach.of(.decideOrganisations, for: actor, on: today, in: db) {
        var mine = Organisations.Filter()
        (mine.state, mine.extent) = (.waiting, extent)
        waiting = try Organisations.list(mine, offset: 0, limit: 1, in: db).total
      }
      return Model(lines: lines, total: total, waiting: waiting, mayDecide: actor.may(.decideOrganisations))
    }
  }
}

/// The page of one organisation.
public struct ShowOrganisation: Sendable {
  /// What one must be allowed.
  public static let right = Right.readOrganisations
  /// What the page tells that its reader may do, beside reading it.
  private static let asked: [Right] = [
    right, .changeOrganisation, .decideOrganisations, .readTrail, .mergeOrganisations, .readMembers,
    .manageKeys,
  ]
  private let id: ID<Organisation>

  /// The page of an organisation.
  public init(_ id: ID<Organisation>) { self.id = id }

  /// The page.
  public struct Model: Sendable {
    /// The organisation.
    public let organisation: Organisation
    /// Its commune's name.
    public let commune: String?
    /// Where it works.
    public let territories: [OrganisationTerritory]
    /// The organisation that took it in.
    public let mergedInto: Organisation?
    /// Mergers that can be undone.
    public let mergers: [(merger: OrganisationMerge, taken: String)]
    /// Whether the reader may change it.
    public let mayChange: Bool
    /// Whether the reader may validate, refuse or suspend it.
    public let mayDecide: Bool
    /// Whether the reader may give it territories.
    public let maySetTerritory: Bool
    /// Whether the reader may read what was done there.
    public let mayReadTrail: Bool
    /// Whether the reader may merge it with another.
    public let mayMerge: Bool
    /// Whether the reader may see its members.
    public let mayReadMembers: Bool
    /// Whether the reader may make and revoke the keys of its programs.
    public let mayManageKeys: Bool
  }

  /// Reads the page; nil for one that does not exist or that the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, today) = (id, world.today())
    return try await world.database.read { db in
      let reaches = try Reaches(for: actor, rights: Self.asked, on: today, in: db)
      guard let organisation = try Organisations.find(id, in: db), reaches.of(Self.right).holds(organisation) else {
        return nil
      }
      func may(_ right: Right) -> Bool { reaches.of(right).holds(organisation) }
      let isOwn = try DecideOrganisation.isOwn(id, of: actor, in: db)
      let commune = try organisation.commune.flatMap { try Territories.places($0, limit: 1, in: db).first?.name }
      let mergers = try OrganisationMerges.all(keptBy: id, in: db).filter { $0.undoneAt == nil }.map {
        (merger: $0, taken: try Organisations.find($0.taken, in: db)?.name ?? "")
      }
      return Model(
        organisation: organisation, commune: commune,
        territories: try OrganisationTerritories.all(of: id, in: db),
        mergedInto: try organisation.mergedInto.flatMap { try Organisations.find($0, in: db) },
        mergers: mergers, mayChange: may(.changeOrganisation) && organisation.state != .merged,
        mayDecide: may(.decideOrganisations) && !isOwn,
        maySetTerritory: may(.decideOrganisations) && !isOwn,
        mayReadTrail: may(.readTrail),
        mayMerge: may(.mergeOrganisations) && !isOwn,
        mayReadMembers: may(.readMembers), mayManageKeys: may(.manageKeys))
    }
  }
}

/// Changes the page of one's own organisation.
public struct ChangeOrganisation: Sendable {
  /// What one must be allowed.
  public static let right = Right.changeOrganisation

  /// The organisation.
  public var id: ID<Organisation>
  /// What it holds from now on; its kind does not change.
  public var draft: OrganisationDraft
  /// The version that was read.
  public var version: Int

  /// A change.
  public init(_ id: ID<Organisation>, draft: OrganisationDraft, version: Int) {
    (self.id, self.draft, self.version) = (id, draft, version)
  }

  /// Writes it; false for one that the reader may not change. Throws ``FieldFault`` and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (change, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard var organisation = try Reach.organisation(change.id, Self.right, for: actor, on: today, in: db),
        organisation.state != .merged
      else { return false }
      let before = organisation
      try change.draft.fill(&organisation, in: db)
      // Who is refused corrects the page and asks again; who becomes another, or moves, is validated again.
      let isAnother = organisation.siret != before.siret || organisation.departement != before.departement
      guard !isAnother || organisation.state != .suspended else {
        throw FieldFault("siret", "Une organisation suspendue ne change ni de SIRET ni de département.")
      }
      if organisation.state == .refused || (isAnother && organisation.state == .active && !organisation.kind.decides) {
        (organisation.state, organisation.reason) = (.waiting, nil)
      }
      if let siret = organisation.siret, siret != before.siret,
        try Organisations.find(siret, organisation.kind, in: db) != nil
      {
        throw FieldFault("siret", "Une autre fiche porte déjà ce SIRET\u{202F}: demandez leur fusion.")
      }
      let changes = before.changes(to: organisation)
      guard !changes.isEmpty else { return true }
      organisation.version = change.version
      guard try Organisations.update(&organisation, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(.organisationChanged, organisation: organisation.id, changes: changes),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

extension Organisation {
  /// The fields that differ, in French.
  func changes(to other: Organisation) -> [TrailChange] {
    [
      TrailChange("nom", name, other.name), TrailChange("SIRET", siret?.digits, other.siret?.digits),
      TrailChange("NAF", naf, other.naf), TrailChange("adresse", address, other.address),
      TrailChange("code postal", postcode, other.postcode), TrailChange("commune", commune, other.commune),
      TrailChange("département", departement?.code, other.departement?.code),
      TrailChange("état", state.label, other.state.label), TrailChange("motif", reason, other.reason),
    ].filter { $0.before != $0.after }
  }
}

/// Validates, refuses or suspends an organisation.
public struct DecideOrganisation: Sendable {
  /// What one must be allowed.
  public static let right = Right.decideOrganisations

  /// The decisions.
  public enum Decision: String, Sendable, CaseIterable {
    /// It works from now on.
    case validate = "valider"
    /// It does not; it may correct its page and ask again.
    case refuse = "refuser"
    /// It stops for a time.
    case suspend = "suspendre"

    var state: OrganisationState {
      switch self {
      case .validate: .active
      case .refuse: .refused
      case .suspend: .suspended
      }
    }

    var action: TrailAction {
      switch self {
      case .validate: .organisationValidated
      case .refuse: .organisationRefused
      case .suspend: .organisationSuspended
      }
    }

    var isAllowed: (OrganisationState) -> Bool {
      switch self {
      case .validate: { [.waiting, .refused, .suspended].contains($0) }
      case .refuse: { $0 == .waiting }
      case .suspend: { $0 == .active }
      }
    }
  }

  /// The organisation.
  public var id: ID<Organisation>
  /// What is decided.
  public var decision: Decision
  /// Why; asked for a refusal and a suspension.
  public var reason: String

  /// A decision.
  public init(_ id: ID<Organisation>, _ decision: Decision, reason: String) {
    (self.id, self.decision, self.reason) = (id, decision, reason)
  }

  /// Whether the actor belongs to an organisation, whichever they act for.
  static func isOwn(_ id: ID<Organisation>, of actor: Actor, in db: any Connection) throws -> Bool {
    guard let person = actor.person else { return false }
    return try Memberships.present(of: person.account, in: db).contains { $0.organisation == id }
  }

  /// Takes it; false for an organisation that the reader may not decide on. Nobody decides on their own.
  ///
  /// Throws ``FieldFault`` for a missing reason, or a decision that does not suit the state.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let why = try PersonalText.optional(reason, "motif", longest: 500)
    guard decision == .validate || why != nil else {
      throw FieldFault("motif", "Dites pourquoi\u{202F}: l’organisation lira ce motif.")
    }
    let (id, decision, today, now, keys) = (id, decision, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard var organisation = try Reach.organisation(id, Self.right, for: actor, on: today, in: db),
        organisation.state != .merged,
        try !Self.isOwn(id, of: actor, in: db)
      else { return false }
      guard decision.isAllowed(organisation.state) else {
        throw FieldFault("motif", "Cette organisation est déjà \(organisation.state.label).")
      }
      guard try decision != .validate || Memberships.administrators(of: id, in: db) > 0 else {
        throw FieldFault(
          "motif", "Cette organisation n’a personne pour l’administrer\u{202F}: invitez d’abord quelqu’un.")
      }
      let before = organisation
      organisation.state = decision.state
      organisation.reason = decision == .validate ? nil : why
      organisation.decidedAt = now
      guard try Organisations.update(&organisation, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          decision.action, organisation: id, changes: before.changes(to: organisation), reason: why),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}
