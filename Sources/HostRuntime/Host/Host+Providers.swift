import Foundation
import HostModel
import ProviderRuntime
import WorkerProtocol

extension Host {
  /// What is in the config's folders: the usable providers, by id and version, and why others were refused.
  package static func providers(
    _ config: HostConfig
  ) -> (usable: [ProviderDescription], refused: [RefusedProvider]) {
    var usable: [ProviderDescription] = []
    var refused: [RefusedProvider] = []
    for folder in config.providers where !ConfigAudit.isFolder(folder) {
      refused.append(
        RefusedProvider(
          HostError(
            .configuration, "provider-folder", "\(folder) is no folder that can be read",
            advice: "Correct providers in \(config.file)")))
    }
    let registry = registry(config)
    usable = registry.entries.compactMap(\.inspection).map(ProviderDescription.init)
    refused += registry.entries.compactMap { RefusedProvider($0) }
    usable.sort { ($0.id.rawValue, $0.version) < ($1.id.rawValue, $1.version) }
    return (usable, refused)
  }

  /// A provider's file, read without running its code and held against what is trusted.
  ///
  /// - Parameter config: says whom to trust; nil where there is none.
  /// - Throws: why the file is no provider.
  package static func inspection(_ file: String, _ config: HostConfig?) throws(HostError)
    -> ProviderLibrary.Inspection
  {
    try ProviderLibrary.inspect(file, trust: config.map(trust) ?? .notConfigured)
  }

  /// What a provider's file says of itself.
  package static func inspect(_ file: String, _ config: HostConfig?) throws(HostError) -> ProviderDescription
  {
    ProviderDescription(try inspection(file, config))
  }

  /// Loads the file as a run would whose integration says nothing of isolation: in a process of its own.
  ///
  /// - Returns: what it says of itself, and what of the sandbox this machine lacks, in words; empty if nothing.
  package static func check(
    _ file: String, _ config: HostConfig?
  ) async throws(HostError) -> (provider: ProviderDescription, sandboxLacks: [String]) {
    let inspection = try inspection(file, config)
    let sandbox = try await ProviderLauncher().check(inspection)
    return (ProviderDescription(inspection), sandbox.missing.map(\.part.name))
  }
}
