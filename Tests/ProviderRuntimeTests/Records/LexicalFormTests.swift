import HostModel
import Testing

@testable import ProviderRuntime

/// The lexical forms of `sis_plugin.h`, "Fields": for each form what is one, what is none, and what is said of it.
@Suite struct LexicalFormTests {
  private func objection(_ form: LexicalForm, _ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { form.objection(to: $0).map { "\($0)" } }
  }

  private func expect(_ form: LexicalForm, valid: [String], invalid: [String], _ words: String) {
    for text in valid {
      #expect(objection(form, Array(text.utf8)) == nil, "\(form) \(text.debugDescription)")
    }
    for text in invalid {
      #expect(objection(form, Array(text.utf8)) == words, "\(form) \(text.debugDescription)")
    }
  }

  /// What is no UTF-8: cut, overlong, surrogates, beyond U+10FFFF, stray continuations.
  private static let broken: [[UInt8]] = [
    [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98],
    [0xF4, 0x90, 0x80, 0x80], [0xFF], [0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0xC3], [0xEF, 0xBF],
  ]

  @Test func `text is UTF-8 without NUL, of at most 65,536 bytes`() {
    let longest = String(repeating: "ä", count: 32_768)
    expect(
      .text, valid: ["a", " ", "Ångström", "😀", "\u{1}\n\t\u{7F}", "\u{FEFF}", "\u{2028}", longest],
      invalid: ["\0", "a\0", "12345678\0", "ä\0"], "is not UTF-8 text without NUL")
    for bytes in Self.broken {
      #expect(objection(.text, bytes) == "is not UTF-8 text without NUL", "\(bytes)")
    }
    expect(.text, valid: [], invalid: [longest + "a"], "is longer than 65,536 bytes")
  }

  @Test func `an id is UTF-8 without control characters, of at most 255 bytes`() {
    let longest = String(repeating: "x", count: 255)
    expect(
      .id, valid: ["1", "S-31", "a b", "{3f-2}", "schüler/7", "\u{80}", longest],
      invalid: ["\0", "a\n", "\u{1F}", "12345678\u{1}", "a\u{7F}", "ä\r"],
      "is not an id: UTF-8 without control characters")
    for bytes in Self.broken {
      #expect(objection(.id, bytes) == "is not an id: UTF-8 without control characters")
    }
    expect(.id, valid: [], invalid: [longest + "x"], "is longer than 255 bytes")
  }

  @Test func `a word is made of letters, digits and four marks, of at most 64 bytes`() {
    let longest = String(repeating: "w", count: 64)
    expect(
      .word, valid: ["active", "PK", "01", "a.b_c:d-e", "-", longest],
      invalid: ["a b", "a/b", "é", "a\n", "a,b", "\0", "a@", "[", "`", "{"],
      "is not a word of A-Z a-z 0-9 . _ : -")
    expect(.word, valid: [], invalid: [longest + "w"], "is longer than 64 bytes")
  }

  @Test func `a boolean is true or false and nothing else`() {
    expect(
      .boolean, valid: ["true", "false"],
      invalid: ["True", "TRUE", "1", "0", "yes", "tru", "truee", " true", "false ", "fals\0"],
      "is neither true nor false")
  }

  @Test func `an integer has up to 18 digits and no leading zero`() {
    expect(
      .integer, valid: ["0", "7", "-1", "2026", "999999999999999999", "-999999999999999999"],
      invalid: [
        "-", "-0", "00", "01", "-01", "+1", "1.0", "1e3", " 1", "1 ", "１", "1000000000000000000", "0x1",
      ],
      "is not an integer of at most 18 digits")
  }

  @Test func `a date is a real day of the Gregorian calendar`() {
    expect(
      .date,
      valid: [
        "2026-11-24", "2024-02-29", "2000-02-29", "1999-12-31", "2026-01-01", "9999-12-31", "2026-04-30",
      ],
      invalid: [
        "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31",
        "2026-00-10", "2026-13-10", "2026-10-00", "2026-10-32", "2026-1-01", "26-01-01", "2026/01/01",
        "20260101",
        "2026-01-01 ", " 2026-01-01", "2026-01-0x", "2026-01-01T", "-026-01-01", "２026-01-01",
      ],
      "is not a date YYYY-MM-DD")
  }

  @Test func `a date-time is a date, a time and Z`() {
    expect(
      .dateTime,
      valid: [
        "2026-11-24T00:00:00Z", "2026-11-24T23:59:59Z", "2026-11-24T12:30:45.000Z",
        "2026-11-24T12:30:45.999Z",
        "2016-12-31T23:59:60Z",
      ],
      invalid: [
        "2026-11-24", "2026-11-24T12:30Z", "2026-11-24T12:30:45", "2026-11-24T24:00:00Z",
        "2026-11-24T12:60:00Z",
        "2026-11-24T12:30:61Z", "2026-02-30T12:30:45Z", "2026-11-24 12:30:45Z", "2026-11-24T12:30:45.5Z",
        "2026-11-24T12:30:45.1234Z", "2026-11-24T12:30:45,123Z", "2026-11-24T12:30:45.12aZ",
        "2026-11-24T12-30-45Z", "2026-11-24T12:30:45z", "2026-11-24T12:30:45+00:00", "2026-11-24T1a:30:45Z",
      ],
      "is not a date-time YYYY-MM-DDThh:mm:ss[.fff]Z")
  }

  @Test func `an empty value is of no form that has a shape`() {
    for form in [LexicalForm.boolean, .integer, .date, .dateTime] { #expect(objection(form, []) != nil) }
  }
}
