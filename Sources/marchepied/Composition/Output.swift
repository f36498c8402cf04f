import Foundation

/// Where a command's result goes: a file, or standard output.
final class Output: Sendable {
  private let file: Int32
  private let path: String?

  /// Opens the file anew, whatever it held; nil for standard output.
  init(_ path: String?) throws {
    self.path = path
    file = try path.map { try Output.descriptor($0, O_TRUNC) } ?? STDOUT_FILENO
  }

  deinit { if path != nil { close(file) } }

  /// Throws where a file that something else will write could not be; leaves what is there.
  static func check(_ path: String) throws {
    let isThere = access(path, F_OK) == 0
    close(try descriptor(path, 0))
    if !isThere { unlink(path) }
  }

  private static func descriptor(_ path: String, _ flags: Int32) throws -> Int32 {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o666)
    guard file >= 0 else { throw UnwritableOutput(path: path, code: errno) }
    return file
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw UnwritableOutput(path: path, code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}

/// A result that cannot be written where it was asked.
struct UnwritableOutput: Error, CustomStringConvertible {
  /// Which file; nil for standard output.
  let path: String?
  /// The system's error number.
  let code: Int32

  /// What is wrong and how to mend it.
  var description: String {
    guard let path else {
      return "Le résultat n’a pas pu être écrit en entier\u{202F}: \(String(cString: strerror(code)))."
    }
    let folder = (path as NSString).deletingLastPathComponent
    let (cause, remedy) = reason(folder: folder.isEmpty ? "." : folder)
    return "Impossible d’écrire «\u{202F}\(path)\u{202F}»\u{202F}: \(cause). \(remedy)"
  }

  private func reason(folder: String) -> (cause: String, remedy: String) {
    switch code {
    case ENOENT, ENOTDIR:
      (
        "le dossier «\u{202F}\(folder)\u{202F}» n’existe pas",
        "Créez-le (mkdir -p \(folder)), ou donnez un autre chemin à --output."
      )
    case EACCES, EPERM, EROFS:
      (
        "vous n’avez pas le droit d’y écrire",
        "Donnez à --output un chemin où vous pouvez écrire, par exemple dans votre dossier personnel."
      )
    case EISDIR: ("c’est un dossier", "Ajoutez un nom de fichier après --output.")
    case ENOSPC, EDQUOT:
      ("le disque est plein", "Libérez de la place, ou donnez à --output un chemin sur un autre disque.")
    default: (String(cString: strerror(code)), "Donnez un autre chemin à --output.")
    }
  }
}
