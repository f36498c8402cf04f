import Casework
import Clauses

/// The first page: what is there, and what deserves a call.
struct HomeView {
  let model: Welcome

  var page: Page {
    Page(
      title: "Les marchés qui méritent une clause sociale", section: .home,
      lead:
        "Quels contrats publics reviennent bientôt, lesquels peuvent porter une clause d’insertion, et pour combien d’heures\u{202F}?"
    ) {
      model.contracts == 0 ? start : "\(figures)\(best)"
    }
  }

  private var window: Address { .planning(.spotting(Query(model.window))) }

  private var figures: HTML {
    let renewals =
      model.renewals > ListSpotting.countLimit
      ? "plus de \(French.integer(ListSpotting.countLimit))" : French.integer(model.renewals)
    return """
      \(Parts.keyFigures([
        ("marchés et concessions connus", French.integer(model.contracts)),
        ("reviennent \(period)", renewals), ("structures d’insertion", French.integer(model.structures)),
      ]))<p><a class="btn btn-primary" href="\(window)">Voir les marchés qui reviennent</a> \
      <a class="btn btn-outline-primary" href="\(Address.planning(.territories))">Choisir un territoire</a></p>

      """
  }

  private var period: String {
    guard let from = model.window.from, let to = model.window.to else { return "bientôt" }
    return "de \(from.french) à \(to.french)"
  }

  private var best: HTML {
    guard !model.best.isEmpty else {
      return Parts.empty(
        title: "Aucun marché connu ne revient dans cette période",
        "<p><a href=\"\(Address.planning(.spotting(Query().setting("tri", "priorite"))))\">Voir tous les marchés</a>, ou chargez des données plus récentes.</p>"
      )
    }
    return """
      <h2>À regarder d’abord</h2>
      <ol class="advice">
      \(each(model.best) { SpottingRow(item: $0, today: model.today, level: 3).html })</ol>
      """
  }

  private var start: HTML {
    Parts.empty(
      title: "Pour commencer",
      """
      <ol>
      <li>Chargez les territoires\u{202F}: <code>marchepied import territories</code>\(done(model.communes > 0))</li>
      <li>Chargez des données de marchés\u{202F}: <code>marchepied import awards fichier.json</code></li>
      <li>Chargez vos structures d’insertion\u{202F}: <code>marchepied import structures liste.csv</code>\(done(model.structures > 0))</li>
      </ol>
      <p>Puis ouvrez le <a href="\(Address.planning(.spotting(Query())))">repérage</a>.</p>
      """)
  }

  private func done(_ isDone: Bool) -> HTML { when(isDone, " \(Parts.status(.good, "fait"))") }
}
