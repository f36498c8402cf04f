internal import Clauses

extension Rule {
  /// What practice says of a purchase segment.
  static let segment = Rule(
    name: "segment",
    summary: "Donne, pour un segment d’achat ou un code CPV, parts, taux, coûts, métiers et portes d’entrée.",
    fields: [
      ("cpv", "code CPV dont le segment est cherché"),
      ("code", "code d’un segment, tel que cleaning ; sans cpv ni code, les quatorze segments sont donnés"),
      ("day", "jour des données de référence, aujourd’hui par défaut"),
    ],
    example: #"{"cpv":"90911200"}"#
  ) { input, context in
    let cpv = input.cpv("cpv", required: false)
    let code = input.text("code", required: false)
    let segments = PurchaseSegments(
      figures: context.figures, on: input.day("day", required: false) ?? context.today)
    var derivation = Derivation()
    if let code {
      let all = French.list(segments.all.map(\.segment.value.code), last: "ou")
      let sheet = segments.sheet(code)
      if sheet == nil { input.fault("code", "Ce segment n’existe pas\u{202F}: \(all).") }
      if let cpv, let sheet, segments.sheet(of: cpv)?.segment.value.code != code {
        derivation.note(
          Finding(
            .warning, "codeDiffersFromCPV",
            "Le code CPV \(cpv) n’est pas du segment «\u{A0}\(sheet.segment.value.label)\u{A0}».",
            mend: "Gardez l’un des deux.", place: "cpv"))
      }
      return .object((sheet?.json(nil, &derivation) ?? []) + derivation.fields)
    }
    guard let cpv else {
      let all = segments.all.map { sheet -> RuleJSON in .object(sheet.json(nil, &derivation)) }
      return .object([("segments", .list(all))] + derivation.fields)
    }
    let family = segments.family(of: cpv)
    guard let sheet = segments.sheet(of: cpv) else {
      let name = family.map { " (\($0.label))" } ?? ""
      derivation.note(
        Finding(
          .information, "outsideSegments",
          "Le code CPV \(cpv)\(name) est hors des quatorze segments où les clauses sont d’usage.",
          mend: "Une clause reste possible\u{202F}: appréciez la faisabilité du lot.", place: "cpv"))
      let figures = segments.figures(of: cpv).json(&derivation)
      return .object(
        [("code", .null), ("label", .null), ("family", family.map { .text($0.label) } ?? .null)] + figures
          + derivation.fields)
    }
    return .object(
      sheet.json(segments.figures(of: cpv), &derivation)
        + [("family", family.map { .text($0.label) } ?? .null)] + derivation.fields)
  }
}

extension SegmentSheet {
  /// The segment with the figures of one code, or its own.
  fileprivate func json(_ own: SegmentFigures?, _ derivation: inout Derivation) -> [(name: String, value: RuleJSON)] {
    let value = segment.value
    derivation.use(segment)
    let figures = (own ?? self.figures).json(&derivation)
    return [
      ("code", .text(value.code)), ("label", .text(value.label)), ("status", .text(segment.status.rawValue)),
      ("prefixes", .list(prefixes.map { .text($0) })),
    ] + figures + [
      (
        "jobs",
        .object([
          (
            "list",
            .list(jobs.map { .object([("rome", .text($0.rome)), ("name", .text($0.name))]) })
          ), ("status", .text(value.jobs.status.rawValue)),
        ])
      ), ("possibilities", words(value.possibilities, &derivation)), ("waysIn", words(value.waysIn, &derivation)),
    ]
  }

  private func words(_ figure: Figure<Words>, _ derivation: inout Derivation) -> RuleJSON {
    .object([
      ("list", .list(derivation.use(figure).all.map { .text($0) })), ("status", .text(figure.status.rawValue)),
    ])
  }
}

extension SegmentFigures {
  fileprivate func json(_ derivation: inout Derivation) -> [(name: String, value: RuleJSON)] {
    func range<Value>(_ range: FigureRange<Value>?, _ write: (Value) -> RuleJSON) -> RuleJSON {
      guard let range else { return .null }
      return .object([
        ("low", write(derivation.use(range.low))), ("usual", write(derivation.use(range.usual))),
        ("high", write(derivation.use(range.high))), ("status", .text(range.usual.status.rawValue)),
        ("source", .text(range.usual.source)),
      ])
    }
    return [
      ("labourShare", range(labourShare) { .share($0) }), ("insertionRate", range(insertionRate) { .share($0) }),
      ("hourlyCost", range(hourlyCost) { .euros($0) }),
      (
        "technicity",
        technicity.map {
          .object([("level", .text(derivation.use($0).rawValue)), ("status", .text($0.status.rawValue))])
        } ?? .null
      ),
    ]
  }
}
