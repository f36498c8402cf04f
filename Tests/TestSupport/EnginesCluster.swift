import Foundation
public import Storage

/// A PostgreSQL server that belongs to the test process: on the loopback, in a temporary folder, gone when the process
/// is.
///
/// It starts with the first test that asks. A shell that holds the other end of a pipe stops it and removes its folder
/// when the process ends, however it ends. `MARCHEPIED_TEST_POSTGRES` (keywords and values, without `dbname`) names an
/// existing server to use instead.
public actor PrivateCluster {
  /// The one that `withDatabase` uses. A test that stops its server makes one of its own.
  public static let shared = PrivateCluster()

  /// A server that answers.
  public struct Server: Sendable {
    let keywords: String
    let tools: String

    /// The address of one of its databases.
    public func address(database: String) -> String { "\(keywords) dbname=\(database)" }
  }

  /// A sentence that tells what is missing.
  public struct Failure: Error, CustomStringConvertible {
    /// What went wrong and how to mend it.
    public let description: String
  }

  private var starting: Task<Server, any Error>?
  private var supervisor: Process?
  private var commands: FileHandle?
  private var folder: URL?
  private var port = 0
  private var databases = 0
  private var templates: [String: Task<String, any Error>] = [:]

  /// A server that is not started yet.
  public init() {}

  /// The server, started if it was not.
  public func running() async throws -> Server {
    if let starting { return try await starting.value }
    let task = Task { try await start() }
    starting = task
    return try await task.value
  }

  /// Stops the server: politely, or at once as a crash would.
  public func stop(atOnce: Bool = false) async throws {
    try send(atOnce ? "crash" : "stop")
    try await wait(until: "the server has stopped") { state in state == nil }
  }

  /// Starts the server again on the same port.
  public func startAgain() async throws {
    try send("start")
    try await wait(until: "the server answers") { state in state == "ready" }
  }

  /// Ends the server and removes its folder, before the process ends.
  public func close() {
    try? commands?.close()
    commands = nil
  }

  /// Creates an empty database, or one copied from a template to which these migrations were applied once.
  public func createDatabase(migrations: [Migration] = []) async throws -> String {
    let server = try await running()
    let template = try await template(migrations)
    let name = nextName("test")
    try await query(server, "CREATE DATABASE \(name) TEMPLATE \(template)")
    return name
  }

  /// Removes a database and whoever is still connected to it.
  public func dropDatabase(_ name: String) async {
    guard let server = try? await running() else { return }
    try? await query(server, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  private func nextName(_ prefix: String) -> String {
    databases += 1
    return "\(prefix)_\(ProcessInfo.processInfo.processIdentifier)_\(databases)"
  }

  private func template(_ migrations: [Migration]) async throws -> String {
    guard !migrations.isEmpty else { return "template0" }
    let key = migrations.map { "\($0.number)\($0.digest(for: .postgres))" }.joined()
    if let known = templates[key] { return try await known.value }
    let name = nextName("template")
    let task = Task {
      let server = try await running()
      try await query(server, "CREATE DATABASE \(name) TEMPLATE template0")
      var settings = PostgresSettings(server.address(database: name))
      settings.connections = 1
      let database = PostgresDatabase(settings)
      try await Migrator(migrations).run(on: database)
      try await database.close()
      return name
    }
    templates[key] = task
    return try await task.value
  }

  private func start() async throws -> Server {
    let tools = try Self.findTools()
    if let existing = ProcessInfo.processInfo.environment["MARCHEPIED_TEST_POSTGRES"], !existing.isEmpty {
      return Server(keywords: existing, tools: tools)
    }
    Self.sweep()
    let isRoot = getuid() == 0
    let id = ProcessInfo.processInfo.processIdentifier
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "marchepied-postgres-\(id)-\(UUID().uuidString)")
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if isRoot { try await Self.run("/bin/chown", ["postgres", folder.path]) }
    let user = isRoot ? ["-u", "postgres", "--"] : []
    func asUser(_ arguments: [String]) -> (tool: String, arguments: [String]) {
      isRoot ? ("/usr/sbin/runuser", user + arguments) : ("/usr/bin/env", arguments)
    }
    let data = folder.appending(path: "data").path
    let initdb = asUser([
      "\(tools)/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8",
      "--no-sync",
    ])
    try await Self.run(initdb.tool, initdb.arguments)
    for _ in 0..<8 {
      port = Int.random(in: 20_000..<32_000)
      let supervisor = asUser(["/bin/sh", "-c", Self.supervision, "supervisor", tools, folder.path, "\(port)"])
      let process = Process()
      process.executableURL = URL(filePath: supervisor.tool)
      process.arguments = supervisor.arguments
      process.currentDirectoryURL = folder
      let pipe = Pipe()
      process.standardInput = pipe
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try Self.withSignalsOpen { try process.run() }
      self.supervisor = process
      commands = pipe.fileHandleForWriting
      try send("start")
      do {
        try await wait(until: "the server answers") { state in state == "ready" }
        return Server(keywords: "host=127.0.0.1 port=\(port) user=postgres", tools: tools)
      } catch {
        try send("leave")
        process.waitUntilExit()
      }
    }
    let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? ""
    throw Failure(description: "PostgreSQL does not start in \(folder.path). Its log ends with: \(log.suffix(800))")
  }

  /// Runs and stops the server on command; at the end of its input it stops it for good and removes the folder.
  private static let supervision = """
    trap '' INT HUP TERM
    tools=$1; folder=$2; port=$3; server=
    end() { if [ -n "$server" ]; then kill "-$1" "$server"; wait "$server"; server=; fi; }
    while read -r command; do
      case $command in
        start)
          "$tools/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \\
            -c fsync=off -c full_page_writes=off -c max_connections=400 \\
            -c shared_buffers=128MB -c log_min_messages=warning </dev/null >>"$folder/log" 2>&1 &
          server=$! ;;
        stop) end INT ;;
        crash) end QUIT ;;
        leave) end INT; exit ;;
      esac
    done
    end INT
    cd /
    rm -rf "$folder"
    """

  private func send(_ command: String) throws {
    try commands?.write(contentsOf: Data("\(command)\n".utf8))
  }

  /// Looks at the state that the server writes in its own folder, for up to 15 seconds.
  private func wait(until what: String, _ isReached: (String?) -> Bool) async throws {
    guard let file = folder?.appending(path: "data/postmaster.pid") else {
      throw Failure(description: "The PostgreSQL of MARCHEPIED_TEST_POSTGRES cannot be stopped or started by a test.")
    }
    for _ in 0..<300 {
      let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(
        separator: "\n", omittingEmptySubsequences: false)
      let state = lines.map { $0.count > 7 ? $0[7].trimmingCharacters(in: .whitespaces) : "starting" }
      if isReached(state) { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Failure(description: "Waited 15 seconds in vain until \(what).")
  }

  private func query(_ server: Server, _ text: String) async throws {
    try await Self.run(
      "\(server.tools)/psql",
      ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", server.address(database: "postgres"), "-c", text])
  }

  private static func findTools() throws -> String {
    let manager = FileManager.default
    let root = "/usr/lib/postgresql"
    let versions = ((try? manager.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }.sorted(by: >)
    let places = versions.map { "\(root)/\($0)/bin" } + ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"]
    guard let found = places.first(where: { manager.isExecutableFile(atPath: "\($0)/initdb") }) else {
      throw Failure(
        description: "PostgreSQL is not installed, and the storage tests need it: apt-get install postgresql-15 "
          + "(no service has to run), or name a server in MARCHEPIED_TEST_POSTGRES and install postgresql-client.")
    }
    return found
  }

  /// Threads of the test process hold signals back; a shell that inherits this never learns that its child has ended.
  private static func withSignalsOpen(_ body: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// Removes what processes left behind whose supervisor was killed too.
  private static func sweep() {
    let manager = FileManager.default
    let root = manager.temporaryDirectory
    for name in (try? manager.contentsOfDirectory(atPath: root.path)) ?? [] where name.hasPrefix("marchepied-postgres-")
    {
      let parts = name.split(separator: "-")
      guard parts.count > 2, let owner = pid_t(parts[2]), kill(owner, 0) != 0, errno == ESRCH else { continue }
      let folder = root.appending(path: name)
      let file = try? String(contentsOf: folder.appending(path: "data/postmaster.pid"), encoding: .utf8)
      if let line = file?.split(separator: "\n").first, let server = pid_t(line) { kill(server, SIGQUIT) }
      try? manager.removeItem(at: folder)
    }
  }

  private static func run(_ tool: String, _ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: "/")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
    guard status == 0 else {
      let text = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
      throw Failure(description: "\(tool) failed (\(status)): \(text)")
    }
  }
}
