import Metrics
import Testing

@testable import Site

struct PrometheusTests {
  @Test func `counters, gauges and histograms are written in the text form`() {
    let metrics = PrometheusMetrics()
    metrics.makeCounter(label: "import.records", dimensions: [("outcome", "new")]).increment(by: 3)
    metrics.makeCounter(label: "import.records", dimensions: [("outcome", "new")]).increment(by: 2)
    metrics.makeMeter(label: "queue", dimensions: []).set(2.5)
    let timer = metrics.makeTimer(label: "request", dimensions: [])
    timer.recordNanoseconds(700_000)
    timer.recordNanoseconds(20_000_000_000)
    let text = metrics.text()
    #expect(text.contains("# TYPE import_records_total counter\nimport_records_total{outcome=\"new\"} 5\n"))
    #expect(text.contains("# TYPE queue gauge\nqueue 2.5\n"))
    #expect(text.contains("# TYPE request_seconds histogram\n"))
    #expect(text.contains("request_seconds_bucket{le=\"0.0005\"} 0\n"))
    #expect(text.contains("request_seconds_bucket{le=\"0.001\"} 1\n"))
    #expect(text.contains("request_seconds_bucket{le=\"10\"} 1\n"))
    #expect(text.contains("request_seconds_bucket{le=\"+Inf\"} 2\n"))
    #expect(text.contains("request_seconds_count 2\n"))
    #expect(text.contains("request_seconds_sum 20.0007\n"))
  }

  @Test func `a label's value is escaped and its name made legal`() {
    let metrics = PrometheusMetrics()
    metrics.makeCounter(label: "a", dimensions: [("été 1", "l\"un\\deux\n")]).increment(by: 1)
    #expect(metrics.text().contains("a_total{__t___1=\"l\\\"un\\\\deux\\n\"} 1\n"))
  }

  @Test func `past the capacity, labels are counted together`() {
    let metrics = PrometheusMetrics(capacity: 10)
    for index in 0..<100 { metrics.makeCounter(label: "a", dimensions: [("id", "\(index)")]).increment(by: 1) }
    let lines = metrics.text().split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.contains("a_total{overflow=\"true\"} 90"))
  }

  @Test func `a name of one kind is not written under another`() {
    let metrics = PrometheusMetrics()
    metrics.makeMeter(label: "x_total", dimensions: []).set(1.0)
    metrics.makeCounter(label: "x", dimensions: []).increment(by: 5)
    #expect(metrics.text() == "# TYPE x_total gauge\nx_total 1\n")
  }
}
