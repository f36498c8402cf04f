/// The piece where the condition holds, otherwise nothing.
///
/// A ternary of two strings inside an interpolation would be escaped; this keeps markup markup.
public func when(_ condition: Bool, _ html: @autoclosure () -> HTML) -> HTML {
  condition ? html() : .empty
}

/// One piece where the condition holds, another where it does not.
public func when(_ condition: Bool, _ html: @autoclosure () -> HTML, else other: @autoclosure () -> HTML) -> HTML {
  condition ? html() : other()
}

/// The piece for a value that is there, otherwise nothing.
public func when<Value>(_ value: Value?, _ html: (Value) -> HTML) -> HTML {
  value.map(html) ?? .empty
}

/// One piece an element, in order.
public func each<Elements: Sequence>(_ elements: Elements, _ html: (Elements.Element) -> HTML) -> HTML {
  var result = HTML.empty
  for element in elements { result += html(element) }
  return result
}

/// One piece an element, with a literal between two.
public func each<Elements: Sequence>(
  _ elements: Elements, separator: HTML, _ html: (Elements.Element) -> HTML
) -> HTML {
  var result = HTML.empty
  for element in elements {
    if !result.isEmpty { result += separator }
    result += html(element)
  }
  return result
}

/// An attribute with its leading space, or nothing where the value is absent: `<a\(attribute("rel", relation))>`.
public func attribute(_ name: StaticString, _ value: String?) -> HTML {
  guard let value else { return .empty }
  return " \(HTML(stringLiteral: name))=\"\(value)\""
}

/// An attribute without value, such as `checked`, where the condition holds.
public func attribute(_ name: StaticString, if condition: Bool) -> HTML {
  condition ? " \(HTML(stringLiteral: name))" : .empty
}
