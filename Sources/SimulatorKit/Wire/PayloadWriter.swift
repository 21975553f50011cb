/// Renders a PowerSchool body, as JSON or as the XML it gives to callers that send no `Accept`.
/// Each call names one member; both forms come from the same calls.
final class PayloadWriter {
  enum Format {
    case json, xml
  }

  let out: ByteBuffer
  private let scratch = ByteBuffer(capacity: 256)
  private(set) var format = Format.json
  private var needsComma = false
  /// Everything that is not ASCII goes out as `\u` escapes.
  var escapesAll = false

  init(out: ByteBuffer) { self.out = out }

  func begin(_ format: Format) {
    self.format = format
    needsComma = false
    escapesAll = false
    if format == .json { out.append(UInt8(ascii: "{")) } else {
      out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    }
  }

  func end() { if format == .json { out.append(UInt8(ascii: "}")) } }

  func open(_ name: StaticString) {
    key(name)
    if format == .json { out.append(UInt8(ascii: "{")) }
    needsComma = false
  }

  func close(_ name: StaticString) {
    if format == .json { out.append(UInt8(ascii: "}")) } else { endTag(name) }
    needsComma = true
  }

  /// A list; with `single` its one element stands there bare (PS-Q01).
  func openList(_ name: StaticString, single: Bool) {
    guard format == .json else { return }
    key(name)
    if !single { out.append(UInt8(ascii: "[")) }
    needsComma = false
  }

  func closeList(single: Bool) {
    if format == .json, !single { out.append(UInt8(ascii: "]")) }
    needsComma = true
  }

  func openElement(_ name: StaticString) {
    if format == .json {
      if needsComma { out.append(UInt8(ascii: ",")) }
      out.append(UInt8(ascii: "{"))
    } else {
      tag(name)
    }
    needsComma = false
  }

  func number(_ name: StaticString, _ value: Int) {
    key(name)
    out.append(value)
    finish(name)
  }

  func flag(_ name: StaticString, _ value: Bool) {
    key(name)
    out.append(value ? "true" : "false")
    finish(name)
  }

  /// JSON only: XML has no word for it.
  func null(_ name: StaticString) {
    key(name)
    out.append("null")
    finish(name)
  }

  /// Text that needs no escape.
  func word(_ name: StaticString, _ value: StaticString) {
    key(name)
    quote()
    out.append(value)
    quote()
    finish(name)
  }

  func empty(_ name: StaticString) { word(name, "") }

  func date(_ name: StaticString, _ day: CivilDay) {
    key(name)
    quote()
    day.write(to: out)
    quote()
    finish(name)
  }

  /// Text that `write` puts together; `padded` adds white space around it.
  @inline(__always)
  func text(_ name: StaticString, padded: Bool = false, _ write: (ByteBuffer) -> Void) {
    scratch.clear()
    if padded { scratch.append(UInt8(ascii: " ")) }
    write(scratch)
    if padded { scratch.append("  ") }
    key(name)
    quote()
    if format == .json { escapeJSON() } else { escapeXML() }
    quote()
    finish(name)
  }

  /// Digits, as a number or as text (PS-Q06).
  func digits(_ name: StaticString, _ value: Int, width: Int = 1, asNumber: Bool) {
    key(name)
    if !asNumber { quote() }
    out.append(padded: value, width: width)
    if !asNumber { quote() }
    finish(name)
  }

  private func key(_ name: StaticString) {
    guard format == .json else { return tag(name) }
    if needsComma { out.append(UInt8(ascii: ",")) }
    out.append(UInt8(ascii: "\""))
    out.append(name)
    out.append("\":")
  }

  private func finish(_ name: StaticString) {
    needsComma = true
    if format == .xml { endTag(name) }
  }

  private func quote() { if format == .json { out.append(UInt8(ascii: "\"")) } }

  private func tag(_ name: StaticString) {
    out.append(UInt8(ascii: "<"))
    tagName(name)
    out.append(UInt8(ascii: ">"))
  }

  private func endTag(_ name: StaticString) {
    out.append("</")
    tagName(name)
    out.append(UInt8(ascii: ">"))
  }

  /// No name in XML may hold the `@` of the JSON attributes.
  private func tagName(_ name: StaticString) {
    let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    out.append(bytes.first == UInt8(ascii: "@") ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) : bytes)
  }

  private func escapeJSON() {
    if escapesAll { return escapeAll() }
    for byte in scratch.raw {
      switch byte {
      case 0x22, 0x5C:
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case ..<0x20: unicode(UInt16(byte))
      default: out.append(byte)
      }
    }
  }

  private func escapeAll() {
    for unit in scratch.text.utf16 {
      switch unit {
      case 0x22, 0x5C, 0x2F:
        out.append(UInt8(ascii: "\\"))
        out.append(UInt8(truncatingIfNeeded: unit))
      case 0x09: out.append("\\t")
      case 0x20..<0x7F: out.append(UInt8(truncatingIfNeeded: unit))
      default: unicode(unit)
      }
    }
  }

  private func unicode(_ unit: UInt16) {
    out.append("\\u")
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> UInt16(shift)) & 0xF
      out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  private func escapeXML() {
    for byte in scratch.raw {
      switch byte {
      case UInt8(ascii: "<"): out.append("&lt;")
      case UInt8(ascii: "&"): out.append("&amp;")
      case UInt8(ascii: ">"): out.append("&gt;")
      default: out.append(byte)
      }
    }
  }
}
