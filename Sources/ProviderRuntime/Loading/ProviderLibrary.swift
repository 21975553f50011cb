import CSISPlugin
import HostModel
import ProviderABI
import WorkerProtocol

/// A provider that was checked, loaded from a sealed copy of its file, and checked again against its own table. It stays
/// loaded until the process ends (docs/decisions/0007-sealed-copies.md).
package final class ProviderLibrary: @unchecked Sendable {
  // Unchecked: all is set in `init`; the table is static memory of an image that is never unloaded.
  package let manifest: ProviderManifest
  package let path: String
  package let digest: String
  let table: UnsafePointer<sis_provider>
  let facts: TableFacts
  /// The descriptor stays open as long as the image: its number must not be given to another file that is loaded.
  private let file: SealedFile

  /// - Throws: `HostError` with the file, what was found, what is due, and the next step.
  init(_ file: SealedFile) throws(HostError) {
    let image = try ELFImage(file)
    let manifest = try ProviderManifest(image.manifest, file: file.path)
    try Self.checkABI(manifest, file.path)
    table = try Self.load(file)
    facts = TableFacts(reading: table)
    try facts.check(against: manifest, image.manifest, of: file.path)
    self.file = file
    self.manifest = manifest
    path = file.path
    digest = file.digest
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
    do throws(LoadRefusal) {
      let table = try ProviderImage.load(descriptor: file.descriptor)
      keepOpen(file)
      return table
    } catch {
      if case .notLoadable = error {} else { keepOpen(file) }
      throw ProviderRefusal.error(error, file.path, advice: "Install what it needs, or ask its vendor")
    }
  }

  /// For good: the image is never unloaded, and the loader knows it by this descriptor's number. If the number were
  /// given to another provider's file, dlopen would answer this image for it.
  private static func keepOpen(_ file: SealedFile) { _ = Unmanaged.passRetained(file) }

  /// Can a session of this provider read a cursor of `version`?
  package func reads(cursorVersion version: UInt32) -> Bool { facts.reads(cursorVersion: version) }
}
