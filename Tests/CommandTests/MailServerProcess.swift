import Foundation
import TestSupport

/// A mail server of the test's own on a loopback port; it ends with the test.
final class MailServerProcess {
  let port: Int
  let folder: String
  private let process: Process
  private let input = Pipe()

  /// Starts the server (`Tests/mail/server.py`) with its options.
  init(_ options: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-smtp-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process = Process()
    process.executableURL = URL(filePath: Python.path ?? "")
    process.arguments = [Python.script("server.py"), folder] + options
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.filter { $0.isNumber }) else { throw NotStarted() }
    self.port = port
  }

  struct NotStarted: Error {}

  /// What the server noted beside a message.
  struct Facts: Decodable {
    let from: String
    let to: [String]
    let tls: Bool
    let user: String?
    let hello: String
  }

  /// The messages that it took, as Python's parser reads them.
  func messages() throws -> [ReadMail] { try ReadMail.all(in: folder) }

  /// What came with the messages, in order.
  func facts() throws -> [Facts] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted().map {
      try JSONDecoder().decode(Facts.self, from: try Data(contentsOf: URL(filePath: "\(folder)/\($0)")))
    }
  }

  /// Ends the server and removes its folder.
  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A certificate for this machine that signs itself, with its key: two files in a folder.
  static func certificate(in folder: String) throws -> (certificate: String, key: String) {
    let (certificate, key) = ("\(folder)/certificat.pem", "\(folder)/clef.pem")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj",
      "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw NotStarted() }
    return (certificate, key)
  }
}
