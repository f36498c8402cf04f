import Clauses
import TestSupport
import Testing

@testable import Vault

@Suite struct BlindIndexTests {
  private let ring = KeyRing(on: someDay)
  private var index: BlindIndex { BlindIndex(ring.active) }

  @Test func `spellings of one value have one index`() throws {
    #expect(index.surname("LE GOFF") == index.surname(" le  goff "))
    #expect(index.surname("Lefèvre-Noël") == index.surname("LEFEVRE NOEL"))
    #expect(index.name(surname: "Noël", givenName: "Zoé") == index.name(surname: "NOEL", givenName: "ZOE"))
    #expect(index.email("Zoe.Martin@Melun.FR ") == index.email("zoe.martin@melun.fr"))
    let value = try #require(index.surname("Dupont"))
    #expect(value.utf8.count == 32 && value.allSatisfy { "0123456789abcdef".contains($0) })
  }

  @Test func `different values have different ones`() {
    #expect(index.surname("Dupont") != index.surname("Dupond"))
    #expect(index.name(surname: "Martin", givenName: "Paul") != index.name(surname: "Paul", givenName: "Martin"))
    #expect(index.name(surname: "Ana Li", givenName: "Wu") != index.name(surname: "Ana", givenName: "Li Wu"))
    // Signs that a search would leave out make another address.
    #expect(index.email("a.b@c.fr") != index.email("a-b@c.fr"))
    #expect(index.email("ab@c.fr") != index.email("a.b@c.fr"))
  }

  @Test func `a surname that sounds alike is found with the same day of birth only`() throws {
    let day = try #require(Day("1999-05-01"))
    #expect(index.sound(surname: "Lefebvre", birth: day) == index.sound(surname: "LEFEVRE", birth: day))
    #expect(index.sound(surname: "Lefebvre", birth: day) != index.sound(surname: "LEFEVRE", birth: day.adding(days: 1)))
  }

  @Test func `purposes and keys cannot be compared`() {
    #expect(index.surname("zoe") != index.email("zoe"))
    #expect(index.surname("zoe") != BlindIndex(KeyRing(on: someDay).active).surname("zoe"))
  }

  @Test func `unknown values are not equal to one another`() {
    #expect(index.surname("") == nil && index.surname(" - ") == nil && index.email("  ") == nil)
    #expect(index.name(surname: "Martin", givenName: "") == nil)
    #expect(index.sound(surname: "李", birth: someDay) == nil)
  }
}

@Suite struct FrenchPhoneticTests {
  @Test(arguments: [
    ["DUPONT", "DUPOND", "DUPONS", "Dupon", "DUPONTS"], ["LEFEVRE", "LEFEBVRE", "Lefèvre", "LEFÉBVRE"],
    ["BENOIT", "BENOIST", "Benoît"], ["MOREAU", "MORAUX", "MOREAUX", "MORAUD", "MORAULT", "MOREAULT"],
    ["THIBAULT", "THIBAUD", "THIBAUT", "THIBAUX", "TIBAUT"], ["RENAUD", "RENAULT", "RENAUT"],
    ["GAUTHIER", "GAUTIER"], ["MATHIEU", "MATTHIEU", "MATIEU"], ["DUPUY", "DUPUIS", "DUPUIT"],
    ["MEYER", "MAYER", "MAIER", "MEIER"], ["DUBOIS", "DUBOYS"], ["HENRY", "HENRI"], ["PHILIPPE", "FILIPE"],
    ["BERTRAND", "BERTRANT", "BERTRAN"], ["LECLERC", "LECLERCQ", "LECLERQ"], ["MARTIN", "MARTAIN"],
    ["ARCHAMBAULT", "ARCHAMBAUD"], ["LEROY", "LEROI"], ["FRANÇOIS", "FRANCOIS"], ["LE GOFF", "LEGOFF", "LE-GOF"],
    ["SCHMITT", "SCHMIDT", "SCHMIT"],
  ])
  func `spellings of one name have one key`(names: [String]) {
    let keys = names.map(FrenchPhonetic.key)
    #expect(Set(keys).count == 1 && keys[0].utf8.count >= 2, "\(zip(names, keys).map { "\($0) \($1)" })")
  }

  @Test func `frequent names that sound otherwise have other keys`() {
    let names = [
      "MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT", "RICHARD", "DURAND", "DUBOIS", "MOREAU", "LAURENT", "SIMON",
      "MICHEL",
      "LEFEBVRE", "LEROY", "ROUX", "DAVID", "BERTRAND", "MOREL", "FOURNIER", "GIRARD", "BONNET", "DUPONT", "LAMBERT",
      "FONTAINE", "ROUSSEAU", "VINCENT", "MULLER", "GARNIER", "FAURE", "MERCIER", "DIALLO", "TRAORE", "NGUYEN",
      "BENALI",
    ]
    let groups = Dictionary(grouping: names, by: FrenchPhonetic.key).values.filter { $0.count > 1 }
    #expect(groups.isEmpty, "\(groups)")
  }

  @Test func `a name without Latin letters has no key, and short ones keep theirs`() {
    #expect(FrenchPhonetic.key(of: "") == "" && FrenchPhonetic.key(of: "李 1") == "")
    #expect(Set(["BA", "LY", "SY", "NDIAYE", "DA", "ST"].map(FrenchPhonetic.key)).count == 6)
  }

  @Test func `any text has a key of letters and sounds`() {
    for seed in UInt64(0)..<500 {
      var dice = Dice(seed)
      let name = String(decoding: dice.bytes(.random(in: 0...20, using: &dice)).map { 0x41 + $0 % 26 }, as: UTF8.self)
      let key = FrenchPhonetic.key(of: name)
      #expect(key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x31...0x35).contains($0) }, "seed \(seed)")
      #expect(FrenchPhonetic.key(of: name.lowercased()) == key, "seed \(seed)")
      // A name of mute letters only has no sound.
      #expect(key.isEmpty == name.allSatisfy { $0 == "H" }, "seed \(seed), \(name)")
    }
  }
}

@Suite struct PseudonymTests {
  @Test func `it is the same at all times, and another for each buyer, person, attempt and key`() throws {
    let ring = try KeyRing.known()
    let one = Pseudonym(of: "17", for: "buyer-1", with: ring)
    #expect(one.description.wholeMatch(of: /P-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}/) != nil)
    #expect(one == Pseudonym(of: "17", for: "buyer-1", with: try #require(ring.adding(on: someDay))))
    let others = [
      Pseudonym(of: "17", for: "buyer-2", with: ring), Pseudonym(of: "18", for: "buyer-1", with: ring),
      Pseudonym(of: "17", for: "buyer-1", attempt: 1, with: ring),
      Pseudonym(of: "17", for: "buyer-1", with: try .known(8)),
      Pseudonym(of: "7", for: "buyer-11", with: ring),
    ]
    #expect(Set(others + [one]).count == 6)
  }

  @Test func `among 60,000 people few collide, and the next attempt parts them`() throws {
    let ring = try KeyRing.known()
    var taken = Set<Pseudonym>()
    var collisions = 0
    for person in 0..<60_000 {
      var attempt = 0
      while !taken.insert(Pseudonym(of: String(person), for: "buyer", attempt: attempt, with: ring)).inserted {
        attempt += 1
        collisions += 1
      }
    }
    #expect(taken.count == 60_000)
    // 60,000² / 2 / 2³⁰ = 1.7 are expected; more than 8 would happen once in ten thousand keys.
    #expect(collisions <= 8, "\(collisions)")
  }
}
