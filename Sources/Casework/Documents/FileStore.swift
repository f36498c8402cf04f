/// Where imported files stay, addressed by their content.
public protocol FileStore: Sendable {
  /// Keeps a copy of a file; the same content twice is kept once.
  ///
  /// The file is whole and on the disk when this returns; an interruption leaves nothing half-written under the digest.
  func keep(fileAt path: String) throws -> StoredFile
  /// Where the content with this digest can be read, nil where it is not kept.
  func path(of digest: String) -> String?
  /// A folder on the store's own disk for content that is still arriving or being unpacked; whoever writes there cleans
  /// up.
  func temporaryFolder() throws -> String
}

/// A file of the store.
public struct StoredFile: Sendable, Hashable {
  /// SHA-256 of the content, 64 hexadecimal signs.
  public let digest: String
  /// Its size in bytes.
  public let bytes: Int64
}
