import HTTPTypes
import Hummingbird
import NIOCore

/// The sections of the site, in the order of the navigation.
public enum Section: Sendable, CaseIterable {
  /// Accueil.
  case home
  /// Repérage.
  case spotting
  /// Programmation, for buyers, facilitators and coordinations.
  case planned
  /// Territoires.
  case territories
  /// Structures.
  case structures
  /// Calculettes.
  case calculators
  /// Imports.
  case imports
  /// Organisations, for those who signed in.
  case organisations

  var label: String {
    switch self {
    case .home: "Accueil"
    case .spotting: "Repérage"
    case .planned: "Programmation"
    case .territories: "Territoires"
    case .structures: "Structures"
    case .calculators: "Calculettes"
    case .imports: "Imports"
    case .organisations: "Organisations"
    }
  }

  var address: Address {
    switch self {
    case .home: .home
    case .spotting: .planning(.spotting(Query()))
    case .planned: .planning(.plannedList(Query()))
    case .territories: .planning(.territories)
    case .structures: .matching(.structures(Query()))
    case .calculators: .calculators(.index)
    case .imports: .desk(.imports)
    case .organisations: .access(.organisations(Query()))
    }
  }

  /// What everyone sees; imports are at the foot of pages.
  static let open = allCases.filter { ![.organisations, .planned, .imports].contains($0) }
  /// What whoever sees organisations sees.
  static let member = open + [.organisations]
  /// What whoever follows planned contracts sees.
  static let full = allCases.filter { $0 != .imports }
}

/// What a page says, without the frame around it.
public struct Page: Sendable {
  /// One step of the way back.
  public struct Crumb: Sendable {
    /// What readers see.
    public let label: String
    /// Where it leads.
    public let address: Address
    /// A step from its parts.
    public init(_ label: String, _ address: Address) {
      self.label = label
      self.address = address
    }
  }

  /// The one h1, and the beginning of the window's title.
  public let title: String
  /// The section that the navigation lights; nil for a page outside of them.
  public let section: Section?
  /// The sentence under the title: what the page answers.
  public let lead: HTML
  /// The way back, without the page itself; empty for a section's own page.
  public let crumbs: [Crumb]
  /// What stands between the frame's head and its foot.
  public let body: HTML
  /// Whether it holds a form that a visitor may send.
  public let hasForm: Bool

  /// A page from its parts.
  public init(
    title: String, section: Section?, crumbs: [Crumb] = [], lead: HTML = .empty, hasForm: Bool = false,
    body: () -> HTML
  ) {
    self.hasForm = hasForm
    self.title = title
    self.section = section
    self.lead = lead
    self.crumbs = crumbs
    self.body = body()
  }
}

/// For whom a page is shown: what the frame says of them.
struct Audience: Sendable {
  /// Who signed in; nil for a visitor.
  var name: String?
  /// For whom they act, and as what.
  var acting: String?
  /// The hidden field that marks the form which ends the session.
  var mark: HTML = .empty
  /// Whether they see the section of organisations.
  var seesOrganisations = false
  /// Whether they see planned contracts.
  var seesPlanned = false
  /// Whether they treat the requests of people about their data.
  var treatsRequests = false
  /// Whether this is a demonstration.
  var isDemonstration = false
  /// The path of the page, to come back to after signing in.
  var path: String?

  static let visitor = Audience()
}

/// The frame of every page: head, navigation, landmarks, foot.
public struct Shell: Sendable {
  private let head: HTML
  private let brand: HTML
  private let navigations: [Section?: HTML]
  private let memberNavigations: [Section?: HTML]
  private let fullNavigations: [Section?: HTML]
  private let foot: HTML

  /// A frame with these assets; built once, since only the page changes.
  public init(assets: Assets) {
    head = Self.head(assets)
    brand = Self.brand(assets)
    navigations = Self.navigations(of: Section.open)
    memberNavigations = Self.navigations(of: Section.member)
    fullNavigations = Self.navigations(of: Section.full)
    foot = Self.foot
  }

  /// The whole document.
  public func render(_ page: Page) -> HTML { render(page, for: .visitor) }

  /// The whole document for someone.
  func render(_ page: Page, for audience: Audience) -> HTML {
    let known =
      audience.seesPlanned ? fullNavigations : audience.seesOrganisations ? memberNavigations : navigations
    let navigation = known[page.section] ?? known[nil] ?? .empty
    return """
      <!DOCTYPE html>
      <html lang="fr">
      <head>
      <meta charset="utf-8">
      <title>\(page.title) – Marchepied</title>
      \(head)
      </head>
      <body>
      <a class="skip-link" href="#contenu">Aller au contenu</a>
      <header class="site-header">\(when(audience.isDemonstration, Self.demonstration))<div class="container-xl">\(brand)\(navigation)\(Self.corner(audience))</div></header>
      <main id="contenu" tabindex="-1"><div class="container-xl">
      \(crumbs(page))<div class="page-head"><h1>\(page.title)</h1>\
      \(when(!page.lead.isEmpty, "<p class=\"lead\">\(page.lead)</p>"))</div>
      \(page.body)
      </div></main>
      \(foot)
      </body>
      </html>

      """
  }

  /// The document as a response.
  func page(_ page: Page, for context: SiteContext, status: HTTPResponse.Status = .ok) -> Response {
    var response = Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: render(page, for: context.audience).bytes)))
    if page.hasForm { response.headers[.formMarked] = "1" }
    return response
  }

  /// Who is signed in and what they may open, or the way to sign in.
  private static func corner(_ audience: Audience) -> HTML {
    guard let name = audience.name else {
      let back = Query().setting("suite", audience.path)
      return "<p class=\"site-account\"><a href=\"\(Address.access(.signIn(back)))\">Se connecter</a></p>"
    }
    return """
      <details class="site-account"><summary><span class="visually-hidden">Compte de </span>\(name)\
      \(when(audience.acting) { "<span class=\"acting\">\($0)</span>" })</summary>
      <ul><li><a href="\(Address.access(.account))">Mon compte</a></li>
      <li><a href="\(Address.access(.trail(Query())))">Mon journal</a></li>
      \(when(audience.treatsRequests, "<li><a href=\"\(Address.privacy(.requests(Query())))\">Demandes sur les données</a></li>\n"))\
      <li><a href="\(Address.access(.rights))">Qui peut faire quoi</a></li>
      <li><form method="post" action="\(Address.access(.signOut))">\(audience.mark)\
      <button class="btn btn-link" type="submit">Se déconnecter</button></form></li></ul></details>
      """
  }

  private static let demonstration: HTML = """
    <p class="site-demonstration">Démonstration\u{202F}: les personnes et les organisations sont inventées, \
    chacun peut entrer et tout voir.</p>

    """

  private func crumbs(_ page: Page) -> HTML {
    guard !page.crumbs.isEmpty else { return .empty }
    return """
      <nav aria-label="Fil d’Ariane"><ol class="breadcrumb">\
      \(each(page.crumbs) { "<li class=\"breadcrumb-item\"><a href=\"\($0.address)\">\($0.label)</a></li>" })\
      <li class="breadcrumb-item active" aria-current="page">\(page.title)</li></ol></nav>

      """
  }

  private static func head(_ assets: Assets) -> HTML {
    """
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    \(when(assets.address("favicon.svg")) { "<link rel=\"icon\" type=\"image/svg+xml\" href=\"\($0)\">\n" })\
    \(each(["bootstrap.css", "theme.css"]) { name in
      when(assets.address(name)) { "<link rel=\"stylesheet\" href=\"\($0)\">\n" }
    })\
    \(when(assets.address("marchepied.js")) { "<script src=\"\($0)\" defer></script>" })
    """
  }

  private static func brand(_ assets: Assets) -> HTML {
    """
    <a class="site-brand" href="\(Address.home)">\
    \(when(assets.address("logo.svg")) { "<img src=\"\($0)\" alt=\"\" width=\"32\" height=\"32\">" })\
    Marchepied</a>
    """
  }

  private static func navigations(of sections: [Section]) -> [Section?: HTML] {
    var result: [Section?: HTML] = [nil: navigation(sections, current: nil)]
    for section in sections { result[section] = navigation(sections, current: section) }
    return result
  }

  private static func navigation(_ sections: [Section], current: Section?) -> HTML {
    """
    <nav class="site-nav" aria-label="Navigation principale"><ul>\
    \(each(sections) { section in
      "<li><a href=\"\(section.address)\"\(attribute("aria-current", section == current ? "page" : nil))>\(section.label)</a></li>"
    })</ul></nav>
    """
  }

  private static let foot: HTML = """
    <footer class="site-footer"><div class="container-xl">
    <p>Marchepied, logiciel libre pour les clauses sociales d’insertion. Données des marchés\u{202F}: données essentielles de \
    la commande publique, telles que les acheteurs les publient.</p>
    <p>Les heures et les avis sont des estimations\u{202F}: chaque fiche donne ses sources et sa formule.</p>
    <p><a href="/programmation">Envoyer une programmation d’achats</a> · <a href="/imports">Imports</a> · <a href="/droits">Qui peut faire quoi</a> · <a href="/accessibilite">Accessibilité</a> · \
    <a href="/donnees-personnelles">Données personnelles</a> · <a href="/api">Interface pour les logiciels</a></p>
    </div></footer>
    """
}
