import Glibc

/// A secret's bytes. They print as `[redacted]`, are not copied along with values, and are wiped when the
/// last owner lets go.
package final class Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  // The buffer is written in `init` and wiped in `deinit`; in between it is only read.
  nonisolated(unsafe) private let buffer: UnsafeMutableRawBufferPointer

  package init(_ bytes: some Collection<UInt8>) {
    buffer = .allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
  }

  deinit {
    // explicit_bzero: an ordinary store before a free may be left out by the compiler.
    if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) }
    buffer.deallocate()
  }

  package var count: Int { buffer.count }
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(buffer))
  }

  /// The text, for the one header that carries it. Nil where the bytes are not UTF-8.
  package func reveal() -> String? { String(validating: buffer.map { $0 }, as: UTF8.self) }

  package var description: String { "[redacted]" }
  package var debugDescription: String { "[redacted]" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
