public import Clauses
import Exchange

/// The register of processings (RGPD, article 30), as anyone may read it.
public struct ShowRegister: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The register.
  public init() {}

  /// A processing with the figures of the day in their places.
  public struct Line: Sendable {
    /// What it is called.
    public let label: String
    /// What it is.
    public let processing: Processing
    /// How long its data are kept.
    public let keeping: [String]
    /// The rights that let someone see or change them, in French, with who holds them.
    public let sight: [(right: String, holders: String)]
    /// Where the text comes from, and how sure it is.
    public let reference: FigureReference
  }

  /// A right that people have on their data.
  public struct PersonRight: Sendable {
    /// What is asked.
    public let kind: PersonalRequest.Kind
    /// What it allows, in our own words.
    public let text: LegalText
  }

  /// The page.
  public struct Model: Sendable {
    /// What the installation says of itself.
    public let declaration: PrivacyDeclaration
    /// The processings, those of today first.
    public let lines: [Line]
    /// The rights.
    public let rights: [PersonRight]
    /// Within how long a request is answered, and by how long that may be extended.
    public let delays: (answer: String, more: String)
    /// Every figure used, with its source.
    public let figures: [FigureReference]
    /// From how many people on a number is shown.
    public let leastShown: Int?
  }

  /// Puts it together; reads no base. Throws where a figure is missing.
  public func run(as actor: Actor, in world: World) throws -> Model {
    try actor.authorise(Self.right)
    let (figures, today) = (world.figures, world.today())
    var used: [FigureReference] = []
    func use<Value>(_ figure: Figure<Value>) -> Figure<Value> {
      if !used.contains(figure.reference) { used.append(figure.reference) }
      return figure
    }
    let answer = use(try figures.counts.nearest(.requestAnswerMonths, on: today))
    let more = use(try figures.counts.nearest(.requestExtensionMonths, on: today))
    let rights = try PersonalRequest.Kind.allCases.map { kind in
      PersonRight(kind: kind, text: use(try figures.articles.nearest(kind.article, on: today)).value)
    }
    let known = figures.processings.filter { $0.holds(on: today) }
    let lines = try known.map { figure in
      let kept = try figure.value.keeping(on: today, figures: figures)
      for reference in kept.figures where !used.contains(reference) { used.append(reference) }
      return Line(
        label: figure.label, processing: figure.value, keeping: kept.sentences,
        sight: figure.value.rights.compactMap { Right(rawValue: $0) }.map { ($0.label, Rights.holders(of: $0)) },
        reference: figure.reference)
    }
    return Model(
      declaration: world.privacy,
      lines: lines.filter { $0.processing.state == .running } + lines.filter { $0.processing.state == .planned },
      rights: rights, delays: (answer.french, more.french), figures: used,
      leastShown: figures.counts[FigureKey<Int>("secrecy.minimum"), on: today]?.value)
  }

  /// The register as CSV (UTF-8 with its mark, `;`), one line a processing.
  public func csv(as actor: Actor, in world: World) throws -> [UInt8] {
    let model = try run(as: actor, in: world)
    var writer = CSVWriter()
    writer.row([
      "Traitement", "État", "Responsable", "Contact", "Personnes concernées", "Finalité", "Base légale", "Données",
      "Qui y accède", "Destinataires", "Durées", "Sécurité", "Depuis", "Source", "Statut",
    ])
    for line in model.lines {
      let processing = line.processing
      writer.row([
        line.label, processing.state.label, model.declaration.controller ?? "non déclaré",
        model.declaration.contact ?? "non déclaré", processing.people, processing.purpose, processing.basis,
        processing.data.joined(separator: "\n"),
        line.sight.map { "\($0.right)\u{202F}: \($0.holders)" }.joined(separator: "\n"),
        processing.recipients.joined(separator: "\n"), line.keeping.joined(separator: "\n"),
        processing.measures.joined(separator: "\n"), line.reference.from?.french ?? "", line.reference.source,
        line.reference.status.french,
      ])
    }
    return writer.take()
  }
}

extension Processing.State {
  /// The words for people.
  public var label: String {
    switch self {
    case .running: "en service"
    case .planned: "prévu, aucune donnée enregistrée"
    }
  }
}

extension Rights {
  /// How far a right goes for someone of a validated organisation, with the second factor where it is asked for.
  public static func scope(of right: Right, as role: Role, administers: Bool) -> Scope {
    let line = table[right] ?? [:]
    var holders: [Holder] = [.anyone, .account, .role(role)]
    if role != .participant { holders.append(.member) }
    if administers, role != .participant { holders += [.administrator(role), .anyAdministrator] }
    return holders.compactMap { line[$0] }.max() ?? .nothing
  }

  /// Who holds a right and how far it goes, in French, from the very table that the program applies.
  static func holders(of right: Right) -> String {
    let line = table[right] ?? [:]
    if line[.anyone] != nil { return "tout le monde" }
    var holders: [(Holder, String)] = [
      (.account, "toute personne connectée"), (.member, "les membres d’une organisation"),
      (.anyAdministrator, "qui administre une organisation"),
    ]
    for role in Role.allCases {
      holders.append((.role(role), role.label))
      holders.append((.administrator(role), "\(role.label) qui administre"))
    }
    let parts = holders.compactMap { holder, words -> String? in
      guard let scope = line[holder], scope != .nothing else { return nil }
      return scope == .everything ? words : "\(words) (\(scope.label))"
    }
    return parts.isEmpty ? "personne" : parts.joined(separator: "\u{202F}; ")
  }
}
