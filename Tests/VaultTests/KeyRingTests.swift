import Clauses
import Foundation
import Testing

@testable import Vault

@Suite final class KeyRingTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "clefs").path }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func rights(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  private func write(_ text: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    #expect(
      FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
  }

  @Test func `a new file is its owner’s alone and is read back`() throws {
    let ring = try KeyRing.create(at: path, on: someDay)
    #expect(try rights(path) == 0o600)
    let again = try KeyRing(contentsOf: path)
    #expect(again.keys.map(\.id) == [1] && again.active.created == someDay)
    #expect(again.active.fingerprint == ring.active.fingerprint)
    let place = SealedPlace(table: "t", column: "c", row: "r")
    #expect(try again.openText(ring.seal("Zoé", at: place), at: place) == "Zoé")
  }

  @Test func `an existing file is never overwritten`() throws {
    try write("précieux")
    #expect(throws: KeyFileError(cause: .exists, path: path)) { try KeyRing.create(at: self.path, on: someDay) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "précieux")
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o601, 0o610, 0o777])
  func `a file that others may read, change or run is refused`(mode: Int) throws {
    _ = try KeyRing.create(at: path, on: someDay)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    let error = #expect(throws: KeyFileError.self) { try KeyRing(contentsOf: self.path) }
    #expect(error?.cause == .open(String(mode, radix: 8)))
    #expect(error?.description.contains("chmod 600 \(path)") == true)
  }

  @Test(arguments: [0o600, 0o400])
  func `a file of its owner alone is read`(mode: Int) throws {
    _ = try KeyRing.create(at: path, on: someDay)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(throws: Never.self) { try KeyRing(contentsOf: self.path) }
  }

  @Test func `a missing file and a folder are told apart`() {
    #expect(throws: KeyFileError(cause: .missing, path: path)) { try KeyRing(contentsOf: self.path) }
    #expect(throws: KeyFileError(cause: .notFile, path: folder.path)) { try KeyRing(contentsOf: self.folder.path) }
    #expect(throws: KeyFileError(cause: .system("No such file or directory"), path: "/absent/clefs")) {
      try KeyRing.create(at: "/absent/clefs", on: someDay)
    }
  }

  @Test func `every changed or missing character of the file is noticed`() throws {
    _ = try KeyRing.create(at: path, on: someDay)
    let text = Array(try String(contentsOfFile: path, encoding: .utf8).unicodeScalars)
    for place in text.indices.dropLast() {
      var changed = text
      changed[place] = text[place] == "7" ? "8" : "7"
      try write(String(String.UnicodeScalarView(changed)))
      #expect(throws: KeyFileError.self, "character \(place) changed") { try KeyRing(contentsOf: self.path) }
      try write(String(String.UnicodeScalarView(text[..<place])))
      #expect(throws: KeyFileError.self, "cut at \(place)", performing: { try KeyRing(contentsOf: self.path) })
    }
    try write(String(String.UnicodeScalarView(text)) + "key 9 2026-11-21 AAAA\n")
    #expect(throws: KeyFileError(cause: .checksum, path: path)) { try KeyRing(contentsOf: self.path) }
    try write(String(String.UnicodeScalarView(text)))
    #expect(throws: Never.self) { try KeyRing(contentsOf: self.path) }
  }

  @Test func `a rotation keeps older keys and makes the new one active`() throws {
    let place = SealedPlace(table: "person", column: "surname", row: "1")
    let old = try KeyRing.create(at: path, on: someDay)
    let sealed = old.seal("Dupont", at: place)
    let ring = try KeyRing.rotate(at: path, on: someDay.adding(days: 1))
    #expect(ring.keys.map(\.id) == [1, 2] && ring.active.id == 2 && ring.first.id == 1)
    #expect(try rights(path) == 0o600)
    let read = try KeyRing(contentsOf: path)
    #expect(read.keys.map(\.fingerprint) == ring.keys.map(\.fingerprint))
    #expect(Set(ring.keys.map(\.fingerprint)).count == 2)
    #expect(try read.openText(sealed, at: place) == "Dupont")
    #expect(sealed.needsResealing(by: read) && !sealed.needsResealing(by: old))
    #expect(!FileManager.default.fileExists(atPath: path + ".new"))
  }

  @Test func `of two rotations at once one is refused and the file stays whole`() throws {
    _ = try KeyRing.create(at: path, on: someDay)
    #expect(FileManager.default.createFile(atPath: path + ".new", contents: nil))
    #expect(throws: KeyFileError(cause: .rotating, path: path)) { try KeyRing.rotate(at: self.path, on: someDay) }
    #expect(try KeyRing(contentsOf: path).keys.count == 1)
    #expect(FileManager.default.fileExists(atPath: path + ".new"))
  }

  @Test func `a failed rotation leaves nothing behind`() throws {
    try write("abîmé\n")
    #expect(throws: KeyFileError(cause: .line(1), path: path)) { try KeyRing.rotate(at: self.path, on: someDay) }
    #expect(!FileManager.default.fileExists(atPath: path + ".new"))
  }

  @Test func `sub-keys differ by purpose and never change`() throws {
    let key = try KeyRing.known().active
    let all = KeyPurpose.allCases.map { key.keyedHash(of: ["a"], for: $0) }
    #expect(Set(all).count == KeyPurpose.allCases.count)
    #expect(KeyPurpose.allCases.map(\.rawValue) == Array(1...UInt64(KeyPurpose.allCases.count)))
    // Worked out by another BLAKE2b; another value here means that no installation could read its data any more.
    #expect(key.fingerprint == "DGQ0-9W68")
    #expect(all[0].prefix(16) == "37864cf76a1f6631" && all[6].prefix(16) == "ca70186b49e63dc4")
  }

  @Test func `parts of a keyed hash are not confused with one another`() throws {
    let key = try KeyRing.known().active
    let lists = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], []]
    #expect(Set(lists.map { key.keyedHash(of: $0, for: .links) }).count == lists.count)
    let hash = key.keyedHash(of: ["ab", "c"], for: .links)
    #expect(key.verifies(hash, of: ["ab", "c"], for: .links))
    #expect(!key.verifies(hash, of: ["ab", "c"], for: .trailIdentity))
    #expect(!key.verifies(hash, of: ["a", "bc"], for: .links))
    #expect(!key.verifies("", of: ["ab", "c"], for: .links))
  }

  @Test func `a ring without its active key, or with one twice, is none`() {
    let key = KeyRing(on: someDay).active
    #expect(KeyRing([], active: 1) == nil)
    #expect(KeyRing([key], active: 2) == nil)
    #expect(KeyRing([key, key], active: 1) == nil)
    #expect(
      KeyRing([VaultKey(id: .max, created: someDay, master: key.master)], active: .max)?.adding(on: someDay) == nil)
  }
}
