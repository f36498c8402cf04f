/// What is to be published: a possibility with its beneficiaries, or none.
public struct PublicationRequest: Sendable, Equatable {
  /// The possibility; nil for a contract without social consideration.
  public var possibility: Possibility?
  /// Contract or concession.
  public var kind: AwardNotice.Kind
  /// The day of publication.
  public var day: Day
  /// Whom it is reserved for.
  public var families: Set<ReservedFamily> = []
  /// Whether the documents fix hours.
  public var hasHours = false
  /// The subtype of the European notice, such as `16`; nil where not known.
  public var subtype: String?

  /// A request; the rest is filled in afterwards.
  public init(_ possibility: Possibility?, kind: AwardNotice.Kind, day: Day) {
    self.possibility = possibility
    self.kind = kind
    self.day = day
  }

  /// The codes to publish; throws where the tables are missing from the figures.
  public func codes(figures: Figures) throws(MissingFigure) -> PublicationCodes {
    var review = Review(figures: figures, day: day)
    let known = try figures.words.nearest(.decpValues(kind), on: day)
    review.use(known)
    var decp: Set<String> = []
    var fields: [String: [String]] = [:]
    for terms in try terms(&review) {
      decp.formUnion(hasHours ? terms.decpWithHours : terms.decp)
      for (field, values) in terms.fields {
        fields[field, default: []] += values.filter { !(fields[field] ?? []).contains($0) }
      }
    }
    if possibility == .insertionService {
      review.warning(
        "noCodeForInsertionService",
        "Aucun code ne dit qu’un marché a l’insertion pour objet\(colon) la valeur proposée est un choix à confirmer.",
        mend: "Voyez avec votre plateforme de publication.")
    }
    let values = known.value.all.filter(decp.contains)
    review.step("Données essentielles (DECP)", gives: French.list(values))
    try checkSubtype(&review)
    var entries: [PublicationCodes.Entry] = []
    for figure in figures.noticeFields.all where figure.holds(on: day) {
      guard !entries.contains(where: { $0.field == figure.value.code }) else { continue }
      let written = fields[figure.value.code] ?? []
      entries.append(entry(figure, written, hasSocialObject: possibility != nil))
      review.use(figure)
    }
    return PublicationCodes(decp: values, entries: entries, derivation: review.derivation)
  }

  private func terms(_ review: inout Review) throws(MissingFigure) -> [PublicationTerms] {
    guard possibility == .reserved else {
      let figure = try review.figures.publications.nearest(.publication(possibility, nil, kind), on: day)
      return [review.use(figure)]
    }
    if families.isEmpty {
      review.fault(
        "beneficiariesMissing", "Le contrat est réservé, mais les bénéficiaires ne sont pas dits.",
        mend: "Dites à qui il est réservé\(colon) les codes de l’avis en dépendent.")
    }
    if kind == .concession, families.contains(.socialEconomy) {
      review.fault(
        "socialEconomyConcession",
        "Une concession ne se réserve pas aux entreprises de l’économie sociale et solidaire à ce titre.",
        mend: "Retenez une famille prévue pour les concessions.", article: "L3113-1")
    }
    var all: [PublicationTerms] = []
    for family in ReservedFamily.allCases where families.contains(family) {
      guard kind == .contract || family != .socialEconomy else { continue }
      all.append(review.use(try review.figures.publications.nearest(.publication(.reserved, family, kind), on: day)))
    }
    return all
  }

  private func checkSubtype(_ review: inout Review) throws(MissingFigure) {
    guard let subtype else { return }
    let known = try review.figures.words.nearest(.noticeSubtypes, on: day)
    review.use(known)
    guard !known.value.all.contains(subtype) else { return }
    review.warning(
      "subtypeUnknown", "Le sous-type d’avis «\(French.noBreak)\(subtype)\(French.noBreak)» n’est pas connu.",
      mend: "Vérifiez le sous-type\(colon) sans lui, les champs requis sont à contrôler.")
  }

  private func entry(
    _ figure: Figure<NoticeField>, _ values: [String], hasSocialObject: Bool
  ) -> PublicationCodes.Entry {
    let field = figure.value
    var presence: PublicationCodes.Presence = .allowed
    if let subtype {
      if field.forbidden.contains(subtype) {
        presence = .forbidden
      } else if field.required.contains(subtype) {
        presence = .required
      }
    } else if !field.required.isEmpty || !field.forbidden.isEmpty {
      presence = .dependsOnNotice
    }
    if let together = field.withObjective, presence != .forbidden {
      if !hasSocialObject { presence = .forbidden } else if together == .required { presence = .required }
    }
    return PublicationCodes.Entry(
      field: field.code, label: figure.label, values: presence == .forbidden ? [] : values, presence: presence,
      rule: field.rule)
  }
}
