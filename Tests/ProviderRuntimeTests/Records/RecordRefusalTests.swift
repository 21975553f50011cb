import CSISPlugin
import HostModel
import Testing

@testable import ProviderRuntime

/// A record that breaks a rule becomes a reject with a sentence, and never stops the page.
@Suite struct RecordRefusalTests {
  private static let org: RecordFields = [.init(1, "3"), .init(20, "Elm"), .init(21, "school")]
  private static let user: RecordFields = [.init(1, "S1"), .init(74, "Ash"), .init(83, "student", group: 1)]

  private func reason(_ kind: UInt32, _ fields: RecordFields) -> String? { fields.built(kind).reject?.reason }

  @Test func `a reject tells kind, id, field and reason`() {
    #expect(
      (Self.org + [.init(23, "K G")]).built(1)
        == .reject(
          RecordReject(
            kind: .org, sourcedID: "3", field: "lowGrade",
            reason: "its lowGrade is not a word of A-Z a-z 0-9 . _ : -")))
  }

  @Test func `a record without a sourcedId is refused`() {
    #expect(reason(1, []) == "it has no sourcedId")
    #expect(reason(1, [.init(20, "Elm")]) == "it has no sourcedId")
    #expect(reason(1, [.init(1, ""), .init(20, "Elm"), .init(21, "school")]) == "it has no sourcedId")
    #expect(reason(1, Self.org + [.init(1, "4")]) == "its sourcedId stands twice")
  }

  @Test func `a kind that is not known is refused, and its number is told`() {
    for kind in [0, 9, 255, UInt32.max] {
      let reject = Self.org.built(kind).reject
      #expect(
        reject
          == RecordReject(
            kind: nil, sourcedID: "3", field: "", reason: "its kind \(kind) is not known to this host"))
    }
  }

  @Test func `what a kind needs is told by name`() {
    let id: RecordFields = [.init(1, "x")]
    #expect(reason(1, id) == "it has no name")
    #expect(reason(1, id + [.init(20, "Elm")]) == "it has no orgType")
    #expect(
      reason(2, id + [.init(40, "Fall"), .init(41, "term"), .init(124, "2026-08-17")]) == "it has no endDate")
    #expect(reason(3, id) == "it has no title")
    #expect(reason(4, id + [.init(46, "3")]) == "it has no course or title")
    #expect(reason(4, id + [.init(45, "c")]) == "it has no school")
    #expect(reason(5, id + [.init(83, "student", group: 1)]) == "it has no familyName or givenName")
    #expect(reason(5, id + [.init(72, "Bo")]) == "it has no role")
    #expect(reason(6, id + [.init(120, "S1"), .init(122, "student")]) == "it has no class")
    #expect(reason(8, id + [.init(120, "S1")]) == "it has no student")
    #expect(reason(8, id + [.init(160, "S1")]) == "it has no user")
  }

  @Test func `a member that is no list may stand once only`() {
    #expect(reason(1, Self.org + [.init(20, "Elm")]) == "its name stands twice")
    #expect(reason(5, Self.user + [.init(2, "active"), .init(2, "active")]) == "its status stands twice")
    #expect(
      reason(5, Self.user + [.init(83, "teacher", group: 1)]) == "the role in its roles stands twice")
  }

  @Test func `a part of a composite needs a group`() {
    #expect(
      reason(5, [.init(1, "S1"), .init(74, "Ash"), .init(83, "student")])
        == "a part of its roles has no group")
    #expect(reason(5, Self.user + [.init(90, "555")]) == "a part of its phones has no group")
  }

  @Test func `a wrong form is told wherever the value stands`() {
    #expect(reason(5, Self.user + [.init(71, "yes")]) == "its enabled is neither true nor false")
    #expect(
      reason(5, Self.user + [.init(79, "01"), .init(79, "1 2")])?.hasPrefix("its grades is not a word")
        == true)
    #expect(
      reason(5, Self.user + [.init(86, "2026-02-30", group: 1)])
        == "the beginDate in its roles is not a date YYYY-MM-DD")
    #expect(
      reason(5, Self.user + [.init(72, bytes: [0xC3, 0x28])]) == "its givenName is not UTF-8 text without NUL"
    )
    #expect(
      reason(5, Self.user + [.init(6, bytes: [0], name: Array("x".utf8))])
        == "its ext is not UTF-8 text without NUL")
    #expect(
      reason(5, Self.user + [.init(5, bytes: [0xFF], name: Array("x".utf8))])
        == "its identifiers is not UTF-8 text without NUL")
    #expect(
      reason(5, Self.user + [.init(92, bytes: [0x80], group: 1)])
        == "the street in its addresses is not UTF-8 text without NUL")
    #expect(
      reason(5, Self.user + [.init(72, String(repeating: "x", count: 65_537))])
        == "its givenName is longer than 65,536 bytes")
  }

  @Test func `a name of an identifier or extension is text of its length, and is needed`() {
    let (identifier, extended) = (
      "one of its identifiers has no name of 1 to 64 bytes", "one of its ext has no name of 1 to 128 bytes"
    )
    func long(_ count: Int) -> String { String(repeating: "n", count: count) }
    #expect(reason(5, Self.user + [.init(5, "1")]) == identifier)
    #expect(reason(5, Self.user + [.init(5, "1", name: long(65))]) == identifier)
    #expect((Self.user + [.init(5, "1", name: long(64))]).built(5).json != nil)
    #expect(reason(5, Self.user + [.init(6, "1")]) == extended)
    #expect(reason(5, Self.user + [.init(6, "1", name: long(129))]) == extended)
    #expect((Self.user + [.init(6, "1", name: long(128))]).built(5).json != nil)
    for name in [[UInt8(0x1F)], [0xFF], [0]] {
      #expect(reason(5, Self.user + [.init(6, bytes: [0x31], name: name)]) == extended)
      #expect(reason(5, Self.user + [.init(5, bytes: [0x31], name: name)]) == identifier)
    }
  }

  @Test func `more fields than any record needs are refused, and the most are taken`() {
    func many(_ count: Int) -> RecordFields {
      Self.user + RecordFields((0..<count - 3).map { .init(6, "\($0)", name: "x") })
    }
    #expect(many(RecordBatchBuilder.maximumFields).built(5).json != nil)
    #expect(reason(5, many(RecordBatchBuilder.maximumFields + 1)) == "it has 4097 fields; 4096 are the most")
  }

  @Test func `the id of a reject is mended and cut where it is no text`() {
    let broken: RecordFields = [.init(1, bytes: [0x41, 0xFF])]
    #expect(broken.built(1).reject?.sourcedID == "A\u{FFFD}")
    let long: RecordFields = [.init(1, String(repeating: "x", count: 300))]
    #expect(long.built(1).reject?.sourcedID.utf8.count == 255)
  }

  @Test func `a value or a name without an address is refused`() {
    func reason(_ field: sis_field) -> String? {
      var builder = RecordBatchBuilder()
      withUnsafePointer(to: field) { builder.add(kind: 1, UnsafeBufferPointer(start: $0, count: 1)) }
      return builder.take().1.first?.reason
    }
    let none = sis_bytes(ptr: nil, len: 0)
    #expect(
      reason(sis_field(id: 20, group: 0, name: none, value: sis_bytes(ptr: nil, len: 4)))
        == "its field 20 has a length and no address")
    let text: [UInt8] = [0x31]
    text.withUnsafeBytes { text in
      let value = sis_bytes(ptr: text.baseAddress, len: 1)
      #expect(
        reason(sis_field(id: 6, group: 0, name: sis_bytes(ptr: nil, len: 4), value: value))
          == "its field 6 has a length and no address")
    }
  }
}
