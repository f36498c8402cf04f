public import Clauses
import Foundation

/// Several files as one ZIP archive that any desktop opens; the same files always give the same bytes.
public struct PaperBundle: Sendable {
  /// One file of the archive.
  public struct Entry: Sendable, Equatable {
    /// The name as the reader sees it; accents are kept.
    public let name: String
    /// What the file holds.
    public let bytes: [UInt8]

    /// A file. A name may come from users: what file systems refuse in it is replaced when the archive is written.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The files, in the order of the archive.
  public var entries: [Entry]
  /// The day that the archive gives all its files, from 1980 to 2107.
  public var date: Day

  /// An archive of these files.
  public init(_ entries: [Entry], date: Day) {
    self.entries = entries
    self.date = date
  }

  /// The archive's bytes; nil when memory is short.
  ///
  /// No file lies in a folder, and no two carry one name, not even by their letters' case: the second gets " (2)".
  public func zipped() -> [UInt8]? {
    var taken: Set<String> = []
    let members = entries.map { entry in
      var name = PaperBundle.safeName(entry.name)
      let (stem, ending) = PaperBundle.split(name)
      var count = 1
      while !taken.insert(name.lowercased()).inserted {
        count += 1
        name = "\(stem) (\(count))\(ending)"
      }
      return ZipFile.Member(name: name, bytes: entry.bytes)
    }
    return ZipFile.packed(members, date: date)
  }

  /// A name that Windows, macOS and Linux all accept and that stays in its folder.
  public static func safeName(_ name: String) -> String {
    var safe = ""
    for sign in name.precomposedStringWithCanonicalMapping.printable.joined {
      safe.append(#"/\:*?"<>|"#.contains(sign) ? "-" : sign)
    }
    var (stem, ending) = split(String(safe.drop { $0 == " " || $0 == "." }))
    while let last = stem.last, last == " " || last == "." { stem.removeLast() }
    while stem.utf8.count + ending.utf8.count > 180, !stem.isEmpty { stem.removeLast() }
    if stem.isEmpty { stem = "document" }
    if reserved.contains(stem.lowercased()) { stem += "-" }
    return stem + ending
  }

  /// What Windows keeps for its devices.
  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// The name and its ending with the dot; an ending is short and of letters and digits.
  private static func split(_ name: String) -> (stem: String, ending: String) {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (name, "") }
    let ending = name[dot...]
    let isEnding = (2...6).contains(ending.count) && ending.dropFirst().allSatisfy { $0.isLetter || $0.isNumber }
    return isEnding ? (String(name[..<dot]), String(ending)) : (name, "")
  }
}
