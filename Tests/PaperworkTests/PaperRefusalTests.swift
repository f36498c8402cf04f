import Foundation
import Paperwork
import Testing

/// What happens when a program is absent, slow, broken or too generous; programs are scripts here.
@Suite struct PaperRefusalTests {
  private func press(python: String = "/nowhere/python", pandoc: String = "/nowhere/pandoc") -> PaperPress {
    PaperPress(share: PaperworkTests.press.share, python: python, pandoc: pandoc)
  }

  @Test func `an absent program is named with how to get it`() async throws {
    let scratch = try Scratch()
    await #expect(throws: PaperFailure.absentProgram(.python)) { try await press().print([.usual], as: .pdf) }
    await #expect(throws: PaperFailure.absentProgram(.pandoc)) { try await press().print([.usual], as: .docx) }
    await #expect(throws: PaperFailure.absentProgram(.pandoc)) {
      try await press(pandoc: "no-such-pandoc").print([.usual], as: .odt)
    }
    let withoutTypst = try scratch.script("exit 3")
    await #expect(throws: PaperFailure.absentProgram(.typst)) {
      try await press(python: withoutTypst).print([.usual], as: .pdf)
    }
    #expect(PaperFailure.absentProgram(.pandoc).description.contains("«\u{202F}apt install pandoc\u{202F}»"))
    #expect(PaperFailure.absentProgram(.typst).description.contains("setup/install"))
    #expect(PaperFailure.absentProgram(.python).description.contains("PDF\u{202F}: "))
  }

  @Test(arguments: PaperFormat.allCases) func `an absent fixed file is named`(format: PaperFormat) async throws {
    let press = PaperPress(share: "/nowhere", python: "/bin/sh", pandoc: "/bin/sh")
    let file = format == .pdf ? "press.py" : "reference.\(format.fileEnding)"
    await #expect(throws: PaperFailure.absentFile("/nowhere/paperwork/\(file)")) {
      try await press.print([.usual], as: format)
    }
  }

  @Test(.enabled(if: Tool.hasTypst, "typst absent")) func `an absent font is named`() async throws {
    var press = PaperworkTests.press
    press.fonts = "/nowhere/fonts"
    await #expect(throws: PaperFailure.absentFile("/nowhere/fonts")) { try await press.print([.usual], as: .pdf) }
  }

  @Test(.enabled(if: Tool.hasTypst && Tool.pandoc != nil, "typst or pandoc absent"), arguments: PaperFormat.allCases)
  func `a file past the limit is refused`(format: PaperFormat) async throws {
    var press = PaperworkTests.press
    press.limit = 3000
    await #expect(throws: PaperFailure.tooLarge(limit: 3000)) { try await press.print([.usual], as: format) }
  }

  @Test func `a slow program is stopped`() async throws {
    let scratch = try Scratch()
    var press = press(python: try scratch.script("echo $$ >'\(scratch.path)/pid'; exec sleep 600"))
    press.patience = 1
    await #expect(throws: PaperFailure.late(seconds: 1)) { try await press.print([.usual], as: .pdf) }
    let process = try #require(pid(in: scratch.path))
    #expect(kill(process, 0) != 0)
  }

  @Test func `whoever no longer waits stops the program`() async throws {
    let scratch = try Scratch()
    let press = press(
      python: try scratch.script("pwd >'\(scratch.path)/folder'; echo $$ >'\(scratch.path)/pid'; exec sleep 600"))
    let printing = Task { try await press.print([.usual], as: .pdf) }
    while pid(in: scratch.path) == nil { try await Task.sleep(for: .milliseconds(10)) }
    printing.cancel()
    await #expect(throws: PaperFailure.interrupted) { try await printing.value }
    #expect(kill(try #require(pid(in: scratch.path)), 0) != 0)
    let folder = try String(contentsOfFile: "\(scratch.path)/folder", encoding: .utf8)
    #expect(!FileManager.default.fileExists(atPath: folder.trimmingCharacters(in: .newlines)))
  }

  @Test func `a program that fails or writes nonsense is reported`() async throws {
    let scratch = try Scratch()
    let failing = try scratch.script("echo 'no room' >&2; exit 5", as: "failing")
    await #expect(throws: PaperFailure.refused(.typst, words: "no room\n")) {
      try await press(python: failing).print([.usual], as: .pdf)
    }
    await #expect(throws: PaperFailure.refused(.pandoc, words: "no room\n")) {
      try await press(pandoc: failing).print([.usual], as: .odt)
    }
    let silent = try scratch.script("exit 0", as: "silent")
    await #expect(throws: PaperFailure.unreadable(.pdf)) { try await press(python: silent).print([.usual], as: .pdf) }
    let nonsense = try scratch.script("echo nonsense >0.pdf; echo nonsense >0.docx", as: "nonsense")
    await #expect(throws: PaperFailure.unreadable(.pdf)) { try await press(python: nonsense).print([.usual], as: .pdf) }
    await #expect(throws: PaperFailure.unreadable(.docx)) {
      try await press(pandoc: nonsense).print([.usual], as: .docx)
    }
    let failure = PaperFailure.refused(.typst, words: "Jeanne Martin")
    #expect(!failure.description.contains("Martin"))
    #expect(failure.debugDescription.contains("Martin"))
  }

  @Test(arguments: PaperFormat.allCases) func `no text reaches arguments or environment`(format: PaperFormat)
    async throws
  {
    let scratch = try Scratch()
    let spy = try scratch.script(
      "{ printf '%s\\n' \"$@\"; env; ls -ld .; ls -l; pwd; } >'\(scratch.path)/seen'; exit 9")
    var paper = Paper.usual
    paper.title = "TITRESECRET"
    paper.number = "NUMEROSECRET"
    await #expect(throws: PaperFailure.self) { try await press(python: spy, pandoc: spy).print([paper], as: format) }
    let seen = try String(contentsOfFile: "\(scratch.path)/seen", encoding: .utf8)
    #expect(!seen.contains("SECRET"))
    #expect(seen.contains("drwx------"))
    #expect(seen.contains("-rw------- "))
    let folder = try #require(seen.split(separator: "\n").last)
    #expect(!FileManager.default.fileExists(atPath: String(folder)))
  }

  private func pid(in folder: String) -> pid_t? {
    (try? String(contentsOfFile: "\(folder)/pid", encoding: .utf8)).flatMap {
      pid_t($0.trimmingCharacters(in: .newlines))
    }
  }
}
