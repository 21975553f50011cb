/// What a check found: one sentence, and where.
package struct CheckFailure: Error, Sendable, Equatable {
  /// Without its full stop.
  package var message: String
  /// The exact call that went wrong; empty if it was none.
  package var call: String
  /// The recording that was replayed; empty if it was none.
  package var recording: String
  /// What brings the failure about again, for what is drawn by lot.
  package var seed: UInt64?

  package init(_ message: String, call: String = "", recording: String = "", seed: UInt64? = nil) {
    self.message = message
    self.call = call
    self.recording = recording
    self.seed = seed
  }
}
