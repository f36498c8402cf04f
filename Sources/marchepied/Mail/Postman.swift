import Casework
import Logging
import ServiceLifecycle

/// Sends, beside the pages, the messages that are due.
struct Postman: Service {
  let world: World
  let means: MailMeans
  let logger: Logger
  /// How long it sleeps at most, in milliseconds, so that a message that is queued meanwhile does not wait.
  var nap = 5000

  func run() async throws {
    var isReachable = true
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      var rest = nap
      do {
        // A message that is on its way is not given up: it ends within the mailer's own patience.
        let outcome = try await SendQueuedMail().run(as: .machineOperator, with: means, in: world)
        if !isReachable { logger.notice("courrier repris") }
        isReachable = true
        rest = told(outcome)
      } catch is CancellationError {
        return
      } catch {
        if isReachable { logger.error("courrier en attente, base injoignable", metadata: ["cause": "\(error)"]) }
        isReachable = false
      }
      let pause = Duration.milliseconds(rest)
      if rest > 0 { try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) } }
    }
  }

  /// Logs what came of a turn, without anything about its reader, and says how many milliseconds to sleep.
  private func told(_ outcome: SendQueuedMail.Outcome) -> Int {
    switch outcome {
    case .idle(let until):
      return until.map { Int(min(max($0 - means.now(), 50), Int64(nap))) } ?? nap
    case .sent: logger.info("courriel envoyé")
    case .delayed(_, let reason): logger.warning("courriel remis à plus tard", metadata: ["cause": "\(reason)"])
    case .failed(let reason): logger.error("courriel abandonné", metadata: ["cause": "\(reason)"])
    case .expired: logger.warning("courriel périmé, pas envoyé")
    case .lost: logger.warning("courriel repris par un autre poste")
    }
    return 0
  }
}
