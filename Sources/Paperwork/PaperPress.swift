import Clauses
import Foundation
import Subprocess
import SystemPackage

/// Lays documents out: PDF by Typst, one process of the project's private Python for a whole batch; Word and LibreOffice
/// by pandoc, one process a document.
///
/// Texts go through files of a private folder that is removed afterwards, never through arguments or environment, and
/// reach both programs as values, never as markup. The same documents give the same bytes. In PDF, signs that the font
/// lacks are named by their code, `[U+1F600]`, for the standards allow no empty box.
public struct PaperPress: Sendable {
  /// The folder of fixed files that holds `paperwork/`.
  public let share: String
  /// The private Python with the compiler in it.
  public let python: String
  /// The program pandoc, looked for in `PATH` where it is no path itself.
  public let pandoc: String
  /// The folder of Liberation Sans.
  public var fonts = "/usr/share/fonts/truetype/liberation2"
  /// After how many seconds a whole call is given up and its program stopped.
  public var patience = 60
  /// The most bytes that a file may have.
  public var limit = 50_000_000

  /// A press; programs and files are looked for only when something is printed.
  public init(share: String, python: String, pandoc: String = "pandoc") {
    self.share = share
    self.python = python
    self.pandoc = pandoc
  }

  /// The files, in the order of the documents; either all or none.
  public func print(_ papers: [Paper], as format: PaperFormat) async throws(PaperFailure) -> [[UInt8]] {
    guard !papers.isEmpty else { return [] }
    let folder: PrivateFolder
    do { folder = try PrivateFolder() } catch { throw .noRoom }
    defer { folder.remove() }
    let papers = papers.map(\.proof)
    let outcome = await withTaskGroup(of: Result<[[UInt8]], PaperFailure>.self) { group in
      group.addTask {
        do throws(PaperFailure) {
          switch format {
          case .pdf: return .success(try await pages(papers, folder))
          case .docx, .odt: return .success(try await files(papers, format, folder))
          }
        } catch {
          return .failure(Task.isCancelled ? .interrupted : error)
        }
      }
      group.addTask {
        do { try await Task.sleep(for: .seconds(patience)) } catch { return .failure(.interrupted) }
        return .failure(.late(seconds: patience))
      }
      let first = await group.next() ?? .failure(.interrupted)
      group.cancelAll()
      // The folder must outlive the program.
      await group.waitForAll()
      return first
    }
    return try outcome.get()
  }
}

/// PDF.
extension PaperPress {
  /// What the worker reads.
  private struct Job: Encodable {
    struct Document: Encodable {
      struct Content: Encodable {
        let paper: Paper
        let day: String
      }
      let data: Content
      let day: String
      let output: String
    }
    let fonts: [String]
    let limit: Int
    let documents: [Document]
  }

  private func pages(_ papers: [Paper], _ folder: PrivateFolder) async throws(PaperFailure) -> [[UInt8]] {
    let worker = "\(share)/paperwork/press.py"
    guard FileManager.default.fileExists(atPath: worker) else { throw .absentFile(worker) }
    let job = Job(
      fonts: [fonts], limit: limit,
      documents: papers.enumerated().map { index, paper in
        Job.Document(
          data: .init(paper: paper, day: paper.dateInWords), day: paper.date.description,
          output: "\(folder.path)/\(index).pdf")
      })
    let path: String
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      path = try folder.write(Array(encoder.encode(job)), as: "job.json")
    } catch { throw .noRoom }
    let (code, words) = try await run(python, .python, ["-I", "-B", worker, path], folder)
    switch code {
    case 0: break
    case 3: throw .absentProgram(.typst)
    case 4: throw .absentFile(words.trimmingCharacters(in: .whitespacesAndNewlines))
    case 6: throw .tooLarge(limit: limit)
    default: throw .refused(.typst, words: words)
    }
    var files: [[UInt8]] = []
    for index in papers.indices {
      let bytes = try result("\(index).pdf", .pdf, folder)
      guard bytes.starts(with: "%PDF-".utf8) else { throw .unreadable(.pdf) }
      files.append(bytes)
    }
    return files
  }
}

/// Word and LibreOffice.
extension PaperPress {
  private func files(
    _ papers: [Paper], _ format: PaperFormat, _ folder: PrivateFolder
  ) async throws(PaperFailure) -> [[UInt8]] {
    let model = "\(share)/paperwork/reference.\(format.fileEnding)"
    guard FileManager.default.fileExists(atPath: model) else { throw .absentFile(model) }
    var files: [[UInt8]] = []
    for (index, paper) in papers.enumerated() {
      let input: String
      do { input = try folder.write(PandocTree(paper, format).json(), as: "\(index).json") } catch { throw .noRoom }
      let name = "\(index).\(format.fileEnding)"
      let (code, words) = try await run(
        pandoc, .pandoc,
        [
          "--from=json", "--to=\(format.fileEnding)", "--standalone", "--data-dir=\(folder.path)",
          "--reference-doc=\(model)", "--output=\(folder.path)/\(name)", input,
        ], folder, epoch: Int(paper.date.number) * 86_400)
      guard code == 0 else { throw .refused(.pandoc, words: words) }
      files.append(try finished(result(name, format, folder), paper, format))
    }
    return files
  }

  /// The file as ``Finish`` leaves it, packed anew with one date.
  private func finished(_ bytes: [UInt8], _ paper: Paper, _ format: PaperFormat) throws(PaperFailure) -> [UInt8] {
    guard let members = ZipFile.members(of: bytes, limit: limit * 10),
      let packed = ZipFile.packed(Finish(paper, format).applied(to: members), date: paper.date)
    else { throw .unreadable(format) }
    return packed
  }
}

/// Programs.
extension PaperPress {
  private func result(_ name: String, _ format: PaperFormat, _ folder: PrivateFolder) throws(PaperFailure) -> [UInt8] {
    guard let bytes = folder.read(name, limit: limit) else { throw .unreadable(format) }
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }

  /// Runs a program to its end; cancelled, it is killed.
  private func run(
    _ path: String, _ program: PaperFailure.Program, _ arguments: [String], _ folder: PrivateFolder, epoch: Int = 0
  ) async throws(PaperFailure) -> (code: Int, words: String) {
    let executable: Executable = path.contains("/") ? .path(FilePath(path)) : .name(path)
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    do {
      let result = try await Subprocess.run(
        executable, arguments: Arguments(arguments),
        // Nothing of the account's own files and settings.
        environment: .custom([
          "PATH": search, "LC_ALL": "C.UTF-8", "HOME": folder.path, "TMPDIR": folder.path, "TZ": "UTC",
          "SOURCE_DATE_EPOCH": String(max(epoch, 0)),
        ]),
        workingDirectory: FilePath(folder.path), input: .none, output: .discarded, error: .string(limit: 65_536))
      guard case .exited(let code) = result.terminationStatus else {
        return (-1, "\(result.terminationStatus) \(result.standardError)")
      }
      return (Int(code), result.standardError)
    } catch {
      if Task.isCancelled { throw .interrupted }
      let isAbsent =
        (error as? SubprocessError)?.code == .executableNotFound
        || path.contains("/") && !FileManager.default.isExecutableFile(atPath: path)
      throw isAbsent ? .absentProgram(program) : .refused(program, words: "\(error)")
    }
  }
}
