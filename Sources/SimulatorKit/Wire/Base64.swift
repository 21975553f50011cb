/// RFC 4648, with padding: for HTTP Basic.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    for at in stride(from: 0, to: bytes.count, by: 3) {
      let rest = min(3, bytes.count - at)
      var word = UInt32(bytes[at]) << 16
      if rest > 1 { word |= UInt32(bytes[at + 1]) << 8 }
      if rest > 2 { word |= UInt32(bytes[at + 2]) }
      for place in 0..<4 {
        out.append(place <= rest ? alphabet[Int(word >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
