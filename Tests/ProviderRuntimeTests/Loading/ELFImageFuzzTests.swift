import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// Nothing that stands in a file makes the reader trap. Swift traps on overflow and out of bounds: that this test ends is its
/// point.
struct ELFImageFuzzTests {
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `five thousand damaged images are read or refused, and none traps`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = [UInt8](
      try VendorFile(more: "void *malloc(unsigned long); void *use(void) { return malloc(1); }").data())
    let tables = Self.tables(whole)
    var (read, refused) = (0, 0)
    for _ in 0..<5_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...12, using: &random) { Self.damage(&bytes, tables, &random) }
      if Int.random(in: 0..<8, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      bytes.withUnsafeBytes { buffer in
        do throws(HostError) {
          let image = try ELFImage(buffer, path: "fuzz.so")
          for finding in ELFLint.findings(in: image) { #expect(!finding.sentence.isEmpty) }
          read += 1
        } catch {
          #expect(error.message.hasPrefix("fuzz.so: "))
          refused += 1
        }
      }
    }
    // Both ways were taken: the damage is neither trifling nor hopeless.
    #expect(read > 100 && refused > 100, "\(read) read, \(refused) refused")
  }

  /// Where damage hurts: the headers and the tables that they lead to.
  private static func tables(_ bytes: [UInt8]) -> [Range<Int>] {
    func word<Value: FixedWidthInteger>(_ at: Int, _: Value.Type) -> Int {
      bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: Value.self)) }
    }
    let (segments, sections) = (word(32, UInt64.self), word(40, UInt64.self))
    var tables = [
      0..<64, segments..<segments + word(56, UInt16.self) * 56,
      sections..<sections + word(60, UInt16.self) * 64,
    ]
    for header in stride(from: tables[2].lowerBound, to: tables[2].upperBound, by: 64)
    where [3, 4, 5, 6, 11, 0x6FFF_FFF6, 0x6FFF_FFFE].contains(word(header + 4, UInt32.self)) {
      let start = word(header + 24, UInt64.self)
      tables.append(start..<start + word(header + 32, UInt64.self))
    }
    return tables.filter { !$0.isEmpty }
  }

  private static func damage(_ bytes: inout [UInt8], _ tables: [Range<Int>], _ random: inout SeededGenerator)
  {
    guard let table = tables.randomElement(using: &random) else { return }
    let at = Int.random(in: table, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2:
      // A whole number, at one of the edges.
      let edge: UInt64 =
        [0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 1 << 47, 1 << 62, 1 << 63, .max].randomElement(using: &random) ?? 0
      let start = min(at & ~7, bytes.count - 8)
      withUnsafeBytes(of: edge.littleEndian) { bytes.replaceSubrange(start..<start + 8, with: $0) }
    default: bytes[at] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
    }
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
