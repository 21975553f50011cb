import HostModel

/// The dynamic segment: what the library asks of the loader (System V ABI, chapter 5, "Dynamic Section").
struct ELFDynamic {
  /// DT_NEEDED, in order.
  private(set) var needed: [String] = []
  /// Libraries that the loader brings in without DT_NEEDED: DT_FILTER, DT_AUXILIARY, DT_AUDIT, DT_DEPAUDIT.
  private(set) var hidden: [String] = []
  /// DT_RPATH and DT_RUNPATH.
  private(set) var searchPaths: [String] = []
  let hasTextRelocations: Bool
  /// DF_1_GLOBAL or DF_1_INTERPOSE: its symbols would take the place of others'.
  let interposes: Bool

  /// The last entry of each tag, as the loader takes it.
  private var values: [UInt64: UInt64] = [:]
  private let strings: (address: Int, size: Int)

  private enum Tag {
    static let needed: UInt64 = 1
    static let strings: UInt64 = 5
    static let symbols: UInt64 = 6
    static let stringsSize: UInt64 = 10
    static let symbolSize: UInt64 = 11
    static let searchPaths: Set<UInt64> = [15, 29]
    static let textRelocations: UInt64 = 22
    static let flags: UInt64 = 30
    static let flags1: UInt64 = 0x6FFF_FFFB
    static let hidden: Set<UInt64> = [0x7FFF_FFFD, 0x7FFF_FFFF, 0x6FFF_FEFB, 0x6FFF_FEFC]
  }

  /// - Throws: `provider-truncated`.
  init(_ reader: ELFReader, _ segments: ELFSegments) throws(HostError) {
    var entries: [(tag: UInt64, value: UInt64)] = []
    var isEnded = false
    for at in stride(
      from: segments.dynamic.offset, to: segments.dynamic.offset + segments.dynamic.size, by: 16)
    {
      guard let tag = reader.u64(at), let value = reader.u64(at + 8) else { throw reader.cut }
      if tag == 0 {
        isEnded = true
        break
      }
      entries.append((tag, value))
      values[tag] = value
    }
    // The loader reads on to the null entry, wherever that may be.
    guard isEnded, let table = values[Tag.strings].flatMap(ELFReader.int),
      let size = values[Tag.stringsSize].flatMap(ELFReader.int),
      values[Tag.symbolSize] == 24, segments.constantOffset(of: table, size: size) != nil
    else { throw reader.cut }
    strings = (table, size)
    let flags = values[Tag.flags] ?? 0
    hasTextRelocations = values[Tag.textRelocations] != nil || flags & 4 != 0
    interposes = (values[Tag.flags1] ?? 0) & 0x402 != 0
    for (tag, value) in entries
    where tag == Tag.needed || Tag.searchPaths.contains(tag) || Tag.hidden.contains(tag) {
      guard let text = name(ELFReader.int(value), reader, segments) else { throw reader.cut }
      switch tag {
      case Tag.needed: needed.append(text)
      case let tag where Tag.hidden.contains(tag): hidden.append(text)
      default: searchPaths.append(text)
      }
    }
  }

  /// The value of a tag, as an address or a size.
  func address(_ tag: UInt64) -> Int? { values[tag].flatMap(ELFReader.int) }

  /// Where DT_SYMTAB and DT_STRTAB point.
  var symbolTable: Int? { address(Tag.symbols) }
  var stringTable: Int { strings.address }

  /// A name of the string table.
  func name(_ index: Int?, _ reader: ELFReader, _ segments: ELFSegments) -> String? {
    guard let index, index < strings.size,
      let base = segments.constantOffset(of: strings.address, size: strings.size),
      let text = reader.string(base + index), text.utf8.count < strings.size - index
    else { return nil }
    return text
  }
}
