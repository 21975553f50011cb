import HostModel
import JSON5
import ProviderRuntime
import SyncCore

extension ProviderDescription {
  /// As `--json` prints it.
  package var json: JSONValue { .object(jsonMembers) }

  package var jsonMembers: [JSONValue.Member] {
    guard case .object(let members) = manifestJSON else { return [] }
    return members + [
      JSONValue.Member("signature", signatureJSON),
      JSONValue.Member("findings", .array(findings.map(\.json))),
    ]
  }

  /// What its signature is worth here.
  var signatureJSON: JSONValue {
    .members([
      "state": .string(verdict.state.rawValue), "mayLoad": .bool(verdict.mayLoad),
      "isWarning": .bool(verdict.isWarning), "keys": .array(keys.map { .string($0.description) }),
      "signers": .array(verdict.signers.map { .string($0.description) }),
      "librarySHA256": .string(libraryDigest),
      "message": .string(verdict.found), "advice": .string(verdict.advice),
    ])
  }

  private var manifestJSON: JSONValue {
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

extension LintFinding {
  var json: JSONValue {
    .members([
      "rule": .string(rule.rawValue), "severity": .string(severity.rawValue), "found": .string(found),
      "allowed": .string(allowed), "advice": .string(advice),
    ])
  }
}
