/// What the process tells its caller (design.md section 6); 128 + n is a shell's word for signal n.
package enum ExitCode: Int32, Sendable, CaseIterable {
  /// Done.
  case ok = 0
  /// It was tried and failed; the sentence on stderr says why.
  case failed = 1
  /// The command line makes no sense.
  case usage = 2
  /// Read, but held back: a person must look (design.md section 6).
  case held = 3
  /// Stopped by SIGINT; a new run goes on from there.
  case interrupted = 130
  /// Stopped by SIGTERM; a new run goes on from there.
  case terminated = 143
}
