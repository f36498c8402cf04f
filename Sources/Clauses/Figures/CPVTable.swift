/// A row of a table keyed by the beginning of CPV codes.
public struct CPVRow<Content: Sendable & Equatable>: Sendable, Equatable {
  /// The first digits of the codes concerned, one to eight.
  public let prefix: String
  /// What the table says of them.
  public let content: Content
  /// A row from its parts.
  public init(prefix: String, content: Content) {
    self.prefix = prefix
    self.content = content
  }
}

/// Low, usual and high values of one figure.
public struct FigureRange<Value: FigureValue>: Sendable, Equatable {
  /// The low value.
  public let low: Figure<Value>
  /// The usual value.
  public let usual: Figure<Value>
  /// The high value.
  public let high: Figure<Value>

  /// A range from its three figures.
  public init(low: Figure<Value>, usual: Figure<Value>, high: Figure<Value>) {
    self.low = low
    self.usual = usual
    self.high = high
  }

  /// Whether the three hold on a day.
  public func holds(on day: Day) -> Bool { low.holds(on: day) && usual.holds(on: day) && high.holds(on: day) }
}

/// Contents found by the longest beginning of a CPV code, in the time of reading its digits.
public struct CPVTable<Content: Sendable>: Sendable {
  private let contents: [Content]
  /// Ten children a node, 0 where there is none; the root is node 0.
  private let children: [Int32]
  /// The content of each node, -1 where it has none.
  private let values: [Int32]

  /// A table of rows; of two rows with one prefix the first wins, and a prefix that is not made of one to eight digits
  /// is left out.
  public init(_ rows: [(prefix: String, content: Content)]) {
    var contents: [Content] = []
    var children = [Int32](repeating: 0, count: 10)
    var values: [Int32] = [-1]
    for row in rows {
      let digits = Array(row.prefix.utf8)
      guard (1...8).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
      var node = 0
      for digit in digits {
        let slot = node * 10 + Int(digit - 0x30)
        if children[slot] == 0 {
          children[slot] = Int32(values.count)
          values.append(-1)
          children.append(contentsOf: repeatElement(0, count: 10))
        }
        node = Int(children[slot])
      }
      guard values[node] < 0 else { continue }
      values[node] = Int32(contents.count)
      contents.append(row.content)
    }
    self.contents = contents
    self.children = children
    self.values = values
  }

  /// The content of the longest prefix of a code, or nil.
  public subscript(code: CPVCode) -> Content? {
    var node = 0
    var found: Int32 = -1
    for digit in code.digits.utf8 {
      node = Int(children[node * 10 + Int(digit &- 0x30)])
      if node == 0 { break }
      if values[node] >= 0 { found = values[node] }
    }
    return found < 0 ? nil : contents[Int(found)]
  }
}
