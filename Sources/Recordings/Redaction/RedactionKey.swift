import COpenSSL
import Foundation
import HostModel

/// The key of a recording's pseudonyms: 256 random bits. Who has it can tell whether a value he knows
/// stands behind a pseudonym; without it the pseudonyms say nothing.
package struct RedactionKey: Sendable {
  private let bytes: [UInt8]

  /// A new one, from the kernel's random source.
  package init() {
    var random = SystemRandomNumberGenerator()
    bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The key in a file; where there is none, a new key is made and kept there, for its owner alone.
  ///
  /// - Throws: `redaction-key`.
  package init(file: String) throws(HostError) {
    func refuse(_ what: String) -> HostError {
      HostError(
        .configuration, "redaction-key", "\(file): \(what)",
        advice: "Name a file that holds 64 hexadecimal digits, or one that is to be made")
    }
    if FileManager.default.fileExists(atPath: file) {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw refuse("cannot be read")
      }
      let digits = Array(text.utf8.drop { $0 == 0x20 }.prefix { $0 != 0x0A && $0 != 0x0D })
      let values = digits.compactMap(Self.value)
      guard digits.count == 64, values.count == 64 else { throw refuse("is no key of 64 hexadecimal digits") }
      self.init(bytes: stride(from: 0, to: 64, by: 2).map { values[$0] << 4 | values[$0 + 1] })
      return
    }
    self.init()
    let made = FileManager.default.createFile(
      atPath: file, contents: Data((Self.hex(bytes) + "\n").utf8), attributes: [.posixPermissions: 0o600])
    guard made else { throw refuse("cannot be made") }
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
  }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }

  /// 32 bytes that depend on the key, the purpose and the input (HMAC-SHA-256, RFC 2104).
  func digest(_ purpose: String, _ input: some Sequence<UInt8>) -> [UInt8] {
    var message = Array(purpose.utf8)
    message.append(0)
    message.append(contentsOf: input)
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let made = HMAC(EVP_sha256(), bytes, Int32(bytes.count), message, message.count, &digest, &length)
    precondition(made != nil && length == 32, "libcrypto has no HMAC-SHA-256")
    return digest
  }
}
