/// The parts of a case that have nothing to exchange: companies, then the employment areas of each.
///
/// Areas of one company stay together only where a supply of one was worked for a commitment of the other.
enum PoolingParts {
  /// A part as places in the lists of its case.
  struct Part {
    var supplies: [Int] = []
    var commitments: [Int] = []
  }

  private struct Place: Hashable {
    let company: String
    let area: String
  }

  /// The parts in the order in which the case first names them; `own` gives the place of each supply's own commitment.
  static func of(_ given: PoolingCase, own: [Int?]) -> [Part] {
    var numbers: [Place: Int] = [:]
    func number(_ company: String, _ area: String) -> Int {
      let count = numbers.count
      return numbers[Place(company: company, area: area), default: count]
    }
    var parents: [Int] = []
    func enter(_ company: String, _ area: String) -> Int {
      let place = number(company, area)
      if place == parents.count {
        numbers[Place(company: company, area: area)] = place
        parents.append(place)
      }
      return place
    }
    func root(_ place: Int) -> Int {
      var place = place
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    let ofSupply = given.supplies.map { enter($0.company, $0.area) }
    let ofCommitment = given.commitments.map { enter($0.company, $0.area) }
    for (supply, own) in own.enumerated() {
      guard let own else { continue }
      let (a, b) = (root(ofSupply[supply]), root(ofCommitment[own]))
      parents[max(a, b)] = min(a, b)
    }
    var parts = Array(repeating: Part(), count: parents.count)
    for (index, place) in ofSupply.enumerated() { parts[root(place)].supplies.append(index) }
    for (index, place) in ofCommitment.enumerated() { parts[root(place)].commitments.append(index) }
    return parts.filter { !$0.supplies.isEmpty || !$0.commitments.isEmpty }
  }
}
