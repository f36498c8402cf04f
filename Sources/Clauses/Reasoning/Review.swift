/// A derivation being written on one day: every article cited in it brings its text from the figures.
struct Review {
  let figures: Figures
  let day: Day
  /// Where the remarks stand until told otherwise.
  var place: String?
  private(set) var derivation = Derivation()

  init(figures: Figures, day: Day, place: String? = nil) {
    self.figures = figures
    self.day = day
    self.place = place
  }

  /// Cites an article and shows the text known for the day, or the nearest one; an article without text is cited all
  /// the same.
  mutating func cite(_ article: String) {
    derivation.cite(article)
    if let text = try? figures.articles.nearest(.article(article), on: day) { derivation.use(text) }
  }

  mutating func step(_ label: String, _ formula: String? = nil, gives result: String) {
    derivation.step(label, formula, gives: result)
  }

  @discardableResult
  mutating func use<Value>(_ figure: Figure<Value>) -> Value { derivation.use(figure) }

  mutating func fault(_ code: String, _ sentence: String, mend: String? = nil, article: String? = nil) {
    note(.fault, code, sentence, mend: mend, article: article)
  }

  mutating func warning(_ code: String, _ sentence: String, mend: String? = nil, article: String? = nil) {
    note(.warning, code, sentence, mend: mend, article: article)
  }

  mutating func information(_ code: String, _ sentence: String, mend: String? = nil, article: String? = nil) {
    note(.information, code, sentence, mend: mend, article: article)
  }

  mutating func note(
    _ level: Finding.Level, _ code: String, _ sentence: String, mend: String? = nil, article: String? = nil
  ) {
    derivation.note(Finding(level, code, sentence, mend: mend, article: article, place: place))
    if let article { cite(article) }
  }
}
