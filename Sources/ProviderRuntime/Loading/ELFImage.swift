import HostModel

/// What a shared library says of itself, read without running any of it.
///
/// What the loader will do is read from where the loader reads it: the program headers and the dynamic segment. Every
/// number comes from the file, so every one goes through a checked read: nothing here can trap.
struct ELFImage {
  static let manifestSection = ".sis.manifest"
  static let maximumManifest = 1 << 20
  static let entry = "sis_plugin_entry_v1"

  /// The text of the section `.sis.manifest`.
  let manifest: [UInt8]
  let exports: [ELFSymbols.Symbol]
  /// Names of what must come from other libraries.
  let imports: [String]
  let segments: ELFSegments
  let dynamic: ELFDynamic
  let versionNeeds: [ELFVersionNeeds.Need]
  /// How many bytes of the file belong to the library; what follows them is not part of it.
  let end: Int

  /// - Parameter path: for messages.
  /// - Throws: `provider-not-elf`, `provider-wrong-machine`, `provider-not-shared`, `provider-truncated`,
  ///   `provider-contradicts`, `provider-no-entry`, `provider-no-manifest`.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(HostError) {
    let reader = ELFReader(bytes: bytes, path: path)
    try Self.checkHeader(reader)
    segments = try ELFSegments(reader)
    dynamic = try ELFDynamic(reader, segments)
    let symbols = try ELFSymbols(reader, segments, dynamic)
    exports = symbols.exports
    imports = symbols.imports
    // First, since any other library lacks a manifest too: the entry is what makes it a provider.
    guard exports.contains(where: { $0.name == Self.entry }) else {
      throw reader.refusal(
        "provider-no-entry", "does not export \(Self.entry)",
        advice: "Export \(Self.entry) (see plugin-sdk/exports.map); "
          + "a provider for another ABI major exports another symbol")
    }
    versionNeeds = try ELFVersionNeeds(reader, segments, dynamic).all
    let sections = try ELFSections(reader)
    try sections.agree(reader, segments, dynamic)
    manifest = try sections.manifest(reader, segments)
    end = max(segments.end, sections.end)
  }

  /// The ELF header: class, byte order, machine and type.
  private static func checkHeader(_ reader: ELFReader) throws(HostError) {
    let rebuild = "Build it as a shared library for \(machineName) Linux against sis_plugin.h"
    guard reader.bytes.prefix(4).elementsEqual([0x7F, 0x45, 0x4C, 0x46]) else {
      throw reader.refusal(
        "provider-not-elf", "is not an ELF file: it begins with \(beginning(reader.bytes))", advice: rebuild)
    }
    guard let kind = reader.u8(4), let order = reader.u8(5), let type = reader.u16(16),
      let machine = reader.u16(18)
    else { throw reader.cut }
    guard kind == 2, order == 1, machine == Self.machine else {
      throw reader.refusal(
        "provider-wrong-machine",
        "is built for ELF machine \(machine), class \(kind); "
          + "this host is machine \(Self.machine) (\(machineName)), class 2", advice: rebuild)
    }
    guard type == 3 else {
      throw reader.refusal(
        "provider-not-shared", "is an ELF file of type \(type); a shared library has type 3", advice: rebuild)
    }
  }

  private static func beginning(_ bytes: UnsafeRawBufferPointer) -> String {
    let first = bytes.prefix(8)
    if first.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return "\"\(String(decoding: first, as: UTF8.self))\""
    }
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
