import Foundation
import HostModel
import TestSupport
import Testing

@testable import ProviderRuntime

/// Damaged files: whatever is in them, they are read or refused, and nothing traps.
@Suite struct ELFImageFuzzTests {
  /// Numbers at which arithmetic goes wrong, if it does.
  private static let numbers: [UInt64] = [
    0, 1, 7, 8, 0x7F, 0xFF, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0xFFFF_FFFF, 1 << 40, 1 << 61, (1 << 62) - 1,
    1 << 62,
    UInt64(Int64.max), 1 << 63, UInt64.max - 7, UInt64.max,
  ]

  /// Where an image is vulnerable: its header, its section table, and the tables that the reader follows.
  private let places: [Range<Int>]
  private let whole: [UInt8]

  init() throws {
    whole = Array(try Data(contentsOf: URL(fileURLWithPath: try Fixture.provider("well_behaved.c"))))
    let table = whole.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: 40, as: UInt64.self)) }
    var places = [0..<64, 64..<64 + 56 * Int(whole[56]), table..<whole.count]
    for entry in stride(from: table, to: whole.count - 63, by: 64) {
      let (type, offset, size) = whole.withUnsafeBytes {
        (
          $0.loadUnaligned(fromByteOffset: entry + 4, as: UInt32.self),
          Int($0.loadUnaligned(fromByteOffset: entry + 24, as: UInt64.self)),
          Int($0.loadUnaligned(fromByteOffset: entry + 32, as: UInt64.self))
        )
      }
      // Names, dynamic entries, hash tables, dynamic symbols, version needs; the segments begin at 64.
      if [3, 4, 5, 6, 11, 0x6FFF_FFF6, 0x6FFF_FFFE].contains(type), size > 0 {
        places.append(offset..<offset + size)
      }
    }
    self.places = places
  }

  private func mutated(_ random: inout SeededRandom) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: random.element(of: places), using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes = Array(bytes.prefix(place + 1))
      case 1, 2:
        guard place < bytes.count else { continue }
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      default:
        // A number at the place where one of that width may stand.
        let width = random.element(of: [2, 4, 8])
        let number =
          Bool.random(using: &random)
          ? random.element(of: Self.numbers) : UInt64(bytes.count) &- random.next() % 9
        let start = place / width * width
        for byte in 0..<width where start + byte < bytes.count {
          bytes[start + byte] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(byte)))
        }
      }
    }
    return bytes
  }

  @Test func `20,000 damaged images are read or refused with a reason, and none traps`() throws {
    let known: Set = [
      "provider-not-elf", "provider-wrong-machine", "provider-not-shared", "provider-truncated",
      "provider-no-manifest", "provider-no-entry", "provider-contradicts",
    ]
    let file = try MemoryFile()
    var (read, found, refused) = (0, 0, [String: Int]())
    for seed in 0..<UInt64(20_000) {
      var random = SeededRandom(seed: seed)
      try file.write(mutated(&random))
      let error = refusal { () throws(HostError) in
        let image = try ELFImage(try SealedFile(file.path))
        found += ELFLint.findings(in: image).count
      }
      guard let error else {
        read += 1
        continue
      }
      refused[error.code, default: 0] += 1
      if !known.contains(error.code) || !error.message.hasPrefix(file.path) {
        Issue.record("seed \(seed): \(error)")
      }
    }
    #expect(read > 1_000, "some damage does not matter: \(read)")
    #expect(found > 100, "some is found by lint: \(found)")
    for code in known { #expect(refused[code, default: 0] > 20, "the damage reaches \(code): \(refused)") }
  }
}
