import Testing

@testable import Site

struct HTMLTests {
  @Test func `a literal is trusted and a value is escaped`() {
    let value = "<script>alert('x')</script> & \"y\""
    let html: HTML = "<p title=\"\(value)\">\(value)</p>"
    let safe = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
    #expect(html.description == "<p title=\"\(safe)\">\(safe)</p>")
  }

  @Test func `a piece is not escaped twice`() {
    let inner: HTML = "<b>\("&")</b>"
    let html: HTML = "<p>\(inner)\([inner, inner])</p>"
    #expect(html.description == "<p><b>&amp;</b><b>&amp;</b><b>&amp;</b></p>")
  }

  @Test(arguments: [(true, "b"), (false, "i")])
  func `a ternary of strings is text, never markup`(condition: Bool, letter: String) {
    let html: HTML = "<p>\(condition ? "<b>" : "<i>")</p>"
    #expect(html.description == "<p>&lt;\(letter)&gt;</p>")
  }

  @Test func `accents, narrow spaces and other scripts pass unchanged`() {
    let text = "Été\u{202F}: « œuvre » 1\u{202F}234\u{202F}€ 東京 🏗"
    #expect(HTML(text: text).description == text)
  }

  @Test(arguments: ["\u{0}", "\u{8}", "\u{B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}"])
  func `a control character that HTML forbids becomes a replacement sign`(sign: String) {
    #expect(HTML(text: "a\(sign)b").description == "a\u{FFFD}b")
  }

  @Test(arguments: ["\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}"])
  func `a sign that turns the writing direction is left out`(sign: String) {
    #expect(HTML(text: "a\(sign)<\(sign)").description == "a&lt;")
    #expect(HTML(text: "\u{2026}\u{202F}\u{2065}\u{206A}").description == "\u{2026}\u{202F}\u{2065}\u{206A}")
  }

  @Test func `a substring in the middle of a text is escaped too`() {
    let text = "zz<b>zz"
    #expect(HTML(text: text.dropFirst(2).dropLast(2)).description == "&lt;b&gt;")
  }

  @Test func `absent values and false conditions write nothing`() {
    let none: String? = nil
    let piece: HTML? = nil
    let html: HTML = "a\(none)\(piece)\(when(false, "b"))\(when(none) { "<i>\($0)</i>" })\(attribute("rel", nil))c"
    #expect(html.description == "ac")
  }

  @Test func `attributes bring their space and escape their value`() {
    let html: HTML = "<a\(attribute("title", "\"<\""))\(attribute("hidden", if: true))>"
    #expect(html.description == "<a title=\"&quot;&lt;&quot;\" hidden>")
  }

  @Test func `each joins pieces with a trusted separator`() {
    let html = each(["a", "<"], separator: "<br>") { "<i>\($0)</i>" }
    #expect(html.description == "<i>a</i><br><i>&lt;</i>")
  }

  @Test func `whole numbers are written in plain digits`() {
    let html: HTML = "\(1_234_567) \(-3)"
    #expect(html.description == "1234567 -3")
  }
}
