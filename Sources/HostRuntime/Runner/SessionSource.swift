import HostModel
import SyncCore

/// Where a run gets its provider's sessions from: the first one, and others after a crash or a replacement.
package protocol SessionSource: Sendable {
  /// Another session, in place of one that is closed.
  ///
  /// - Parameter cursor: where the last stored page ends; nil reads from the beginning.
  /// - Throws: why there is none: the provider dies again and again, or cannot read on from here.
  func reopen(at cursor: Cursor?, because reason: ReopenReason) async throws(HostError) -> any ProviderSession

  /// Waits until another version of the provider is to be used from the next page on. False when the wait was
  /// cancelled.
  func replacement() async -> Bool
}
