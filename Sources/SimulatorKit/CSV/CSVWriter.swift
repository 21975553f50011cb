/// Writes RFC 4180 records: cells with a comma, a quote or a line end are quoted, quotes doubled.
final class CSVWriter {
  let out: ByteBuffer
  private let scratch = ByteBuffer(capacity: 256)
  private var isFirst = true

  init(out: ByteBuffer) { self.out = out }

  func header(_ line: StaticString) {
    out.append(line)
    out.append("\r\n")
  }

  func cell(_ write: (ByteBuffer) -> Void) {
    if !isFirst { out.append(UInt8(ascii: ",")) }
    isFirst = false
    scratch.clear()
    write(scratch)
    guard scratch.raw.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      return out.append(scratch.raw)
    }
    out.append(UInt8(ascii: "\""))
    for byte in scratch.raw {
      if byte == 0x22 { out.append(byte) }
      out.append(byte)
    }
    out.append(UInt8(ascii: "\""))
  }

  func word(_ value: StaticString) { cell { $0.append(value) } }
  func id(_ value: Int) { cell { $0.append(value) } }
  func empty() { cell { _ in } }
  func date(_ day: CivilDay?) { cell { day?.write(to: $0) } }

  func end() {
    out.append("\r\n")
    isFirst = true
  }
}
