import HostModel
import HostRuntime
import JSON5
import ProviderRuntime
import SyncCore
import TokenVault

extension HostConfig {
  /// The config with its defaults; secrets appear as the references that they are.
  var json: JSONValue {
    .members([
      "file": .string(file), "database": .string(database),
      "providers": .array(providers.map(JSONValue.string)), "trust": trust.map(\.json),
      "integrations": .array(integrations.map(\.json)),
    ])
  }
}

extension IntegrationConfig {
  var json: JSONValue {
    .members([
      "id": .string(id.rawValue), "provider": .string(provider.rawValue),
      "providerVersion": providerVersion.map(JSONValue.string), "baseURL": .string(baseURL),
      "enabled": .bool(isEnabled), "auth": authJSON,
      "rateLimit": rateLimit.map { rate in
        .members([
          "perMinute": .number(rate.perMinute), "burst": .number(rate.burst),
          "minIntervalMilliseconds": .number(rate.minIntervalMilliseconds),
        ])
      },
      "isolation": .string(isolation.rawValue), "callSeconds": .number(callSeconds),
      "schedule": everyMinutes.map { .members(["everyMinutes": .number($0)]) },
      "breaker": .members(["openSeconds": .number(breakerOpenSeconds)]),
      "maxInFlight": maxInFlight.map(JSONValue.number), "pageSize": pageSize.map(JSONValue.number),
      "options": .raw(options),
      "guard": .members([
        "removedShare": .decimal(limits.removedShare), "removedFloor": .number(limits.removedFloor),
        "updatedShare": .decimal(limits.updatedShare), "updatedFloor": .number(limits.updatedFloor),
      ]),
    ])
  }

  private var authJSON: JSONValue {
    switch auth {
    case .none: .members(["scheme": .string(auth.scheme)])
    case .staticBearer(let token):
      .members(["scheme": .string(auth.scheme), "token": .string(token.description)])
    case .clientCredentials(let clientID, let secret, let tokenURL, let scope):
      .members([
        "scheme": .string(auth.scheme), "clientID": .string(clientID),
        "clientSecret": .string(secret.description), "tokenURL": tokenURL.map(JSONValue.string),
        "scope": scope.map(JSONValue.string),
      ])
    }
  }
}

extension TrustPolicy {
  var json: JSONValue {
    .members([
      "keys": .string(folder), "requireSigned": .bool(requireSigned),
      "minimumSignatures": .number(minimumSignatures),
      "allowUnsigned": .array(allowUnsigned.sorted().map { .string("sha256:\($0)") }),
    ])
  }
}
