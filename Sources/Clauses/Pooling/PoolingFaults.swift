/// What makes a case of pooling impossible to read, fault by fault.
public struct PoolingFaults: Error, Sendable, Equatable {
  /// One fault and where it stands.
  public struct Fault: Sendable, Equatable {
    /// The list: `supplies`, `commitments` or `agreements`.
    public let list: String
    /// The place in the list, from zero; nil for the whole list.
    public let index: Int?
    /// The field; nil for the whole entry.
    public let field: String?
    /// What is wrong and how to mend it, in French.
    public let sentence: String
  }

  /// The faults; at least one.
  public let all: [Fault]

  /// The most hours or the greatest penalty that a case adds up, in hundredths: their product then keeps within bounds.
  private static let most: Int128 = 1_000_000_000_000_000

  static func found(in given: PoolingCase) -> [Fault] {
    var faults: [Fault] = []
    let commitments = Set(given.commitments.map(\.id))
    unique(given.supplies.map(\.id), "supplies", &faults)
    unique(given.commitments.map(\.id), "commitments", &faults)
    unique((given.agreements ?? []).map(\.id), "agreements", &faults)
    for (index, supply) in given.supplies.enumerated() {
      if supply.hours.hundredths < 0 { faults.append(negative("supplies", index, "hours")) }
      if let own = supply.own, !commitments.contains(own) {
        faults.append(
          Fault(
            list: "supplies", index: index, field: "own",
            sentence:
              "L’engagement \(quoted(own)) n’est pas dans la liste\(French.thin): ajoutez-le, ou retirez ce champ."
          ))
      }
    }
    for (index, commitment) in given.commitments.enumerated() {
      if commitment.missing.hundredths < 0 { faults.append(negative("commitments", index, "missing")) }
      if commitment.penaltyPerHour.cents < 0 { faults.append(negative("commitments", index, "penaltyPerHour")) }
      if commitment.to < commitment.from { faults.append(backwards("commitments", index)) }
    }
    for (index, agreement) in (given.agreements ?? []).enumerated() {
      if agreement.to < agreement.from { faults.append(backwards("agreements", index)) }
    }
    tooMuch(given.supplies.map(\.hours.hundredths), "supplies", "Ces heures", &faults)
    tooMuch(given.commitments.map(\.missing.hundredths), "commitments", "Ces heures", &faults)
    tooMuch(given.commitments.map(\.penaltyPerHour.cents), "commitments", "Ces pénalités", &faults)
    return faults
  }

  private static func unique(_ ids: [String], _ list: String, _ faults: inout [Fault]) {
    var seen: Set<String> = []
    for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
      faults.append(
        Fault(
          list: list, index: index, field: "id",
          sentence: "Le nom \(quoted(id)) sert déjà plus haut\(French.thin): donnez à chacun le sien."))
    }
  }

  private static func negative(_ list: String, _ index: Int, _ field: String) -> Fault {
    Fault(list: list, index: index, field: field, sentence: "Cette valeur ne peut pas être négative.")
  }

  private static func backwards(_ list: String, _ index: Int) -> Fault {
    Fault(
      list: list, index: index, field: "to",
      sentence: "La période finit avant de commencer\(French.thin): corrigez \(quoted("from")) ou \(quoted("to")).")
  }

  private static func tooMuch(_ values: [Int64], _ list: String, _ what: String, _ faults: inout [Fault]) {
    guard values.reduce(Int128(0), { $0 + Int128($1) }) > most else { return }
    faults.append(
      Fault(
        list: list, index: nil, field: nil,
        sentence: "\(what) font un total trop grand pour être juste\(French.thin): vérifiez les unités."))
  }

  private static func quoted(_ name: String) -> String { "«\(French.noBreak)\(name)\(French.noBreak)»" }
}
