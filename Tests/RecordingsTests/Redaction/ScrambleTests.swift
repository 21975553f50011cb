import Testing

@testable import Recordings

struct ScrambleTests {
  let scramble = Scramble(key: RedactionKey(bytes: [UInt8](repeating: 7, count: 32)))

  /// Every sequence over these radices.
  static func all(_ radices: [Int]) -> [[Int]] {
    radices.reduce([[]]) { sequences, radix in sequences.flatMap { start in (0..<radix).map { start + [$0] } }
    }
  }

  @Test(arguments: [[10], [26], [2], [10, 10], [26, 10], [3, 26, 2], [10, 10, 10], [5, 4, 3, 2]])
  func `it is a permutation without a fixed point`(radices: [Int]) {
    let all = Self.all(radices)
    let images = all.map { scramble($0, radices: radices) }
    #expect(Set(images) == Set(all))
    for (value, image) in zip(all, images) { #expect(value != image) }
  }

  @Test func `another key is another permutation`() {
    let other = Scramble(key: RedactionKey(bytes: [UInt8](repeating: 8, count: 32)))
    let all = Self.all([10, 10])
    #expect(all.map { scramble($0, radices: [10, 10]) } != all.map { other($0, radices: [10, 10]) })
  }
}
