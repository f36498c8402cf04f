import CSodium

/// Seals a file about people piece by piece, in constant memory.
///
/// The file begins with the version, 1, two bytes of key number and 24 of stream header; then come pieces of 64 KiB
/// with 17 bytes more each, the last one shorter and marked as the last (libsodium’s `secretstream`). A sealer cannot
/// be copied: two streams that go on from one state would betray each other.
public struct FileSealer: ~Copyable, Sendable {
  private var stream: SecretStream
  private var waiting: [UInt8]
  private var head: [UInt8]

  /// Begins a file for one place, with the active key.
  public init(_ ring: KeyRing, at place: SealedPlace) {
    let header = Sealed.header(ring.active)
    let pushing = SecretStream.pushing(ring.active.subkey(.files), associated: place.associated(header))
    (stream, head, waiting) = (pushing.stream, header + pushing.header, [])
  }

  /// Takes some bytes and gives what can be written already, maybe nothing.
  public mutating func add(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    waiting += bytes
    var result = head
    head = []
    var start = 0
    while waiting.count - start >= SecretStream.piece {
      result += stream.push(waiting[start..<start + SecretStream.piece], isLast: false)
      start += SecretStream.piece
    }
    waiting.removeFirst(start)
    return result
  }

  /// Gives the end of the file; without it the file does not open.
  public consuming func finish() -> [UInt8] { head + stream.push(waiting[...], isLast: true) }
}

/// Opens a sealed file piece by piece.
///
/// Each piece given was sealed in that order for that place; only ``finish()`` tells that nothing is missing, so
/// whoever writes pieces away must throw them away when anything is thrown here.
public struct FileOpener: ~Copyable, Sendable {
  private let ring: KeyRing
  private let place: SealedPlace
  private var stream: SecretStream?
  private var waiting: [UInt8] = []

  /// Begins to open a file of one place.
  public init(_ ring: KeyRing, at place: SealedPlace) {
    (self.ring, self.place) = (ring, place)
  }

  /// Takes some bytes of the file and gives those that are opened already, maybe none.
  public mutating func add(_ bytes: some Sequence<UInt8>) throws(SealedError) -> [UInt8] {
    waiting += bytes
    try readHeader()
    var result: [UInt8] = []
    var start = 0
    while let stream, waiting.count - start >= SecretStream.sealedPiece {
      let (plain, isLast) = try stream.pull(waiting[start..<start + SecretStream.sealedPiece])
      // The last piece is always shorter.
      guard !isLast else { throw .refused }
      result += plain
      start += SecretStream.sealedPiece
    }
    waiting.removeFirst(start)
    return result
  }

  /// Gives the end of the file, or tells that it is missing.
  public consuming func finish() throws(SealedError) -> [UInt8] {
    guard let stream, !waiting.isEmpty else { throw .truncated }
    let (plain, isLast) = try stream.pull(waiting[...])
    guard isLast else { throw .truncated }
    return plain
  }

  private mutating func readHeader() throws(SealedError) {
    let size = Sealed.headerSize + SecretStream.headerSize
    guard stream == nil, waiting.count >= size else { return }
    guard waiting[0] == Sealed.version else { throw .malformed }
    let id = UInt16(waiting[1]) << 8 | UInt16(waiting[2])
    guard let key = ring.key(id) else { throw .unknownKey(id) }
    stream = try SecretStream.pulling(
      key.subkey(.files), header: Array(waiting[Sealed.headerSize..<size]),
      associated: place.associated(Array(waiting[..<Sealed.headerSize])))
    waiting.removeFirst(size)
  }
}

/// A stream of libsodium in guarded memory; used by one owner at a time, which the two types above see to.
private final class SecretStream: @unchecked Sendable {
  static let piece = 1 << 16
  static let extra = Int(crypto_secretstream_xchacha20poly1305_abytes())
  static let sealedPiece = piece + extra
  static let headerSize = Int(crypto_secretstream_xchacha20poly1305_headerbytes())

  private let state: UnsafeMutablePointer<crypto_secretstream_xchacha20poly1305_state>
  private let associated: [UInt8]

  private init(_ associated: [UInt8]) {
    Sodium.start()
    guard let memory = sodium_malloc(crypto_secretstream_xchacha20poly1305_statebytes()) else {
      preconditionFailure("no memory left for a stream")
    }
    state = memory.assumingMemoryBound(to: crypto_secretstream_xchacha20poly1305_state.self)
    self.associated = associated
  }

  deinit { sodium_free(state) }

  static func pushing(_ key: KeyBytes, associated: [UInt8]) -> (stream: SecretStream, header: [UInt8]) {
    let stream = SecretStream(associated)
    var header = [UInt8](repeating: 0, count: headerSize)
    _ = key.withBytes { crypto_secretstream_xchacha20poly1305_init_push(stream.state, &header, $0) }
    return (stream, header)
  }

  static func pulling(_ key: KeyBytes, header: [UInt8], associated: [UInt8]) throws(SealedError) -> SecretStream {
    let stream = SecretStream(associated)
    let answer = key.withBytes { crypto_secretstream_xchacha20poly1305_init_pull(stream.state, header, $0) }
    guard answer == 0 else { throw .malformed }
    return stream
  }

  func push(_ plain: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
    var cipher = [UInt8](repeating: 0, count: plain.count + SecretStream.extra)
    let tag = isLast ? crypto_secretstream_xchacha20poly1305_tag_final() : 0
    _ = plain.withUnsafeBufferPointer {
      crypto_secretstream_xchacha20poly1305_push(
        state, &cipher, nil, $0.baseAddress, UInt64($0.count), associated, UInt64(associated.count), tag)
    }
    return cipher
  }

  func pull(_ cipher: ArraySlice<UInt8>) throws(SealedError) -> (plain: [UInt8], isLast: Bool) {
    guard cipher.count >= SecretStream.extra else { throw .truncated }
    var plain = [UInt8](repeating: 0, count: cipher.count - SecretStream.extra)
    var tag: UInt8 = 0
    let answer = cipher.withUnsafeBufferPointer {
      crypto_secretstream_xchacha20poly1305_pull(
        state, &plain, nil, &tag, $0.baseAddress, UInt64($0.count), associated, UInt64(associated.count))
    }
    guard answer == 0 else { throw .refused }
    return (plain, tag == crypto_secretstream_xchacha20poly1305_tag_final())
  }
}
