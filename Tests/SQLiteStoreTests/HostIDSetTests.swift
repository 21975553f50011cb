import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct HostIDSetTests {
  @Test func `it holds what a set of numbers holds`() {
    var random = SeededRandom(seed: 4)
    for _ in 0..<50 {
      let top = Int64(1) << Int64.random(in: 1...20, using: &random)
      var bits = HostIDSet(upTo: top)
      var known: Set<Int64> = []
      for _ in 0..<500 {
        let id = Int64.random(in: 1...top, using: &random)
        let isNew = bits.insert(id)
        #expect(isNew == known.insert(id).inserted)
      }
      for id in 0...min(top + 70, 3_000) { #expect(bits.contains(id) == known.contains(id)) }
    }
  }

  @Test func `a number that no record has is not held, and costs nothing`() {
    var bits = HostIDSet(upTo: 1_000)
    for id in [.min, -1, 0, 1_001, 1 << 39, .max] as [Int64] {
      let isNew = bits.insert(id)
      #expect(!isNew && !bits.contains(id))
    }
    bits.insert(1_000)
    #expect(bits.contains(1_000))
  }
}
