/// A JSON string for messages and log lines; the roster has writers of its own.
enum JSONText {
  static func write(_ text: String, to out: ByteBuffer) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C:
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case ..<0x20, 0x7F:
        out.append("\\u00")
        for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
