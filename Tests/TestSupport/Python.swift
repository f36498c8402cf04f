public import Foundation

/// Python, for what another reader than ours must confirm: that of the set-up, which alone has the mail server, else the
/// system's.
public enum Python {
  private static let ours = TestWorld.root + ".venv/bin/python"

  /// The program; nil on a machine without Python.
  public static let path: String? = [ours, "/usr/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Whether the mail server of the tests is installed.
  public static let hasMailServer: Bool = {
    guard FileManager.default.isExecutableFile(atPath: ours) else { return false }
    return (try? run(["-c", "import aiosmtpd"])) != nil
  }()

  /// A script of the checkout's `Tests/mail`.
  public static func script(_ name: String) -> String { TestWorld.root + "Tests/mail/\(name)" }

  /// A run that failed.
  public struct Failure: Error {
    /// Its exit code.
    public let code: Int32
  }

  /// Runs Python to its end and gives what it wrote.
  public static func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(code: process.terminationStatus) }
    return data
  }
}

/// A message as Python's own parser reads it.
public struct ReadMail: Decodable, Sendable {
  /// An address with its name.
  public struct Person: Decodable, Sendable, Equatable {
    /// Empty where there is none.
    public let name: String
    /// The address.
    public let address: String
  }

  /// Text or HTML.
  public struct Part: Decodable, Sendable {
    /// `text/plain`.
    public let type: String
    /// `utf-8`.
    public let charset: String?
    /// `flowed`.
    public let format: String?
    /// Decoded.
    public let text: String
  }

  /// Decoded values by lower-case names.
  public let headers: [String: String]
  /// The names, one for each field.
  public let names: [String]
  /// Recipients.
  public let to: [Person]
  /// Senders.
  public let from: [Person]
  /// In order.
  public let parts: [Part]
  /// What the parser finds wrong.
  public let defects: [String]
  /// Bytes of the longest line.
  public let longest: Int
  /// Whether every byte is ASCII.
  public let ascii: Bool
  /// Ends of lines that are not CRLF.
  public let bare: Int

  /// The messages (`*.eml`) of a folder, in the order of their names.
  public static func all(in folder: String) throws -> [ReadMail] {
    try JSONDecoder().decode([ReadMail].self, from: try Python.run([Python.script("read.py"), folder]))
  }
}
