import CHostShim
import Glibc

/// Tells of signals as values in a stream, on an ordinary thread.
package enum SignalWatcher {
  package static let interrupt = SIGINT
  package static let terminate = SIGTERM
  package static let hangUp = SIGHUP

  /// From now on these signals come through the stream instead of ending the process. To be called once in a
  /// process: there is one pipe behind it, and it stays.
  package static func watch(_ signals: [Int32]) throws(PlatformError) -> AsyncStream<Int32> {
    var ends: [Int32] = [-1, -1]
    guard homeroom_pipe(&ends) == 0 else { throw PlatformError("make a pipe for signals") }
    let (reading, writing) = (ends[0], ends[1])
    // Only the handler's side must not block: it runs in the middle of anything.
    guard fcntl(writing, F_SETFL, O_NONBLOCK) == 0 else { throw PlatformError("set up the pipe for signals") }
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    try startThread {
      var byte: UInt8 = 0
      while true {
        let count = read(reading, &byte, 1)
        if count == 1 { continuation.yield(Int32(byte)) } else if count == 0 || errno != EINTR { return }
      }
    }
    for signal in signals where homeroom_signal_watch(signal, writing) != 0 {
      throw PlatformError("watch signal \(signal)")
    }
    return stream
  }

  /// The signal ends the process again: a second Ctrl-C must always work.
  package static func release(_ signals: [Int32]) {
    for signal in signals { _ = homeroom_signal_default(signal) }
  }

  /// A write to a pipe that nobody reads becomes an error (EPIPE) instead of the end of the process.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func startThread(_ run: @escaping @Sendable () -> Void) throws(PlatformError) {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run))
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      throw PlatformError("start a thread", code: code)
    }
    pthread_detach(thread)
  }
}
