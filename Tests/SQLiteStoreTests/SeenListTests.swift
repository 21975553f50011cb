import HostModel
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SeenListTests {
  private struct Entry: Hashable {
    var kind: RecordKind
    var hostID: Int64
  }

  private func entries(_ bytes: [UInt8]) -> (list: [Entry], isWhole: Bool) {
    var list: [Entry] = []
    let isWhole = bytes.withUnsafeBytes { raw in
      SeenList.each(in: raw) { list.append(Entry(kind: $0, hostID: $1)) }
    }
    return (list, isWhole)
  }

  private func packed(_ list: [Entry]) -> [UInt8] {
    var seen = SeenList()
    for entry in list { seen.add(entry.kind, entry.hostID) }
    return seen.bytes
  }

  private func drawn(_ random: inout SeededRandom) -> [Entry] {
    let top = Int64(1) << Int64.random(in: 1...62, using: &random)
    return (0..<Int.random(in: 0...200, using: &random)).map { _ in
      Entry(
        kind: RecordKind.allCases.randomElement(using: &random) ?? .user,
        hostID: Int64.random(in: 1...top, using: &random))
    }
  }

  @Test func `what is packed comes out again, by kind, in its order`() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<300 {
      let list = drawn(&random)
      let (read, isWhole) = entries(packed(list))
      #expect(isWhole)
      #expect(read == RecordKind.allCases.flatMap { kind in list.filter { $0.kind == kind } })
    }
  }

  @Test func `nothing packs to nothing`() {
    #expect(packed([]).isEmpty)
    #expect(entries([]).list.isEmpty && entries([]).isWhole)
  }

  @Test func `rising ids cost a byte each`() {
    let bytes = packed((1_000_000..<1_001_000).map { Entry(kind: .user, hostID: $0) })
    #expect(bytes.count < 1_010)
  }

  @Test func `a list that is cut short is seen to be, wherever it is cut`() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<50 {
      let bytes = packed(drawn(&random))
      for length in 1..<max(bytes.count, 1) {
        let (read, isWhole) = entries(Array(bytes.prefix(length)))
        // A cut between two kinds leaves a list that is whole in itself.
        if isWhole { #expect(packed(read) == Array(bytes.prefix(length))) }
      }
    }
  }

  @Test func `bytes of any kind are read without a trap, and no further than they go`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<20_000 {
      var bytes = packed(drawn(&random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      case 1:
        for _ in 0..<3 where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
      default:
        bytes.insert(
          contentsOf: repeatElement(0xFF, count: 12), at: Int.random(in: 0...bytes.count, using: &random))
      }
      #expect(entries(bytes).list.count <= bytes.count)
    }
  }
}
