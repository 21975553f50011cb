import CSISPlugin
import Glibc
import HostModel
import ProviderABI
import WorkerProtocol

/// A provider that was checked, loaded from a sealed copy of its file, and checked again against its own table.
///
/// One that shares the Swift runtime with this process stays loaded until the process ends: unloading such an image crashes
/// later (docs/decisions/0007-sealed-copies.md). One in C is unloaded with this value.
package final class ProviderLibrary: @unchecked Sendable {
  // Unchecked: all is set in `init`; the table is static memory of an image that is not unloaded before `deinit`.
  package let manifest: ProviderManifest
  package let path: String
  package let digest: String
  let table: UnsafePointer<sis_provider>
  let facts: TableFacts
  /// Can the image never be unloaded?
  package let isLasting: Bool
  /// The descriptor stays open as long as the image: its number must not be given to another file that is loaded.
  private let file: SealedFile

  /// Loads what was inspected, which is when its constructors run, and checks its table.
  ///
  /// - Parameter isolation: what this process is: the host itself, or a worker.
  /// - Throws: `HostError` with the file, what was found, what is due, and the next step.
  private init(_ inspection: Inspection, _ isolation: Isolation) throws(HostError) {
    try inspection.demand(isolation)
    // What lint would refuse in a host may have left a thread or a handler behind, whose code must stay.
    isLasting =
      inspection.needed.contains { $0.hasPrefix("libswift") }
      || inspection.findings.contains { $0.refuses(.inProcess) }
    table = try Self.load(inspection.file, forGood: isLasting)
    facts = TableFacts(reading: table)
    file = inspection.file
    manifest = inspection.manifest
    path = inspection.path
    digest = inspection.digest
    try facts.check(against: manifest, inspection.manifestBytes, of: path)
  }

  deinit {
    guard !isLasting, let handle = dlopen(ProviderImage.path(file.descriptor), RTLD_NOW | RTLD_NOLOAD) else { return }
    // Once for this handle, once for that of the load.
    dlclose(handle)
    dlclose(handle)
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

  private static func load(
    _ file: SealedFile, forGood: Bool
  ) throws(HostError) -> UnsafePointer<sis_provider> {
    do throws(LoadRefusal) {
      let table = try ProviderImage.load(descriptor: file.descriptor)
      if forGood { keepOpen(file) }
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
