public import Casework

/// A message as an HTML document of its own: words, lists and links, readable without any style.
///
/// Nothing in it is asked from anywhere: no picture, no font, no style sheet. It names no colour, so that each reader's
/// own light or dark holds.
public struct LetterView: Sendable {
  private let letter: Letter
  private let foot: String

  /// A message with the text of its foot.
  public init(letter: Letter, foot: String) {
    self.letter = letter
    self.foot = foot
  }

  /// The document.
  public var document: String { html.description }

  private var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="fr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(letter.subject)</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <main>
    \(each(letter.blocks) { block($0) })</main>
    <footer><hr><p><small>\(foot)</small></p></footer>
    </body>
    </html>

    """
  }

  private static let style: HTML =
    ":root{color-scheme:light dark}body{font-family:sans-serif;line-height:1.5;max-width:38em;margin:1em auto;padding:0 1em}"

  private func block(_ block: Letter.Block) -> HTML {
    switch block {
    case .paragraph(let text): "<p>\(text)</p>\n"
    case .action(let label, let link):
      """
      <p><strong><a href="\(link.text)">\(label)</a></strong></p>
      <p>Si ce lien ne s’ouvre pas, copiez cette adresse dans votre navigateur\u{202F}:<br>\(breakable(link.text))</p>

      """
    case .list(let items): "<ul>\(each(items) { "<li>\($0)</li>" })</ul>\n"
    case .note(let text): "<p><small>\(text)</small></p>\n"
    }
  }

  /// A long address may be cut where it is shown, so that it fits a phone; copied, it stays whole.
  private func breakable(_ text: String) -> HTML {
    each(Array(text).chunks(of: 24), separator: "<wbr>") { "\(String($0))" }
  }
}

extension [Character] {
  fileprivate func chunks(of size: Int) -> [ArraySlice<Character>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
