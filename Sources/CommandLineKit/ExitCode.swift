/// What the process tells its caller. 64 and 78 are sysexits.h's; 128 + n is a shell's word for signal n.
package enum ExitCode: Int32, Sendable, CaseIterable {
  /// Done.
  case ok = 0
  /// It was tried and failed; the sentence on stderr says why.
  case failed = 1
  /// Read, but held back: a person must look (design.md section 6).
  case held = 3
  /// EX_USAGE: the command line makes no sense.
  case usage = 64
  /// EX_CONFIG: there is no usable config.
  case config = 78
  /// Stopped by SIGINT; a new run goes on from there.
  case interrupted = 130
  /// Stopped by SIGTERM; a new run goes on from there.
  case terminated = 143
}
