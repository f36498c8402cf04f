public import Storage

/// What the base notes of the installation that it belongs to, by name.
public enum InstallationNotes {
  /// The fingerprint of the key that seals, so that a wrong file of keys is noticed before anything is read.
  public static let keyFingerprint = "key-fingerprint"
  /// Whether this base is a demonstration: the word `yes`.
  public static let demonstration = "demonstration"

  /// What is noted under a name.
  public static func value(_ name: String, in db: any Connection) throws -> String? {
    try db.scalar(String.self, "SELECT value FROM installation WHERE name = \(name)")
  }

  /// Notes a value, in place of the one before.
  public static func set(_ name: String, _ value: String, in db: any Connection) throws {
    try db.execute(
      """
      INSERT INTO installation (name, value) VALUES (\(name), \(value))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """)
  }
}
