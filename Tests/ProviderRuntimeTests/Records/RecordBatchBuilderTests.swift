import CSISPlugin
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// The canonical form of docs/canonical-model.md.
@Suite struct RecordBatchBuilderTests {
  private static let org: RecordFields = [.init(1, "3"), .init(20, "Elm"), .init(21, "school")]
  private static let user: RecordFields = [.init(1, "S1"), .init(74, "Ash"), .init(83, "student", group: 1)]
  private static let role = #""roles":[{"role":"student"}]"#

  private func user(_ fields: RecordFields) -> String? { (Self.user + fields).built(5).json }

  @Test func `members stand in rising order of their numbers, whatever the order of the fields`() {
    let due = #"{"sourcedId":"3","name":"Elm","orgType":"school","parent":"1","lowGrade":"KG"}"#
    let fields = Self.org.fields + [.init(22, "1"), .init(23, "KG")]
    var random = SeededRandom(seed: 3)
    for _ in 0..<50 { #expect(RecordFields(fields.shuffled(using: &random)).built(1).json == due) }
  }

  @Test func `text is escaped, booleans and integers are not`() {
    #expect(
      user([.init(71, "true"), .init(72, "a\"b\\c\n/\u{7F}é"), .init(81, "2031")])
        == #"{"sourcedId":"S1","enabled":true,"givenName":"a\"b\\c\n/"# + "\u{7F}é"
        + #"","familyName":"Ash","graduationYear":2031,\#(Self.role)}"#)
    #expect(
      user([.init(3, "2026-11-24T10:00:00Z")])?.contains(#""dateLastModified":"2026-11-24T10:00:00Z""#)
        == true)
  }

  @Test func `an empty value is absent, wherever it stands`() {
    let plain = user([])
    #expect(plain == #"{"sourcedId":"S1","familyName":"Ash",\#(Self.role)}"#)
    #expect(
      user([.init(72, ""), .init(79, ""), .init(5, "", name: "x"), .init(6, ""), .init(90, "", group: 2)])
        == plain)
    #expect(user([.init(71, ""), .init(81, ""), .init(3, "")]) == plain)
  }

  @Test func `the status active is the same as none, and any other word is kept`() {
    #expect(user([.init(2, "active")]) == user([]))
    #expect(user([.init(2, "dropped")])?.hasPrefix(#"{"sourcedId":"S1","status":"dropped","#) == true)
    #expect(user([.init(2, "onLeave")])?.contains(#""status":"onLeave""#) == true)
  }

  @Test func `a list is always an array, sorted bytewise, without repeats`() {
    #expect(user([.init(79, "09")])?.contains(#""grades":["09"]"#) == true)
    #expect(
      user([.init(79, "PK"), .init(79, "02"), .init(79, "KG"), .init(79, "02"), .init(79, "10")])?
        .contains(#""grades":["02","10","KG","PK"]"#) == true)
    let row: RecordFields = [
      .init(1, "k"), .init(40, "Art"), .init(46, "3"), .init(48, "é"), .init(48, "z"), .init(48, "Z"),
    ]
    #expect(row.built(4).json?.contains(#""subjects":["Z","z","é"]"#) == true)
  }

  @Test func `identifiers are sorted pairs of type and value`() {
    #expect(
      user([
        .init(5, "9", name: "stateId"), .init(5, "7", name: "localId"), .init(5, "9", name: "stateId"),
        .init(5, "10", name: "stateId"), .init(5, "a\"b", name: "x\"y"),
      ])?.contains(
        #""identifiers":[{"type":"localId","value":"7"},{"type":"stateId","value":"10"},"#
          + #"{"type":"stateId","value":"9"},{"type":"x\"y","value":"a\"b"}]"#) == true)
  }

  @Test func `extensions are lists by name, names and values sorted bytewise`() {
    #expect(
      user([
        .init(6, "2", name: "bus"), .init(6, "z", name: "Zone"), .init(6, "12", name: "bus"),
        .init(6, "2", name: "bus"), .init(6, "é\n", name: "a\"b"),
      ])?.contains(#""ext":{"Zone":["z"],"a\"b":["é\n"],"bus":["12","2"]}"#) == true)
  }

  @Test func `the parts of a composite come together by their group, whatever the order and the numbers`() {
    let due =
      #""roles":[{"role":"aide","org":"4"},{"role":"student","org":"3","beginDate":"2026-08-17"},{"role":"teacher"}]"#
    let fields: [RecordFields.Field] = [
      .init(83, "student", group: 9), .init(84, "3", group: 9), .init(86, "2026-08-17", group: 9),
      .init(83, "aide", group: 4_000_000_000), .init(84, "4", group: 4_000_000_000),
      .init(83, "teacher", group: 1),
    ]
    var random = SeededRandom(seed: 5)
    for _ in 0..<50 {
      let row = RecordFields([.init(1, "S1"), .init(74, "Ash")] + fields.shuffled(using: &random))
      #expect(row.built(5).json?.contains(due) == true)
    }
  }

  @Test func `composites that are equal are one, and each composite has its own groups`() {
    let json = user([
      .init(89, "main", group: 1), .init(90, "555", group: 1), .init(89, "main", group: 2),
      .init(90, "555", group: 2),
      .init(91, "home", group: 1), .init(92, "1 \"Elm\" St", group: 1), .init(98, "work", group: 1),
      .init(99, "a@b", group: 1),
    ])
    #expect(
      json?.contains(
        #""phones":[{"type":"main","number":"555"}],"addresses":[{"type":"home","street":"1 \"Elm\" St"}],"#
          + #""emails":[{"type":"work","address":"a@b"}]"#) == true)
  }

  @Test func `a field that a later minor version added is left out, and the rest is kept`() {
    #expect(user([.init(29, "x"), .init(255, "y"), .init(256, "z"), .init(.max, "w")]) == user([]))
  }

  @Test func `every kind is built from what it needs`() {
    let rows: [(UInt32, RecordFields)] = [
      (1, Self.org),
      (
        2,
        [
          .init(1, "t"), .init(40, "Fall"), .init(41, "term"), .init(124, "2026-08-17"),
          .init(125, "2026-12-18"),
        ]
      ),
      (3, [.init(1, "c"), .init(40, "Art")]), (4, [.init(1, "k"), .init(45, "c"), .init(46, "3")]),
      (5, Self.user),
      (6, [.init(1, "e"), .init(120, "S1"), .init(121, "k"), .init(122, "student")]), (7, [.init(1, "S1")]),
      (8, [.init(1, "x"), .init(160, "S1"), .init(120, "P1")]),
    ]
    #expect(rows.count == RecordKind.allCases.count)
    for (kind, fields) in rows {
      #expect(fields.built(kind).json != nil, "kind \(kind): \(fields.built(kind))")
    }
  }

  @Test func `equal records have equal digests, and the id stands before the object`() {
    var builder = RecordBatchBuilder()
    let reversed = RecordFields(Self.org.fields.reversed())
    let other: RecordFields = [.init(1, "é\"4"), .init(20, "Elm"), .init(21, "school")]
    for row in [Self.org, reversed, other] { row.lend { builder.add(kind: 1, $0) } }
    let (batch, rejects) = builder.take()
    #expect(rejects.isEmpty && batch.entries.count == 3)
    #expect(batch.entries[0].digest == batch.entries[1].digest)
    #expect(batch.entries[0].digest != batch.entries[2].digest)
    #expect(batch.entries.map { batch.sourcedID(of: $0) } == ["3", "3", "é\"4"])
    #expect(batch.json(of: batch.entries[2]).hasPrefix(#"{"sourcedId":"é\"4","#))
  }

  @Test func `a record that is refused leaves nothing behind, and the next is built as if alone`() {
    var builder = RecordBatchBuilder()
    let bad: RecordFields = [.init(1, "bad"), .init(20, "Elm"), .init(21, "no word")]
    for row in [Self.org, bad, Self.org] { row.lend { builder.add(kind: 1, $0) } }
    let (batch, rejects) = builder.take()
    #expect(batch.entries.count == 2 && rejects.map(\.sourcedID) == ["bad"])
    #expect(batch.json(of: batch.entries[1]) == Self.org.built(1).json)
    #expect(batch.bytes.count == batch.entries.reduce(0) { $0 + $1.length + $1.idLength })
    let (empty, none) = builder.take()
    #expect(empty.entries.isEmpty && empty.bytes.isEmpty && none.isEmpty)
  }
}
