public import HTTPTypes
public import Hummingbird
import NIOCore

/// The sections of the site, in the order of the navigation.
public enum Section: Sendable, CaseIterable {
  /// Accueil.
  case home
  /// Repérage.
  case spotting
  /// Territoires.
  case territories
  /// Structures.
  case structures
  /// Calculettes.
  case calculators
  /// Imports.
  case imports

  var label: String {
    switch self {
    case .home: "Accueil"
    case .spotting: "Repérage"
    case .territories: "Territoires"
    case .structures: "Structures"
    case .calculators: "Calculettes"
    case .imports: "Imports"
    }
  }

  var address: Address {
    switch self {
    case .home: .home
    case .spotting: .planning(.spotting(Query()))
    case .territories: .planning(.territories)
    case .structures: .matching(.structures(Query()))
    case .calculators: .calculators(.index)
    case .imports: .desk(.imports)
    }
  }
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

  /// A page from its parts.
  public init(
    title: String, section: Section?, crumbs: [Crumb] = [], lead: HTML = .empty, body: () -> HTML
  ) {
    self.title = title
    self.section = section
    self.lead = lead
    self.crumbs = crumbs
    self.body = body()
  }
}

/// The frame of every page: head, navigation, landmarks, foot.
public struct Shell: Sendable {
  private let head: HTML
  private let brand: HTML
  private let navigations: [Section?: HTML]
  private let foot: HTML

  /// A frame with these assets; built once, since only the page changes.
  public init(assets: Assets) {
    head = Self.head(assets)
    brand = Self.brand(assets)
    var navigations: [Section?: HTML] = [nil: Self.navigation(current: nil)]
    for section in Section.allCases { navigations[section] = Self.navigation(current: section) }
    self.navigations = navigations
    foot = Self.foot
  }

  /// The whole document.
  public func render(_ page: Page) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="fr">
    <head>
    <meta charset="utf-8">
    <title>\(page.title) – Marchepied</title>
    \(head)
    </head>
    <body>
    <a class="skip-link" href="#contenu">Aller au contenu</a>
    <header class="site-header"><div class="container-xl">\(brand)\(navigations[page.section] ?? .empty)</div></header>
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
  public func page(_ page: Page, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: render(page).bytes)))
  }

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

  private static func navigation(current: Section?) -> HTML {
    """
    <nav class="site-nav" aria-label="Navigation principale"><ul>\
    \(each(Section.allCases) { section in
      "<li><a href=\"\(section.address)\"\(attribute("aria-current", section == current ? "page" : nil))>\(section.label)</a></li>"
    })</ul></nav>
    """
  }

  private static let foot: HTML = """
    <footer class="site-footer"><div class="container-xl">
    <p>Marchepied, logiciel libre pour les clauses sociales d’insertion. Données des marchés\u{202F}: données essentielles de \
    la commande publique, telles que les acheteurs les publient.</p>
    <p>Les heures et les avis sont des estimations\u{202F}: chaque fiche donne ses sources et sa formule.</p>
    </div></footer>
    """
}
