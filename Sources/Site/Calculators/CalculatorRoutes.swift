import Casework
import Clauses
import HTTPTypes
import Hummingbird

extension Routes {
  /// The public calculators; nothing that is typed is kept.
  mutating func calculators(world: World) {
    route(.calculators(.index), right: AssessDuty.right) { _, _ in CalculatorsView().page }
    calculator(.duty, right: AssessDuty.right) { query, context in
      let form = DutyForm(query, today: world.today())
      let isAsked = form.form.errors.isEmpty
      let duty = isAsked ? try AssessDuty(form.given).run(as: context.actor, in: world) : nil
      return (DutyCalculator(form: form, duty: duty, today: world.today()).page, isAsked)
    }
    calculator(.hours, right: CompareCalibrations.right) { query, context in
      let segments = PurchaseSegments(figures: world.figures, on: world.today())
      let form = HoursForm(query, segments: segments)
      let answer = try CompareCalibrations(
        form.given, segment: form.segment, wanted: form.wanted, inverting: form.method ?? .labourShare
      )
      .run(as: context.actor, in: world)
      return (HoursCalculator(form: form, answer: answer).page, form.form.errors.isEmpty)
    }
    calculator(.eligibility, right: DecideEligibility.right) { query, context in
      let form = EligibilityForm(query, today: world.today()) { list, day in
        world.figures.criteria(of: list, on: day).criteria.map(\.value.code)
      }
      let answer = try DecideEligibility(list: form.list, on: form.day, given: form.given).run(
        as: context.actor, in: world)
      return (
        EligibilityCalculator(form: form, answer: answer, today: world.today()).page, form.form.errors.isEmpty
      )
    }
    calculator(.deadlines, right: ListDeadlines.right) { query, context in
      let form = DeadlinesForm(query, today: world.today())
      let schedule = try form.terms.map {
        try ListDeadlines($0, day: form.day ?? world.today(), area: form.area).run(as: context.actor, in: world)
      }
      return (DeadlinesCalculator(form: form, schedule: schedule, today: world.today()).page, schedule != nil)
    }
    calculator(.penalty, right: AssessPenalty.right) { query, context in
      let form = PenaltyForm(query, today: world.today())
      let penalty = try form.given.map { try AssessPenalty($0, area: form.area).run(as: context.actor, in: world) }
      return (PenaltyCalculator(form: form, penalty: penalty, today: world.today()).page, penalty != nil)
    }
  }

  /// One calculator; false beside its page answers 400, with what was typed and what to mend.
  private mutating func calculator(
    _ calculator: Calculator, right: Right,
    _ answer: @escaping @Sendable (Query, SiteContext) throws -> (page: Page, isRight: Bool)
  ) {
    let shell = shell
    route(calculator.address, right: right) { request, context in
      do {
        let (page, isRight) = try answer(try Query(parsing: request.uri.query), context)
        return shell.page(page, for: context, status: isRight ? .ok : .badRequest)
      } catch is MissingFigure {
        throw Problem.badRequest(
          "Aucun chiffre de référence n’est connu pour la date demandée.", place: "«\u{A0}\(calculator.short)\u{A0}»",
          remedy: "Revenez en arrière, ce que vous avez saisi y est resté, et choisissez un jour plus récent.")
      }
    }
  }
}
