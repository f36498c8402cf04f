public import Clauses
import Exchange
import Records
import Storage
import Vault

/// What a buyer sends without an account.
public struct ProgrammeSubmission: Sendable {
  /// The sender's name as typed.
  public var name: String
  /// The sender's e-mail as typed.
  public var email: String
  /// The sender's telephone number as typed; may be empty.
  public var phone: String
  /// The buyer's SIRET as typed.
  public var buyer: String
  /// The buyer's name as typed.
  public var buyerName: String
  /// The buyer's postcode as typed.
  public var postcode: String
  /// The body, where several cover that place.
  public var body: ID<Organisation>?
  /// Where the file lies, for as long as this runs; nil where one contract was typed.
  public var path: String?
  /// The name of the file.
  public var fileName = ""
  /// What was typed of one contract.
  public var typed: [PlannedField: String] = [:]

  /// A submission from who sends it.
  public init(
    name: String, email: String, phone: String, buyer: String, buyerName: String, postcode: String,
    body: ID<Organisation>?
  ) {
    (self.name, self.email, self.phone, self.buyer) = (name, email, phone, buyer)
    (self.buyerName, self.postcode, self.body) = (buyerName, postcode, body)
  }
}

/// Takes a programme in from anyone: it waits, with nothing taken from it, until the facilitation body looks at it.
///
/// The sender reads at once a first opinion on each contract, and receives a letter with a reference.
public struct SubmitProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  /// First opinions shown to the sender.
  public static let mostShown = 20
  /// Communes that one postcode may stand for.
  private static let mostCommunes = 100

  /// What is sent.
  public var submission: ProgrammeSubmission

  /// The sending of a submission.
  public init(_ submission: ProgrammeSubmission) { self.submission = submission }

  /// What the sender keeps.
  public struct Receipt: Sendable {
    /// What the sending is called by.
    public let reference: String
    /// The name of the body that will study it.
    public let body: String
    /// The day on which a first opinion by a person is due.
    public let due: Day
    /// Each contract that was understood, at most ``SubmitProgramme/mostShown``, with its first opinion.
    public let opinions: [(object: String, opinion: FirstOpinion)]
    /// Contracts that were understood.
    public let understood: Int
    /// Lines that the body will look at with the sender.
    public let faulty: Int
  }

  /// The bodies that cover the place of a postcode, where there are several to choose among.
  public static func bodies(
    postcode: String, as actor: Actor, in world: World
  ) async throws -> [(id: ID<Organisation>, name: String)] {
    try actor.authorise(right)
    let today = world.today()
    let bodies = try await world.database.read { try Self.bodies(covering: postcode, on: today, in: $0) }
    return bodies.count > 1 ? bodies.map { ($0.id, $0.name) } : []
  }

  /// The bodies that cover the place of a postcode; an unknown one stands for its département. Throws where it is none.
  fileprivate static func bodies(covering postcode: String, on day: Day, in db: any Connection) throws -> [Organisation]
  {
    let signs = postcode.filter { !$0.isWhitespace }
    guard signs.utf8.count == 5, signs.utf8.allSatisfy({ (48...57).contains($0) }),
      let departement = DepartementCode(ofFiveSigns: signs)
    else { return [] }
    let places = try Territories.places(signs, limit: mostCommunes, in: db)
    return try OrganisationTerritories.bodies(
      departements: places.isEmpty ? [departement] : Set(places.compactMap { DepartementCode($0.departement) }),
      communes: places.map(\.code),
      on: day, in: db)
  }

  /// For how many months the sender is known.
  public static func keptMonths(in world: World) throws -> Int {
    try world.figures.counts.nearest(.senderKeptMonths, on: world.today()).value
  }

  /// Writes the draft, its sender, its line and its letter in one transaction; throws ``FieldFaults``.
  public func run(as actor: Actor, in world: World) async throws -> Receipt {
    try actor.authorise(Self.right)
    let sender = try read()
    let (form, today, now, access) = (submission, world.today(), world.moment, world.access)
    let cells = ProgrammeCells(departements: world.figures.departements.mapValues(\.name))
    let most = try world.figures.counts.nearest(.mostWaiting, on: today).value
    let due = try world.firstOpinionDelay().due(since: today)
    let opinions = try Opinions(world)
    let (body, parties, known) = try await world.database.read { db in
      let body = try form.chosenBody(on: today, in: db)
      let buyer = try Self.faulting { try ProgrammeParties.known(form.buyer, name: form.buyerName, in: db) }
      guard try Programmes.waitingWithoutAccount(for: [body.id], in: db) < most else {
        throw FieldFaults([
          FieldFault(
            "code-postal",
            "\(body.name) a déjà reçu beaucoup d’envois qui attendent\u{202F}: prenez contact directement avec cette structure."
          )
        ])
      }
      return (
        body, ProgrammeParties(body: body.id, buyer: buyer.siret, name: buyer.name),
        try Programmes.known(of: buyer.siret, in: db)
      )
    }
    let (programme, rows) = try Self.faulting { try draft(of: parties, known: known, cells: cells, at: now) }
    let reference = RequestReference.new("PA")
    return try await world.database.write { db in
      var kept = (programme: programme, reference: reference)
      // The same form sent twice, as by a page loaded again, is one draft and one letter.
      if let twin = try Self.twin(programme, rows, sender, access.keys, in: db) {
        kept = twin
      } else {
        try Programmes.insert(programme, rows: rows, in: db)
        var stored = StoredSender(programme: programme.id, reference: reference, receivedAt: now)
        stored.seal(sender, keys: access.keys)
        try ProgrammeSenders.insert(stored, in: db)
        try Trail.write(
          TrailNote(
            .programmeReceived, kind: "programme", id: programme.id.description,
            changes: [
              TrailChange("acheteur", nil, parties.buyer.digits), TrailChange("lignes", nil, String(rows.count)),
              TrailChange("référence", nil, reference),
            ]), as: actor, at: now, keys: access.keys, in: db)
        try Outbox.queue(
          try PlannedLetter.receipt(of: stored, to: sender, body: body.name, due: due), with: access.keys,
          at: now.milliseconds, in: db)
        try PlannedLetter.arrival(of: programme, reference: reference, to: body.id, at: now, in: access, in: db)
      }
      let lines = try ProgrammeDraft(kept.programme, cells: cells, in: db).lines
      let contracts = lines.compactMap(\.contract)
      let basis = try opinions.basis(in: db)
      return Receipt(
        reference: kept.reference, body: body.name, due: due,
        opinions: try contracts.prefix(Self.mostShown).map {
          ($0.object, try opinions.opinion(on: $0, of: parties.buyer, basis))
        }, understood: contracts.count, faulty: lines.count - contracts.count)
    }
  }

  /// Who sends; throws every fault at once.
  private func read() throws(FieldFaults) -> ProgrammeSender {
    var faults: [FieldFault] = []
    func line(_ typed: String, _ field: String, longest: Int) -> String {
      do throws(FieldFault) {
        return try PersonalText.line(typed, field, longest: longest)
      } catch {
        faults.append(error)
        return ""
      }
    }
    let name = line(submission.name, "prenom-nom", longest: 100)
    let email = EmailAddress(submission.email)
    if email == nil {
      faults.append(
        FieldFault("courriel", "Cette adresse électronique n’est pas complète, par exemple prenom.nom@mairie.fr."))
    }
    let phone = submission.phone.isEmpty ? "" : line(submission.phone, "telephone", longest: 30)
    if !phone.isEmpty, !phone.allSatisfy({ $0.isNumber || " +.()-".contains($0) }) {
      faults.append(FieldFault("telephone", "Écrivez un numéro, par exemple 01\u{A0}23\u{A0}45\u{A0}67\u{A0}89."))
    }
    if submission.name.allSatisfy(\.isWhitespace), let place = faults.firstIndex(where: { $0.field == "prenom-nom" }) {
      faults[place] = FieldFault("prenom-nom", "Donnez vos prénom et nom\u{202F}: la structure saura à qui répondre.")
    }
    do throws(FieldFault) {
      _ = try ProgrammeParties.siret(submission.buyer)
    } catch {
      faults.append(error)
    }
    if submission.postcode.allSatisfy(\.isWhitespace) { faults.append(.postcodeAsked) }
    let isTyped = submission.typed.values.contains { !$0.allSatisfy(\.isWhitespace) }
    if submission.path == nil, !isTyped {
      faults.append(FieldFault("fichier", "Choisissez un fichier, ou décrivez un marché plus bas."))
    } else if submission.path != nil, isTyped {
      faults.append(
        FieldFault("fichier", "Envoyez le fichier ou le marché décrit plus bas, l’un après l’autre."))
    }
    guard faults.isEmpty, let email else { throw FieldFaults(faults) }
    return ProgrammeSender(name: name, email: email, phone: phone)
  }

  private static func faulting<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let fault as FieldFault {
      throw FieldFaults([fault])
    }
  }

  private func draft(
    of parties: ProgrammeParties, known: [String: PlannedField], cells: ProgrammeCells, at now: Moment
  ) throws -> (StoredProgramme, [(number: Int, cells: String)]) {
    if let path = submission.path {
      let file = try ReadProgrammeFile(path: path, fileName: submission.fileName, known: known)
      return (file.programme(ID(at: now), of: parties, by: nil, at: now), file.rows)
    }
    let line = cells.line(row: 1, typed: submission.typed)
    guard line.remarks.isEmpty else {
      throw FieldFaults(line.remarks.map { FieldFault($0.key.rawValue, $0.value.sentence) })
    }
    let row = PlannedField.allCases.map { WorkbookCell.text(line.typed[$0] ?? "") }
    let programme = StoredProgramme(
      id: ID(at: now), body: parties.body, buyer: parties.buyer, buyerName: parties.name, fileName: "formulaire",
      sheet: "", titleRow: 0, titles: "[]", places: PlaceText.written(.inOrder), isCut: false, createdBy: nil,
      createdAt: now)
    return (programme, [(1, try CellText.written(row))])
  }

  /// The same rows that the same person sent for the same buyer, and that still wait.
  private static func twin(
    _ programme: StoredProgramme, _ rows: [(number: Int, cells: String)], _ sender: ProgrammeSender, _ keys: KeyRing,
    in db: any Connection
  ) throws -> (programme: StoredProgramme, reference: String)? {
    for known in try ProgrammeSenders.all(emailIndexes: EmailIndex.all(sender.email, keys), in: db) {
      guard let other = try Programmes.find(known.programme, in: db), other.state == .draft, other.version == 1,
        other.body == programme.body, other.buyer == programme.buyer, other.fileName == programme.fileName,
        try Programmes.rows(of: other.id, in: db).map(\.cells) == rows.map(\.cells)
      else { continue }
      return (other, known.reference)
    }
    return nil
  }
}

extension ProgrammeSubmission {
  /// The body that covers the place; throws where none does, or several do and none was chosen.
  fileprivate func chosenBody(on today: Day, in db: any Connection) throws -> Organisation {
    let bodies = try SubmitProgramme.bodies(covering: postcode, on: today, in: db)
    if let chosen = bodies.first(where: { $0.id == body }) ?? (bodies.count == 1 ? bodies.first : nil) { return chosen }
    guard !bodies.isEmpty else {
      throw FieldFaults([
        FieldFault(
          "code-postal",
          "Aucune structure n’étudie encore ici les marchés de ce code postal\u{202F}: vérifiez-le, ou rapprochez-vous de votre coordination."
        )
      ])
    }
    throw FieldFaults([
      FieldFault("structure", "Plusieurs structures couvrent ce lieu\u{202F}: choisissez la vôtre.")
    ])
  }
}

extension FieldFault {
  fileprivate static let postcodeAsked = FieldFault(
    "code-postal", "Donnez le code postal de l’acheteur, par exemple 77000.")
}
