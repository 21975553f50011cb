import HostModel

/// Where a run stands, for a person who watches.
package struct SyncProgress: Sendable {
  package var phase: String
  package var received: Int
  package var pages: Int
  package var requests: Int
  package var elapsedMilliseconds: Int64
  /// Why it waits and for how long: "rate limit, 12 s"; nil while it works.
  package var waiting: String?

  package init(
    phase: String, received: Int, pages: Int, requests: Int, elapsedMilliseconds: Int64, waiting: String?
  ) {
    self.phase = phase
    self.received = received
    self.pages = pages
    self.requests = requests
    self.elapsedMilliseconds = elapsedMilliseconds
    self.waiting = waiting
  }
}
