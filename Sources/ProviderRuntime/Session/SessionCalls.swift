import CSISPlugin
import HostModel
import SyncCore
import WorkerProtocol

// The host's values in the ABI's numbers: what is too large for a number becomes the largest.

extension OpenCall {
  package init(_ opening: SessionOpening) {
    self.init(
      mode: opening.mode == .delta ? SIS_MODE_DELTA : SIS_MODE_FULL,
      cursorVersion: opening.cursor?.version ?? 0,
      bookmarkVersion: opening.bookmark?.version ?? 0,
      maxInFlight: UInt32(clamping: max(opening.maxInFlight, 1)),
      pageSize: UInt32(clamping: opening.pageSize), nowMilliseconds: opening.now.milliseconds,
      seed: opening.seed)
  }
}

extension NextCall {
  package init(grant: Int, now: HostInstant) {
    self.init(grant: UInt32(clamping: grant), nowMilliseconds: now.milliseconds)
  }
}

extension FeedCall {
  package init(_ requestID: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant) {
    self.init(
      request: requestID, nowMilliseconds: now.milliseconds, status: Int32(clamping: response.status),
      grant: UInt32(clamping: grant))
  }
}
