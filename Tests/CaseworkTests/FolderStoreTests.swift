import Casework
import Foundation
import Testing

@Suite struct FolderStoreTests {
  private func age(_ path: String, by seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-seconds)], ofItemAtPath: path)
  }

  @Test func `what a killed import left behind goes with the next one, and nothing else`() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "marchepied-store-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    let store = FolderStore(root: root)
    let folder = try store.temporaryFolder()
    let (dead, alive, fresh) = ("\(folder)/copie-1", "\(folder)/copie-2", "\(folder)/copie-3")
    let (export, old) = ("\(folder)/\(UUID().uuidString).xlsx", "\(folder)/\(UUID().uuidString)")
    for path in [dead, alive, fresh, export, old] { try Data("x".utf8).write(to: URL(filePath: path)) }
    for path in [dead, alive, export] { try age(path, by: 3600) }
    try age(old, by: 2 * 86_400)
    // Another import is still writing this one.
    let held = open(alive, O_RDONLY)
    #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
    defer { close(held) }
    let source = "\(root)/source"
    try Data("contenu".utf8).write(to: URL(filePath: source))
    let kept = try store.keep(fileAt: source)
    #expect(store.path(of: kept.digest) != nil)
    let left = Set(try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" })
    #expect(left == [alive, fresh, export])
  }
}
