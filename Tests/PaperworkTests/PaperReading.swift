import Foundation
import Paperwork
import Subprocess
import SystemPackage

/// A program that only tests need.
enum Tool {
  static let pandoc = find("pandoc")
  static let pdftotext = find("pdftotext")
  static let pdfinfo = find("pdfinfo")
  static let hasTypst =
    FileManager.default.isExecutableFile(atPath: press.python)
    && FileManager.default.fileExists(atPath: press.fonts)
    && !((try? FileManager.default.subpathsOfDirectory(
      atPath: URL(filePath: press.python).deletingLastPathComponent().deletingLastPathComponent().path + "/lib")) ?? [])
      .filter { $0.hasSuffix("site-packages/typst/__init__.py") }.isEmpty

  /// Whether documents of this format can be printed here.
  static func prints(_ format: PaperFormat) -> Bool { format == .pdf ? hasTypst : pandoc != nil }

  /// All formats can be printed and their words read.
  static let canRead = hasTypst && pandoc != nil && pdfinfo != nil && pdftotext != nil

  static func find(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func output(_ program: String, _ arguments: [String]) async throws -> String {
    try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), output: .string(limit: 50_000_000), error: .discarded
    ).standardOutput
  }
}

/// A folder of this test alone.
struct Scratch: ~Copyable {
  let path: String

  init() throws {
    path = "\(NSTemporaryDirectory())/paperwork-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], as name: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  /// A program that is this shell script.
  func script(_ text: String, as name: String = "program") throws -> String {
    let path = try write(Array("#!/bin/sh\n\(text)\n".utf8), as: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }
}

/// The words of a printed file in reading order, without spaces and line ends.
func words(of bytes: [UInt8], _ format: PaperFormat) async throws -> String {
  switch format {
  case .pdf:
    let scratch = try Scratch()
    let path = try scratch.write(bytes, as: "a.pdf")
    return try await Tool.output(Tool.pdftotext ?? "", ["-raw", path, "-"]).tight
  case .docx: return try await plain(member("word/document.xml", of: bytes)).tight
  case .odt: return try await plain(member("content.xml", of: bytes)).tight
  }
}

/// A file inside a ZIP, read by another program than ours.
func member(_ name: String, of bytes: [UInt8]) async throws -> String {
  let scratch = try Scratch()
  let path = try scratch.write(bytes, as: "a.zip")
  let reading = "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))"
  return try await Tool.output(Tool.find("python3") ?? press.python, ["-c", reading, path, name])
}

/// XML without its tags.
func plain(_ xml: String) -> String {
  var text = xml.replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
  for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
    text = text.replacingOccurrences(of: entity, with: sign)
  }
  return text
}

/// How often a text occurs.
func count(of text: String, in whole: String) -> Int { whole.components(separatedBy: text).count - 1 }

/// Whether a text stands in a long one, sign for sign.
func holds(_ whole: String, _ text: String) -> Bool { whole.range(of: text, options: .literal) != nil }

extension String {
  /// The text without spaces and line ends.
  var tight: String { String(String.UnicodeScalarView(unicodeScalars.filter { !$0.properties.isWhitespace })) }
}
