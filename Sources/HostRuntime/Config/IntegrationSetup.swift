/// What a run needs of an integration: its config and its provider's manifest brought together.
struct IntegrationSetup: Sendable {
  var provider: ProviderDescription
  /// The options as one JSON object, the provider's defaults filled in.
  var options: [UInt8]
  var scheme: TokenBroker.Scheme
  /// The options that are secrets, by what the provider writes in their place; read each time they are sent.
  var secrets: [String: SecretText] = [:]
}
