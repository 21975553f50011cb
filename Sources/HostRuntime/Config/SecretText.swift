import HostModel
import TokenVault

/// A secret that is read each time it is needed.
struct SecretText: Sendable {
  let reference: SecretReference
  let resolver: SecretResolver

  /// - Throws: a `HostError` that names the reference, never the value.
  func read() throws(HostError) -> String {
    guard let text = try resolver.resolve(reference).reveal() else {
      throw HostError(
        .configuration, "secret-unreadable", "The secret \(reference) is not UTF-8 text",
        advice: "Write the secret as the SIS shows it")
    }
    return text
  }
}
