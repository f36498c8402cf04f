/// Through which doors hours may leave for another commitment than their own: the solver's view of the permissions.
///
/// A door is an agreement, or without agreements the counting policy that supply and commitment share. Supplies of one
/// area and month with the same doors form one pool.
struct PoolingDoors {
  /// What the supplies of a pool have in common.
  struct Key: Hashable {
    let area: String
    let month: Month
    let policy: String?
    let doors: [Int]
  }

  private let given: PoolingCase
  private let agreementsOfCompany: [String: [Int]]
  private let commitments: [String: PoolingCommitment]
  /// The agreements that let hours reach each commitment.
  private let reaching: [Set<Int>]

  init(_ given: PoolingCase) {
    self.given = given
    commitments = Dictionary(given.commitments.map { ($0.id, $0) }) { first, _ in first }
    let agreements = given.agreements ?? []
    let ofCompany = Dictionary(grouping: agreements.indices) { agreements[$0].company }
    agreementsOfCompany = ofCompany
    reaching = given.commitments.map { commitment in
      Set((ofCompany[commitment.company] ?? []).filter { agreements[$0].holds(commitment) })
    }
  }

  /// The pool of a supply; nil where its hours may reach no other commitment than their own.
  func key(_ supply: PoolingSupply) -> Key? {
    guard let agreements = given.agreements else {
      return Key(area: supply.area, month: supply.month, policy: supply.policy, doors: [])
    }
    let own = supply.own.flatMap { commitments[$0] }
    let doors = (agreementsOfCompany[supply.company] ?? []).filter { agreements[$0].releases(supply, own: own) }
    return doors.isEmpty ? nil : Key(area: supply.area, month: supply.month, policy: nil, doors: doors)
  }

  /// Whether the hours of a pool may reach a commitment of the same company.
  func leads(_ key: Key, to index: Int) -> Bool {
    let commitment = given.commitments[index]
    guard commitment.acceptsPooling, commitment.area == key.area, commitment.from <= key.month,
      key.month <= commitment.to
    else { return false }
    guard given.agreements == nil else { return key.doors.contains { reaching[index].contains($0) } }
    guard let theirs = key.policy, let ours = commitment.policy else { return true }
    return theirs == ours
  }
}
