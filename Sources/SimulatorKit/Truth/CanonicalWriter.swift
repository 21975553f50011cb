/// Writes export lines in the canonical form of docs/canonical-model.md. Members must be named in the rising
/// order of their numbers; empty values are left out.
final class CanonicalWriter {
  let out: ByteBuffer
  private let scratch = ByteBuffer(capacity: 256)
  private var elements: [[UInt8]] = []
  private let flush: (ByteBuffer) -> Void

  /// `flush` takes the buffer away when it has grown; it is emptied afterwards.
  init(flush: @escaping (ByteBuffer) -> Void) {
    out = ByteBuffer(capacity: 1 << 16)
    self.flush = flush
  }

  func line(_ kind: StaticString, _ members: () -> Void) {
    out.append("{\"kind\":\"")
    out.append(kind)
    out.append(UInt8(ascii: "\""))
    members()
    out.append("}\n")
    if out.count > 1 << 15 { finish() }
  }

  func finish() {
    flush(out)
    out.clear()
  }

  func text(_ name: StaticString, _ write: (ByteBuffer) -> Void) {
    scratch.clear()
    write(scratch)
    guard scratch.count > 0 else { return }
    key(name, to: out)
    string(scratch, to: out)
  }

  func word(_ name: StaticString, _ value: StaticString) { text(name) { $0.append(value) } }
  func id(_ name: StaticString, _ value: Int) { text(name) { $0.append(value) } }
  func date(_ name: StaticString, _ day: CivilDay) { text(name) { day.write(to: $0) } }

  func number(_ name: StaticString, _ value: Int) {
    key(name, to: out)
    out.append(value)
  }

  func flag(_ name: StaticString, _ value: Bool) {
    key(name, to: out)
    out.append(value ? "true" : "false")
  }

  /// A list of one value.
  func list(_ name: StaticString, _ write: (ByteBuffer) -> Void) {
    scratch.clear()
    write(scratch)
    guard scratch.count > 0 else { return }
    key(name, to: out)
    out.append(UInt8(ascii: "["))
    string(scratch, to: out)
    out.append(UInt8(ascii: "]"))
  }

  /// The only extension field of a record, with one value.
  func `extension`(_ name: StaticString, _ write: (ByteBuffer) -> Void) {
    key("ext", to: out)
    scratch.clear()
    write(scratch)
    out.append("{\"")
    out.append(name)
    out.append("\":[")
    string(scratch, to: out)
    out.append("]}")
  }

  /// One element of a composite list.
  final class Part {
    fileprivate let bytes = ByteBuffer(capacity: 128)
    private let scratch = ByteBuffer(capacity: 64)
    private let writer: CanonicalWriter

    fileprivate init(_ writer: CanonicalWriter) { self.writer = writer }

    func text(_ name: StaticString, _ write: (ByteBuffer) -> Void) {
      scratch.clear()
      write(scratch)
      guard scratch.count > 0 else { return }
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(name)
      bytes.append("\":")
      writer.string(scratch, to: bytes)
    }

    func word(_ name: StaticString, _ value: StaticString) { text(name) { $0.append(value) } }
    func id(_ name: StaticString, _ value: Int) { text(name) { $0.append(value) } }
    func date(_ name: StaticString, _ day: CivilDay) { text(name) { day.write(to: $0) } }
  }

  /// Adds an element to the composite list that `list(_:)` closes.
  func part(_ members: (Part) -> Void) {
    let part = Part(self)
    part.bytes.append(UInt8(ascii: "{"))
    members(part)
    part.bytes.append(UInt8(ascii: "}"))
    elements.append(part.bytes.array)
  }

  /// The parts so far: sorted bytewise by their encoded form, repeats dropped; nothing where there is none.
  func list(_ name: StaticString) {
    guard !elements.isEmpty else { return }
    elements.sort { $0.lexicographicallyPrecedes($1) }
    key(name, to: out)
    out.append(UInt8(ascii: "["))
    for (at, element) in elements.enumerated() where at == 0 || element != elements[at - 1] {
      if at > 0 { out.append(UInt8(ascii: ",")) }
      out.append(element)
    }
    out.append(UInt8(ascii: "]"))
    elements.removeAll(keepingCapacity: true)
  }

  /// `{"type":..,"value":..}`, to be closed by `list("identifiers")`.
  func identifier(_ type: StaticString, _ write: (ByteBuffer) -> Void) {
    part {
      $0.word("type", type)
      $0.text("value", write)
    }
  }

  private func key(_ name: StaticString, to out: ByteBuffer) {
    out.append(",\"")
    out.append(name)
    out.append("\":")
  }

  private func string(_ text: ByteBuffer, to out: ByteBuffer) {
    out.append(UInt8(ascii: "\""))
    for byte in text.raw {
      switch byte {
      case 0x22: out.append("\\\"")
      case 0x5C: out.append("\\\\")
      case 0x08: out.append("\\b")
      case 0x09: out.append("\\t")
      case 0x0A: out.append("\\n")
      case 0x0C: out.append("\\f")
      case 0x0D: out.append("\\r")
      case ..<0x20:
        out.append("\\u00")
        for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
