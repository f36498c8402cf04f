/// What two ways of writing a contact are compared by: e-mails and telephone numbers, else the words.
struct ContactKeys {
  private let emails: Set<String>
  private let phone: String?
  private let words: String

  /// The digits of a French number after its 0 or its +33.
  private static let phoneDigits = 9

  init(_ text: String) {
    let parts = text.split { $0.isWhitespace || ",;<>()".contains($0) }
    emails = Set(parts.filter { $0.contains("@") }.map { $0.lowercased() })
    let digits = parts.filter { !$0.contains("@") }.joined().filter { "0"..."9" ~= $0 }
    phone = digits.count < Self.phoneDigits ? nil : String(digits.suffix(Self.phoneDigits))
    words = text.folded
  }

  private var isBare: Bool { emails.isEmpty && phone == nil }

  /// Whether both may be the same contact: they share an e-mail or a number, or have nothing to be compared by.
  func agrees(with other: ContactKeys) -> Bool {
    if !emails.isDisjoint(with: other.emails) { return true }
    if let phone, phone == other.phone { return true }
    if !emails.isEmpty, !other.emails.isEmpty { return false }
    if phone != nil, other.phone != nil { return false }
    // An e-mail beside a number may be the same person's; a name is looked for in the other words.
    if !isBare, !other.isBare { return true }
    return words.contains(other.words) || other.words.contains(words)
  }
}
