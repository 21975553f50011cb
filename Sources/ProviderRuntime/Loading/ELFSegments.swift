import Glibc
import HostModel

/// Where the loader puts the bytes of a shared library: what its program headers say, which is all that ld.so looks at
/// (System V ABI, chapter 5; glibc elf/dl-load.c).
struct ELFSegments {
  /// One PT_LOAD.
  struct Load {
    var offset: Int
    var address: Int
    var fileSize: Int
    var memorySize: Int
    var isWritable: Bool
    var isExecutable: Bool
  }

  private(set) var loads: [Load] = []
  /// PT_DYNAMIC: where it stands in the file, and its size there.
  private(set) var dynamic = (offset: 0, size: 0)
  /// What PT_GNU_STACK asks for; nil where there is none, and then the loader takes an executable stack.
  private(set) var stackIsExecutable: Bool?
  /// Behind the last byte of the file that the program headers and their segments reach.
  private(set) var end: Int

  private struct Header {
    var type: UInt32
    var flags: UInt32
    var offset: Int
    var address: Int
    var fileSize: Int
    var memorySize: Int
  }

  /// - Throws: `provider-truncated`, `provider-contradicts`.
  init(_ reader: ELFReader) throws(HostError) {
    guard let table = reader.int(32), let entrySize = reader.u16(54), let count = reader.u16(56),
      entrySize == 56,
      reader.holds(table, Int(count) * 56)
    else { throw reader.cut }
    end = table + Int(count) * 56
    var dynamics: [Header] = []
    for index in 0..<Int(count) {
      guard let header = Self.header(reader, table + index * 56) else { throw reader.cut }
      switch header.type {
      case 1: try add(header, reader)
      case 2: dynamics.append(header)
      case 0x6474_E551: stackIsExecutable = header.flags & 1 != 0
      default: break
      }
    }
    guard let first = dynamics.first, dynamics.count == 1 else {
      throw reader.contradiction("it has \(dynamics.count) dynamic segments, and a shared library has one")
    }
    // The loader goes by the address, other tools by the offset.
    dynamic = (first.offset, first.fileSize)
    guard offset(of: first.address, size: first.fileSize) == first.offset else {
      throw reader.contradiction("its dynamic segment is not where its address is mapped")
    }
  }

  private static func header(_ reader: ELFReader, _ at: Int) -> Header? {
    guard let type = reader.u32(at), let flags = reader.u32(at + 4) else { return nil }
    // Only those that are used below must hold sensible numbers.
    guard type == 1 || type == 2 else {
      return Header(type: type, flags: flags, offset: 0, address: 0, fileSize: 0, memorySize: 0)
    }
    guard let offset = reader.int(at + 8), let address = reader.int(at + 16),
      let fileSize = reader.int(at + 32),
      let memorySize = reader.int(at + 40), reader.holds(offset, fileSize)
    else { return nil }
    return Header(
      type: type, flags: flags, offset: offset, address: address, fileSize: fileSize, memorySize: memorySize)
  }

  /// A segment is mapped by whole pages, later ones over earlier ones. Where none shares a page with another, each address
  /// has one meaning.
  private mutating func add(_ header: Header, _ reader: ELFReader) throws(HostError) {
    let page = sysconf(Int32(_SC_PAGESIZE))
    guard header.fileSize <= header.memorySize, (header.address - header.offset) % page == 0 else {
      throw reader.contradiction("a segment cannot be mapped as its header says")
    }
    if let last = loads.last {
      let behind = (last.address + last.memorySize + page - 1) / page * page
      guard header.address / page * page >= behind else {
        throw reader.contradiction("two of its segments are mapped over each other")
      }
    }
    end = max(end, header.offset + header.fileSize)
    loads.append(
      Load(
        offset: header.offset, address: header.address, fileSize: header.fileSize,
        memorySize: header.memorySize, isWritable: header.flags & 2 != 0, isExecutable: header.flags & 1 != 0)
    )
  }

  private func load(_ address: Int, _ size: Int) -> Load? {
    loads.first { load in
      address >= load.address && size >= 0 && address - load.address <= load.fileSize
        && size <= load.fileSize - (address - load.address)
    }
  }

  /// Where in the file the loader finds `size` bytes of an address; nil where no segment holds them all.
  func offset(of address: Int, size: Int) -> Int? {
    load(address, size).map { $0.offset + (address - $0.address) }
  }

  /// The same, and nil too where the bytes could be changed while the library is being relocated.
  func constantOffset(of address: Int, size: Int) -> Int? {
    guard let load = load(address, size), !load.isWritable else { return nil }
    return load.offset + (address - load.address)
  }

  /// How many bytes of the file follow an address in its segment, if it is not writable.
  func constantRoom(behind address: Int) -> Int? {
    guard let load = load(address, 0), !load.isWritable else { return nil }
    return load.fileSize - (address - load.address)
  }
}
