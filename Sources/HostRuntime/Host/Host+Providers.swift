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
    for folder in config.providers where !isFolder(folder) {
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

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
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

  /// The integration's options with the provider's defaults filled in.
  ///
  /// - Throws: one `HostError` that says everything that is wrong with them.
  static func options(
    _ integration: IntegrationConfig, _ manifest: ProviderManifest
  ) throws(HostError) -> [UInt8] {
    let given: [String: OptionValue]
    do {
      given = try JSONDecoder().decode([String: OptionValue].self, from: Data(integration.options.utf8))
    } catch {
      throw HostError(
        .configuration, "options", "The options of \(integration.id) cannot be read: \(error)",
        advice: "Correct the integration's options")
    }
    let (json, problems) = manifest.config.validate(given)
    guard let first = problems.first else { return json }
    let said = problems.map { "\($0.option) \($0.words)" }.joined(separator: "; ")
    let known = manifest.config.properties.keys.sorted()
    var advice = "homeroom providers inspect lists the options of \(manifest.id)"
    if !known.contains(first.option), let nearest = Suggestion.nearest(to: first.option, among: known) {
      advice = "Did you mean \(nearest)?"
    }
    throw HostError(
      .configuration, "options",
      "The options of \(integration.id) do not fit the provider \(manifest.id): \(said)",
      advice: advice)
  }
}
