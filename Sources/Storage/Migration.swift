/// One step of a schema's life: numbered, frozen once released, applied in one transaction.
///
/// A migration says everything in SQL of its own and never calls types that may change later. On SQLite, a migration that
/// rebuilds a table begins with `PRAGMA defer_foreign_keys = ON`.
public struct Migration: Sendable {
  /// Its place, from 1.
  public let number: Int
  /// What it does, in a few words.
  public let name: String
  private let text: @Sendable (Dialect) -> [SQL]

  /// The same script for both engines, or one that differs by a few words of ``Dialect``.
  public init(_ number: Int, _ name: String, _ script: @escaping @Sendable (Dialect) -> SQL) {
    self.number = number
    self.name = name
    text = { [script($0)] }
  }

  /// A script for each engine.
  public init(_ number: Int, _ name: String, sqlite: SQL, postgres: SQL) {
    self.init(number, name) { $0 == .sqlite ? sqlite : postgres }
  }

  /// Several scripts in order.
  public init(_ number: Int, _ name: String, scripts: @escaping @Sendable (Dialect) -> [SQL]) {
    self.number = number
    self.name = name
    text = scripts
  }

  /// The scripts for an engine, in order, without bound values.
  public func scripts(for dialect: Dialect) -> [SQL] { text(dialect) }

  /// A short fingerprint of the scripts (FNV-1a, 64 bits): it guards against a change by mistake, not against malice.
  public func digest(for dialect: Dialect) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for script in scripts(for: dialect) {
      for byte in script.template + [0] {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Why a schema cannot be brought up to date.
public enum MigrationError: Error, Sendable, Equatable {
  /// An applied migration reads differently in this program.
  case changed(number: Int, name: String)
  /// The database holds a migration that this program does not know: the program is older than the database.
  case unknown(number: Int, name: String)
  /// A migration that was not applied comes before one that was.
  case outOfOrder(number: Int, after: Int)
  /// Two migrations of the program bear the same number, or they are not in order.
  case misnumbered(Int)
}

extension MigrationError: CustomStringConvertible {
  /// A French sentence with what to do.
  public var description: String {
    switch self {
    case .changed(let number, let name):
      "La migration \(number) (\(name)) a déjà été appliquée à cette base, mais son texte a changé depuis. "
        + "Rétablissez le programme d’origine\u{202F}: une migration publiée ne se modifie pas."
    case .unknown(let number, let name):
      "La base de données est plus récente que ce programme\u{202F}: elle a reçu la migration \(number) (\(name)), "
        + "qu’il ne connaît pas. Installez la version la plus récente du programme."
    case .outOfOrder(let number, let after):
      "La migration \(number) n’a pas été appliquée, alors que la migration \(after) l’a été. "
        + "Vérifiez que cette base appartient bien à ce programme."
    case .misnumbered(let number):
      "Les migrations du programme sont mal numérotées à partir de la migration \(number)."
    }
  }
}
