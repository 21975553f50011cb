/// What stands before the calls of the sink in a reply.
package struct ReplyHead: Sendable, Equatable {
  package static let byteCount = 12

  package var status: Int32
  /// For `open`: the session; nil where there is none.
  package var session: SessionFacts?

  package init(status: Int32, session: SessionFacts? = nil) {
    self.status = status
    self.session = session
  }

  package var bytes: [UInt8] {
    var writer = WireWriter()
    writer.put(status)
    writer.put(session == nil ? UInt32(0) : session?.hasFunctions == true ? 2 : 1)
    writer.put(session?.size ?? 0)
    return writer.bytes
  }

  package init(_ reader: inout WireReader) throws(WireError) {
    status = try reader.i32()
    let state = try reader.u32()
    let size = try reader.u32()
    guard state <= 2 else { throw WireError("its reply has a session of state \(state), which there is not") }
    session = state == 0 ? nil : SessionFacts(size: size, hasFunctions: state == 2)
  }
}

/// What a `sis_session` says of itself, as values.
package struct SessionFacts: Sendable, Equatable {
  package var size: UInt32
  /// None of its functions is NULL.
  package var hasFunctions: Bool

  package init(size: UInt32, hasFunctions: Bool) {
    self.size = size
    self.hasFunctions = hasFunctions
  }
}
