/// Reads one record, in JSON of any of the known shapes, into a draft: names become fields, nothing is judged yet.
struct AwardMapper {
  var reader: JSONReader
  var draft = AwardDraft()

  init(_ reader: JSONReader) { self.reader = reader }

  /// Reads the record at the reader's place; a fault leaves the draft half filled and the reader where it stopped.
  mutating func readRecord() throws(JSONFault) {
    draft.reset()
    reader.marks = []
    try readFields()
  }

  private mutating func readFields() throws(JSONFault) {
    try reader.beginObject()
    while let name = try reader.nextKey() {
      let key = self.key(name)
      if key != .unknown { draft.one.known += 1 }
      switch key {
      case .id: draft.one.id = try scalar()
      case .uid: draft.one.uid = try scalar()
      case .type: draft.one.type = try scalar()
      case .source: draft.one.source = try scalar()
      case .nature: draft.one.nature = try scalar()
      case .object: draft.one.object = try scalar()
      case .cpv: draft.one.cpv = try scalar()
      case .procedure: draft.one.procedure = try scalar()
      case .frameworkNumber: draft.one.frameworkNumber = try scalar()
      case .months: draft.one.months = try scalar()
      case .notified: draft.one.notified = try scalar()
      case .published: draft.one.published = try scalar()
      case .signed: draft.one.signed = try scalar()
      case .start: draft.one.start = try scalar()
      case .amount: draft.one.amount = try scalar()
      case .value: draft.one.value = try scalar()
      case .grouping: draft.one.grouping = try scalar()
      case .generalConditions: draft.one.generalConditions = try scalar()
      case .priceForm: draft.one.priceForm = try scalar()
      case .offers: draft.one.offers = try scalar()
      case .buyer: try readBuyer(isAuthority: false)
      case .authority: try readBuyer(isAuthority: true)
      case .buyerId: draft.one.buyerId = try scalar()
      case .buyerName: draft.one.buyerName = try scalar()
      case .authorityId:
        draft.one.authorityId = try scalar()
        if draft.one.authorityId.isPresent { draft.one.hasAuthority = true }
      case .authorityName: draft.one.authorityName = try scalar()
      case .place: try readPlace()
      case .placeCode: draft.one.placeCode = try scalar()
      case .placeKind: draft.one.placeKind = try scalar()
      case .placeName: draft.one.placeName = try scalar()
      case .holders, .holder: try readHolders()
      case .techniques, .modalities, .social, .environmental: try readWords(key)
      case .amendments: try readAmendments()
      case .acts: try readActs(areChanges: false)
      case .actChanges: try readActs(areChanges: true)
      case .wrapped, .wrappedConcession:
        draft.one.known -= 1
        if key == .wrappedConcession { draft.one.hasAuthority = true }
        if try reader.peek() == .object { try readFields() } else { try reader.skip() }
      case .ignored: try reader.skip()
      default:
        if key.rawValue >= AwardKey.holderId1.rawValue || key == .amendmentNotified || key == .amendmentPublished
          || key == .amendmentObject || key == .actChangeNotified
        {
          try readFlat(key)
        } else {
          try extra(name, of: "")
        }
      }
    }
  }

  // MARK: - Parts

  private mutating func readBuyer(isAuthority: Bool) throws(JSONFault) {
    if isAuthority { draft.one.hasAuthority = true }
    guard try reader.peek() == .object else {
      let id = try scalar()
      if isAuthority { draft.one.authorityId = id } else { draft.one.buyerId = id }
      return
    }
    try reader.beginObject()
    while let name = try reader.nextKey() {
      switch key(name) {
      case .id:
        let id = try scalar()
        if isAuthority { draft.one.authorityId = id } else { draft.one.buyerId = id }
      case .name:
        let text = try scalar()
        if isAuthority { draft.one.authorityName = text } else { draft.one.buyerName = text }
      default: try extra(name, of: isAuthority ? "autoriteConcedante." : "acheteur.")
      }
    }
  }

  private mutating func readPlace() throws(JSONFault) {
    guard try reader.peek() == .object else {
      draft.one.placeCode = try scalar()
      return
    }
    try reader.beginObject()
    while let name = try reader.nextKey() {
      switch key(name) {
      case .code: draft.one.placeCode = try scalar()
      case .placeType: draft.one.placeKind = try scalar()
      case .name: draft.one.placeName = try scalar()
      default: try extra(name, of: "lieuExecution.")
      }
    }
  }

  private mutating func readHolders() throws(JSONFault) {
    var found: [AwardDraft.Party] = []
    swap(&found, &draft.holders)
    defer { swap(&found, &draft.holders) }
    try collectParties(&found, depth: 0)
  }

  private mutating func collectParties(_ found: inout [AwardDraft.Party], depth: Int) throws(JSONFault) {
    switch try reader.peek() {
    case .array:
      if depth > 0 { draft.one.hasNestedList = true }
      try reader.beginArray()
      while try reader.nextElement() { try collectParties(&found, depth: depth + 1) }
    case .object:
      var party = AwardDraft.Party()
      try reader.beginObject()
      while let name = try reader.nextKey() {
        switch key(name) {
        case .id: party.id = try scalar()
        case .scheme: party.scheme = try scalar()
        case .name: party.name = try scalar()
        case .holder, .subcontractor: try collectParties(&found, depth: 0)
        default: try extra(name, of: "titulaires.")
        }
      }
      if !party.isEmpty { found.append(party) }
    case .null: try reader.null()
    default: found.append(AwardDraft.Party(id: try scalar()))
    }
  }

  private mutating func collectWords(_ found: inout [RawValue]) throws(JSONFault) {
    switch try reader.peek() {
    case .array:
      try reader.beginArray()
      while try reader.nextElement() { try collectWords(&found) }
    case .object:
      try reader.beginObject()
      while try reader.nextKey() != nil { try collectWords(&found) }
    case .null: try reader.null()
    default: found.append(try scalar())
    }
  }

  private mutating func readWords(_ key: AwardKey) throws(JSONFault) {
    var found: [RawValue] = []
    switchList(key, &found)
    defer { switchList(key, &found) }
    try collectWords(&found)
  }

  private mutating func switchList(_ key: AwardKey, _ list: inout [RawValue]) {
    switch key {
    case .techniques: swap(&list, &draft.techniques)
    case .modalities: swap(&list, &draft.modalities)
    case .social: swap(&list, &draft.social)
    default: swap(&list, &draft.environmental)
    }
  }

  private mutating func readAmendments() throws(JSONFault) {
    switch try reader.peek() {
    case .array:
      try reader.beginArray()
      while try reader.nextElement() { try readAmendments() }
    case .object:
      var amendment = AwardDraft.Amendment()
      var isPlain = false
      try reader.beginObject()
      while let name = try reader.nextKey() {
        let key = self.key(name)
        if key != .amendment { isPlain = true }
        switch key {
        case .amendment: try readAmendments()
        case .id: amendment.id = try scalar()
        case .amendmentNotified, .notified, .signed: amendment.notified = try scalar()
        case .amendmentPublished, .published: amendment.published = try scalar()
        case .amendmentObject, .object: amendment.object = try scalar()
        case .months: amendment.months = try scalar()
        case .amount: amendment.amount = try scalar()
        case .value: amendment.value = try scalar()
        case .holders, .holder: try collectParties(&amendment.holders, depth: 0)
        default: try extra(name, of: "modifications.")
        }
      }
      if isPlain { draft.amendments.append(amendment) }
    default: try reader.skip()
    }
  }

  private mutating func readActs(areChanges: Bool) throws(JSONFault) {
    switch try reader.peek() {
    case .array:
      try reader.beginArray()
      while try reader.nextElement() { try readActs(areChanges: areChanges) }
    case .object:
      var act = AwardDraft.Act()
      var isPlain = false
      try reader.beginObject()
      while let name = try reader.nextKey() {
        let key = self.key(name)
        if key != .act, key != .actChange { isPlain = true }
        switch key {
        case .act, .actChange: try readActs(areChanges: areChanges)
        case .id: act.id = try scalar()
        case .months: act.months = try scalar()
        case .amount: act.amount = try scalar()
        case .notified, .actChangeNotified: act.notified = try scalar()
        case .subcontractor: try collectParties(&act.subcontractor, depth: 0)
        case .published, .ignored: try reader.skip()
        default: try extra(name, of: areChanges ? "modificationsActesSousTraitance." : "actesSousTraitance.")
        }
      }
      guard isPlain else { return }
      if areChanges { draft.actChanges.append(act) } else { draft.acts.append(act) }
    default: try reader.skip()
    }
  }

  // MARK: - Flat fields

  private mutating func readFlat(_ key: AwardKey) throws(JSONFault) {
    let value = try scalar()
    guard value.isPresent else { return }
    draft.isFlat = true
    switch key {
    case .holderId1: draft.flatHolders.0.id = value
    case .holderId2: draft.flatHolders.1.id = value
    case .holderId3: draft.flatHolders.2.id = value
    case .holderScheme1: draft.flatHolders.0.scheme = value
    case .holderScheme2: draft.flatHolders.1.scheme = value
    case .holderScheme3: draft.flatHolders.2.scheme = value
    case .holderName1: draft.flatHolders.0.name = value
    case .holderName2: draft.flatHolders.1.name = value
    case .holderName3: draft.flatHolders.2.name = value
    case .amendmentId: draft.flatAmendment.id = value
    case .amendmentAmount: draft.flatAmendment.amount = value
    case .amendmentMonths: draft.flatAmendment.months = value
    case .amendmentNotified: draft.flatAmendment.notified = value
    case .amendmentPublished: draft.flatAmendment.published = value
    case .amendmentObject: draft.flatAmendment.object = value
    case .amendmentHolderId: draft.flatAmendmentHolder.id = value
    case .amendmentHolderScheme: draft.flatAmendmentHolder.scheme = value
    case .actId: draft.flatAct.id = value
    case .actMonths: draft.flatAct.months = value
    case .actNotified: draft.flatAct.notified = value
    case .actAmount: draft.flatAct.amount = value
    case .actHolderId: draft.flatActHolder.id = value
    case .actHolderScheme: draft.flatActHolder.scheme = value
    case .actChangeId: draft.flatActChange.id = value
    case .actChangeMonths: draft.flatActChange.months = value
    case .actChangeAmount: draft.flatActChange.amount = value
    case .actChangeNotified: draft.flatActChange.notified = value
    default: break
    }
  }

  // MARK: - Values

  @inline(__always)
  private func key(_ name: JSONReader.Text) -> AwardKey {
    guard !name.isEscaped else {
      var text = reader.string(name)
      return text.withUTF8 { AwardKey.of($0) }
    }
    return AwardKey.of(UnsafeBufferPointer(start: reader.base + name.start, count: name.count))
  }

  private mutating func scalar() throws(JSONFault) -> RawValue {
    switch try reader.peek() {
    case .string:
      let text = try reader.text()
      guard text.isEscaped else {
        return RawValue(kind: .string, isInArena: false, start: text.start, count: text.count)
      }
      let start = draft.arena.count
      reader.unescape(text, into: &draft.arena)
      return RawValue(kind: .string, isInArena: true, start: start, count: draft.arena.count - start)
    case .number:
      let text = try reader.number()
      return RawValue(kind: .number, isInArena: false, start: text.start, count: text.count)
    case .null:
      try reader.null()
      return RawValue(kind: .null)
    case .bool:
      let start = reader.position
      _ = try reader.bool()
      return RawValue(kind: .bool, isInArena: false, start: start, count: reader.position - start)
    case .object, .array:
      let start = reader.position
      try reader.skip()
      return RawValue(kind: .other, isInArena: false, start: start, count: reader.position - start)
    }
  }

  private mutating func extra(_ name: JSONReader.Text, of parent: String) throws(JSONFault) {
    draft.extras.append(parent + reader.string(name))
    try reader.skip()
  }
}
