public import CoreMetrics
import Synchronization

/// Keeps the program's measures in memory and writes them in Prometheus' text form (version 0.0.4).
///
/// Counters and meters become `counter` and `gauge`; timers become a `histogram` in seconds; recorders a `histogram`, or a `gauge` when they do not aggregate.
/// A measure holds at most `capacity` combinations of labels: later ones are counted together under `overflow="true"`, so that no client can fill the memory.
public final class PrometheusMetrics: MetricsFactory, Sendable {
  private struct Family {
    let kind: MeasureKind
    var series: [String: any Measure] = [:]
  }

  private let families = Mutex<[String: Family]>([:])
  private let capacity: Int

  /// An empty set of measures.
  public init(capacity: Int = 1000) { self.capacity = capacity }

  /// Everything measured so far, in the order of names.
  public func text() -> String {
    let snapshot = families.withLock { $0 }
    var text = ""
    for (name, family) in snapshot.sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for (labels, measure) in family.series.sorted(by: { $0.key < $1.key }) {
        measure.write(name: name, labels: labels, into: &text)
      }
    }
    return text
  }

  /// A counter; its name ends in `_total`.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    let name = PrometheusText.name(label, suffix: "_total")
    return cell(name, .counter, dimensions) { CounterMeasure() } ?? CounterMeasure()
  }

  /// A gauge.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    cell(PrometheusText.name(label), .gauge, dimensions) { GaugeMeasure() } ?? GaugeMeasure()
  }

  /// A histogram of powers of ten where it aggregates, otherwise a gauge of the last value.
  public func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    let name = PrometheusText.name(label)
    guard aggregate else { return cell(name, .gauge, dimensions) { GaugeMeasure() } ?? GaugeMeasure() }
    let make = { HistogramMeasure(bounds: HistogramMeasure.magnitudes) }
    return cell(name, .histogram, dimensions, make) ?? make()
  }

  /// A histogram of seconds; its name ends in `_seconds`.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    let make = { HistogramMeasure(bounds: HistogramMeasure.durations) }
    return cell(PrometheusText.name(label, suffix: "_seconds"), .histogram, dimensions, make) ?? make()
  }

  /// Measures are kept for the life of the program.
  public func destroyCounter(_ handler: any CounterHandler) {}
  /// Measures are kept for the life of the program.
  public func destroyMeter(_ handler: any MeterHandler) {}
  /// Measures are kept for the life of the program.
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  /// Measures are kept for the life of the program.
  public func destroyTimer(_ handler: any TimerHandler) {}

  /// The cell of these labels; nil where the name is already taken by another kind of measure, which then goes unseen.
  private func cell<Cell: Measure>(
    _ name: String, _ kind: MeasureKind, _ dimensions: [(String, String)], _ make: () -> Cell
  ) -> Cell? {
    families.withLock { families in
      var family = families[name] ?? Family(kind: kind)
      guard family.kind == kind else { return nil }
      var labels = PrometheusText.labels(dimensions)
      if family.series[labels] == nil, family.series.count >= capacity { labels = "overflow=\"true\"" }
      if let known = family.series[labels] { return known as? Cell }
      let fresh = make()
      family.series[labels] = fresh
      families[name] = family
      return fresh
    }
  }
}

/// The kinds of the text form.
enum MeasureKind: String { case counter, gauge, histogram }

/// Names, labels and numbers as the text form wants them.
enum PrometheusText {
  /// Letters, digits, `_` and `:`; everything else becomes `_`.
  static func name(_ label: String, suffix: String = "") -> String {
    var name = sanitised(label)
    if !name.hasSuffix(suffix) { name += suffix }
    return name
  }

  /// `a="1",b="2"` in the order of names.
  static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.sorted { $0.0 < $1.0 }.map { "\(sanitised($0.0))=\"\(escaped($0.1))\"" }.joined(separator: ",")
  }

  /// One line.
  static func line(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
  }

  /// A number; Swift's own words for the special ones are not Prometheus'.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }

  private static func sanitised(_ text: String) -> String {
    var bytes = text.utf8.map { byte in
      switch byte {
      case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x5F: byte
      default: UInt8(ascii: "_")
      }
    }
    if let first = bytes.first, (0x30...0x39).contains(first) { bytes.insert(UInt8(ascii: "_"), at: 0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escaped(_ value: String) -> String {
    var result = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
