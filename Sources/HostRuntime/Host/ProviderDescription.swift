import HostModel
import OAuthCore
import ProviderRuntime
import SyncCore

/// What a provider says of itself in its manifest, in the host's own words.
package struct ProviderDescription: Sendable, Equatable {
  package struct Authentication: Sendable, Equatable {
    package var scheme: String
    /// `{baseURL}` stands for the integration's.
    package var tokenURL: String?
    package var clientAuthentication: ClientCredentials.Authentication
    package var scope: String?
  }

  /// One option that an integration may set.
  package struct Option: Sendable, Equatable {
    package var name: String
    package var type: String
    package var isRequired: Bool
    /// As JSON; nil where there is none.
    package var defaultValue: String?
    package var summary: String
  }

  package var id: ProviderID
  package var name: String
  package var version: String
  package var abi: String
  package var file: String
  /// SHA-256 of the file, in hex.
  package var digest: String
  /// SHA-256 of the library without its signature.
  package var libraryDigest: String
  /// The keys that signed it as it is, trusted or not.
  package var keys: [KeyID]
  package var verdict: TrustVerdict
  package var findings: [LintFinding]
  package var kinds: [String]
  package var modes: [SyncMode]
  package var perMinute: Int
  package var minIntervalMilliseconds: Int
  package var maxInFlight: Int
  package var authentications: [Authentication]
  package var allowedHosts: [String]
  /// By name.
  package var options: [Option]

  package init(_ found: ProviderLibrary.Inspection) {
    let manifest = found.manifest
    id = ProviderID(rawValue: manifest.id)
    name = manifest.name
    version = manifest.version
    abi = "\(manifest.abi.major).\(manifest.abi.minor)"
    file = found.path
    digest = found.digest
    libraryDigest = found.libraryDigest
    if case .intact(_, let keys) = found.signature { self.keys = keys.map(\.id) } else { keys = [] }
    verdict = found.verdict
    findings = found.findings
    kinds = manifest.kinds
    // A mode that this host does not know is a newer one's business.
    modes = manifest.modes.compactMap(SyncMode.init(rawValue:))
    perMinute = manifest.rateLimit.perMinute
    minIntervalMilliseconds = manifest.rateLimit.minIntervalMilliseconds ?? 0
    maxInFlight = manifest.maxInFlight
    authentications = manifest.auth.map {
      // "post" is RFC 7591's client_secret_post, in the body.
      let word = $0.clientAuthentication == "post" ? "body" : $0.clientAuthentication ?? "basic"
      return Authentication(
        scheme: $0.scheme, tokenURL: $0.tokenURL,
        clientAuthentication: ClientCredentials.Authentication(rawValue: word) ?? .basic, scope: $0.scope)
    }
    allowedHosts = manifest.allowedHosts
    let required = manifest.config.required ?? []
    options = manifest.config.properties.sorted { $0.key < $1.key }.map { name, property in
      Option(
        name: name, type: property.type, isRequired: required.contains(name),
        defaultValue: property.default?.words, summary: property.description ?? "")
    }
  }
}
