import HostModel

/// What a shared library says of itself, read without running any of it (System V ABI, chapter 4).
///
/// Every number comes from the file, so every one goes through a checked read: nothing here can trap.
struct ELFImage {
  static let manifestSection = ".sis.manifest"
  static let maximumManifest = 1 << 20

  /// The text of the section `.sis.manifest`.
  var manifest: [UInt8]
  /// Names of the defined symbols of the dynamic symbol table.
  var exports: [String]
  /// The libraries it asks for (DT_NEEDED).
  var needed: [String]

  private struct Section {
    var name: Int
    var type: UInt32
    var offset: Int
    var size: Int
    var link: Int
  }

  /// - Throws: `provider-not-elf`, `provider-wrong-machine`, `provider-not-shared`, `provider-truncated`,
  ///   `provider-no-entry`, `provider-no-manifest`.
  init(_ file: SealedFile) throws(HostError) {
    let reader = ELFReader(bytes: file.bytes)
    let (sections, nameTable) = try Self.sections(reader, file)
    // An image has one table of each kind; of more, which only a forged one has, the first counts.
    exports = try Self.names(of: 11, sections, file) { Self.exports(reader, $0.offset, $0.size, $1) }
    needed = try Self.names(of: 6, sections, file) { Self.needed(reader, $0.offset, $0.size, $1) }
    // First, since any other library lacks both: the entry is what makes it a provider.
    guard exports.contains(Self.entry) else {
      throw ProviderRefusal.error(
        "provider-no-entry", file.path, "does not export \(Self.entry)",
        advice: "Export \(Self.entry) (see plugin-sdk/exports.map); a provider for another ABI major exports another symbol")
    }
    manifest = try Self.manifest(sections, nameTable, reader, file)
  }

  /// The section headers, each checked to lie in the file, and where their names stand.
  private static func sections(
    _ reader: ELFReader, _ file: SealedFile
  ) throws(HostError) -> (sections: [Section], names: Int) {
    let rebuild = "Build it as a shared library for \(Self.machineName) Linux against sis_plugin.h"
    func refuse(_ code: String, _ found: String) -> HostError {
      ProviderRefusal.error(code, file.path, found, advice: rebuild)
    }
    guard file.count >= 4, reader.u8(0) == 0x7F, reader.u8(1) == 0x45, reader.u8(2) == 0x4C, reader.u8(3) == 0x46 else {
      throw refuse("provider-not-elf", "is not an ELF file: it begins with \(beginning(file.bytes))")
    }
    guard let kind = reader.u8(4), let order = reader.u8(5), let type = reader.u16(16), let machine = reader.u16(18),
      let table = reader.int(40), let entrySize = reader.u16(58), let count = reader.u16(60), let names = reader.u16(62)
    else { throw cut(file) }
    guard kind == 2, order == 1, machine == Self.machine else {
      throw refuse(
        "provider-wrong-machine",
        "is built for ELF machine \(machine), class \(kind); this host is machine \(Self.machine) (\(Self.machineName)), class 2")
    }
    guard type == 3 else {
      throw refuse("provider-not-shared", "is an ELF file of type \(type); a shared library has type 3")
    }
    var sections: [Section] = []
    for index in 0..<Int(count) {
      let at = table + index * Int(entrySize)
      guard entrySize >= 64, reader.holds(at, 64), let name = reader.u32(at),
        let sectionType = reader.u32(at + 4), let offset = reader.int(at + 24),
        let size = reader.int(at + 32), let link = reader.u32(at + 40)
      else { throw cut(file) }
      // Type 8 (NOBITS) takes no room in the file.
      guard sectionType == 8 || reader.holds(offset, size) else { throw cut(file) }
      sections.append(
        Section(name: Int(name), type: sectionType, offset: offset, size: size, link: Int(link)))
    }
    guard !sections.isEmpty, Int(names) < sections.count else { throw cut(file) }
    return (sections, sections[Int(names)].offset)
  }

  private static func manifest(
    _ sections: [Section], _ names: Int, _ reader: ELFReader, _ file: SealedFile
  ) throws(HostError) -> [UInt8] {
    guard
      let section = sections.first(where: { reader.string(names + $0.name) == manifestSection && $0.type != 8 }),
      section.size > 0
    else {
      throw ProviderRefusal.error(
        "provider-no-manifest", file.path, "has no section \(manifestSection), and so no manifest",
        advice: "Place the manifest with SIS_PLUGIN_MANIFEST of sis_plugin.h; strip keeps the section")
    }
    guard section.size <= maximumManifest else {
      throw ProviderRefusal.error(
        "provider-no-manifest", file.path,
        "has a manifest of \(section.size) bytes; \(maximumManifest) are the most", advice: "Shorten the manifest")
    }
    var text = Array(file.bytes[section.offset..<section.offset + section.size])
    while text.last == 0 { text.removeLast() }
    return text
  }

  private static func cut(_ file: SealedFile) -> HostError {
    ProviderRefusal.error(
      "provider-truncated", file.path,
      "is cut short or damaged: a table lies outside of its \(file.count) bytes",
      advice: "Copy the file again, and compare its SHA-256 with the vendor's")
  }

  static let entry = "sis_plugin_entry_v1"

  /// What `read` finds in the first table of a type, whose names stand in the section that it links to;
  /// nothing where there is no such table.
  private static func names(
    of type: UInt32, _ sections: [Section], _ file: SealedFile, _ read: (Section, _ strings: Int) -> [String]?
  ) throws(HostError) -> [String] {
    guard let table = sections.first(where: { $0.type == type }) else { return [] }
    guard table.link < sections.count, let names = read(table, sections[table.link].offset) else {
      throw cut(file)
    }
    return names
  }

  /// SHT_DYNSYM: entries of 24 bytes.
  private static func exports(
    _ reader: ELFReader, _ offset: Int, _ size: Int, _ strings: Int
  ) -> [String]? {
    var names: [String] = []
    for at in stride(from: offset, to: offset + size, by: 24) {
      guard let name = reader.u32(at), let info = reader.u8(at + 4), let section = reader.u16(at + 6) else { return nil }
      // Defined (section not 0) and global or weak (binding 1 or 2).
      guard section != 0, info >> 4 == 1 || info >> 4 == 2 else { continue }
      guard let text = reader.string(strings + Int(name)) else { return nil }
      names.append(text)
    }
    return names
  }

  /// SHT_DYNAMIC: entries of a tag and a value; tag 1 names a library.
  private static func needed(
    _ reader: ELFReader, _ offset: Int, _ size: Int, _ strings: Int
  ) -> [String]? {
    var names: [String] = []
    for at in stride(from: offset, to: offset + size, by: 16) {
      guard let tag = reader.int(at), let value = reader.int(at + 8) else { return nil }
      if tag == 0 { break }
      guard tag == 1 else { continue }
      guard let text = reader.string(strings + value) else { return nil }
      names.append(text)
    }
    return names
  }

  private static func beginning(_ bytes: UnsafeRawBufferPointer) -> String {
    let first = bytes.prefix(8)
    if first.allSatisfy({ (0x20..<0x7F).contains($0) }) { return "\"\(String(decoding: first, as: UTF8.self))\"" }
    return "bytes " + first.map { String($0, radix: 16) }.joined(separator: " ")
  }

  #if arch(x86_64)
    static let machine: UInt16 = 62
    static let machineName = "x86-64"
  #elseif arch(arm64)
    static let machine: UInt16 = 183
    static let machineName = "AArch64"
  #endif
}

/// Checked reads of little-endian numbers: nil outside of the file.
struct ELFReader {
  let bytes: UnsafeRawBufferPointer

  func holds(_ offset: Int, _ size: Int) -> Bool {
    offset >= 0 && size >= 0 && offset <= bytes.count && size <= bytes.count - offset
  }

  func u8(_ at: Int) -> UInt8? { holds(at, 1) ? bytes[at] : nil }

  func u16(_ at: Int) -> UInt16? {
    holds(at, 2) ? UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self)) : nil
  }

  func u32(_ at: Int) -> UInt32? {
    holds(at, 4) ? UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)) : nil
  }

  /// A 64-bit number that is a sensible offset or size: below 2^62, so that sums cannot overflow.
  func int(_ at: Int) -> Int? {
    guard holds(at, 8) else { return nil }
    let value = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    return value < 1 << 62 ? Int(value) : nil
  }

  /// A NUL-terminated name of at most 4 KiB.
  func string(_ at: Int) -> String? {
    guard at >= 0, at < bytes.count else { return nil }
    let tail = bytes[at..<min(bytes.count, at + 4_096)]
    guard let end = tail.firstIndex(of: 0) else { return nil }
    return String(decoding: tail[at..<end], as: UTF8.self)
  }
}
