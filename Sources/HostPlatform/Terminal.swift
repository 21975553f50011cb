import Glibc

/// One of the standard outputs, as a person may be looking at it.
package struct Terminal: Sendable {
  package let descriptor: Int32
  /// True if somebody watches, and the terminal can go back to the start of a line.
  package let isLive: Bool
  /// Colour is wanted: nobody set NO_COLOR (no-color.org).
  package let usesColour: Bool

  package static let output = Terminal(descriptor: STDOUT_FILENO)
  package static let errors = Terminal(descriptor: STDERR_FILENO)

  package init(descriptor: Int32, environment: [String: String] = Environment.all) {
    self.descriptor = descriptor
    let isDumb = environment["TERM"] == nil || environment["TERM"] == "dumb"
    isLive = isatty(descriptor) == 1 && !isDumb
    usesColour = isLive && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns; 80 where the terminal does not say.
  package var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes all of it, in as many pieces as the other side takes.
  ///
  /// - Throws: `EPIPE` among others, where nobody reads any more.
  package func write(_ text: String) throws(PlatformError) { try write(Array(text.utf8)) }

  package func write(_ bytes: [UInt8]) throws(PlatformError) {
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        start += written
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw PlatformError("write to descriptor \(descriptor)")
      }
    }
  }
}
