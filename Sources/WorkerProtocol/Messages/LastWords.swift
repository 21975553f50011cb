/// What a worker's signal handler sends before the signal ends it.
package struct LastWords: Sendable, Equatable {
  package var signal: Int32
  /// No more memory could be had when it ended.
  package var isOutOfMemory: Bool
  /// The number of the system call that a filter caught.
  package var forbiddenCall: UInt32

  package init(signal: Int32, isOutOfMemory: Bool = false, forbiddenCall: UInt32 = 0) {
    self.signal = signal
    self.isOutOfMemory = isOutOfMemory
    self.forbiddenCall = forbiddenCall
  }

  /// The header that the handler puts before its three words of 32 bits.
  package static let header = FrameHeader(.lastWords, call: 0, length: 12)

  package init(_ payload: RawSpan) throws(WireError) {
    var reader = WireReader(payload, of: "last words")
    signal = try reader.i32()
    isOutOfMemory = try reader.u32() != 0
    forbiddenCall = try reader.u32()
    try reader.finish()
  }
}
