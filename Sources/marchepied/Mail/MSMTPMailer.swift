import Casework
import Foundation
import Subprocess
import SystemPackage

/// Sends through Debian's `msmtp`, one process a message.
///
/// Neither password nor message is in its arguments or environment: server, name and password go through a file that only
/// this account may read, in a folder of its own that is removed afterwards, and the message through a file without a
/// name.
struct MSMTPMailer: Mailer {
  let server: MailServer
  /// After how many seconds without an answer `msmtp` gives up; the whole takes at most three times as long.
  var patience = 20
  /// The program, looked for in `PATH` where it is no path itself.
  var program = "msmtp"

  @discardableResult
  func send(_ message: MIMEMessage, to recipient: Mailbox) async throws(MailFailure) -> String {
    let folder: PrivateFolder
    let configuration: String
    let mail: FileDescriptor
    do {
      folder = try PrivateFolder()
    } catch {
      throw MailFailure(isPermanent: false, "le dossier temporaire n’accepte pas de fichier")
    }
    defer { folder.remove() }
    do {
      configuration = try folder.write(
        Array(MSMTPConfiguration(server: server, from: message.sender, patience: patience).text.utf8), as: "msmtprc")
      mail = try folder.nameless(message.bytes)
    } catch {
      throw MailFailure(isPermanent: false, "le dossier temporaire n’accepte pas de fichier")
    }
    defer { try? mail.close() }
    let outcome = await run(
      arguments: ["--file=\(configuration)", "--account=marchepied", "--", recipient.address], home: folder.path, mail)
    switch outcome {
    case .answered(let line, let isSuccess): return try MSMTPAnswer(line).accepted(isSuccess)
    case .late: throw MailFailure(isPermanent: false, "le serveur de courrier ne répond pas")
    case .absent:
      throw MailFailure(
        isPermanent: false, "le programme msmtp est introuvable, installez-le par apt install msmtp")
    }
  }

  private enum Outcome: Sendable {
    case answered(String, isSuccess: Bool)
    case late
    case absent
  }

  /// Runs the program and stops it when it lasts too long.
  private func run(arguments: [String], home: String, _ mail: FileDescriptor) async -> Outcome {
    let limit = Duration.seconds(patience * 3)
    let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return await withTaskGroup(of: Outcome?.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments),
            // English messages, and no file of the account that could add settings of its own.
            environment: .custom(["PATH": path, "LC_ALL": "C", "HOME": home]),
            input: .fileDescriptor(mail, closeAfterSpawningProcess: false), output: .string(limit: 65_536),
            error: .discarded)
          return .answered(result.standardOutput, isSuccess: result.terminationStatus.isSuccess)
        } catch {
          return Task.isCancelled ? .late : .absent
        }
      }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? .late
    }
  }
}

/// A folder that only this account may enter.
private struct PrivateFolder {
  let path: String

  init() throws {
    var template = Array("\(NSTemporaryDirectory())/marchepied-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a file that only this account may read, and returns its path.
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    let path = "\(path)/\(name)"
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerRead, .ownerWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
    return path
  }

  /// An open file with this content that has no name any more, to be read from its beginning.
  func nameless(_ bytes: [UInt8]) throws -> FileDescriptor {
    let path = FilePath("\(path)/message")
    let file = try FileDescriptor.open(
      path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerRead, .ownerWrite])
    unlink(path.string)
    do {
      try file.writeAll(bytes)
      try file.seek(offset: 0, from: .start)
    } catch {
      try? file.close()
      throw error
    }
    return file
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
