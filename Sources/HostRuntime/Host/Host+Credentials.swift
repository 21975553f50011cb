import HostModel
import OAuthCore
import SyncCore
import TokenVault

extension Host {
  /// How this integration authenticates: its config against what the provider knows.
  ///
  /// - Throws: a `HostError` that names both where they do not fit, or where a secret cannot be read.
  func scheme(
    _ integration: IntegrationConfig, _ provider: ProviderDescription
  ) throws(HostError) -> TokenBroker.Scheme {
    let offered = provider.authentications.map(\.scheme)
    let offer = provider.authentications.first { $0.scheme == integration.auth.scheme }
    guard offer != nil || (offered.isEmpty && integration.auth == .none) else {
      throw HostError(
        .configuration, "auth-scheme",
        "The provider \(provider.id) does not know the scheme \(integration.auth.scheme) of the integration "
          + "\(integration.id)",
        advice: "Set auth.scheme to \(offered.isEmpty ? "none" : offered.joined(separator: " or "))")
    }
    switch integration.auth {
    case .none: return .none
    case .staticBearer(let reference):
      _ = try text(of: reference)
      return .bearer { [self] () throws(HostError) in try text(of: reference) }
    case .clientCredentials(let clientID, let reference, let configured, let scope):
      // Read once now, so that a missing secret is said before a run begins.
      _ = try text(of: reference)
      let template = configured ?? offer?.tokenURL
      guard let url = template?.replacing("{baseURL}", with: integration.baseURL), HTTPOrigin(url: url) != nil
      else {
        throw HostError(
          .configuration, "token-url", "The provider \(provider.id) names no token endpoint",
          advice: "Set auth.tokenURL of the integration \(integration.id)")
      }
      let authentication = offer?.clientAuthentication ?? .basic
      return .clientCredentials(tokenURL: url) { [self] () throws(HostError) in
        ClientCredentials(
          clientID: clientID, clientSecret: try text(of: reference), authentication: authentication,
          scope: scope ?? offer?.scope)
      }
    }
  }

  private func text(of reference: SecretReference) throws(HostError) -> String {
    guard let text = try secrets.resolve(reference).reveal() else {
      throw HostError(
        .configuration, "secret-unreadable", "The secret \(reference) is not UTF-8 text",
        advice: "Write the secret as the SIS shows it")
    }
    return text
  }
}
