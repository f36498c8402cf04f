/// What is published for a possibility, in the essential data (DECP) and in European notices (eForms).
public struct PublicationTerms: FigureValue, Hashable {
  /// The possibility; nil for a contract without social consideration.
  public let possibility: Possibility?
  /// Whom it is reserved for, where it is.
  public let family: ReservedFamily?
  /// Contract or concession.
  public let kind: AwardNotice.Kind
  /// The values of `considerationSociale`.
  public let decp: [String]
  /// The same where the documents fix hours as well.
  public let decpWithHours: [String]
  /// The values of coded fields of a notice, by the field.
  public let fields: [String: [String]]

  /// Terms from their parts.
  public init(
    possibility: Possibility?, family: ReservedFamily?, kind: AwardNotice.Kind, decp: [String],
    decpWithHours: [String], fields: [String: [String]]
  ) {
    self.possibility = possibility
    self.family = family
    self.kind = kind
    self.decp = decp
    self.decpWithHours = decpWithHours
    self.fields = fields
  }

  /// Every value, in a fixed order.
  public var figureText: String {
    let coded = fields.sorted { $0.key < $1.key }.map { "\($0.key)\(colon) \(French.list($0.value))" }
    return (["DECP\(colon) \(French.list(decp))", "avec heures\(colon) \(French.list(decpWithHours))"] + coded)
      .joined(separator: "\(semicolon) ")
  }
}

/// A field of European notices, with the notices in which it is required or forbidden.
public struct NoticeField: FigureValue, Hashable {
  /// Its code, such as `BT-06-Lot`.
  public let code: String
  /// The values of its list; empty for free text.
  public let values: [String]
  /// The subtypes of notices that require it.
  public let required: [String]
  /// The subtypes of notices that forbid it.
  public let forbidden: [String]
  /// How it goes with a strategic objective of the purchase (BT-06): never without one, and required or allowed with
  /// one; nil where it does not depend on it.
  public let withObjective: PublicationCodes.Presence?
  /// When it is filled in, in a French sentence.
  public let rule: String

  /// A field from its parts.
  public init(
    code: String, values: [String], required: [String], forbidden: [String],
    withObjective: PublicationCodes.Presence? = nil, rule: String
  ) {
    self.code = code
    self.values = values
    self.required = required
    self.forbidden = forbidden
    self.withObjective = withObjective
    self.rule = rule
  }

  /// Everything that can change a result.
  public var figureText: String {
    [rule, French.list(values), French.list(required), French.list(forbidden), withObjective?.rawValue ?? ""]
      .joined(separator: "\(semicolon) ")
  }
}

extension FigureKey where Value == PublicationTerms {
  /// What is published for a possibility, or for none.
  public static func publication(
    _ possibility: Possibility?, _ family: ReservedFamily?, _ kind: AwardNotice.Kind
  ) -> Self {
    var id = "publication.\(kind.rawValue).\(possibility?.rawValue ?? "none")"
    if let family { id += ".\(family.rawValue)" }
    return .init(id)
  }
}

extension FigureKey where Value == Words {
  /// The values of `considerationSociale`, in contracts or in concessions.
  public static func decpValues(_ kind: AwardNotice.Kind) -> Self { .init("decp.\(kind.rawValue).values") }
  /// The value that says that there is none.
  public static var decpNone: Self { .init("decp.none") }
  /// The subtypes of European notices.
  public static var noticeSubtypes: Self { .init("eForms.noticeSubtypes") }
}

/// The codes to publish for a possibility.
public struct PublicationCodes: Sendable, Equatable {
  /// Whether a notice asks for a field.
  public enum Presence: String, Sendable, CaseIterable {
    case required, allowed, forbidden
    /// It depends on the subtype of the notice, which was not given.
    case dependsOnNotice
  }

  /// One field of a notice with what to write in it.
  public struct Entry: Sendable, Equatable {
    /// The field's code.
    public let field: String
    /// What it is, in French.
    public let label: String
    /// The values to write; empty for free text.
    public let values: [String]
    /// Whether the notice asks for it.
    public let presence: Presence
    /// When it is filled in, in French.
    public let rule: String
  }

  /// The values of `considerationSociale`, in the order of the format.
  public let decp: [String]
  /// The fields of the notice.
  public let entries: [Entry]
  /// Remarks and figures.
  public let derivation: Derivation
}
