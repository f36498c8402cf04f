/// What a text changes in another, word by word: what stays, what goes, what comes.
public struct WordDifference: Sendable, Equatable {
  /// What became of some words.
  public enum Fate: Sendable, Equatable { case kept, removed, added }

  /// Words of the same fate, in a row.
  public struct Part: Sendable, Equatable {
    /// Their fate.
    public var fate: Fate
    /// The words, with single spaces.
    public var text: String
  }

  /// The parts, in the order of reading; removed words stand before those that take their place.
  public let parts: [Part]

  /// The longest text that is compared word by word, in words; longer ones are told as replaced whole.
  public static let longest = 800

  /// What `new` changes in `old`.
  public init(from old: String, to new: String) {
    // Spaces that do not break hold words together.
    func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\t" || $0.isNewline } }
    let (before, after) = (words(old), words(new))
    var parts: [Part] = []
    func add(_ fate: Fate, _ word: Substring) {
      if parts.last?.fate == fate {
        parts[parts.count - 1].text += " \(word)"
      } else {
        parts.append(Part(fate: fate, text: String(word)))
      }
    }
    guard max(before.count, after.count) <= Self.longest else {
      for word in before { add(.removed, word) }
      for word in after { add(.added, word) }
      self.parts = parts
      return
    }
    // The longest common words from each pair of places on.
    let width = after.count + 1
    var common = [Int](repeating: 0, count: (before.count + 1) * width)
    for row in before.indices.reversed() {
      for column in after.indices.reversed() {
        common[row * width + column] =
          before[row] == after[column]
          ? common[(row + 1) * width + column + 1] + 1
          : max(common[(row + 1) * width + column], common[row * width + column + 1])
      }
    }
    var (row, column) = (0, 0)
    while row < before.count || column < after.count {
      if row < before.count, column < after.count, before[row] == after[column] {
        add(.kept, before[row])
        (row, column) = (row + 1, column + 1)
      } else if row < before.count,
        column == after.count || common[(row + 1) * width + column] >= common[row * width + column + 1]
      {
        add(.removed, before[row])
        row += 1
      } else {
        add(.added, after[column])
        column += 1
      }
    }
    self.parts = parts
  }
}
