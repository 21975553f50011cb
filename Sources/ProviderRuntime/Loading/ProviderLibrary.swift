import CSISPlugin
import Glibc
import HostModel

/// A provider that was checked, loaded from a sealed copy of its file, and checked again against its own table. It stays
/// loaded until the process ends (docs/decisions/0007-sealed-copies.md).
package final class ProviderLibrary: @unchecked Sendable {
  // Unchecked: all is set in `init`; the table is static memory of an image that is never unloaded.
  package let manifest: ProviderManifest
  package let path: String
  package let digest: String
  let table: UnsafePointer<sis_provider>
  /// The descriptor stays open as long as the image: its number must not be given to another file that is loaded.
  private let file: SealedFile

  /// - Throws: `HostError` with the file, what was found, what is due, and the next step.
  init(_ file: SealedFile) throws(HostError) {
    let image = try ELFImage(file)
    let manifest = try ProviderManifest(image.manifest, file: file.path)
    try Self.checkABI(manifest, file.path)
    table = try Self.load(file)
    self.file = file
    self.manifest = manifest
    path = file.path
    digest = file.digest
    try check(image.manifest)
  }

  /// The manifest of a file, without running any of its code.
  package static func inspect(_ path: String) throws(HostError) -> Inspection {
    let file = try SealedFile(path)
    let image = try ELFImage(file)
    let manifest = try ProviderManifest(image.manifest, file: path)
    return Inspection(
      file: file, path: path, digest: file.digest, byteCount: file.count, manifest: manifest,
      manifestText: String(decoding: image.manifest, as: UTF8.self), exports: image.exports, needed: image.needed)
  }

  /// Inspects, loads and checks.
  package static func load(_ path: String) throws(HostError) -> ProviderLibrary {
    try ProviderLibrary(try SealedFile(path))
  }

  /// Loads the very bytes that were inspected, whatever has become of the file since.
  package static func load(_ inspection: Inspection) throws(HostError) -> ProviderLibrary {
    try ProviderLibrary(inspection.file)
  }

  package struct Inspection: Sendable {
    let file: SealedFile
    package var path: String
    package var digest: String
    package var byteCount: Int
    package var manifest: ProviderManifest
    package var manifestText: String
    package var exports: [String]
    package var needed: [String]
  }

  static func checkABI(_ manifest: ProviderManifest, _ path: String) throws(HostError) {
    guard manifest.abi.major == Int(SIS_ABI_MAJOR) else {
      throw ProviderRefusal.error(
        "provider-wrong-abi", path,
        "is built for ABI \(manifest.abi.major).\(manifest.abi.minor); this host speaks ABI \(SIS_ABI_MAJOR).\(SIS_ABI_MINOR)",
        advice: "Ask its vendor for a build with this host's sis_plugin.h")
    }
  }

  private static func load(_ file: SealedFile) throws(HostError) -> UnsafePointer<sis_provider> {
    func refuse(_ code: String, _ found: String, _ advice: String) -> HostError {
      ProviderRefusal.error(code, file.path, found, advice: advice)
    }
    guard let handle = dlopen("/proc/self/fd/\(file.descriptor)", RTLD_NOW | RTLD_LOCAL) else {
      let words = dlerror().map { String(cString: $0) } ?? "unknown reason"
      throw refuse("provider-not-loadable", "cannot be loaded: \(words)", "Install what it needs, or ask its vendor")
    }
    // For good: the image is never unloaded, and the loader knows it by this descriptor's number. If the number
    // were given to another provider's file, dlopen would answer this image for it.
    _ = Unmanaged.passRetained(file)
    guard let symbol = dlsym(handle, ELFImage.entry) else {
      throw refuse("provider-no-entry", "does not export \(ELFImage.entry)", "Export it (see plugin-sdk/exports.map)")
    }
    typealias Entry = @convention(c) (UInt32, UInt32) -> UnsafePointer<sis_provider>?
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let table = entry(UInt32(SIS_ABI_MAJOR), UInt32(SIS_ABI_MINOR)) else {
      throw refuse("provider-declines", "answered no table to a host of ABI \(SIS_ABI_MAJOR).\(SIS_ABI_MINOR)",
        "Ask its vendor for a build with this host's sis_plugin.h")
    }
    return table
  }

  /// The table against the header, and against the manifest that was read before.
  private func check(_ manifestBytes: [UInt8]) throws(HostError) {
    func refuse(_ found: String) -> HostError {
      ProviderRefusal.error(
        "provider-bad-table", path, found, advice: "This is a bug of the provider: tell its vendor")
    }
    let raw = UnsafeRawPointer(table)
    let size = Int(table.pointee.size)
    guard size >= MemoryLayout<sis_provider>.size, size <= 1 << 16 else {
      throw refuse("its table has size \(size); version 1 has \(MemoryLayout<sis_provider>.size) bytes or more")
    }
    // The imported function pointers cannot be compared with NULL: look at their words.
    for (name, offset) in [("id", 16), ("version", 24), ("open", 56), ("extension", 64)]
    where raw.loadUnaligned(fromByteOffset: offset, as: UInt.self) == 0 {
      throw refuse("its table has no \(name)")
    }
    guard Int(table.pointee.abi_major) == manifest.abi.major else {
      throw refuse("its table says ABI major \(table.pointee.abi_major), its manifest \(manifest.abi.major)")
    }
    for (name, pointer, due) in [("id", table.pointee.id, manifest.id), ("version", table.pointee.version, manifest.version)] {
      let length = strnlen(pointer, 128)
      let text = String(decoding: UnsafeRawBufferPointer(start: pointer, count: length), as: UTF8.self)
      guard text == due else { throw refuse("its table has the \(name) \"\(text)\", its manifest \"\(due)\"") }
    }
    var text = Array(RecordBatchBuilder.bytes(table.pointee.manifest).prefix(ELFImage.maximumManifest))
    while text.last == 0 { text.removeLast() }
    guard text == manifestBytes else {
      throw refuse("the manifest of its table is not that of its section \(ELFImage.manifestSection)")
    }
    guard table.pointee.cursor_oldest <= table.pointee.cursor_version,
      Int(table.pointee.cursor_version) == manifest.cursorVersion
    else {
      throw refuse(
        "its table writes cursor version \(table.pointee.cursor_version) and reads from \(table.pointee.cursor_oldest), its manifest says \(manifest.cursorVersion)")
    }
  }

  /// Can a session of this provider read a cursor of `version`?
  package func reads(cursorVersion version: UInt32) -> Bool {
    (table.pointee.cursor_oldest...table.pointee.cursor_version).contains(version)
  }
}
