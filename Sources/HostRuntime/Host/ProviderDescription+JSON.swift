import HostModel
import JSON5
import SyncCore

extension ProviderDescription {
  /// As `--json` prints it.
  package var json: JSONValue {
    .members([
      "id": .string(id.rawValue), "name": .string(name), "version": .string(version), "abi": .string(abi),
      "file": .string(file),
      "sha256": .string(digest), "kinds": .array(kinds.map(JSONValue.string)),
      "modes": .array(modes.map { .string($0.rawValue) }),
      "rateLimit": .members([
        "perMinute": .number(perMinute), "minIntervalMilliseconds": .number(minIntervalMilliseconds),
      ]),
      "maxInFlight": .number(maxInFlight),
      "auth": .array(
        authentications.map {
          .members(["scheme": .string($0.scheme), "tokenURL": $0.tokenURL.map(JSONValue.string)])
        }),
      "allowedHosts": .array(allowedHosts.map(JSONValue.string)),
      "options": .array(
        options.map {
          .members([
            "name": .string($0.name), "type": .string($0.type), "required": .bool($0.isRequired),
            "default": $0.defaultValue.map(JSONValue.raw), "description": .string($0.summary),
          ])
        }),
    ])
  }
}
