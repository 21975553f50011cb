import HostModel

/// The dynamic symbols that the loader can reach: by the hash table, where others look for them, and by the relocations,
/// for which it looks itself. Neither says how many symbols there are, so both are followed.
struct ELFSymbols {
  struct Symbol: Sendable, Equatable {
    enum Binding: Sendable { case strong, weak, unique }
    var name: String
    var binding: Binding
  }

  /// Defined here, and found by whoever looks.
  private(set) var exports: [Symbol] = []
  /// Names of what must come from elsewhere.
  private(set) var imports: [String] = []

  private enum Tag {
    static let hash: UInt64 = 4
    static let gnuHash: UInt64 = 0x6FFF_FEF5
    static let relocations: UInt64 = 7
    static let relocationsSize: UInt64 = 8
    static let jumps: UInt64 = 23
    static let jumpsSize: UInt64 = 2
  }

  /// - Throws: `provider-truncated`.
  init(_ reader: ELFReader, _ segments: ELFSegments, _ dynamic: ELFDynamic) throws(HostError) {
    var count = 0
    if let table = dynamic.address(Tag.hash) {
      guard let chains = Self.u32(table + 4, reader, segments) else { throw reader.cut }
      count = Int(chains)
    }
    if let table = dynamic.address(Tag.gnuHash) {
      guard let hashed = Self.gnuHashCount(table, reader, segments) else { throw reader.cut }
      count = max(count, hashed)
    }
    for (start, size) in [(Tag.relocations, Tag.relocationsSize), (Tag.jumps, Tag.jumpsSize)] {
      guard let address = dynamic.address(start) else { continue }
      guard let size = dynamic.address(size),
        let used = Self.relocatedCount(address, size, reader, segments)
      else { throw reader.cut }
      count = max(count, used)
    }
    // Number 0 is nobody.
    guard count > 1 else { return }
    guard let table = dynamic.symbolTable, let base = segments.constantOffset(of: table, size: count * 24)
    else { throw reader.cut }
    for at in stride(from: base + 24, to: base + count * 24, by: 24) {
      guard let name = reader.u32(at), let info = reader.u8(at + 4), let section = reader.u16(at + 6)
      else { throw reader.cut }
      let binding: Symbol.Binding? =
        switch info >> 4 {
        case 1: .strong
        case 2: .weak
        case 10: .unique
        default: nil
        }
      // Section 0xFFF1 holds plain numbers: the names of the library's own symbol versions.
      guard let binding, section != 0xFFF1 else { continue }
      guard let text = dynamic.name(Int(name), reader, segments) else { throw reader.cut }
      if section == 0 { imports.append(text) } else { exports.append(Symbol(name: text, binding: binding)) }
    }
  }

  private static func u32(_ address: Int, _ reader: ELFReader, _ segments: ELFSegments) -> UInt32? {
    segments.constantOffset(of: address, size: 4).flatMap(reader.u32)
  }

  /// DT_GNU_HASH: bucket count, number of the first hashed symbol, Bloom filter, buckets, chains. The last chain ends with
  /// the last symbol, and bit 0 marks its end.
  private static func gnuHashCount(_ table: Int, _ reader: ELFReader, _ segments: ELFSegments) -> Int? {
    guard let buckets = u32(table, reader, segments), let first = u32(table + 4, reader, segments),
      let filter = u32(table + 8, reader, segments)
    else { return nil }
    let start = table + 16 + Int(filter) * 8
    guard let base = segments.constantOffset(of: start, size: Int(buckets) * 4) else { return nil }
    var last = UInt32(0)
    for at in stride(from: base, to: base + Int(buckets) * 4, by: 4) {
      guard let bucket = reader.u32(at) else { return nil }
      last = max(last, bucket)
    }
    guard last >= first else { return last == 0 ? 0 : nil }
    let chains = start + Int(buckets) * 4
    guard let room = segments.constantRoom(behind: chains),
      let origin = segments.constantOffset(of: chains, size: 4)
    else { return nil }
    var number = Int(last)
    while true {
      let place = (number - Int(first)) * 4
      guard place <= room - 4, let word = reader.u32(origin + place) else { return nil }
      number += 1
      if word & 1 == 1 { return number }
    }
  }

  /// One more than the highest symbol number of a table of Elf64_Rela.
  private static func relocatedCount(
    _ address: Int, _ size: Int, _ reader: ELFReader, _ segments: ELFSegments
  ) -> Int? {
    guard size % 24 == 0, let base = segments.constantOffset(of: address, size: size) else { return nil }
    var count = 0
    for at in stride(from: base, to: base + size, by: 24) {
      // The upper half of r_info.
      guard let number = reader.u32(at + 12) else { return nil }
      count = max(count, Int(number) + 1)
    }
    return count
  }
}
