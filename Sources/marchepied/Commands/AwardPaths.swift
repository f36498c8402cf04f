import Casework
import Exchange
import Foundation

/// An error that concerns one file only: the others can still be read.
protocol FileProblem: Error {}
extension ReadingFailure: FileProblem {}
extension StoreFailure: FileProblem {}
extension ImportUnderWay: FileProblem {}

/// The files that a command's paths name: folders are searched, standard input is put aside first.
struct AwardPaths {
  /// A file to read, and the name under which it is shown.
  struct File {
    let path: String
    let name: String
  }

  private(set) var all: [File] = []
  private var spooled: [String] = []

  private static let endings = [".json", ".xml", ".csv", ".jsonl", ".gz", ".ndjson"]

  /// Every file, folders in the order of names; a path that does not exist, or a folder without data, stops everything before the first is read.
  static func expand(_ paths: [String], in store: any FileStore) throws -> AwardPaths {
    var result = AwardPaths()
    for path in paths {
      if path == "-" {
        try result.spool(in: store)
        continue
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Missing(path: path)
      }
      if isFolder.boolValue {
        try result.search(path)
      } else {
        result.all.append(File(path: path, name: (path as NSString).lastPathComponent))
      }
    }
    return result
  }

  private mutating func search(_ folder: String) throws {
    let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let before = all.count
    for name in found.sorted() where Self.endings.contains(where: { name.lowercased().hasSuffix($0) }) {
      all.append(File(path: "\(folder)/\(name)", name: (name as NSString).lastPathComponent))
    }
    guard all.count > before else { throw NothingThere(path: folder) }
  }

  private mutating func spool(in store: any FileStore) throws {
    let path = "\(try store.temporaryFolder())/\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw StoreFailure(doing: "écrire", path: path, code: errno) }
    spooled.append(path)
    while let data = try FileHandle.standardInput.read(upToCount: 1 << 20), !data.isEmpty {
      try file.write(contentsOf: data)
    }
    try file.close()
    all.append(File(path: path, name: "entrée standard"))
  }

  /// Takes away what standard input left.
  func removeSpooled() { for path in spooled { unlink(path) } }

  struct NothingThere: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "Le dossier «\u{202F}\(path)\u{202F}» ne contient aucun fichier de données "
        + "(\(AwardPaths.endings.joined(separator: ", ")))\u{202F}: vérifiez le chemin. Rien n’a été importé."
    }
  }

  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "«\u{202F}\(path)\u{202F}» n’existe pas\u{202F}: vérifiez le chemin. Rien n’a été importé."
    }
  }
}
