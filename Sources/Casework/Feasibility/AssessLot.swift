public import Clauses
import Records
import Storage

/// What a lot is sized by, as the fields of the hours calculator give it.
public struct LotInput: Sendable {
  /// What is known of the purchase.
  public var given: Calibration.Case
  /// The segment that proposes what is not given.
  public var segment: String

  /// An input.
  public init(_ given: Calibration.Case, segment: String) { (self.given, self.segment) = (given, segment) }
}

/// Reads what was typed in the fields of the hours calculator; nil where one of them is wrong.
public typealias LotReader = @Sendable (_ typed: String) -> LotInput?

/// The rules that a sheet of a lot rests on, with the figures of a day.
struct LotAssessment: Sendable {
  /// Past lots that a sheet compares with.
  private static let mostCompared = 30

  private let feasibility: FeasibilityRules
  private let calibrator: Calibrator
  private let opinions: Opinions
  private let activities: Activities
  private let departements: [DepartementCode: Departement]

  init(_ world: World) throws {
    feasibility = try FeasibilityRules(world.rules())
    calibrator = try Calibrator(figures: world.figures, on: world.today())
    opinions = try Opinions(world)
    (activities, departements) = (world.activities, world.figures.departements)
  }

  /// The purchase segments to choose from.
  var segments: [SegmentSheet] { calibrator.segments.all }

  /// What the rules say of a lot of a planned contract, today.
  func record(_ input: LotInput, of dossier: PlannedDossier, lot: String, in db: any Connection) throws -> LotRecord {
    let basis = try opinions.basis(in: db)
    let segment = calibrator.segments.sheet(input.segment)
    var given = input.given
    if given.cpv == nil { given.cpv = segment?.reference }
    var known = Feasibility.Lot(label: lot.isEmpty ? dossier.contract.object : lot)
    (known.cpv, known.amount) = (given.cpv, given.amount)
    known.durationMonths = given.months ?? dossier.contract.months
    known.structures = basis.structures(dossier.contract.departement)
    let comparison = calibrator.compare(given)
    let past = try LotSheets.comparable(
      segment: input.segment, bodies: try Organisations.family(of: dossier.body, in: db),
      leavingOut: dossier.id, limit: Self.mostCompared, in: db)
    let contracts = try PlannedDossiers.find(all: past.map(\.planned), in: db)
    let comparables = past.compactMap { sheet -> LotRecord.Comparable? in
      guard let amount = sheet.amount, let hours = sheet.hours, let past = contracts[sheet.planned] else { return nil }
      let name = [past.contract.object, sheet.lot].filter { !$0.isEmpty }.joined(separator: ", ")
      return LotRecord.Comparable(name: name, buyer: past.buyer, amount: amount, hours: hours)
    }
    let usual = comparison.compared.first { $0.method == .labourShare } ?? comparison.compared.first
    var standing: Calibration.Standing?
    if let usual, let amount = given.amount, !comparables.isEmpty {
      standing = calibrator.standing(
        of: usual.hours, amount: amount,
        among: comparables.map {
          Calibration.PastLot(label: $0.name, amount: Euros(cents: $0.cents), hours: Hours(hundredths: $0.hundredths))
        })
    }
    return LotRecord(
      given: lines(input, segment), sheet: feasibility.assess([known]).lots[0],
      duty: try opinions.opinion(on: dossier.contract, of: dossier.buyer, basis).duty,
      people: try people(given.cpv, dossier.contract.departement, in: db), comparison: comparison, past: comparables,
      standing: standing)
  }

  /// What was given, in the order of the form.
  private func lines(_ input: LotInput, _ segment: SegmentSheet?) -> [LotRecord.Line] {
    let given = input.given
    let all: [(String, String?)] = [
      ("Ce qui est acheté", segment?.segment.value.label), ("Code CPV", given.cpv?.digits),
      ("Montant HT", given.amount?.figureText), ("Durée", given.months.map { French.count($0, "mois", "mois") }),
      ("Part de main-d’œuvre", given.labourShare?.french), ("Taux d’insertion", given.insertionRate?.french),
      ("Coût horaire chargé", given.hourlyCost?.figureText), ("Heures de main-d’œuvre", given.labourHours?.french),
      ("Heures par mois du personnel repris", given.monthlyHoursTakenOver?.french),
      ("Montant facturé pour une heure", given.eurosPerHour?.figureText),
    ]
    return all.compactMap { name, text in text.map { LotRecord.Line(name, $0) } }
  }

  /// Who could do the work, or lend people for it, where it is performed.
  private func people(_ cpv: CPVCode?, _ place: DepartementCode?, in db: any Connection) throws -> [String] {
    guard let place else {
      return ["Le département d’exécution n’est pas connu\u{202F}: complétez le lieu pour savoir qui peut intervenir."]
    }
    let name = departements[place]?.name ?? place.code
    let offers = InclusionOffer.table(
      try Structures.all(of: place, in: db).map(\.entry), activities: activities,
      listsAreComplete: try Structures.listsAreComplete(in: db))
    guard let cpv, let offer = offers.first(where: { $0.cpv.contains { cpv.digits.hasPrefix($0) } }) else {
      return ["Aucune famille de métiers ne correspond à ce code CPV\u{202F}: interrogez les structures de \(name)."]
    }
    func sentence(_ counts: [InclusionOffer.KindCount], _ what: String) -> String? {
      guard !counts.isEmpty else { return nil }
      let total = counts.reduce(0) { $0 + $1.count }
      let kinds = counts.map { "\(French.integer($0.count)) \($0.kind.rawValue)" }
      return "\(name)\u{202F}: \(French.count(total, "structure")) \(what) (\(French.list(kinds)))."
    }
    return [
      sentence(offer.performers, "de ce métier"), sentence(offer.lenders, "mettant du personnel à disposition"),
      offer.missing,
    ].compactMap(\.self)
  }
}
