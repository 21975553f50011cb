import HostModel
import JSON5
import ProviderRuntime

/// A file of the provider folders that is not used, and why.
package struct RefusedProvider: Sendable {
  package var error: HostError
  /// What it says it is; nil for what is no provider at all.
  package var description: ProviderDescription?

  package init(_ error: HostError) { self.error = error }

  /// Nil for a file that may be used.
  init?(_ entry: ProviderRegistry.Entry) {
    guard let error = entry.refusal else { return nil }
    self.error = error
    description = entry.refused.map(ProviderDescription.init)
  }

  /// The error, and what is known of the file.
  package var json: JSONValue {
    guard case .object(let members) = error.json, let description else { return error.json }
    return .object(
      members + [
        JSONValue.Member("id", .string(description.id.rawValue)),
        JSONValue.Member("version", .string(description.version)),
        JSONValue.Member("file", .string(description.file)),
        JSONValue.Member("sha256", .string(description.digest)),
        JSONValue.Member("signature", description.signatureJSON),
      ])
  }
}
