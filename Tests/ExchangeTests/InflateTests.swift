import Foundation
import Testing

@testable import Exchange

/// A gzip member of stored blocks (RFC 1951 and 1952), made by hand.
private func gzip(_ text: String, blockOf size: Int = 20_000) -> [UInt8] {
  let bytes = Array(text.utf8)
  var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var start = 0
  repeat {
    let block = bytes[start..<min(start + size, bytes.count)]
    start += block.count
    let count = UInt16(block.count)
    member.append(start == bytes.count ? 1 : 0)
    for half in [count, ~count] { member += [UInt8(half & 255), UInt8(half >> 8)] }
    member += block
  } while start < bytes.count
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  for word in [~crc, UInt32(bytes.count)] {
    for shift in [0, 8, 16, 24] { member.append(UInt8(word >> UInt32(shift) & 255)) }
  }
  return member
}

private let text = "[" + (1...400).map { contract(id: "\"\($0)\"") }.joined(separator: ",\n") + "]"

@Test func `a compressed file is read like the plain one`() throws {
  let file = try ScratchFile(gzip(text), suffix: ".dat")
  let mapped = try MappedFile.open(file.path)
  #expect(mapped.isCompressed)
  #expect(mapped.count == text.utf8.count)
  let read = try readAwards(atPath: file.path)
  #expect(read.notices.count == 400)
  #expect(read.raw[399] == contract(id: "\"400\""))
  let range = read.records[399].range
  #expect(try MappedFile.bytes(range, of: file.path) == Array(contract(id: "\"400\"").utf8))
}

@Test func `raw bytes of a plain file are found without keeping it open`() throws {
  let file = try ScratchFile("0123456789")
  #expect(try MappedFile.bytes(3..<6, of: file.path) == Array("345".utf8))
  #expect(try MappedFile.bytes(8..<99, of: file.path) == Array("89".utf8))
}

@Test func `several members in a row, with or without zeros after them, are one file`() throws {
  let half = text.index(text.startIndex, offsetBy: 9000)
  for tail in [[], [UInt8](repeating: 0, count: 700)] {
    let file = try ScratchFile(gzip(String(text[..<half])) + gzip(String(text[half...])) + tail)
    #expect(try readAwards(atPath: file.path).notices.count == 400)
  }
}

@Test func `a cut compressed file is told, wherever it is cut`() throws {
  let whole = gzip(text)
  for count in [3, 10, 12, 5000, whole.count - 9, whole.count - 1] {
    let file = try ScratchFile(whole.prefix(count))
    let failure = #expect(throws: ReadingFailure.self) { try MappedFile.open(file.path) }
    #expect(failure?.kind == .truncatedGzip, "\(count)")
    #expect(failure?.description.contains("incomplet") == true)
  }
}

@Test func `a damaged compressed file is told`() throws {
  var damaged = gzip(text)
  damaged[5000] ^= 1
  for bytes in [damaged, gzip(text) + Array("reste".utf8)] {
    let file = try ScratchFile(bytes)
    let failure = #expect(throws: ReadingFailure.self) { try MappedFile.open(file.path) }
    #expect(failure?.kind == .damagedGzip)
  }
}

@Test func `a file that would grow past the limit is stopped`() throws {
  let file = try ScratchFile(gzip(text))
  let failure = #expect(throws: ReadingFailure.self) { try MappedFile.open(file.path, limit: 10_000) }
  #expect(failure?.kind == .tooLarge)
  #expect(failure?.description.contains("10\u{202F}000") == true)
  #expect(try MappedFile.open(file.path, limit: text.utf8.count).count == text.utf8.count)
}

@Test func `a temporary folder that is not there is told`() throws {
  let file = try ScratchFile(gzip(text))
  let failure = #expect(throws: ReadingFailure.self) { try MappedFile.open(file.path, spool: "/nulle/part") }
  #expect(failure?.kind == .noRoom)
}

@Test func `missing files, folders and empty files are told`() throws {
  #expect(throws: ReadingFailure(.missing, path: "/nulle/part.json", detail: "No such file or directory")) {
    try MappedFile.open("/nulle/part.json")
  }
  let folder = #expect(throws: ReadingFailure.self) { try MappedFile.open(NSTemporaryDirectory()) }
  #expect(folder?.kind == .unreadable)
  let empty = try ScratchFile("")
  let failure = #expect(throws: ReadingFailure.self) { try MappedFile.open(empty.path) }
  #expect(failure?.kind == .empty)
}

@Test func `lines are counted sixteen bytes at a time as they are one by one`() {
  var random = SeededGenerator(state: 3)
  for count in [0, 1, 15, 16, 17, 4079, 4080, 4081, 10_000] {
    let bytes = (0..<count).map { _ in UInt8.random(in: 9...11, using: &random) }
    #expect(bytes.withUnsafeBytes { LineCount.lines(in: $0) } == bytes.count { $0 == 10 })
  }
}

/// A gzip file as the usual program makes it, whose blocks begin anywhere in a byte.
private func packed(_ path: String) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["gzip", "--keep", "--stdout", path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return Array(bytes)
}

@Test func `bytes in the middle of a large compressed file are read from a place noted near them`() throws {
  var generator = SeededGenerator(state: 41)
  let words = (0..<700).map { _ in String(UInt64.random(in: 0..<(1 << 40), using: &generator), radix: 36) }
  var plain = ""
  while plain.utf8.count < 14 << 20 { plain += words[Int.random(in: 0..<700, using: &generator)] + " " }
  let half = plain.index(plain.startIndex, offsetBy: 6 << 20)
  let whole = Array(plain.utf8)
  // In one member, and in two: an entered member must lead on to the next one.
  let (one, two) = (try ScratchFile(String(plain[..<half])), try ScratchFile(String(plain[half...])))
  let scratch = try ScratchFile(plain)
  let contents = [try packed(scratch.path), try packed(one.path) + packed(two.path)]
  for content in contents {
    let file = try ScratchFile(content, suffix: ".gz")
    defer { unlink(GzipPlaces.path(beside: file.path)) }
    #expect(try MappedFile.open(file.path, keepsPlaces: true).count == whole.count)
    let places = (0...14).compactMap { GzipPlaces.before($0 << 20, beside: file.path)?.output }
    #expect(Set(places).count >= 2 && places == places.sorted())
    #expect(GzipPlaces.before(0, beside: file.path) == nil)
    var ranges = (0..<20).map { _ in Int.random(in: 0..<whole.count, using: &generator) }.map { $0..<$0 + 900 }
    ranges += places.flatMap { [$0..<$0 + 1, $0 - 5..<$0 + 5, $0..<$0 + (5 << 20)] }
    ranges += [0..<10, whole.count - 4..<whole.count + 9, (6 << 20) - 3..<(6 << 20) + 3]
    for range in ranges {
      #expect(
        try MappedFile.bytes(range, of: file.path) == Array(whole[range.clamped(to: 0..<whole.count)]), "\(range)")
    }
    // A damaged file of places costs time, never the record.
    let path = GzipPlaces.path(beside: file.path)
    var bytes = try Array(Data(contentsOf: URL(filePath: path)))
    for index in stride(from: 60, to: bytes.count, by: 7) { bytes[index] ^= 0x55 }
    for damaged in [bytes, Array(bytes.prefix(200)), []] {
      try Data(damaged).write(to: URL(filePath: path))
      let range = 9 << 20..<(9 << 20) + 40
      #expect(try MappedFile.bytes(range, of: file.path) == Array(whole[range]))
    }
  }
}
