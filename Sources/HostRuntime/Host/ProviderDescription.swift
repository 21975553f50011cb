import HostModel
import OAuthCore
import SyncCore

/// What a provider says of itself in its manifest, for the host and for people.
package struct ProviderDescription: Sendable, Equatable {
  package struct Authentication: Sendable, Equatable {
    package var scheme: String
    /// `{baseURL}` stands for the integration's.
    package var tokenURL: String?
    package var clientAuthentication: ClientCredentials.Authentication
    package init(
      scheme: String, tokenURL: String? = nil, clientAuthentication: ClientCredentials.Authentication = .basic
    ) {
      self.scheme = scheme
      self.tokenURL = tokenURL
      self.clientAuthentication = clientAuthentication
    }
  }

  /// One option that an integration may set.
  package struct Option: Sendable, Equatable {
    package var name: String
    package var type: String
    package var isRequired: Bool
    /// As JSON; nil where there is none.
    package var defaultValue: String?
    package var summary: String
    package init(name: String, type: String, isRequired: Bool, defaultValue: String?, summary: String) {
      self.name = name
      self.type = type
      self.isRequired = isRequired
      self.defaultValue = defaultValue
      self.summary = summary
    }
  }

  package var id: ProviderID
  package var name: String
  package var version: String
  package var file: String
  /// SHA-256 of the file, in hex.
  package var digest: String
  package var kinds: [String]
  package var modes: [SyncMode]
  package var perMinute: Int
  package var burst: Int
  package var maxInFlight: Int
  package var authentications: [Authentication]
  package var allowedHosts: [String]
  package var options: [Option]

  package init(
    id: ProviderID, name: String, version: String, file: String, digest: String, kinds: [String],
    modes: [SyncMode], perMinute: Int, burst: Int, maxInFlight: Int, authentications: [Authentication],
    allowedHosts: [String], options: [Option]
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.file = file
    self.digest = digest
    self.kinds = kinds
    self.modes = modes
    self.perMinute = perMinute
    self.burst = burst
    self.maxInFlight = maxInFlight
    self.authentications = authentications
    self.allowedHosts = allowedHosts
    self.options = options
  }
}
