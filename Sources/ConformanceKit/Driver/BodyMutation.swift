/// Breaks a body in one of the ways in which bodies break. It is never left empty: that is a check of its
/// own.
enum BodyMutation {
  /// - Returns: what was done.
  static func apply(to body: inout [UInt8], _ random: inout SplitMix64) -> String {
    guard body.count > 1 else {
      body = [UInt8.random(in: .min ... .max, using: &random)]
      return "a body of one byte"
    }
    let place = Int.random(in: body.indices, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0:
      for _ in 0...Int.random(in: 0..<8, using: &random) {
        body[Int.random(in: body.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      return "flipped bits"
    case 1:
      body.removeLast(body.count - max(place, 1))
      return "a body cut to \(body.count) bytes"
    case 2:
      body.removeSubrange(place..<min(place + 1 + body.count / 8, body.count))
      if body.isEmpty { body = [0] }
      return "a piece left out at \(place)"
    case 3:
      let end = min(place + 1 + body.count / 8, body.count)
      body.insert(contentsOf: body[place..<end], at: place)
      return "a piece twice at \(place)"
    case 4:
      let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      body.insert(contentsOf: bytes, at: place)
      return "16 random bytes at \(place)"
    case 5:
      body.insert(contentsOf: Array("-99999999999999999999999999".utf8), at: place)
      return "a huge number at \(place)"
    case 6:
      body.insert(contentsOf: [UInt8](repeating: UInt8(ascii: "["), count: 20_000), at: place)
      return "20,000 brackets at \(place)"
    default:
      let bytes: [[UInt8]] = [
        [0], [0xFF, 0xFE], [0xED, 0xA0, 0x80], Array("\\u0000".utf8), Array("\"".utf8), [0x0A],
      ]
      body.insert(contentsOf: bytes.randomElement(using: &random) ?? [], at: place)
      return "bytes that break text at \(place)"
    }
  }
}
