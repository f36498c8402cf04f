public import Clauses
import Records
import Storage

/// Inclusion structures by kind, activity and place, the nearest first where a place is given.
public struct ListStructures: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// Structures on a page.
  public static let pageSize = 50

  /// Which structures.
  public var filter: StructureFilter
  /// How many pages come before, 10 000 at most.
  public var page: Int

  /// A page of a list, the first by default.
  public init(filter: StructureFilter, page: Int = 0) {
    self.filter = filter
    self.page = max(0, min(page, 10_000))
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> StructureList {
    try actor.authorise(Self.right)
    let activities = world.activities
    let (filter, page) = (filter, page)
    let families = filter.family.flatMap { id in activities.families.first { $0.id == id } }
    let read = try await world.database.read { db -> Read in
      let places = try filter.near.map { try Territories.places($0, of: filter.departement, limit: 6, in: db) } ?? []
      var query = StructureQuery()
      query.kind = filter.kind
      query.departement = filter.departement
      query.activities = families?.naf ?? []
      query.text = filter.text
      if let place = places.first, let latitude = place.latitude, let longitude = place.longitude {
        query.centre = StructureQuery.Centre(
          latitude: latitude, longitude: longitude, kilometres: max(1, min(filter.kilometres, 2000)))
      }
      let total = try Structures.count(in: db)
      let departements = try Territories.departementNames(in: db)
      if filter.near != nil, query.centre == nil {
        // Nobody knows from where to measure: a list of everything would answer another question.
        return Read(places: places, found: [], count: 0, departements: departements, total: total)
      }
      return Read(
        places: places,
        found: try StructureLists.page(query, offset: page * Self.pageSize, limit: Self.pageSize + 1, in: db),
        count: try StructureLists.count(query, in: db), departements: departements, total: total)
    }
    return StructureList(
      filter: filter, page: page,
      items: read.found.prefix(Self.pageSize).map {
        StructureItem($0.stored, metres: $0.metres, activities: activities)
      },
      count: read.count, hasNext: read.found.count > Self.pageSize, place: read.places.first?.name,
      otherPlaces: read.places.dropFirst().map {
        OtherPlace(code: $0.code, name: $0.name, departement: $0.departement)
      },
      placeIsUnknown: filter.near != nil && read.places.first?.latitude == nil,
      departements: read.departements.isEmpty
        ? world.figures.departements.values.sorted { $0.code < $1.code }
        : read.departements.map { Departement(code: $0.code, name: $0.name) },
      families: activities.families, baseIsEmpty: read.total == 0)
  }

  private struct Read: Sendable {
    let places: [Territories.Place]
    let found: [StructureLists.Found]
    let count: Int
    let departements: [(code: DepartementCode, name: String)]
    let total: Int
  }
}

/// What a list of structures is asked for.
public struct StructureFilter: Sendable, Equatable {
  /// One kind only; nil: every kind.
  public var kind: StructureKind?
  /// Where they are; nil: anywhere.
  public var departement: DepartementCode?
  /// The identifier of a family of purchases that they can perform.
  public var family: String?
  /// A commune's name, postcode or code by which to measure distances.
  public var near: String?
  /// How far, in kilometres.
  public var kilometres = 30
  /// Words of the name.
  public var text: String?

  /// A filter that lets every structure through.
  public init() {}
}

/// A page of a list of structures.
public struct StructureList: Sendable {
  /// Which structures were asked for.
  public var filter: StructureFilter
  /// How many pages come before.
  public var page: Int
  /// Structures of the page, at most ``ListStructures/pageSize``.
  public var items: [StructureItem]
  /// Structures that the filter lets through, all pages together.
  public var count: Int
  /// Whether a page comes after.
  public var hasNext: Bool
  /// The commune from which distances are measured.
  public var place: String?
  /// Other communes that were perhaps meant.
  public var otherPlaces: [OtherPlace]
  /// Whether the place that was typed is not known, or has no coordinates.
  public var placeIsUnknown: Bool
  /// Départements that the filter offers, by code.
  public var departements: [Departement]
  /// Families of purchases that the filter offers.
  public var families: [Activities.Family]
  /// Whether no list was ever imported.
  public var baseIsEmpty: Bool

  /// A page from its parts; views' tests build it by hand.
  public init(
    filter: StructureFilter, page: Int, items: [StructureItem], count: Int, hasNext: Bool, place: String?,
    otherPlaces: [OtherPlace], placeIsUnknown: Bool, departements: [Departement], families: [Activities.Family],
    baseIsEmpty: Bool
  ) {
    self.filter = filter
    self.page = page
    self.items = items
    self.count = count
    self.hasNext = hasNext
    self.place = place
    self.otherPlaces = otherPlaces
    self.placeIsUnknown = placeIsUnknown
    self.departements = departements
    self.families = families
    self.baseIsEmpty = baseIsEmpty
  }
}

/// A commune that may have been meant by a name or a postcode that several share.
public struct OtherPlace: Sendable, Equatable {
  /// Its INSEE code, which names it alone.
  public var code: String
  /// Its name.
  public var name: String
  /// The code of its département.
  public var departement: String

  /// A commune from its parts.
  public init(code: String, name: String, departement: String) {
    self.code = code
    self.name = name
    self.departement = departement
  }
}

/// A structure on a list, or on its own page.
public struct StructureItem: Sendable, Equatable {
  /// Its row, which its page's address bears.
  public var id: Int64
  /// Its establishment.
  public var siret: SIRET
  /// What it is (EI, ACI…).
  public var kind: StructureKind
  /// The name it is known by.
  public var name: String
  /// The legal name, where it is another.
  public var legalName: String?
  /// Its main activity in words.
  public var activity: String?
  /// Names of the families of purchases that it can perform; empty where it lends people.
  public var families: [String]
  /// Five digits, nil where its list gives none.
  public var postcode: String?
  /// The commune's name as its list writes it.
  public var communeName: String?
  /// Where it is, nil where its address could not be resolved.
  public var departement: DepartementCode?
  /// How far it is, in metres, where a place was given.
  public var metres: Int?
  /// What it says of itself, as its list writes it.
  public var description: String?
  /// The list it comes from.
  public var list: String

  /// A structure from its parts; views' tests build it by hand.
  public init(
    id: Int64, siret: SIRET, kind: StructureKind, name: String, legalName: String?, activity: String?,
    families: [String], postcode: String?, communeName: String?, departement: DepartementCode?, metres: Int?,
    description: String?, list: String
  ) {
    self.id = id
    self.siret = siret
    self.kind = kind
    self.name = name
    self.legalName = legalName
    self.activity = activity
    self.families = families
    self.postcode = postcode
    self.communeName = communeName
    self.departement = departement
    self.metres = metres
    self.description = description
    self.list = list
  }

  init(_ stored: Structures.Stored, metres: Int?, activities: Activities) {
    let entry = stored.entry
    self.init(
      id: stored.id, siret: entry.siret, kind: entry.kind, name: entry.tradeName ?? entry.name,
      legalName: entry.tradeName == nil || entry.tradeName == entry.name ? nil : entry.name,
      activity: entry.naf.flatMap { activities.label(ofNAF: $0) },
      families: entry.kind.contribution == .performs
        ? entry.naf.map { activities.families(ofNAF: $0).map(\.label) } ?? [] : [],
      postcode: entry.postcode, communeName: entry.communeName, departement: entry.departement, metres: metres,
      description: entry.description, list: entry.list)
  }
}
