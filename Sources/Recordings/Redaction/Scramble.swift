/// A keyed permutation of all sequences of one shape: as many places, each with its own number of values.
/// Two different sequences never become the same one, and none becomes itself.
///
/// A balanced Feistel network with additive halves, as in NIST SP 800-38G, but with a radix of its own at
/// each place; the sequence after it is counted one up, and the network undone. So all sequences stand in
/// one cycle, and so do those of any part of them if one goes on until the next that belongs to it.
struct Scramble {
  private static let rounds = 8

  let key: RedactionKey

  /// - Parameters:
  ///   - values: each below the radix at its place.
  ///   - radices: each at least 2.
  func callAsFunction(_ values: [Int], radices: [Int]) -> [Int] {
    guard values.count > 1 else { return values.map { alone($0, radix: radices[0]) } }
    var values = values
    for round in 0..<Self.rounds { step(&values, radices, round, sign: 1) }
    for place in values.indices.reversed() {
      values[place] += 1
      if values[place] < radices[place] { break }
      values[place] = 0
    }
    for round in (0..<Self.rounds).reversed() { step(&values, radices, round, sign: -1) }
    return values
  }

  /// A single place has no halves: it is taken for two, each with about the square root of its values.
  private func alone(_ value: Int, radix: Int) -> Int {
    var side = 2
    while side * side < radix { side += 1 }
    var next = value
    repeat {
      let pair = self([next / side, next % side], radices: [side, side])
      next = pair[0] * side + pair[1]
    } while next >= radix
    return next
  }

  /// Adds to one half what the key makes of the other.
  private func step(_ values: inout [Int], _ radices: [Int], _ round: Int, sign: Int) {
    let middle = (values.count + 1) / 2
    let (own, other) =
      round % 2 == 0 ? (0..<middle, middle..<values.count) : (middle..<values.count, 0..<middle)
    var input = [UInt8(truncatingIfNeeded: round)]
    for radix in radices { input.append(contentsOf: Self.bytes(radix)) }
    for value in values[other] { input.append(contentsOf: Self.bytes(value)) }
    var stream: [UInt8] = []
    for (offset, place) in own.enumerated() {
      while stream.count < offset * 4 + 4 {
        stream += key.digest("scramble \(stream.count)", input)
      }
      let word = stream[offset * 4..<offset * 4 + 4].reduce(0) { $0 << 8 | Int($1) }
      let sum = values[place] + sign * (word % radices[place])
      values[place] = (sum % radices[place] + radices[place]) % radices[place]
    }
  }

  private static func bytes(_ value: Int) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8),
      UInt8(truncatingIfNeeded: value >> 16),
    ]
  }
}
