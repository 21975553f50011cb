/// Why a text is no JSON5 document, and where.
package struct JSON5Error: Error, Sendable, Equatable {
  /// One sentence without its full stop.
  package var message: String
  package var place: TextPlace
}
