/// How much of one thing the host takes from a provider. Far above what an honest one needs.
///
/// The host's sink refuses what is larger without looking at it; a worker sends only the size of it.
package enum SinkBounds {
  package static let fields = 4_096
  package static let valueBytes = 65_536
  package static let nameBytes = 128
  package static let cursorBytes = 65_536
  package static let conditions = 8
  package static let headers = 32
  package static let bodyBytes = 16 << 20
  /// Any other text.
  package static let textBytes = 65_536
}
