import Clauses
import Testing

@Suite struct ShownExitsTests {
  private func shown(
    _ durable: Int, _ transition: Int, _ positive: Int, _ other: Int, withdrawn: Int = 0,
    to audience: Secrecy.Audience = .public
  ) throws -> ShownExits {
    let kinds: [(Exit.Kind, Int)] = [
      (.openEnded, durable), (.subsidised, transition), (.training, positive), (.unemployed, other),
      (.withdrawn, withdrawn),
    ]
    let exits = kinds.flatMap { kind, count in
      (0..<count).map { Exit(id: "\(kind.rawValue) de Mme \($0)", kind: kind, day: Reference.today) }
    }
    let figures = try Reference.figures()
    return try Exits.classed(exits, on: Reference.today, figures: figures)
      .shown(to: audience, on: Reference.today, figures: figures)
  }

  private func counts(_ shown: ShownExits) -> [Int?] { shown.counts.map(\.count) }

  @Test func `the facilitator and the national file see everything`() throws {
    for audience in [Secrecy.Audience.facilitator, .national] {
      let told = try shown(1, 2, 3, 4, withdrawn: 1, to: audience)
      #expect(counts(told) == [1, 2, 3, 4, 1] && told.exits.count == 11 && !told.isMasked)
      #expect(told.base == 10 && told.dynamic == 6 && told.rate == Percent(60))
    }
  }

  @Test func `one exit without work hides another class, the dynamic ones and the rate`() throws {
    let told = try shown(12, 6, 9, 1)
    #expect(counts(told) == [12, nil, 9, nil, 0] && told.base == 28)
    #expect(told.dynamic == nil && told.rate == nil && told.exits.isEmpty)
    #expect(told.derivation.steps.last?.result == "masqué")
    #expect(told.derivation.findings.map(\.code) == ["masked", "exitsNotListed"])
  }

  @Test func `small classes among the dynamic ones leave the rate, large ones hide nothing`() throws {
    let told = try shown(3, 8, 0, 20)
    #expect(counts(told) == [nil, nil, 0, 20, 0] && told.dynamic == 11 && told.rate?.french.plain == "35,48 %")
    let large = try shown(10, 8, 7, 20, withdrawn: 6)
    #expect(counts(large) == [10, 8, 7, 20, 6] && large.base == 45)
    #expect(large.derivation.steps.last?.sentence.plain.contains("25 sur 45") == true)
  }

  @Test func `few dynamic exits cannot be had as the base less the others`() throws {
    let told = try shown(2, 2, 0, 20)
    #expect(counts(told) == [nil, nil, 0, nil, 0] && told.base == 24 && told.dynamic == nil && told.rate == nil)
  }

  @Test func `few exits in all, or few withdrawn, are hidden`() throws {
    let few = try shown(0, 0, 0, 3, withdrawn: 4)
    #expect(counts(few) == [nil, nil, nil, nil, nil] && few.base == nil && few.dynamic == nil && few.rate == nil)
    let none = try shown(0, 0, 0, 0)
    #expect(counts(none) == [0, 0, 0, 0, 0] && none.base == 0 && none.rate == nil)
  }

  @Test func `no hidden count has a single possible value, whatever the classes`() throws {
    for seed in UInt64(0)..<300 {
      var dice = SeededGenerator(seed)
      let real = (0..<4).map { _ in Int.random(in: 0...9, using: &dice) }
      let told = try shown(real[0], real[1], real[2], real[3])
      guard let base = told.base else {
        #expect((1..<5).contains(real.reduce(0, +)), "seed \(seed)")
        continue
      }
      let seen = counts(told).prefix(4)
      for (count, truth) in zip(seen, real) where count != nil {
        #expect(count == truth && (truth == 0 || truth >= 5), "seed \(seed)")
      }
      if let dynamic = told.dynamic { #expect(dynamic == 0 || dynamic >= 5, "seed \(seed)") }
      let hidden = real.indices.filter { seen[$0] == nil }
      #expect(hidden.count != 1, "seed \(seed): the only one is the base less the others")
      // All that a reader can try: numbers of one or more that add up to what is missing.
      let rest = base - seen.compactMap(\.self).reduce(0, +)
      let dynamicRest = told.dynamic.map { $0 - seen.prefix(3).compactMap(\.self).reduce(0, +) }
      for index in hidden where real[index] > 0 {
        let group = dynamicRest == nil ? hidden : hidden.filter { ($0 < 3) == (index < 3) }
        let sum = dynamicRest == nil ? rest : index < 3 ? dynamicRest ?? 0 : rest - (dynamicRest ?? 0)
        let free = group.filter { real[$0] > 0 }
        #expect(free.count > 1 && sum > free.count, "seed \(seed): \(real)")
      }
    }
  }
}
