import HostModel

/// What a run reads.
package enum SyncMode: String, Sendable, CaseIterable {
  case full, delta
}

/// How a session is opened (`sis_open`).
package struct SessionOpening: Sendable {
  package var mode: SyncMode
  /// A JSON object: the integration's options, validated, defaults filled in, without secrets.
  package var config: [UInt8]
  /// Where the interrupted run goes on.
  package var cursor: Cursor?
  /// What the last published run left for a delta.
  package var bookmark: Cursor?
  package var maxInFlight: Int
  /// Records a page the district wishes for; 0: the provider decides.
  package var pageSize: Int
  package var now: HostInstant
  package var seed: UInt64

  package init(
    mode: SyncMode = .full, config: [UInt8] = Array("{}".utf8), cursor: Cursor? = nil,
    bookmark: Cursor? = nil, maxInFlight: Int = 1, pageSize: Int = 0, now: HostInstant, seed: UInt64 = 0
  ) {
    self.mode = mode
    self.config = config
    self.cursor = cursor
    self.bookmark = bookmark
    self.maxInFlight = maxInFlight
    self.pageSize = pageSize
    self.now = now
    self.seed = seed
  }
}

/// Everything one call into a session brought forth. It holds nothing of the provider's memory, so it may
/// come from a call in this process or from a frame of a worker.
package struct SessionAnswer: Sendable {
  package var isDone: Bool = false
  package var requests: [ProviderRequest] = []
  package var batch: RecordBatch = RecordBatch()
  package var rejects: [RecordReject] = []
  package var resume: Cursor?
  package var bookmark: Cursor?
  package var ends: [StreamEnd] = []
  package var notes: [ProviderNote] = []
  package init() {}
}

package struct ProviderNote: Sendable, Equatable {
  package var isWarning: Bool
  package var text: String
  package init(isWarning: Bool, text: String) {
    self.isWarning = isWarning
    self.text = text
  }
}

/// One enumeration by a provider: the port that an in-process session and a worker process both implement.
///
/// Calls must not overlap. After a fault with `repeatsRequest` the same request may be fed again; after any
/// other the session is only to be closed.
package protocol ProviderSession: Sendable {
  /// Lets the provider ask for up to `grant` requests.
  func next(grant: Int, now: HostInstant) async throws(ProviderFault) -> SessionAnswer
  /// Hands the answer to the request of this number.
  func feed(_ requestID: UInt64, _ response: HTTPResponse, grant: Int, now: HostInstant)
    async throws(ProviderFault) -> SessionAnswer
  /// The last call; may be made at any point, once.
  func close() async
}
