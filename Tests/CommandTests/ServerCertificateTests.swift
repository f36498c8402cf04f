import Casework
import Clauses
import Foundation
import Testing

@testable import marchepied

/// The certificate with which the program speaks TLS by itself.
@Suite struct ServerCertificateTests {
  private struct Folder {
    let path: String
    func file(_ name: String) -> String { "\(path)/\(name)" }
  }

  /// Two keys, each with its certificate, as openssl makes them.
  private static func withCertificates(_ body: (Folder) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["one", "two"] {
      let openssl = Process()
      openssl.executableURL = URL(filePath: "/usr/bin/openssl")
      openssl.arguments = [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
        "/CN=localhost", "-keyout", "\(name).key", "-out", "\(name).pem",
      ]
      openssl.currentDirectoryURL = folder
      openssl.standardError = FileHandle.nullDevice
      try openssl.run()
      openssl.waitUntilExit()
      try #require(openssl.terminationStatus == 0)
    }
    try await body(Folder(path: folder.path))
  }

  @Test func `a certificate with its key is taken, and anything else is refused by its file`() async throws {
    try await Self.withCertificates { folder in
      let right = ServerCertificate(chain: folder.file("one.pem"), key: folder.file("one.key"))
      _ = try right.configuration()
      let days = try right.lastDay().number - Int32(Date().timeIntervalSince1970 / 86_400)
      #expect((29...30).contains(days))
      for (chain, key, said) in [
        ("absent.pem", "one.key", "absent.pem"), ("one.key", "one.key", "n’est pas un certificat"),
        ("one.pem", "one.pem", "n’est pas une clef privée"), ("one.pem", "two.key", "n’est pas la clef du certificat"),
      ] {
        do {
          _ = try ServerCertificate(chain: folder.file(chain), key: folder.file(key)).configuration()
          Issue.record("\(chain) and \(key) were taken")
        } catch {
          #expect("\(error)".contains(said), "\(error)")
        }
      }
    }
  }

  @Test func `half of the settings stops the start, and the whole makes links https`() async throws {
    for name in ["HTTP_CERTIFICATE", "HTTP_CERTIFICATE_KEY"] {
      await #expect(throws: Settings.Wrong.self) {
        _ = try await Settings(flags: [:], environment: ["MARCHEPIED_\(name)": "x.pem"], file: nil)
      }
    }
    let both = ["MARCHEPIED_HTTP_CERTIFICATE": "x.pem", "MARCHEPIED_HTTP_CERTIFICATE_KEY": "x.key"]
    let settings = try await Settings(flags: [:], environment: both, file: nil)
    #expect(settings.mail.site.text == "https://127.0.0.1:8080")
  }
}
