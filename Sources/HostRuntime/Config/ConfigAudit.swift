import Foundation
import HostModel
import JSON5
import OAuthCore
import ProviderRuntime
import SyncCore
import TokenVault

/// Holds an integration's config against the manifest of its provider, and against its secrets. Nothing of the
/// provider runs.
struct ConfigAudit: Sendable {
  let config: HostConfig
  let registry: ProviderRegistry
  let secrets: SecretResolver

  /// Everything that is wrong with the folders and with all integrations that are enabled.
  func problems() -> [ConfigProblem] {
    var problems: [ConfigProblem] = []
    for (index, folder) in config.providers.enumerated() where !Self.isFolder(folder) {
      problems.append(problem("providers[\(index)]", "must be a folder that can be read; \(folder) is none"))
    }
    do throws(HostError) {
      problems += try Host.policy(config).store()?.problems.map(unusableTrust) ?? []
    } catch { problems.append(unusableTrust(error)) }
    for integration in config.integrations where integration.isEnabled {
      do throws(ConfigError) { _ = try setup(integration) } catch { problems += error.problems }
    }
    return problems.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }

  /// - Throws: everything that is wrong with this integration.
  func setup(_ integration: IntegrationConfig) throws(ConfigError) -> IntegrationSetup {
    guard let found = registry.inspection(integration.provider.rawValue, version: integration.providerVersion)
    else { throw ConfigError(problems: [unknownProvider(integration)]) }
    return try setup(integration, on: found)
  }

  /// The same for a version that is not in use yet.
  func setup(
    _ integration: IntegrationConfig, on found: ProviderLibrary.Inspection
  ) throws(ConfigError) -> IntegrationSetup {
    let provider = ProviderDescription(found)
    var problems: [ConfigProblem] = []
    let options = self.options(integration, found.manifest, &problems)
    let scheme = self.scheme(integration, provider, &problems)
    let secretOptions = self.secretOptions(integration, found.manifest, &problems)
    guard let scheme, problems.isEmpty else { throw ConfigError(problems: problems) }
    return IntegrationSetup(provider: provider, options: options, scheme: scheme, secrets: secretOptions)
  }

  private func problem(_ path: String, _ message: String) -> ConfigProblem {
    ConfigProblem(file: config.file, place: config.place(path), path: path, message: message)
  }

  private func unusableTrust(_ error: HostError) -> ConfigProblem {
    problem("trust.keys", "cannot be relied on. \(error.message). \(error.advice)")
  }

  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  // MARK: - Provider

  private func unknownProvider(_ integration: IntegrationConfig) -> ConfigProblem {
    let id = integration.provider.rawValue
    // A file that says it is this one, and must not be loaded, is what the person wants to hear of.
    let own = registry.entries.first { $0.refused?.manifest.id == id }
    if let error = own?.refusal, registry.versions(of: id).isEmpty {
      return problem(
        "\(integration.path).provider", "is \"\(id)\", which is refused. \(error.message). \(error.advice)")
    }
    let refused = !registry.refusals.isEmpty
    let more = refused ? "; some files were refused, and homeroom providers list says why" : ""
    let versions = registry.versions(of: id)
    if let version = integration.providerVersion, !versions.isEmpty {
      return problem(
        "\(integration.path).providerVersion",
        "is \"\(version)\"; of \(id) there is \(versions.joined(separator: ", ")) at hand\(more)")
    }
    let known = registry.ids
    let list = known.isEmpty ? "none is at hand" : "at hand are \(known.joined(separator: ", "))"
    let hint = Suggestion.nearest(to: id, among: known).map { "did you mean \($0)?" } ?? list + more
    return problem("\(integration.path).provider", "is \"\(id)\", which is no provider at hand; \(hint)")
  }

  // MARK: - Options

  private func given(_ integration: IntegrationConfig) throws -> [String: OptionValue] {
    try JSONDecoder().decode([String: OptionValue].self, from: Data(integration.options.utf8))
  }

  private func options(
    _ integration: IntegrationConfig, _ manifest: ProviderManifest, _ problems: inout [ConfigProblem]
  ) -> [UInt8] {
    let path = "\(integration.path).options"
    let given: [String: OptionValue]
    do {
      given = try self.given(integration)
    } catch {
      problems.append(problem(path, "cannot be read: \(error)"))
      return []
    }
    let (json, found) = manifest.config.validate(given)
    let known = manifest.config.properties.keys.sorted()
    for (option, words) in found {
      var message = words
      if !known.contains(option) {
        let list = known.isEmpty ? "it has none" : "it knows \(known.joined(separator: ", "))"
        message +=
          "; " + (Suggestion.nearest(to: option, among: known).map { "did you mean \($0)?" } ?? list)
      }
      problems.append(problem("\(path).\(option)", message))
    }
    return json
  }

  /// An option that is a secret must say where it is, and what stands there must be readable.
  private func secretOptions(
    _ integration: IntegrationConfig, _ manifest: ProviderManifest, _ problems: inout [ConfigProblem]
  ) -> [String: SecretText] {
    var found: [String: SecretText] = [:]
    guard let given = try? given(integration) else { return [:] }
    for option in manifest.config.secrets {
      let path = "\(integration.path).options.\(option)"
      guard let value = given[option] else { continue }
      guard case .string(let text) = value, let reference = SecretReference(text) else {
        problems.append(problem(path, SecretReference.advice))
        continue
      }
      found[ConfigSchema.placeholder(option)] = check(reference, path, &problems)
    }
    return found
  }

  // MARK: - Credentials

  /// How the integration authenticates. Secrets are read once now, so that a missing one is said before a run.
  private func scheme(
    _ integration: IntegrationConfig, _ provider: ProviderDescription, _ problems: inout [ConfigProblem]
  ) -> TokenBroker.Scheme? {
    let path = "\(integration.path).auth"
    let offered = provider.authentications.map(\.scheme)
    let offer = provider.authentications.first { $0.scheme == integration.auth.scheme }
    guard offer != nil || (offered.isEmpty && integration.auth == .none) else {
      problems.append(
        problem(
          "\(path).scheme",
          "is \"\(integration.auth.scheme)\"; the provider \(provider.id) takes \(offered.joined(separator: " or "))"))
      return nil
    }
    switch integration.auth {
    case .none: return TokenBroker.Scheme.none
    case .staticBearer(let reference):
      let token = check(reference, "\(path).token", &problems)
      return .bearer { () throws(HostError) in try token.read() }
    case .clientCredentials(let clientID, let reference, let configured, let scope):
      let secret = check(reference, "\(path).clientSecret", &problems)
      let template = configured ?? offer?.tokenURL
      guard let url = template?.replacing("{baseURL}", with: integration.baseURL), HTTPOrigin(url: url) != nil
      else {
        problems.append(
          problem("\(path).tokenURL", "is needed: the provider \(provider.id) names no token endpoint"))
        return nil
      }
      let authentication = offer?.clientAuthentication ?? .basic
      return .clientCredentials(tokenURL: url) { () throws(HostError) in
        ClientCredentials(
          clientID: clientID, clientSecret: try secret.read(), authentication: authentication,
          scope: scope ?? offer?.scope)
      }
    }
  }

  /// Reads it once, and forgets it.
  private func check(
    _ reference: SecretReference, _ path: String, _ problems: inout [ConfigProblem]
  ) -> SecretText {
    let secret = SecretText(reference: reference, resolver: secrets)
    do throws(HostError) { _ = try secret.read() } catch {
      problems.append(problem(path, "names a secret that cannot be used. \(error.message). \(error.advice)"))
    }
    return secret
  }
}
