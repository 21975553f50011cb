import Glibc

/// A system call that failed: what was tried, on what, and the system's own words.
package struct PlatformError: Error, Sendable, Equatable, CustomStringConvertible {
  package var action: String
  package var code: Int32

  package init(_ action: String, code: Int32 = errno) {
    self.action = action
    self.code = code
  }

  package var reason: String { String(cString: strerror(code)) }
  package var description: String { "cannot \(action): \(reason)" }
}
