/// What one worker may use up.
package struct WorkerLimits: Sendable, Equatable {
  /// How long a call may take before it counts as a crash, constructors and `open` included.
  package var callMilliseconds = 10_000
  /// Address space of the whole process, code and libraries included: its own share is some 40 MB.
  package var addressSpaceBytes = 512 << 20
  /// Processor time in the whole life of a session, which may be a sync of hours.
  package var cpuSeconds = 3_600
  /// How long `close` may take before it is cut short.
  package var closeMilliseconds = 1_000

  package init() {}
}
