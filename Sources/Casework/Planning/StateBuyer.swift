public import Clauses
import Records
import Storage

/// States what kind of buyer a legal unit or one of its establishments is, in place of the estimate from its number.
public struct StateBuyer: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// Fourteen digits for an establishment, nine for a legal unit; spaces are left out.
  public var number: String
  /// The type; nil takes the statement back.
  public var type: BuyerType?

  /// A statement.
  public init(number: String, type: BuyerType?) {
    self.number = number
    self.type = type
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The buyer's name, nil where no record gives one.
    public let name: String?
    /// Award notices judged anew.
    public let judged: Int
  }

  /// Writes the statement and judges the buyer's notices anew, in one transaction.
  ///
  /// Throws ``NoSuchNumber`` for a text that is neither a SIRET nor a SIREN.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    let digits = String(number.filter { !$0.isWhitespace })
    guard [9, 14].contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw NoSuchNumber(text: number)
    }
    let (type, now, rules) = (type, world.now(), try world.rules())
    let (moment, keys) = (world.moment, world.access.keys)
    return try await world.database.write { db in
      try Trail.write(
        TrailNote(
          .buyerStated, kind: "buyer", id: digits,
          changes: [TrailChange("type", try StatedBuyers.all(in: db)[digits]?.rawValue, type?.rawValue)]),
        as: actor, at: moment, keys: keys, in: db)
      if let type {
        try StatedBuyers.save(digits, type, at: now, in: db)
      } else {
        try StatedBuyers.remove(digits, in: db)
      }
      let basis = try SpottingBasis.read(figuresVersion: rules.version, in: db)
      let stored = try Awards.all(try Awards.ids(ofBuyer: digits, in: db), in: db)
      try Spottings.save(stored.map { RecomputeSpotting.row($0, rules: rules, basis: basis) }, in: db)
      return Outcome(name: try Buyers.name(beginning: digits, in: db), judged: stored.count)
    }
  }
}

/// Lists the types of buyers that were stated.
public struct ListStatedBuyers: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData

  /// A statement as the list shows it.
  public struct Entry: Sendable {
    /// SIRET or SIREN.
    public let number: String
    /// The buyer's name, nil where no record gives one.
    public let name: String?
    /// The type.
    public let type: BuyerType
  }

  /// The whole list.
  public init() {}

  /// The statements, by number.
  public func run(as actor: Actor, in world: World) async throws -> [Entry] {
    try actor.authorise(Self.right)
    return try await world.database.read { db in
      try StatedBuyers.list(in: db).map {
        Entry(number: $0.number, name: try Buyers.name(beginning: $0.number, in: db), type: $0.type)
      }
    }
  }
}

/// A text that is neither a SIRET nor a SIREN.
public struct NoSuchNumber: Error, CustomStringConvertible {
  let text: String
  /// What to tell the user.
  public var description: String {
    "«\u{202F}\(text.prefix(40))\u{202F}» n’est ni un SIRET (14 chiffres) ni un SIREN (9 chiffres)."
  }
}
