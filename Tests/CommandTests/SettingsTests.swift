import Casework
import Foundation
import Testing

@testable import marchepied

@Suite struct SettingsTests {
  private func refusal(_ environment: [String: String] = [:], yaml: String? = nil) async throws -> String {
    let path = yaml == nil ? nil : try file(yaml ?? "")
    do {
      _ = try await Settings(flags: [:], environment: environment, file: path)
      return ""
    } catch let wrong as Settings.Wrong {
      return wrong.description
    }
  }

  private func file(_ yaml: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "reglages-\(UUID().uuidString).yaml").path
    try Data(yaml.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func `what the register shows is one line, of a length`() async throws {
    let settings = try await Settings(
      flags: [:], environment: ["MARCHEPIED_PRIVACY_CONTACT": "dpo@exemple.fr"], file: nil)
    #expect(settings.privacy.contact == "dpo@exemple.fr" && settings.privacy.controller == nil)
    let long = String(repeating: "x", count: 301)
    for text in [long, "Ville\nde Val-Fleuri"] {
      #expect(try await refusal(["MARCHEPIED_PRIVACY_CONTROLLER": text]).contains("privacy.controller"))
    }
  }

  @Test func `without anything the defaults hold`() async throws {
    let settings = try await Settings(flags: [:], environment: ["PATH": "/bin", "HOME": "/"], file: nil)
    #expect(settings.database == "var/marchepied.sqlite" && settings.port == 8080 && settings.host == "127.0.0.1")
    #expect(settings.files == "var/files" && settings.share == nil)
  }

  @Test func `a flag comes before the environment, the environment before the file, the file before the default`()
    async throws
  {
    let path = try file("database:\n  url: fichier.sqlite\n  connections: 7\nhttp:\n  port: 1111\n  host: 0.0.0.0\n")
    let environment = ["MARCHEPIED_DATABASE_URL": "environnement.sqlite", "MARCHEPIED_HTTP_PORT": "2222"]
    let settings = try await Settings(flags: ["database.url": "option.sqlite"], environment: environment, file: path)
    #expect(settings.database == "option.sqlite")
    #expect(settings.port == 2222)
    #expect(settings.host == "0.0.0.0")
    #expect(settings.connections == 7)
    #expect(settings.statementTimeout == 60)
    var named = environment
    named["MARCHEPIED_CONFIG"] = path
    #expect(try await Settings(flags: [:], environment: named, file: nil).host == "0.0.0.0")
  }

  @Test(arguments: [
    ["MARCHEPIED_HTTP_PROT": "80"], ["MARCHEPIED_DATABASE": "x"], ["MARCHEPIED_": "x"], ["MARCHEPIED_FILES_": "x"],
  ])
  func `a variable that does not exist is refused with the list of those that do`(environment: [String: String])
    async throws
  {
    let text = try await refusal(environment)
    #expect(text.contains(environment.keys.first ?? "?"))
    for name in [
      "MARCHEPIED_HTTP_PORT", "MARCHEPIED_DATABASE_URL", "database.statement-timeout", "import.limit", "share",
    ] {
      #expect(text.contains(name), "\(text)")
    }
  }

  @Test(arguments: [
    ("http:\n  prot: 80\n", "http.prot"), ("base: x\n", "base"),
    ("http:\n  port:\n    nombre: 3\n", "http.port.nombre"),
    ("- une\n- liste\n", "clé: valeur"), ("http: [1\n", "YAML"),
  ])
  func `a key of the file that does not exist is refused with the list of those that do`(yaml: String, told: String)
    async throws
  {
    let text = try await refusal(yaml: yaml)
    #expect(text.contains(told) && text.contains("http.port (MARCHEPIED_HTTP_PORT)"), "\(text)")
  }

  @Test func `a file that is not there is said`() async throws {
    await #expect(throws: Settings.Wrong.self) {
      try await Settings(flags: [:], environment: [:], file: "/nulle/part.yaml")
    }
  }

  @Test(arguments: [
    ("HTTP_PORT", "65536"), ("HTTP_PORT", "-1"), ("HTTP_PORT", "http"), ("DATABASE_CONNECTIONS", "0"),
    ("DATABASE_CONNECTIONS", "65"), ("DATABASE_STATEMENT_TIMEOUT", "0"), ("DATABASE_STATEMENT_TIMEOUT", "3601"),
    ("IMPORT_LIMIT", "0"), ("IMPORT_LIMIT", "1,5"), ("LOG_LEVEL", "bavard"),
  ])
  func `a value outside its range is refused`(name: String, value: String) async throws {
    let text = try await refusal(["MARCHEPIED_\(name)": value])
    #expect(text.contains("«\u{202F}\(value)\u{202F}»"), "\(text)")
  }

  @Test(arguments: [("HTTP_PORT", "0"), ("HTTP_PORT", "65535"), ("DATABASE_CONNECTIONS", "64"), ("LOG_LEVEL", "DEBUG")])
  func `a value at the edge of its range is taken`(name: String, value: String) async throws {
    #expect(try await refusal(["MARCHEPIED_\(name)": value]).isEmpty)
  }
}
