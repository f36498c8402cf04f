import CSodium
import Foundation

/// A password as someone typed it, put in one form of Unicode so that every keyboard gives the same bytes; never shown.
public struct Password: Redacted {
  let text: String

  /// Takes what was typed, as it is: spaces count.
  public init(_ typed: String) { text = typed.precomposedStringWithCompatibilityMapping }
}

/// What one hash of a password costs, to us and to whoever would try them all.
public struct PasswordCost: Sendable, Hashable {
  /// Memory, in KiB.
  public let memory: Int
  /// Passes over it.
  public let passes: Int

  /// A cost; below 8 KiB or one pass libsodium refuses to hash.
  public init(memory: Int, passes: Int) { (self.memory, self.passes) = (memory, passes) }

  /// 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet, Argon2id.
  public static let recommended = PasswordCost(memory: 19 * 1024, passes: 2)
}

/// A password as the database keeps it: Argon2id (RFC 9106) with its salt and its cost, in the usual `$argon2id$…`
/// text.
public struct PasswordHash: Sendable, Hashable {
  /// The text of the column.
  public let text: String

  /// Takes what a column holds; nil when that is no Argon2id hash.
  public init?(_ text: String) {
    guard PasswordHash.cost(of: text) != nil, text.utf8.count < Int(crypto_pwhash_STRBYTES) else { return nil }
    self.text = text
  }

  /// Hashes a password; takes its time and its memory on the calling thread. Nil when the memory cannot be had.
  init?(_ password: Password, cost: PasswordCost) {
    Sodium.start()
    var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let typed = password.text
    guard crypto_pwhash_str(&text, typed, UInt64(typed.utf8.count), UInt64(cost.passes), cost.memory * 1024) == 0 else {
      return nil
    }
    self.text = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// As dear as hashing; the comparison itself takes the same time whatever differs.
  func matches(_ password: Password) -> Bool {
    Sodium.start()
    return crypto_pwhash_str_verify(text, password.text, UInt64(password.text.utf8.count)) == 0
  }

  /// Whether it was made more cheaply than is asked for now; a dearer one is kept.
  public func needsRehash(for cost: PasswordCost) -> Bool {
    guard let mine = PasswordHash.cost(of: text) else { return true }
    return mine.memory < cost.memory || mine.passes < cost.passes
  }

  private static func cost(of text: String) -> PasswordCost? {
    let parts = text.split(separator: "$")
    guard text.hasPrefix("$argon2id$v=19$"), parts.count == 5 else { return nil }
    let figures = parts[2].split(separator: ",")
    guard figures.count == 3, figures[0].hasPrefix("m="), figures[1].hasPrefix("t="), figures[2].hasPrefix("p="),
      let memory = Int(figures[0].dropFirst(2)), let passes = Int(figures[1].dropFirst(2))
    else { return nil }
    return PasswordCost(memory: memory, passes: passes)
  }
}
