import CoreMetrics
import Synchronization

/// One measure with its labels, which can write its lines.
protocol Measure: AnyObject, Sendable {
  func write(name: String, labels: String, into text: inout String)
}

/// A number that only grows.
final class CounterMeasure: Measure, CounterHandler {
  private let value = Atomic<Int64>(0)

  func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }

  func reset() { value.store(0, ordering: .relaxed) }

  func write(name: String, labels: String, into text: inout String) {
    text += PrometheusText.line(name, labels, String(value.load(ordering: .relaxed)))
  }
}

/// A number that comes and goes.
final class GaugeMeasure: Measure, MeterHandler, RecorderHandler {
  private let value = Mutex<Double>(0)

  func set(_ number: Int64) { set(Double(number)) }

  func set(_ number: Double) { value.withLock { $0 = number } }

  func increment(by amount: Double) { value.withLock { $0 += amount } }

  func decrement(by amount: Double) { value.withLock { $0 -= amount } }

  func record(_ number: Int64) { set(Double(number)) }

  func record(_ number: Double) { set(number) }

  func write(name: String, labels: String, into text: inout String) {
    text += PrometheusText.line(name, labels, PrometheusText.number(value.withLock { $0 }))
  }
}

/// How many values fell under each bound, their number and their sum.
final class HistogramMeasure: Measure, TimerHandler, RecorderHandler {
  /// Bounds for durations, in seconds: from half a millisecond to ten seconds.
  static let durations: [Double] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  /// Bounds for anything else: powers of ten.
  static let magnitudes: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]

  private struct State {
    var counts: [Int64]
    var count: Int64 = 0
    var sum = 0.0
  }

  private let bounds: [Double]
  private let state: Mutex<State>

  init(bounds: [Double]) {
    self.bounds = bounds
    state = Mutex(State(counts: Array(repeating: 0, count: bounds.count)))
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ number: Int64) { record(Double(number)) }

  func record(_ number: Double) {
    guard !number.isNaN else { return }
    let index = bounds.firstIndex { number <= $0 }
    state.withLock { state in
      if let index { state.counts[index] += 1 }
      state.count += 1
      state.sum += number
    }
  }

  func write(name: String, labels: String, into text: inout String) {
    let (counts, count, sum) = state.withLock { ($0.counts, $0.count, $0.sum) }
    let prefix = labels.isEmpty ? "" : "\(labels),"
    var cumulated: Int64 = 0
    for (bound, inside) in zip(bounds, counts) {
      cumulated += inside
      let le = "\(prefix)le=\"\(PrometheusText.number(bound))\""
      text += PrometheusText.line("\(name)_bucket", le, String(cumulated))
    }
    text += PrometheusText.line("\(name)_bucket", "\(prefix)le=\"+Inf\"", String(count))
    text += PrometheusText.line("\(name)_sum", labels, PrometheusText.number(sum))
    text += PrometheusText.line("\(name)_count", labels, String(count))
  }
}
