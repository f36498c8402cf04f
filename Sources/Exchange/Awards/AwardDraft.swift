/// A value of a record as it stands, before anything is made of it.
struct RawValue {
  enum Kind: UInt8 { case absent, null, string, number, bool, other }
  var kind = Kind.absent
  /// Whether the bytes are in the draft's arena (an unescaped text) and not in the record.
  var isInArena = false
  var start = 0
  var count = 0

  static let absent = RawValue()
  var isPresent: Bool { kind.rawValue > Kind.null.rawValue }
}

/// The fields of one record as they stand, collected in one pass; reused from record to record.
struct AwardDraft {
  struct Party {
    var id = RawValue.absent
    var scheme = RawValue.absent
    var name = RawValue.absent
    var isEmpty: Bool { id.kind == .absent && scheme.kind == .absent && name.kind == .absent }
  }

  struct Amendment {
    var id = RawValue.absent
    var notified = RawValue.absent
    var published = RawValue.absent
    var object = RawValue.absent
    var months = RawValue.absent
    var amount = RawValue.absent
    var value = RawValue.absent
    var holders: [Party] = []
  }

  struct Act {
    var id = RawValue.absent
    var months = RawValue.absent
    var notified = RawValue.absent
    var amount = RawValue.absent
    var subcontractor: [Party] = []
  }

  struct Scalars {
    var id = RawValue.absent
    var uid = RawValue.absent
    var type = RawValue.absent
    var source = RawValue.absent
    var buyerId = RawValue.absent
    var buyerName = RawValue.absent
    var authorityId = RawValue.absent
    var authorityName = RawValue.absent
    var nature = RawValue.absent
    var object = RawValue.absent
    var cpv = RawValue.absent
    var procedure = RawValue.absent
    var frameworkNumber = RawValue.absent
    var placeCode = RawValue.absent
    var placeKind = RawValue.absent
    var placeName = RawValue.absent
    var months = RawValue.absent
    var notified = RawValue.absent
    var published = RawValue.absent
    var signed = RawValue.absent
    var start = RawValue.absent
    var amount = RawValue.absent
    var value = RawValue.absent
    var grouping = RawValue.absent
    var generalConditions = RawValue.absent
    var priceForm = RawValue.absent
    var offers = RawValue.absent
    var hasAuthority = false
    /// Where a list stands inside a list of holders.
    var hasNestedList = false
    /// How many of the fields of the format were met: none says that this is no record.
    var known = 0
  }

  var one = Scalars()
  var holders: [Party] = []
  var flatHolders: (Party, Party, Party) = (Party(), Party(), Party())
  var techniques: [RawValue] = []
  var modalities: [RawValue] = []
  var social: [RawValue] = []
  var environmental: [RawValue] = []
  var amendments: [Amendment] = []
  var flatAmendment = Amendment()
  var flatAmendmentHolder = Party()
  var acts: [Act] = []
  var flatAct = Act()
  var flatActHolder = Party()
  var actChanges: [Act] = []
  var flatActChange = Act()
  /// Whether a field of the flat exports was met.
  var isFlat = false
  var extras: [String] = []
  var arena: [UInt8] = []

  /// Forgets the record, keeps the memory.
  mutating func reset() {
    one = Scalars()
    holders.removeAll(keepingCapacity: true)
    techniques.removeAll(keepingCapacity: true)
    modalities.removeAll(keepingCapacity: true)
    social.removeAll(keepingCapacity: true)
    environmental.removeAll(keepingCapacity: true)
    amendments.removeAll(keepingCapacity: true)
    acts.removeAll(keepingCapacity: true)
    actChanges.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    if isFlat {
      flatHolders = (Party(), Party(), Party())
      flatAmendment = Amendment()
      flatAmendmentHolder = Party()
      flatAct = Act()
      flatActHolder = Party()
      flatActChange = Act()
      isFlat = false
    }
    if !extras.isEmpty { extras.removeAll(keepingCapacity: true) }
  }
}
