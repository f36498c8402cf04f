import Clauses
import Exchange
import Testing

private func numbers(_ file: String) throws -> (numbers: [String], fault: AwardRefusal?, refused: Int) {
  let read = try readAwards(file)
  return (read.notices.map(\.key.number), read.summary.fault, read.refusals.count)
}

private let a = contract(id: "\"A\"")
private let b = contract(id: "\"B\"")
private let c = contract(id: "\"C\"")

@Test(arguments: [
  "[\(a),\(b),\(c)", "[\(a),\(b),\(c)]]", "[\(a) \(b),\(c)]", "[,\(a),\(b),,\(c)]", "[\(a),\(b),\(c)] x",
  "{\"marches\":[\(a),\(b),\(c)}", "{\"marches\":[\(a),\(b),\(c)]", "{\"marches\":[\(a)],\(b),\(c)]}",
])
func `damage around the records costs none and is told`(file: String) throws {
  let read = try numbers(file)
  #expect(read.numbers == ["A", "B", "C"])
  #expect(read.fault?.kind == .badEnvelope)
  #expect(read.fault?.sentence.contains("ligne 1") == true)
  #expect(read.refused == 0)
}

@Test func `a truncated record is refused and what lies before is read`() throws {
  let read = try readAwards("[\(a),\(b),\(c.dropLast(20))")
  #expect(read.notices.map(\.key.number) == ["A", "B"])
  #expect(read.refusals.map(\.kind) == [.unreadable])
  #expect(read.refusals.first?.sentence.contains("coupé") == true)
}

@Test func `a damaged last contract does not cost the concessions that follow`() throws {
  let concession = #"{"id":"K","autoriteConcedante":{"id":"21770288300018"},"objet":"x"}"#
  let read = try readAwards(
    "{\"marches\":{\"marche\":[\(a),\(b.replacing("Entretien", with: "\"Entretien"))],\"contrat-concession\":[\(concession)]}}"
  )
  #expect(read.notices.map(\.key.number) == ["A", "K"])
  #expect(read.notices.last?.kind == .concession)
  #expect(read.refusals.count == 1)
}

@Test func `a damaged line costs no other line`() throws {
  let read = try readAwards("\(a)\n\(b.dropLast(9))\n\(c)\n")
  #expect(read.summary.format == .jsonLines)
  #expect(read.notices.map(\.key.number) == ["A", "C"])
  #expect(read.refusals.map(\.kind) == [.unreadable])
  #expect(
    read.refusals.first?.place.hasPrefix("ligne 2") == true || read.refusals.first?.place.hasPrefix("ligne 3") == true)
}

@Test func `the raw record is found again by its range`() throws {
  let read = try readAwards("[\n\(a),\n \(b)  ,\(c)]")
  #expect(read.raw == [a, b, c])
  #expect(read.records.map(\.line) == [2, 3, 3])
  #expect(read.records.map(\.ordinal) == [1, 2, 3])
}

@Test(arguments: [false, true])
func `a reading resumes after any record`(damaged: Bool) throws {
  let middle = damaged ? b.replacing("\"objet\"", with: "objet") : b
  for file in [
    "{\"marches\":{\"marche\":[\(a),\(middle)],\"contrat-concession\":[\(c)]}}", "[\(a),\(middle),\(c)]",
    "\(a)\n\(middle)\n\(c)\n",
  ] {
    let whole = try readAwards(file)
    #expect(whole.records.count == 3)
    for (index, record) in whole.records.enumerated() {
      let rest = try readAwards(file, from: record.range.upperBound)
      #expect(rest.records.map(\.range) == whole.records.dropFirst(index + 1).map(\.range))
      #expect(rest.records.map(\.ordinal) == whole.records.dropFirst(index + 1).map(\.ordinal))
      #expect(rest.summary.position == file.utf8.count)
    }
  }
}

@Test func `a table and an XML file resume too`() throws {
  let table = "id;acheteur.id;objet\nA;21770288300018;x\nB;21770288300018;y\nC;21770288300018;z\n"
  let xml =
    "<marches>"
    + ["A", "B", "C"].map { "<marche><id>\($0)</id><acheteur><id>21770288300018</id></acheteur></marche>" }.joined()
    + "</marches>"
  for file in [table, xml] {
    let whole = try readAwards(file)
    #expect(whole.notices.map(\.key.number) == ["A", "B", "C"])
    let rest = try readAwards(file, from: whole.records[0].range.upperBound)
    #expect(rest.notices.map(\.key.number) == ["B", "C"])
    #expect(rest.records.map(\.ordinal) == [2, 3])
  }
}

@Test func `the caller stops the reading where it will`() throws {
  let file = try ScratchFile("[\(a),\(b),\(c)]")
  let reader = try AwardReader(MappedFile.open(file.path))
  var seen = 0
  let summary = try reader.read { _ in
    seen += 1
    return seen == 2 ? .stop : .proceed
  }
  #expect(seen == 2)
  #expect(summary.wasStopped)
  #expect(summary.records == 2)
  #expect(summary.position == "[\(a),\(b)".utf8.count)
}

@Test func `an error of the caller passes through`() throws {
  struct Full: Error {}
  let file = try ScratchFile("[\(a)]")
  let reader = try AwardReader(MappedFile.open(file.path))
  #expect(throws: Full.self) { try reader.read { _ in throw Full() } }
}

@Test func `a bare scan counts the records and checks them`() throws {
  let file = try ScratchFile("{\"marches\":[\(a),\(b),\(c)]}")
  #expect(try AwardReader(MappedFile.open(file.path)).scan() == 3)
}
