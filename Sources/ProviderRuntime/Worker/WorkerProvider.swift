import HostModel
import WorkerProtocol

/// What a worker is started on: a sealed file, and what was read from it without running any of it.
struct WorkerProvider: Sendable {
  let file: SealedFile
  let manifest: ProviderManifest
  let manifestBytes: [UInt8]

  /// The table of what the worker loaded.
  ///
  /// - Throws: why it was not loaded, or what is wrong with the table.
  func table(of ready: WorkerReady) throws(HostError) -> TableFacts {
    switch ready.provider {
    case .loaded(let table):
      try table.check(against: manifest, manifestBytes, of: file.path)
      return table
    case .refused(let refusal):
      throw ProviderRefusal.error(
        refusal, file.path,
        advice:
          "A worker has the C library, libstdc++ and Swift's standard library: link the rest statically"
      )
    }
  }
}
