import HostModel

/// An opaque place to go on from, written by a provider: at most 65,536 bytes.
package struct Cursor: Sendable, Equatable {
  package static let maximumBytes = 65_536

  /// The provider's cursor format.
  package var version: UInt32
  package var bytes: [UInt8]

  package init(version: UInt32, bytes: [UInt8]) {
    self.version = version
    self.bytes = bytes
  }
}
