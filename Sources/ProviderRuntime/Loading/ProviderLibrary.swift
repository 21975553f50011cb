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

  /// Loads what was inspected, which is when its constructors run, and checks its table.
  ///
  /// - Parameter isolation: what this process is: the host itself, or a worker.
  /// - Throws: `HostError` with the file, what was found, what is due, and the next step.
  private init(_ inspection: Inspection, _ isolation: Isolation) throws(HostError) {
    try inspection.demand(isolation)
    table = try Self.load(inspection.file)
    file = inspection.file
    manifest = inspection.manifest
    path = inspection.path
    digest = inspection.digest
    try check(inspection.manifestBytes)
  }

  /// What a file says of itself, who signed it and what is wrong with it, without running any of its code.
  ///
  /// - Throws: why it is no provider at all. Whether it may be loaded is in what is answered.
  package static func inspect(_ path: String, trust: TrustContext) throws(HostError) -> Inspection {
    try Inspection(path, trust)
  }

  /// Loads the very bytes that were inspected, whatever has become of the file since.
  ///
  /// - Throws: why they must not be loaded, or cannot be.
  package static func load(
    _ inspection: Inspection, isolation: Isolation = .inProcess
  ) throws(HostError) -> ProviderLibrary {
    try ProviderLibrary(inspection, isolation)
  }

  /// Inspects, loads and checks.
  package static func load(
    _ path: String, trust: TrustContext, isolation: Isolation = .inProcess
  ) throws(HostError) -> ProviderLibrary {
    try load(try inspect(path, trust: trust), isolation: isolation)
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
