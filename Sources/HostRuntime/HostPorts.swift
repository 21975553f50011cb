import HostModel
import OAuthCore
import SyncCore

/// What the host needs of the place where providers are: found, checked and loaded by ProviderRuntime.
package protocol HostProviders: Sendable {
  /// Every usable provider, by id, then version.
  var all: [ProviderDescription] { get }
  /// Why other files in the folders were not taken.
  var refused: [HostError] { get }
  /// - Parameter version: nil: the newest.
  func find(_ id: ProviderID, version: String?) throws(HostError) -> any HostProvider
}

/// One loaded provider.
package protocol HostProvider: Sendable {
  var description: ProviderDescription { get }
  /// Checks an integration's options against the provider's schema and fills in its defaults.
  func checkedOptions(_ json: String) throws(HostError) -> [UInt8]
  func open(_ opening: SessionOpening) async throws(ProviderFault) -> any ProviderSession
}

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

/// What the host reads from its database besides what a run needs.
package protocol HostStore: SyncStore {
  /// The last runs, newest first.
  func runs(of integration: IntegrationID?, limit: Int) async throws(StoreError) -> [RunRecord]
  func run(_ id: RunID) async throws(StoreError) -> RunRecord?
  /// Live records of an integration by kind.
  func liveCounts(of integration: IntegrationID) async throws(StoreError) -> [RecordKind: Int]
  /// Hands over the live roster as lines with their line feed (docs/canonical-model.md), many at a time, sorted
  /// by kind and sourcedId, from one snapshot.
  func export(_ selection: ExportSelection, write: ([UInt8]) throws(HostError) -> Void)
    async throws(HostError)
}

/// Which part of the live roster is exported. Nil: all of it.
package struct ExportSelection: Sendable, Equatable {
  package var integration: IntegrationID?
  package var kinds: [RecordKind]
  package init(integration: IntegrationID? = nil, kinds: [RecordKind] = RecordKind.inExportOrder) {
    self.integration = integration
    self.kinds = kinds
  }
}

/// One run as it stands in the database.
package struct RunRecord: Sendable, Equatable {
  package var id: RunID
  package var integration: IntegrationID
  package var provider: ProviderID
  package var providerVersion: String
  package var mode: SyncMode
  package var state: RunState
  package var startedAt: HostInstant
  package var endedAt: HostInstant?
  package var pages: Int
  package var tallies: [RecordKind: KindTally]
  package var findings: [String]
  package var error: HostError?

  package init(
    id: RunID, integration: IntegrationID, provider: ProviderID, providerVersion: String, mode: SyncMode,
    state: RunState, startedAt: HostInstant, endedAt: HostInstant?, pages: Int,
    tallies: [RecordKind: KindTally], findings: [String], error: HostError?
  ) {
    self.id = id
    self.integration = integration
    self.provider = provider
    self.providerVersion = providerVersion
    self.mode = mode
    self.state = state
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.pages = pages
    self.tallies = tallies
    self.findings = findings
    self.error = error
  }
}
