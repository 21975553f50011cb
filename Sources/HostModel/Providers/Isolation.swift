/// Where the provider of an integration runs.
package enum Isolation: String, Sendable, CaseIterable {
  /// In a child process without rights, one for each session: what it does wrong harms nobody.
  case process
  /// In the host itself: for providers that are trusted as the host is.
  case inProcess = "in-process"
}
