import HostModel
import JSON5
import ProviderRuntime
import SyncCore
import TokenVault

/// `homeroom.json5`, read, checked and with its paths made absolute.
package struct HostConfig: Sendable, Equatable {
  /// The file it was read from, and its folder: what relative paths are relative to.
  package var file: String
  package var folder: String
  package var database: String
  /// Folders with provider `.so` files.
  package var providers: [String]
  /// Whose providers are loaded; nil where the config does not say.
  package var trust: TrustPolicy?
  package var integrations: [IntegrationConfig]
  /// Does a running host take up a provider's file by itself when it changes?
  package var reloadsOnChange = false
  /// Where each value stands in the file, by its path in the document: `integrations[0].options.pageSize`.
  package var places: [String: TextPlace] = [:]

  /// Where a path stands; a path that is not there stands where its nearest owner does.
  package func place(_ path: String) -> TextPlace {
    var path = path[...]
    while !path.isEmpty {
      if let place = places[String(path)] { return place }
      guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      path = path[..<end]
    }
    return TextPlace(line: 1, column: 1)
  }

  /// Where a running host listens for commands of this machine: beside the database.
  package var controlSocket: String { database + ".control" }

  package func integration(_ id: String) -> IntegrationConfig? { integrations.first { $0.id.rawValue == id } }
}

/// One configured connection to one SIS.
package struct IntegrationConfig: Sendable, Equatable {
  /// Its path in the document: `integrations[0]`.
  package var path: String
  package var id: IntegrationID
  package var provider: ProviderID
  /// Nil: the newest at hand.
  package var providerVersion: String?
  /// Without a slash at its end.
  package var baseURL: String
  package var isEnabled = true
  package var auth: AuthConfig
  /// Nil: the provider's own.
  package var rateLimit: RateLimitConfig?
  package var isolation = Isolation.process
  /// How long one call into its provider may take, in a process of its own; longer is a crash.
  package var callSeconds = 10
  /// How often a running host syncs it; nil: only when it is told to.
  package var everyMinutes: Int?
  /// How long a source that failed is left alone before it is tried again.
  package var breakerOpenSeconds = 30
  package var maxInFlight: Int?
  package var pageSize: Int?
  /// The provider's options as one JSON object; the provider's schema decides what may stand in it.
  package var options: String
  package var limits: GuardLimits
}

/// What an integration authenticates with.
package enum AuthConfig: Sendable, Equatable {
  case none
  case staticBearer(token: SecretReference)
  /// `tokenURL` nil: the provider's template.
  case clientCredentials(clientID: String, clientSecret: SecretReference, tokenURL: String?, scope: String?)

  package static let schemes = ["oauth2-client-credentials", "static-bearer", "none"]

  package var scheme: String {
    switch self {
    case .clientCredentials: "oauth2-client-credentials"
    case .staticBearer: "static-bearer"
    case .none: "none"
    }
  }
}

/// How fast an integration may be asked.
package struct RateLimitConfig: Sendable, Equatable {
  package var perMinute: Int
  package var burst = 1
  package var minIntervalMilliseconds = 0
}
