import Casework
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// A form that sends a file: its fields, and the file in a temporary place of the store.
///
/// The mark comes first in the form: no byte of a file is kept before it was checked.
struct Upload: Sendable {
  /// The longest file that is taken, in bytes.
  static let longest = 20 * 1024 * 1024

  let fields: Query
  /// Where the file lies until the answer is made; nil where none was chosen.
  let path: String?
  /// The name that its sender gave it.
  let fileName: String

  subscript(_ name: String) -> String { fields[name] ?? "" }

  /// Reads the body; the caller removes the file by ``discard()``.
  init(_ request: Request, _ context: SiteContext, folder: String) async throws {
    var limits = Multipart.Limits()
    (limits.file, limits.total, limits.parts) = (Self.longest, Self.longest + 256 * 1024, 64)
    var reader = try Self.reading { try Multipart(contentType: request.headers[.contentType], limits: limits) }
    var taking = Taking(path: "\(folder)/envoi-\(UUID().uuidString)", token: context.guest.formToken)
    do {
      for try await buffer in request.body {
        for event in try Self.reading({ try reader.push(buffer.readableBytesView) }) { try taking.take(event) }
      }
      try Self.reading { try reader.finish() }
      guard taking.isOurs else { throw Problem.foreignForm }
    } catch {
      taking.discard()
      throw error
    }
    try taking.file?.close()
    (fields, fileName) = (taking.fields, taking.fileName)
    path = taking.file != nil && taking.bytes > 0 ? taking.path : nil
    if path == nil { taking.discard() }
  }

  /// Removes the file.
  func discard() { if let path { unlink(path) } }

  private static func reading<Value>(_ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch let malformed as Multipart.Malformed {
      throw malformed.problem
    }
  }

  /// What was read so far.
  private struct Taking {
    let path: String
    let token: FormToken?
    var fields = Query()
    var fileName = ""
    var file: FileHandle?
    var bytes = 0
    var isOurs = false
    private var header: Multipart.Header?
    private var value: [UInt8] = []

    init(path: String, token: FormToken?) { (self.path, self.token) = (path, token) }

    mutating func take(_ event: Multipart.Event) throws {
      switch event {
      case .part(let header):
        (self.header, value) = (header, [])
        guard let name = header.filename, !name.isEmpty else { return }
        guard isOurs else { throw Problem.foreignForm }
        guard file == nil else {
          throw Problem.badRequest("Deux fichiers sont joints.", remedy: "Envoyez-les l’un après l’autre.")
        }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
          let handle = FileHandle(forWritingAtPath: path)
        else { throw Problem.unavailable }
        (file, fileName) = (handle, name)
      case .data(let data):
        guard let header else { return }
        if let name = header.filename {
          guard !name.isEmpty else { return }
          bytes += data.count
          try file?.write(contentsOf: data)
        } else {
          value += data
        }
      case .endOfPart:
        guard let header, header.filename == nil else { return }
        let text = String(decoding: value, as: UTF8.self)
        guard !text.utf8.contains(0) else {
          throw Problem.badRequest("Un champ contient un signe interdit.", remedy: "Tapez-le à nouveau.")
        }
        if header.name == Form.mark {
          isOurs = token?.matches(text) ?? false
          guard isOurs else { throw Problem.foreignForm }
        } else {
          fields.add(header.name, text)
        }
      }
    }

    func discard() {
      try? file?.close()
      unlink(path)
    }
  }
}
