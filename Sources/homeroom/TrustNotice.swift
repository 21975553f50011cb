/// What is said of a config without a section `trust`, in the same words everywhere.
enum TrustNotice {
  static let text = "Trust is not configured: providers are loaded whether they are signed or not"
  static let advice = "Say whom to trust in the config's trust section (docs/trust.md)"
}
