/// What a frame is. The numbers below 16 go to the worker, the others come from it.
package enum FrameKind: UInt8, Sendable, CaseIterable {
  /// The first frame: what the worker is to be. Answered by `ready`.
  case hello = 1
  case open = 2
  case next = 3
  case feed = 4
  /// The last frame: close the session, and end.
  case close = 5

  /// The provider is loaded, or why it is not.
  case ready = 16
  /// Calls of the sink so far, where there are too many for one frame.
  case emitted = 17
  /// The call is over: its status, and the calls of the sink.
  case reply = 18
  /// A signal ends the worker.
  case lastWords = 19

  package var isFromWorker: Bool { rawValue >= 16 }
}
