import Foundation
import HostModel
import ProviderRuntime

extension Host {
  /// What is in the config's folders: the usable providers, by id and version, and why others were refused.
  package static func providers(
    _ config: HostConfig
  ) -> (usable: [ProviderDescription], refused: [HostError]) {
    var usable: [ProviderDescription] = []
    var refused: [HostError] = []
    for folder in config.providers where !ConfigAudit.isFolder(folder) {
      refused.append(
        HostError(
          .configuration, "provider-folder", "\(folder) is no folder that can be read",
          advice: "Correct providers in \(config.file)"))
    }
    for entry in ProviderRegistry(folders: config.providers).entries {
      switch entry.state {
      case .verified(let found):
        usable.append(ProviderDescription(found.manifest, file: found.path, digest: found.digest))
      case .failed(let error): refused.append(error)
      }
    }
    usable.sort { ($0.id.rawValue, $0.version) < ($1.id.rawValue, $1.version) }
    return (usable, refused)
  }

  /// What a provider's file says of itself, read without running its code.
  package static func inspect(_ file: String) throws(HostError) -> ProviderDescription {
    let found = try ProviderLibrary.inspect(file)
    return ProviderDescription(found.manifest, file: found.path, digest: found.digest)
  }

  /// Loads the file as a run would.
  package static func check(_ file: String) throws(HostError) -> ProviderDescription {
    let library = try ProviderLibrary.load(file)
    return ProviderDescription(library.manifest, file: library.path, digest: library.digest)
  }
}
