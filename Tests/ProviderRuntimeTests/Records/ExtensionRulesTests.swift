import CSISPlugin
import HostModel
import SyncCore
import TestSupport
import Testing

@testable import ProviderRuntime

/// Extension fields of a provider that declares which it has.
@Suite struct ExtensionRulesTests {
  private static let user: RecordFields = [.init(1, "S1"), .init(74, "Ash"), .init(83, "student", group: 1)]

  private static let rules = ExtensionRules([
    .init(kind: "user", name: "bus", type: "integer"), .init(kind: "user", name: "allergic", type: "boolean"),
    .init(kind: "user", name: "since", type: "date"), .init(kind: "user", name: "seen", type: "date-time"),
    .init(kind: "user", name: "note", type: "text"), .init(kind: "org", name: "motto", type: "text"),
  ])

  private func user(_ fields: RecordFields) -> RecordFields.Built {
    (Self.user + fields).built(5, extensions: Self.rules)
  }

  @Test func `what is declared is kept`() {
    #expect(
      user([.init(6, "12", name: "bus"), .init(6, "x", name: "note"), .init(6, "7", name: "bus")]).json?
        .contains(#""ext":{"bus":["12","7"],"note":["x"]}"#) == true)
  }

  @Test func `a value that is not of its declared form makes the record a reject`() {
    for (name, value, words) in [
      ("bus", "12a", "is not an integer of at most 18 digits"),
      ("allergic", "yes", "is neither true nor false"),
      ("since", "2026-02-30", "is not a date YYYY-MM-DD"),
      ("seen", "2026-02-01", "is not a date-time YYYY-MM-DDThh:mm:ss[.fff]Z"),
    ] {
      let reject = user([.init(6, value, name: name)]).reject
      #expect(reject?.field == "ext.\(name)")
      #expect(reject?.reason == "its extension field \(name) \(words)")
    }
  }

  @Test func `what is not declared for the kind is dropped, and the record is kept`() {
    let plain = user([])
    #expect(user([.init(6, "x", name: "motto"), .init(6, "y", name: "Bus"), .init(6, "z")]) == plain)
    #expect(
      user([.init(6, "x", name: "zone"), .init(6, "12", name: "bus")]).json?.contains(
        #""ext":{"bus":["12"]}"#) == true)
  }

  @Test func `without a declaration every extension field is kept, and with an empty one none is`() {
    #expect(ExtensionRules(nil) == nil)
    let fields: RecordFields = Self.user + [.init(6, "x", name: "anything")]
    #expect(fields.built(5).json?.contains("anything") == true)
    #expect(fields.built(5, extensions: ExtensionRules([])) == Self.user.built(5))
  }

  @Test func `what was dropped is told in the notes, as plain text, once a name and 64 at the most`()
    async throws
  {
    let library = try ProviderLibrary.load(try Fixture.provider("undeclared_extensions.c"))
    let answer = try await FixtureSession.answer(library, to: "Elm").get()
    #expect(answer.records.count == 1_000 && answer.rejects.isEmpty)
    #expect(answer.records.allSatisfy { !$0.contains("ext") })
    #expect(answer.notes.count == 64)
    let words = "which its manifest does not declare; it is dropped"
    #expect(answer.notes.allSatisfy { $0.isWarning && $0.text.hasSuffix(words) && !$0.text.contains("\n") })
    #expect(
      answer.notes.contains { $0.text.contains("sends the extension field forged ERROR all is lost of org,") }
    )
  }
}
