/// Bytes as lower-case hexadecimal digits.
package enum Hex {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }

  /// Is this exactly `count` bytes in this form?
  package static func isText(_ text: some StringProtocol, bytes count: Int) -> Bool {
    text.utf8.count == count * 2
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
