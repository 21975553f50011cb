import HostModel

/// The section headers, which the loader ignores and other tools believe. Of them Homeroom takes the manifest only, and
/// demands that all else agrees with what the loader uses.
struct ELFSections {
  private struct Section {
    var name: Int
    var type: UInt32
    var isLoaded: Bool
    var address: Int
    var offset: Int
    var size: Int
    var link: Int
  }

  private enum Kind {
    static let dynamic: UInt32 = 6
    /// Takes no room in the file.
    static let noBits: UInt32 = 8
    static let dynamicSymbols: UInt32 = 11
  }

  private let sections: [Section]
  private let names: Int
  /// Behind the last byte of the file that the section headers and their sections reach.
  let end: Int

  /// - Throws: `provider-truncated`.
  init(_ reader: ELFReader) throws(HostError) {
    guard let table = reader.int(40), let entrySize = reader.u16(58), let count = reader.u16(60),
      let names = reader.u16(62), count == 0 || entrySize == 64, reader.holds(table, Int(count) * 64)
    else { throw reader.cut }
    var sections: [Section] = []
    var end = table + Int(count) * 64
    for index in 0..<Int(count) {
      let at = table + index * 64
      guard let name = reader.u32(at), let type = reader.u32(at + 4), let flags = reader.u64(at + 8),
        let address = reader.int(at + 16), let offset = reader.int(at + 24), let size = reader.int(at + 32),
        let link = reader.u32(at + 40)
      else { throw reader.cut }
      if type != Kind.noBits {
        guard reader.holds(offset, size) else { throw reader.cut }
        end = max(end, offset + size)
      }
      sections.append(
        Section(
          name: Int(name), type: type, isLoaded: flags & 2 != 0, address: address, offset: offset, size: size,
          link: Int(link)))
    }
    guard sections.isEmpty || Int(names) < sections.count else { throw reader.cut }
    self.sections = sections
    self.names = sections.isEmpty ? 0 : sections[Int(names)].offset
    self.end = end
  }

  /// Holds the sections against the segments.
  ///
  /// - Throws: `provider-contradicts`.
  func agree(_ reader: ELFReader, _ segments: ELFSegments, _ dynamic: ELFDynamic) throws(HostError) {
    for section in sections {
      switch section.type {
      case Kind.dynamic:
        guard section.offset == segments.dynamic.offset else {
          throw reader.contradiction("its dynamic section is not its dynamic segment")
        }
      case Kind.dynamicSymbols:
        guard let table = dynamic.symbolTable, segments.offset(of: table, size: 1) == section.offset else {
          throw reader.contradiction("its section of dynamic symbols is not the table that the loader uses")
        }
        guard section.link < sections.count,
          segments.offset(of: dynamic.stringTable, size: 1) == sections[section.link].offset
        else {
          throw reader.contradiction("its section of symbol names is not the table that the loader uses")
        }
      default: break
      }
    }
  }

  /// The text of the manifest.
  ///
  /// - Throws: `provider-no-manifest`, `provider-contradicts`.
  func manifest(_ reader: ELFReader, _ segments: ELFSegments) throws(HostError) -> [UInt8] {
    let found = sections.filter {
      $0.type != Kind.noBits && reader.string(names + $0.name) == ELFImage.manifestSection
    }
    guard let section = found.first, section.size > 0 else {
      throw reader.refusal(
        "provider-no-manifest", "has no section \(ELFImage.manifestSection), and so no manifest",
        advice: "Place the manifest with SIS_PLUGIN_MANIFEST of sis_plugin.h; strip keeps the section")
    }
    guard found.count == 1 else {
      throw reader.contradiction("it has \(found.count) sections \(ELFImage.manifestSection)")
    }
    guard section.size <= ELFImage.maximumManifest else {
      throw reader.refusal(
        "provider-no-manifest",
        "has a manifest of \(section.size) bytes; \(ELFImage.maximumManifest) are the most",
        advice: "Shorten the manifest")
    }
    guard section.isLoaded, segments.offset(of: section.address, size: section.size) == section.offset else {
      throw reader.contradiction("its manifest is not in the part of the file that is loaded")
    }
    var text = Array(reader.bytes[section.offset..<section.offset + section.size])
    while text.last == 0 { text.removeLast() }
    return text
  }
}
