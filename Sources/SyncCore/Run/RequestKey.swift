/// One request of a run: the provider's number for it, and which session asked. A session that was opened anew may
/// use the same numbers; what still arrives for the old one means nothing to it.
package struct RequestKey: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The session, counted from 0 in each run.
  package var session: Int
  package var id: UInt64

  package init(session: Int, id: UInt64) {
    self.session = session
    self.id = id
  }

  /// A request of the run's first session.
  package init(integerLiteral id: UInt64) { self.init(session: 0, id: id) }

  package var description: String { session == 0 ? "\(id)" : "\(id)/\(session)" }
}
