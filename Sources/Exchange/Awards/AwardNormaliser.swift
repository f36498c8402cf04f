import Clauses

/// Turns a draft into a notice: types, repairs and reasons; kept over a whole file for its pool of texts and the unknown keys already told.
struct AwardNormaliser {
  /// Whether the source has no types, so that a number given as text is no oddity (XML, CSV).
  var isUntyped = false
  var fields = AwardFields()
  private var toldKeys: Set<String> = []

  /// The notice of a draft whose bytes lie at `base`.
  mutating func notice(
    from draft: borrowing AwardDraft, base: UnsafePointer<UInt8>, marks: JSONReader.Marks, isConcession: Bool
  ) -> AwardRecord.Outcome {
    draft.arena.withUnsafeBufferPointer { arena in
      fields.begin(base: base, arena: arena.baseAddress ?? base, marks: marks, isUntyped: isUntyped)
      return outcome(draft, isConcession: isConcession)
    }
  }

  private mutating func outcome(_ draft: borrowing AwardDraft, isConcession: Bool) -> AwardRecord.Outcome {
    let one = draft.one
    guard one.known > 0 else {
      return .refused(AwardRefusal(.notARecord, value: draft.extras.first.map { "{\"\($0)\"…}" } ?? "{}"))
    }
    let nature = fields.term(one.nature, "nature", AwardLists.natures)
    let kind = isConcession ? .concession : AwardNormaliser.kind(one, nature, &fields)
    let buyer: SIRET
    do throws(AwardRefusal) { buyer = try fields.buyer(one, kind: kind) } catch { return .refused(error) }
    guard let number = fields.number(one.id) else { return .refused(AwardRefusal(.noNumber, field: "id")) }
    guard number.utf8.count <= 60 || number.unicodeScalars.count <= 60 else {
      return .refused(AwardRefusal(.badNumber, field: "id", value: number))
    }
    var notice = AwardNotice(
      key: AwardNotice.Key(buyer: buyer, number: number), kind: kind, object: words(one.object, "objet") ?? "")
    notice.nature = nature
    notice.buyerName =
      kind == .concession && one.authorityName.isPresent
      ? fields.pooled(one.authorityName, "autoriteConcedante.nom") : fields.pooled(one.buyerName, "acheteur.nom")
    notice.cpv = fields.cpv(one.cpv)
    notice.procedure = fields.pooled(one.procedure, "procedure")
    notice.frameworkNumber = fields.number(one.frameworkNumber, "idAccordCadre")
    notice.place = fields.place(code: one.placeCode, kind: one.placeKind, name: one.placeName)
    notice.durationMonths = fields.months(one.months, "dureeMois")
    notice.grouping = fields.pooled(one.grouping, "typeGroupementOperateurs")
    notice.generalConditions = fields.pooled(one.generalConditions, "ccag")
    notice.priceForm = fields.pooled(one.priceForm, "formePrix")
    notice.offersReceived = fields.count(one.offers, "offresRecues")
    notice.source = fields.pooled(one.source, "source")
    notice.published = fields.day(one.published, "datePublicationDonnees")
    if kind == .concession {
      notice.notified = fields.day(one.signed, "dateSignature") ?? fields.day(one.notified, "dateNotification")
      notice.amount = fields.amount(one.value, "valeurGlobale") ?? fields.amount(one.amount, "montant")
    } else {
      notice.notified = fields.day(one.notified, "dateNotification") ?? fields.day(one.signed, "dateSignature")
      notice.amount = fields.amount(one.amount, "montant") ?? fields.amount(one.value, "valeurGlobale")
    }
    notice.start = fields.day(one.start, "dateDebutExecution")
    notice.techniques = .init(rawValue: fields.flags(draft.techniques, "techniques", AwardLists.techniques))
    notice.modalities = .init(rawValue: fields.flags(draft.modalities, "modalitesExecution", AwardLists.modalities))
    notice.social = .init(rawValue: fields.flags(draft.social, "considerationsSociales", AwardLists.social))
    notice.environmental = fields.words(draft.environmental, "considerationsEnvironnementales")
    notice.holders = holders(draft)
    notice.amendments = amendments(draft)
    notice.subcontracts = subcontracts(draft)
    if notice.durationMonths == 0 { fields.note(.zeroDuration, "dureeMois", "0") }
    for holder in notice.holders where holder.identifier == buyer.digits {
      fields.note(.holderIsBuyer, "titulaires", holder.identifier)
    }
    if one.hasNestedList { fields.note(.nestedList, "titulaires") }
    for key in draft.extras where toldKeys.count < 1000 && toldKeys.insert(key).inserted { fields.note(.extraKey, key) }
    return .notice(notice, repairs: fields.finish())
  }

  private static func kind(
    _ one: AwardDraft.Scalars, _ nature: AwardNotice.Nature?, _ fields: inout AwardFields
  ) -> AwardNotice.Kind {
    if one.hasAuthority { return .concession }
    switch nature {
    case .worksConcession, .serviceConcession, .publicServiceConcession, .publicServiceDelegation: return .concession
    case .some: return .contract
    case nil: return fields.isConcessionType(one.type) ? .concession : .contract
    }
  }

  // MARK: - Parts

  private mutating func holders(_ draft: borrowing AwardDraft) -> [AwardNotice.Party] {
    var result: [AwardNotice.Party] = []
    result.reserveCapacity(draft.holders.count)
    for party in draft.holders { add(party, "titulaires", to: &result) }
    if draft.isFlat {
      add(draft.flatHolders.0, "titulaire_1", to: &result)
      add(draft.flatHolders.1, "titulaire_2", to: &result)
      add(draft.flatHolders.2, "titulaire_3", to: &result)
    }
    return result
  }

  private mutating func add(_ raw: AwardDraft.Party, _ field: String, to list: inout [AwardNotice.Party]) {
    let identifier = fields.identifier(raw.id, field)
    let name = raw.name.isPresent ? fields.pooled(raw.name, "denominationSociale") : nil
    let scheme = fields.pooled(raw.scheme, "typeIdentifiant")
    guard identifier != nil || name != nil else { return }
    list.append(AwardNotice.Party(identifier: identifier ?? "", scheme: scheme, name: name))
  }

  private mutating func amendments(_ draft: borrowing AwardDraft) -> [AwardNotice.Amendment] {
    var result: [AwardNotice.Amendment] = []
    for raw in draft.amendments { result.append(amendment(raw)) }
    if draft.isFlat {
      var raw = draft.flatAmendment
      if !draft.flatAmendmentHolder.isEmpty { raw.holders = [draft.flatAmendmentHolder] }
      let flat = amendment(raw)
      if flat != AwardNotice.Amendment() { result.append(flat) }
    }
    guard result.count > 1 else { return result }
    return result.enumerated()
      .sorted { a, b in
        let (first, second) = (a.element.notified?.number ?? .max, b.element.notified?.number ?? .max)
        return first == second ? a.offset < b.offset : first < second
      }
      .map(\.element)
  }

  /// A text in which no social security number stays: what others publish is not refused, but need not be shown again.
  private mutating func words(_ raw: RawValue, _ field: String) -> String? {
    guard let text = fields.text(raw, field) else { return nil }
    guard let masked = NIRDetector.masked(text) else { return text }
    fields.note(.socialSecurityNumber, field)
    return masked
  }

  private mutating func amendment(_ raw: AwardDraft.Amendment) -> AwardNotice.Amendment {
    var result = AwardNotice.Amendment()
    result.number = fields.ordinal(raw.id, "modifications.id")
    result.notified = fields.day(raw.notified, "modifications.dateNotificationModification")
    result.published = fields.day(raw.published, "modifications.datePublicationDonneesModification")
    result.object = words(raw.object, "modifications.objetModification")
    result.durationMonths = fields.months(raw.months, "modifications.dureeMois")
    result.amount =
      fields.amount(raw.amount, "modifications.montant") ?? fields.amount(raw.value, "modifications.valeurGlobale")
    for party in raw.holders { add(party, "modifications.titulaires", to: &result.holders) }
    return result
  }

  private mutating func subcontracts(_ draft: borrowing AwardDraft) -> [AwardNotice.Subcontract] {
    var result: [AwardNotice.Subcontract] = []
    for raw in draft.acts { result.append(subcontract(raw)) }
    var changes: [AwardNotice.Subcontract] = []
    for raw in draft.actChanges { changes.append(subcontract(raw)) }
    if draft.isFlat {
      var raw = draft.flatAct
      if !draft.flatActHolder.isEmpty { raw.subcontractor = [draft.flatActHolder] }
      let act = subcontract(raw)
      if act != AwardNotice.Subcontract() { result.append(act) }
      let change = subcontract(draft.flatActChange)
      if change != AwardNotice.Subcontract() { changes.append(change) }
    }
    if changes.count > 1 {
      changes = changes.enumerated()
        .sorted { a, b in
          let (first, second) = (a.element.notified?.number ?? .max, b.element.notified?.number ?? .max)
          return first == second ? a.offset < b.offset : first < second
        }
        .map(\.element)
    }
    for change in changes {
      // A change whose act is not in the record is kept as an act of its own.
      guard let index = result.lastIndex(where: { $0.number != nil && $0.number == change.number }) else {
        result.append(change)
        continue
      }
      if let amount = change.amount { result[index].amount = amount }
      if let months = change.durationMonths { result[index].durationMonths = months }
      if let subcontractor = change.subcontractor { result[index].subcontractor = subcontractor }
    }
    return result
  }

  private mutating func subcontract(_ raw: AwardDraft.Act) -> AwardNotice.Subcontract {
    var result = AwardNotice.Subcontract()
    result.number = fields.ordinal(raw.id, "actesSousTraitance.id")
    result.durationMonths = fields.months(raw.months, "actesSousTraitance.dureeMois")
    result.notified = fields.day(raw.notified, "actesSousTraitance.dateNotification")
    result.amount = fields.amount(raw.amount, "actesSousTraitance.montant")
    var parties: [AwardNotice.Party] = []
    for party in raw.subcontractor { add(party, "actesSousTraitance.sousTraitant", to: &parties) }
    result.subcontractor = parties.first
    return result
  }
}
