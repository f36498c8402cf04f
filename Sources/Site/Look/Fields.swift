/// A field of a form with its label, its hint and its error beside it.
///
/// The label is always visible; hint and error are tied to the control for screen readers. What was typed is kept, right or wrong.
public struct Field: Sendable {
  /// What the browser shows for it.
  public enum Control: Sendable {
    /// One line of text, with a `type`, an `inputmode` and the number of characters that it expects.
    case text(type: StaticString = "text", mode: String? = nil, autocomplete: String? = nil)
    /// A file, among these endings of names.
    case file(accept: String)
    /// Several lines of text, so many of them shown.
    case lines(Int)
    /// A choice among options, the first of which may be the empty one.
    case choice([Option])
  }

  /// One choice.
  public struct Option: Sendable {
    /// What is sent.
    public let value: String
    /// What is read.
    public let label: String
    /// A choice from its parts.
    public init(_ value: String, _ label: String) {
      self.value = value
      self.label = label
    }
  }

  /// The name in the form; also the control's identifier.
  public let name: String
  /// What is asked.
  public let label: String
  /// Which control.
  public let control: Control
  /// What was typed or chosen.
  public let value: String?
  /// One sentence of help.
  public let hint: String?
  /// What is wrong with it and how to mend it.
  public let error: String?
  /// Whether it must be filled in.
  public let isRequired: Bool

  /// A field from its parts.
  public init(
    _ name: String, _ label: String, _ control: Control = .text(), value: String?, hint: String? = nil,
    error: String? = nil, isRequired: Bool = false
  ) {
    self.name = name
    self.label = label
    self.control = control
    self.value = value
    self.hint = hint
    self.error = error
    self.isRequired = isRequired
  }

  /// Label, control, hint, error.
  public var html: HTML {
    """
    <div class="field"><label class="form-label" for="\(name)">\(label)\
    \(when(isRequired, " <span class=\"text-body-secondary\">(obligatoire)</span>"))</label>\
    \(controlHTML)\
    \(when(hint) { "<div class=\"form-text\" id=\"\(name)-aide\">\($0)</div>" })\
    \(when(error) { "<span class=\"field-error\" id=\"\(name)-erreur\">\($0)</span>" })</div>

    """
  }

  private var controlHTML: HTML {
    switch control {
    case .text(let type, let mode, let autocomplete):
      """
      <input class="form-control\(when(error != nil, " is-invalid"))" type="\(HTML(stringLiteral: type))" id="\(name)" \
      name="\(name)" value="\(value)"\(attribute("inputmode", mode))\(attribute("autocomplete", autocomplete))\(common)>
      """
    case .lines(let rows):
      """
      <textarea class="form-control\(when(error != nil, " is-invalid"))" id="\(name)" name="\(name)" rows="\(rows)"\
      \(common)>\(when(value?.first?.isNewline == true, "\n"))\(value)</textarea>
      """
    case .file(let accept):
      """
      <input class="form-control\(when(error != nil, " is-invalid"))" type="file" id="\(name)" name="\(name)" \
      accept="\(accept)"\(common)>
      """
    case .choice(let options):
      """
      <select class="form-select\(when(error != nil, " is-invalid"))" id="\(name)" name="\(name)"\(common)>\
      \(choices(options))</select>
      """
    }
  }

  /// The options, one after the other in the same buffer: lists of a hundred stand on pages that must be quick.
  private func choices(_ options: [Option]) -> HTML {
    var html = HTML.empty
    html.bytes.reserveCapacity(options.count * 64)
    let chosen = value ?? ""
    for option in options {
      html.add("<option value=\"")
      HTML.escape(option.value, into: &html.bytes)
      html.add(option.value == chosen ? "\" selected>" : "\">")
      HTML.escape(option.label, into: &html.bytes)
    }
    return html
  }

  private var common: HTML {
    let described = [hint.map { _ in "\(name)-aide" }, error.map { _ in "\(name)-erreur" }].compactMap(\.self)
    return """
      \(attribute("aria-describedby", described.isEmpty ? nil : described.joined(separator: " ")))\
      \(attribute("aria-invalid", error == nil ? nil : "true"))\(attribute("required", if: isRequired))
      """
  }
}

/// The list of a form's errors, at its head: each leads to its field, and the list takes the focus.
public func errorSummary(_ fields: [Field]) -> HTML {
  let wrong = fields.compactMap { field in field.error.map { (field.name, $0) } }
  guard !wrong.isEmpty else { return .empty }
  let title = wrong.count == 1 ? "Un champ est à corriger" : "\(wrong.count) champs sont à corriger"
  return """
    <div class="error-summary" role="alert" tabindex="-1" data-error-summary><h2>\(title)</h2>\
    <ul>\(each(wrong) { "<li><a href=\"#\($0.0)\">\($0.1)</a></li>" })</ul></div>

    """
}

/// Boxes to tick under one question.
public func checkboxes(_ legend: String, name: String, options: [Field.Option], chosen: Set<String>) -> HTML {
  """
  <fieldset class="boxes"><legend>\(legend)</legend>\
  \(each(options) { option in
    """
    <div class="form-check"><input class="form-check-input" type="checkbox" name="\(name)" value="\(option.value)" \
    id="\(name)-\(option.value)"\(attribute("checked", if: chosen.contains(option.value)))>\
    <label class="form-check-label" for="\(name)-\(option.value)">\(option.label)</label></div>
    """
  })</fieldset>

  """
}

/// A form of filters: sends a GET, so that the address keeps them, and works without JavaScript.
///
/// It stands in a fold that is open; on a narrow screen the script closes it, so that results come first.
public func filterForm(action: Address, label: String, reset: Address?, fields: HTML) -> HTML {
  """
  <details class="fold" open><summary>Filtres</summary>
  <form class="filters" method="get" action="\(action)" role="search" aria-label="\(label)">
  \(fields)<div><button class="btn btn-primary" type="submit">Filtrer</button>\
  \(when(reset) { " <a class=\"btn btn-link\" href=\"\($0)\">Tout effacer</a>" })</div>
  </form></details>

  """
}
